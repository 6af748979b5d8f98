from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .applicant_fields import NEEDED

#: What stays once a case has left these states.
FROZEN = {
    frozenset({"edition_id", "applicant_id"}): {"draft"},
    frozenset({"class_id", "choice_id"}): {"draft", "returned"},
}


class AwardApplication(models.Model):
    """The office's case: one applicant in one edition.

    What others see of it are models of their own: the frozen submission, the sheet,
    the result. Applicants reach it through portal routes only.
    """

    _name = "award.application"
    _description = "Application"
    _inherit = [
        "mail.thread",
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _case_field = "id"
    _order = "id"
    _rec_names_search = ["name", "applicant_id.name"]

    state = state_field("award.application")
    name = fields.Char("Case Number", readonly=True, copy=False, default="/")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one(
        "award.class", required=True, ondelete="restrict", index=True
    )
    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="restrict", index=True
    )
    recommender_id = fields.Many2one(
        "award.recommender", ondelete="restrict", index="btree_not_null"
    )
    trade_id = fields.Many2one(
        "award.trade", ondelete="restrict", index="btree_not_null"
    )
    stage_id = fields.Many2one(
        "award.stage", readonly=True, copy=False, index="btree_not_null"
    )
    registered_at = fields.Datetime("Registered Online At", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    ground_id = fields.Many2one(
        "award.clause",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Clause that refusing to accept or disqualifying rests on.",
    )
    case_stage_ids = fields.One2many("award.case.stage", "application_id")
    chapter_ids = fields.One2many("award.chapter", "application_id")
    submission_ids = fields.One2many("award.submission", "application_id")
    recommendation_ids = fields.One2many("award.recommendation", "application_id")
    qualification_ids = fields.One2many("award.qualification", "application_id")
    supplement_ids = fields.One2many("award.supplement", "application_id")
    letter_ids = fields.One2many("award.letter", "application_id")
    is_handed_in = fields.Boolean(compute="_compute_is_handed_in")
    is_demo = fields.Boolean(related="edition_id.is_demo")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _one_per_edition = models.UniqueIndex(
        "(edition_id, applicant_id) WHERE state NOT IN ('withdrawn')",
        "This applicant already has an application in this edition.",
    )
    _number_unique = models.UniqueIndex("(edition_id, name) WHERE name != '/'")

    @api.depends("name", "applicant_id.name")
    def _compute_display_name(self):
        for application in self:
            number = application.name if application.name != "/" else ""
            words = (number, application.applicant_id.name or "")
            application.display_name = " ".join(filter(None, words))

    @api.depends("state")
    def _compute_is_handed_in(self):
        for application in self:
            application.is_handed_in = application.state != "draft"

    def _guarded_columns(self):
        return ("state", "stage_id")

    def _scheme_of(self):
        return self.edition_id.scheme_id

    def _roles_on(self):
        roles = super()._roles_on()
        signed_for = self.env["award.applicant.member"]._signed_for()
        of_recommender = self.env["award.recommender.member"]._roles_by_recommender()
        for case in self.sudo():  # sudo: roles are asked for before the right to read
            if case.applicant_id.id in signed_for:
                roles[case.id].add("applicant")
            for recommender in case._recommenders():
                roles[case.id] |= of_recommender.get(recommender.id, set())
        return roles

    def _message_get_suggested_recipients_batch(self, *_args, **_kwargs):
        """Nobody: applicants are told by letters, never by notes on the office's case.

        Odoo would look through partners, whom people from outside may not read; a
        supervisor could not open a case.
        """
        return {case.id: [] for case in self}

    def write(self, vals):
        for fields_, states in FROZEN.items():
            for field in fields_ & vals.keys():
                self.check_access("write")  # strangers learn nothing of the state
                moved = self.filtered(lambda case, s=states: case.state not in s)
                if any(case[field].id != (vals[field] or False) for case in moved):
                    self._refuse(Refusal("case_frozen"))
        return super().write(vals)

    def _change_class(self, award_class, choice):
        """Past `write`, which keeps the class; the caller has gone through the door."""
        values = {"class_id": award_class.id, "choice_id": choice.id}
        past_the_freeze = super()
        return past_the_freeze.write(values)

    # -- the office's acts --------------------------------------------------------
    def action_return(self, reason=None):
        """Return for correction while the window is open."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "return")
        for case in self:
            if any(supplement.state == "sent" for supplement in case.supplement_ids):
                case._refuse(Refusal("supplement_open"))
        return self._apply_move("return", reason=reason)

    def action_disqualify(self, reason=None, ground=None):
        """Take a case out for a ground of the scheme.

        :param ground: code of the clause
        """
        if reason is None:
            return self.env["award.reason"]._ask(self, "disqualify")
        for case in self:
            clauses = case._scheme_of().clause_ids
            case.ground_id = clauses.filtered(lambda c: c.code == ground)[:1]
        return self._apply_move("disqualify", reason=reason, clause=ground)

    # -- guards of the submission ---------------------------------------------
    def _stage_of_kind(self, kind):
        """The first stage of `kind` for the class, none where it has none."""
        stages = self.edition_id._stages(self.class_id)
        return stages.filtered(lambda s: s.kind == kind)[:1]

    def _clause_of_kind(self, kind):
        return self._stage_of_kind(kind).clause_id.code or None

    def _guard_window_open(self):
        return self.edition_id._window_refusal()

    def _guard_profile_complete(self):
        missing = self._missing()
        if missing:
            return Refusal(
                "profile_incomplete",
                self._clause_of_kind("submission"),
                {"missing": ", ".join(missing)},
            )

    def _missing(self):
        """Names of the fields and chapters that are still empty."""
        return [label for _part, label in self._missing_parts()]

    def _missing_parts(self):
        """What is still empty: list of (part as `_portal_writable` has it, name)."""
        applicant = self.applicant_id.sudo()  # sudo: whether a number is there
        subject = applicant.subject
        missing = [
            (f"field:{name}", self._portal_label(subject, name))
            for name in NEEDED[subject]
            if not applicant[name]
        ]
        if not self.recommender_id and self.edition_id._recommenders_needed(
            self.class_id
        ):
            label = self._fields["recommender_id"]._description_string(self.env)
            missing.append(("field:recommender_id", label))
        written = self._written_chapters()
        return missing + [
            (f"chapter:{code}", title)
            for code, title in self._chapters().items()
            if code not in written
        ]

    def _written_chapters(self):
        """Codes of the chapters that say something."""
        return {c.code for c in self.chapter_ids if (c.text or "").strip()}

    def _chapters(self):
        """The chapters to write, in order: code -> title."""
        items = self.criteria_id._items().sorted("sequence")
        return {
            "profile": self.env._("Organisational Profile"),
            **{item.number: item.display_name for item in items},
        }

    def _guard_only_application(self):
        others = self.search_count(
            [
                ("edition_id", "=", self.edition_id.id),
                ("applicant_id", "=", self.applicant_id.id),
                ("state", "!=", "withdrawn"),
                ("id", "!=", self.id),
            ]
        )
        if others:
            return Refusal(
                "second_application",
                self._clause_of_kind("submission"),
                {"applicant": self.applicant_id.name},
            )

    def _guard_not_banned(self, ban=None):
        """:param ban: what `_ban_by_case` gave for the case, where it was asked"""
        if ban is None:
            ban = self._ban_of()
        if ban:
            until, clause = ban
            values = {"applicant": self.applicant_id.name, "open": until}
            return Refusal("banned", clause, values)

    # -- guards of the office's acts -------------------------------------------
    def _guard_ground_named(self):
        if self.ground_id.scheme_id != self._scheme_of() or not self.ground_id:
            return Refusal("ground_missing")

    def _guard_approved(self):
        """The room of the awards says what must be there before `decided`."""
        work = getattr(self, "_work_refusal_award", None)
        return work() if work else Refusal("approval_missing")

    def _guard_supplement_lapsed(self):
        ends = self._scheme_of()._value("supplement_lapse", award_class=self.class_id)
        lapsed = any(s.state == "lapsed" for s in self.supplement_ids)
        if not (ends and lapsed):
            return Refusal(
                "supplement_not_lapsed", self._clause_of_kind("qualification")
            )

    def _guard_stage_settled(self):
        """The work product of the stage, which a person fills, must be there."""
        work = getattr(self, f"_work_refusal_{self.stage_id.kind}", None)
        return work() if work else None
