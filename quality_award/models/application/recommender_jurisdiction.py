import re

from odoo import fields, models

from ...rules.refusal import Refusal

#: What stands between the names of territories.
_BETWEEN = re.compile(r"[、,,;;\n]+")


class AwardRecommender(models.Model):
    """For whom a recommender may speak: applicants of its places, or of its trades."""

    _inherit = "award.recommender"

    def _territories(self):
        return {name.strip() for name in _BETWEEN.split(self.territory or "")} - {""}

    def _covers(self, applicant):
        """Whether an applicant is of a place or a trade of the recommender.

        One that names neither is bound to nothing.
        """
        self.ensure_one()
        territories, trades = self._territories(), self.trade_ids
        if not territories and not trades:
            return True
        here = (applicant.territory or "").strip() in territories
        return here or (bool(applicant.trade_id) and applicant.trade_id in trades)

    def _jurisdiction_text(self):
        """Its places and trades in words."""
        trades = self.trade_ids.mapped("display_name")
        return ", ".join([*sorted(self._territories()), *trades])


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _outside(self):
        """The recommenders named in whose jurisdiction the applicant is not."""
        self.ensure_one()
        applicant = self.applicant_id
        return self._recommenders().filtered(lambda one: not one._covers(applicant))

    def _guard_recommenders_named(self):
        """As many as asked for, and, where the scheme says so, of the jurisdiction."""
        if refusal := super()._guard_recommenders_named():
            return refusal
        if not self._stage_of_kind("recommendation"):
            return None
        if self._parameter("recommender_jurisdiction") != "refuse":
            return None
        for recommender in self._outside():
            clause = self._clause_of("recommender_jurisdiction")
            values = {
                "recommender": recommender.display_name,
                "where": recommender._jurisdiction_text(),
            }
            return Refusal("outside_jurisdiction", clause, values)
        return None


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    outside_text = fields.Char(
        "Outside the Jurisdiction", compute="_compute_outside_text"
    )

    def _compute_outside_text(self):
        for opinion in self:
            own = opinion.sudo()  # sudo: place and trade of the applicant
            recommender = own.recommender_id
            case = own.application_id
            if recommender._covers(case.applicant_id):
                opinion.outside_text = False
                continue
            citation = own._cite(case._clause_of("recommender_jurisdiction"))
            text = self.env._(
                "The applicant is not of %(where)s.",
                where=recommender._jurisdiction_text(),
            )
            opinion.outside_text = f"{text} [{citation}]" if citation else text
