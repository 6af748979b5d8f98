from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardQualification(models.Model):
    """The office's qualification check of one application (资格审查)."""

    _name = "award.qualification"
    _description = "Qualification Check"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id"
    _rec_name = "application_id"

    state = state_field("award.qualification")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    submission_id = fields.Many2one(
        "award.submission",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Version that the check began with.",
    )
    content_html = fields.Html(related="submission_id.content_html", sanitize=False)
    received_on = fields.Date(readonly=True)
    due_on = fields.Date(compute="_compute_due_on")
    line_ids = fields.One2many("award.qualification.line", "qualification_id")
    supplement_ids = fields.One2many("award.supplement", "qualification_id")
    note = fields.Text()
    is_decided = fields.Boolean(compute="_compute_is_decided")
    is_demo = fields.Boolean(related="application_id.is_demo")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id) WHERE state = 'draft'")

    def _scheme_of(self):
        return self.application_id._scheme_of()

    @api.depends("state")
    def _compute_is_decided(self):
        for check in self:
            check.is_decided = check.state == "decided"

    def _compute_due_on(self):
        clocks = self.env["award.clock"]._of(self)
        due = {clock.res_id: clock.due_on for clock in clocks}
        for check in self:
            check.due_on = due.get(check.id)

    # -- acts --------------------------------------------------------------------
    def action_decide(self):
        """All requirements met: the case goes on; else it is not accepted."""
        return self._apply_move("decide")

    def action_refresh(self):
        """Ask the facts again; verdicts and notes that a person gave stay.

        Facts are read for all checks at once, and only lines that say something else
        now are written.
        """
        self = self.with_prefetch()  # may come from many cases: fetched together
        self._refuse_when_decided()
        self.check_access("write")
        found = self.application_id.with_prefetch()._conditions_by_case()
        new = []
        for check in self.sudo():  # sudo: read-only fields, the right was asked above
            lines = {line.requirement_id.id: line for line in check.line_ids}
            case = check.application_id
            for values in case._proposed_findings(found[case.id]):
                if line := lines.get(values["requirement_id"]):
                    line._propose(values)
                else:
                    new.append({"qualification_id": check.id, **values})
        self.env["award.qualification.line"].sudo().create(new)  # sudo: as above

    def action_supplement(self):
        """Open a new request to the applicant."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "award.supplement",
            "view_mode": "form",
            "target": "new",
            "context": {"default_qualification_id": self.id},
        }

    def _after_decide(self):
        checks = self.sudo()  # sudo: cases and clocks move with the decision
        self.env["award.clock"]._stop(checks, None)
        passed = checks.filtered(lambda check: check._is_passed())
        for cases in passed.application_id.grouped("stage_id").values():
            cases._advance()
        for check in checks - passed:
            check._refuse_case()

    def _is_passed(self):
        """Whether the case goes on."""
        self.ensure_one()
        return not self._unmet()

    def _refuse_case(self):
        """Not accepted, under the clause of the first requirement not met."""
        case = self.application_id
        reason, clause = self._refused_for()
        case._refuse_acceptance(reason, clause)
        case._draft_letters("not_accepted", reason, clause)

    def _refused_for(self):
        """(reason in words, code of the clause) of a case that does not go on."""
        unmet = self._unmet()
        reason = "; ".join(
            f"{line.requirement_id.text_zh}: {line.note}" for line in unmet
        )
        return reason, unmet[:1].requirement_id.clause_id.code or None

    def _unmet(self):
        """Findings that keep the case out, in order of the scheme.

        A requirement that only warns does not; of alternatives one suffices.
        """
        met = self.line_ids.filtered(lambda line: line.verdict == "met")
        spared = set(met.requirement_id.mapped("alternative")) - {False}
        return self.line_ids.filtered(
            lambda line: (
                line.verdict == "not_met"
                and line.requirement_id.on_fail != "warn"
                and line.requirement_id.alternative not in spared
            )
        ).sorted(lambda line: (line.requirement_id.sequence, line.requirement_id.id))

    def _refuse_when_decided(self):
        """Findings of a decided check stay as they are."""
        for check in self:
            if check.state != "draft":
                check._refuse(Refusal("qualification_decided"))

    # -- guards --------------------------------------------------------------------
    def _guard_paper_in_time(self):
        return self.application_id._guard_paper_in_time()

    def _guard_all_findings(self):
        missing = self.line_ids.filtered(
            lambda line: (
                not line.verdict
                or (line.verdict == "not_met" and not (line.note or "").strip())
            )
        )
        if missing:
            codes = ", ".join(missing.requirement_id.mapped("display_name"))
            return Refusal(
                "findings_missing",
                self.application_id._clause_of_kind("qualification"),
                {"missing": codes},
            )

    def _guard_no_open_supplement(self):
        if any(supplement.state == "sent" for supplement in self.supplement_ids):
            return Refusal("supplement_open")

    # -- the office's clock -----------------------------------------------------------
    def _clock_party(self, role):
        return self.application_id._clock_party(role)


class AwardQualificationLine(models.Model):
    """The finding on one requirement."""

    _name = "award.qualification.line"
    _description = "Finding on a Requirement"
    _inherit = ["award.act.fields", "award.closing"]
    _case_field = "qualification_id"
    _order = "qualification_id, requirement_id"
    _rec_name = "requirement_id"

    qualification_id = fields.Many2one(
        "award.qualification", required=True, ondelete="cascade", index=True
    )
    requirement_id = fields.Many2one(
        "award.requirement", required=True, ondelete="restrict", index=True
    )
    proposal = fields.Selection(
        [("met", "Met"), ("not_met", "Not Met"), ("judge", "Office Judges")],
        "The Facts Say",
        readonly=True,
    )
    basis = fields.Text("Because", readonly=True)
    verdict = fields.Selection([("met", "Met"), ("not_met", "Not Met")])
    note = fields.Char()
    clause_id = fields.Many2one(related="requirement_id.clause_id", string="Clause")
    company_id = fields.Many2one(
        related="qualification_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(qualification_id, requirement_id)")

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # strangers learn nothing of the state
        ids = {vals.get("qualification_id") for vals in vals_list} - {None, False}
        self.env["award.qualification"].browse(ids)._refuse_when_decided()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        self.qualification_id._refuse_when_decided()
        if moved := vals.get("qualification_id"):
            self.env["award.qualification"].browse(moved)._refuse_when_decided()
        return super().write(vals)

    def _propose(self, values):
        """Take over what the facts say now, beside what a person has written.

        A note is a person's unless it repeats the grounds of the proposal before.
        """
        untouched = (self.verdict or "judge") == (self.proposal or "judge")
        repeated = self.basis if self.proposal == "not_met" else False
        names = {"proposal", "basis"}
        if untouched:
            names |= {"verdict"}
            names |= {"note"} if (self.note or False) == (repeated or False) else set()
        changed = {
            name: values[name]
            for name in names
            if (self[name] or False) != (values[name] or False)
        }
        if changed:
            self.write(changed)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.qualification_id._refuse_when_decided()


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _on_enter_qualification(self):
        """Begin the office's check: a line for each requirement, its time runs."""
        today = self.env["award.clock"]._today()
        Check = self.env["award.qualification"]
        versions = self._current_submission()
        begun = Check.search(
            [("application_id", "in", self.ids), ("state", "=", "draft")]
        )
        fresh = self - begun.application_id
        found = fresh._conditions_by_case()
        new = Check.create(
            [
                {
                    "application_id": case.id,
                    "submission_id": versions[case.id].id,
                    "received_on": today,
                    "line_ids": [
                        fields.Command.create(values)
                        for values in case._proposed_findings(found[case.id])
                    ],
                }
                for case in fresh
            ]
        )
        for check in begun:
            version = versions[check.application_id.id].id
            check.write({"received_on": today, "submission_id": version})
        self.env["award.clock"]._start(begun | new, "office_receipt", today)

    def _proposed_findings(self, conditions):
        """A line for each requirement asked of the case, with what the facts say.

        What a person has to judge stays open.

        :param conditions: list as `_conditions` returns it
        """
        return [
            {"requirement_id": requirement.id, **self._proposed_values(finding)}
            for requirement, finding in conditions
        ]

    def _proposed_values(self, finding):
        text = self._finding_text(finding)
        judged = finding.verdict == "judge"
        return {
            "proposal": finding.verdict,
            "basis": text,
            "verdict": False if judged else finding.verdict,
            "note": text if finding.verdict == "not_met" else False,
        }

    def _work_refusal_qualification(self):
        last = self.qualification_ids.sorted("id")[-1:]
        if last.state != "decided" or not last._is_passed():
            return Refusal(
                "qualification_missing", self._clause_of_kind("qualification")
            )
