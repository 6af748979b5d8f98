"""Interleaved pairs: ours and a peer on the same machine in the same run.

Single figures of a shared machine say little; the ratio of two things measured in
turns says what is asked. Raw figures are kept.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from math import ceil
from pathlib import Path


@dataclass
class Result:
    """One answered question. Times are seconds; `ratio` is of the medians."""

    question: str
    peer: str
    aim: float | None
    ours: list[float] = field(default_factory=list)
    peers: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.peers)

    def figures(self) -> dict:
        """What is kept of it: the summary, then every single time."""
        summary = {
            f"{whose}_{name}": figure
            for whose, values in (("ours", self.ours), ("peers", self.peers))
            for name, figure in (
                ("median", statistics.median(values)), ("p90", ninth_decile(values))
            )
        }
        return {"ratio": self.ratio, "pairs": len(self.ours), **summary, **asdict(self)}

    def row(self) -> tuple[str, ...]:
        def cell(values: list[float]) -> str:
            median = statistics.median(values)
            factor, unit = (1e3, "ms") if median >= 1e-3 else (1e6, "µs")
            return f"{median * factor:.1f} ({ninth_decile(values) * factor:.1f}) {unit}"

        aim = "–" if self.aim is None else f"≤ {self.aim:g}"
        verdict = "" if self.aim is None or self.ratio <= self.aim else "  MISSED"
        return (
            self.question,
            cell(self.ours),
            f"{self.peer}: {cell(self.peers)}",
            f"{self.ratio:.2f}{verdict}",
            aim,
        )


def ninth_decile(values: list[float]) -> float:
    """The smallest value that nine in ten do not exceed."""
    return sorted(values)[ceil(0.9 * len(values)) - 1]


def interleave(
    question: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    *,
    peer_name: str,
    times: int,
    aim: float | None = None,
    warm_up: int = 5,
) -> Result:
    """Run `ours` and `peer` in turns, the first of each pair alternating.

    What an act returns is called after the clock has stopped, where it can be: that
    is the place to roll back or to check.

    :param times: number of pairs; at least 200 for requests
    :return: the result with every single time
    """
    result = Result(question, peer_name, aim)
    for _turn in range(warm_up):
        timed(ours)
        timed(peer)
    for turn in range(times):
        pair = [(ours, result.ours), (peer, result.peers)]
        for act, times_taken in pair if turn % 2 else reversed(pair):
            times_taken.append(timed(act))
    return result


def timed(act: Callable[[], object]) -> float:
    """Seconds that `act` takes."""
    start = time.perf_counter()
    afterwards = act()
    taken = time.perf_counter() - start
    if callable(afterwards):
        afterwards()
    return taken


def report(results: list[Result]) -> None:
    """Print the table."""
    head = ("question", "ours, median (p90)", "peer", "ratio", "aim")
    rows = [head, *(result.row() for result in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        print("  ".join(cell.ljust(w) for cell, w in cells).rstrip())
    for result in results:
        if result.note:
            print(f"* {result.question}: {result.note}")


def keep(results: list[Result], path: Path) -> None:
    """Write the results with their raw figures."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "load": os.getloadavg(),
        "results": [result.figures() for result in results],
    }
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
