"""Clock arithmetic: exact dates, refusals, and agreement with brute force."""

import os
import random
from datetime import date, datetime, time, timedelta, timezone
from time import tzset
from unittest.mock import patch

from odoo.addons.quality_award.rules import clock
from odoo.addons.quality_award.rules.clock import Calendar, CalendarUnknown, Length

from .common import RulesClockCase, calendar_days, day, days_between, working


class TestRulesDue(RulesClockCase):
    def due(self, start, length, **kwargs):
        return clock.due(day(start), length, calendar=self.calendar, **kwargs)

    def test_working_days(self):
        for start, n, expected in [
            ("2026-02-10", 5, "2026-02-24"),
            ("2026-04-29", 5, "2026-05-09"),
            ("2025-01-22", 10, "2025-02-11"),
            ("2014-09-26", 5, "2014-10-09"),
            ("2014-09-30", 3, "2014-10-10"),
            ("2014-10-08", 3, "2014-10-11"),
            ("2026-12-25", 4, "2026-12-31"),
        ]:
            with self.subTest(start=start, n=n):
                self.assertEqual(self.due(start, working(n)), day(expected))

    def test_working_days_counting_the_first(self):
        for start, n, expected in [
            ("2026-04-29", 1, "2026-04-29"),
            ("2026-04-29", 5, "2026-05-08"),
            ("2026-05-02", 1, "2026-05-06"),  # a rest day is never counted
        ]:
            with self.subTest(start=start, n=n):
                self.assertEqual(
                    self.due(start, working(n), first_day="include"), day(expected)
                )

    def test_the_calendar_of_the_next_year_is_not_guessed(self):
        calendar = Calendar({2026: "notice"})
        with self.assertRaises(CalendarUnknown) as caught:
            clock.due(day("2026-12-25"), working(5), calendar=calendar)
        self.assertEqual(caught.exception.year, 2027)
        with self.assertRaises(CalendarUnknown):  # Saturday 2 January 2027
            clock.due(
                day("2026-12-26"),
                calendar_days(7),
                calendar=calendar,
                roll="next_working_day",
            )

    def test_calendar_days(self):
        for start, n, plain, rolled, inclusive in [
            ("2026-03-02", 7, "2026-03-09", "2026-03-09", "2026-03-08"),
            ("2026-09-24", 10, "2026-10-04", "2026-10-08", "2026-10-03"),
            # The end of Friday's seven days is a Saturday that works: no rolling.
            ("2026-02-07", 7, "2026-02-14", "2026-02-14", "2026-02-13"),
        ]:
            with self.subTest(start=start, n=n):
                length = calendar_days(n)
                self.assertEqual(self.due(start, length), day(plain))
                self.assertEqual(
                    self.due(start, length, roll="next_working_day"), day(rolled)
                )
                self.assertEqual(
                    self.due(start, length, first_day="include"), day(inclusive)
                )

    def test_months_and_years(self):
        for start, unit, n, excluded, included in [
            ("2026-01-15", "month", 1, "2026-02-15", "2026-02-14"),
            ("2026-01-31", "month", 1, "2026-02-28", "2026-02-28"),
            ("2026-02-28", "month", 1, "2026-03-28", "2026-03-27"),
            ("2026-03-01", "month", 1, "2026-04-01", "2026-03-31"),
            ("2026-08-31", "month", 6, "2027-02-28", "2027-02-28"),
            ("2026-12-10", "month", 1, "2027-01-10", "2027-01-09"),
            ("2024-02-29", "year", 1, "2025-02-28", "2025-02-28"),
            ("2024-02-29", "year", 4, "2028-02-29", "2028-02-28"),
            ("2012-12-19", "year", 5, "2017-12-19", "2017-12-18"),
        ]:
            with self.subTest(start=start, unit=unit, n=n):
                length = Length(unit, n)
                # Without roll-over no calendar is needed, in any year.
                self.assertEqual(clock.due(day(start), length), day(excluded))
                self.assertEqual(
                    clock.due(day(start), length, first_day="include"), day(included)
                )

    def test_brute_force(self):
        rng = random.Random(20141118)
        last = date(2026, 11, 1)
        span = days_between(date(2005, 1, 1), last)
        for _round in range(300):
            start, n = rng.choice(span[:-60]), rng.randint(1, 25)
            first_day = rng.choice(["exclude", "include"])
            after = [
                d for d in span if d > start or (d == start and first_day == "include")
            ]
            worked = [d for d in after[:90] if self.calendar.is_working_day(d)]
            self.assertEqual(
                clock.due(
                    start, working(n), calendar=self.calendar, first_day=first_day
                ),
                worked[n - 1],
            )
            plain = clock.due(start, calendar_days(n), first_day=first_day)
            self.assertEqual(plain, after[n - 1])
            rolled = clock.due(
                start,
                calendar_days(n),
                calendar=self.calendar,
                first_day=first_day,
                roll="next_working_day",
            )
            self.assertEqual(rolled, next(d for d in worked if d >= plain))

    def test_bad_input(self):
        start = day("2026-03-02")
        self.assertCode("bad_unit", Length, "week", 1)
        for n in (0, -1, True, 1.5, "5"):
            self.assertCode("bad_length", Length, "month", n)
        self.assertCode("calendar_missing", clock.due, start, working(5))
        self.assertCode(
            "calendar_missing",
            clock.due,
            start,
            calendar_days(6),
            roll="next_working_day",
        )
        self.assertCode("not_a_date", clock.due, datetime(2026, 3, 2), working(5))
        self.assertCode("not_a_date", clock.due, "2026-03-02", working(5))
        self.assertCode("bad_first_day", clock.due, start, working(1), first_day="")
        self.assertCode("bad_roll", clock.due, start, working(1), roll="back")
        self.assertCode("out_of_range", clock.due, start, Length("year", 8000))
        self.assertCode("out_of_range", clock.due, date.max, calendar_days(1))


