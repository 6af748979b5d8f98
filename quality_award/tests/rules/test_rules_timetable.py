"""The statutory calendar of an edition, day by day."""

from datetime import date

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import clock, timetable
from odoo.addons.quality_award.rules.timetable import Limit, Row, Stage

CALENDAR = clock.Calendar({2025: "notice", 2026: "notice"})
WORKING = clock.WORKING_DAY
WINDOW = clock.Length(clock.CALENDAR_DAY, 10)


def within(n):
    return Limit(clock.Length(WORKING, n))


def notice(n):
    return Limit(clock.Length(clock.CALENDAR_DAY, n), runs_in_full=True)


def days(start, *stages):
    return timetable.timetable(start, stages, CALENDAR, window=WINDOW)


class TestTimetable(BaseCase):
    def test_limits_move_the_latest_day_notices_both(self):
        rows = days(
            date(2026, 4, 20),
            Stage("submission"),
            Stage("recommendation", (within(5),)),
            Stage("notice", (notice(7),)),
        )
        self.assertEqual(
            rows,
            [
                Row(
                    "submission",
                    date(2026, 4, 20),
                    date(2026, 4, 30),
                    date(2026, 4, 30),
                ),
                # 1 to 5 May are off, Saturday 9 May is a make-up working day
                Row(
                    "recommendation",
                    date(2026, 4, 30),
                    date(2026, 4, 30),
                    date(2026, 5, 11),
                ),
                Row("notice", date(2026, 4, 30), date(2026, 5, 7), date(2026, 5, 18)),
            ],
        )

    def test_what_follows_an_optional_stage_may_begin_without_it(self):
        """The earliest day as if it were left out, the latest as if it were held."""
        start = date(2026, 3, 2)
        rows = days(
            start,
            Stage("submission"),
            Stage("first", (notice(7),), optional=True),
            Stage("second", (notice(5),)),
        )
        first, second = date(2026, 3, 12), date(2026, 3, 19)
        self.assertEqual(rows[1], Row("first", first, second, second))
        self.assertEqual(
            rows[2], Row("second", first, date(2026, 3, 17), date(2026, 3, 24))
        )

    def test_limits_of_a_stage_follow_each_other(self):
        rows = days(
            date(2026, 3, 2),
            Stage("submission"),
            Stage("consultation", (within(5), within(10))),
        )
        # 12 March, then 19 March, then 2 April
        self.assertEqual(rows[1].latest, date(2026, 4, 2))

    def test_no_limit_means_no_latest_day_from_there_on(self):
        rows = days(
            date(2026, 3, 2),
            Stage("submission"),
            Stage("review"),
            Stage("notice", (notice(7),)),
        )
        self.assertEqual(
            [(row.earliest, row.latest) for row in rows[1:]],
            [(date(2026, 3, 12), None), (date(2026, 3, 19), None)],
        )

    def test_stages_in_parallel_are_joined(self):
        rows = days(
            date(2026, 3, 2),
            Stage("submission"),
            Stage("notice", (notice(7),), in_parallel=True),
            Stage("visit", (within(3),)),
            Stage("composite", (within(1),)),
        )
        self.assertEqual(rows[2].opens, rows[1].opens)
        # the notice ends on 19 March in both readings, the visits by 17 March
        self.assertEqual(rows[3].opens, date(2026, 3, 19))
        self.assertEqual(rows[3].latest, date(2026, 3, 20))

    def test_a_year_without_calendar_is_told_and_not_guessed(self):
        rows = days(
            date(2026, 12, 15),
            Stage("submission"),
            Stage("recommendation", (within(5),)),
            Stage("check", (within(2),)),
            Stage("review"),
            Stage("composite", (within(5),)),
        )
        self.assertEqual(
            [(row.earliest, row.latest, row.unknown_year) for row in rows],
            [
                (date(2026, 12, 25), date(2026, 12, 25), None),
                (date(2026, 12, 25), None, 2027),
                (date(2026, 12, 25), None, 2027),
                # no limit is no question of the calendar, nor is what follows
                (date(2026, 12, 25), None, None),
                (date(2026, 12, 25), None, None),
            ],
        )

    def test_days(self):
        found = timetable.days(date(2026, 4, 30), date(2026, 5, 10), CALENDAR)
        self.assertEqual(
            [day.kind for day in found],
            [
                "working",
                "holiday",
                "holiday",  # the weekend between days off is part of the holiday
                "holiday",
                "holiday",
                "holiday",
                "working",
                "working",
                "working",
                "make_up",
                "weekend",
            ],
        )
        [unknown] = timetable.days(date(2027, 1, 4), date(2027, 1, 4), CALENDAR)
        self.assertEqual(unknown.kind, "unknown")
