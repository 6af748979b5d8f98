"""The office's board and the XLSX of a list, whatever their size.

The board of 200 and of 10 000 applications over HTTP, against the board of one: flat,
with the same statements. The XLSX of 10 000 rows against `xlsxwriter` that writes the
same cells from memory with nothing else to do; what is in memory must not follow the
rows.
"""

import io
import tracemalloc

import xlsxwriter

from benchmarks import ground
from benchmarks.client import Client, queries
from benchmarks.harness import Result, interleave
from benchmarks.load import Load
from scripts import databases
from scripts.demo import house

SIZES = (200, 10_000)
PAIRS, PAIRS_SHEET = 30, 7
AIM_BOARD, AIM_SHEET = 2.0, 1.5
#: Rows of a tenth of the table may need this part of the memory, not a tenth of it.
AIM_MEMORY = 1.5
COLUMNS = (
    "name applicant_id class_id recommender_id trade_id stage_id submitted_at state"
).split()
COLUMNS_NAMED = [(name, name) for name in COLUMNS]


def _edition(registry, shared, cases):
    """An edition with so many applications at the review of documents."""
    edition = ground.announce(registry, shared)
    with registry.cursor() as cursor:
        Load(ground.superuser(cursor), shared, edition, cases).to_office()
    return edition


def _board(client, editions) -> list[Result]:
    peer = client.request("award.edition", "office_board", editions[1])
    results = []
    for size in SIZES:
        ours = client.request("award.edition", "office_board", editions[size])
        result = interleave(
            f"the board of {size} applications", ours, peer,
            peer_name="of one", times=PAIRS, aim=AIM_BOARD, warm_up=3,
        )
        asked, known = queries(ours), queries(peer)
        result.note = f"{asked} SQL statements against {known}"
        results.append(result)
    return results


def _plain(rows):
    """The same cells, written by `xlsxwriter` alone."""

    def act():
        target = io.BytesIO()
        options = {"constant_memory": True}
        with xlsxwriter.Workbook(target, options) as book:
            sheet = book.add_worksheet()
            day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    elif value:
                        sheet.write_datetime(number, column, value, day)

    return act


def _sheet(registry, shared, edition) -> Result:
    """The table as an officer gets it, by his rights and with its entry in the log."""
    with registry.cursor() as cursor:
        env = ground.superuser(cursor)
        officer = env["res.users"].browse(shared.users["office"])
        officer.group_ids |= env.ref("base.group_allow_export")
        model = env["award.application"].with_user(officer)
        domain = [("edition_id", "=", edition)]
        rows = list(model._list_sheet_rows(domain, COLUMNS))

        def ours():
            env.invalidate_all()
            model._list_to_sheet(io.BytesIO(), domain, COLUMNS_NAMED)

        result = interleave(
            f"XLSX of {len(rows)} rows", ours, _plain(rows),
            peer_name="plain xlsxwriter", times=PAIRS_SHEET, aim=AIM_SHEET, warm_up=1,
        )
        few, many = (_peak(model, domain, count) for count in (1000, len(rows)))
        result.note = f"memory {many / few:.2f} times that of 1000 rows"
        if many > AIM_MEMORY * few:
            result.note += "  MISSED"
        cursor.rollback()
    return result


def _peak(model, domain, count) -> int:
    """Bytes at most in memory while so many rows are written to a file."""
    last = model.search(domain, order="id", limit=count)[-1:].id
    domain = [*domain, ("id", "<=", last)]
    model.env.invalidate_all()
    with open("/dev/null", "r+b", buffering=0) as nowhere:
        tracemalloc.start()
        model._list_to_sheet(io.BufferedWriter(nowhere), domain, COLUMNS_NAMED)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


def run(database: str) -> list[Result]:
    """The board, then the table."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    editions = {size: _edition(registry, shared, size) for size in (1, *SIZES)}
    databases.sql("VACUUM ANALYZE", database)
    with house.WebServer() as server:
        results = _board(Client(server.url, "office"), editions)
    return [*results, _sheet(registry, shared, editions[SIZES[-1]])]
