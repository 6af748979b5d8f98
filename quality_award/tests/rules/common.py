"""Shared by the tests of the clock: dates as text, a calendar, refusals."""

from datetime import date, timedelta

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import clock
from odoo.addons.quality_award.rules.clock import Calendar, Length


def day(text):
    return date.fromisoformat(text)


def days_between(first, last):
    return [first + timedelta(i) for i in range((last - first).days + 1)]


def working(n):
    return Length("working_day", n)


def calendar_days(n):
    return Length("calendar_day", n)


class RulesClockCase(BaseCase):
    """A calendar of every published year, and how a refusal is asserted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = Calendar(dict.fromkeys(clock.known_years(), "notice"))

    def assertCode(self, code, function, *args, **kwargs):
        with self.assertRaises(clock.ClockError) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.code, code)
        return caught.exception
