from odoo import api, fields, models


class AwardPanelAssign(models.TransientModel):
    """Gives a panel several cases at once, offered by trade."""

    _name = "award.panel.assign"
    _description = "Give Cases to a Panel"

    panel_id = fields.Many2one("award.panel", required=True, ondelete="cascade")
    edition_id = fields.Many2one(related="panel_id.edition_id")
    only_trades = fields.Boolean("Trades of the Panel Only", default=True)
    offered_ids = fields.Many2many(
        "award.submission", compute="_compute_offered_ids", string="Free Cases"
    )
    submission_ids = fields.Many2many(
        "award.submission",
        string="Cases",
        domain="[('id', 'in', offered_ids)]",
    )

    @api.depends("panel_id", "only_trades")
    def _compute_offered_ids(self):
        taken = self.env["award.assignment"].search(
            [("panel_id.edition_id", "in", self.edition_id.ids)]
        )
        for wizard in self:
            domain = [
                ("edition_id", "=", wizard.edition_id.id),
                ("is_current", "=", True),
                ("application_id.stage_id.kind", "=", "document_review"),
                ("id", "not in", taken.submission_id.ids),
            ]
            trades = wizard.panel_id.trade_ids
            if wizard.only_trades and trades:
                domain.append(("trade_id", "in", trades.ids))
            wizard.offered_ids = self.env["award.submission"].search(domain)

    def action_take_all(self):
        """Choose every case that is offered."""
        self.submission_ids = self.offered_ids
        return self._again()

    def action_apply(self):
        self.panel_id.action_assign(self.submission_ids.ids)
        return {"type": "ir.actions.act_window_close"}

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give Cases to the Panel"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
