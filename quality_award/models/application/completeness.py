from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

AGENCY = "quality_award.group_office,quality_award.group_supervisor"
#: What a clerk writes while the check is open.
WRITTEN = {"proposal", "reason", "line_ids"}


class AwardCompleteness(models.Model):
    """The handling body's check of what was handed in, and what it proposes.

    The body reads the version handed in and this record, never the office's case; it
    proposes and decides nothing. The office confirms a proposal or rejects it with a
    reason, and acts itself.
    """

    _name = "award.completeness"
    _description = "Completeness Check"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id"

    state = state_field("award.completeness")
    application_id = fields.Many2one(
        "award.application",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups=AGENCY,
    )
    submission_id = fields.Many2one(
        "award.submission",
        "Version",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    title = fields.Char("Applicant", related="submission_id.title", related_sudo=False)
    content_html = fields.Html(
        related="submission_id.content_html", related_sudo=False, sanitize=False
    )
    edition_id = fields.Many2one(
        related="application_id.edition_id", store=True, index=True
    )
    number = fields.Char("Case Number", readonly=True)
    received_on = fields.Date(readonly=True)
    line_ids = fields.One2many("award.completeness.line", "completeness_id")
    proposal = fields.Selection(
        [
            ("accept", "Accept"),
            ("supplement", "Ask for a Supplement"),
            ("refuse", "Do Not Accept"),
        ]
    )
    reason = fields.Text("Reason of the Proposal")
    proposed_by_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", groups=AGENCY
    )
    proposed_on = fields.Date(readonly=True)
    rejected_because = fields.Text(readonly=True)
    answered_on = fields.Date("Answered by the Office On", readonly=True)
    is_open = fields.Boolean(compute="_compute_is_open")
    count_incomplete = fields.Integer("Incomplete", compute="_compute_is_open")
    is_demo = fields.Boolean(related="edition_id.is_demo")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(application_id) WHERE state IN ('draft', 'proposed')"
    )

    def _scheme_of(self):
        return self.sudo().edition_id.scheme_id  # sudo: only the scheme is read

    @api.depends("number", "submission_id.title")
    def _compute_display_name(self):
        for check in self:
            check.display_name = f"{check.number or ''} {check.title or ''}".strip()

    @api.depends("state", "line_ids.result")
    def _compute_is_open(self):
        for check in self:
            check.is_open = check.state == "draft"
            check.count_incomplete = len(
                check.line_ids.filtered(lambda line: line.result == "incomplete")
            )

    def _roles_on(self):
        """Who acts on the case may let the check be overtaken."""
        roles = super()._roles_on()
        own = self.sudo()  # sudo: roles are asked for before the right to read
        on_cases = own.application_id._roles_on()
        for check in own:
            roles[check.id] |= on_cases.get(check.application_id.id, set())
        return roles

    # -- the clerk's work ------------------------------------------------------------
    def action_begin(self):
        """Write down the parts to be checked, one line each."""
        self.check_access("write")
        for check in self:
            check._refuse_when_closed()
            case = check.sudo().application_id  # sudo: only names of parts are taken
            present = set(check.line_ids.mapped("part"))
            check.line_ids = [
                fields.Command.create({"part": part, "sequence": place})
                for place, part in enumerate(case._parts())
                if part not in present
            ]

    def action_rest_complete(self):
        """Mark what nobody wrote anything about as complete.

        A part with a note and no result is left to the clerk who wrote the note.
        """
        self.check_access("write")
        for check in self:
            check._refuse_when_closed()
        untouched = self.line_ids.filtered(
            lambda line: not line.result and not (line.note or "").strip()
        )
        untouched.result = "complete"

    def action_propose(self):
        """Hand the proposal to the office."""
        today = self.env["award.clock"]._today()
        return self._apply_move(
            "propose",
            values={
                "proposed_by_id": self.env.uid,
                "proposed_on": today,
                "rejected_because": False,
                "answered_on": False,
            },
        )

    # -- the office's answer -----------------------------------------------------------
    def action_confirm(self):
        """Take the proposal up; a supplement is drafted with its parts."""
        today = self.env["award.clock"]._today()
        return self._apply_move("confirm", values={"answered_on": today})

    def action_reject(self, reason=None):
        """Give it back to the handling body."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "reject")
        today = self.env["award.clock"]._today()
        values = {"answered_on": today, "rejected_because": reason}
        return self._apply_move("reject", reason=reason, values=values)

    def _after_confirm(self):
        """What the office does with it, it does by its own acts."""
        for check in self.filtered(lambda one: one.proposal == "supplement"):
            case = check.application_id
            case._open_check().supplement_ids = [
                fields.Command.create(
                    {
                        "items": check.reason,
                        "line_ids": [
                            fields.Command.create(
                                {
                                    "part": line.part,
                                    "reason": line.note,
                                    "sequence": line.sequence,
                                }
                            )
                            for line in check.line_ids
                            if line.result == "incomplete"
                        ],
                    }
                )
            ]

    # -- guards ------------------------------------------------------------------------
    def _guard_handling_allowed(self):
        return self.sudo().application_id._handling_refusal()  # sudo: asks the scheme

    def _guard_all_checked(self):
        open_lines = self.line_ids.filtered(
            lambda line: (
                not line.result
                or (line.result == "incomplete" and not (line.note or "").strip())
            )
        )
        if open_lines or not self.line_ids:
            shown = [label or "" for label in open_lines[:8].mapped("label")]
            more = "…" if len(open_lines) > len(shown) or not open_lines else ""
            values = {"missing": ", ".join(shown) + more}
            return Refusal("parts_unchecked", None, values)
        return None

    def _guard_proposal_given(self):
        reasoned = self.proposal == "accept" or (self.reason or "").strip()
        if self.proposal == "supplement":
            reasoned = True  # each part has its own
        if not self.proposal or not reasoned:
            return Refusal("proposal_missing")
        incomplete = self.line_ids.filtered(lambda one: one.result == "incomplete")
        if self.proposal == "accept" and incomplete:
            return Refusal("proposal_differs")
        if self.proposal == "supplement" and not incomplete:
            return Refusal("proposal_without_parts")
        return None

    def _guard_supplement_possible(self):
        if self.proposal == "supplement" and not self.application_id._open_check():
            return Refusal("check_not_open")
        return None

    # -- kept as proposed --------------------------------------------------------------
    def write(self, vals):
        if WRITTEN & vals.keys():
            self.check_access("write")
            self._refuse_when_closed()
        return super().write(vals)

    def _refuse_when_closed(self):
        for check in self:
            if check.state != "draft":
                check._refuse(Refusal("completeness_kept"))


class AwardCompletenessLine(models.Model):
    """One part of what was handed in: complete, incomplete, or not needed."""

    _name = "award.completeness.line"
    _description = "Part of a Completeness Check"
    _inherit = ["award.confidential", "award.closing"]
    _order = "completeness_id, sequence, id"
    _rec_name = "part"
    _case_field = "completeness_id"

    completeness_id = fields.Many2one(
        "award.completeness", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    part = fields.Char(required=True, readonly=True)
    label = fields.Char("What", compute="_compute_label")
    result = fields.Selection(
        [
            ("complete", "Complete"),
            ("incomplete", "Incomplete"),
            ("not_needed", "Not Needed"),
        ]
    )
    note = fields.Char("What Is Missing")
    company_id = fields.Many2one(
        related="completeness_id.company_id", store=True, index=True
    )

    _once_part = models.UniqueIndex("(completeness_id, part)")

    @api.depends("part")
    @api.depends_context("lang")
    def _compute_label(self):
        for check, lines in self.grouped("completeness_id").items():
            case = check.sudo().application_id  # sudo: names of parts only
            labels = case._parts() if case else {}
            for line in lines:
                line.label = labels.get(line.part, line.part)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.completeness_id._refuse_when_closed()
        return lines

    def write(self, vals):
        self.check_access("write")
        self.completeness_id._refuse_when_closed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.completeness_id._refuse_when_closed()


class AwardApplication(models.Model):
    _inherit = "award.application"

    completeness_ids = fields.One2many(
        "award.completeness", "application_id", "Completeness Checks"
    )

    def _handling_refusal(self):
        """Why no handling body may work on the case, or None."""
        if self._parameter("handling_body_forbidden"):
            clause = self._clause_of("handling_body_forbidden")
            return Refusal("handling_forbidden", clause)
        return None

    def _open_check(self):
        """The qualification check that is not decided, none where there is none."""
        return self.qualification_ids.filtered(lambda one: one.state == "draft")[:1]

    def _on_enter_qualification(self):
        """The handling body begins as well, where the scheme has one."""
        done = super()._on_enter_qualification()
        wanted = self.filtered(lambda case: not case._handling_refusal())
        if not wanted:
            return done
        Check = self.env["award.completeness"].sudo()  # sudo: begun by acts only
        versions = self._current_submission()
        begun = Check.search(
            [
                ("application_id", "in", wanted.ids),
                ("state", "in", ("draft", "proposed")),
            ]
        )
        for check in begun:
            check.submission_id = versions[check.application_id.id]
        Check.create(
            [
                {
                    "application_id": case.id,
                    "submission_id": versions[case.id].id,
                    "number": case.name,
                    "received_on": self.env["award.clock"]._today(),
                }
                for case in wanted - begun.application_id
            ]
        )
        return done

    def _overtake_checks(self):
        """What the handling body has not finished is of no use any more."""
        checks = self.env["award.completeness"].sudo()  # sudo: ends with the case
        checks.search(
            [
                ("application_id", "in", self.ids),
                ("state", "in", ("draft", "proposed")),
            ]
        )._apply_move("overtake")

    def _end_case(self, reason):
        self._overtake_checks()
        return super()._end_case(reason)

    def _back_to_applicant(self, reason):
        self._overtake_checks()
        return super()._back_to_applicant(reason)


class AwardQualification(models.Model):
    _inherit = "award.qualification"

    def _after_decide(self):
        self.sudo().application_id._overtake_checks()  # sudo: as there
        return super()._after_decide()


class AwardSubmission(models.Model):
    _inherit = "award.submission"

    def _open_to_me_sql(self):
        """The handling body reads the versions that it checks."""
        found = super()._open_to_me_sql()
        if "handling" in self.env["award.lifecycle"]._group_roles():
            found.append(
                SQL(
                    """SELECT s.id FROM award_submission s
                         JOIN award_completeness c
                           ON c.application_id = s.application_id
                        WHERE c.company_id IN %s""",
                    tuple(self.env.companies.ids),
                )
            )
        return found
