"""The clock: its instants, its standing, suspension, and dates that change."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.base.clock import STANDINGS, UNITS
from odoo.addons.quality_award.rules import clock as clock_rules
from odoo.addons.quality_award.rules.scheme_sections import OWNERS

from .clock_case import ClockCase


@tagged("post_install", "-at_install")
class TestClock(ClockCase):
    def test_instants(self):
        """The end of the local day in UTC, or the hour at which business closes."""
        for cut_off, expected in [
            (False, datetime(2026, 3, 9, 16, 0)),
            ("17:00", datetime(2026, 3, 9, 9, 0)),
        ]:
            with self.subTest(cut_off=cut_off):
                clock = self.clock(cut_off=cut_off)
                self.assertEqual(
                    (clock.due_on, clock.due_at), (date(2026, 3, 9), expected)
                )

    def test_lateness_is_judged_by_the_instant(self):
        for cut_off, at, late in [
            (False, "2026-03-09 15:59:59", False),
            (False, "2026-03-09 16:00:00", True),
            ("17:00", "2026-03-09 08:59:59", False),
            ("17:00", "2026-03-09 09:00:00", True),
        ]:
            with self.subTest(cut_off=cut_off, at=at), freeze_time(at):
                clock = self.clock(cut_off=cut_off)
                standing = "overdue" if late else "due_today"
                self.assertEqual(clock.standing, standing)
                self.Clock._stop(self.record, "limit")
                self.assertEqual(clock.late, late)
                self.assertEqual(clock.standing, "missed" if late else "met")
                clock.void = True

    def test_an_act_known_by_its_date_only(self):
        """What is dated on paper is in time on the last day, whatever the hour."""
        for on, late in [("2026-03-09", False), ("2026-03-10", True)]:
            with self.subTest(on=on), freeze_time("2026-03-20 02:00:00"):
                clock = self.clock(cut_off="17:00")
                self.Clock._stop(self.record, "limit", on=date.fromisoformat(on))
                self.assertEqual(clock.late, late)

    def test_standing_three_times_the_same(self):
        """Computed, searched and grouped by the standing agree with each other."""
        with freeze_time("2026-03-09 02:00:00"):
            made = {
                "running": self.clock("2026-03-05"),
                "due_today": self.clock(),
                "overdue": self.clock("2026-02-25"),
                "suspended": self.clock(due_on=False, undated_because="suspended"),
                "unknown": self.clock("2026-12-25"),
                "edition": self.clock(due_on=False, undated_because="edition"),
                "met": self.clock(done_on="2026-03-05"),
                "missed": self.clock(done_on="2026-03-10"),
                "expired": self.clock(expired_at="2026-03-10 00:00:00"),
                "void": self.clock(void=True),
            }
            self.assertEqual(list(made), [key for key, _label in STANDINGS])
            ours = [("id", "in", [clock.id for clock in made.values()])]
            groups = self.Clock._read_group(ours, ["standing"], ["id:recordset"])
            self.assertEqual({key: found for key, found in groups}, made)
            for standing, clock in made.items():
                with self.subTest(standing=standing):
                    self.assertEqual(clock.standing, standing)
                    found = self.Clock.search([*ours, ("standing", "=", standing)])
                    self.assertEqual(found, clock)
            self.assertTrue(self.Clock.fields_get(["standing"])["standing"]["groupable"])

    def test_mine(self):
        office, head = self.users["office"], self.users["office_head"]
        by_role = self.clock()
        named = self.clock(owner_user_id=head.id)
        other = self.clock(owner_role="committee")
        all_of_them = by_role | named | other
        for user, expected in [(office, by_role), (head, by_role | named)]:
            Clock = self.Clock.with_user(user).with_company(self.agency)
            found = Clock.search(
                [("is_mine", "=", True), ("id", "in", all_of_them.ids)]
            )
            self.assertEqual(found, expected)
            self.assertEqual(
                all_of_them.with_user(user).filtered("is_mine"), expected
            )

    def test_words_for_the_owner(self):
        labels = dict(self.Clock._fields["owner_role"]._description_selection(self.env))
        for role, words in [
            ("office", "Award Office: Officer"),
            ("panel_leader", "Panel leader"),
            ("department", "Consulted Department"),
        ]:
            self.assertEqual(labels[role], words)
        self.assertEqual(set(OWNERS) - set(labels), set())
        self.assertEqual([key for key, _label in UNITS], list(clock_rules.UNITS))


@tagged("post_install", "-at_install")
class TestClockSuspension(ClockCase):
    def test_stops_and_runs_again(self):
        """Five days from 2 March; stopped on 3, again from 9: 3, 10 to 13 count."""
        clock = self.clock(suspended_by=["supplement"])
        other = self.clock(suspended_by=["objection"])
        self.Clock._suspend(self.record, "supplement", date(2026, 3, 3))
        self.assertEqual(
            (clock.due_on, clock.due_at, clock.undated_because, clock.standing),
            (False, False, "suspended", "suspended"),
        )
        self.assertEqual(other.due_on, date(2026, 3, 9))
        self.Clock._resume(self.record, "supplement", date(2026, 3, 9))
        self.assertEqual(
            (clock.due_on, clock.undated_because, clock.suspended_days),
            (date(2026, 3, 13), False, 6),
        )
        kept = [
            (row.old_due_on, row.new_due_on, row.why)
            for row in clock.revision_ids.sorted("id")
        ]
        self.assertEqual(
            kept,
            [
                (date(2026, 3, 9), False, "suspended"),
                (False, date(2026, 3, 13), "resumed"),
            ],
        )

    def test_two_sources_do_not_mix(self):
        clock = self.clock(suspended_by=["supplement"])
        one, two = self.agency, self.agency_b
        for source, on in [(one, date(2026, 3, 3)), (two, date(2026, 3, 4))]:
            self.Clock._suspend(self.record, "supplement", on, source)
        self.Clock._suspend(self.record, "supplement", date(2026, 3, 5), one)
        self.assertEqual(len(clock.suspension_ids), 2)
        self.Clock._resume(self.record, "supplement", date(2026, 3, 6), one)
        self.assertEqual(clock.standing, "suspended")
        self.Clock._resume(self.record, "supplement", date(2026, 3, 9), two)
        self.assertEqual((clock.due_on, clock.suspended_days), (date(2026, 3, 13), 6))

    def test_a_mark_goes_when_the_date_moves(self):
        clock = self.clock(suspended_by=["supplement"])
        clock.overdue_at = "2026-03-10 00:00:00"
        self.Clock._suspend(self.record, "supplement", date(2026, 3, 3))
        self.assertFalse(clock.overdue_at)

    def test_history_only_grows(self):
        clock = self.clock(suspended_by=["supplement"])
        self.Clock._suspend(self.record, "supplement", date(2026, 3, 3))
        for statement in (
            "UPDATE award_clock_revision SET old_due_on = now() WHERE clock_id = %s",
            "DELETE FROM award_clock_revision WHERE clock_id = %s",
        ):
            with self.assertRaisesRegex(Exception, "append-only"), mute_logger(
                "odoo.sql_db"
            ), self.env.cr.savepoint():
                self.env.cr.execute(statement, [clock.id])


@tagged("post_install", "-at_install")
class TestClockCalendar(ClockCase):
    """A calendar arrives or is corrected; the old date is kept."""

    def setUp(self):
        super().setUp()
        self.years = self.env["award.calendar.year"]
        self.years.search([("year", ">", 2026)]).unlink()

    def test_a_calendar_arrives(self):
        with freeze_time("2026-12-28 02:00:00"):
            clock = self.clock("2026-12-25")
            done = self.clock("2026-12-25", done_on="2026-12-28")
            self.assertEqual(
                (clock.due_on, clock.undated_because, clock.unknown_year),
                (False, "calendar_unknown", 2027),
            )
            self.run_cron("cron_clock_recount")
            self.assertEqual((clock.standing, clock.revision_ids.ids), ("unknown", []))
            self._list_2027()
            self.assertFalse(clock.due_on)
            self.run_cron("cron_clock_recount")
            # 28 to 31 December, and Saturday 2 January, which is worked
            self.assertEqual(
                (clock.due_on, clock.due_at, clock.standing, clock.unknown_year),
                (date(2027, 1, 2), datetime(2027, 1, 2, 16, 0), "running", 0),
            )
            self.assertFalse(done.due_on)
            row = clock.revision_ids
            self.assertEqual(
                (row.old_due_on, row.new_due_on, row.why),
                (False, date(2027, 1, 2), "calendar"),
            )
            self.assertIn("notice 2027", row.note)
            self.run_cron("cron_clock_recount")
            self.assertEqual(clock.revision_ids, row)

    def _list_2027(self):
        return self.years.create(
            {
                "year": 2027,
                "source": "notice 2027",
                "override_ids": [
                    (0, 0, {"date": "2027-01-01", "kind": "off", "source": "n"}),
                    (0, 0, {"date": "2027-01-02", "kind": "work", "source": "n"}),
                ],
            }
        )

    def test_a_correction_keeps_the_old_date(self):
        with freeze_time("2026-03-04 02:00:00"):
            clock = self.clock()
            plain = self.clock(unit="calendar_day", length=7)
            year = self.years.search([("year", "=", 2026)])
            year.override_ids = [
                (0, 0, {"date": "2026-03-05", "kind": "off", "source": "notice"})
            ]
            self.run_cron("cron_clock_recount")
            self.assertEqual(clock.due_on, date(2026, 3, 10))
            row = clock.revision_ids
            self.assertEqual(
                (row.old_due_on, row.new_due_on), (date(2026, 3, 9), date(2026, 3, 10))
            )
            self.assertEqual((plain.due_on, plain.revision_ids.ids), (
                date(2026, 3, 9), []
            ))

    def test_the_agency_s_own_day(self):
        """Only the clocks of that agency move."""
        year = self.years.search([("year", "=", 2026)])
        here = self.clock()
        there = self.clock(company_id=self.agency_b.id)
        self.env["award.agency.day"].create(
            {
                "year_id": year.id,
                "date": "2026-03-05",
                "kind": "off",
                "source": "内部通知",
                "company_id": self.agency.id,
            }
        )
        with freeze_time("2026-03-03 02:00:00"):
            self.run_cron("cron_clock_recount")
        self.assertEqual(
            (here.due_on, there.due_on), (date(2026, 3, 10), date(2026, 3, 9))
        )

    def test_the_scheduled_action_is_asked_for(self):
        cron = self.env.ref("quality_award.cron_clock_recount")
        year = self.years.search([("year", "=", 2026)])
        day = {"date": "2026-03-05", "kind": "off", "source": "notice"}
        for act in (
            lambda: year.write({"source": "other"}),
            lambda: year.write({"override_ids": [(0, 0, day)]}),
            lambda: year.override_ids[:1].write({"kind": "work"}),
            lambda: year.override_ids[:1].unlink(),
            lambda: year.write({"agency_day_ids": [(0, 0, day)]}),
            lambda: year.agency_day_ids[:1].write({"kind": "work"}),
            lambda: year.agency_day_ids[:1].unlink(),
            lambda: self.years.create({"year": 2030, "source": "x"}),
            lambda: self.years.search([("year", "=", 2030)]).unlink(),
        ):
            asked = [("cron_id", "=", cron.id)]
            before = self.env["ir.cron.trigger"].search_count(asked)
            act()
            self.assertGreater(self.env["ir.cron.trigger"].search_count(asked), before)

    def test_as_many_statements_for_one_as_for_many(self):
        counts = []
        for number in (1, 40):
            for _n in range(number):
                self.clock(calendar_stamp="old", due_on="2026-03-20")
            with freeze_time("2026-03-03 02:00:00"), self.enter_registry_test_mode():
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.Clock.search([("calendar_stamp", "=", "old")])._recount("calendar")
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
            left = self.Clock.search_count([("calendar_stamp", "=", "old")])
            self.assertEqual(left, 0)
        self.assertEqual(counts[0], counts[1])
