from odoo import api, fields, models


class AwardBilingual(models.AbstractModel):
    """Published words in two fields instead of a translation.

    An update of the addon rewrites translated terms; what a regulation or an edition
    was called when it was published must not change with a `.po` file.
    """

    _name = "award.bilingual"
    _description = "Words in Chinese and English"
    _rec_names_search = ["name_zh", "name_en"]

    name_zh = fields.Char("Name (Chinese)", required=True)
    name_en = fields.Char("Name (English)")

    @api.depends("name_zh", "name_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for record in self:
            record.display_name = (english and record.name_en) or record.name_zh
