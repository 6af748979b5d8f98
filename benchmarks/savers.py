"""Everybody writes in the last hour: many applicants saving within ten seconds.

A real server with two workers; each applicant has a session of his own and saves his
chapter twice, at moments spread evenly over the time. Afterwards each text in the
database is compared with what was sent. The peer is one of them, saving alone.
"""

import os
import threading
import time

from benchmarks import applicants, ground
from benchmarks.harness import Result, ninth_decile
from scripts import databases
from scripts.demo import house
from scripts.servers import Server

#: Applicants, and the seconds over which their saves are spread.
SAVERS = int(os.environ.get("SAVERS", "200"))
SECONDS = 10.0
SAVES = 2
WORKERS = 2
ALONE = 40
CODE = "profile"


def run(database: str) -> list[Result]:
    """Times of the saves under load against those of one who saves alone."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    edition = ground.announce(registry, shared, closes_in=20)
    people = applicants.register(registry, shared, edition, SAVERS, database)
    with Server(database, WORKERS) as server:
        writers = [applicants.Writer(server.url, person) for person in people]
        for writer in writers:
            writer.open(CODE)
        result = Result(
            f"{SAVERS} applicants saving within {SECONDS:g} s on {WORKERS} workers",
            "one alone", None,
        )
        result.peers = [_timed(writers[0], turn) for turn in range(ALONE)]
        result.ours = _together(writers)
    _nothing_lost(database, people)
    p95 = sorted(result.ours)[max(int(len(result.ours) * 0.95) - 1, 0)]
    result.note = (
        f"{len(result.ours)} saves, no error, nothing lost; p95 {p95 * 1000:.0f} ms, "
        f"p90 {ninth_decile(result.ours) * 1000:.0f} ms, "
        f"longest {max(result.ours) * 1000:.0f} ms"
    )
    print(result.note, flush=True)
    return [result]


def _timed(writer: applicants.Writer, turn: int) -> float:
    html = applicants.chapter(turn)
    start = time.perf_counter()
    check = writer.save(CODE, html)
    taken = time.perf_counter() - start
    check()
    return taken


def _together(writers: list[applicants.Writer]) -> list[float]:
    """All save `SAVES` times within `SECONDS`; the time that each save took."""
    times: list[float] = []
    failed: list[str] = []
    begin = time.monotonic() + 1

    def write(place: int, writer: applicants.Writer) -> None:
        step = SECONDS / SAVES
        for turn in range(SAVES):
            due = begin + step * (turn + place / len(writers))
            time.sleep(max(due - time.monotonic(), 0))
            try:
                times.append(_timed(writer, 1000 * (place + 1) + turn))
            except (Exception, SystemExit) as error:
                failed.append(f"{place}: {error}")

    threads = [
        threading.Thread(target=write, args=(place, writer))
        for place, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    if failed or len(times) != SAVES * len(writers):
        raise SystemExit(f"{len(failed)} saves failed: {failed[:3]}")
    return times


def _nothing_lost(database: str, people: list[applicants.Applicant]) -> None:
    """Each chapter says what its writer has sent last."""
    kept = dict(
        line.split("|")
        for line in databases.sql(
            "SELECT application_id, split_part(text, E'\\n', 1) FROM award_chapter"
            f" WHERE code = '{CODE}'", database,
        ).splitlines()
    )
    for place, person in enumerate(people):
        sent = f"第{1000 * (place + 1) + SAVES - 1}稿"
        if kept.get(str(person.application)) != sent:
            raise SystemExit(
                f"Application {person.application}: {sent} was sent, "
                f"{kept.get(str(person.application))} is kept"
            )
