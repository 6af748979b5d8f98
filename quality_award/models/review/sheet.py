from odoo import fields, models

from ..base.lifecycle import state_field


class AwardSheet(models.Model):
    """One expert's own scores of one case, blind until the whole panel has locked."""

    _name = "award.sheet"
    _description = "Score Sheet"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.sheet")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("award.sheet.line", "sheet_id")
    total = fields.Integer("Total (hundredths)", readonly=True, copy=False)
    locked_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    unlock_request = fields.Char(help="Reason given by the panel leader.")
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id, expert_id)")

    def _scheme_of(self):
        return self.panel_id._scheme_of()


class AwardSheetLine(models.Model):
    _name = "award.sheet.line"
    _description = "Score of an Item"
    _inherit = ["award.confidential"]
    _order = "sheet_id, sequence, id"
    _rec_name = "criterion_id"

    sheet_id = fields.Many2one(
        "award.sheet", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "award.criterion", required=True, readonly=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    percent = fields.Integer("Score (%)", aggregator=None)
    is_scored = fields.Boolean(help="0 % is a score; an untouched line is not.")
    points = fields.Integer("Points (hundredths)", readonly=True)
    strengths = fields.Text()
    improvements = fields.Text("Opportunities for Improvement")
    site_issues = fields.Text("Site-visit Issues")
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(sheet_id, criterion_id)")
