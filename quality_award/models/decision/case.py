from odoo import models

from ...rules.refusal import Refusal


class AwardApplication(models.Model):
    """What the stages of decision ask before a case leaves them."""

    _inherit = "award.application"

    def _work_refusal_by_list(self):
        """The case must be put forward by an adopted list of its stage."""
        found = (
            self.env["award.list.line"]
            .sudo()  # sudo: yes or no
            .search_count(
                [
                    ("application_id", "=", self.id),
                    ("outcome", "=", "in"),
                    ("list_id.state", "=", "adopted"),
                    ("list_id.stage_id", "=", self.stage_id.id),
                ],
                limit=1,
            )
        )
        return None if found else Refusal("list_in_work", self.stage_id.clause_id.code)

    def _work_refusal_document_review(self):
        """The panel's score, and an on-site list that names the case."""
        return super()._work_refusal_document_review() or self._work_refusal_by_list()

    def _work_refusal_composite(self):
        """The frozen ranking, and a recommended list that names the case."""
        return super()._work_refusal_composite() or self._work_refusal_by_list()

    def _work_refusal_consultation(self):
        return self._work_refusal_by_list()

    def _work_refusal_deliberation(self):
        return self._work_refusal_by_list()

    def _work_refusal_notice(self):
        """A notice naming the case has been closed at this stage."""
        found = (
            self.env["award.notice"]
            .sudo()  # sudo: yes or no
            .search_count(
                [
                    ("state", "=", "closed"),
                    ("stage_id", "=", self.stage_id.id),
                    ("list_id.line_ids", "any", self._in_line_domain()),
                ],
                limit=1,
            )
        )
        return (
            None if found else Refusal("notice_in_work", self.stage_id.clause_id.code)
        )

    def _work_refusal_approval(self):
        """The body of this stage has approved a list naming the case."""
        if self._approved_at(self.stage_id):
            return None
        return Refusal("approval_in_work", self.stage_id.clause_id.code)

    def _asked_about(self, population):
        """Recommended are those whom an adopted list of the composite puts forward."""
        if population != "recommended":
            return super()._asked_about(population)
        lines = (
            self.env["award.list.line"]
            .sudo()  # sudo: whether they are on it, nothing is shown
            .search(
                [
                    ("application_id", "in", self.ids),
                    ("outcome", "=", "in"),
                    ("list_id.state", "=", "adopted"),
                    ("list_id.stage_id.kind", "=", "composite"),
                ]
            )
        )
        return self.filtered(lambda case: case in lines.application_id)

    def _is_approved(self):
        """Whether every approval that the class goes through has been given."""
        stages = self.edition_id._stages(self.class_id)
        approvals = stages.filtered(lambda stage: stage.kind == "approval")
        return bool(approvals) and all(map(self._approved_at, approvals))

    def _approved_at(self, stage):
        return bool(
            self.env["award.approval"]
            .sudo()  # sudo: yes or no
            .search_count(
                [
                    ("state", "=", "approved"),
                    ("stage_id", "=", stage.id),
                    ("list_id.line_ids", "any", self._in_line_domain()),
                ],
                limit=1,
            )
        )

    def _in_line_domain(self):
        return [("application_id", "=", self.id), ("outcome", "=", "in")]

    def _repeat_winners(self):
        """The cases whose applicant has won this award before."""
        won = self._earlier_wins()
        return self.filtered(
            lambda case: any(
                term < case.edition_id.term
                for term in won.get(
                    (case.applicant_id.id, case.edition_id.scheme_id.code), ()
                )
            )
        )

    def _earlier_wins(self):
        """dict (applicant id, code of the scheme) -> edition numbers won.

        The room of awards knows; without awards nobody has won.
        """
        return {}
