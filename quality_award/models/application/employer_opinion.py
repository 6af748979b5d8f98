from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .portal import WRITING
from .portal_applicant import clean_text

#: Characters of the opinion at most.
TEXT_MAX = 2_000
#: Kind of requirement -> what it makes necessary, in the order of the form.
NEEDED = {
    "employer_consent": ("text", "sealed_by", "sealed_on"),
    "in_house_notice": ("notice_from", "notice_to", "notice_place", "notice_result"),
}
FIELDS = tuple(name for names in NEEDED.values() for name in names)


class AwardEmployerOpinion(models.Model):
    """What the employer of a person says of the application, and the notice in-house.

    Asked where the scheme has such a requirement. While the applicant writes, the
    facts of the case follow it, so that the conditions are checked as all others are.
    """

    _name = "award.employer.opinion"
    _description = "Employer's Opinion"
    _inherit = ["award.confidential", "award.closing"]
    _order = "id"
    _rec_name = "sealed_by"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="cascade", index=True
    )
    text = fields.Text("Opinion of the Employer")
    sealed_by = fields.Char("Sealing Unit")
    sealed_on = fields.Date("Date of the Seal")
    notice_from = fields.Date("Notice inside the Unit from")
    notice_to = fields.Date("Notice inside the Unit until")
    notice_place = fields.Char("Place of the Notice")
    notice_result = fields.Char("Result of the Notice")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id)")

    def _as_facts(self):
        """The facts that follow from what is said: list of values of `award.fact`."""
        found = []
        if self.text and self.sealed_by and self.sealed_on:
            found.append(
                {
                    "kind": "employer_consent",
                    "happened_on": self.sealed_on,
                    "issuer": self.sealed_by,
                }
            )
        if self.notice_from and self.notice_to:
            found.append(
                {
                    "kind": "in_house_notice",
                    "valid_from": self.notice_from,
                    "valid_to": self.notice_to,
                    "issuer": self.sealed_by,
                    "note": " · ".join(
                        filter(None, (self.notice_place, self.notice_result))
                    ),
                }
            )
        return found


