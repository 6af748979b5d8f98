"""On which day paper counts that came in."""

from datetime import date, datetime

from odoo.addons.quality_award.rules import filing

from .common import RulesClockCase


class TestRulesFiling(RulesClockCase):
    def test_counts_on(self):
        """(received, closes, day without and with the calendar)."""
        for received, closes, plain, working in (
            ("2026-03-13 16:59:59", "17:00", "2026-03-13", "2026-03-13"),
            ("2026-03-13 17:00:00", "17:00", "2026-03-13", "2026-03-13"),
            ("2026-03-13 17:00:01", "17:00", "2026-03-14", "2026-03-16"),
            ("2026-03-13 23:59:59", None, "2026-03-13", "2026-03-13"),
            # taken in on a Saturday by somebody who was there
            ("2026-03-14 10:00:00", "17:00", "2026-03-14", "2026-03-14"),
            # before the Spring Festival; the Saturday after is a make-up day
            ("2026-02-13 18:00:00", "17:00", "2026-02-14", "2026-02-14"),
            ("2026-02-14 18:00:00", "17:00", "2026-02-15", "2026-02-24"),
        ):
            with self.subTest(received=received):
                instant = datetime.fromisoformat(received)
                hours = {"opens": "09:00", "closes": closes}
                self.assertEqual(
                    filing.counts_on(instant, **hours), date.fromisoformat(plain)
                )
                self.assertEqual(
                    filing.counts_on(instant, calendar=self.calendar, **hours),
                    date.fromisoformat(working),
                )

    def test_hours_that_end_before_they_begin(self):
        with self.assertRaises(ValueError):
            filing.counts_on(datetime(2026, 3, 13), opens="17:00", closes="09:00")
