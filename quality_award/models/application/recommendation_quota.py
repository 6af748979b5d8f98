from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import asked_once


class AwardRecommendation(models.Model):
    """Who may recommend, how many, and in which order."""

    _inherit = "award.recommendation"

    rank = fields.Integer(
        aggregator=None,
        help="Place among those whom the recommender names in this class, from 1.",
    )

    _rank = models.Constraint("CHECK (rank >= 0)", "A rank is a number from 1.")

    @asked_once
    def _guard_may_recommend(self):
        """Of a kind that may recommend, not barred, and within its quota.

        Of opinions signed off together each counts for the next one.
        """
        found, taken = {}, {}
        own = self.sudo()  # sudo: the case is the office's; only counts are asked
        naming = own.filtered(lambda opinion: opinion.verdict == "recommend")
        for opinion in naming:
            refusal = opinion._kind_refusal() or opinion._taken_refusal(taken)
            if refusal:
                found[self.browse(opinion.id)] = refusal
        return found

    def _kind_refusal(self):
        case, scheme = self.application_id, self._scheme_of()
        if self.recommender_id._kind_in(scheme) == "nominator":
            values = {"recommender": self.recommender_id.display_name}
            clause = case._clause_of_kind("recommendation")
            return Refusal("may_not_recommend", clause, values)
        return self.recommender_id._bar_refusal(scheme, case.edition_id.term)

    def _taken_refusal(self, taken):
        """Why this recommendation is one too many for a quota, or None.

        A soft quota is passed with a reason.

        :param taken: dict (quota, recommender, edition) -> places taken so far; filled
            here, with those signed off before and those of the same act
        """
        case, refused = self.application_id, None
        counting = []
        for quota in self._scheme_of()._quotas("recommended", case.class_id):
            if quota.per != "recommender" or not quota.maximum:
                continue
            if not quota._counts_case(case):
                continue
            key = quota, self.recommender_id, case.edition_id
            if key not in taken:
                # who signs at the same moment waits for this one
                self.recommender_id.lock_for_update(allow_referencing=True)
                taken[key] = self.recommender_id._quota_taken(quota, case.edition_id)
            counting.append(key)
            excused = quota.soft and (self.quota_reason or "").strip()
            if taken[key] >= quota.maximum and not excused and not refused:
                values = {
                    "most": quota.maximum,
                    "whose": self.recommender_id.display_name,
                }
                code = "quota_of_recommendations"
                code = "quota_needs_reason" if quota.soft else code
                refused = Refusal(code, quota.clause_id.code or None, values)
        if not refused and self.state == "checked":
            for key in counting:
                taken[key] += 1
        return refused

    # -- order ---------------------------------------------------------------------
    @asked_once
    def _guard_ranked(self):
        """Where the scheme asks for a ranking: a place for each, no place twice."""
        own = self.sudo()  # sudo: as above
        asked = own.filtered(
            lambda opinion: (
                opinion.verdict == "recommend"
                and opinion._scheme_of()._value("recommendation_ranking")
            )
        )
        found = {}
        for recommender, opinions in asked.grouped("recommender_id").items():
            named = recommender._named(opinions.edition_id)
            places = named._by_place()
            for opinion in opinions:
                clause = opinion._scheme_of()._clause_of("recommendation_ranking")
                place = opinion._place()
                twice = places.get(place, opinion) - opinion
                if not opinion.rank:
                    refusal = Refusal("rank_missing", clause)
                elif twice:
                    shown = {"rank": opinion.rank, "other": twice[:1].title}
                    refusal = Refusal("rank_twice", clause, shown)
                else:
                    continue
                found[self.browse(opinion.id)] = refusal
        return found

    def _place(self):
        case = self.application_id
        return case.edition_id.id, case.class_id.id, self.rank

    def _by_place(self):
        return self.grouped(lambda opinion: opinion._place())


class AwardRecommender(models.Model):
    _inherit = "award.recommender"

    def _named(self, editions, signed=False):
        """Opinions that recommend a version in force of a case that goes on.

        :param signed: only those signed off
        """
        domain = [
            ("recommender_id", "in", self.ids),
            ("edition_id", "in", editions.ids),
            ("verdict", "=", "recommend"),
            ("submission_id.is_current", "=", True),
            ("application_id.state", "!=", "withdrawn"),
        ]
        if signed:
            domain.append(("state", "=", "signed"))
        everything = self.env["award.recommendation"].sudo()  # sudo: own ones, counted
        return everything.search(domain)

    def _quota_taken(self, quota, edition):
        """Places of a quota that the recommender has taken in an edition."""
        cases = self._named(edition, signed=True).application_id
        return sum(quota._counts_case(case) for case in cases)

    @api.model
    def _quota_uses(self, recommenders, edition):
        """How far each quota of recommendations is used.

        :return: list of (award.recommender, award.quota, places taken)
        """
        quotas = edition.scheme_id.quota_ids.filtered(
            lambda quota: (
                quota.counts == "recommended"
                and quota.per == "recommender"
                and quota.maximum
            )
        )
        if not quotas:
            return []
        by_recommender = recommenders._named(edition, signed=True).grouped(
            "recommender_id"
        )
        none = self.env["award.recommendation"].sudo()  # sudo: as in `_named`
        return [
            (one, quota, sum(map(quota._counts_case, cases)))
            for one in recommenders
            for quota in quotas
            for cases in [by_recommender.get(one, none).application_id]
        ]
