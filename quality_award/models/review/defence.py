from odoo import fields, models

from ..base.lifecycle import state_field


class AwardDefence(models.Model):
    """The oral defence of one case, scored by deliberators."""

    _name = "award.defence"
    _description = "Oral Defence"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.defence")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    held_on = fields.Date()
    position = fields.Integer("Order")
    score_ids = fields.One2many(
        "award.defence.score", "defence_id", groups="quality_award.group_office"
    )
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id)")

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardDefenceScore(models.Model):
    _name = "award.defence.score"
    _description = "Score of a Defence"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.defence.score")
    title = fields.Char("Applicant", required=True, readonly=True)
    defence_id = fields.Many2one(
        "award.defence", required=True, ondelete="cascade", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    points = fields.Integer("Points (hundredths)", aggregator=None)
    is_scored = fields.Boolean()
    company_id = fields.Many2one(related="defence_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(defence_id, expert_id)")

    def _scheme_of(self):
        return self.defence_id._scheme_of()
