from odoo import fields, models

from ..base.lifecycle import state_field


class AwardEdition(models.Model):
    """One holding of the award (届), under one published scheme."""

    _name = "award.edition"
    _description = "Edition"
    _inherit = ["mail.thread", "award.bilingual", "award.lifecycle"]
    _order = "award_year desc, id desc"

    state = state_field("award.edition")
    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="restrict", index=True
    )
    term = fields.Integer("Edition No.", required=True)
    award_year = fields.Integer(required=True, aggregator=None)
    announced_on = fields.Date(readonly=True)
    window_start = fields.Datetime()
    window_end = fields.Datetime()
    continuation_body = fields.Char(help="Who decided that the scheme stays in force.")
    continuation_number = fields.Char()
    continuation_date = fields.Date()
    is_demo = fields.Boolean("Demonstration Data", readonly=True)
    application_ids = fields.One2many("award.application", "edition_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _term_unique = models.UniqueIndex("(scheme_id, term) WHERE state != 'cancelled'")

    def _scheme_of(self):
        return self.scheme_id