class TestRulesSuspension(RulesClockCase):
    def after(self, start, length, pairs, **kwargs):
        pairs = [(day(a), b and day(b)) for a, b in pairs]
        return clock.due_after_suspension(
            day(start), length, pairs, calendar=self.calendar, **kwargs
        )

    def test_suspension(self):
        for start, length, pairs, expected in [
            # 3 March counts, the clock stands from 4 to 9, 10 to 13 count.
            ("2026-03-02", working(5), [("2026-03-03", "2026-03-09")], "2026-03-13"),
            (
                "2026-03-02",
                calendar_days(7),
                [("2026-03-04", "2026-03-14")],
                "2026-03-19",
            ),
            # Stopped on the first day: as if it began when it starts again.
            ("2026-03-02", working(5), [("2026-03-02", "2026-03-20")], "2026-03-27"),
            # Two that overlap stand no longer than one.
            (
                "2026-03-02",
                calendar_days(7),
                [("2026-03-04", "2026-03-10"), ("2026-03-06", "2026-03-14")],
                "2026-03-19",
            ),
            (
                "2026-01-15",
                Length("month", 1),
                [("2026-02-01", "2026-02-11")],
                "2026-02-25",
            ),
            # Stopped and started on one day, or after the end: no effect.
            ("2026-03-02", working(5), [("2026-03-04", "2026-03-04")], "2026-03-09"),
            ("2026-03-02", working(5), [("2026-03-09", "2026-03-20")], "2026-03-09"),
            ("2026-03-02", working(5), [("2026-03-09", None)], "2026-03-09"),
        ]:
            with self.subTest(start=start, pairs=pairs):
                self.assertEqual(self.after(start, length, pairs), day(expected))

    def test_open_suspension_has_no_end(self):
        for pairs in (
            [("2026-03-04", None)],
            [("2026-03-03", "2026-03-05"), ("2026-03-06", None)],
        ):
            with self.subTest(pairs=pairs):
                self.assertIsNone(self.after("2026-03-02", working(5), pairs))

    def test_suspended_while_rolling_over(self):
        # Ends on Saturday 7 March, rolls to Monday 9; stopped on Sunday 8.
        kwargs = {"roll": "next_working_day"}
        start, length = "2026-03-02", calendar_days(5)
        self.assertEqual(self.after(start, length, [], **kwargs), day("2026-03-09"))
        self.assertEqual(
            self.after(start, length, [("2026-03-08", "2026-03-11")], **kwargs),
            day("2026-03-12"),
        )
        self.assertIsNone(self.after(start, length, [("2026-03-08", None)], **kwargs))

    def test_each_suspended_day_moves_a_calendar_clock_by_one(self):
        rng = random.Random(7)
        start = day("2026-03-02")
        for _round in range(100):
            n, offset = rng.randint(2, 40), rng.randint(0, 39)
            held = rng.randint(0, 30)
            first = start + timedelta(min(offset, n - 1))
            pair = (first, first + timedelta(held))
            self.assertEqual(
                clock.due_after_suspension(start, calendar_days(n), [pair]),
                start + timedelta(n + held),
            )

    def test_reversed(self):
        self.assertCode(
            "suspension_reversed",
            self.after,
            "2026-03-02",
            working(5),
            [("2026-03-09", "2026-03-03")],
        )


