"""The statutory calendar of an edition: from one start, the days of every stage.

A time limit within which somebody must act moves the *latest* day only: he may act at
once. A period that must run in full (a public notice, the days of a visit) moves the
earliest day too. A stage without any limit has no latest day, and neither has any
stage after it; what is certain is still told.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from . import clock

_ONE_DAY = timedelta(days=1)


class Limit(NamedTuple):
    """One time limit of a stage.

    :param length: a ``clock.Length``
    :param runs_in_full: the period must be over before the next step (公示期)
    :param first_day: as in :func:`clock.due`
    :param roll: as in :func:`clock.due`
    """

    length: clock.Length
    runs_in_full: bool = False
    first_day: str = "exclude"
    roll: str = "none"


class Stage(NamedTuple):
    """A stage with its limits, which follow one after the other.

    :param code: what the caller knows it by
    :param in_parallel: the next stage opens together with this one
    :param optional: an edition may leave it out: what comes after can begin without it
    """

    code: str
    limits: tuple[Limit, ...] = ()
    in_parallel: bool = False
    optional: bool = False


class Row(NamedTuple):
    """The days of a stage; a day that cannot be told is None.

    :param opens: earliest day on which it can begin
    :param earliest: earliest day on which it can end
    :param latest: last lawful day, None where the scheme sets no limit
    :param unknown_year: year without an official calendar that stopped the count
    """

    code: str
    opens: date | None
    earliest: date | None
    latest: date | None
    unknown_year: int | None = None


def timetable(
    start: date, stages: Iterable[Stage], calendar, *, window: clock.Length
) -> list[Row]:
    """The days of every stage of an edition announced on ``start``.

    :param stages: in the order of the scheme; the first is the one in which
        applications come in and lasts for the ``window``
    :param calendar: a ``clock.Calendar``
    :param window: how long applications are taken
    :return: a :class:`Row` a stage, in the same order
    :raises ClockError: as :func:`clock.due`, but not for an unknown year, which is
        told in the rows
    """
    rows: list[Row] = []
    begun = _Span(start, start)
    ended = begun  # the latest of the stages that ran beside each other
    for number, stage in enumerate(stages):
        limits = stage.limits if number else (Limit(window, runs_in_full=True),)
        span = begun.after(limits, calendar)
        rows.append(
            Row(stage.code, begun.early, span.early, span.late, span.unknown_year)
        )
        if stage.optional:
            span = span._replace(early=begun.early, early_year=begun.early_year)
        ended = ended.join(span) if ended is not begun else span
        if not stage.in_parallel:
            begun = ended
    return rows


class _Span(NamedTuple):
    """Earliest and latest day of one moment, and the years that kept one unknown."""

    early: date | None
    late: date | None
    early_year: int | None = None
    late_year: int | None = None

    @property
    def unknown_year(self):
        return self.early_year or self.late_year

    def after(self, limits: Sequence[Limit], calendar) -> "_Span":
        early, early_year = _run(
            self.early, [one for one in limits if one.runs_in_full], calendar
        )
        if not limits:  # nothing to count: no calendar is missed either
            return _Span(early, None, self.early_year)
        late, late_year = _run(self.late, limits, calendar)
        return _Span(
            early, late, self.early_year or early_year, self.late_year or late_year
        )

    def join(self, other: "_Span") -> "_Span":
        """The moment at which both are over."""
        early = [self.early, other.early]
        late = [self.late, other.late]
        return _Span(
            None if None in early else max(early),
            None if None in late else max(late),
            self.early_year or other.early_year,
            self.late_year or other.late_year,
        )


def _run(day, limits, calendar):
    """The day at which ``limits``, one after the other, have run from ``day``."""
    for limit in limits:
        if day is None:
            return None, None
        try:
            day = clock.due(
                day,
                limit.length,
                calendar=calendar,
                first_day=limit.first_day,
                roll=limit.roll,
            )
        except clock.CalendarUnknown as unknown:
            return None, unknown.year
    return day, None


class Day(NamedTuple):
    """One day of a strip.

    :param kind: what `working_calendar.Calendar.kind` says of it
    """

    on: date
    kind: str


def days(first: date, last: date, calendar) -> list[Day]:
    """The days from ``first`` through ``last`` with what they are, as 休 and 班.

    :param calendar: a ``clock.Calendar``, whose `kind` says what a day is
    """
    return [
        Day(day, calendar.kind(day))
        for day in (first + n * _ONE_DAY for n in range((last - first).days + 1))
    ]
