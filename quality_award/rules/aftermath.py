"""What follows an award: reports by date, windows of watching, bans, retention.

Every figure is handed in; nothing here knows a regulation.
"""

from datetime import date
from typing import NamedTuple

from .clock import YEAR, Length, due

#: Kinds of document that are kept for different times.
RETAINED = ("decision", "review", "application")
#: How the entry of a list of uses begins that leaves the list open.
OPEN_ENTRY = ("其他", "other")


def report_dates(awarded_on: date, month_day: str, first=None, years=None, upto=None):
    """Return the days on which a yearly report is due.

    :param awarded_on: date of the award
    :param month_day: ``"12-31"``
    :param first: ``"same_year"`` or ``"next_year"``; None: the next such day that is
        not before the award
    :param years: how many reports; None: without end
    :param upto: of reports without end, those due up to this day and the next one
    :return: list of dates, in order
    """
    month, day = map(int, month_day.split("-"))
    year = awarded_on.year + (first == "next_year")
    if _day_of(year, month, day) < awarded_on:
        year += 1
    found = [_day_of(year, month, day)]
    while len(found) < years if years else upto and found[-1] <= upto:
        year += 1
        found.append(_day_of(year, month, day))
    return found


def _day_of(year, month, day):
    """29 February is the 28th in other years."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def in_window(awarded_on: date, happened_on: date, years) -> bool:
    """Tell whether something happened while a winner was watched.

    :param years: length of the window; None or 0: there is no end
    """
    if happened_on < awarded_on:
        return False
    return not years or happened_on <= due(awarded_on, Length(YEAR, years))


class Ban(NamedTuple):
    """A ban as decided: until a day, for editions, or for ever; None for nothing."""

    decided_on: date
    term: int
    years: int | None = None
    terms: int | None = None
    for_ever: bool = False


def banned_until(ban: Ban, today: date, term: int):
    """Tell whether a ban stands in the way of an application, and until when.

    :param term: number of the edition applied to; `ban.term` is the one whose award
        was revoked or that was running then
    :return: None when it does not; else ``"for_ever"``, the last edition barred (int)
        or the last day barred (date)
    """
    if ban.for_ever:
        return "for_ever"
    if ban.years:
        last = due(ban.decided_on, Length(YEAR, ban.years))
        if today <= last:
            return last
    if ban.terms and term <= ban.term + ban.terms:
        return ban.term + ban.terms
    return None


def is_other_use(use: str, listed) -> bool:
    """Tell whether a use of prize money is none of those that the scheme names.

    Such a use is lawful; it needs words and the office's view.

    :param use: as the report names it
    :param listed: uses that the scheme names, among them perhaps the open entry
    """
    use = (use or "").strip()
    return use not in set(listed or ()) or use.casefold().startswith(OPEN_ENTRY)


def keep_until(closed_on: date, years) -> date | None:
    """Return the last day of retention, None for ever.

    :param closed_on: day from which it is counted
    :param years: 0 for ever
    """
    return due(closed_on, Length(YEAR, years)) if years else None


def longest(days):
    """Return the latest of days of retention, None when one of them is for ever.

    :param days: dates, None for ever; an empty list is for ever too: nobody said
        that anything may go
    """
    days = list(days)
    return None if not days or None in days else max(days)
