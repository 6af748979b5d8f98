from odoo import fields, models

from ..base.lifecycle import state_field


class AwardNotice(models.Model):
    """A public notice (公示) of a list, with its period and its proof."""

    _name = "award.notice"
    _description = "Public Notice"
    _inherit = ["award.lifecycle"]
    _order = "id"

    state = state_field("award.notice")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one("award.list", required=True, ondelete="restrict", index=True)
    published_on = fields.Date(readonly=True)
    last_day = fields.Date(readonly=True)
    text = fields.Text()
    text_hash = fields.Char(readonly=True)
    channel_ids = fields.One2many("award.notice.channel", "notice_id")
    objection_ids = fields.One2many("award.objection", "notice_id")
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardNoticeChannel(models.Model):
    _name = "award.notice.channel"
    _description = "Channel of a Notice"
    _order = "notice_id, id"
    _rec_name = "kind"

    notice_id = fields.Many2one(
        "award.notice", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("government_site", "Government Website"),
            ("media", "Media"),
            ("inside_applicant", "Inside the Applicant"),
        ],
        required=True,
    )
    proof = fields.Char(required=True, help="Page address, medium and issue, or photo.")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
