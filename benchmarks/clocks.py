"""A night of the clocks: 100 000 open ones of which 10 000 have fallen due.

Marking them is measured against one SQL UPDATE of the same rows; the number of
statements of a batch is counted and must not depend on it. Due dates are compared
with the package `chinesecalendar` on a million random dates.
"""

import random
from bisect import bisect_right
from datetime import date, timedelta

import odoo.api

from benchmarks import ground
from benchmarks.harness import Result, interleave
from scripts import databases
from scripts.demo import house

OPEN = 100_000
DUE = 10_000
PAIRS = 20
AIM = 3.0
DATES = 1_000_000
CHUNK = 1_000
#: Calendars that both sides know.
YEARS = range(2004, 2027)
#: The only day of these years that the two calendars tell differently.
KNOWN = {date(2005, 12, 31)}

LAY = """
INSERT INTO award_clock (
    name, name_en, code, res_model, res_id, owner_role, clause, citation, started_on,
    unit, length, first_day, roll, timezone, remind_days, on_expiry, due_on, due_at,
    is_open, late, void, company_id, calendar_stamp)
SELECT '时限', 'Limit', 'bench', 'award.edition', 1, 'office', 'x', '条款',
       CURRENT_DATE - 20, 'working_day', 5, 'exclude', 'none', 'Asia/Shanghai',
       '[3, 1]', 'none', d, (d + 1)::timestamp - interval '8 hours',
       true, false, false, %s, 'bench'
  FROM (SELECT CURRENT_DATE + CASE WHEN n <= %s THEN -10 ELSE 60 END AS d
          FROM generate_series(1, %s) n) rows
"""


class _Night:
    """The scheduled actions in one transaction that is rolled back at the end."""

    def __init__(self, registry, actor, database):
        self.registry, self.actor, self.database = registry, actor, database
        self.counts = []

    def act(self, method):
        """All batches of one action; returns what takes them back."""
        cursor = self.registry.cursor()
        clocks = odoo.api.Environment(cursor, self.actor, {})["award.clock"]
        left, counts = [1], []

        def progress(_self, processed=0, *, remaining=None, deactivate=False):
            left[0] = remaining
            return 0.0

        cron = self.registry["ir.cron"]
        commit, cron._commit_progress = cron._commit_progress, progress
        try:
            while left[0]:
                before = cursor.sql_log_count
                getattr(clocks, method)()
                counts.append(cursor.sql_log_count - before)
        finally:
            cron._commit_progress = commit
        self.counts = counts
        return lambda: self._back(cursor)

    def update(self):
        """The peer: the same rows in one statement."""
        cursor = self.registry.cursor()
        cursor.execute(
            "UPDATE award_clock SET overdue_at = now() AT TIME ZONE 'UTC'"
            " WHERE is_open AND due_at <= now() AT TIME ZONE 'UTC'"
        )
        if cursor.rowcount != DUE:
            raise SystemExit(f"{cursor.rowcount} rows instead of {DUE}")
        return lambda: self._back(cursor)

    def _back(self, cursor):
        cursor.rollback()
        cursor.close()
        databases.sql("VACUUM award_clock, award_clock_escalation", self.database)


def _lay(registry, database):
    shared = ground.lay(registry)
    with registry.cursor() as cursor:
        cursor.execute("UPDATE award_clock SET void = true, is_open = false")
        cursor.execute(LAY, [shared.company, DUE, OPEN])
        actor = ground.superuser(cursor).ref("quality_award.user_clock").id
    databases.sql("VACUUM ANALYZE", database)
    return _Night(registry, actor, database)


def _measured(night, question, method, aim=None) -> Result:
    result = interleave(
        question, lambda: night.act(method), night.update,
        peer_name="one UPDATE of the same rows", times=PAIRS, aim=aim, warm_up=1,
    )
    # The first batch warms what every batch reads; the last looks at later rungs too.
    if len(set(night.counts[1:-1])) > 1:
        raise SystemExit(f"{method}: statements of its batches: {night.counts}")
    micro = sorted(result.ours)[len(result.ours) // 2] / DUE * 1e6
    result.note = (
        f"{micro:.1f} µs a due clock; {night.counts[1]} statements in each of "
        f"{len(night.counts)} batches"
    )
    return result


# -- due dates -----------------------------------------------------------------------
def _reference():
    """Working days by `chinesecalendar`, in order."""
    try:
        import chinese_calendar
    except ImportError:
        raise SystemExit("chinesecalendar is missing: make setup") from None
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
    span = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [day for day in span if chinese_calendar.is_workday(day)]


def _questions():
    rng = random.Random(20260303)
    first, days = date(YEARS[0], 1, 1), (date(YEARS[-1], 11, 1)).toordinal()
    width = days - first.toordinal()
    for _n in range(DATES):
        yield first + timedelta(rng.randrange(width)), rng.randint(1, 20)


def _due_dates() -> Result:
    from odoo.addons.quality_award.rules import clock

    calendar = clock.Calendar(dict.fromkeys(YEARS, "notice"))
    worked = _reference()
    as_set = set(worked)
    found, questions = set(), list(_questions())

    def ours(chunk):
        return [
            clock.due(start, clock.Length("working_day", n), calendar=calendar)
            for start, n in chunk
        ]

    def peer(chunk):
        return [worked[bisect_right(worked, start) + n - 1] for start, n in chunk]

    chunks = [questions[i : i + CHUNK] for i in range(0, DATES, CHUNK)]
    place = {"ours": 0, "peer": 0}

    def turn(name, function):
        chunk = chunks[place[name] % len(chunks)]
        place[name] += 1
        return lambda: function(chunk)

    for chunk in chunks:
        for (start, _n), a, b in zip(chunk, ours(chunk), peer(chunk), strict=True):
            if a == b:
                continue
            reach = range(1, (max(a, b) - start).days + 1)
            found |= {
                day
                for day in (start + timedelta(n) for n in reach)
                if calendar.is_working_day(day) != (day in as_set)
            }
    if found != KNOWN:
        raise SystemExit(f"Days told differently: {sorted(map(str, found))}")
    result = interleave(
        f"{CHUNK} due dates of 1 to 20 working days",
        lambda: turn("ours", ours)() and None,
        lambda: turn("peer", peer)() and None,
        peer_name="look-up in a sorted list", times=200,
    )
    result.note = (
        f"{DATES} due dates against chinesecalendar: days told differently: "
        f"{', '.join(sorted(map(str, found)))}"
    )
    return result


def run(database: str) -> list[Result]:
    """Marking, telling the owners, and due dates."""
    registry = house.registry(database)
    night = _lay(registry, database)
    return [
        _measured(
            night, f"mark {DUE} of {OPEN} clocks overdue", "_cron_mark_overdue", AIM
        ),
        _measured(night, f"tell the owners of {DUE} overdue clocks", "_cron_escalate"),
        _due_dates(),
    ]
