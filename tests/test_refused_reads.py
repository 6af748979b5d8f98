"""What is refused leaves an entry too: on a real server, after the real rollback.

Odoo's test cursors cannot show it. Each way in is first gone by somebody who may,
so that the test is known to ask for something.
"""

import json
import xmlrpc.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from scripts import databases
from scripts.servers import Server
from tests import scene

CASE = "award.application"


@dataclass
class World:
    """A server, what waits in its database, and people with a session."""

    database: str
    url: str
    made: dict
    visitors: dict[str, scene.Visitor]

    def last(self) -> int:
        return int(databases.sql(
            "SELECT COALESCE(max(id), 0) FROM award_access_log", self.database))

    def entries(self, ask: Callable[[], object]) -> list[dict]:
        """The entries that one request leaves."""
        before = self.last()
        ask()
        rows = databases.sql(
            f"SELECT entry FROM award_access_log WHERE id > {before} ORDER BY id",
            self.database,
        )
        return [json.loads(row) for row in rows.splitlines()]

    def clerk(self, login: str) -> scene.Clerk:
        return scene.Clerk(self.url, self.made["keys"][login])


@pytest.fixture(scope="module")
def world(acts_waiting) -> Iterator[World]:
    database, made = acts_waiting
    name = databases.clone(database, f"{database}_reads")
    with Server(name) as server:
        people = {
            login: scene.Visitor(server.url, login).log_in()
            for login in (READER, STRANGER, "applicant")
        }
        yield World(name, server.url, made, people)
    databases.drop(name)


def _xmlrpc(world: World, login: str, method: str, *args: object) -> None:
    key = world.made["keys"][login]
    uid = int(databases.sql(
        f"SELECT id FROM res_users WHERE login = '{login}'", world.database))
    models = xmlrpc.client.ServerProxy(f"{world.url}/xmlrpc/2/object")
    try:
        models.execute_kw(world.database, uid, key, CASE, method, args)
    except xmlrpc.client.Fault:
        pass


#: Who may, and who may not.
READER, STRANGER = "t_office", "t_reviewer"
#: way in -> (door of the refusal, the request)
WAYS: dict[str, tuple[str, Callable[[World, str, int], object]]] = {
    "read": ("read", lambda w, who, id_: w.visitors[who].call(
        CASE, "read", [id_], ["name"])),
    "web_read": ("web_read", lambda w, who, id_: w.visitors[who].call(
        CASE, "web_read", [id_], {"name": {}})),
    "search_read": ("search_read", lambda w, who, id_: w.visitors[who].call(
        CASE, "search_read", [("id", "=", id_)], ["name"])),
    "JSON-2": ("read", lambda w, who, id_: w.clerk(who).call(
        CASE, "read", ids=[id_], fields=["name"])),
    "XML-RPC": ("read", lambda w, who, id_: _xmlrpc(w, who, "read", [id_], ["name"])),
    "messages": ("/mail/thread/messages", lambda w, who, id_: w.visitors[who].rpc(
        "/mail/thread/messages", thread_model=CASE, thread_id=id_)),
    "message": ("read", lambda w, who, id_: w.visitors[who].call(
        "mail.message", "read", [_message(w, id_)], ["body"])),
    "file": ("/web/content/<int:id>", lambda w, who, id_: w.visitors[who].session.get(
        f"{w.url}/web/content/{w.made['file']}")),
    "file by RPC": ("read", lambda w, who, id_: w.visitors[who].call(
        "ir.attachment", "read", [w.made["file"]], ["datas"])),
}
#: A refusal by the right to the whole model names no record.
NAMES_NONE = {"search_read"}


def _message(world: World, case: int) -> int:
    return int(databases.sql(
        f"SELECT max(id) FROM mail_message WHERE model = '{CASE}' AND res_id = {case}"
        " AND body LIKE '%a word of the office%'", world.database,
    ))


@pytest.mark.parametrize("way", WAYS)
def test_a_refusal_leaves_one_entry(world: World, way: str) -> None:
    door, ask = WAYS[way]
    case = world.made["secret"]
    seen = world.entries(lambda: ask(world, READER, case))
    about = [entry for entry in seen if entry["model"] == CASE]
    assert [(e["ids"], e.get("outcome")) for e in about] == [([case], None)]
    refused = world.entries(lambda: ask(world, STRANGER, case))
    assert [
        (e["model"], e["door"], e["ids"], e.get("outcome"), e["roles"])
        for e in refused
    ] == [(CASE, door, [] if way in NAMES_NONE else [case], "refused", "reviewer")]


