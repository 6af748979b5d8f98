from odoo import models

from ...rules.refusal import Refusal


class AwardApplication(models.Model):
    """What document review, site visit, defence and composite ask of a case."""

    _inherit = "award.application"

    def _of_current(self, model, **wanted):
        """Records of `model` about the current version of the (single) case."""
        domain = [("submission_id", "in", self.sudo().submission_ids.ids)]  # sudo: ids
        domain += [(name, "=", value) for name, value in wanted.items()]
        return self.env[model].sudo().search(domain)  # sudo: a yes or no

    def _fail_veto(self, lines):
        """The (single) case is out: its panel agreed that it does not pass.

        :param lines: lines of the agreed consensus that were not passed
        """
        stage = self.stage_id
        items = ", ".join(lines.criterion_id.mapped("display_name"))
        reason = self.env._("Not passed in the review: %(items)s", items=items)
        clause = stage.clause_id.code or None
        self._apply_move("fail_veto", reason=reason, clause=clause)
        early = stage.kind == "document_review"
        self._draft_letters("not_shortlisted" if early else "result", reason, clause)

    def _guard_veto_failed(self):
        agreed = self._of_current("award.consensus", state="agreed")
        if agreed.line_ids._failed_vetoes():
            return None
        return Refusal("veto_not_failed", values=self._shown())

    def _work_refusal_document_review(self):
        if self._of_current("award.consensus", phase="document", state="agreed"):
            return None
        return Refusal("consensus_missing", values=self._shown())

    def _work_refusal_site_visit(self):
        if self._of_current("award.visit", state="reported"):
            return None
        return Refusal("visit_not_reported", values=self._shown())

    def _work_refusal_defence(self):
        if self._of_current("award.defence", state="held"):
            return None
        return Refusal("defence_not_held", values=self._shown())

    def _work_refusal_public_evaluation(self):
        """A survey with the case is checked, where the public is asked about it."""
        case = self.sudo()  # sudo: whether the work is done, nothing is shown
        which = case._scheme_of()._says(
            "public_evaluation_population", "public_evaluation", case.class_id
        )
        if not case._asked_about(which or "on_site"):
            return None
        done = case.env["award.public.evaluation.line"].search_count(
            [
                ("application_id", "=", case.id),
                ("evaluation_id.state", "=", "checked"),
            ],
            limit=1,
        )
        return None if done else Refusal("survey_missing", values=self._shown())

    def _asked_about(self, population):
        """Those of `self` that belong to a population of the public evaluation.

        :param population: on_site (they have been visited), recommended (a later
            room says who is), submitted (all)
        """
        if population == "submitted":
            return self
        visits = self.env["award.visit"].sudo().search(  # sudo: as above
            [("submission_id.application_id", "in", self.ids)]
        )
        visited = visits.submission_id.application_id
        return self.filtered(lambda case: case in visited)

    def _work_refusal_composite(self):
        if self.sudo().class_id._is_voted_on():  # sudo: the regulation is no secret
            return None  # nothing is ranked
        line = (
            self.env["award.composite.line"]
            .sudo()  # sudo: as above
            .search_count(
                [
                    ("application_id", "=", self.id),
                    ("composite_id.phase", "=", "final"),
                    ("composite_id.state", "=", "frozen"),
                ]
            )
        )
        return None if line else Refusal("composite_not_frozen", values=self._shown())

    def _shown(self):
        return {"title": self.sudo().applicant_id.name}  # sudo: for the sentence

    def _on_enter_site_visit(self):
        """Plan a visit of each case by its panel."""
        cases = (
            self.env["award.assignment"]
            .sudo()  # sudo: visits come from the adopted list, not typed
            .search([("submission_id.application_id", "in", self.ids)])
        )
        self.env["award.visit"].sudo().create(  # sudo: as above
            [
                {
                    "title": case.submission_id.title,
                    "submission_id": case.submission_id.id,
                    "panel_id": case.panel_id.id,
                }
                for case in cases
            ]
        )

    def _on_enter_defence(self):
        """Plan the defence of each case, in the order in which they arrive."""
        cases = self.sudo()  # sudo: brought here by the panel's report
        Defence = self.env["award.defence"].sudo()  # sudo: as above
        planned = Defence._read_group(
            [("edition_id", "in", cases.edition_id.ids)], ["edition_id"], ["__count"]
        )
        counts = {edition.id: count for edition, count in planned}
        values = []
        for case in cases:
            submission = case.submission_ids.filtered("is_current")[-1:]
            counts[case.edition_id.id] = counts.get(case.edition_id.id, 0) + 1
            values.append(
                {
                    "title": submission.title,
                    "submission_id": submission.id,
                    "edition_id": case.edition_id.id,
                    "position": counts[case.edition_id.id],
                }
            )
        Defence.create(values)
