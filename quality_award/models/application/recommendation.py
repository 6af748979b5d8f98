from odoo import fields, models

from ..base.lifecycle import state_field


class AwardRecommendation(models.Model):
    """The recommender's opinion on one application: prepared, checked, signed off."""

    _name = "award.recommendation"
    _description = "Recommendation Opinion"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.recommendation")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    submission_id = fields.Many2one("award.submission", ondelete="restrict", index=True)
    recommender_id = fields.Many2one(
        "award.recommender", required=True, ondelete="restrict", index=True
    )
    verdict = fields.Selection(
        [("recommend", "Recommended"), ("decline", "Not Recommended")]
    )
    opinion = fields.Text()
    received_on = fields.Date(readonly=True)
    signed_on = fields.Date(readonly=True)
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id, recommender_id)")

    def _scheme_of(self):
        return self.application_id._scheme_of()
