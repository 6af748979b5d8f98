"""Years in business, re-application locks and look-back windows.

Every length of time and every reading of an ambiguous rule is handed in.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from .clock import as_date, corresponding_day

_ONE_DAY = timedelta(days=1)
#: What `banned` returns for a ban without end.
NEVER = "never"


def _choice(value, choices):
    if value not in choices:
        raise ValueError(value)


def years_since(start: date, base: date) -> int:
    """Return the full years from ``start`` to ``base``; 0 when ``base`` is earlier.

    A year is full on its anniversary; 29 February has it on 28 February where there
    is no other (Civil Code 202).

    :raises ClockError: ``"not_a_date"``
    """
    years = as_date(base).year - as_date(start).year
    if years > 0 and base < corresponding_day(start, 12 * years):
        years -= 1
    return max(years, 0)


def has_years(start: date, base: date, years: int) -> bool:
    """Tell whether ``years`` full years have passed at ``base``, anniversary included.

    :param start: registration, start of operation or of work, as the rule says
    :param base: the day at which the condition must hold
    :raises ClockError: ``"not_a_date"``
    Source: Civil Code 202; 1259 (以上 includes the figure itself).
    """
    return as_date(start) <= as_date(base) and years_since(start, base) >= years


def lock_by_terms(
    current_term: int, won_terms: Iterable[int], lock_terms: int, reading="skip"
):
    """Return the first term open to a former winner while he is locked out, or None.

    :param current_term: number of the term applied for
    :param won_terms: numbers of the terms won; only earlier ones count
    :param lock_terms: length of the lock in terms
    :param reading: of "after n terms" (n届后). ``"skip"``: n whole terms lie between,
        term N is followed by N+n+1; ``"wait"``: the time of n terms passes, N+n
    :return: a term later than ``current_term``, or None: not locked
    :raises ValueError: for another reading or a negative lock

    Award years are locked in the same way where a rule counts them instead of dates.
    """
    _choice(reading, {"skip", "wait"})
    if lock_terms < 0:
        raise ValueError(lock_terms)
    won = [term for term in won_terms if term < current_term]
    if not won:
        return None
    first_open = max(won) + lock_terms + (reading == "skip")
    return first_open if current_term < first_open else None


def lock_by_years(won_on: Iterable[date], base: date, years: int):
    """Return the first day open to a former winner while he is locked out, or None.

    :param won_on: dates of award; only those up to ``base`` count
    :param base: day of the application
    :param years: length of the lock; its last day is the corresponding day
    :raises ClockError: ``"not_a_date"``
    :raises ValueError: for a negative lock
    Source: Civil Code 201, 202 (day of the award not counted).
    """
    if years < 0:
        raise ValueError(years)
    won = [day for day in won_on if as_date(day) <= as_date(base)]
    if not won or not years:
        return None
    last_locked = corresponding_day(max(won), 12 * years)
    return last_locked + _ONE_DAY if base <= last_locked else None


def lookback_window(base: date, years: int, basis="date", first_day="include"):
    """Return the first and last day of the "last ``years`` years" before ``base``.

    :param basis: ``"date"``: back from ``base`` to the corresponding day;
        ``"full_years"``: the calendar years which were over at ``base``, as for
        accounts
    :param first_day: whether the corresponding day itself belongs to the window:
        ``"include"`` or ``"exclude"``; of no effect on full years
    :return: ``(first, last)``, both inclusive; ``base`` belongs to a window by date
    :raises ClockError: ``"not_a_date"``, ``"out_of_range"``
    :raises ValueError: for another basis or first day, or less than one year
    Source: Civil Code 202, 1259; 会计法 (a financial year is a calendar year).
    """
    _choice(basis, {"date", "full_years"})
    _choice(first_day, {"include", "exclude"})
    if years < 1:
        raise ValueError(years)
    first = corresponding_day(base, -12 * years)
    if basis == "full_years":
        return date(first.year, 1, 1), date(base.year - 1, 12, 31)
    return first + _ONE_DAY * (first_day == "exclude"), base


def within_lookback(
    event_date: date, base: date, years: int, basis="date", first_day="include"
) -> bool:
    """Tell whether an event lies in the "last ``years`` years" before ``base``.

    An event after ``base`` does not. Other arguments, errors and source as
    :func:`lookback_window`.
    """
    first, last = lookback_window(base, years, basis, first_day)
    return first <= as_date(event_date) <= last


def last_day_of_ban(begins: date, years: int) -> date:
    """Return the last day of a ban of ``years`` years, the corresponding day.

    Source: Civil Code 201, 202 (the day on which it begins is not counted).
    """
    return corresponding_day(as_date(begins), 12 * years)


def banned(
    day: date,
    term: int,
    *,
    begins: date,
    years=0,
    terms=0,
    from_term=0,
    for_ever=False,
    lifted: date | None = None,
):
    """Return when somebody under a ban may apply again, or None: he may.

    :param day: day of the application
    :param term: number of the edition applied for
    :param terms: whole editions barred, counted after edition ``from_term``
    :param lifted: last day of a ban that was lifted early
    :return: `NEVER`, the first free day, or the number of the first free edition
    """
    if as_date(day) < as_date(begins) or (lifted and day > as_date(lifted)):
        return None
    if for_ever:
        return NEVER
    if terms and from_term < term <= from_term + terms:
        return from_term + terms + 1
    if years and day <= last_day_of_ban(begins, years):
        return last_day_of_ban(begins, years) + _ONE_DAY
    return None
