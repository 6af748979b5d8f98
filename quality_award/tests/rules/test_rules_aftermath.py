"""Reports by date, windows, bans, retention."""

from datetime import date

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import aftermath
from odoo.addons.quality_award.rules.aftermath import Ban


def day(text):
    return date.fromisoformat(text)


class TestRulesAftermath(BaseCase):
    def test_report_dates(self):
        for awarded, first, years, upto, expected in [
            ("2026-03-21", None, 1, None, ["2026-12-31"]),
            ("2026-03-21", "same_year", 2, None, ["2026-12-31", "2027-12-31"]),
            ("2026-03-21", "next_year", 1, None, ["2027-12-31"]),
            ("2026-12-31", None, 1, None, ["2026-12-31"]),
            ("2026-03-21", None, None, None, ["2026-12-31"]),
            ("2026-03-21", None, None, "2026-12-30", ["2026-12-31"]),
            ("2026-03-21", None, None, "2026-12-31", ["2026-12-31", "2027-12-31"]),
        ]:
            with self.subTest(awarded=awarded, first=first, upto=upto):
                found = aftermath.report_dates(
                    day(awarded), "12-31", first, years, upto and day(upto)
                )
                self.assertEqual(found, list(map(day, expected)))
        self.assertEqual(
            aftermath.report_dates(day("2026-12-20"), "03-01", "same_year", 1),
            [day("2027-03-01")],
        )
        self.assertEqual(
            aftermath.report_dates(day("2027-01-20"), "02-29", None, 2),
            [day("2027-02-28"), day("2028-02-29")],
        )

    def test_window(self):
        for happened, years, inside in [
            ("2026-03-20", 2, False),
            ("2026-03-21", 2, True),
            ("2028-03-21", 2, True),
            ("2028-03-22", 2, False),
            ("2040-01-01", 0, True),
            ("2040-01-01", None, True),
        ]:
            with self.subTest(happened=happened, years=years):
                self.assertEqual(
                    aftermath.in_window(day("2026-03-21"), day(happened), years),
                    inside,
                )

    def test_ban(self):
        decided = day("2026-06-01")
        for ban, today, term, until in [
            (Ban(decided, 3), "2026-06-01", 3, None),
            (Ban(decided, 3, years=3), "2029-06-01", 6, day("2029-06-01")),
            (Ban(decided, 3, years=3), "2029-06-02", 6, None),
            (Ban(decided, 3, terms=1), "2040-01-01", 4, 4),
            (Ban(decided, 3, terms=1), "2026-06-02", 5, None),
            (Ban(decided, 3, for_ever=True), "2090-01-01", 40, "for_ever"),
        ]:
            with self.subTest(ban=ban, today=today, term=term):
                self.assertEqual(aftermath.banned_until(ban, day(today), term), until)

    def test_retention(self):
        closed = day("2026-12-31")
        self.assertEqual(aftermath.keep_until(closed, 10), day("2036-12-31"))
        self.assertIsNone(aftermath.keep_until(closed, 0))
        for days, expected in [
            ([day("2030-01-01"), day("2036-12-31")], day("2036-12-31")),
            ([day("2030-01-01"), None], None),
            ([], None),
        ]:
            with self.subTest(days=days):
                self.assertEqual(aftermath.longest(days), expected)
