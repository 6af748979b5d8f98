"""Saving a chapter while it is written, against saving one ordinary contact.

Both over HTTP with a real session on the same server: the chapter (some 2 500
characters and a table, cleaned on the server) by its applicant, the contact
(`res.partner`) by an internal user with the specification that its form sends.
"""

from benchmarks import applicants, ground
from benchmarks.client import Client, queries
from benchmarks.harness import Result, interleave
from scripts.demo import house

PAIRS = 200
AIM = 1.5
CODE = "profile"


def run(database: str) -> list[Result]:
    """One chapter, saved again and again, each time with another text."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    edition = ground.announce(registry, shared, closes_in=20)
    with house.WebServer() as server:
        [applicant] = applicants.register(registry, shared, edition, 1, database)
        writer = applicants.Writer(server.url, applicant)
        writer.open(CODE)
        turns = iter(range(10_000))

        def ours():
            return writer.save(CODE, applicants.chapter(next(turns)))

        peer = _contact(Client(server.url, "plain"))
        result = interleave(
            "autosave of a chapter", ours, peer, peer_name="web_save of a res.partner",
            times=PAIRS, aim=AIM, warm_up=10,
        )
        result.note = f"{queries(ours)} SQL statements against {queries(peer)}"
    return [result]


def _contact(plain: Client):
    """Saves of a contact in turns: one that changes nothing would cost nothing."""
    contact = plain.call("res.partner", "create", {
        "name": "成都测量有限公司", "email": "contact@example.com", "city": "成都",
        "street": "天府大道 1 号", "function": "质量部", "is_company": True,
    })
    form = plain.form_of("res.partner")
    saves = [
        plain.request(
            "res.partner", "web_save", [contact], {"comment": f"<p>第{turn}稿</p>" + (
                f"<p>{applicants.PARAGRAPH}</p>" * 60)},
            specification=form,
        )
        for turn in (1, 2)
    ]

    def act():
        saves.reverse()
        return saves[0]()

    return act
