from odoo import api, fields, models


class AwardRecommender(models.Model):
    """A recommending authority (推荐单位) and its people."""

    _name = "award.recommender"
    _description = "Recommender"
    _inherit = ["award.bilingual"]
    _order = "id"

    territory = fields.Char(
        "Territories",
        help="Districts whose applicants it may recommend, with 、 between them. "
        "Empty: not bound to a place.",
    )
    trade_ids = fields.Many2many(
        "award.trade",
        "award_recommender_trade_rel",
        "recommender_id",
        "trade_id",
        "Trades",
        help="Trades whose applicants it may recommend. None: not bound to a trade.",
    )
    body_id = fields.Many2one("award.body", ondelete="restrict", index="btree_not_null")
    contact_name = fields.Char(
        "Contact", help="Shown to the public, with phone, mail and address."
    )
    contact_phone = fields.Char()
    contact_email = fields.Char()
    contact_address = fields.Char()
    member_ids = fields.One2many("award.recommender.member", "recommender_id")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )


class AwardRecommenderMember(models.Model):
    """A person of a recommender: prepares (经办), checks (审核), signs off (签发)."""

    _name = "award.recommender.member"
    _description = "Person of a Recommender"
    _order = "id"
    _rec_name = "user_id"

    recommender_id = fields.Many2one(
        "award.recommender", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="cascade", index=True
    )
    can_prepare = fields.Boolean()
    can_check = fields.Boolean()
    can_sign = fields.Boolean("Can Sign Off")
    company_id = fields.Many2one(
        related="recommender_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(recommender_id, user_id)", "This person already belongs to the recommender."
    )

    @api.model
    def _roles_by_recommender(self):
        """Roles of the current user: dict recommender id -> set of roles."""
        roles = {}
        everybody = self.sudo()  # sudo: one's own rows, asked before any right
        for member in everybody.search([("user_id", "=", self.env.uid)]):
            roles[member.recommender_id.id] = {
                f"recommender_{step}"
                for step in ("prepare", "check", "sign")
                if member[f"can_{step}"]
            }
        return roles