class AwardApplication(models.Model):
    _inherit = "award.application"

    opinion_ids = fields.One2many("award.employer.opinion", "application_id")

    def _opinion_asked(self):
        """The requirements of the case that the employer's opinion answers, by kind."""
        asked = self._scheme_of()._requirements(self.class_id)
        ours = asked.filtered(lambda r: r.kind in NEEDED)
        if not ours:
            return {}
        tags = self._kind_tags()
        return {
            row.kind: row
            for row in ours
            if not row._as_rule().applies_to or row._as_rule().applies_to & tags
        }

    def _portal_opinion(self):
        """The fields of the opinion as the page shows them; none where none is asked.

        :return: list of dicts: `text`, `clause`, `fields`
        """
        opinion = self.opinion_ids[:1]
        known = self.env["award.employer.opinion"]._fields
        kinds = {"date": "date", "text": "textarea"}
        return [
            {
                "text": row.display_name,
                "clause": row.clause_id.display_name or "",
                "days": row.count,
                "fields": [
                    {
                        "name": name,
                        "label": known[name]._description_string(self.env),
                        "kind": kinds.get(known[name].type, "text"),
                        "options": [],
                        "value": opinion[name] or "",
                    }
                    for name in NEEDED[kind]
                ],
            }
            for kind, row in self._opinion_asked().items()
        ]

    @api.model
    def _portal_opinion_page(self, application):
        """What the page of the opinion shows.

        :raise MissingError: not the user's, or the scheme asks for no opinion
        """
        case = self._portal_case(application)
        parts = case._portal_opinion()
        if not parts:
            raise MissingError(self.env._("There is no such page."))
        case._portal_seen(case.opinion_ids)
        members = self.env["award.applicant.member"]
        return {
            **self._portal_state(application),
            "tab": "opinion",
            "parts": parts,
            "may_write": members._may_write_for(case.applicant_id)
            and case.state in WRITING,
            "text_max": TEXT_MAX,
        }

    @api.model
    def _portal_save_opinion(self, application, values):
        """Keep the employer's opinion and the notice in-house; may be incomplete.

        :param values: fields of `award.employer.opinion` as text
        """
        case = self._portal_writable(application, "opinion")
        asked = case._opinion_asked()
        if not asked:
            case._refuse(Refusal("opinion_not_asked"))
        known = case.env["award.employer.opinion"]._fields
        written = {
            name: case._portal_opinion_value(known[name], values[name])
            for kind in asked
            for name in NEEDED[kind]
            if name in values
        }
        opinion = case.opinion_ids[:1]
        if opinion:
            opinion.write(written)
        else:
            opinion = opinion.create({**written, "application_id": case.id})
        case._check_notice_order(opinion)
        case._state_opinion(opinion)
        return True

    def _portal_opinion_value(self, field, value):
        if field.type == "text":
            text = clean_text(value).strip()
            if len(text) > TEXT_MAX:
                label = field._description_string(self.env)
                self._refuse(
                    Refusal("value_too_long", values={"field": label, "most": TEXT_MAX})
                )
            return text or False
        return self._portal_value(self.edition_id, field, value)

    def _check_notice_order(self, opinion):
        first, last = opinion.notice_from, opinion.notice_to
        if first and last and last < first:
            values = {"first": first, "last": last}
            self._refuse(Refusal("notice_reversed", values=values))

    def _state_opinion(self, opinion):
        """Have the facts say what the opinion says now."""
        kinds = list(NEEDED)
        mine = self.fact_ids.filtered(
            lambda fact: fact.kind in kinds and fact.origin == "applicant"
        )
        mine.unlink()
        self.env["award.fact"].create(
            [
                {**fact, "application_id": self.id, "origin": "applicant"}
                for fact in opinion._as_facts()
            ]
        )

    # -- the submission -----------------------------------------------------------
    def _missing_parts(self):
        own = [("opinion", label) for label in self._opinion_missing()]
        return super()._missing_parts() + own

    def _portal_tabs(self, writing):
        """The opinion has its page where the scheme asks for one."""
        pages = super()._portal_tabs(writing)
        if writing and self._opinion_asked():
            page = {
                "tab": "opinion",
                "address": f"/my/award/{self.id}/opinion",
                "label": self.env._("Opinion of the Employer"),
            }
            pages.insert(2, page)
        return pages

    def _opinion_missing(self):
        """Names of what the employer has still to say; paper of the office counts."""
        asked = self._opinion_asked()
        if not asked:
            return []
        facts = self.fact_ids.filtered(lambda f: f.origin == "office" and not f.is_void)
        opinion = self.opinion_ids[:1]
        known = opinion._fields
        return [
            known[name]._description_string(self.env)
            for kind in asked
            if kind not in facts.mapped("kind")
            for name in NEEDED[kind]
            if not opinion[name]
        ]


class AwardSubmission(models.Model):
    _inherit = "award.submission"

    @api.model
    def _content_of(self, case):
        """With the employer's opinion, where there is one."""
        content = super()._content_of(case)
        opinion = case.opinion_ids[:1]
        said = {name: str(opinion[name] or "") for name in FIELDS if opinion[name]}
        return {**content, "employer_opinion": said} if said else content

    def _render_parts(self):
        """What the employer said stands first after the chapters."""
        return [self._render_employer_opinion(), *super()._render_parts()]

    def _render_employer_opinion(self):
        said = (self.content or {}).get("employer_opinion") or {}
        known = self.env["award.employer.opinion"]._fields
        rows = [
            Markup(
                '<tr><th>%s</th><td style="white-space: pre-wrap">%s</td></tr>'
            ) % (known[name]._description_string(self.env), said[name])
            for name in FIELDS
            if said.get(name)
        ]
        if not rows:
            return Markup()
        title = self.env._("Opinion of the Employer")
        return Markup('<h3>%s</h3><table class="table table-sm">%s</table>') % (
            title,
            Markup().join(rows),
        )