class TestRulesNotice(RulesClockCase):
    def test_days_of_a_notice(self):
        first, last = day("2022-04-18"), day("2022-04-22")  # Monday to Friday
        self.assertEqual(clock.notice_days(first, last), 4)
        self.assertEqual(clock.notice_days(first, last, "include"), 5)
        self.assertEqual(clock.notice_days(first, first, "include"), 1)
        over_holiday = day("2026-04-29"), day("2026-05-09")
        self.assertEqual(
            clock.notice_days(*over_holiday, "exclude", "working_day", self.calendar), 5
        )
        self.assertCode("notice_reversed", clock.notice_days, last, first)
        self.assertCode("bad_unit", clock.notice_days, first, last, "include", "month")

    def test_refusal(self):
        ten = calendar_days(10)
        for first, last, today, first_day, expected in [
            ("2026-12-01", "2026-12-10", "2026-12-20", "exclude", "notice_too_short"),
            ("2026-12-01", "2026-12-10", "2026-12-10", "include", "notice_running"),
            ("2026-12-01", "2026-12-10", "2026-12-11", "include", None),
            ("2026-12-01", "2026-12-11", "2026-12-11", "exclude", "notice_running"),
            ("2026-12-01", "2026-12-11", "2026-12-12", "exclude", None),
            # Longer than it must be is lawful.
            ("2026-12-01", "2026-12-12", "2026-12-13", "exclude", None),
            ("2026-12-01", "2026-12-12", "2026-12-12", "exclude", "notice_running"),
        ]:
            with self.subTest(last=last, today=today, first_day=first_day):
                self.assertEqual(
                    clock.notice_refusal(
                        day(first), day(last), day(today), ten, first_day=first_day
                    ),
                    expected,
                )

    def test_refusal_of_a_last_day_that_rests(self):
        first, today = day("2026-09-24"), day("2026-11-01")
        for last, expected in [
            ("2026-10-07", "notice_too_short"),
            ("2026-10-08", None),
        ]:
            with self.subTest(last=last):
                self.assertEqual(
                    clock.notice_refusal(
                        first,
                        day(last),
                        today,
                        calendar_days(10),
                        calendar=self.calendar,
                        roll="next_working_day",
                    ),
                    expected,
                )
        self.assertEqual(
            clock.earliest_end(first, calendar_days(10)), day("2026-10-04")
        )


class TestRulesInstant(RulesClockCase):
    def test_local_date(self):
        plus_8 = timezone(timedelta(hours=8))
        for instant, expected in [
            (datetime(2026, 3, 1, 15, 59, 59), "2026-03-01"),
            (datetime(2026, 3, 1, 16, 0), "2026-03-02"),
            (datetime(2026, 3, 1, 16, 30), "2026-03-02"),
            (datetime(2026, 3, 2, 0, 30, tzinfo=plus_8), "2026-03-02"),
            (datetime(2026, 3, 1, 16, 30, tzinfo=timezone.utc), "2026-03-02"),
        ]:
            with self.subTest(instant=instant):
                self.assertEqual(clock.local_date(instant), day(expected))
        self.assertEqual(
            clock.local_date(datetime(2026, 3, 1, 16, 30), "UTC"), day("2026-03-01")
        )
        self.assertCode("not_an_instant", clock.local_date, day("2026-03-01"))

    def test_local_date_does_not_ask_the_machine(self):
        def zone(name):
            os.environ["TZ"] = name
            tzset()

        self.addCleanup(tzset)
        with patch.dict(os.environ):
            zone("America/New_York")
            self.assertEqual(
                clock.local_date(datetime(2026, 3, 1, 16, 0)), day("2026-03-02")
            )
            self.assertEqual(
                clock.end_instant(day("2026-03-09")), datetime(2026, 3, 9, 16, 0)
            )

    def test_end_instant_is_the_first_that_is_late(self):
        last = day("2026-03-09")
        for cut_off, end in [
            (None, datetime(2026, 3, 9, 16, 0)),
            (time(17, 30), datetime(2026, 3, 9, 9, 30)),
        ]:
            with self.subTest(cut_off=cut_off):
                self.assertEqual(clock.end_instant(last, cut_off=cut_off), end)
                self.assertTrue(clock.is_late(end, last, cut_off=cut_off))
                before = end - timedelta(microseconds=1)
                self.assertFalse(clock.is_late(before, last, cut_off=cut_off))
        aware = datetime(2026, 3, 9, 16, 0, tzinfo=timezone.utc)
        self.assertTrue(clock.is_late(aware, last))
        self.assertCode("bad_cut_off", clock.end_instant, last, cut_off=time(0, 0))
        self.assertCode("not_a_date", clock.end_instant, datetime(2026, 3, 9))

    def test_remaining(self):
        for today, due, unit, expected in [
            ("2026-04-29", "2026-05-09", "working_day", 5),
            ("2026-05-09", "2026-05-09", "working_day", 0),
            ("2026-05-12", "2026-05-09", "working_day", -2),
            ("2026-05-10", "2026-05-09", "working_day", 0),  # Sunday after
            ("2026-04-29", "2026-05-09", "calendar_day", 10),
            ("2026-05-12", "2026-05-09", "month", -3),
        ]:
            with self.subTest(today=today, unit=unit):
                self.assertEqual(
                    clock.remaining(self.calendar, day(today), day(due), unit), expected
                )
        self.assertCode(
            "bad_unit", clock.remaining, None, day("2026-05-01"), day("2026-05-02"), "d"
        )

    def test_standing(self):
        for due, today, done, expected in [
            ("2026-05-09", "2026-05-08", None, "running"),
            ("2026-05-09", "2026-05-09", None, "due_today"),
            ("2026-05-09", "2026-05-10", None, "overdue"),
            ("2026-05-09", "2026-06-01", "2026-05-09", "met"),
            ("2026-05-09", "2026-06-01", "2026-05-10", "missed"),
            (None, "2026-06-01", None, "running"),
            (None, "2026-06-01", "2026-05-10", "met"),
        ]:
            with self.subTest(due=due, today=today, done=done):
                self.assertEqual(
                    clock.standing(due and day(due), day(today), done and day(done)),
                    expected,
                )
