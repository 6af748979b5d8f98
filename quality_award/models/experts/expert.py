from odoo import fields, models


class AwardExpert(models.Model):
    """A person of one of the pools; not a partner of the host."""

    _name = "award.expert"
    _description = "Expert"
    _inherit = ["award.confidential"]
    _order = "id"

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", ondelete="restrict", index="btree_not_null")
    pool_kind = fields.Selection(
        [
            ("reviewer", "Reviewers"),
            ("deliberator", "Deliberators"),
            ("observer", "Observers"),
        ],
        required=True,
    )
    employer = fields.Char()
    city = fields.Char()
    background = fields.Char()
    is_leader_grade = fields.Boolean("Leader's Grade")
    trade_ids = fields.Many2many("award.trade")
    training_until = fields.Date("Training Valid Until")
    standing = fields.Selection(
        [
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("disqualified", "Disqualified"),
        ],
        required=True,
        default="active",
    )
    identity_number = fields.Char(groups="quality_award.group_finance")
    bank_account = fields.Char(groups="quality_award.group_finance")
    phone = fields.Char()
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _user_unique = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL"
    )


class AwardUndertaking(models.Model):
    """The confidentiality and integrity undertaking of one person for one edition."""

    _name = "award.undertaking"
    _description = "Undertaking"
    _order = "id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", index=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    signed_at = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(user_id, edition_id)")
