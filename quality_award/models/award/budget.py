from odoo import api, fields, models
from odoo.fields import Command

from ...rules.refusal import Refusal

#: What every budget has a line for, in this order.
LINES = ("prize", "review")
#: What closes a plan.
APPROVAL = ("document_number", "approved_on")


class AwardBudget(models.Model):
    """Money that the treasury gives for one edition, line by line, in whole yuan."""

    _name = "award.budget"
    _description = "Budget of an Edition"
    _order = "id desc"
    _rec_name = "edition_id"

    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    document_number = fields.Char(help="Of the document that approves the budget.")
    approved_on = fields.Date(help="From this day on the plan is closed.")
    is_approved = fields.Boolean(
        compute="_compute_is_approved", export_string_translation=False
    )
    line_ids = fields.One2many(
        "award.budget.line",
        "budget_id",
        "Lines",
        default=lambda self: [Command.create({"kind": kind}) for kind in LINES],
    )
    planned = fields.Integer("Planned (yuan)", compute="_compute_spent")
    spent = fields.Integer("Spent (yuan)", compute="_compute_spent")
    left = fields.Integer("Left (yuan)", compute="_compute_spent")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(edition_id)", "This edition has its budget already.")

    @api.depends()
    def _compute_is_approved(self):
        """As it is stored: what is being typed closes nothing yet."""
        for budget in self:
            budget.is_approved = bool(budget._origin.approved_on)

    @api.depends("line_ids.available", "line_ids.spent")
    def _compute_spent(self):
        """Sums over the lines of all budgets at once."""
        sums = {
            budget: figures
            for budget, *figures in self.env["award.budget.line"]._read_group(
                [("budget_id", "in", self.ids)],
                ["budget_id"],
                ["available:sum", "spent:sum"],
            )
        }
        for budget in self:
            budget.planned, budget.spent = sums.get(budget, (0, 0))
            budget.left = budget.planned - budget.spent

    @api.model_create_multi
    def create(self, vals_list):
        """The approval comes last: it closes the lines that are created with it."""
        stamps = [
            {name: vals[name] for name in APPROVAL if vals.get(name)}
            for vals in vals_list
        ]
        rest = [
            {name: value for name, value in vals.items() if name not in APPROVAL}
            for vals in vals_list
        ]
        budgets = super().create(rest)
        for budget, stamp in zip(budgets, stamps, strict=True):
            if stamp:
                budget.write(stamp)
        return budgets

    def write(self, vals):
        """What is approved stays as it was approved; the approval is written last."""
        self.check_access("write")
        if {"edition_id", *APPROVAL} & vals.keys():
            self._refuse_approved()
        stamp = {name: vals[name] for name in APPROVAL if name in vals}
        rest = {name: value for name, value in vals.items() if name not in APPROVAL}
        done = super().write(rest) if rest else True
        return super().write(stamp) if stamp else done

    @api.constrains("approved_on", "document_number")
    def _check_document(self):
        for budget in self:
            if budget.approved_on and not (budget.document_number or "").strip():
                budget.edition_id._refuse(Refusal("budget_document_missing"))

    def _refuse_approved(self):
        for budget in self:
            if budget.approved_on:
                budget.edition_id._refuse(
                    Refusal("budget_fixed", values={"on": budget.approved_on})
                )


class AwardBudgetLine(models.Model):
    """One line of a budget: what was planned, what has been spent on it."""

    _name = "award.budget.line"
    _description = "Line of a Budget"
    _inherit = ["award.act.fields"]
    _order = "budget_id desc, id"
    _rec_name = "label"

    budget_id = fields.Many2one(
        "award.budget", required=True, ondelete="cascade", index=True
    )
    edition_id = fields.Many2one(
        related="budget_id.edition_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("review", "Review Work"),
            ("prize", "Prize Money"),
            ("publicity", "Publicity"),
            ("other", "Other"),
        ],
        "Line",
        required=True,
    )
    name = fields.Char("What For")
    label = fields.Char("Budget Line", compute="_compute_label")
    planned = fields.Integer("Planned (yuan)")
    revised = fields.Integer(
        "Revised Plan (yuan)", help="After the approval, by a document of its own."
    )
    revision_document = fields.Char("Document of the Revision")
    available = fields.Integer(
        "Plan in Force (yuan)", compute="_compute_available", store=True
    )
    cost_ids = fields.One2many("award.cost", "line_id", "Costs")
    spent = fields.Integer("Spent (yuan)", compute="_compute_spent", store=True)
    left = fields.Integer("Left (yuan)", compute="_compute_left", store=True)
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)

    _one_for_prizes = models.UniqueIndex(
        "(budget_id) WHERE kind = 'prize'",
        "A budget has one line for prize money: payments of prizes count there.",
    )
    _not_negative = models.Constraint(
        "CHECK (planned >= 0 AND revised >= 0)", "A plan is not below 0."
    )

    @api.depends("kind", "name")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            line.label = line.name or labels.get(line.kind, "")

    @api.depends("planned", "revised", "revision_document")
    def _compute_available(self):
        for line in self:
            line.available = line.revised if line.revision_document else line.planned

    @api.depends(
        "kind",
        "cost_ids.amount",
        "budget_id.edition_id.award_ids.prize_ids.state",
        "budget_id.edition_id.award_ids.prize_ids.amount",
    )
    def _compute_spent(self):
        """Costs entered; on the line for prizes also what the treasury has paid out.

        Prize money that came back is no longer spent.
        """
        costs = dict(
            self.env["award.cost"]._read_group(
                [("line_id", "in", self.ids)], ["line_id"], ["amount:sum"]
            )
        )
        of_prizes = self.filtered(lambda line: line.kind == "prize")
        prizes = of_prizes.edition_id._prizes_paid()
        for line in self:
            line.spent = costs.get(line, 0) + (
                prizes.get(line.edition_id, 0) if line in of_prizes else 0
            )

    @api.depends("available", "spent")
    def _compute_left(self):
        for line in self:
            line.left = line.available - line.spent

    # -- the plan is closed by its approval ------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.budget_id._refuse_approved()
        return lines

    def write(self, vals):
        self.check_access("write")
        if not {"budget_id", "kind", "name", "planned"} & vals.keys():
            return super().write(vals)
        self.budget_id._refuse_approved()
        done = super().write(vals)
        self.budget_id._refuse_approved()  # also the one that a line is moved to
        self.check_access("write")
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self.budget_id._refuse_approved()
        if self.cost_ids:
            self.edition_id[:1]._refuse(Refusal("budget_line_used"))

    @api.constrains("revised", "revision_document")
    def _check_revision(self):
        """A plan is revised after its approval only, on a document."""
        for line in self:
            told = bool((line.revision_document or "").strip())
            if (line.revised and not told) or (told and not line.budget_id.approved_on):
                line.edition_id._refuse(Refusal("budget_revision_unfounded"))


class AwardEdition(models.Model):
    _inherit = "award.edition"

    award_ids = fields.One2many(
        "award.award",
        "edition_id",
        "Awards",
        groups="quality_award.group_office,quality_award.group_finance,"
        "quality_award.group_supervisor",
    )

    def _prizes_paid(self):
        """dict edition -> prize money paid and not come back, in yuan."""
        found = self.env["award.prize"]._read_group(
            [("award_id.edition_id", "in", self.ids), ("state", "=", "paid")],
            ["award_id"],
            ["amount:sum"],
        )
        sums = {}
        for award, amount in found:
            edition = award.edition_id
            sums[edition] = sums.get(edition, 0) + amount
        return sums
