"""`make bench`: measure, print the table, write the raw figures.

    python benchmarks/run.py [-k NAME]

One script for each question, each with `run(database)`. They share one clone of the
template database, which is dropped afterwards (`KEEP=1` leaves it).
"""

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import keep, report  # noqa: E402
from scripts import databases, paths, postgres, templates  # noqa: E402

#: In this order: the largest tables come last.
SCRIPTS = (
    "scheme", "sheet", "desk", "log", "autosave", "savers", "portal", "composite",
    "clocks",
)
RESULTS = paths.RUNTIME / "bench" / "results.json"


def _measure(names: list[str], database: str) -> list:
    from scripts.demo import house

    house.configure(database)
    results = []
    for name in names:
        started = time.monotonic()
        print(f"{name} …", flush=True)
        results += importlib.import_module(f"benchmarks.{name}").run(database)
        # What has been measured is kept, whatever happens to the next script.
        keep(results, RESULTS)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
    return results


def main() -> int:
    """Status 1 when a figure misses its aim."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("-k", dest="name", default="", help="part of a script's name")
    options = parser.parse_args()
    names = [name for name in SCRIPTS if options.name in name]
    if not names:
        parser.error(f"no script is named like that; there are {', '.join(SCRIPTS)}")
    os.chdir(paths.ROOT)
    postgres.start()
    databases.write_conf()
    database = templates.clone_template(paths.database(f"bench_{os.getpid()}"))
    try:
        results = _measure(names, database)
    finally:
        if os.environ.get("KEEP") == "1":
            print(f"kept: {database}")
        else:
            databases.drop(database)
    report(results)
    print(f"raw figures: {RESULTS}")
    missed = [r for r in results if r.aim is not None and r.ratio > r.aim]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
