from collections import defaultdict

from odoo import api, fields, models

from ...rules import condition_runs
from ...rules.refusal import Refusal
from ..base.lifecycle import asked_once, state_field
from .condition_words import STANDING, findings_table


class AwardConditionOverride(models.Model):
    """That a condition is held to be met against what the facts say, and why.

    Proposed by one officer, confirmed by another. It covers the finding as it was
    then; the finding stays visible, and another finding needs another override.
    """

    _name = "award.condition.override"
    _description = "Override of a Condition"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id"

    state = state_field("award.condition.override")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    scheme_id = fields.Many2one(related="application_id.edition_id.scheme_id")
    requirement_id = fields.Many2one(
        "award.requirement",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('scheme_id', '=', scheme_id)]",
    )
    standing = fields.Selection(STANDING, "Standing Condition")
    condition_name = fields.Char("Condition", compute="_compute_condition_name")
    clause_id = fields.Many2one(
        "award.clause",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('scheme_id', '=', scheme_id)]",
        help="What allows it.",
    )
    reason = fields.Text(required=True)
    document_number = fields.Char(
        help="Minutes or letter that it rests on, where there is one."
    )
    finding = fields.Text("The Facts Say", readonly=True)
    mark = fields.Char(readonly=True, export_string_translation=False)
    proposed_by_id = fields.Many2one("res.users", readonly=True)
    proposed_at = fields.Datetime(readonly=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    is_proposed = fields.Boolean(compute="_compute_is_proposed")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _one_condition = models.Constraint(
        "CHECK ((requirement_id IS NULL) <> (standing IS NULL))",
        "An override is of one condition: of the scheme's list, or a standing one.",
    )
    _once = models.UniqueIndex(
        "(application_id, COALESCE(requirement_id, 0), COALESCE(standing, ''), "
        "COALESCE(mark, '')) WHERE state IN ('draft', 'confirmed')",
        "This finding has an override already.",
    )

    @api.depends("state", "proposed_at")
    def _compute_is_proposed(self):
        for one in self:
            one.is_proposed = bool(one.proposed_at)

    @api.depends("requirement_id", "standing")
    @api.depends_context("lang")
    def _compute_condition_name(self):
        words = dict(self._fields["standing"]._description_selection(self.env))
        for one in self:
            of_list = one.requirement_id.display_name
            one.condition_name = of_list or words.get(one.standing)

    @api.depends("requirement_id", "standing")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.condition_name or ""

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _code(self):
        return self.requirement_id.code or f"standing:{self.standing}"

    # -- proposed as it was ----------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # strangers learn nothing of the rules
        found = super().create(vals_list)
        for one in found:
            line = one._line_now()
            if not self.env.su:
                one._refuse_idle(line)
            kept = one.sudo()  # sudo: what the act notes, read-only for people
            kept.write(
                {
                    "mark": line["mark"] if line else "",
                    "finding": line["because"] if line else "",
                    "proposed_by_id": self.env.uid,
                    "proposed_at": fields.Datetime.now(),
                }
            )
        return found

    def _refuse_idle(self, line):
        """Nothing is overridden that is met, and not without saying why."""
        if not (self.reason or "").strip():
            self._refuse(Refusal("reason_missing"))
        if self.clause_id.scheme_id != self._scheme_of():
            self._refuse(Refusal("override_clause_missing"))
        if not line or line["verdict"] == "met":
            values = {"condition": self.condition_name}
            self._refuse(Refusal("override_idle", values=values))

    def _line_now(self):
        """What the condition comes to now; None where it is not asked."""
        case = self.sudo().application_id  # sudo: facts of the case
        lines = case._lines_by_case()[case.id]
        return next((line for line in lines if line["code"] == self._code()), None)

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            self._refuse(Refusal("override_kept"))
        return super().write(vals)

    # -- acts ------------------------------------------------------------------------
    def action_confirm(self):
        """The second officer agrees."""
        return self._apply_move("confirm", values={"confirmed_by_id": self.env.uid})

    def action_dismiss(self, reason=None):
        if reason is None:
            return self.env["award.reason"]._ask(self, "dismiss")
        return self._apply_move("dismiss", reason=reason)

    def action_revoke(self, reason=None):
        """Take a confirmed override back; the finding counts again."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "revoke")
        return self._apply_move("revoke", reason=reason)

    # -- guards ----------------------------------------------------------------------
    def _guard_second_officer(self):
        if self.proposed_by_id == self.env.user:
            return Refusal("override_own", self.clause_id.code)
        return None

    def _guard_finding_same(self):
        """What is confirmed is what was proposed, on the same facts."""
        line = self._line_now()
        if line and line["verdict"] != "met" and line["mark"] == self.mark:
            return None
        now = line["because"] if line else self.env._("not asked")
        values = {"condition": self.condition_name, "now": now}
        return Refusal("override_other_finding", self.clause_id.code, values)


class AwardApplication(models.Model):
    _inherit = "award.application"

    override_ids = fields.One2many("award.condition.override", "application_id")
    conditions_html = fields.Html(
        "Conditions Now",
        compute="_compute_conditions_html",
        sanitize=False,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    @api.depends_context("lang")
    def _compute_conditions_html(self):
        lines, covered = self._lines_by_case(), self._covered_marks()
        for case in self:
            case.conditions_html = findings_table(
                self.env, lines[case.id], covered.get(case.id, {})
            )

    def _covered_marks(self):
        """Findings that confirmed overrides cover.

        :return: dict application id -> code of the condition -> set of marks
        """
        overrides = self.env["award.condition.override"].sudo()  # sudo: of the case
        found = defaultdict(lambda: defaultdict(set))
        for one in overrides.search(
            [("application_id", "in", self.ids), ("state", "=", "confirmed")]
        ):
            found[one.application_id.id][one._code()].add(one.mark)
        return found

    def action_propose_override(self):
        """Open a proposal for a condition of this case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose an Override"),
            "res_model": "award.condition.override",
            "view_mode": "form",
            "target": "new",
            "context": {"default_application_id": self.id},
        }

    # -- before the award --------------------------------------------------------------
    def _conditions_before_award(self):
        """Ask the conditions once more; refuse the cases that fail one.

        :raise AwardRefusal: `condition_fails`, with case, condition and finding
        """
        lines = self._run_conditions("award")
        refusals = self._failing(lines)
        if refusals:
            self._refuse(*refusals)

    def _failing(self, lines):
        """A refusal for each line that keeps a case from the award."""
        covered, settled = self._covered_marks(), self._settled_lines()
        return [
            Refusal(
                "condition_fails",
                line["clause"] or None,
                {
                    "case": case.display_name,
                    "condition": line["text"],
                    "because": line["because"],
                },
            )
            for case in self
            for line in condition_runs.against(
                lines[case.id], settled.get(case.id, ()), covered.get(case.id)
            )
        ]

    def _settled_lines(self):
        """What the last qualification check had before it: dict id -> lines."""
        runs = self.env["award.condition.run"].sudo()  # sudo: runs of the case
        found = {}
        for run in runs.search(
            [
                ("application_id", "in", self.ids),
                ("moment", "=", "qualification"),
            ],
            order="id",
        ):
            found[run.application_id.id] = run.findings or []
        return found


