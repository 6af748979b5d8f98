from odoo import api, fields, models

from ...rules import words


class AwardWord(models.Model):
    """A word that the scheme uses instead of the common one."""

    _name = "award.word"
    _description = "Word of a Scheme"
    _inherit = ["award.provision.coded"]
    _section = "words"
    _rec_name = "text_zh"
    _frozen_columns = "code text_zh text_en clause_id company_id".split()

    code = fields.Selection(words.SELECTION, "Instead of", required=True)
    text_zh = fields.Char("Word (Chinese)", required=True)
    text_en = fields.Char("Word (English)")

    @api.depends("text_zh", "text_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for word in self:
            word.display_name = (english and word.text_en) or word.text_zh
