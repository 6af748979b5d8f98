from odoo import fields, models

from ..base.lifecycle import state_field


class AwardComposite(models.Model):
    """The composite evaluation of an edition: every case, its exact score, its rank."""

    _name = "award.composite"
    _description = "Composite Evaluation"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "edition_id"

    state = state_field("award.composite")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one("award.class", required=True, ondelete="restrict")
    phase = fields.Selection(
        [("document", "Document Review"), ("final", "Whole")],
        required=True,
        default="final",
    )
    line_ids = fields.One2many("award.composite.line", "composite_id")
    frozen_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(edition_id, class_id, phase)")

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardCompositeLine(models.Model):
    """One case: its parts in hundredths, the composite as an exact fraction."""

    _name = "award.composite.line"
    _description = "Composite Score"
    _inherit = ["award.confidential"]
    _order = "composite_id, rank, id"
    _rec_name = "rank"

    composite_id = fields.Many2one(
        "award.composite", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one("award.panel", ondelete="restrict")
    document = fields.Char("Documents", readonly=True)
    site = fields.Char("Site Visit", readonly=True)
    defence = fields.Char("Defence", readonly=True)
    score_exact = fields.Char(
        "Exact Score", required=True, help="Fraction in hundredths, e.g. 100001/2."
    )
    score_text = fields.Char("Score", required=True)
    rank = fields.Integer(required=True, aggregator=None)
    is_tied = fields.Boolean("Tied")
    meets_threshold = fields.Boolean()
    company_id = fields.Many2one(related="composite_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(composite_id, application_id)")
