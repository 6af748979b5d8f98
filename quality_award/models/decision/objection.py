from odoo import fields, models

from ..base.lifecycle import state_field


class AwardObjection(models.Model):
    """An objection raised during a notice; its sender is known to few."""

    _name = "award.objection"
    _description = "Objection"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "receipt"

    state = state_field("award.objection")
    receipt = fields.Char(readonly=True, copy=False)
    notice_id = fields.Many2one(
        "award.notice", required=True, ondelete="restrict", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    received_at = fields.Datetime(required=True)
    came_by = fields.Selection(
        [("letter", "Letter"), ("phone", "Phone"), ("visit", "Visit"), ("web", "Web")],
        required=True,
        default="letter",
    )
    sender_name = fields.Char()
    sender_contact = fields.Char()
    statement = fields.Text(required=True)
    report = fields.Text("Verification Report")
    outcome = fields.Selection(
        [
            ("upheld", "Upheld"),
            ("partly", "Partly Upheld"),
            ("not_upheld", "Not Upheld"),
            ("not_verifiable", "Not Verifiable"),
        ]
    )
    reported_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.notice_id._scheme_of()
