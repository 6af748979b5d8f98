from odoo import models

from ...rules.refusal import Refusal


class AwardApplication(models.Model):
    """What awards say about a case: won before, approved, decided."""

    _inherit = "award.application"

    def _work_refusal_award(self):
        """A case is decided on the approval of a list that names it."""
        if self._is_approved():
            return None
        return Refusal("award_approval_missing", self.stage_id.clause_id.code)

    def _earlier_awards(self):
        """Awards of the applicant under this scheme, in whatever version.

        Revoked ones do not count: they were not won.

        :return: list of (number of the edition, date of the award)
        """
        awards = (
            self.env["award.award"]
            .sudo()  # sudo: numbers and dates only
            .search(
                [
                    ("applicant_id", "=", self.applicant_id.id),
                    ("scheme_code", "=", self._scheme_of().code),
                    ("company_id", "=", self.company_id.id),
                    ("term", "<", self.edition_id.term),
                    ("state", "!=", "revoked"),
                ]
            )
        )
        return [(award.term, award.awarded_on) for award in awards]

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
