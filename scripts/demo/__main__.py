"""Command line of the demonstration; see the package's words."""

import argparse
import sys
from datetime import date

from scripts import paths, postgres
from scripts.demo import people
from scripts.demo.plan import FULL, SMALL


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m scripts.demo")
    parser.add_argument("--database", default=paths.database("demo"))
    parser.add_argument("--start", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=2012)
    parser.add_argument("--small", action="store_true", help="an edition in miniature")
    parser.add_argument("--logins", action="store_true", help="print the logins only")
    return parser.parse_args()


def drive(options):
    """Run both editions, print the outcome; return what differs from the plan."""
    # Odoo's code is imported when its configuration has been read.
    from scripts.demo import house

    house.configure(options.database)
    registry = house.registry(options.database)
    from scripts.demo import acts_open, acts_setup, edition, report
    from scripts.demo.cast import Cast
    from scripts.demo.progress import Progress
    from scripts.demo.simulated import SimulatedTime
    from scripts.demo.timetable import local_now
    from scripts.demo.world import World

    now = local_now()
    funnel = SMALL if options.small else FULL
    if problems := funnel.problems():
        raise SystemExit("; ".join(problems))
    clock = SimulatedTime(now)
    with house.WebServer() as server:
        world = World(
            funnel=funnel, seed=options.seed, registry=registry, clock=clock,
            cast=Cast(registry, server.url), progress=Progress(), small=options.small,
        )
        acts_setup.refuse_unless_fresh(world)
        edition.run(world, options.start, now)
        acts_open.run(world, now)
        clock.go(now)
        report_ = report.outcome(world)
    clock.stop()
    return report.publish(world, report_, options)


def main():
    """Exit status 0 only when the database holds what the plan says."""
    options = _arguments()
    if options.logins:
        print(people.logins_table())
        return 0
    postgres.start()
    differences = drive(options)
    for difference in differences:
        print(difference, file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
