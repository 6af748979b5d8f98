from odoo import fields, models

#: Subject of a class -> heading of its winners in the award decision.
HEADINGS = {
    "organisation": "获奖组织",
    "unit": "获奖组织",
    "team": "获奖团队",
    "individual": "获奖个人",
    "project": "获奖项目",
}


class AwardApproval(models.Model):
    """Draft of the award decision: organisations, individuals and projects apart."""

    _inherit = "award.approval"

    decision_text = fields.Text(
        "Draft of the Award Decision (Chinese)",
        compute="_compute_decision_text",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def _compute_decision_text(self):
        for approval in self:
            approval.decision_text = approval._decision_text()

    def _decision_text(self):
        """The lists of the decision, of every class approved in the edition so far."""
        lists = self._lists_by_subject()
        parts = [f"关于{self.edition_id.name_zh}获奖名单的决定(代拟稿)"]
        for heading, names in lists.items():
            rows = [f"{place}. {name}" for place, name in enumerate(names, 1)]
            parts.append("\n".join([f"{heading}({len(names)}个)", *rows]))
        if not lists:
            parts.append("本届空缺。")
        return "\n\n".join(parts)

    def _lists_by_subject(self):
        """dict heading -> names of winners, in the order of `HEADINGS`.

        A project is named as the project of the organisation that applied with it or
        answers for it. Where a scheme has several classes each name says its own.
        """
        approvals = self.search(
            [("edition_id", "=", self.edition_id.id), ("state", "=", "approved")]
        )
        cases = (self | approvals).list_id._in_cases()
        several = len(self._scheme_of().class_ids) > 1
        lists = {heading: [] for heading in HEADINGS.values()}
        for case in cases.sorted("name"):
            award = f"({case.class_id.name_zh})" if several else ""
            lists[HEADINGS[case.class_id.subject]].append(
                self._name_of_winner(case) + award
            )
        return {heading: names for heading, names in lists.items() if names}

    @staticmethod
    def _name_of_winner(case):
        applicant = case.applicant_id
        if case.class_id.subject != "project":
            return applicant.name
        if applicant.subject == "project":
            return f"{applicant.organisation_name}申报的项目“{applicant.name}”"
        return f"{applicant.name}申报的项目"
