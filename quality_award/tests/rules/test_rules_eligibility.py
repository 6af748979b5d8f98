"""Years in business, locks after a win, look-back windows."""

from datetime import date, datetime, timedelta

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import eligibility
from odoo.addons.quality_award.rules.clock import ClockError


def day(text):
    return date.fromisoformat(text)


class TestRulesEligibility(BaseCase):
    def test_years_since(self):
        for start, base, expected in [
            ("2009-07-10", "2014-07-09", 4),
            ("2009-07-10", "2014-07-10", 5),
            ("2009-07-10", "2014-07-11", 5),
            ("2009-12-31", "2014-01-01", 4),
            ("2014-07-10", "2014-07-10", 0),
            ("2014-07-10", "2014-07-09", 0),
            ("2016-07-10", "2014-07-10", 0),
            ("2012-02-29", "2013-02-27", 0),
            ("2012-02-29", "2013-02-28", 1),
            ("2012-02-29", "2016-02-28", 3),
            ("2012-02-29", "2016-02-29", 4),
        ]:
            with self.subTest(start=start, base=base):
                self.assertEqual(
                    eligibility.years_since(day(start), day(base)), expected
                )

    def test_years_since_by_counting_birthdays(self):
        start = day("2012-02-29")
        base, count = start, 0
        for _step in range(3000):
            base += timedelta(1)
            leap = (base + timedelta(1)).month == 2
            count += (base.month, base.day) == (2, 29) or (
                (base.month, base.day) == (2, 28) and not leap
            )
            self.assertEqual(eligibility.years_since(start, base), count, base)

    def test_has_years(self):
        for start, base, years, expected in [
            ("2009-07-10", "2014-07-09", 5, False),
            ("2009-07-10", "2014-07-10", 5, True),
            ("2014-07-10", "2014-07-10", 0, True),
            # Registered after the day that counts.
            ("2014-07-11", "2014-07-10", 0, False),
        ]:
            with self.subTest(start=start, base=base):
                self.assertEqual(
                    eligibility.has_years(day(start), day(base), years), expected
                )
        with self.assertRaises(ClockError):
            eligibility.has_years(datetime(2009, 7, 10), day("2014-07-10"), 5)

    def test_lock_by_terms(self):
        for current, won, terms, skip, wait in [
            (1, [], 2, None, None),
            (2, [1], 2, 4, 3),
            (3, [1], 2, 4, None),
            (4, [1], 2, None, None),
            (6, [1, 5], 2, 8, 7),
            (6, [5, 1], 2, 8, 7),
            (2, [1], 0, None, None),
            # A later win does not reach back, this term's own does not count.
            (3, [3, 7], 2, None, None),
            (2015, [2014], 3, 2018, 2017),
        ]:
            with self.subTest(current=current, won=won, terms=terms):
                lock = eligibility.lock_by_terms
                self.assertEqual(lock(current, won, terms), skip)
                self.assertEqual(lock(current, won, terms, "skip"), skip)
                self.assertEqual(lock(current, won, terms, "wait"), wait)
        with self.assertRaises(ValueError):
            eligibility.lock_by_terms(2, [1], 2, "two")
        with self.assertRaises(ValueError):
            eligibility.lock_by_terms(2, [1], -1)

    def test_lock_by_years(self):
        for won, base, years, expected in [
            ([], "2014-07-10", 3, None),
            (["2014-12-01"], "2017-11-30", 3, "2017-12-02"),
            (["2014-12-01"], "2017-12-01", 3, "2017-12-02"),
            (["2014-12-01"], "2017-12-02", 3, None),
            (["2014-12-01", "2010-12-01"], "2015-01-01", 3, "2017-12-02"),
            (["2016-02-29"], "2019-02-28", 3, "2019-03-01"),
            (["2018-12-01"], "2017-12-01", 3, None),
            (["2014-12-01"], "2014-12-01", 0, None),
        ]:
            with self.subTest(won=won, base=base):
                self.assertEqual(
                    eligibility.lock_by_years(map(day, won), day(base), years),
                    expected and day(expected),
                )
        with self.assertRaises(ValueError):
            eligibility.lock_by_years([], day("2014-07-10"), -1)

    def test_window(self):
        for base, years, basis, first_day, first, last in [
            ("2014-07-10", 3, "date", "include", "2011-07-10", "2014-07-10"),
            ("2014-07-10", 3, "date", "exclude", "2011-07-11", "2014-07-10"),
            ("2016-02-29", 3, "date", "include", "2013-02-28", "2016-02-29"),
            ("2014-07-10", 3, "full_years", "include", "2011-01-01", "2013-12-31"),
            ("2014-12-31", 1, "full_years", "include", "2013-01-01", "2013-12-31"),
        ]:
            with self.subTest(base=base, basis=basis, first_day=first_day):
                args = (day(base), years, basis, first_day)
                window = eligibility.lookback_window(*args)
                self.assertEqual(window, (day(first), day(last)))
                # Both ends are inside, their neighbours are not.
                for shift, edge, expected in [
                    (-1, first, False),
                    (0, first, True),
                    (0, last, True),
                    (1, last, False),
                ]:
                    event = day(edge) + timedelta(shift)
                    found = eligibility.within_lookback(event, *args)
                    self.assertEqual(found, expected, event)

    def test_window_refuses(self):
        base = day("2014-07-10")
        for args in [(base, 0), (base, 3, "month"), (base, 3, "date", "perhaps")]:
            with self.subTest(args=args), self.assertRaises(ValueError):
                eligibility.lookback_window(*args)
        with self.assertRaises(ClockError):
            eligibility.within_lookback(datetime(2014, 1, 1), base, 3)

    def test_bans(self):
        """(length, day and edition applied in, when free again)."""
        begun = {"begins": day("2024-05-01")}
        for length, on, term, expected in [
            ({"years": 3}, "2024-04-30", 5, None),
            ({"years": 3}, "2024-05-01", 5, day("2027-05-02")),
            ({"years": 3}, "2027-05-01", 6, day("2027-05-02")),
            ({"years": 3}, "2027-05-02", 6, None),
            ({"terms": 2, "from_term": 4}, "2025-01-01", 4, None),
            ({"terms": 2, "from_term": 4}, "2025-01-01", 5, 7),
            ({"terms": 2, "from_term": 4}, "2029-01-01", 6, 7),
            ({"terms": 2, "from_term": 4}, "2031-01-01", 7, None),
            ({"for_ever": True}, "2099-01-01", 50, eligibility.NEVER),
            ({"for_ever": True, "lifted": day("2030-01-01")}, "2030-01-02", 8, None),
            (
                {"years": 3, "lifted": day("2026-01-01")},
                "2026-01-01",
                5,
                day("2027-05-02"),
            ),
        ]:
            with self.subTest(length=length, on=on, term=term):
                found = eligibility.banned(day(on), term, **begun, **length)
                self.assertEqual(found, expected)
