from stdnum.cn import uscc

from odoo import api, fields, models

from .refusals import refuse


class AwardTrade(models.Model):
    """A trade (行业) that panels are formed by."""

    _name = "award.trade"
    _description = "Trade"
    _inherit = ["award.bilingual"]
    _order = "code"

    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex("(company_id, code)")


class AwardApplicant(models.Model):
    """An applicant (申报单位); not a partner of the host."""

    _name = "award.applicant"
    _description = "Applicant"
    _inherit = ["award.confidential"]
    _order = "id"

    name = fields.Char(required=True)
    name_en = fields.Char()
    credit_code = fields.Char("Unified Social Credit Code", required=True)
    trade_id = fields.Many2one("award.trade", ondelete="restrict", index=True)
    size = fields.Selection(
        [
            ("large", "Large"),
            ("medium", "Medium"),
            ("small", "Small"),
            ("micro", "Micro"),
            ("other", "Not an Enterprise"),
        ]
    )
    territory = fields.Char()
    address = fields.Char()
    registered_on = fields.Date("Registered Here On")
    operating_since = fields.Date()
    is_legal_person = fields.Boolean("Independent Legal Person")
    liaison_name = fields.Char("Liaison Officer")
    liaison_phone = fields.Char()
    liaison_email = fields.Char()
    member_ids = fields.One2many("award.applicant.member", "applicant_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _credit_code_unique = models.UniqueIndex(
        "(company_id, credit_code)",
        "An applicant with this unified social credit code is already registered.",
    )

    @api.model
    def _clean_credit_code(self, code):
        """The code in capitals and without the spaces people put in."""
        return uscc.compact(str(code or "")).upper()

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for applicant in self:
            if not uscc.is_valid(applicant.credit_code):
                refuse(self.env, "credit_code_invalid", code=applicant.credit_code)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_clean_code(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_clean_code(vals))

    def _with_clean_code(self, vals):
        if "credit_code" not in vals:
            return vals
        return {**vals, "credit_code": self._clean_credit_code(vals["credit_code"])}


class AwardApplicantMember(models.Model):
    """A person who acts for the applicant on the portal."""

    _name = "award.applicant.member"
    _description = "Person Acting for an Applicant"
    _order = "id"
    _rec_name = "user_id"

    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="cascade", index=True
    )
    can_sign = fields.Boolean(default=True)
    company_id = fields.Many2one(
        related="applicant_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(applicant_id, user_id)", "This person already acts for the applicant."
    )

    @api.model
    def _signed_for(self):
        """Ids of the applicants that the current user may bind by signature."""
        # sudo: applicants have no right on any model; only their own rows are asked
        mine = self.sudo().search(
            [("user_id", "=", self.env.uid), ("can_sign", "=", True)]
        )
        return set(mine.applicant_id.ids)
