"""Keeping clocks: dates or the reason there is none, reminders, the ladder."""

import random
from datetime import date, time, timedelta

from odoo.addons.quality_award.rules import clock, deadline
from odoo.addons.quality_award.rules.clock import Calendar, Length
from odoo.addons.quality_award.rules.deadline import Deadline

from .common import RulesClockCase, calendar_days, day, working


class TestRulesDeadline(RulesClockCase):
    def test_vectors(self):
        """Working days with make-up days; the last one is not guessed."""
        calendar = Calendar({2025: "a", 2026: "b"})
        for start, n, expected in [
            ("2026-02-10", 5, Deadline(date(2026, 2, 24))),
            ("2026-04-29", 5, Deadline(date(2026, 5, 9))),
            ("2025-01-22", 10, Deadline(date(2025, 2, 11))),
            ("2026-12-25", 5, Deadline(None, "calendar_unknown", 2027)),
        ]:
            with self.subTest(start=start):
                found = deadline.deadline(day(start), working(n), calendar=calendar)
                self.assertEqual(found, expected)

    def test_calendar_days_of_a_notice(self):
        for start, n, plain, rolled, inclusive in [
            ("2026-03-02", 7, "2026-03-09", "2026-03-09", "2026-03-08"),
            ("2026-09-24", 10, "2026-10-04", "2026-10-08", "2026-10-03"),
        ]:
            for kwargs, expected in [
                ({}, plain),
                ({"roll": "next_working_day"}, rolled),
                ({"first_day": "include"}, inclusive),
            ]:
                with self.subTest(start=start, kwargs=kwargs):
                    found = deadline.deadline(
                        day(start), calendar_days(n), calendar=self.calendar, **kwargs
                    )
                    self.assertEqual(found, Deadline(day(expected)))

    def test_suspended_has_no_date(self):
        stopped = [(day("2026-03-04"), None)]
        found = deadline.deadline(
            day("2026-03-02"), working(5), stopped, calendar=self.calendar
        )
        self.assertEqual(found, Deadline(None, "suspended"))

    def test_edition(self):
        """No date until the edition is announced; never before the event."""
        two = Length("edition", 2)
        start = day("2026-03-02")
        for announced, expected in [
            (None, Deadline(None, "edition")),
            (day("2028-03-01"), Deadline(day("2028-03-01"))),
            (day("2026-01-01"), Deadline(start)),
        ]:
            with self.subTest(announced=announced):
                found = deadline.deadline(start, two, edition_on=announced)
                self.assertEqual(found, expected)
        self.assertCode("needs_edition", clock.due, start, two)

    def test_cut_off(self):
        for text, expected in [
            (None, None),
            ("", None),
            ("24:00", None),
            ("17:00", time(17)),
            ("09:30", time(9, 30)),
        ]:
            with self.subTest(text=text):
                self.assertEqual(deadline.cut_off_time(text), expected)
        for text in ("00:00", "25:00", "17", "5pm", "17:0", "7:00", 17):
            self.assertCode("bad_cut_off", deadline.cut_off_time, text)

    def test_the_instant_is_judged_where_the_agency_is(self):
        """16:30 UTC on 1 March is 2 March in Shanghai, in winter and in summer."""
        at = clock.datetime(2026, 3, 1, 16, 30)
        self.assertEqual(clock.local_date(at), day("2026-03-02"))
        self.assertEqual(
            clock.local_date(clock.datetime(2026, 7, 1, 16, 30)), day("2026-07-02")
        )
        end = clock.end_instant(day("2026-03-02"))
        self.assertEqual(end, clock.datetime(2026, 3, 2, 16, 0))
        shut = clock.end_instant(day("2026-03-02"), cut_off=time(17))
        self.assertEqual(shut, clock.datetime(2026, 3, 2, 9, 0))

    def test_suspended_days(self):
        for pairs, expected in [
            ([], 0),
            ([("2026-03-04", "2026-03-09")], 5),
            ([("2026-03-04", "2026-03-04")], 0),
            # a day is not counted twice
            ([("2026-03-04", "2026-03-10"), ("2026-03-06", "2026-03-12")], 8),
            ([("2026-03-04", None)], 0),
        ]:
            with self.subTest(pairs=pairs):
                days = [(day(a), b and day(b)) for a, b in pairs]
                self.assertEqual(deadline.suspended_days(days), expected)