class AwardQualification(models.Model):
    _inherit = "award.qualification"

    ends_on_standing = fields.Boolean(
        "Do Not Accept for a Standing Condition",
        help="A ban, an award that still bars, or another application stands against "
        "the case, and no override is confirmed.",
    )
    conditions_html = fields.Html(
        related="application_id.conditions_html", string="What the Facts Say Now"
    )

    @asked_once
    def _guard_conditions_covered(self):
        """What the facts say is not met passes with a confirmed override only."""
        cases = self.application_id
        lines = cases.sudo()._lines_by_case()  # sudo: facts of the cases
        covered = cases._covered_marks()
        found = {}
        for check in self:
            case = check.application_id
            if not check._unmet() and (
                line := check._first_uncovered(lines[case.id], covered.get(case.id))
            ):
                values = {"condition": line["text"], "because": line["because"]}
                code = "override_missing"
                if line["kind"] == "standing":
                    code = "standing_unmet"
                found[check] = Refusal(code, line["clause"] or None, values)
        return found

    def _first_uncovered(self, lines, covered):
        for line in condition_runs.against(lines, (), covered):
            if line["kind"] != "standing" or not self.ends_on_standing:
                return line
        return None

    def _after_decide(self):
        """The conditions as they were when the check was decided are kept."""
        cases = self.sudo().application_id  # sudo: facts of the cases
        cases._run_conditions("qualification")
        return super()._after_decide()

    def _is_passed(self):
        return super()._is_passed() and not self.ends_on_standing

    def _refused_for(self):
        reason, clause = super()._refused_for()
        if self._unmet():
            return reason, clause
        case = self.application_id
        lines = [
            line
            for line in condition_runs.against(
                case._lines_by_case()[case.id],
                (),
                case._covered_marks().get(case.id),
            )
            if line["kind"] == "standing"
        ]
        return "; ".join(line["because"] for line in lines), (
            lines[:1][0]["clause"] or None if lines else clause
        )
