from odoo import fields, models

from ..base.lifecycle import state_field


class AwardVisit(models.Model):
    """A site visit by the panel, with its days and its report."""

    _name = "award.visit"
    _description = "Site Visit"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.visit")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    date_start = fields.Date()
    date_end = fields.Date()
    days_reason = fields.Char("Reason for Other Days")
    report = fields.Text()
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id)")

    def _scheme_of(self):
        return self.panel_id._scheme_of()