class TestRulesLadder(RulesClockCase):
    def test_latest_day_to_remind(self):
        for today, n, expected in [
            ("2026-03-02", 0, "2026-03-02"),
            ("2026-03-02", 1, "2026-03-03"),
            ("2026-03-05", 1, "2026-03-08"),  # Friday, and the weekend after it
            ("2026-03-05", 2, "2026-03-09"),
            ("2026-04-30", 1, "2026-05-06"),  # over the holiday
            ("2026-02-13", 1, "2026-02-23"),  # Saturday 14 works, then nine days off
        ]:
            with self.subTest(today=today, n=n):
                found = deadline.last_day_to_remind(self.calendar, day(today), n)
                self.assertEqual(found, day(expected))

    def test_latest_day_to_escalate(self):
        for today, n, expected in [
            ("2026-03-03", 1, "2026-03-02"),
            ("2026-03-08", 1, "2026-03-05"),  # Sunday: Friday was the one day
            ("2026-03-09", 1, "2026-03-08"),
            ("2026-03-09", 2, "2026-03-05"),
            ("2026-05-06", 1, "2026-05-05"),
            ("2026-03-09", 0, "2026-03-09"),
        ]:
            with self.subTest(today=today, n=n):
                found = deadline.last_day_to_escalate(self.calendar, day(today), n)
                self.assertEqual(found, day(expected))

    def test_the_latest_days_against_counting(self):
        rng = random.Random(7)
        for _round in range(300):
            today = day("2025-02-01") + timedelta(rng.randint(0, 600))
            n = rng.randint(1, 12)
            last = deadline.last_day_to_remind(self.calendar, today, n)
            left = [
                clock.remaining(self.calendar, today, last + timedelta(extra),
                                "working_day")
                for extra in (0, 1)
            ]
            self.assertEqual(left, [n, n + 1])
            last = deadline.last_day_to_escalate(self.calendar, today, n)
            gone = [
                -clock.remaining(self.calendar, today, last + timedelta(extra),
                                 "working_day")
                for extra in (0, 1)
            ]
            self.assertEqual(gone, [n, n - 1])

    def test_a_year_that_is_not_out(self):
        """Reminded late rather than never, escalated late rather than early."""
        calendar = Calendar({2026: "notice"})
        eve = day("2026-12-31")
        self.assertEqual(
            deadline.last_day_to_remind(calendar, eve, 3), day("2027-01-03")
        )
        self.assertEqual(
            deadline.last_day_to_escalate(calendar, day("2027-01-05"), 1),
            day("2026-12-30"),
        )

    def test_ladder(self):
        for days, expected in [
            (
                {"owner": 1, "section_head": 2, "office_head": 3, "leading_body": 5},
                [
                    ("owner", None, 1),
                    ("section_head", "owner", 2),
                    ("office_head", "section_head", 3),
                    ("leading_body", "office_head", 5),
                ],
            ),
            (
                {"owner": 1, "section_head": 0, "office_head": 1},
                [("owner", None, 1), ("office_head", "owner", 1)],
            ),
            ({}, []),
        ]:
            with self.subTest(days=days):
                self.assertEqual(deadline.ladder(days), expected)
        refused = self.assertCode(
            "ladder_order", deadline.ladder, {"owner": 3, "office_head": 2}
        )
        self.assertEqual(refused.details, {"rung": "office_head"})
        self.assertCode("bad_length", deadline.ladder, {"owner": -1})
        self.assertCode("bad_rung", deadline.ladder, {"supervisor": 1})


class TestRulesAgencyCalendar(RulesClockCase):
    def test_the_agency_lies_on_top(self):
        notice = {2026: "notice"}
        closed = {day("2026-03-04"): "off", day("2026-03-07"): "work"}
        calendar = Calendar(notice, agency=closed)
        self.assertEqual(
            clock.due(day("2026-03-02"), working(5), calendar=calendar),
            day("2026-03-09"),
        )
        self.assertEqual(
            [calendar.is_working_day(d) for d in closed], [False, True]
        )
        self.assertEqual([calendar.is_of_agency(d) for d in closed], [True, True])
        # stronger than a correction of the official year
        both = Calendar(notice, {day("2026-03-04"): "work"}, closed)
        self.assertFalse(both.is_working_day(day("2026-03-04")))

    def test_it_vouches_for_no_year(self):
        calendar = Calendar({2026: "a", 2027: "b"}, agency={day("2027-01-04"): "work"})
        self.assertFalse(calendar.is_known(day("2027-01-04")))
        self.assertCode("calendar_unknown", calendar.is_working_day, day("2027-01-04"))

    def test_fingerprint(self):
        plain = Calendar({2026: "a"})
        self.assertEqual(plain.fingerprint, Calendar({2026: "other"}).fingerprint)
        for other in (
            Calendar({2025: "a", 2026: "a"}),
            Calendar({2026: "a"}, {day("2026-03-04"): "off"}),
            Calendar({2026: "a"}, agency={day("2026-03-04"): "off"}),
        ):
            self.assertNotEqual(plain.fingerprint, other.fingerprint)
        # a day of a year that is not out changes no count
        self.assertEqual(
            plain.fingerprint,
            Calendar({2026: "a"}, agency={day("2028-03-04"): "off"}).fingerprint,
        )

    def test_kind_of_day(self):
        for text, expected in [
            ("2026-03-02", "working"),
            ("2026-03-07", "weekend"),
            ("2026-02-17", "holiday"),
            ("2026-02-14", "make_up"),
            ("2026-05-02", "holiday"),  # the weekend inside the days off
            ("2026-10-11", "weekend"),
            ("2027-03-01", "unknown"),
        ]:
            with self.subTest(day=text):
                calendar = Calendar({2026: "notice"})
                self.assertEqual(calendar.kind(day(text)), expected)
