"""The strip of days (时限日历条) that shows how a time limit is counted.

What each day is, which days count, where the clock stands still, and whose calendar
this is: enough to check a date by finger, on paper or on a screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .clock import CALENDAR_DAY, UNITS, WORKING_DAY, ClockError, as_date

#: Days shown at most; of a longer time limit the days around today and the end.
LIMIT = 62
#: Days shown before the event and after the end, for the eye.
_MARGIN = 1
#: Days shown after the last one that matters, while no end is known.
_AHEAD = 7
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One cell of the strip.

    :param date: the day
    :param kind: ``'working'``, ``'weekend'``, ``'holiday'`` (休), ``'make_up'`` (班)
        or ``'unknown'``, see ``Calendar.kind``
    :param marks: of ``'start'``, ``'due'``, ``'today'``, ``'suspended'``,
        ``'counted'``, ``'agency'`` (the agency's own rule for the day) and ``'gap'``
        (days before this one are left out)
    """

    date: date
    kind: str
    marks: frozenset


@dataclass(frozen=True)
class Strip:
    """A strip and what is said under it.

    :param days: the cells, in order
    :param left: working days left, 0 on the last day, negative when overdue; None
        without a last day or without a calendar
    :param sources: what vouches for each year shown: ``((year, source), …)``
    :param unknown: years shown whose official calendar is not out
    """

    days: tuple[Day, ...]
    left: int | None
    sources: tuple[tuple[int, str], ...]
    unknown: tuple[int, ...]


def strip(
    start,
    due,
    calendar,
    suspensions: Iterable,
    today,
    *,
    unit=WORKING_DAY,
    first_day="exclude",
    limit=LIMIT,
) -> Strip:
    """Return the :class:`Strip` of a clock.

    :param start: date of the event
    :param due: date of the last day, None while there is none
    :param calendar: a ``Calendar``
    :param suspensions: ``[(from, to | None), …]``
    :param today: local date of the question
    :param unit: unit of the clock, which says what days are counted
    :param first_day: whether the day of the event is counted
    :param limit: days shown at most, at least 14
    :raises ClockError: ``'not_a_date'``, ``'bad_unit'``, ``'strip_too_short'``
    """
    if unit not in UNITS:
        raise ClockError("bad_unit", unit=unit)
    if limit < 14:
        raise ClockError("strip_too_short", limit=limit)
    as_date(today)
    pairs = [(as_date(a), b) for a, b in suspensions]
    shown = _days_shown(as_date(start), due, today, pairs, limit)
    cells, before = [], None
    for day in shown:
        still = any(a < day and (b is None or day <= b) for a, b in pairs)
        facts = {
            "start": day == start,
            "due": day == due,
            "today": day == today,
            "gap": before is not None and day - before > _ONE_DAY,
            "suspended": still and (due is None or day <= due),
            "agency": calendar.is_of_agency(day),
            "counted": not still
            and _counts(day, start, due, calendar, unit, first_day),
        }
        marks = frozenset(name for name, holds in facts.items() if holds)
        cells.append(Day(day, calendar.kind(day), marks))
        before = day
    left = working_days_left(calendar, today, due)
    return Strip(tuple(cells), left, *_vouched(calendar, shown))


def _vouched(calendar, shown):
    """What vouches for the years of `shown`, and those that nothing vouches for."""
    years = sorted({day.year for day in shown})
    known = [year for year in years if calendar.is_known(date(year, 1, 1))]
    sources = tuple((year, calendar.source(year)) for year in known)
    return sources, tuple(year for year in years if year not in known)


def working_days_left(calendar, today, due):
    """Return the working days after ``today`` through ``due``; None if not known.

    :return: 0 on the last day, negative when overdue; None without a last day, and
        where a year between is one nobody vouches for
    """
    if due is None:
        return None
    first, last = sorted((as_date(today), as_date(due)))
    years = range(first.year, last.year + 1)
    if not all(calendar.is_known(date(year, 1, 1)) for year in years):
        return None
    span = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    count = sum(map(calendar.is_working_day, span))
    return count if today <= due else -count


def _counts(day, start, due, calendar, unit, first_day):
    """Whether `day` is one of the days that the time limit is made of."""
    if due is None or day > due or day < start:
        return False
    if day == start and first_day == "exclude":
        return False
    if unit == WORKING_DAY:
        return calendar.is_known(day) and calendar.is_working_day(day)
    return unit == CALENDAR_DAY


def _days_shown(start, due, today, pairs, limit):
    """The days of the strip: all of them, or those around what matters."""
    ends = [a for a, _b in pairs] + [b for _a, b in pairs if b]
    last = due or max([start, *ends]) + timedelta(_AHEAD)
    if today > last:
        last = min(today, last + timedelta(_AHEAD))
    first = start - timedelta(_MARGIN)
    last += timedelta(_MARGIN)
    span = [first + timedelta(n) for n in range((last - first).days + 1)]
    if len(span) <= limit:
        return span
    around = limit // 3
    wanted = {*span[:7], *span[-around:]}
    middle = min(max(today, first), last)
    wanted |= {middle + timedelta(n) for n in range(-7, around - 7)}
    return [day for day in span if day in wanted]
