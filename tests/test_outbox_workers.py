"""Released mails handed over by two workers at once, on a real database."""

import json
from collections.abc import Callable

from scripts import databases

Clone = Callable[[str], str]

#: Thirty released mails; a second worker in the middle of the first one's transaction,
#: one with a snapshot from before its commit, one afterwards.
SCENE = """
import json
from odoo import api

actor = env.ref("quality_award.user_clock").id
Message = env["award.outbox.message"].sudo()
messages = Message.create([{
    "channel": "mail", "recipient": f"R{n}", "address": f"r{n}@example.com",
    "subject": "t", "text": "t", "key": str(n), "company_id": env.company.id,
} for n in range(30)])
office = env["res.users"].create({
    "name": "Office", "login": "worker-office",
    "group_ids": env.ref("quality_award.group_office").ids,
})
messages.with_user(office)._apply_move("release")
env.cr.commit()

Cron = env.registry["ir.cron"]
commit = Cron._commit_progress
runs = []


def worker():
    with env.registry.cursor() as cursor:
        api.Environment(cursor, actor, {})["award.outbox.message"]._cron_send()


def first_commits(self, processed=0, *, remaining=None, deactivate=False):
    runs.append(processed)
    if len(runs) == 1:
        worker()
    return commit(self, processed, remaining=remaining, deactivate=deactivate)


stale = env.registry.cursor()
stale.execute("SELECT 1 FROM award_outbox_message LIMIT 1")
Cron._commit_progress = first_commits
late = "done"
try:
    worker()
    try:
        api.Environment(stale, actor, {})["award.outbox.message"]._cron_send()
        stale.commit()
    except Exception as error:
        late = type(error).__name__
        stale.rollback()
    worker()
finally:
    stale.close()
    Cron._commit_progress = commit
env.cr.commit()
env.cr.execute(
    "SELECT count(*), count(DISTINCT email_to) FROM mail_mail "
    "WHERE email_to LIKE 'r%@example.com'"
)
mails = list(env.cr.fetchone())
env.cr.execute("SELECT state, count(*) FROM award_outbox_message GROUP BY state")
found = {"runs": runs, "mails": mails, "states": dict(env.cr.fetchall()), "late": late}
env.cr.execute("CREATE TABLE found AS SELECT %s::jsonb AS found", [json.dumps(found)])
env.cr.commit()
"""


def test_two_workers_hand_over_each_mail_once(installed: str, clone: Clone) -> None:
    """Thirty mails, thirty in the queue; whoever comes second finds nothing to do."""
    database = clone(installed)
    databases.run_odoo("shell", "-d", database, "--no-http", stdin=SCENE)
    found = json.loads(databases.sql("SELECT found FROM found", database))
    assert found["mails"] == [30, 30]
    assert found["states"] == {"sent": 30}
    assert sum(found["runs"]) == 30, found
