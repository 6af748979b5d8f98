"""When: the day and hour of every act of the edition, from the regulation's clocks.

Pure functions of the start, the scheme's figures and the official calendar. Times are
local to the agency (Asia/Shanghai) and naive; `to_utc` turns them into Odoo's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.addons.quality_award.rules import clock

ZONE = ZoneInfo("Asia/Shanghai")
#: Days between announcement and the end of the window, as in 2014 (10 to 25 July).
WINDOW_DAYS = 15
#: Sign-off of the district that is late: working days after the last day.
DAYS_LATE = 2


def to_utc(local):
    """The instant of a local time, naive in UTC as Odoo stores it."""
    return local.replace(tzinfo=ZONE).astimezone(timezone.utc).replace(tzinfo=None)


def local_now(utc=None):
    """Local time of a naive UTC instant, of this moment when None."""
    now = utc.replace(tzinfo=timezone.utc) if utc else datetime.now(timezone.utc)
    return now.astimezone(ZONE).replace(tzinfo=None)


@dataclass(frozen=True)
class Figures:
    """Lengths of the scheme's clocks, in their units (see `acts_setup.figures`).

    :param notice_first_day: ``'exclude'`` or ``'include'``
    """

    recommendation: int
    qualification: int
    supplement: int
    composite: int
    consultation: int
    consultation_reply: int
    notice: int
    objection: int
    site_days_min: int
    site_days_max: int
    notice_first_day: str = "exclude"


@dataclass
class Days:
    """Steps through working days of the official calendar."""

    calendar: object

    def after(self, day, count):
        """The day `count` working days after `day`; 0: `day`, or the next one."""
        if count:
            length = clock.Length(clock.WORKING_DAY, count)
            return clock.due(day, length, calendar=self.calendar)
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def before(self, day, count):
        """The working day `count` working days before `day`."""
        while count:
            day -= timedelta(days=1)
            count -= self.calendar.is_working_day(day)
        return day


@dataclass
class Timetable:
    """The steps of one edition: name -> local time, in the order they happen."""

    start: date
    figures: Figures
    days: Days
    slack: int
    steps: dict[str, datetime] = field(default_factory=dict)

    def __getitem__(self, step):
        return self.steps[step]

    @property
    def end(self):
        return max(self.steps.values())

    def put(self, step, day, hour, minute=0):
        self.steps[step] = datetime.combine(day, time(hour, minute))
        return day

    @property
    def window(self):
        return self["announce"], self["window_end"]


def plan(start, figures, days, slack=0, visits=1):
    """The timetable of an edition that is announced on `start`.

    :param start: date of the announcement; the next working day if it is none
    :param figures: :class:`Figures`
    :param days: :class:`Days`
    :param slack: calendar days that the reviewers get beyond what they need
    :param visits: visits that one panel makes, one after the other
    """
    table = Timetable(start, figures, days, slack)
    put, after = table.put, days.after
    first = put("announce", after(start, 0), 9)
    put("found", days.before(first, 12), 9)
    put("committee", days.before(first, 6), 10)
    put("publish", days.before(first, 5), 10)
    put("edition", days.before(first, 2), 15)
    close = put("window_end", after(first + timedelta(days=WINDOW_DAYS), 0), 18)
    last_in = after(close, figures.recommendation + DAYS_LATE)
    checked = after(last_in, figures.qualification + figures.supplement + 4)
    _plan_review(table, checked, visits)
    _plan_decision(table)
    return table


def _plan_review(table, checked, visits):
    put, after, figures = table.put, table.days.after, table.figures
    day = put("panels", after(checked, 1), 10)
    day = put("undertakings", after(day, 1), 9)
    day = put("interests", after(day, 1), 14)
    day = put("found_interests", day, 16)
    day = put("judge_interests", after(day, 1), 10)
    put("score_from", after(day, 1), 9)
    day = put("score_to", after(day + timedelta(days=table.slack), 8), 17)
    day = put("consensus", after(day, 2), 9)
    day = put("document_reports", after(day, 2), 15)
    day = put("document_composite", after(day, 1), 10)
    day = put("shortlist", after(day, 2), 15)
    day = put("letters", after(day, 1), 10)
    day = put("letters_served", after(day, 3), 16)
    day = put("visits", after(day, 2), 9)
    for _visit in range(visits):
        day = after(day, figures.site_days_max)
    day = put("visits_end", day, 17)
    day = put("defence", after(day, 1), 9)
    day = put("composite", after(day, 2), 10)
    put("composite_reports", day, 14)
    put("recommended", after(day, min(2, figures.composite - 2)), 15)


def _plan_decision(table):
    put, after, figures = table.put, table.days.after, table.figures
    day = table["recommended"].date()
    put("consult", day, 16)
    day = put("letters_sent", after(day, figures.consultation - 2), 10)
    day = put("letters_received", after(day, 1), 10)
    day = put("replies", after(day, figures.consultation_reply - 1), 9)
    put("replies_checked", day, 15)
    day = put("candidates", after(day, 2), 10)
    day = put("first_meeting", after(day, 2), 9)
    put("proposed", day, 11)
    day = put("notice", after(day, 1), 9)
    length = clock.Length(clock.CALENDAR_DAY, figures.notice)
    last = clock.earliest_end(day, length, first_day=figures.notice_first_day)
    objection = put("objection", after(day, 2), 10)
    put("admitted", objection, 15)
    put("reported", after(objection, figures.objection - 1), 16)
    after_notice = max(last, table["reported"].date()) + timedelta(days=1)
    day = put("notice_closed", after(after_notice, 0), 9)
    day = put("second_meeting", after(day, 1), 9)
    put("final", day, 11)
    day = put("approval_submitted", after(day, 1), 10)
    day = put("approved", after(day, 5), 10)
    day = put("granted", after(day, 1), 10)
    put("paid", day, 15)
    put("results", day, 16)


def latest(today_local, figures, days, visits=1):
    """The timetable that starts as late as possible and ends today.

    What is left over goes to the reviewers; where a weekend still lies between, the
    last act alone (the letters that tell the result) is put on today.

    :param today_local: local time of this moment
    """
    today = today_local.date()
    start = today - timedelta(days=60)
    while not (table := _ending(today, start, figures, days, 0, visits)):
        start -= timedelta(days=1)
    while wider := _ending(today, start, figures, days, table.slack + 1, visits):
        table = wider
    # Whatever the hour of this moment is, nothing may lie in the future.
    midnight = datetime.combine(today, time())
    for step in ("granted", "paid", "results"):
        if table[step].date() == today:
            hour = table[step] - midnight
            table.steps[step] = midnight + hour / timedelta(days=1) * (
                today_local - midnight
            )
    if table["results"].date() < today:
        table.steps["results"] = midnight + (today_local - midnight) / 2
    return table


def _ending(today, start, figures, days, slack, visits):
    """The plan from `start` if it is over by `today`, else None."""
    try:
        table = plan(start, figures, days, slack, visits)
    except clock.CalendarUnknown:
        return None
    over = table.end.date() <= today and table["announce"].date() == start
    return table if over else None


def filing_times(table, curve, count, rng):
    """Local times at which `count` applicants hand in, by the filing curve."""
    start, end = table.window
    start += timedelta(hours=1)
    half = start + (end - start) / 2
    three_days = datetime.combine(end.date() - timedelta(days=2), time(9))
    afternoon = datetime.combine(end.date(), time(13))
    bounds = (start, half, three_days, afternoon, end - timedelta(minutes=2))
    times = []
    left = count
    for number, share in enumerate(curve):
        some = left if number == len(curve) - 1 else round(count * share / 100)
        low, high = bounds[number], bounds[number + 1]
        times += [_office_hour(low + (high - low) * rng.random(), low, high)
                  for _ in range(some)]
        left -= some
    return sorted(times)


def _office_hour(moment, low, high):
    """People file between 8 and 22; others are put into the day."""
    if 8 <= moment.hour < 22:
        return moment
    return min(max(moment.replace(hour=9 + moment.minute % 8), low), high)


@dataclass(frozen=True)
class CaseDays:
    """The days of one case between the district and the office."""

    received: date
    prepared: date
    checked: date
    signed: date
    asked: date
    answered: date
    lapsed: date
    decided: date


def case_days(received, table, late=False, kind="plain"):
    """The days of a case that was handed in on `received`.

    :param late: signed off after the last day
    :param kind: `plain`, `answered`, `lapsed` or `withdrew`
    """
    after, figures = table.days.after, table.figures
    due = after(received, figures.recommendation)
    signed = after(due, DAYS_LATE) if late else table.days.before(due, 2)
    prepared = table.days.before(signed, 3)
    asked = after(signed, 2)
    answered = after(asked, 3)
    decided = after(answered, 1) if kind == "answered" else after(signed, 3)
    return CaseDays(
        received=received,
        prepared=max(prepared, after(received, 0)),
        checked=table.days.before(signed, 1),
        signed=signed,
        asked=asked,
        answered=answered,
        lapsed=after(asked, figures.supplement + 1),
        decided=decided,
    )
