from odoo.tests import tagged

from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestAwardViolation(DecisionCommon):
    """How the title may be named, and what happens where it is named otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.other_scheme(
            "titles", parameters={"title_correction_days": 15}
        )
        cls.edition = cls.edition_of(cls.scheme)
        approval = cls.until_grant([60000], cls.committee())
        approval.with_user(cls.office).action_grant()
        cls.env.invalidate_all()
        cls.award = cls.env["award.award"].search([("approval_id", "=", approval.id)])

    def violation(self, kind="product", **values):
        return (
            self.env["award.violation"]
            .with_user(self.office)
            .create(
                {
                    "award_id": self.award.id,
                    "kind": kind,
                    "found_on": "2026-03-21",
                    "description": "包装上标注奖项。",
                    **values,
                }
            )
        )

    def test_order(self):
        """An order by a day; without correction revocation is examined."""
        violation = self.violation()
        head = violation.with_user(self.head)
        with self.assertRefused("order_number_missing"):
            head.action_order()
        violation.order_number = "责改1号"
        with self.assertRefused("wrong_role"):
            violation.action_order()
        head.action_order()
        self.assertEqual(str(violation.correct_by), "2026-04-05")
        with self.assertRefused("correction_missing"):
            violation.action_correct()
        for days in (0, 15):
            self.pass_days(days)
            with self.assertRefused("correction_running"):
                head.action_hand_over("未改。")
        self.pass_days(1)
        with self.env.cr.savepoint() as savepoint:
            head.action_hand_over("未改。")
            savepoint.rollback()
        self.env.invalidate_all()
        violation.correction = "已更换包装,附照片。"
        violation.action_correct()
        self.assertEqual(str(violation.settled_on), "2026-04-06")

    def test_after_expiry(self):
        """Warn, forbid or allow, as the scheme says; a warning where it is silent."""
        self.put(self.award, "expired", "expire")
        for said, refused in [
            (None, "title_expired_warn_only"),
            ("warn", "title_expired_warn_only"),
            ("allow", "title_expired_allowed"),
            ("forbid", None),
        ]:
            self.says(title_after_expiry=said, title_correction_days=15)
            for kind in ("expired", "product"):
                found = self.violation(kind, order_number="责改1号")
                head = found.with_user(self.head)
                with self.subTest(said=said, kind=kind):
                    if refused:
                        with self.assertRefused(refused):
                            head.action_order()
                        head.action_dismiss("已提醒。")
                        self.assertEqual(found.state, "dismissed")
                    else:
                        head.action_order()
                        self.assertEqual(found.state, "ordered")

    def test_text_for_publicity(self):
        """The award year is in it; a title that was taken has no text."""
        name = self.class_of(self.edition).name_zh
        self.assertEqual(self.award.publicity_text, f"2026年度{name}")
        self.assertEqual(
            self.award.publicity_note,
            "With the award year; on no product and no package.",
        )
        self.put(self.award, "expired", "expire")
        notes = []
        for said in ("warn", "forbid", "allow"):
            self.says(title_after_expiry=said)
            self.env.invalidate_all()
            notes.append(self.award.publicity_note)
        self.assertEqual(
            notes,
            [
                "Expired: say the award year; other use is warned.",
                "Expired: the title may not be used any more.",
                "Expired: it may be said in which year it was won.",
            ],
        )
        self.put(self.award, "revoked", "revoke")
        self.assertEqual(self.award.publicity_text, False)
