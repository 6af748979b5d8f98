from odoo import fields, models

from ..base.lifecycle import state_field

INTEREST_KINDS = [
    ("employed", "Employed by the applicant"),
    ("adviser", "Adviser, trainer, coach or certifier"),
    ("financial", "Financial interest"),
    ("competitor", "Competitor, key supplier or customer"),
    ("family", "Family"),
    ("recommender", "Handled the recommendation"),
    ("other", "Other"),
]


class AwardInterest(models.Model):
    """What one person declares about one case before its material opens (回避)."""

    _name = "award.interest"
    _description = "Declaration of Interest"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.interest")
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", required=True, readonly=True)
    kind = fields.Selection(INTEREST_KINDS)
    note = fields.Char()
    declared_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one(
        related="submission_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(expert_id, submission_id)")

    def _scheme_of(self):
        return self.submission_id._scheme_of()
