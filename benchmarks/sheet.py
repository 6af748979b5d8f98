"""Opening and saving a score sheet of 23 items, against one ordinary contact.

Both over HTTP with a real session on the same server, each with the specification
that its real form sends: the sheet as a reviewer under all record rules, the log and
the grid of percentages; the contact (`res.partner`) as an internal user.
"""

from benchmarks import ground
from benchmarks.client import Client, queries
from benchmarks.harness import Result, interleave
from benchmarks.load import Load
from scripts import databases
from scripts.demo import house

CASES = 170
PAIRS = 200
AIM = 2.0
#: Lines of the sheet, and fields of the contact, that one save changes.
CHANGED = 3


def _ready(database, registry) -> ground.Ground:
    """An edition in document review, its sheets open."""
    shared = ground.lay(registry)
    edition = ground.announce(registry, shared)
    with registry.cursor() as cursor:
        Load(ground.superuser(cursor), shared, edition, CASES).to_review()
    databases.sql("VACUUM ANALYZE", database)
    return shared


def _alternating(first, second):
    """Two acts in turns: a save that changes nothing would cost nothing."""
    turn = [second, first]

    def act():
        turn.reverse()
        return turn[0]()

    return act


def _contact(plain: Client) -> int:
    return plain.call("res.partner", "create", {
        "name": "成都测量有限公司", "email": "contact@example.com", "city": "成都",
        "street": "天府大道 1 号", "function": "质量部", "is_company": True,
    })


def _opening(reviewer: Client, plain: Client, sheet: int, contact: int) -> Result:
    ours = reviewer.request(
        "award.sheet", "web_read", [sheet],
        specification=reviewer.form_of("award.sheet"),
    )
    peer = plain.request(
        "res.partner", "web_read", [contact],
        specification=plain.form_of("res.partner"),
    )
    return _measure("opening a score sheet of 23 items", ours, peer)


def _saving(reviewer: Client, plain: Client, sheet: int, contact: int) -> Result:
    rows = reviewer.call("award.sheet", "read", [sheet], ["line_ids"])
    lines = rows[0]["line_ids"][:CHANGED]
    form = reviewer.form_of("award.sheet")
    ours = [
        reviewer.request(
            "award.sheet", "web_save", [sheet],
            {"line_ids": [[1, line, {"percent": percent}] for line in lines]},
            specification=form,
        )
        for percent in (40, 45)
    ]
    form = plain.form_of("res.partner")
    peers = [
        plain.request(
            "res.partner", "web_save", [contact],
            {"street": f"天府大道 {number} 号", "city": f"成都 {number}",
             "function": f"质量部 {number}"},
            specification=form,
        )
        for number in (1, 2)
    ]
    name = f"saving {CHANGED} of its lines"
    return _measure(name, _alternating(*ours), _alternating(*peers))


def _measure(question, ours, peer) -> Result:
    result = interleave(
        question, ours, peer,
        peer_name="one res.partner", times=PAIRS, aim=AIM, warm_up=10,
    )
    result.note = f"{queries(ours)} SQL statements against {queries(peer)}"
    return result


def run(database: str) -> list[Result]:
    """Opening, then saving."""
    registry = house.registry(database)
    _ready(database, registry)
    with house.WebServer() as server:
        reviewer, plain = Client(server.url, "reviewer"), Client(server.url, "plain")
        sheet = reviewer.call(
            "award.sheet", "search",
            [("is_mine_to_edit", "=", True), ("state", "=", "draft")], limit=1,
        )[0]
        contact = _contact(plain)
        return [
            _opening(reviewer, plain, sheet, contact),
            _saving(reviewer, plain, sheet, contact),
        ]
