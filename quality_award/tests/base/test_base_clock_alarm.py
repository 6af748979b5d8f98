"""Reminders and the ladder: who is told, when, once, and in how many statements."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.base import clock_alarm

from .clock_case import ClockCase


@tagged("post_install", "-at_install")
class TestClockReminders(ClockCase):
    def remind(self):
        return self.told(lambda: self.run_cron("cron_remind"))

    def test_the_owner_before_anybody_else(self):
        """Due Monday 9 March: three working days before it, and one."""
        self.clock(owner_role="finance")
        for day, expected in [
            ("2026-03-03", []),
            ("2026-03-04", [{"finance"}]),
            ("2026-03-04", []),
            ("2026-03-05", []),
            ("2026-03-06", [{"finance"}]),
            ("2026-03-07", []),
            ("2026-03-09", []),
            ("2026-03-10", []),
        ]:
            with self.subTest(day=day), freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.remind(), expected)

    def test_late_by_days_one_message_is_enough(self):
        clock = self.clock()
        with freeze_time("2026-03-09 02:00:00"):
            self.assertEqual(self.remind(), [{"office", "office_head"}])
            self.assertEqual(self.remind(), [])
        self.assertEqual(
            [(row.rung, row.step, row.due_on) for row in clock.escalation_ids],
            [("remind", 1, date(2026, 3, 9))],
        )

    def test_a_named_owner_alone(self):
        self.clock(owner_user_id=self.users["handling"].id)
        with freeze_time("2026-03-06 02:00:00"):
            self.assertEqual(self.remind(), [{"handling"}])

    def test_days_of_the_clock(self):
        self.clock(remind_days=[0], owner_role="finance")
        for day, expected in [("2026-03-06", []), ("2026-03-09", [{"finance"}])]:
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.remind(), expected)

    def test_nobody_is_reminded_of_what_does_not_run(self):
        self.clock(done_on="2026-03-05")
        self.clock(void=True)
        self.clock(due_on=False, undated_because="suspended")
        self.clock(expired_at="2026-03-05 02:00:00")
        with freeze_time("2026-03-06 02:00:00"):
            self.assertEqual(self.remind(), [])

    def test_a_date_that_moves_is_reminded_again(self):
        clock = self.clock(owner_role="finance")
        with freeze_time("2026-03-06 02:00:00"):
            self.assertEqual(self.remind(), [{"finance"}])
        clock.due_on = date(2026, 3, 20)
        with freeze_time("2026-03-19 02:00:00"):
            self.assertEqual(self.remind(), [{"finance"}])

    def test_no_case_is_named_and_the_language_is_the_reader_s(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.users["finance"].lang = "zh_CN"
        self.clock(owner_role="finance", citation="第一条")
        with freeze_time("2026-03-06 02:00:00"):
            self.remind()
        message = self.env["mail.message"].search([], order="id desc", limit=1)
        self.assertIn("时限", message.body)
        self.assertIn("第一条", message.body)
        self.assertFalse(message.model)


@tagged("post_install", "-at_install")
class TestClockLadder(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.section = cls.users["handling"]
        cls.leader = cls.users["approver"]
        cls.agency.award_section_head_ids = cls.section
        cls.agency.award_leading_body_ids = cls.leader | cls.users["supervisor"]

    def escalate(self):
        return self.told(lambda: self.run_cron("cron_clock_escalate"))

    def test_each_rung(self):
        """Due Monday 9 March; after 1, 2, 3 and 5 working days; never twice."""
        clock = self.clock(owner_role="finance")
        for day, expected in [
            ("2026-03-09", []),
            ("2026-03-10", [{"finance"}]),
            ("2026-03-11", [{"handling"}]),
            ("2026-03-12", [{"office_head"}]),
            ("2026-03-13", []),
            ("2026-03-15", []),  # a Sunday
            ("2026-03-16", [{"approver"}]),
            ("2026-03-17", []),
        ]:
            with self.subTest(day=day), freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.escalate(), expected)
                self.assertEqual(self.escalate(), [])
        self.assertEqual(
            [(row.rung, row.step) for row in clock.escalation_ids.sorted("id")],
            [
                ("owner", 1),
                ("section_head", 2),
                ("office_head", 3),
                ("leading_body", 5),
            ],
        )

    def test_a_month_late(self):
        """The owner is still the first to hear; one rung a day."""
        self.clock(owner_role="finance")
        for day, expected in [
            ("2026-04-10", [{"finance"}]),
            ("2026-04-11", [{"handling"}]),
            ("2026-04-12", [{"office_head"}]),
            ("2026-04-13", [{"approver"}]),
            ("2026-04-14", []),
        ]:
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.escalate(), expected)
                self.assertEqual(self.escalate(), [])

    def test_a_rung_left_out(self):
        self.agency.write({"award_days_section_head": 0, "award_days_office_head": 1})
        self.clock(owner_role="finance")
        for day, expected in [
            ("2026-03-10", [{"finance"}]),
            ("2026-03-11", [{"office_head"}]),
            ("2026-03-12", []),
        ]:
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.escalate(), expected)

    def test_the_supervisor_is_told_of_nothing(self):
        self.clock(owner_role="supervisor")
        with freeze_time("2026-03-10 02:00:00"):
            self.assertEqual(self.escalate(), [])
        self.assertEqual(
            self.Clock.search([("res_id", "=", self.record.id)]).escalation_ids.told,
            False,
        )

    def test_a_rung_without_people_is_the_office_s(self):
        self.agency.award_section_head_ids = False
        self.clock(owner_role="department")
        for day in ("2026-03-10", "2026-03-11"):
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.escalate(), [{"office", "office_head"}])

    def test_the_agency_s_calendar_counts(self):
        year = self.env["award.calendar.year"].search([("year", "=", 2026)])
        self.env["award.agency.day"].create(
            {
                "year_id": year.id,
                "date": "2026-03-10",
                "kind": "off",
                "source": "x",
                "company_id": self.agency.id,
            }
        )
        self.clock(owner_role="finance")
        for day, expected in [("2026-03-10", []), ("2026-03-11", [{"finance"}])]:
            with freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.escalate(), expected)

    def test_a_year_that_is_not_out_calls_nobody(self):
        self.env["award.calendar.year"].search([("year", ">", 2026)]).unlink()
        self.clock("2026-12-20", length=11, unit="calendar_day", owner_role="finance")
        with freeze_time("2027-01-20 02:00:00"):
            self.assertEqual(self.escalate(), [])

    def test_rows_only_grow_and_only_once(self):
        clock = self.clock()
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_escalate")
        row = clock.escalation_ids
        for statement, words in (
            ("UPDATE award_clock_escalation SET told = 'x' WHERE id = %s", "append"),
            ("DELETE FROM award_clock_escalation WHERE id = %s", "append"),
            (
                "INSERT INTO award_clock_escalation (clock_id, due_on, rung, step,"
                " sent_on, sent_at, company_id) SELECT clock_id, due_on, rung, step,"
                " sent_on, sent_at, company_id FROM award_clock_escalation"
                " WHERE id = %s",
                "duplicate key",
            ),
        ):
            with self.assertRaisesRegex(Exception, words), mute_logger(
                "odoo.sql_db"
            ), self.env.cr.savepoint():
                self.env.cr.execute(statement, [row.id])

    def test_as_many_statements_for_one_as_for_many(self):
        for name, day in [
            ("_cron_remind", "2026-03-06"),
            ("_cron_escalate", "2026-03-10"),
            ("_cron_mark_overdue", "2026-03-10"),
        ]:
            counts = []
            for number in (1, 1, 40):  # the first run warms what every run reads
                for _n in range(number):
                    self.clock(owner_role="finance")
                with freeze_time(f"{day} 02:00:00"):
                    counts.append(self._statements(name))
            self.assertEqual(counts[1], counts[2], name)

    def _statements(self, name):
        """Statements of one run of a scheduled action."""
        actor = self.env.ref("quality_award.user_clock")
        Clock = self.Clock.with_user(actor)
        self.env.flush_all()
        self.env.invalidate_all()
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        before = self.env.cr.sql_log_count
        getattr(Clock, name)()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestClockMark(ClockCase):
    def test_mark(self):
        late, today = self.clock(), self.clock("2026-03-03")
        done = self.clock(done_on="2026-03-12")
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_overdue")
        marked = late.overdue_at
        self.assertEqual(str(marked), "2026-03-10 02:00:00")
        self.assertEqual((today.overdue_at, done.overdue_at), (False, False))
        with freeze_time("2026-03-10 16:00:00"):
            self.run_cron("cron_clock_overdue")
        self.assertEqual(str(today.overdue_at), "2026-03-10 16:00:00")
        self.assertEqual(late.overdue_at, marked)

    def test_in_batches(self):
        self.patch(clock_alarm, "MARK_BATCH", 3)
        clocks = self.Clock.union(*(self.clock() for _n in range(8)))
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_overdue")
        self.assertEqual(len(clocks.filtered("overdue_at")), 8)


@tagged("post_install", "-at_install")
class TestClockSettings(ClockCase):
    def test_the_administrator_sets_the_ladder(self):
        Settings = self.env["award.clock.settings"].with_user(self.users["admin"])
        form = Settings.with_company(self.agency).create({"award_days_leading_body": 9})
        self.assertEqual(form.award_days_owner, 1)
        form.award_section_head_ids = self.users["handling"]
        form.action_apply()
        self.assertEqual(self.agency.award_days_leading_body, 9)
        self.assertEqual(self.agency.award_section_head_ids, self.users["handling"])
        self.assertEqual(self.agency_b.award_days_leading_body, 5)

    def test_refusals(self):
        Settings = self.env["award.clock.settings"].with_company(self.agency)
        for role in ("office", "office_head", "supervisor"):
            with self.assertRaises(AccessError):
                Settings.with_user(self.users[role]).create({})
        with self.assertRaises(ValidationError):
            Settings.with_user(self.users["admin"]).create(
                {"award_days_owner": 4}
            ).action_apply()
        for days in ({"award_days_owner": -1}, {"award_days_office_head": 1}):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.agency.write(days)
