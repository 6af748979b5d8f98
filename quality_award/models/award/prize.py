from odoo import fields, models

from ..base.lifecycle import state_field


class AwardPrize(models.Model):
    """Prize money of one award, in whole yuan."""

    _name = "award.prize"
    _description = "Prize Money"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "award_id"

    state = state_field("award.prize")
    award_id = fields.Many2one("award.award", required=True, ondelete="restrict", index=True)
    amount = fields.Integer("Amount (yuan)", required=True, readonly=True)
    payee_confirmed = fields.Boolean()
    voucher_number = fields.Char()
    paid_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(award_id)")

    def _scheme_of(self):
        return self.award_id._scheme_of()
