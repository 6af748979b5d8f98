from odoo import api, models, tools
from odoo.exceptions import MissingError

from ...rules import clock as clock_rules
from ..regulation.provision import FIELDS
from .applicant_fields import NEEDED
from .chapter import CHAPTER_MAX
from .fact import ASKED_BY, FORM
from .portal_applicant import known_id

#: Sections that are no words of law: the clauses themselves, and names of other words.
_NOT_DRIVEN = {"clauses", "words", "successors"}
#: Kinds of requirement whose proof is a paper to be prepared.
_PAPERS = {
    "certificate",
    "declaration",
    "document",
    "employer_consent",
    "honour",
    "in_house_notice",
    "lower_level_notice",
    "new_result",
    "pool_member",
    "rank",
}


class AwardEdition(models.Model):
    """What the public reads of an announced edition, as plain values.

    Templates get strings, dates and numbers, never a record: a page for everybody
    cannot wander from an edition to its cases. All of it belongs to the agency of the
    edition.
    """

    _inherit = "award.edition"

    # -- the door --------------------------------------------------------------
    @api.model
    def _public_editions(self):
        """The announced editions of all agencies, by agency, newest first."""
        return self.sudo().search(  # sudo: announced, so public
            [("state", "=", "announced")], order="company_id, award_year desc, id desc"
        )

    @api.model
    def _public_edition(self, edition_id):
        """An announced edition, access rights lifted.

        :raise MissingError: unknown, not announced yet, closed or cancelled
        """
        edition = self.sudo().browse(known_id(edition_id)).exists()  # sudo: as above
        if not edition or edition.state != "announced":
            raise MissingError(self.env._("There is no such edition."))
        return edition.with_company(edition.company_id)

    def _public_class(self, code):
        """A class of the edition that can be applied for.

        :raise MissingError: there is none with this code
        """
        found = self._open_classes().filtered(lambda c: c.code == code)
        if not found:
            raise MissingError(self.env._("There is no such class."))
        return found

    # -- the edition -----------------------------------------------------------
    def _public_head(self):
        """What stands at the top of each page of an edition."""
        self.ensure_one()
        scheme = self.scheme_id
        return {
            "id": self.id,
            "name": self.display_name,
            "agency": self.company_id.name,
            "is_demo": self.is_demo,
            "scheme": scheme.display_name,
            "document": scheme.document_number or "",
            "year": self.award_year,
            "opens": self._local(self.window_start),
            "closes": self._local(self.window_end),
            "standing": self._public_standing(),
            "is_open": not self._window_refusal(),
        }

    def _public_standing(self):
        """Whether applications are taken now, and how many working days are left."""
        refusal = self._window_refusal()
        if refusal and refusal.code == "window_not_open":
            return self.env._("Applications are not taken yet.")
        if refusal:
            return self.env._("The window for applications is over.")
        today = self.env["award.clock"]._today()
        last = self._local_date(self.window_end)
        calendar = self.env["award.calendar.year"]._calendar()
        try:
            left = clock_rules.remaining(
                calendar, today, last, clock_rules.WORKING_DAY
            )
        except clock_rules.CalendarUnknown:
            days = (last - today).days
            return self.env._("Applications are open: %(days)s days left.", days=days)
        return self.env._(
            "Applications are open: %(days)s working days left after today.", days=left
        )

    def _public_bodies(self):
        """The bodies in the scheme's own words: (word for the role, name, today)."""
        bodies = self.scheme_id.body_ids
        roles = dict(bodies._fields["role"]._description_selection(self.env))
        return [
            {
                "role": roles[body.role],
                "name": body.display_name,
                "today": body.names_text or "",
                "clause": body.clause_id.display_name or "",
            }
            for body in bodies
        ]

    def _public_classes(self):
        """The classes that can be applied for."""
        subjects = dict(
            self.env["award.applicant"]
            ._fields["subject"]
            ._description_selection(self.env)
        )
        return [
            {
                "code": one.code,
                "name": one.display_name,
                "subject": subjects[one.subject],
                "clause": one.clause_id.display_name or "",
            }
            for one in self._open_classes()
        ]

    # -- the regulation --------------------------------------------------------
    def _public_regulation(self):
        """The clauses in order, each with what it drives.

        :return: list of dicts `code`, `citation`, `mark`, `summary`, `licensed`,
            `drives` (kind of rule, what it says)
        """
        scheme = self.scheme_id
        english = not (self.env.lang or "").startswith("zh")
        marks = dict(
            scheme.clause_ids._fields["mark"]._description_selection(self.env)
        )
        drives = self._public_drives()
        return [
            {
                "code": clause.code,
                "citation": clause.display_name,
                "mark": marks[clause.mark] if clause.mark != "rule" else "",
                "summary": (english and clause.summary_en) or clause.summary_zh or "",
                "licensed": clause.licensed_public and clause.licensed_text or "",
                "drives": drives.get(clause.id, []),
            }
            for clause in scheme.clause_ids.sorted()
        ]

    @tools.ormcache("self.scheme_id.id", "self.env.lang")
    def _public_drives(self):
        """dict clause id -> list of (kind of rule, what it says); law does not change.

        An announced edition pins a published scheme, which the database keeps frozen.
        """
        found = {}
        for section, field in FIELDS.items():
            if section in _NOT_DRIVEN:
                continue
            records = self.scheme_id[field]
            title = self.env["ir.model"]._get(records._name).display_name
            for record in records.sorted():
                found.setdefault(record.clause_id.id, []).append(
                    (title, record._booklet_text())
                )
        return found

    # -- the calendar ----------------------------------------------------------
    def _public_timetable(self):
        """The statutory calendar of the edition, from its own dates (not stored)."""
        first = self.announced_on or self._local_date(self.window_start)
        days = (self._local_date(self.window_end) - first).days
        return self.env["award.timetable"].new(
            {
                "scheme_id": self.scheme_id.id,
                "start_on": first,
                "window_days": max(days, 1),
                "left_out_ids": [(6, 0, self._left_out().ids)],
            }
        )

    def _public_calendar(self):
        """The stages with their days.

        :return: dict with `rows` (name, clause, limits, opens, earliest, latest,
            missing), `warning` about years without an official calendar
        """
        table = self._public_timetable()
        rows = table._rows()
        shown = [
            {
                "name": stage.display_name,
                "clause": stage.clause_id.display_name or "",
                "decides": stage.body_id.display_name or "",
                "limits": [
                    f"{rule.display_name}: {rule.length_text}"
                    + (f" [{rule.clause_id.display_name}]" if rule.clause_id else "")
                    for rule in limits
                ],
                "opens": row.opens,
                "earliest": row.earliest,
                "latest": row.latest,
                "missing": row.unknown_year or "",
            }
            for stage, limits, row in rows
        ]
        warning = table._warning_text([row for _stage, _limits, row in rows])
        return {"rows": shown, "warning": warning or "", "start": table.start_on}

    # -- the criteria ----------------------------------------------------------
    def _public_criteria(self):
        """Titles and structure of the criteria of each class, and of its choices."""
        found = []
        for award_class in self._open_classes():
            own = self._criteria_of(award_class)
            of_choices = award_class.choice_ids.mapped("criteria_id")
            for criteria in own | of_choices:
                chosen = award_class.choice_ids.filtered(
                    lambda c, criteria=criteria: c.criteria_id == criteria
                )
                found.append(
                    {
                        "class": award_class.display_name,
                        "choices": ", ".join(chosen.mapped("display_name")),
                        "name": criteria.display_name,
                        "total": _points(criteria.total),
                        "items": [self._public_item(i) for i in criteria.criterion_ids],
                    }
                )
        return found

    def _public_item(self, item):
        return {
            "name": item.display_name,
            "is_category": item.kind == "category",
            "points": _points(item.points),
            "licensed": item.licensed_public and item.licensed_text or "",
        }

    # -- what to prepare -------------------------------------------------------
    def _public_preparation(self, award_class):
        """Every question that an application of a class asks, before anybody logs in.

        :return: dict with `fields` (label, required), `recommenders` (how many),
            `chapters` (title), `chapter_max`, `conditions` (text, clause, papers)
        """
        criteria = self._criteria_of(award_class)
        form = self._public_form_of(award_class)
        choices = award_class.choice_ids
        return {
            "class": award_class.display_name,
            "code": award_class.code,
            "choices": choices.mapped("display_name"),
            "fields": form,
            "recommenders": self._recommenders_needed(award_class),
            "chapters": [
                self.env._("Organisational Profile"),
                *criteria._items().sorted("sequence").mapped("display_name"),
            ],
            "own_chapters": [
                {
                    "choice": choice.display_name,
                    "chapters": choice.criteria_id._items()
                    .sorted("sequence")
                    .mapped("display_name"),
                }
                for choice in choices
                if choice.criteria_id and choice.criteria_id != criteria
            ],
            "chapter_max": CHAPTER_MAX,
            "conditions": self._public_conditions(award_class),
        }

    def _public_form_of(self, award_class):
        """Label, options and need of each field of the form of a class."""
        portal = self.env["award.application"]
        asked = portal._portal_form(self, award_class.subject, registering=True)
        needed = NEEDED[award_class.subject]
        return [
            {
                "label": field["label"],
                "required": field["name"] in needed,
                "options": [label for _key, label in field["options"]]
                if field["name"] != "trade_id"
                else [],
            }
            for field in asked
        ]

    def _public_conditions(self, award_class):
        """The conditions of a class, each with its clause and the papers to prepare."""
        facts = self.env["award.fact"]._fields
        kinds = dict(facts["kind"]._description_selection(self.env))
        shown = []
        for one in self.scheme_id._requirements(award_class):
            papers = [
                {
                    "name": kinds[kind],
                    "fields": [
                        facts[name]._description_string(self.env) for name in FORM[kind]
                    ],
                }
                for kind in ASKED_BY.get(one.kind, ())
            ]
            shown.append(
                {
                    "text": one.display_name,
                    "clause": one.clause_id.display_name or "",
                    "anchor": one.clause_id.code or "",
                    "papers": papers,
                    "is_document": one.kind in _PAPERS,
                }
            )
        return shown

    # -- who recommends --------------------------------------------------------
    def _public_recommenders(self):
        """The recommenders of the agency with where to reach them."""
        found = self.env["award.recommender"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return [
            {
                "name": one.display_name,
                "territory": one.territory or "",
                "contact": one.contact_name or "",
                "phone": one.contact_phone or "",
                "email": one.contact_email or "",
                "address": one.contact_address or "",
            }
            for one in found
            if one._kind_in(self.scheme_id) != "nominator"
        ]


def _points(hundredths):
    """Hundredths of a point as people write points."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
