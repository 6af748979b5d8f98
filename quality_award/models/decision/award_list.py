from odoo import fields, models

from ..base.lifecycle import state_field


class AwardList(models.Model):
    """A list of cases that a body adopts; adopting it moves the cases."""

    _name = "award.list"
    _description = "List"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.list")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one("award.class", required=True, ondelete="restrict")
    stage_id = fields.Many2one("award.stage", required=True, ondelete="restrict")
    previous_id = fields.Many2one("award.list", ondelete="restrict")
    kind = fields.Selection(
        [
            ("shortlist", "On-site List"),
            ("recommended", "Recommended List"),
            ("candidate", "Candidate List"),
            ("proposed", "Proposed List"),
            ("final", "Final List"),
        ],
        required=True,
    )
    line_ids = fields.One2many("award.list.line", "list_id")
    overrun_reason = fields.Char("Reason for Passing the Cap")
    adopted_on = fields.Date(readonly=True)
    content_hash = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardListLine(models.Model):
    _name = "award.list.line"
    _description = "Case on a List"
    _inherit = ["award.confidential"]
    _order = "list_id, sequence, id"
    _rec_name = "application_id"

    list_id = fields.Many2one(
        "award.list", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer()
    outcome = fields.Selection([("in", "Put Forward"), ("out", "Not Put Forward")])
    reason = fields.Char()
    score_text = fields.Char("Score", readonly=True)
    score_exact = fields.Char(readonly=True)
    is_repeat = fields.Boolean("Repeat Winner", readonly=True)
    company_id = fields.Many2one(related="list_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(list_id, application_id)")
