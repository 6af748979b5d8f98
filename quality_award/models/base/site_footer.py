from odoo import fields, models


class ResCompany(models.Model):
    """What a government's site says at the foot of its pages (页脚标识)."""

    _inherit = "res.company"

    award_host = fields.Char("Hosted by")
    award_phone = fields.Char("Contact Phone")
    award_icp = fields.Char("ICP Record Number")
    award_police = fields.Char("Public Security Record Number")
    award_site_code = fields.Char("Website Identification Code")

    def _award_footer(self):
        """The lines of the footer of this agency: (label, text), those that are set."""
        names = (
            "award_host award_phone award_icp award_police award_site_code".split()
        )
        me = self.sudo()  # sudo: printed on every public page
        return [
            (self._fields[name]._description_string(self.env), me[name])
            for name in names
            if me[name]
        ]


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    award_host = fields.Char(related="company_id.award_host", readonly=False)
    award_phone = fields.Char(related="company_id.award_phone", readonly=False)
    award_icp = fields.Char(related="company_id.award_icp", readonly=False)
    award_police = fields.Char(related="company_id.award_police", readonly=False)
    award_site_code = fields.Char(related="company_id.award_site_code", readonly=False)
