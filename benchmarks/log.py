"""A read of a confidential record that leaves its entry, against one that does not.

The same request by the same user; between the requests the writing of the entry is
replaced, in this process only, by a function that does nothing.
"""

from contextlib import contextmanager

from benchmarks import ground
from benchmarks.client import Client, queries
from benchmarks.harness import Result, interleave
from benchmarks.load import Load
from scripts import databases
from scripts.demo import house

CASES = 170
PAIRS = 200
AIM = 1.15


def _switch(registry):
    """The class that writes entries, and what stands in for its method."""
    model = registry["award.access.entry"]
    owner = next(cls for cls in model.__mro__ if "_leave" in vars(cls))
    return owner, owner._leave


@contextmanager
def _restored(owner, writes):
    try:
        yield
    finally:
        owner._leave = writes


def _entries(registry) -> int:
    with registry.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM award_access_log")
        return cursor.fetchone()[0]


def _check(registry, logged, unlogged) -> None:
    """The one leaves an entry, the other none; otherwise nothing is measured."""
    counts = [_entries(registry)]
    for act in (logged, unlogged):
        act()()
        counts.append(_entries(registry))
    if not counts[0] < counts[1] == counts[2]:
        raise SystemExit(f"Entries after a logged and an unlogged read: {counts}")


def run(database: str) -> list[Result]:
    """`web_read` of one application by the office, with its form's specification."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    edition = ground.announce(registry, shared)
    with registry.cursor() as cursor:
        Load(ground.superuser(cursor), shared, edition, CASES).to_review()
    databases.sql("VACUUM ANALYZE", database)
    owner, writes = _switch(registry)

    def silent(self, door_name, model, ids, scope=None):
        """Leave no entry."""

    with house.WebServer() as server, _restored(owner, writes):
        office = Client(server.url, "office")
        case = office.call(
            "award.application", "search", [("edition_id", "=", edition)], limit=1
        )
        read = office.request(
            "award.application", "web_read", case,
            specification=office.form_of("award.application"),
        )

        def logged():
            owner._leave = writes
            return read()

        def unlogged():
            owner._leave = silent
            return read()

        _check(registry, logged, unlogged)
        result = interleave(
            "logged web_read of an application", logged, unlogged,
            peer_name="the same, log stubbed", times=PAIRS, aim=AIM, warm_up=10,
        )
        result.note = (
            f"{queries(logged)} SQL statements against {queries(unlogged)}"
        )
        return [result]
