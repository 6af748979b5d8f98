from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from ..common import AwardCommon
from .common import KindsVocabulary


@tagged("post_install", "-at_install")
class TestTransfer(KindsVocabulary, AwardCommon):
    """To a class that is entered by transfer, with the applicant's consent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.innovation = cls.kinds.class_ids.filtered(lambda c: c.code == "innovation")
        cls.case = cls.recommend(cls.submit(cls.enter("organisation")))

    def propose(self, case=None, **values):
        office = self.env["award.transfer"].with_user(self.roles["office"])
        return office.create(
            {
                "application_id": (case or self.case).id,
                "to_class_id": self.innovation.id,
                "proposed_by": "第一评审组",
                "reason": "管理模式创新突出",
                **values,
            }
        )

    def test_consent_and_transfer(self):
        transfer = self.propose()
        with self.assertRefused("transfer_not_agreed"):
            transfer.action_transfer()
        door = self.as_applicant(self.case)
        self.assertEqual(door._portal_state(self.case.id)["transfers"], transfer)
        door._portal_answer_transfer(transfer.id, "consent")
        version = self.case.submission_ids
        stage = self.case.stage_id
        transfer.action_transfer()
        case = self.case
        self.assertEqual((case.class_id, case.stage_id), (self.innovation, stage))
        row = case.transition_ids[0]
        self.assertEqual((row.move, row.reason), ("transfer", "管理模式创新突出"))
        new = case._current_submission()[case.id]
        self.assertEqual((new.version, version.is_current), (2, False))
        self.assertEqual(
            new.content,
            {
                **version.content,
                "class": "innovation",
                "transferred_from": "organisation",
            },
        )
        self.assertTrue(transfer.done_on)
        with self.assertRefused("transfer_not_agreed"):
            transfer.action_transfer()

    def test_declined(self):
        transfer = self.propose()
        door = self.as_applicant(self.case)
        with self.assertRefused("transfer_answered"):
            door._portal_answer_transfer(transfer.id, "perhaps")
        door._portal_answer_transfer(transfer.id, "decline")
        with self.assertRefused("transfer_not_agreed"):
            transfer.action_transfer()
        with self.assertRefused("transfer_answered"):
            door._portal_answer_transfer(transfer.id, "consent")
        with self.assertRefused("transfer_answered"):
            transfer.to_class_id = self.case.class_id
        self.assertEqual(self.case.class_id.code, "organisation")

    def test_answer_on_paper(self):
        transfer = self.propose()
        with self.assertRefused("reason_missing"):
            transfer.action_register_consent(" ")
        transfer.action_register_consent("2026年3月9日复函")
        self.assertEqual(
            (transfer.answer, transfer.answered_how), ("consent", "2026年3月9日复函")
        )
        transfer.action_transfer()
        self.assertEqual(self.case.class_id, self.innovation)

    def test_classes_that_take_no_transfer(self):
        team = self.kinds.class_ids.filtered(lambda c: c.code == "team")
        foreign = self.scheme.class_ids[:1]
        for target in (team, foreign, self.case.class_id):
            with self.subTest(target=target.code), self.assertRefused(
                "transfer_not_open"
            ):
                self.propose(to_class_id=target.id)

    def test_stage_that_the_class_does_not_pass(self):
        """It goes to the next stage that it passes, and enters that."""
        rows = self.scheme._export()["stages"]
        others = [c.code for c in self.kinds.class_ids if c != self.innovation]
        for row in rows:
            if row["code"] == "recommendation":
                row["classes"] = others
        scheme = self.new_scheme(stages=rows)
        case = self.submit(self.enter("organisation", self.open_edition(scheme)))
        target = scheme.class_ids.filtered(lambda c: c.code == "innovation")
        transfer = self.propose(case, to_class_id=target.id)
        transfer.action_register_consent("复函")
        transfer.action_transfer()
        self.assertEqual(case.stage_id.kind, "qualification")
        self.assertEqual(case.qualification_ids.submission_id.version, 2)
        rows = {r.scheme_stage_id.kind: r.state for r in case.case_stage_ids}
        self.assertEqual(
            (rows["recommendation"], rows["qualification"]), ("passed", "open")
        )

    def test_who(self):
        transfer = self.propose()
        stranger = self.as_applicant(self.enter("organisation"))
        with self.assertRaises(MissingError):
            stranger._portal_answer_transfer(transfer.id, "consent")
        member = self.case.applicant_id.member_ids
        member.can_sign = False
        with self.assertRefused("may_not_sign"):
            self.as_applicant(self.case)._portal_answer_transfer(transfer.id, "consent")
        member.can_sign = True
        transfer.action_register_consent("复函")
        for role in ("supervisor", "handling", "reviewer", "administrator"):
            with self.assertRaises(AccessError):
                transfer.with_user(self.roles[role]).action_transfer()
        with self.assertRefused("wrong_role"):
            transfer.with_user(self.roles["supervisor"]).sudo().action_transfer()
        with self.assertRaises(AccessError):
            transfer.answer = "consent"

    def test_class_of_a_submitted_case_is_frozen(self):
        with self.assertRefused("case_frozen"):
            self.case.class_id = self.innovation
