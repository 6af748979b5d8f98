from odoo import api, fields, models

from ...rules import message_text
from .refusals import refuse


class AwardMessageSettings(models.Model):
    """How an agency signs, releases and exchanges its messages; one for each agency."""

    _name = "award.message.settings"
    _description = "Settings of Messages"
    _rec_name = "signature"

    signature = fields.Char(
        required=True,
        help="Stands before each text message in 【】, as the platform has it on file.",
    )
    release_by = fields.Selection(
        [
            ("anybody", "Any Officer"),
            ("another", "Another Officer than Who Drafted"),
            ("head", "Head of the Office"),
        ],
        "Released By",
        required=True,
        default="another",
    )
    head_phone = fields.Char("Column of the Phone", required=True, default="手机号码")
    head_text = fields.Char("Column of the Text", required=True, default="短信内容")
    head_reference = fields.Char(
        "Column of Our Number", required=True, default="业务编号"
    )
    head_status = fields.Char(
        "Column of the Result", required=True, default="发送状态"
    )
    delivered_words = fields.Char(
        "Words for Delivered",
        required=True,
        default="成功 已送达 DELIVRD",
        help="With blanks between.",
    )
    failed_words = fields.Char(
        "Words for Failed", required=True, default="失败 未送达 UNDELIV"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _once = models.UniqueIndex(
        "(company_id)", "This agency has its settings already. Change those."
    )

    @api.model
    def _of(self, company):
        """The settings of an agency; unsaved usual ones where it has none."""
        own = self.sudo()  # sudo: how the agency signs is on every message
        found = own.search([("company_id", "=", company.id)], limit=1)
        return found or own.new(
            {
                **own.default_get(list(own._fields)),
                "signature": company.name,
                "company_id": company.id,
            }
        )

    @api.constrains("signature")
    def _check_signature(self):
        for settings in self:
            text = settings.signature or ""
            if set(text) & set("【】\r\n") or len(text) > message_text.SMS_MAX // 2:
                refuse(self.env, "signature_unfit", most=message_text.SMS_MAX // 2)

    @api.constrains("head_phone", "head_text", "head_reference", "head_status")
    def _check_heads(self):
        for settings in self:
            heads = settings._export_head() + [settings.head_status]
            if len({head.strip().casefold() for head in heads}) < len(heads):
                refuse(self.env, "heads_alike")

    @api.constrains("delivered_words", "failed_words")
    def _check_words(self):
        for settings in self:
            both = settings._words("delivered") & settings._words("failed")
            if both:
                refuse(self.env, "words_alike", words=", ".join(sorted(both)))

    def _export_head(self):
        return [self.head_reference, self.head_phone, self.head_text]

    def _words(self, kind):
        """Words of the platform for one outcome, as a set."""
        return {word.casefold() for word in (self[f"{kind}_words"] or "").split()}
