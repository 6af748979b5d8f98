from odoo import fields, models

from ..base.lifecycle import state_field


class AwardApproval(models.Model):
    """A list submitted to the government, and its reply (报批, 批复)."""

    _name = "award.approval"
    _description = "Approval"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "list_id"

    state = state_field("award.approval")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one("award.list", required=True, ondelete="restrict", index=True)
    list_hash = fields.Char(readonly=True)
    body_id = fields.Many2one("award.body", required=True, ondelete="restrict")
    submitted_on = fields.Date(readonly=True)
    document_number = fields.Char()
    document_date = fields.Date()
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.edition_id.scheme_id
