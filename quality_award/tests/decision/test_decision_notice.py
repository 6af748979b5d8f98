from datetime import datetime
from hashlib import sha256

from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionNotice(DecisionCommon):
    """The notice's period, text and objections. It begins on 10 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.committee()
        cls.proposed = cls.until_notice([60000, 59000], cls.body)
        cls.cases = cls.proposed.line_ids.application_id

    def object_to(self, notice, **values):
        objection = (
            self.env["award.objection"]
            .with_user(self.office)
            .create(
                {
                    "notice_id": notice.id,
                    "application_id": self.cases[0].id,
                    "received_at": datetime(2026, 3, 15, 2),
                    "sender_name": "李某",
                    "statement": "数据不实。",
                    **values,
                }
            )
        )
        return objection

    def test_channel_and_length(self):
        with self.assertRefused("channel_missing", "12-10"):
            self.publish(self.proposed, channel_ids=[])
        with self.assertRefused("notice_too_short", "12-10"):
            self.publish(self.proposed, days=9)
        notice = self.publish(self.proposed, days=12)
        self.assertEqual(str(notice.last_day), "2026-03-22")

    def test_text(self):
        """First and last day, who receives, names by case number, no score."""
        notice = self.publish(self.proposed, contact="电话 000-0000-0000")
        self.assertEqual(str(notice.last_day), "2026-03-20")
        for words in (
            "自2026年3月10日起至2026年3月20日止",
            "共10天(公示首日不计入)",
            "市场监督管理局",
            "电话 000-0000-0000",
            "排名不分先后",
        ):
            self.assertIn(words, notice.text)
        self.assertIn("from 2026-03-10 through 2026-03-20", notice.text_en)
        first, second = (
            case.applicant_id.name for case in self.cases.sorted("name")
        )
        self.assertLess(notice.text.index(first), notice.text.index(second))
        self.assertNotIn("600", notice.text)
        self.assertEqual(
            notice.text_hash,
            "$1$" + sha256(f"{notice.text}\n{notice.text_en}".encode()).hexdigest(),
        )
        with self.assertRefused("field_closed"):
            notice.with_user(self.office).write({"text": "改"})

    def test_sealed_by_another_body(self):
        """(who issues, who seals, last lines of the text in Chinese and English)."""
        bodies = {body.code: body for body in self.edition.scheme_id.body_ids}
        none = self.env["award.body"]
        office, group = bodies["office"], bodies["leading_group"]
        for issuer, sealer, zh, en in (
            (none, none, "市场监督管理局", "Administration for Market Regulation"),
            (group, none, group.name_zh, group.name_en),
            (group, group, group.name_zh, group.name_en),
            (
                group,
                office,
                f"{group.name_zh}(市场监督管理局代章)",
                f"{group.name_en} (sealed on behalf by Administration for Market "
                "Regulation)",
            ),
        ):
            with self.subTest(issuer=issuer.code, sealer=sealer.code):
                savepoint = self.env.cr.savepoint()
                notice = self.publish(
                    self.proposed, issued_by_id=issuer.id, sealed_by_id=sealer.id
                )
                texts = (notice.text, notice.text_en)
                signed = [text.strip().splitlines()[-2] for text in texts]
                self.assertEqual(signed, [zh, en])
                with self.assertRefused("field_closed"):
                    notice.sealed_by_id = bodies["committee"]
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_ninth_tenth_and_eleventh_day(self):
        """Excluding the first day, the tenth day is 20 March, until 24:00."""
        notice = self.publish(self.proposed).with_user(self.office)
        self.pass_days(9)
        with self.assertRefused("notice_running", "12-10"):
            notice.action_close()
        self.pass_days(1)  # 20 March
        with self.assertRefused("notice_running", "12-10"):
            notice.action_close()
        self.frozen.move_to(datetime(2026, 3, 20, 15, 59))  # 23:59 in Chengdu
        with self.assertRefused("notice_running", "12-10"):
            notice.action_close()
        self.frozen.move_to(datetime(2026, 3, 20, 16, 0))
        notice.action_close()
        self.env.invalidate_all()
        self.assertEqual(set(self.cases.mapped("stage_id.code")), {"deliberation2"})

    def test_open_objection_blocks(self):
        notice = self.publish(self.proposed).with_user(self.office)
        objection = self.object_to(notice)
        clock = self.env["award.clock"]._of(objection, "objection")
        self.assertEqual(str(clock.due_on), "2026-03-20")
        self.pass_days(11)
        for step in ("received", "admitted"):
            self.assertEqual(objection.state, step)
            with self.assertRefused("objection_open", "12-10"):
                notice.action_close()
            if step == "received":
                objection.action_admit()
        with self.assertRefused("report_missing", "12-10"):
            objection.action_report()
        objection.action_report("经核查,不属实。", "not_upheld")
        self.assertEqual(str(clock.done_on), "2026-03-21")
        notice.action_close()

    def test_when_an_objection_may_be_admitted(self):
        notice = self.publish(self.proposed)
        for received, code in [
            (datetime(2026, 3, 9, 15, 59), "objection_out_of_period"),
            (datetime(2026, 3, 9, 16, 0), None),
            (datetime(2026, 3, 20, 15, 59), None),
            (datetime(2026, 3, 20, 16, 0), "objection_out_of_period"),
        ]:
            with self.subTest(received=received):
                objection = self.object_to(notice, received_at=received)
                if code:
                    with self.assertRefused(code, "12-10"):
                        objection.action_admit()
                    with self.assertRefused("reason_missing"):
                        objection.action_not_admit("")
                    objection.action_not_admit("逾期。")
                else:
                    objection.action_admit()

    def test_without_a_name(self):
        notice = self.publish(self.proposed)
        self.object_to(notice, sender_name=False).action_admit()
        values = type(self.scheme)._value
        self.patch(
            type(self.scheme),
            "_value",
            lambda scheme, code, **at: (
                "refuse"
                if code == "objection_anonymous"
                else values(scheme, code, **at)
            ),
        )
        objection = self.object_to(notice, sender_name=False)
        with self.assertRefused("objection_anonymous", "D-14"):
            objection.action_admit()

    def test_case_must_be_on_the_notice(self):
        notice = self.publish(self.proposed)
        stranger = self.accepted(1, "notice")
        objection = self.object_to(notice, application_id=stranger.id)
        with self.assertRefused("case_not_on_notice"):
            objection.action_admit()

    def test_receipts_are_random(self):
        notice = self.publish(self.proposed)
        receipts = {self.object_to(notice).receipt for _i in range(5)}
        self.assertEqual(len(receipts), 5)
        self.assertEqual({len(receipt) for receipt in receipts}, {10})
        with self.assertRefused("field_closed"):
            self.object_to(notice, receipt="0000000001")

    def test_upheld_objection(self):
        """The case is out on the final list, unless a reason is given."""
        notice = self.publish(self.proposed).with_user(self.office)
        objection = self.object_to(notice)
        objection.action_admit()
        objection.action_report("经核查,属实。", "upheld")
        self.pass_days(11)
        notice.action_close()
        final = self.new_list("final")
        line = self.line(final, self.cases[0])
        self.assertEqual(line.outcome, "out")
        line.write({"outcome": "in", "reason": False})
        self.meet(final, self.body)
        with self.assertRefused("objection_upheld", "12-11"):
            self.adopt(final)
        line.write({"reason": "情节轻微。"})
        self.adopt(final)

    def test_list_must_be_adopted_and_its_cases_here(self):
        recommended = self.env["award.list"].search([("kind", "=", "recommended")])
        notice = self.publish(self.proposed)
        self.pass_days(11)
        notice.with_user(self.office).action_close()
        with self.assertRefused("case_not_at_notice"):
            self.publish(recommended)
        final = self.new_list("final")
        with self.assertRefused("list_not_adopted"):
            self.publish(final)
