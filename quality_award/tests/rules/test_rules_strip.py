"""The strip of days: what each cell is, what counts, what is said under it."""

from odoo.addons.quality_award.rules import clock_strip
from odoo.addons.quality_award.rules.clock import Calendar

from .common import RulesClockCase, day


class TestRulesStrip(RulesClockCase):
    def strip(self, start, due, today, pairs=(), **kwargs):
        return clock_strip.strip(
            day(start),
            due and day(due),
            kwargs.pop("calendar", self.calendar),
            [(day(a), b and day(b)) for a, b in pairs],
            day(today),
            **kwargs,
        )

    def cells(self, strip):
        return {str(cell.date)[5:]: (cell.kind, set(cell.marks)) for cell in strip.days}

    def test_over_a_holiday(self):
        """Five working days from 29 April: 30, 6, 7, 8 and Saturday 9 May."""
        strip = self.strip("2026-04-29", "2026-05-09", "2026-05-06")
        cells = self.cells(strip)
        self.assertEqual(list(cells)[0], "04-28")
        self.assertEqual(list(cells)[-1], "05-10")
        counted = [name for name, (_kind, marks) in cells.items() if "counted" in marks]
        self.assertEqual(counted, ["04-30", "05-06", "05-07", "05-08", "05-09"])
        self.assertEqual(cells["04-29"], ("working", {"start"}))
        self.assertEqual(cells["05-02"], ("holiday", set()))
        self.assertEqual(cells["05-06"], ("working", {"today", "counted"}))
        self.assertEqual(cells["05-09"], ("make_up", {"due", "counted"}))
        self.assertEqual(strip.left, 3)
        self.assertEqual(strip.sources, ((2026, "notice"),))
        self.assertEqual(strip.unknown, ())

    def test_suspended_days_are_marked_and_do_not_count(self):
        pairs = [("2026-03-03", "2026-03-09")]
        cells = self.cells(self.strip("2026-03-02", "2026-03-13", "2026-03-06", pairs))
        still = [name for name, (_k, marks) in cells.items() if "suspended" in marks]
        self.assertEqual(
            still, ["03-04", "03-05", "03-06", "03-07", "03-08", "03-09"]
        )
        counted = [name for name, (_k, marks) in cells.items() if "counted" in marks]
        self.assertEqual(counted, ["03-03", "03-10", "03-11", "03-12", "03-13"])

    def test_without_a_last_day(self):
        calendar = Calendar({2026: "notice"})
        strip = self.strip("2026-12-25", None, "2026-12-28", calendar=calendar)
        cells = self.cells(strip)
        self.assertEqual(cells["01-01"], ("unknown", set()))
        self.assertEqual([mark for _k, m in cells.values() for mark in m],
                         ["start", "today"])
        self.assertEqual((strip.left, strip.unknown), (None, (2027,)))

    def test_calendar_days_and_the_first_day(self):
        kwargs = {"unit": "calendar_day", "first_day": "include"}
        strip = self.strip("2026-03-02", "2026-03-08", "2026-03-20", **kwargs)
        cells = self.cells(strip)
        counted = [name for name, (_k, marks) in cells.items() if "counted" in marks]
        self.assertEqual(len(counted), 7)
        self.assertEqual(counted[0], "03-02")
        self.assertEqual(strip.left, -10)

    def test_agency_days(self):
        calendar = Calendar({2026: "notice"}, agency={day("2026-03-04"): "off"})
        strip = self.strip("2026-03-02", "2026-03-10", "2026-03-03", calendar=calendar)
        cells = self.cells(strip)
        self.assertEqual(cells["03-04"], ("holiday", {"agency"}))

    def test_a_long_time_limit_is_cut(self):
        strip = self.strip("2022-03-02", "2026-03-02", "2024-03-01", unit="year")
        self.assertLessEqual(len(strip.days), clock_strip.LIMIT)
        days = [str(cell.date) for cell in strip.days]
        for shown in ("2022-03-02", "2024-03-01", "2026-03-02"):
            self.assertIn(shown, days)
        gaps = [cell for cell in strip.days if "gap" in cell.marks]
        self.assertEqual(len(gaps), 2)

    def test_bad_input(self):
        for code, args, kwargs in [
            ("bad_unit", ("2026-03-02", None, "2026-03-02"), {"unit": "week"}),
            ("strip_too_short", ("2026-03-02", None, "2026-03-02"), {"limit": 3}),
        ]:
            self.assertCode(code, self.strip, *args, **kwargs)
        self.assertCode(
            "not_a_date", clock_strip.strip, "x", None, self.calendar, [], day(
                "2026-03-02"
            )
        )