def test_refused_by_a_record_rule(world: World) -> None:
    """A colleague's sheet: the model is open to the reviewer, this record is not."""
    (sheet, owner), *_rest = world.made["sheets"]
    other = next(
        login for _id, login in world.made["sheets"] if login != owner
    )

    def ask(login: str) -> list[dict]:
        return world.entries(lambda: world.clerk(login).call(
            "award.sheet", "read", ids=[sheet], fields=["state"]))

    assert [(e["ids"], e.get("outcome")) for e in ask(owner)] == [([sheet], None)]
    assert [(e["model"], e["door"], e["ids"], e["outcome"]) for e in ask(other)] == [
        ("award.sheet", "read", [sheet], "refused")]
    # An act on it is refused at its first step, which is to read it.
    acted = world.entries(lambda: world.clerk(other).call(
        "award.sheet", "action_lock", ids=[sheet]))
    assert [(e["door"], e["ids"], e["outcome"]) for e in acted] == [
        ("action_lock", [sheet], "refused")]


def test_a_field_that_is_not_for_the_reader(world: World) -> None:
    sheet, owner = world.made["sheets"][0]
    refused = world.entries(lambda: world.clerk(owner).call(
        "award.sheet", "read", ids=[sheet], fields=["transition_ids"]))
    assert [(e["model"], e["ids"], e["outcome"]) for e in refused] == [
        ("award.sheet", [sheet], "refused")]


def test_pages_of_applicants(world: World) -> None:
    me = world.visitors["applicant"]
    mine = world.made["drafts"][0]
    page = f"{world.url}/my/award"
    seen = world.entries(lambda: me.session.get(f"{page}/{mine}"))
    assert (CASE, "portal", [mine]) in [(e["model"], e["door"], e["ids"]) for e in seen]
    assert not any("outcome" in entry for entry in seen)
    foreign = int(databases.sql(
        "SELECT min(a.id) FROM award_application a WHERE NOT EXISTS (SELECT FROM"
        " award_applicant_member m WHERE m.applicant_id = a.applicant_id)",
        world.database,
    ))
    refused = world.entries(lambda: me.session.get(f"{page}/{foreign}"))
    assert [(e["model"], e["door"], e["ids"], e["outcome"]) for e in refused] == [
        (CASE, "/my/award/<int:application_id>", [foreign], "refused")]
    me.token("/my/award")
    saved = world.entries(lambda: me.post(
        f"/my/award/{foreign}/withdraw", "/my/award", reason="r"))
    assert [(e["door"], e["ids"], e["outcome"]) for e in saved] == [
        ("/my/award/<int:application_id>/withdraw", [foreign], "refused")]


def test_nothing_of_ours_asked_leaves_nothing(world: World) -> None:
    """Refusals elsewhere, refusals of rules, errors, and plain mistakes."""
    me, office = world.visitors["t_reviewer"], world.clerk("t_office_head")
    for ask in (
        lambda: me.call("ir.config_parameter", "read", [1], ["value"]),
        lambda: me.call(CASE, "no_such_method", [1]),
        lambda: me.call(CASE, "_portal_case", [1]),
        lambda: office.call("award.edition", "action_announce", ids=[1]),
        lambda: me.session.get(f"{world.url}/web/content/999999999"),
    ):
        assert world.entries(ask) == []


def test_a_search_from_outside_leaves_an_entry(world: World) -> None:
    """With the names of the fields it searched by, and no value; never twice."""
    me, case = world.visitors["t_office"], world.made["secret"]
    domain = [("applicant_id.name", "ilike", "角宿"), ("id", "=", case)]
    none = [("name", "=", "nobody")]
    scope = ["applicant_id.name", "id"]
    for method, args, expected in (
        ("search", [domain], ([case], scope)),
        ("search_count", [domain], ([], scope)),
        ("search_count", [[]], ([], ["id"])),
        ("search_read", [none, ["name"]], ([], ["name"])),
        ("search_read", [domain, ["name"]], ([case], None)),
        ("web_search_read", [none, {"name": {}}], ([], ["name"])),
        ("web_search_read", [domain, {}], ([case], scope)),
        ("name_search", ["nobody"], ([], ["display_name", "id"])),
    ):
        left = world.entries(lambda m=method, a=args: me.call(CASE, m, *a))
        assert [(e["ids"], e.get("scope")) for e in left] == [expected], method
        assert "角宿" not in json.dumps(left, ensure_ascii=False)
    assert world.entries(lambda: world.clerk("t_office").call(
        CASE, "search_count", domain=domain))[0]["door"] == "search_count"
