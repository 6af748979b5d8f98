from typing import NamedTuple

from odoo import models

from ...rules import eligibility
from ...rules.refusal import Refusal


class Won(NamedTuple):
    """An award won: edition number and day, codes of scheme, award and class."""

    term: int
    on: object
    year: int
    scheme: str
    award: str
    award_class: str


class AwardApplication(models.Model):
    """Former winners wait as long, and for what, as the scheme says."""

    _inherit = "award.application"

    def _awards_by_case(self):
        """Awards of the applicants that stand, under whatever scheme of the agency.

        Filled by the room of the awards.

        :return: dict application id -> list of `Won`
        """
        return {case.id: [] for case in self}

    def _earlier_awards(self):
        """Awards of the applicant under this scheme in earlier editions."""
        return self._earlier_of(self._awards_by_case()[self.id])

    def _earlier_of(self, won):
        """Those of the awards that were won under this scheme in earlier editions."""
        code, term = self._scheme_of().code, self.edition_id.term
        return [one for one in won if one.scheme == code and one.term < term]

    def _locking_awards(self, all_won=None):
        """Those earlier awards that bar from what is applied for now.

        Where the scheme is silent, an award bars from the whole scheme.

        :param all_won: what `_awards_by_case` gave for the case, where it was asked
        """
        won = self._earlier_awards() if all_won is None else self._earlier_of(all_won)
        return self._barring(won)

    def _barring(self, won):
        """Those of the awards that bar from what is applied for."""
        scope = self._parameter("reapply_scope") or "scheme"
        if scope == "class":
            return [one for one in won if one.award_class == self.class_id.code]
        if scope == "award" and self.class_id.title_id:
            return [one for one in won if one.award == self.class_id.title_id.code]
        return won

    def _guard_may_apply_again(self, all_won=None):
        won = self._locking_awards(all_won)
        if not won:
            return None
        return self._lock_by_terms(won) or self._lock_by_years(won)

    def _lock_by_terms(self, won):
        terms = self._parameter("reapply_lock_terms")
        if not terms:
            return None
        first = eligibility.lock_by_terms(
            self.edition_id.term,
            [one.term for one in won],
            terms,
            self._parameter("reapply_lock_reading") or "skip",
        )
        return self._locked("reapply_lock_terms", first) if first else None

    def _lock_by_years(self, won):
        """By the day of the award, or by award years where the scheme counts these."""
        years = self._parameter("reapply_lock_years")
        if not years:
            return None
        if self._parameter("reapply_lock_basis") == "award_year":
            first = eligibility.lock_by_terms(
                self.edition_id.award_year,
                [one.year for one in won],
                years,
                self._parameter("reapply_lock_reading") or "skip",
            )
        else:
            first = eligibility.lock_by_years(
                [one.on for one in won if one.on], self._base_day(), years
            )
        return self._locked("reapply_lock_years", first) if first else None

    def _locked(self, code, first):
        values = {"applicant": self.applicant_id.name, "open": first}
        return Refusal("locked_after_award", self._clause_of(code), values)

    def _guard_new_result(self, all_won=None):
        """A former winner shows what is new, where the scheme asks for it."""
        if not self._parameter("reapply_new_result"):
            return None
        won = self._locking_awards(all_won)
        if not won:
            return None
        last = max(won, key=lambda one: one.term)
        results = self.fact_ids.filtered(
            lambda fact: (
                fact.kind == "new_result"
                and not fact.is_void
                and (
                    (fact.happened_on and last.on and fact.happened_on > last.on)
                    or fact.year > last.year
                )
            )
        )
        if results:
            return None
        values = {"applicant": self.applicant_id.name, "year": last.year}
        clause = self._clause_of("reapply_new_result")
        return Refusal("new_result_missing", clause, values)
