"""Command line: `python -m scripts.demo.general --scheme anhui_2011 --database d`.

Exit status 0 means that the edition has run to its closing, and that the database
holds what was planned. Otherwise a sentence says what stands in the way.
"""

import argparse
import re
import sys
from datetime import date, datetime, time

from scripts import paths, postgres
from scripts.demo.general import files


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m scripts.demo.general")
    parser.add_argument("--scheme", required=True, metavar="PATH-OR-NAME")
    parser.add_argument("--database", default=paths.database("demo_any"))
    parser.add_argument("--small", action="store_true", help="few applicants")
    parser.add_argument("--start", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--trace", action="store_true", help="where it stopped, fully")
    return parser.parse_args()


def drive(options, chain):
    """Run the edition and compare; return what is wrong, one sentence each."""
    # Odoo's code is imported when its configuration has been read.
    from scripts.demo import house

    house.configure(options.database)
    registry = house.registry(options.database)
    from odoo.exceptions import UserError

    from odoo.addons.quality_award.rules.clock import CalendarUnknown

    from scripts.demo.actors import RemoteRefusal
    from scripts.demo.cast import Cast
    from scripts.demo.general import counting, opening, walk
    from scripts.demo.general.run import CannotRun, Run
    from scripts.demo.progress import Progress
    from scripts.demo.simulated import SimulatedTime
    from scripts.demo.timetable import local_now

    now = local_now()
    first = opening.begin(chain, now)
    if options.start:
        first = datetime.combine(options.start, time(8))
    clock = SimulatedTime(first)
    with house.WebServer() as server:
        run = Run(chain, Cast(registry, server.url), clock, Progress(), now,
                  small=options.small)
        try:
            run.where = "opening"
            opening.run(run)
            walk.stages(run)
            opening.leave(run)
            return counting.compare(run, options.database)
        except (CannotRun, RemoteRefusal, UserError, CalendarUnknown) as error:
            if options.trace:
                raise
            return [f"The edition stops at {run.where}: {_words(error)}"]
        finally:
            clock.stop()


def _words(error):
    """What a person was told; a client also names the class of the refusal."""
    if year := getattr(error, "year", None):
        return (f"The official calendar of {year} is not in the add-on, so its working "
                "days are unknown. Name another start, e.g. START=2024-03-01.")
    return re.sub(r"^odoo(\.\w+)+: ", "", str(error).strip())


def main():
    """Status 1 when the files are wrong, before any database is touched."""
    options = _arguments()
    try:
        chain = files.chain(files.locate(options.scheme))
    except files.SchemeFileError as error:
        print(error, file=sys.stderr)
        return 1
    postgres.start()
    problems = drive(options, chain)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
