"""The server is killed in the middle of acts; every record is in one state after it.

Several people act over HTTP, every process of the server gets SIGKILL at a random
moment, again and again. What was committed is whole, what was not is gone, and the
interrupted acts can be done again.
"""

import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
import requests

from scripts import databases
from scripts.servers import Server
from tests import consistency, scene

ROUNDS = 4
#: Seconds between the first act that is answered and the kill, drawn anew each round.
WORK = (0.0, 0.5)
CLIENTS = 4


@dataclass
class Act:
    """One act of one person, and the state its record has when it is done."""

    name: str
    table: str
    id: int
    target: str
    perform: Callable[[], str]

    def is_done(self, database: str) -> bool:
        state = databases.sql(
            f"SELECT state FROM {self.table} WHERE id = {self.id}", database
        )
        return state == self.target


class People:
    """Everybody who acts, at whichever address the server has now."""

    def __init__(self, made: dict):
        self.made = made
        self.url = ""
        self.applicant: scene.Visitor | None = None

    def log_in(self) -> None:
        """Once: the session and its token outlive the server."""
        if self.applicant is None:
            self.applicant = scene.Visitor(self.url, "applicant").log_in()
            self.applicant.token("/my/award")

    def call(self, login: str, model: str, method: str, id_: int) -> str:
        """Empty: done; else the words of the refusal. Anything else is an error."""
        me = scene.Clerk(self.url, self.made["keys"][login])
        answer = me.call(model, method, ids=[id_])
        assert answer.status in (200, 422), f"{method}: {answer}"
        return answer.message

    def submit(self, case: int) -> str:
        """At the page, as the applicant, where a refusal is shown."""
        me = self.applicant.again(self.url)
        path = f"/my/award/{case}"
        answer = me.post(f"{path}/save", path, submit="1")
        assert answer.status_code in (200, 303), f"submit: {answer.status_code}"
        return "" if answer.status_code == 303 else answer.text


def acts(people: People, database: str) -> list[Act]:
    """Everything that waits in the scene, mixed."""
    made = people.made

    def clerk(login: str, model: str, method: str, id_: int, target: str) -> Act:
        return Act(
            f"{method} {id_}", model.replace(".", "_"), id_, target,
            lambda: people.call(login, model, method, id_),
        )

    found = [
        Act(f"submit {id_}", "award_application", id_, "submitted",
            lambda id_=id_: people.submit(id_))
        for id_ in made["drafts"]
    ]
    found += [
        clerk(login, "award.sheet", "action_lock", id_, "locked")
        for id_, login in made["sheets"]
    ]
    found += [
        clerk("t_office_head", "award.list", "action_adopt", id_, "adopted")
        for id_ in made["lists"]
    ]
    for model, records, login, method, target in (
        ("recommendation", "waiting", "recommender_sign", "action_sign", "signed"),
        ("qualification", "checks", "t_office", "action_decide", "decided"),
    ):
        cases = ",".join(map(str, made[records]))
        ids = databases.sql(
            f"SELECT id FROM award_{model} WHERE application_id IN ({cases})", database
        )
        found += [
            clerk(login, f"award.{model}", method, int(id_), target)
            for id_ in ids.split()
        ]
    random.Random(7).shuffle(found)
    return found


@dataclass
class Shift:
    """What the clients came to between a start of the server and its end."""

    waiting: queue.SimpleQueue
    broken: list[Act] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    answered: threading.Semaphore = field(
        default_factory=lambda: threading.Semaphore(0)
    )

    def work(self) -> None:
        """One client: act after act, until nothing waits or the server is gone."""
        while True:
            try:
                act = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                if refusal := act.perform():
                    self.wrong.append(f"{act.name}: {refusal}")
            except (requests.RequestException, ValueError):
                self.broken.append(act)  # no answer, or half of one
                return
            except AssertionError as error:
                self.wrong.append(str(error))
            self.answered.release()


@pytest.fixture
def prepared(acts_waiting, clone) -> tuple[str, dict]:
    database, made = acts_waiting
    return clone(database), made


def _round(people: People, database: str, shift: Shift, seconds: float) -> None:
    """Work for a while, then kill every process of the server."""
    server = Server(database, workers=2).start()
    clients = [threading.Thread(target=shift.work) for _number in range(CLIENTS)]
    try:
        people.url = server.url
        people.log_in()
        for client in clients:
            client.start()
        assert shift.answered.acquire(timeout=60), shift.wrong
        time.sleep(seconds)
    finally:
        server.kill()
    for client in clients:
        client.join(60)
    assert shift.wrong == []


def test_killed_at_any_moment(prepared):
    database, made = prepared
    people = People(made)
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    everything = acts(people, database)
    for act in everything:
        waiting.put(act)
    assert consistency.violations(database) == []
    assert not any(act.is_done(database) for act in everything)
    chance = random.Random()
    interrupted: list[Act] = []
    for _number in range(ROUNDS):
        shift, seconds = Shift(waiting), chance.uniform(*WORK)
        _round(people, database, shift, seconds)
        assert consistency.violations(database) == [], f"killed after {seconds} s"
        interrupted += shift.broken
        left = waiting.qsize()
        print(f"{seconds:.2f} s: {len(shift.broken)} interrupted, {left} left")
    assert interrupted, "no kill met an act: the test has seen nothing"
    _finish(people, database, waiting, interrupted)
    assert all(act.is_done(database) for act in everything)
    assert consistency.violations(database) == []


def _finish(people, database, waiting, interrupted):
    """Interrupted acts are done again, or were whole; the rest is done as ever."""
    with Server(database, workers=2) as server:
        people.url = server.url
        for act in interrupted:
            was_whole = act.is_done(database)
            assert bool(act.perform()) is was_whole, act.name
        while not waiting.empty():
            act = waiting.get()
            assert act.perform() == "", act.name


#: Each leaves a record half-done, as an act without its transaction would.
PLANTED = {
    "award.application": "UPDATE award_application SET state = 'accepted' "
    "WHERE id = {draft}",
    "award.case.stage": "UPDATE award_case_stage SET state = 'passed' "
    "WHERE application_id = {waiting} AND state = 'open'",
    "award.sheet": "UPDATE award_sheet SET state = 'locked' WHERE id = {sheet}",
    "award.submission": "UPDATE award_submission SET content = '{{}}' "
    "WHERE application_id = {waiting}",
    "award.list": "UPDATE award_list SET content_hash = 'x' WHERE id = {list}",
    "register row": "DELETE FROM award_transition WHERE seq = 1 "
    "AND model = 'award.recommendation'",
}
GUARDED = (
    "award_application", "award_case_stage", "award_sheet", "award_transition"
)


def test_the_checker_sees_what_is_half_done(prepared):
    """With the triggers switched off, each violation is planted and found."""
    database, made = prepared
    ids = {
        "draft": made["drafts"][0], "waiting": made["waiting"][0],
        "sheet": made["sheets"][0][0], "list": made["lists"][0],
    }
    for table in GUARDED:
        databases.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER", database)
    seen: set[str] = set()
    for word, statement in PLANTED.items():
        databases.sql(statement.format(**ids), database)
        found = set(consistency.violations(database))
        assert [line for line in found - seen if word in line], word
        seen = found
