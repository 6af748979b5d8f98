from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.quality_award.tests.decision.common import DecisionCommon

CLASSES = [
    {"code": code, "name_zh": name, "subject": subject, "clause": "3"}
    | {"criteria": "gbt19580_2012"}
    for code, name, subject in [
        ("innovation", "创新单项", "project"),
        ("person", "个人", "individual"),
        ("unit", "组织", "organisation"),
    ]
]
PERSON = {
    "subject": "individual",
    "credit_code": False,
    "identity_number": "11010519491231002X",
    "name": "李乙丑",
}
PROJECT = {
    "subject": "project",
    "credit_code": False,
    "organisation_name": "成都尾宿有限公司",
    "organisation_code": "91510199MADE70001X",
    "name": "零缺陷交付",
}


@tagged("post_install", "-at_install")
class TestAwardDecision(DecisionCommon):
    """The draft of the decision, with the lists that the government signs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.other_scheme(
            "lists",
            classes=CLASSES,
            quotas=[],
            thresholds=[],
            obligations=[],
        )
        cls.edition = cls.edition_of(cls.other)

    def approved(self, of, state="approved", **values):
        """An approval of one case of a class; the case and the approval."""
        case = self.accepted(1, "approval", self.edition, of, **values)
        final = self.env["award.list"].create(
            {
                "name": of,
                "kind": "final",
                "edition_id": self.edition.id,
                "class_id": case.class_id.id,
                "line_ids": [
                    Command.create({"application_id": case.id, "outcome": "in"})
                ],
            }
        )
        approval = self.env["award.approval"].create(
            {"edition_id": self.edition.id, "list_id": final.id}
        )
        if state == "approved":
            self.put(approval, "pending", "submit")
            self.put(approval, "approved", "approve")
        return case, approval

    def text(self, approval):
        self.env.invalidate_all()
        return approval.with_user(self.office).decision_text

    def test_third_list_for_projects(self):
        """Organisations, persons and projects apart; a project by its organisation."""
        unit, approval = self.approved("unit")
        self.approved("person", **PERSON)
        self.approved("innovation", **(PROJECT | {"organisation_code": self.code()}))
        moved, _approval = self.approved("innovation")
        self.assertEqual(
            self.text(approval).split("\n\n")[1:],
            [
                f"获奖组织(1个)\n1. {unit.applicant_id.name}(组织)",
                "获奖个人(1个)\n1. 李乙丑(个人)",
                "获奖项目(2个)\n"
                "1. 成都尾宿有限公司申报的项目“零缺陷交付”(创新单项)\n"
                f"2. {moved.applicant_id.name}申报的项目(创新单项)",
            ],
        )

    def code(self):
        """The code of some organisation."""
        unit = self.accepted(1, "approval", self.edition, "unit")
        return unit.applicant_id.credit_code

    def test_only_what_is_approved(self):
        """A list that waits is in its own draft, and in no other one."""
        _unit, approval = self.approved("unit")
        waiting, other = self.approved("person", "draft", **PERSON)
        self.assertNotIn("获奖个人", self.text(approval))
        self.assertIn(f"1. {waiting.applicant_id.name}", self.text(other))
        self.assertIn("获奖组织(1个)", self.text(other))
