from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardCost(models.Model):
    """Money spent on a line of a budget, in whole yuan.

    Appended only: what was entered wrongly is corrected by an entry below 0.
    """

    _name = "award.cost"
    _description = "Cost"
    _order = "spent_on desc, id desc"
    _rec_name = "purpose"

    line_id = fields.Many2one(
        "award.budget.line",
        "Budget Line",
        required=True,
        ondelete="restrict",
        index=True,
    )
    edition_id = fields.Many2one(related="line_id.edition_id", store=True, index=True)
    spent_on = fields.Date(required=True)
    amount = fields.Integer("Amount (yuan)", required=True)
    purpose = fields.Char("What For", required=True)
    payee = fields.Char()
    voucher_number = fields.Char("Payment Voucher", required=True)
    corrects_id = fields.Many2one(
        "award.cost", ondelete="restrict", index="btree_not_null"
    )
    correction_ids = fields.One2many("award.cost", "corrects_id", "Corrections")
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)

    _not_nothing = models.Constraint("CHECK (amount <> 0)", "A cost is not 0.")

    @api.constrains("spent_on")
    def _check_spent_on(self):
        for cost in self:
            today = cost.env["award.clock"].with_company(cost.company_id)._today()
            if cost.spent_on > today:
                cost.edition_id._refuse(
                    Refusal("cost_in_future", values={"on": cost.spent_on})
                )

    @api.constrains("amount", "corrects_id", "line_id")
    def _check_correction(self):
        """A correction takes back no more than was entered, on the same line."""
        for cost in self:
            wrong = cost.corrects_id
            if not wrong and cost.amount > 0:
                continue
            taken = -sum(wrong.correction_ids.mapped("amount"))
            fits = (
                wrong
                and cost.amount < 0 < wrong.amount
                and cost.line_id == wrong.line_id
                and taken <= wrong.amount
            )
            if not fits:
                cost.edition_id._refuse(Refusal("correction_unfounded"))
