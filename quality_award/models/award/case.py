from odoo import models

from ...rules.refusal import Refusal
from ..application.lock import Won


class AwardApplication(models.Model):
    """What awards say about a case: won before, approved, decided."""

    _inherit = "award.application"

    def _work_refusal_award(self):
        """A case is decided on the approval of a list that names it."""
        if self._is_approved():
            return None
        return Refusal("award_approval_missing", self.stage_id.clause_id.code)

    def _awards_by_case(self):
        """Awards of the applicants that stand, under whatever scheme of the agency.

        Revoked ones do not count: they were not won. A class belongs to the award
        that its edition's scheme says, else the scheme of the case.
        """
        awards = (
            self.env["award.award"]
            .sudo()  # sudo: numbers and dates only
            .search(
                [
                    ("applicant_id", "in", self.applicant_id.ids),
                    ("state", "!=", "revoked"),
                ]
            )
        )
        by_applicant = awards.grouped("applicant_id")
        return {
            case.id: [
                Won(
                    award.term,
                    award.awarded_on,
                    award.award_year,
                    award.scheme_code,
                    (award.edition_id.scheme_id or case._scheme_of())._title_of(
                        award.class_code
                    ),
                    award.class_code,
                )
                for award in by_applicant.get(case.applicant_id, ())
            ]
            for case in self
        }

    def _earlier_wins(self):
        """dict (applicant id, code of the scheme) -> edition numbers won."""
        found = (
            self.env["award.award"]
            .sudo()  # sudo: numbers and dates only
            ._read_group(
                [
                    ("applicant_id", "in", self.applicant_id.ids),
                    ("state", "!=", "revoked"),
                ],
                ["applicant_id", "scheme_code"],
                ["term:array_agg"],
            )
        )
        return {(applicant.id, code): terms for applicant, code, terms in found}

    def _may_apply_again(self, applicant, edition):
        """Refusal of a former winner's application to `edition`, or None."""
        case = self.new({"applicant_id": applicant.id, "edition_id": edition.id})
        return case._guard_may_apply_again()


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def _title_of(self, class_code):
        """Code of the award that a class belongs to, "" where it has none."""
        found = self.class_ids.filtered(lambda c: c.code == class_code)
        return found[:1].title_id.code or ""
