from odoo import fields, models

from ..base.lifecycle import state_field


class AwardConsensus(models.Model):
    """The score that the panel agrees on, for the documents or after the site visit."""

    _name = "award.consensus"
    _description = "Consensus Score"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.consensus")
    phase = fields.Selection(
        [("document", "Document Review"), ("site", "Site Visit")],
        required=True,
        default="document",
    )
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("award.consensus.line", "consensus_id")
    total = fields.Integer("Total (hundredths)", readonly=True, copy=False)
    agreed_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id, phase)")

    def _scheme_of(self):
        return self.panel_id._scheme_of()


class AwardConsensusLine(models.Model):
    _name = "award.consensus.line"
    _description = "Consensus Score of an Item"
    _inherit = ["award.confidential"]
    _order = "consensus_id, sequence, id"
    _rec_name = "criterion_id"

    consensus_id = fields.Many2one(
        "award.consensus", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "award.criterion", required=True, readonly=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    low = fields.Integer("Lowest (%)", readonly=True, aggregator=None)
    high = fields.Integer("Highest (%)", readonly=True, aggregator=None)
    needs_note = fields.Boolean("To Discuss", readonly=True)
    percent = fields.Integer("Agreed (%)", aggregator=None)
    is_scored = fields.Boolean()
    points = fields.Integer("Points (hundredths)", readonly=True)
    note = fields.Text("Reason")
    evidence = fields.Char(help="Interview or document on site that a change rests on.")
    company_id = fields.Many2one(related="consensus_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(consensus_id, criterion_id)")
