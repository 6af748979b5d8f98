from odoo import fields, models

from ..base.lifecycle import state_field


class AwardObligation(models.Model):
    """Something a winner owes afterwards: a prize-use report, an annual report."""

    _name = "award.obligation"
    _description = "Obligation of a Winner"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "kind"

    state = state_field("award.obligation")
    award_id = fields.Many2one("award.award", required=True, ondelete="restrict", index=True)
    kind = fields.Selection(
        [("prize_report", "Prize-use Report"), ("annual_report", "Annual Report")],
        required=True,
    )
    due_on = fields.Date(readonly=True)
    delivered_on = fields.Date(readonly=True)
    content = fields.Text()
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.award_id._scheme_of()
