"""Scheduled actions of the clocks by two workers at once, on a real database.

Each worker has a cursor of its own. The second one runs in the middle of the first
one's transaction, or with a snapshot from before the first one's commit.
"""

import json
from collections.abc import Callable

from scripts import databases

Clone = Callable[[str], str]

#: Twenty overdue clocks, due within reach of the reminder too, then two workers.
SCENE = """
import json
from datetime import timedelta
from odoo import api, fields

actor = env.ref("quality_award.user_clock").id
now = fields.Datetime.now()
today = env["award.clock"]._today()
office = env["res.users"].create({
    "name": "Office", "login": "worker-office",
    "group_ids": env.ref("quality_award.group_office").ids,
})


def lay(number, due, **values):
    return env["award.clock"].create([{
        "name": "t", "code": "t", "res_model": "award.edition", "res_id": 1,
        "owner_role": "office", "started_on": today - timedelta(days=30),
        "unit": "calendar_day", "length": 1, "due_on": due, "remind_days": [3, 1],
        "company_id": env.company.id, **values,
    } for _n in range(number)])


def held(number, action):
    '''One worker in the middle of another's transaction, then a late one.'''
    Cron = env.registry["ir.cron"]
    commit = Cron._commit_progress
    runs = []

    def worker(name):
        with env.registry.cursor() as cursor:
            Clock = api.Environment(cursor, actor, {})["award.clock"]
            getattr(Clock, action)()
            return name

    def first_commits(self, processed=0, *, remaining=None, deactivate=False):
        runs.append(processed)
        if len(runs) == 1:  # the first worker, about to commit
            worker("second")
        return commit(self, processed, remaining=remaining, deactivate=deactivate)

    # a worker whose snapshot is older than the first one's commit
    stale = env.registry.cursor()
    stale.execute("SELECT 1 FROM award_clock LIMIT 1")
    Cron._commit_progress = first_commits
    try:
        worker("first")
        Clock = api.Environment(stale, actor, {})["award.clock"]
        getattr(Clock, action)()
        stale.commit()
        worker("third")
    finally:
        stale.close()
        Cron._commit_progress = commit
    return sum(runs)


def count(table):
    env.cr.commit()
    env.cr.execute("SELECT count(*), count(DISTINCT clock_id) FROM " + table)
    return env.cr.fetchone()


def messages():
    env.cr.commit()
    env.cr.execute(
        "SELECT count(*) FROM mail_message WHERE subject LIKE 'Quality Award:%'"
    )
    return env.cr.fetchone()[0]


found = {}
lay(20, today - timedelta(days=20))
env.cr.commit()
held(20, "_cron_mark_overdue")
env.cr.execute("SELECT count(*) FROM award_clock WHERE overdue_at IS NOT NULL")
found["marked"] = env.cr.fetchone()[0]
env.cr.commit()
held(20, "_cron_escalate")
found["escalated"] = [*count("award_clock_escalation"), messages()]
env.cr.execute("UPDATE award_clock SET is_open = false, void = true")
lay(20, today)
env.cr.commit()
held(20, "_cron_remind")
found["reminded"] = [*count("award_clock_escalation"), messages()]
print("FOUND " + json.dumps(found))
env.cr.execute("CREATE TABLE found AS SELECT %s::jsonb AS found", [json.dumps(found)])
env.cr.commit()
"""


def test_two_workers_tell_everybody_once(installed: str, clone: Clone) -> None:
    """Every clock is marked once and has one row a rung; nobody hears twice."""
    database = clone(installed)
    databases.run_odoo("shell", "-d", database, "--no-http", stdin=SCENE)
    found = json.loads(databases.sql("SELECT found FROM found", database))
    assert found["marked"] == 20
    rows, clocks, sent = found["escalated"]
    assert (rows, clocks, sent) == (20, 20, 1)
    assert found["reminded"] == [40, 40, 2]
