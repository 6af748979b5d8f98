from odoo import api, fields, models


class AwardUnlock(models.TransientModel):
    """Names the sheet to unlock by its member, without showing it."""

    _name = "award.unlock"
    _description = "Unlock a Score Sheet"

    assignment_id = fields.Many2one(
        "award.assignment", required=True, ondelete="cascade"
    )
    panel_id = fields.Many2one(related="assignment_id.panel_id")
    member_id = fields.Many2one(
        "award.panel.member",
        ondelete="cascade",
        domain="[('panel_id', '=', panel_id)]",
    )
    reason = fields.Text()
    may_unlock = fields.Boolean(compute="_compute_may_unlock")

    @api.depends_context("uid")
    def _compute_may_unlock(self):
        head = self.env.user.has_group("quality_award.group_office_head")
        for wizard in self:
            wizard.may_unlock = head

    def action_ask(self):
        """The panel leader asks."""
        self.assignment_id.action_request_unlock(
            self.member_id.expert_id.id, self.reason
        )
        return {"type": "ir.actions.act_window_close"}

    def action_unlock(self):
        """The head of the office unlocks."""
        self.assignment_id.action_unlock_sheet(
            self.member_id.expert_id.id, self.reason or ""
        )
        return {"type": "ir.actions.act_window_close"}
