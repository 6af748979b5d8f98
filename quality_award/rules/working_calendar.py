"""Working days: which days the offices of the State work.

Statutory holidays and make-up working days (调休上班日) come from the public package
``holidays``; every year's swaps are announced by the State Council only in the
November before. A year whose announcement is not at hand is *unknown*: a question
about it is refused, never answered by a guess.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from hashlib import sha256

from holidays import CN

WORK = "work"
OFF = "off"
_SATURDAY = 5
#: Years searched for published make-up days; the first of them is 2001.
_SEARCHED_YEARS = range(2000, 2100)


class ClockError(ValueError):
    """A question that no clock can answer; ``code`` is the reason, never a text.

    :param code: stable reason code, such as ``'not_a_date'``
    :param details: values that the words of the refusal need
    """

    def __init__(self, code, **details):
        super().__init__(code, details)
        self.code = code
        self.details = details


class CalendarUnknown(ClockError):
    """The working days of ``year`` are not published or not loaded yet."""

    def __init__(self, year):
        super().__init__("calendar_unknown", year=year)
        self.year = year


def as_date(value):
    """Return ``value`` if it is a plain date.

    A ``datetime`` is refused: it equals no date in a table of holidays, so that it
    would quietly count as an ordinary day, and it belongs to no day before a time
    zone is named (see ``clock.local_date``).

    :raises ClockError: ``'not_a_date'``
    """
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ClockError("not_a_date", value=repr(value))
    return value


@lru_cache(maxsize=1)
def _published():
    """The library's tables: published years, weekdays off, weekend days of work."""
    table = CN(years=_SEARCHED_YEARS)
    years = frozenset(day.year for day in table.weekend_workdays)
    days_off = frozenset(day for day in table if day.year in years)
    return years, days_off, frozenset(table.weekend_workdays)


@lru_cache(maxsize=64)
def _statutory(year):
    """Days off that the law itself fixes for ``year``, without any swapped day."""
    return frozenset(CN(years=year, observed=False))


def known_years():
    """Return the years for which the library holds real, published make-up days.

    Every announcement so far moved at least one working day to a weekend, and the
    library never invents one, so that a year without any is a year it does not know
    (although it still lists estimated holidays for it).

    A later announcement may turn a weekend at the end of the last known December
    into working days (2005, 2006 and 2011 saw it): compute open clocks again
    whenever a calendar arrives.

    :return: ``frozenset`` of years, such as 2001 to 2026
    """
    return _published()[0]


class Calendar:
    """Working days of the years that somebody vouches for.

    :param complete_years: ``{year: source}``; the source (number of the State
        Council's notice, or any other mark) says who vouches for that year
    :param overrides: ``{date: 'work' | 'off'}``, stronger than the library. For a
        year that the library does not know they are that year's announcement; a
        year of this kind without a single override stays unknown
    :param agency: ``{date: 'work' | 'off'}``, days on which one agency differs from
        the official calendar, stronger than both. They vouch for no year: in a year
        that is not known otherwise they count for nothing
    :raises ClockError: ``'not_a_date'``, ``'bad_override'``

    Source of the holidays: 全国年节及纪念日放假办法 and the yearly notices of the
    State Council's General Office, as carried by the package ``holidays``.
    """

    def __init__(
        self,
        complete_years: Mapping,
        overrides: Mapping | None = None,
        agency: Mapping | None = None,
    ):
        self._overrides = _checked(overrides)
        self._agency = _checked(agency)
        told = known_years() | {day.year for day in self._overrides}
        self._sources = {
            year: source for year, source in complete_years.items() if year in told
        }

    def __repr__(self):
        return (
            f"Calendar({sorted(self._sources)}, {len(self._overrides)} overrides, "
            f"{len(self._agency)} of the agency)"
        )

    @cached_property
    def fingerprint(self):
        """A short text that changes with every day that is counted otherwise."""
        _years, days_off, make_up_days = _published()
        facts = [sorted(self._sources)]
        for days in (days_off, make_up_days):
            facts.append(sorted(day for day in days if day.year in self._sources))
        for kinds in (self._overrides, self._agency):
            facts.append(
                sorted(pair for pair in kinds.items() if pair[0].year in self._sources)
            )
        return sha256(repr(facts).encode()).hexdigest()[:16]

    def source(self, year):
        """Return what vouches for ``year``.

        :raises CalendarUnknown: when nothing does
        """
        if year not in self._sources:
            raise CalendarUnknown(year)
        return self._sources[year]

    def is_known(self, day):
        """Tell whether somebody vouches for the year of ``day``."""
        return as_date(day).year in self._sources

    def is_of_agency(self, day):
        """Tell whether the agency has fixed ``day`` for itself."""
        return day in self._agency

    def is_working_day(self, day):
        """Tell whether ``day`` is a working day (工作日), make-up days included.

        :param day: a date
        :raises CalendarUnknown: for a year nobody vouches for
        :raises ClockError: ``'not_a_date'``
        """
        self.source(as_date(day).year)
        for kinds in (self._agency, self._overrides):
            if day in kinds:
                return kinds[day] == WORK
        years, days_off, make_up_days = _published()
        if day.year not in years:
            days_off, make_up_days = _statutory(day.year), frozenset()
        if day.weekday() >= _SATURDAY:
            return day in make_up_days
        return day not in days_off

    def kind(self, day):
        """Return what ``day`` is, as a printed Chinese calendar marks it.

        :return: ``'working'``, ``'weekend'``; ``'holiday'`` (休): a day off in the
            week, and a weekend that belongs to such days; ``'make_up'`` (班): a
            weekend day that is worked; ``'unknown'`` in a year nobody vouches for
        :raises ClockError: ``'not_a_date'``
        """
        if not self.is_known(day):
            return "unknown"
        at_weekend = day.weekday() >= _SATURDAY
        if self.is_working_day(day):
            return "make_up" if at_weekend else "working"
        if not at_weekend or self._joins_holiday(day):
            return "holiday"
        return "weekend"

    def _joins_holiday(self, day):
        """Whether the days off around a weekend day reach into the week."""
        for step in (-1, 1):
            near = day
            while self.is_known(near) and not self.is_working_day(near):
                if near.weekday() < _SATURDAY:
                    return True
                near += timedelta(days=step)
        return False


def _checked(kinds):
    """The days of a mapping ``{date: 'work' | 'off'}``, after a look at each."""
    for day, kind in (kinds or {}).items():
        as_date(day)
        if kind not in {WORK, OFF}:
            raise ClockError("bad_override", date=day, kind=kind)
    return dict(kinds or {})
