from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionApproval(DecisionCommon):
    """The list submitted is the list adopted and the list approved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.final = cls.until_approval([60000, 59000], cls.committee())
        cls.cases = cls.final.line_ids.application_id

    def test_only_an_adopted_final_list(self):
        for kind in ("recommended", "proposed"):
            other = self.env["award.list"].search([("kind", "=", kind)])
            with self.subTest(kind=kind):
                with self.assertRefused("approval_list_not_final", "12-11"):
                    self.submitted_approval(other)
        again = self.new_list("final", fill=False)
        with self.assertRefused("approval_list_not_final", "12-11"):
            self.submitted_approval(again)

    def test_document(self):
        approval = self.submitted_approval(self.final).with_user(self.approver)
        self.assertEqual(approval.list_hash, self.final.content_hash)
        for number, date, code in [
            (False, "2026-03-21", "document_missing"),
            ("成府函〔2026〕9号", False, "document_missing"),
            ("  ", "2026-03-21", "document_missing"),
            ("成府函〔2026〕9号", "2026-03-22", "document_date_future"),
        ]:
            with self.subTest(number=number, date=date), self.assertRefused(code):
                approval.action_approve(number, date)
        approval.action_approve("成府函〔2026〕9号", "2026-03-21")
        self.env.invalidate_all()
        self.assertEqual(set(self.cases.mapped("stage_id.code")), {"award"})

    def test_another_person_registers(self):
        self.head.sudo().group_ids |= self.env.ref("quality_award.group_approver")
        approval = self.submitted_approval(self.final)
        with self.assertRefused("second_clerk"):
            approval.with_user(self.head).action_approve("1号", "2026-03-21")

    def test_list_changed_after_submission(self):
        """Even one who gets past the trigger does not get the list approved."""
        approval = self.submitted_approval(self.final)
        line = self.final.line_ids[0]
        for column, value in (("outcome", "out"), ("score_exact", "70000")):
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    "ALTER TABLE award_list_line DISABLE TRIGGER award_list_line_frozen"
                )
                self.env.cr.execute(
                    f"UPDATE award_list_line SET {column} = %s WHERE id = %s",
                    [value, line.id],
                )
                self.env.cr.execute(
                    "ALTER TABLE award_list_line ENABLE TRIGGER award_list_line_frozen"
                )
                self.env.invalidate_all()
                with self.assertRefused("list_changed", "12-11"):
                    approval.with_user(self.approver).action_approve(
                        "成府函〔2026〕9号", "2026-03-21"
                    )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_refused_list_may_only_get_shorter(self):
        approval = self.submitted_approval(self.final)
        with self.assertRefused("reason_missing"):
            approval.with_user(self.approver).action_refuse("")
        approval.with_user(self.approver).action_refuse("请核减。")
        shorter = self.new_list("final")
        self.assertEqual(shorter.previous_id, self.final)
        shorter.with_user(self.office).stage_id = self.stage("approval")
        shorter.with_user(self.office).action_fill()
        self.env.invalidate_all()
        self.meet(shorter, self.env["award.committee"].search([]))
        self.line(shorter, self.cases[1]).write({"outcome": "out", "reason": "核减。"})
        self.adopt(shorter)
        self.assertEqual(self.cases.mapped("state"), ["accepted", "eliminated"])
        again = self.submitted_approval(shorter)
        again.with_user(self.approver).action_approve("成府函〔2026〕9号", "2026-03-21")
        self.env.invalidate_all()
        self.assertEqual(self.cases[0].stage_id.code, "award")

    def test_case_does_not_move_without_its_work(self):
        """No act moves a case past a stage whose work product is missing."""
        for stage, code in [
            ("consultation", "list_in_work"),
            ("deliberation", "list_in_work"),
            ("notice", "notice_in_work"),
            ("approval", "approval_in_work"),
        ]:
            case = self.accepted(1, stage)
            with self.subTest(stage=stage), self.assertRefused(code):
                case.with_user(self.office)._advance()
        case = self.accepted(1, "award")
        with self.assertRefused("award_approval_missing", "13"):
            case.with_user(self.office)._apply_move("decide")
