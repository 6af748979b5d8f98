"""Command line: `python -m scripts.demo.general --scheme anhui_2011 --database d`.

Exit status 0 means that the edition ran to its end. That is not yet possible: status
3 says that it is announced, and that no stage after it was driven.
"""

import argparse
import sys
from dataclasses import dataclass, field

from scripts import paths, postgres
from scripts.demo.general import files

ANNOUNCED_ONLY = 3


@dataclass
class Stage:
    """What the acts share: files, time, people, ids of what they made."""

    chain: list
    cast: object
    clock: object
    progress: object
    now: object
    ids: dict = field(default_factory=dict)


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m scripts.demo.general")
    parser.add_argument("--scheme", required=True, metavar="PATH-OR-NAME")
    parser.add_argument("--database", default=paths.database("demo_any"))
    return parser.parse_args()


def drive(options, chain):
    """Open the edition and print what lies ahead of it."""
    # Odoo's code is imported when its configuration has been read.
    from scripts.demo import house

    house.configure(options.database)
    registry = house.registry(options.database)
    from datetime import timedelta

    from scripts.demo.cast import Cast
    from scripts.demo.general import opening, walk
    from scripts.demo.progress import Progress
    from scripts.demo.simulated import SimulatedTime
    from scripts.demo.timetable import local_now

    now = local_now()
    clock = SimulatedTime(now - timedelta(days=opening.LENGTH))
    with house.WebServer() as server:
        stage = Stage(chain, Cast(registry, server.url), clock, Progress(), now)
        opening.run(stage)
        print(walk.table(walk.classes(stage.cast, stage.ids["scheme"])))
    clock.stop()
    print("\nThe edition is announced; the stages after that are not driven yet.")
    return ANNOUNCED_ONLY


def main():
    """Status 1 when the files are wrong, before any database is touched."""
    options = _arguments()
    try:
        chain = files.chain(files.locate(options.scheme))
    except files.SchemeFileError as error:
        print(error, file=sys.stderr)
        return 1
    postgres.start()
    return drive(options, chain)


if __name__ == "__main__":
    sys.exit(main())
