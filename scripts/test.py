"""`make test`: every suite in its own clone of one template database, a summary.

    python -m scripts.test [SUITE …] [-- PYTEST ARGUMENTS]
"""

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from scripts import databases, paths
from scripts.compare_test_counts import differences
from scripts.suites import (
    Outcome,
    end_all,
    read_junit,
    run_suite,
    temporary_database,
)

RESULTS = paths.RUNTIME / "results"


@dataclass
class Call:
    """How one suite is to be run."""

    extra: list[str]
    output: IO[str] | None = None


def _pytest(call: Call, name: str, *arguments: str, environment: dict) -> Outcome:
    """Run pytest and count what it wrote down."""
    report = RESULTS / f"{name}-{os.getpid()}.xml"
    command = [
        paths.python(), "-m", "pytest", "-q", "--durations=10",
        f"--junitxml={report}", "-o", f"junit_suite_name={name}", *arguments,
        *call.extra,
    ]
    return read_junit(report, run_suite(command, environment, call.output))


def addon(call: Call) -> Outcome:
    """The add-on's own tests, browser tours included."""
    with temporary_database("addon") as database:
        return _pytest(
            call, "addon", f"{paths.ADDON}/tests", f"--odoo-config={paths.CONF}",
            f"--odoo-database={database}", "--odoo-http",
            environment=paths.full_environment(),
        )


def counts(_call: Call) -> Outcome:
    """Odoo's loader and pytest find the same tests."""
    with temporary_database("counts") as database:
        count, lines = differences(database)
    notes = lines or [f"Odoo and pytest find the same {count} tests"]
    return Outcome(passed=not lines, failed=bool(lines), notes=notes)


def odoo_lint(call: Call) -> Outcome:
    """Odoo's own test_lint on this add-on."""
    with temporary_database("lint") as database:
        databases.install(database, "test_lint")
        report = RESULTS / f"odoo-lint-{os.getpid()}.json"
        status = run_suite(
            [paths.python(), "-m", "scripts.odoo_lint", database, str(report)],
            paths.full_environment(), call.output,
        )
    return Outcome.from_json(report, status)


def black_box(call: Call) -> Outcome:
    """The tests of tests/, from outside, on real servers they start themselves."""
    folder = paths.ROOT / "tests"
    if not any(folder.rglob("test_*.py")):
        return Outcome(notes=["tests/ holds no test"])
    environment = paths.full_environment()
    # pytest-odoo would load Odoo into the process of a test that stands outside.
    environment.pop("ODOO_RC")
    return _pytest(call, "black-box", "tests", "-p", "no:odoo",
                   environment=environment)


SUITES: dict[str, Callable[[Call], Outcome]] = {
    "addon": addon, "counts": counts, "odoo-lint": odoo_lint, "black-box": black_box,
}


def _run(name: str, call: Call) -> Outcome:
    print(f"\n=== {name}: {SUITES[name].__doc__}", file=call.output, flush=True)
    started = time.monotonic()
    try:
        outcome = SUITES[name](call)
    except (paths.SetupError, SystemExit) as error:
        print(error, file=call.output, flush=True)
        outcome = Outcome(failed=1, notes=["could not run"])
    except Exception:  # a suite that breaks must count as failed, never as absent
        print(traceback.format_exc(), file=call.output, flush=True)
        outcome = Outcome(failed=1, notes=["broke off"])
    outcome.seconds = time.monotonic() - started
    return outcome


def _run_all(names: list[str], extra: list[str]) -> dict[str, Outcome]:
    """Two lanes for two cores: the longest suite shown live, the others alongside."""
    live, *others = names
    outcomes: dict[str, Outcome] = {}
    log = RESULTS / f"alongside-{os.getpid()}.log"

    def alongside() -> None:
        with log.open("w", encoding="utf-8") as output:
            for name in others:
                outcomes[name] = _run(name, Call(extra, output))

    lane = threading.Thread(target=alongside, daemon=True)
    if others:
        print(f"Alongside, shown at the end: {', '.join(others)}")
    try:
        lane.start()
        outcomes[live] = _run(live, Call(extra))
        while lane.is_alive():
            lane.join(60)
            if lane.is_alive():
                left = [name for name in others if name not in outcomes]
                print(f"… still running: {', '.join(left)}", flush=True)
    finally:
        end_all()
    print(log.read_text(encoding="utf-8"))
    log.unlink()
    return {name: outcomes.get(name, Outcome(failed=1)) for name in names}


def _summary(outcomes: dict[str, Outcome]) -> None:
    print("\n=== Summary")
    print(f"{'suite':12} {'passed':>7} {'failed':>7} {'skipped':>8} {'seconds':>8}")
    for name, outcome in outcomes.items():
        print(
            f"{name:12} {outcome.passed:7} {outcome.failed:7} "
            f"{outcome.skipped:8} {outcome.seconds:8.0f}"
        )
    for name, outcome in outcomes.items():
        for note in outcome.notes:
            print(f"{name}: {note}")
    missing = paths.RUNTIME / "missing"
    if missing.exists():
        print(*(f"Not installed: {line}" for line in missing.read_text().splitlines()),
              sep="\n")


def main(arguments: list[str]) -> int:
    """Run the suites asked for; the last line counts tests, and nothing else."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    names, extra = arguments[:cut] or list(SUITES), arguments[cut + 1:]
    unknown = set(names) - set(SUITES)
    if unknown:
        print(f"No suite {', '.join(unknown)}; there are: {', '.join(SUITES)}")
        return 2
    os.chdir(paths.ROOT)
    RESULTS.mkdir(parents=True, exist_ok=True)
    outcomes = _run_all(names, extra)
    _summary(outcomes)
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values())
    skipped = sum(outcome.skipped for outcome in outcomes.values())
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
