"""Working days: published years, make-up days, refusal of unknown years."""

from datetime import date, datetime

from odoo.addons.quality_award.rules import clock
from odoo.addons.quality_award.rules.clock import Calendar

from .common import RulesClockCase, day, days_between

# The State Council's notices for 2025 and 2026, kept apart from the library.
NOTICES = {
    2025: (
        "01-01/01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27"
        " 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}


class TestRulesCalendar(RulesClockCase):
    def test_known_years_are_the_published_ones(self):
        known = clock.known_years()
        self.assertEqual(min(known), 2001)
        self.assertEqual(set(range(2001, 2027)) - known, set())
        # No gap: a later release of the library may add years at the end only.
        self.assertEqual(known, frozenset(range(2001, max(known) + 1)))
        # What the library has only estimates for is not known.
        self.assertNotIn(max(known) + 1, known)

    def test_every_day_of_the_notices(self):
        for year, (off_ranges, make_up) in NOTICES.items():
            off = set()
            for pair in off_ranges.split():
                first, last = (day(f"{year}-{end}") for end in pair.split("/"))
                off.update(days_between(first, last))
            work = {day(f"{year}-{text}") for text in make_up.split()}
            year_days = days_between(date(year, 1, 1), date(year, 12, 31))
            expected = [
                d for d in year_days if d in work or (d.weekday() < 5 and d not in off)
            ]
            found = [d for d in year_days if self.calendar.is_working_day(d)]
            self.assertEqual(found, expected, year)
            self.assertEqual(len(found), 248, year)

    def test_history(self):
        for text, expected in [
            ("2014-01-26", True),
            ("2014-02-08", True),
            ("2014-05-04", True),
            ("2014-09-28", True),
            ("2014-10-11", True),
            ("2014-10-06", False),
            ("2014-10-07", False),
            ("2014-10-08", True),
            ("2014-10-12", False),
            # Made a working day by the notice of the year after.
            ("2011-12-31", True),
            ("2012-01-03", False),
        ]:
            with self.subTest(day=text):
                self.assertEqual(self.calendar.is_working_day(day(text)), expected)

    def test_a_year_nobody_vouches_for_is_refused(self):
        only_2026 = Calendar({2026: "notice"})
        for text in ("2025-12-31", "2027-01-01", "2027-01-02"):
            with self.subTest(day=text):
                error = self.assertCode(
                    "calendar_unknown", only_2026.is_working_day, day(text)
                )
                self.assertEqual(error.year, int(text[:4]))
        self.assertEqual(only_2026.source(2026), "notice")

    def test_a_vouched_year_without_announcement_stays_unknown(self):
        year = max(clock.known_years()) + 1
        bare = Calendar({year: "typed by mistake"})
        self.assertCode("calendar_unknown", bare.is_working_day, date(year, 3, 1))

    def test_a_new_year_entered_by_the_agency(self):
        overrides = {day("2031-02-08"): "work", day("2031-02-03"): "off"}
        calendar = Calendar({2031: "entered"}, overrides)
        for text, expected in [
            ("2031-02-08", True),  # Saturday, entered as make-up day
            ("2031-02-09", False),  # Sunday
            ("2031-02-03", False),  # Monday, entered as day off
            ("2031-05-01", False),  # statutory, Thursday
            ("2031-03-03", True),
        ]:
            with self.subTest(day=text):
                self.assertEqual(calendar.is_working_day(day(text)), expected)

    def test_estimated_substitute_days_are_not_taken_over(self):
        # 1 May 2033 is a Sunday; the library guesses a substitute day in the week.
        calendar = Calendar({2033: "entered"}, {day("2033-05-07"): "work"})
        self.assertTrue(calendar.is_working_day(day("2033-05-03")))

    def test_overrides_are_stronger_than_the_library(self):
        calendar = Calendar(
            {2026: "notice"}, {day("2026-02-14"): "off", day("2026-02-16"): "work"}
        )
        self.assertFalse(calendar.is_working_day(day("2026-02-14")))
        self.assertTrue(calendar.is_working_day(day("2026-02-16")))

    def test_bad_input(self):
        self.assertCode("bad_override", Calendar, {}, {day("2026-02-14"): "half"})
        # 14 February 2026 works; as a datetime it would be an ordinary Saturday.
        self.assertCode(
            "not_a_date", self.calendar.is_working_day, datetime(2026, 2, 14)
        )
