"""Clocks: when a time limit (时限) ends, how long it has left, whether it was kept.

Pure arithmetic of dates by Articles 201 to 204 of the Civil Code (民法典). Which unit,
which first day and which roll-over apply is never decided here: Article 204 leaves it
to the rule or agreement, so that the caller hands it in as data.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from .working_calendar import (
    Calendar,
    CalendarUnknown,
    ClockError,
    as_date,
    known_years,
)

__all__ = [
    "CALENDAR_DAY",
    "EDITION",
    "MONTH",
    "UNITS",
    "WORKING_DAY",
    "YEAR",
    "Calendar",
    "CalendarUnknown",
    "ClockError",
    "Length",
    "as_date",
    "corresponding_day",
    "due",
    "due_after_suspension",
    "earliest_end",
    "end_instant",
    "is_late",
    "known_years",
    "local_date",
    "notice_days",
    "notice_refusal",
    "remaining",
    "standing",
]

WORKING_DAY = "working_day"
CALENDAR_DAY = "calendar_day"
MONTH = "month"
YEAR = "year"
#: Ends with a later edition; no calendar knows its date (see ``deadline``).
EDITION = "edition"
UNITS = (WORKING_DAY, CALENDAR_DAY, MONTH, YEAR, EDITION)
FIRST_DAYS = ("exclude", "include")
ROLLS = ("none", "next_working_day")
TIME_ZONE = "Asia/Shanghai"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Length:
    """The length of a time limit: ``n`` whole units, ``n`` at least 1.

    :raises ClockError: ``'bad_unit'``, ``'bad_length'``
    """

    unit: str
    n: int

    def __post_init__(self):
        if self.unit not in UNITS:
            raise ClockError("bad_unit", unit=self.unit)
        if isinstance(self.n, bool) or not isinstance(self.n, int) or self.n < 1:
            raise ClockError("bad_length", n=self.n)


def corresponding_day(day: date, months: int) -> date:
    """Return the corresponding day ``months`` later, else that month's last day.

    :param months: whole months, negative to look back
    :raises ClockError: ``'out_of_range'`` outside the years 1 to 9999
    Source: Civil Code 202 (对应日, 没有对应日的,月末日).
    """
    year, month0 = divmod(as_date(day).year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ClockError("out_of_range", date=day, months=months)
    last = monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def _check_choice(code, value, choices):
    if value not in choices:
        raise ClockError(code, value=value)


def _shift(day, days):
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ClockError("out_of_range", date=day, days=days) from None


def _months_end(start, months, first_day):
    """Last day of a period of months, before suspension and roll-over."""
    end = corresponding_day(start, months)
    if first_day == "include" and end.day == start.day:
        # From 1 March inclusive, a month ends on 31 March, not on 1 April; where the
        # corresponding day is missing, the month's end is the last day either way.
        end = _shift(end, -1)
    return end


def _is_working_day(calendar, day):
    if calendar is None:
        raise ClockError("calendar_missing", date=day)
    return calendar.is_working_day(day)


class _Suspensions:
    """Days on which a clock stands still: from the day after ``from`` through ``to``.

    The day of the event is not counted (Civil Code 201) on either side: the day on
    which the clock is stopped still ran, the day on which it starts again does not.
    """

    def __init__(self, pairs):
        self._pairs = []
        for first, last in pairs:
            if last is not None and as_date(last) < as_date(first):
                raise ClockError("suspension_reversed", first=first, last=last)
            self._pairs.append((as_date(first), last))

    def covers(self, day):
        return any(a < day and (b is None or day <= b) for a, b in self._pairs)

    def for_ever(self, day):
        """Whether ``day`` lies in a suspension that nobody has ended yet."""
        return any(a < day and b is None for a, b in self._pairs)


def due(start, length, *, calendar=None, first_day="exclude", roll="none"):
    """Return the last day on which an act is in time.

    :param start: date of the event that starts the clock, in local time
    :param length: a :class:`Length`
    :param calendar: a :class:`Calendar`; needed for working days and for a roll-over
    :param first_day: ``'exclude'``: the day of the event is not counted (Civil Code
        201); ``'include'``: it is, where a special rule says so (Civil Code 204)
    :param roll: ``'next_working_day'``: a last day that is a rest day gives way to
        the next working day (Civil Code 203). Working days never need it
    :raises CalendarUnknown: when a year is needed that nobody vouches for
    :raises ClockError: ``'calendar_missing'``, ``'bad_first_day'``, ``'bad_roll'``,
        ``'not_a_date'``, ``'out_of_range'``, ``'needs_edition'`` for that unit
    Source: Civil Code 201 to 204.
    """
    return due_after_suspension(
        start, length, (), calendar=calendar, first_day=first_day, roll=roll
    )


def due_after_suspension(
    start,
    length,
    suspensions: Iterable,
    *,
    calendar=None,
    first_day="exclude",
    roll="none",
):
    """Return the last day of a clock that was suspended (中止), or None.

    :param suspensions: ``[(from, to | None), …]`` dates of stopping and starting
        again; they may overlap. Of each, the days after ``from`` through ``to`` are
        not counted. ``to`` None: still standing
    :return: a date; None as long as the clock stands and its end is not known
    :raises ClockError: as :func:`due`, and ``'suspension_reversed'``

    Months and years are measured without suspension first, and the days which the
    clock stood still are then added.
    Source: Civil Code 201 to 204; that and when a clock stands is a special rule.
    """
    _check_choice("bad_first_day", first_day, FIRST_DAYS)
    _check_choice("bad_roll", roll, ROLLS)
    as_date(start)
    still = _Suspensions(suspensions)
    count, by_working_day = _days_to_count(start, length, first_day)
    day = _shift(start, -1) if first_day == "include" else start
    while count:
        day = _shift(day, 1)
        if still.for_ever(day):
            return None
        if still.covers(day):
            continue
        if not by_working_day or _is_working_day(calendar, day):
            count -= 1
    if roll == "next_working_day" and not by_working_day:
        return _roll(day, calendar, still)
    return day


def _days_to_count(start, length, first_day):
    """Return how many days the clock runs, and whether only working days count."""
    if length.unit == EDITION:
        raise ClockError("needs_edition", n=length.n)
    if length.unit in {WORKING_DAY, CALENDAR_DAY}:
        return length.n, length.unit == WORKING_DAY
    months = length.n * (12 if length.unit == YEAR else 1)
    end = _months_end(start, months, first_day)
    return (end - start).days + (first_day == "include"), False


def _roll(day, calendar, still):
    """Move a last day that is a rest day on; None if the clock is stopped before."""
    while not _is_working_day(calendar, day) or still.covers(day):
        if still.for_ever(day):
            return None
        day = _shift(day, 1)
    return day


def earliest_end(first, length, *, calendar=None, first_day="exclude", roll="none"):
    """Return the earliest lawful last day of a notice (公示) posted on ``first``.

    :param first: date on which the notice was posted
    :param length: the least length of the notice
    Other arguments, errors and source as :func:`due`; excluding the first day is the
    safe reading of "at least n days".
    """
    return due(first, length, calendar=calendar, first_day=first_day, roll=roll)


def notice_days(first, last, first_day="exclude", unit=CALENDAR_DAY, calendar=None):
    """Return how many days a notice shown from ``first`` through ``last`` counts.

    :param unit: ``'calendar_day'``, or ``'working_day'``, which needs a calendar
    :raises ClockError: ``'notice_reversed'`` when it ends before it begins,
        ``'bad_unit'``, ``'bad_first_day'``, ``'calendar_missing'``
    Source: Civil Code 201.
    """
    _check_choice("bad_first_day", first_day, FIRST_DAYS)
    _check_choice("bad_unit", unit, (CALENDAR_DAY, WORKING_DAY))
    if as_date(last) < as_date(first):
        raise ClockError("notice_reversed", first=first, last=last)
    start = first if first_day == "exclude" else first - _ONE_DAY
    if unit == CALENDAR_DAY:
        return (last - start).days
    return _working_days_between(calendar, start, last)


def notice_refusal(
    first, last, today, length, *, calendar=None, first_day="exclude", roll="none"
):
    """Tell why a notice does not yet allow the next step, or return None.

    :param first: date of posting
    :param last: date of the last day it is or was shown
    :param today: local date of the question
    :param length: the least length; a longer notice is lawful
    :return: ``'notice_too_short'``: the notice has fewer days than it must have;
        ``'notice_running'``: its last day, which ends at 24:00, is not over; or None
    :raises ClockError: ``'notice_reversed'``, and as :func:`due`
    Source: Civil Code 201, 203.
    """
    if as_date(last) < as_date(first):
        raise ClockError("notice_reversed", first=first, last=last)
    if last < earliest_end(
        first, length, calendar=calendar, first_day=first_day, roll=roll
    ):
        return "notice_too_short"
    return "notice_running" if as_date(today) <= last else None


def local_date(instant, tz=TIME_ZONE):
    """Return the local date of an instant.

    :param instant: ``datetime``; naive means UTC, as Odoo stores it
    :param tz: name of a time zone
    :raises ClockError: ``'not_an_instant'`` for a date without time
    """
    if not isinstance(instant, datetime):
        raise ClockError("not_an_instant", value=repr(instant))
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=timezone.utc)
    return instant.astimezone(ZoneInfo(tz)).date()


def end_instant(due, tz=TIME_ZONE, cut_off=None):
    """Return the first instant that is too late for a clock due on ``due``.

    :param due: date of the last day
    :param tz: name of the time zone in which the day ends
    :param cut_off: local ``time`` at which business closes on the last day; None is
        24:00. Midnight at the beginning of the day is refused as a mistyped 24:00
    :return: naive ``datetime`` in UTC
    :raises ClockError: ``'bad_cut_off'``, ``'not_a_date'``, ``'out_of_range'``
    Source: Civil Code 203 paragraph 2.
    """
    as_date(due)
    if cut_off is None:
        local = datetime.combine(_shift(due, 1), time())
    elif not isinstance(cut_off, time) or cut_off == time():
        raise ClockError("bad_cut_off", cut_off=repr(cut_off))
    else:
        local = datetime.combine(due, cut_off)
    zoned = local.replace(tzinfo=ZoneInfo(tz))
    return zoned.astimezone(timezone.utc).replace(tzinfo=None)


def is_late(instant, due, tz=TIME_ZONE, cut_off=None):
    """Tell whether ``instant`` (naive: UTC) comes after the end of ``due``.

    Arguments, errors and source as :func:`end_instant`.
    """
    if not isinstance(instant, datetime):
        raise ClockError("not_an_instant", value=repr(instant))
    if instant.tzinfo is not None:
        instant = instant.astimezone(timezone.utc).replace(tzinfo=None)
    return instant >= end_instant(due, tz, cut_off)


def _working_days_between(calendar, after, through):
    """Count the working days after ``after`` through ``through``."""
    span = (_shift(after, i + 1) for i in range((through - after).days))
    return sum(_is_working_day(calendar, day) for day in span)


def remaining(calendar, today, due, unit):
    """Return how many units are left: 0 on the last day, negative when overdue.

    :param calendar: a :class:`Calendar`; None will do unless working days are asked
    :param unit: ``'working_day'``; any other unit is told in calendar days
    :raises CalendarUnknown: for working days of a year nobody vouches for
    :raises ClockError: ``'bad_unit'``, ``'not_a_date'``, ``'calendar_missing'``
    Source: Civil Code 201: today is not counted.
    """
    _check_choice("bad_unit", unit, UNITS)
    days = (as_date(due) - as_date(today)).days
    if unit != WORKING_DAY:
        return days
    if days < 0:
        return -_working_days_between(calendar, due, today)
    return _working_days_between(calendar, today, due)


def standing(due, today, done=None):
    """Tell how a clock stands.

    :param due: date of the last day; None while it is suspended without an end
    :param today: local date of the question
    :param done: local date on which the act was done, or None
    :return: ``'running'``, ``'due_today'``, ``'overdue'``; once done ``'met'`` or
        ``'missed'``. A suspended clock is running, and cannot be missed
    :raises ClockError: ``'not_a_date'``
    Source: Civil Code 203 paragraph 2: the last day belongs to the time limit.
    """
    as_date(today)
    if done is not None:
        return "met" if due is None or as_date(done) <= as_date(due) else "missed"
    if due is None or today < as_date(due):
        return "running"
    return "due_today" if today == due else "overdue"
