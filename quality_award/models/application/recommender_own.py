from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class AwardOfRecommender(models.AbstractModel):
    """Gives a model with `recommender_id` the question whether it is the user's."""

    _name = "award.of.recommender"
    _description = "Of a Recommender"

    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        export_string_translation=False,
    )

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "recommender_id",
            "in" if True in value else "not in",
            SQL(
                "(SELECT recommender_id FROM award_recommender_member "
                "WHERE user_id = %s)",
                self.env.uid,
            ),
        )

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.env["award.recommender.member"]._roles_by_recommender()
        for record in self:
            record.is_mine = record.recommender_id.id in mine
