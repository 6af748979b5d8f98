"""The official calendar: shipped years, corrected days, years that nobody knows."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.quality_award.rules import clock

from .common import RegulationCase


@tagged("post_install", "-at_install")
class TestRegulationCalendar(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.years = cls.env["award.calendar.year"].with_user(cls.admin)

    def due(self, start, length):
        return clock.due(
            date.fromisoformat(start),
            clock.Length("working_day", length),
            calendar=self.years._calendar(),
        ).isoformat()

    def test_shipped_years_are_complete(self):
        years = self.years.search([])
        self.assertEqual(set(range(2008, 2027)) - set(years.mapped("year")), set())
        self.assertTrue(all(years.mapped("is_known")))
        self.assertTrue(all(years.mapped("source")))

    def test_loading_again_leaves_what_is_there(self):
        year = self.years.search([("year", "=", 2020)])
        year.source = "notice of the agency"
        before = self.years.search_count([])
        self.years._load_shipped()
        self.assertEqual(self.years.search_count([]), before)
        self.assertEqual(year.source, "notice of the agency")
        year.unlink()
        self.years._load_shipped()
        self.assertEqual(self.years.search_count([]), before)

    def test_working_days(self):
        for start, length, expected in [
            ("2026-02-10", 5, "2026-02-24"),
            ("2026-04-29", 5, "2026-05-09"),
            ("2025-01-22", 10, "2025-02-11"),
        ]:
            with self.subTest(start=start):
                self.assertEqual(self.due(start, length), expected)

    def test_an_unlisted_year_is_refused_until_its_notice_is_entered(self):
        self.years.search([("year", ">", 2026)]).unlink()
        with self.assertRaises(clock.CalendarUnknown):
            self.due("2026-12-25", 5)
        year = self.years.create({"year": 2027, "source": "notice"})
        self.assertFalse(year.is_known)
        with self.assertRaises(clock.CalendarUnknown):
            self.due("2026-12-25", 5)
        year.override_ids = [
            (0, 0, {"date": "2027-01-01", "kind": "off", "source": "notice"}),
            (0, 0, {"date": "2027-01-02", "kind": "work", "source": "notice"}),
        ]
        self.assertTrue(year.is_known)
        self.assertEqual(self.due("2026-12-25", 5), "2027-01-02")

    def test_a_corrected_day_counts_at_once(self):
        year = self.years.search([("year", "=", 2026)])
        self.assertEqual(self.due("2026-03-02", 1), "2026-03-03")
        day = (
            self.env["award.calendar.day"]
            .with_user(self.admin)
            .create(
                {
                    "year_id": year.id,
                    "date": "2026-03-03",
                    "kind": "off",
                    "source": "notice of the agency",
                }
            )
        )
        self.assertEqual(self.due("2026-03-02", 1), "2026-03-04")
        day.unlink()
        self.assertEqual(self.due("2026-03-02", 1), "2026-03-03")

    def test_a_day_belongs_to_its_year(self):
        year = self.years.search([("year", "=", 2026)])
        with self.assertRaises(ValidationError):
            year.override_ids = [
                (0, 0, {"date": "2025-03-03", "kind": "off", "source": "notice"})
            ]

    def test_the_calendar_is_built_once_per_content(self):
        self.assertIs(self.years._calendar(), self.years._calendar())
        self.years._calendar()
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.years._calendar()
