"""Keeping a clock: what its date is or why it has none, and who is told when.

`clock` computes; here stands what an office does with the result over the weeks: a
clock whose calendar is not out, that stands still, or that waits for an edition; the
days on which its owner is reminded, and those after its end on which the next rung
of the ladder (提醒 → 催办 → 督办) is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from .clock import (
    EDITION,
    CalendarUnknown,
    ClockError,
    Length,
    as_date,
    due_after_suspension,
)

#: Why an open clock has no last day.
UNDATED = ("calendar_unknown", "suspended", "edition")
#: Working days before the last day on which the owner is reminded, by default.
REMIND_DAYS = (3, 1)
#: Whom an overdue clock is told to, in this order.
RUNGS = ("owner", "section_head", "office_head", "leading_body")
#: What a scheme may let happen by itself when a time limit is over.
CONSEQUENCES = ("none", "lapse", "deemed_no_comment", "close_notice", "expire")
_ONE_DAY = timedelta(days=1)
#: No walk over a calendar goes further than this many days.
_FAR = 3660


@dataclass(frozen=True)
class Deadline:
    """The last day of a clock, or why there is none.

    :param on: date, or None
    :param because: one of ``UNDATED`` when there is no date
    :param year: the year whose official calendar is not out
    """

    on: date | None
    because: str | None = None
    year: int | None = None


def deadline(
    start,
    length: Length,
    suspensions: Iterable = (),
    *,
    calendar=None,
    first_day="exclude",
    roll="none",
    edition_on=None,
) -> Deadline:
    """Return the :class:`Deadline` of a clock; never a guess.

    :param start: date of the event
    :param suspensions: ``[(from, to | None), …]`` as for ``due_after_suspension``
    :param edition_on: for the unit ``'edition'``: the day on which the edition that
        ends the time limit was announced, None while it is not known
    :raises ClockError: as ``due_after_suspension``, but for an unknown calendar
    Source: Civil Code 201 to 204; the official notice of a year comes out in the
    November before.
    """
    if length.unit == EDITION:
        if edition_on is None:
            return Deadline(None, "edition")
        return Deadline(max(as_date(start), as_date(edition_on)))
    try:
        day = due_after_suspension(
            start,
            length,
            suspensions,
            calendar=calendar,
            first_day=first_day,
            roll=roll,
        )
    except CalendarUnknown as unknown:
        return Deadline(None, "calendar_unknown", unknown.year)
    return Deadline(day) if day else Deadline(None, "suspended")


def cut_off_time(text):
    """Return the local ``time`` at which the last day closes, or None for 24:00.

    :param text: ``'HH:MM'``; empty or ``'24:00'`` for the end of the day
    :raises ClockError: ``'bad_cut_off'``, for 00:00 too, a mistyped 24:00
    Source: Civil Code 203 paragraph 2.
    """
    if not text or text == "24:00":
        return None
    try:
        hours, minutes = text.split(":")
        if len(hours) != 2 or len(minutes) != 2:
            raise ValueError(text)
        found = time(int(hours), int(minutes))
    except (AttributeError, ValueError):
        raise ClockError("bad_cut_off", cut_off=repr(text)) from None
    if found == time():
        raise ClockError("bad_cut_off", cut_off=repr(text))
    return found


def suspended_days(pairs: Iterable) -> int:
    """Return on how many days a clock has stood still, each day counted once.

    :param pairs: ``[(from, to | None), …]``; those that still stand count nothing
    """
    days = set()
    for first, last in pairs:
        if last is not None:
            days.update(
                first + timedelta(n) for n in range(1, (last - first).days + 1)
            )
    return len(days)


def last_day_to_remind(calendar, today, n):
    """Return the latest last day of which at most ``n`` working days are left.

    :param n: working days, today not counted; 0 reminds on the last day itself
    :return: date. A day of a year nobody vouches for is taken as worked: a reminder
        then comes rather too late than for nothing
    :raises ClockError: ``'bad_length'``, ``'not_a_date'``
    """
    day, left = as_date(today), _whole(n)
    for _step in range(_FAR):
        following = day + _ONE_DAY
        left -= not calendar.is_known(following) or calendar.is_working_day(following)
        if left < 0:
            return day
        day = following
    return day


def last_day_to_escalate(calendar, today, n):
    """Return the latest last day after which ``n`` working days have passed.

    :param n: working days after the last day, today counted; at least 1
    :return: date. A day of a year nobody vouches for is taken as free: nobody is
        told of a delay earlier than the rung says
    :raises ClockError: ``'bad_length'``, ``'not_a_date'``
    """
    day, left = as_date(today), _whole(n)
    for _step in range(_FAR):
        if left <= 0:
            return day
        left -= calendar.is_known(day) and calendar.is_working_day(day)
        day -= _ONE_DAY
    return day


def _whole(n):
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise ClockError("bad_length", n=n)
    return n


def ladder(days: Mapping) -> list[tuple[str, str | None, int]]:
    """Return the rungs in use: ``[(rung, the one before or None, working days), …]``.

    :param days: ``{rung: working days after the last day}``, 0: rung left out
    :raises ClockError: ``'ladder_order'`` (rung) when a later rung would be told
        before an earlier one, ``'bad_length'``, ``'bad_rung'``
    """
    unknown = set(days) - set(RUNGS)
    if unknown:
        raise ClockError("bad_rung", rung=min(unknown))
    used, before, least = [], None, 0
    for rung in RUNGS:
        n = _whole(days.get(rung, 0))
        if not n:
            continue
        if n < least:
            raise ClockError("ladder_order", rung=rung)
        used.append((rung, before, n))
        before, least = rung, n
    return used
