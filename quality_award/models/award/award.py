from odoo import fields, models

from ..base.lifecycle import state_field


class AwardAward(models.Model):
    """An award given: who, in which edition, with which certificate.

    Awards of editions before the system are registered without an application.
    """

    _name = "award.award"
    _description = "Award"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.award")
    title = fields.Char("Winner", required=True, readonly=True)
    organisation_id = fields.Many2one(
        "award.organisation", required=True, ondelete="restrict", index=True
    )
    application_id = fields.Many2one(
        "award.application", ondelete="restrict", index="btree_not_null"
    )
    edition_id = fields.Many2one(
        "award.edition", ondelete="restrict", index="btree_not_null"
    )
    class_code = fields.Char(required=True)
    scheme_code = fields.Char(required=True)
    term = fields.Integer("Edition No.", required=True)
    award_year = fields.Integer(required=True, aggregator=None)
    awarded_on = fields.Date(required=True, readonly=True)
    is_repeat = fields.Boolean("Repeat Winner", readonly=True)
    certificate_number = fields.Char(readonly=True)
    valid_until = fields.Date(readonly=True)
    revocation_number = fields.Char("Revocation Document")
    prize_ids = fields.One2many("award.prize", "award_id")
    obligation_ids = fields.One2many("award.obligation", "award_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _once = models.UniqueIndex("(application_id) WHERE application_id IS NOT NULL")
    _certificate_unique = models.UniqueIndex(
        "(company_id, certificate_number) WHERE certificate_number IS NOT NULL"
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id
