from odoo.tests import tagged

from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestAwardAfter(DecisionCommon):
    """Money, reports, expiry and revocation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        approval = cls.until_grant([60000, 59000], cls.committee())
        approval.with_user(cls.office).action_grant()
        cls.env.invalidate_all()
        cls.awards = cls.env["award.award"].search([("approval_id", "!=", False)])
        cls.finance = cls.roles["finance"]

    def test_payment(self):
        prize = self.awards[0].prize_ids.with_user(self.finance)
        with self.assertRefused("voucher_missing"):
            prize.action_pay()
        prize.voucher_number = "凭证1"
        with self.assertRefused("payee_not_confirmed"):
            prize.action_pay()
        prize.payee_confirmed = True
        with self.assertRefused("wrong_role"):
            prize.with_user(self.office).action_pay()
        with self.assertRefused("field_closed"):
            prize.write({"amount": 2000000})
        prize.action_pay()
        self.assertEqual((prize.state, str(prize.paid_on)), ("paid", "2026-03-21"))
        with self.assertRefused("field_closed"):
            prize.write({"voucher_number": "凭证2"})
        with self.assertRefused("reason_missing"):
            prize.action_recover("")
        prize.action_recover("奖项撤销。")
        self.assertEqual(prize.state, "recovered")

    def test_report(self):
        award = self.awards[0]
        owed = self.money_report(award).with_user(self.office)
        clock = self.env["award.clock"]._of(award, "prize_report")
        with self.assertRefused("content_missing"):
            owed.action_deliver()
        with self.assertRefused("wrong_role"):
            owed.with_user(self.finance).sudo().action_deliver("报告")
        self.pass_days(365)
        self.assertEqual((owed.is_overdue, clock.standing), (False, "due_today"))
        self.pass_days(1)
        self.assertEqual((owed.is_overdue, clock.standing), (True, "overdue"))
        late = self.env["award.obligation"].search([("is_overdue", "=", True)])
        self.assertEqual(late, self.money_report(self.awards))
        owed.action_deliver("奖金用于质量改进。")
        self.assertEqual(str(owed.delivered_on), "2027-03-22")
        self.assertEqual(clock.standing, "missed")

    def test_winner_delivers_on_the_portal(self):
        award = self.awards[0]
        owed = self.money_report(award)
        member, _number = self._new_applicant()
        with self.assertRefused("wrong_role"):
            owed.with_user(member)._portal_deliver("报告")
        self.env["award.applicant.member"].create(
            {"applicant_id": award.applicant_id.id, "user_id": member.id}
        )
        owed.with_user(member)._portal_deliver("报告")
        self.assertEqual((owed.state, owed.content), ("delivered", "报告"))

    def test_expiry(self):
        """The last day, 21 March 2030, belongs to the validity."""
        award = self.awards[0].with_user(self.office)
        self.assertEqual(str(award.valid_until), "2030-03-21")
        self.frozen.move_to("2030-03-21 15:59:59")
        with self.assertRefused("still_valid", "20"):
            award.action_expire()
        self.frozen.move_to("2030-03-21 16:00:00")
        award.action_expire()
        self.assertEqual(award.state, "expired")

    def revoked_for_fraud(self, award):
        """The award, revoked by a decision on the ground of fraud."""
        grounds = award.edition_id.scheme_id.ground_ids
        revocation = (
            self.env["award.revocation"]
            .with_user(self.office)
            .create(
                {
                    "award_id": award.id,
                    "ground_id": grounds.filtered(lambda g: g.code == "fraud").id,
                    "happened_on": "2026-03-21",
                    "facts": "数据造假。",
                    "notified_on": "2026-03-21",
                }
            )
        )
        revocation.action_notify()
        revocation.with_user(self.head).action_decide("撤〔2026〕1号", "2026-03-21")
        self.env.invalidate_all()

    def test_revocation(self):
        award = self.awards[0].with_user(self.head)
        with self.assertRefused("revocation_document_missing"):
            award.action_revoke("弄虚作假。")
        award.revocation_number = "撤〔2026〕1号"
        with self.assertRefused("reason_missing"):
            award.action_revoke("")
        with self.assertRefused("wrong_role"):
            award.with_user(self.office).action_revoke("弄虚作假。")
        with self.assertRefused("revocation_by_ground"):
            award.action_revoke("弄虚作假。")
        self.revoked_for_fraud(award)
        self.assertEqual(award.state, "revoked")
        self.assertEqual(set(award.obligation_ids.mapped("state")), {"waived"})
        self.assertEqual(self.env["award.clock"]._of(award), self.env["award.clock"])
        prize = award.prize_ids.with_user(self.finance)
        prize.write({"voucher_number": "凭证1", "payee_confirmed": True})
        with self.assertRefused("award_not_valid"):
            prize.action_pay()
