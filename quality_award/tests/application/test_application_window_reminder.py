"""Reminders before the window closes: whom, when, once, and how much it costs."""

from datetime import datetime

from odoo.tests import tagged

from odoo.addons.quality_award.models.application import window_reminder

from ..common import NOW, AwardCommon

#: The window of the tests closes on Friday, 20 March 2026, 17:00 in Shanghai.
TUESDAY, WEDNESDAY = datetime(2026, 3, 17, 2), datetime(2026, 3, 18, 2)
MONDAY = datetime(2026, 3, 16, 2)


@tagged("post_install", "-at_install")
class TestWindowReminder(AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.roles["office"]
        templates = cls.env["award.message.template"].with_user(cls.office)
        templates.action_take_proposals()
        cls.template = templates.with_context(active_test=False).search(
            [("code", "=", "window_closes"), ("company_id", "=", cls.company.id)]
        )
        cls.template.active = True
        cls.contact = {"liaison_phone": "13800000000", "liaison_email": "l@example.com"}
        cls.drafts = cls.register(2, **cls.contact)
        cls.done = cls.submit(cls.register(1, **cls.contact))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.frozen.move_to, NOW)
        self.progress = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda _self, done=0, **more: self.progress.append((done, more)),
        )

    def run_on(self, instant):
        """The messages that one run of the scheduled action adds."""
        outbox = self.env["award.outbox.message"]
        before = outbox.search([])
        self.frozen.move_to(instant)
        actor = self.env.ref("quality_award.user_clock")
        self.env["award.clock"].with_user(actor)._cron_remind()
        self.env.invalidate_all()
        return outbox.search([]) - before

    def test_on_which_day(self):
        """Three working days before Friday is Tuesday; the last day still counts."""
        for days, instant, count in (
            (3, MONDAY, 0),
            (3, TUESDAY, 4),
            (3, datetime(2026, 3, 20, 9, 0), 4),
            (3, datetime(2026, 3, 20, 9, 1), 0),
            (0, datetime(2026, 3, 20, 2), 0),
            (1, WEDNESDAY, 0),
            (2, WEDNESDAY, 4),
            (5, datetime(2026, 3, 13, 2), 4),  # the week-end is not worked
            (5, datetime(2026, 3, 12, 2), 0),
        ):
            with self.subTest(days=days, instant=instant):
                self.edition.remind_days = days
                found = self.run_on(instant)
                told = (len(found), found.application_id)
                found.unlink()  # the next day of the table begins anew
                self.assertEqual(told, (count, self.drafts[: count and 2]))

    def test_an_edition_reminds_unless_it_says_else(self):
        self.assertEqual(self._new_edition(term=44).remind_days, 3)

    def test_what_is_drafted(self):
        found = self.run_on(TUESDAY)
        self.assertEqual(
            sorted((m.application_id.id, m.channel, m.state) for m in found),
            sorted(
                (case.id, channel, "draft")
                for case in self.drafts
                for channel in ("mail", "sms")
            ),
        )
        self.assertEqual(set(found.mapped("closes_at")), {self.edition.window_end})
        self.assertIn("3月20日 17:00截止", found.filtered("subject")[:1].text)

    def test_once_each_and_newcomers_too(self):
        first = self.run_on(TUESDAY)
        self.assertEqual(len(first), 4)
        first[:2].with_user(self.office).action_cancel()
        self.template.body_zh = "另一段文字"
        self.assertFalse(self.run_on(WEDNESDAY))
        late = self.register(1, **self.contact)
        self.assertEqual(self.run_on(WEDNESDAY).application_id, late)
        self.assertFalse(self.run_on(WEDNESDAY))

    def test_of_an_extended_window_anew(self):
        self.run_on(TUESDAY)
        self.edition.with_user(self.roles["office_head"]).action_extend(
            datetime(2026, 3, 31, 9), "延期"
        )
        self.assertFalse(self.run_on(datetime(2026, 3, 25, 2)))
        again = self.run_on(datetime(2026, 3, 26, 2))
        self.assertEqual(again.application_id, self.drafts)
        self.assertEqual(set(again.mapped("closes_at")), {datetime(2026, 3, 31, 9)})

    def test_what_the_office_has_drafted_is_the_reminder(self):
        mailing = self.env["award.mailing"].with_user(self.office).create(
            {
                "name": "催报",
                "template_id": self.template.id,
                "edition_id": self.edition.id,
                "waiting_for": "submission",
            }
        )
        mailing.action_draft()
        self.assertFalse(self.run_on(TUESDAY))
        closes = mailing.message_ids.mapped("closes_at")
        self.assertEqual(closes, [self.edition.window_end] * 4)
        mailing.message_ids.action_cancel()
        self.assertFalse(self.run_on(WEDNESDAY))

    def test_returned_is_not_handed_in(self):
        self.done.with_user(self.office)._apply_move("return", reason="请修改")
        found = self.run_on(TUESDAY)
        self.assertEqual(found.application_id, self.drafts | self.done)

    def test_without_a_template_in_use_none(self):
        self.template.active = False
        self.assertFalse(self.run_on(TUESDAY))

    def test_no_other_edition_and_no_other_agency(self):
        other = self.env["res.company"].create({"name": "乙市评审办"})
        self.template.sudo().copy({"company_id": other.id})
        self.assertEqual(self.run_on(TUESDAY).company_id, self.company)
        cancelled = self._new_edition(term=45)
        cancelled.with_user(self.roles["office_head"]).action_announce()
        case = self.register(1, edition=cancelled)
        cancelled.with_user(self.roles["office_head"]).action_cancel("取消")
        self.assertEqual(case.state, "draft")
        self.assertFalse(self.run_on(WEDNESDAY))

    def test_days_that_make_no_sense(self):
        for days in (-1, 61):
            with self.subTest(days=days), self.assertRaises(Exception):  # noqa: B017
                with self.env.cr.savepoint():
                    self.edition.remind_days = days
                    self.env.flush_all()

    def test_a_bounded_batch_tells_that_more_is_left(self):
        self.patch(window_reminder, "BATCH", 1)
        self.assertEqual(len(self.run_on(TUESDAY).application_id), 1)
        self.assertEqual(self.progress[-1], (1, {"remaining": 1}))
        self.assertEqual(len(self.run_on(TUESDAY).application_id), 1)
        self.assertEqual(self.progress[-1], (0, {}))
        self.assertFalse(self.run_on(TUESDAY))

    def test_as_many_statements_for_one_and_for_many(self):
        self.register(12, **self.contact)
        self.frozen.move_to(TUESDAY)
        actor = self.env.ref("quality_award.user_clock")
        counts = []
        for number in (1, 1, 10):  # the first run warms what every run reads
            self.patch(window_reminder, "BATCH", number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            done = self.env["award.edition"].with_user(actor)._draft_reminders()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(done[0], number)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 26)
