from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardPrize(models.Model):
    """Prize money of one award, in whole yuan. Comes from the grant only."""

    _name = "award.prize"
    _description = "Prize Money"
    _inherit = ["award.stamped"]
    _order = "id"
    _rec_name = "award_id"

    state = state_field("award.prize")
    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    amount = fields.Integer("Amount (yuan)", required=True, readonly=True)
    payee_confirmed = fields.Boolean(
        help="The account bears the winner's name; the winner confirmed it in writing."
    )
    voucher_number = fields.Char("Payment Voucher")
    paid_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(award_id)")
    _positive = models.Constraint("CHECK (amount > 0)", "Prize money is more than 0.")

    def _scheme_of(self):
        return self.award_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"paid_on"})

    @api.model
    def _open_fields(self):
        return {"due": frozenset({"payee_confirmed", "voucher_number"})}

    def action_pay(self):
        """Note the payment made by the treasury."""
        today = self.env["award.clock"]._today()
        return self._apply_move("pay", values={"paid_on": today})

    def action_recover(self, reason=None):
        """Note that the money came back."""
        return self._with_reason("recover", reason)

    def _guard_voucher_given(self):
        if self.award_id.state == "revoked":
            return Refusal("award_not_valid")
        if not (self.voucher_number or "").strip():
            return Refusal("voucher_missing")
        return None

    def _guard_payee_confirmed(self):
        return None if self.payee_confirmed else Refusal("payee_not_confirmed")
