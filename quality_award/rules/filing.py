"""When something handed in on paper counts as received."""

from datetime import date, datetime, time, timedelta

from .working_calendar import Calendar

_ONE_DAY = timedelta(days=1)


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def counts_on(
    received: datetime,
    *,
    opens: str | None = None,
    closes: str | None = None,
    calendar: Calendar | None = None,
) -> date:
    """Return the day on which paper counts that was received at a local instant.

    Until the office closes, that instant included, it is the same day; later it is the
    next one, which rolls on to a working day where a calendar is given.

    :param received: local date and time
    :param opens: ``"09:00"``; only says that earlier is not refused
    :param closes: ``"17:00"``, or None: the whole day counts
    :param calendar: working days, None: every day
    :raises ValueError: for another form of time, or hours that end before they begin
    Source: Civil Code 203 (业务时间).
    """
    first, last = _time(opens), _time(closes)
    if first and last and last < first:
        raise ValueError(closes)
    day = received.date()
    clock = received.time().replace(tzinfo=None)
    if last is None or clock <= last:
        return day
    day += _ONE_DAY
    while calendar is not None and not calendar.is_working_day(day):
        day += _ONE_DAY
    return day
