"""Two people do the same act at the same instant: one does it, one is told why not."""

import threading
from collections.abc import Callable, Iterator

import pytest

from scripts import databases
from scripts.servers import Server
from tests import consistency, scene

#: Two different people sign the same paper, or two clerks press the same button.
OFFICE = ("t_office", "t_office_second")
APPROVERS = ("t_approver", "t_approver_second")


@pytest.fixture(scope="module")
def racing(acts_waiting) -> Iterator[tuple[str, str, dict]]:
    database, made = acts_waiting
    name = databases.clone(database, f"{database}_races")
    with Server(name, workers=2) as server:
        yield name, server.url, made
    databases.drop(name)


def at_once(*calls: Callable[[], scene.Answer]) -> list[scene.Answer]:
    """Make the calls from threads that start together; the answers, best first."""
    gate = threading.Barrier(len(calls))
    answers: list[scene.Answer] = []

    def run(call: Callable[[], scene.Answer]) -> None:
        gate.wait(30)
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return sorted(answers, key=lambda answer: answer.status)


def race(url: str, made: dict, logins: tuple[str, str], model: str, method: str,
         id_: int, **arguments: object) -> None:
    """Exactly one of two succeeds; the other is refused in words, without a 500."""
    clerks = [scene.Clerk(url, made["keys"][login]) for login in logins]
    for clerk in clerks:  # both know their user, both workers have their registry
        assert clerk.call("res.users", "context_get").done
    first, second = at_once(*[
        lambda clerk=clerk: clerk.call(model, method, ids=[id_], **arguments)
        for clerk in clerks
    ])
    assert first.done, first
    assert second.status in (409, 422), second
    assert second.message.strip()
    assert "Traceback" not in second.message and "psycopg2" not in second.message
    print(method, second.status, second.message)


def moves(database: str, model: str, id_: int, move: str) -> int:
    return int(databases.sql(
        f"SELECT count(*) FROM award_transition WHERE model = '{model}'"
        f" AND res_id = {id_} AND move = '{move}'", database,
    ))


def test_two_clerks_decide_the_same_qualification(racing) -> None:
    database, url, made = racing
    ids = databases.sql(
        "SELECT id FROM award_qualification WHERE state = 'draft' ORDER BY id", database
    )
    checks = [int(id_) for id_ in ids.split()]
    assert len(checks) == scene.QUALIFYING
    for check in checks:
        race(url, made, OFFICE, "award.qualification", "action_decide", check)
        assert moves(database, "award.qualification", check, "decide") == 1
    assert consistency.violations(database) == []


def test_two_officers_register_and_grant_the_same_approval(racing) -> None:
    database, url, made = racing
    approval = made["approval"]
    today = databases.sql("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date", database)
    race(
        url, made, APPROVERS, "award.approval", "action_approve", approval,
        document_number="成府函〔2026〕9号", document_date=today,
    )
    assert moves(database, "award.approval", approval, "approve") == 1
    race(url, made, OFFICE, "award.approval", "action_grant", approval)
    awards = f"SELECT count(*), count(DISTINCT application_id) FROM award_award " \
        f"WHERE approval_id = {approval}"
    assert databases.sql(awards, database) == "2|2"
    assert consistency.violations(database) == []
