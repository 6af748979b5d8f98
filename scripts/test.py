"""`make test`: every suite in its own clone of one template database, a summary.

    python -m scripts.test [SUITE …] [-- PYTEST ARGUMENTS]
"""

import os
import sys
import time
from collections.abc import Callable

from scripts import databases, paths
from scripts.compare_test_counts import differences
from scripts.suites import Outcome, read_junit, run_suite, temporary_database

RESULTS = paths.RUNTIME / "results"


def _pytest(name: str, *arguments: str, environment: dict[str, str]) -> Outcome:
    """Run pytest with its output shown, and count what it wrote down."""
    report = RESULTS / f"{name}-{os.getpid()}.xml"
    status = run_suite(
        [
            paths.python(), "-m", "pytest", "-q", "--durations=10",
            f"--junitxml={report}", "-o", f"junit_suite_name={name}",
            *arguments,
        ],
        environment,
    )
    return read_junit(report, status)


def addon(extra: list[str]) -> Outcome:
    """The add-on's own tests, browser tours included."""
    with temporary_database("addon") as database:
        return _pytest(
            "addon", f"{paths.ADDON}/tests", f"--odoo-config={paths.CONF}",
            f"--odoo-database={database}", "--odoo-http", *extra,
            environment=paths.full_environment(),
        )


def counts(_extra: list[str]) -> Outcome:
    """Odoo's loader and pytest find the same tests."""
    with temporary_database("counts") as database:
        count, lines = differences(database)
    print("\n".join(lines) or f"Odoo and pytest find the same {count} tests")
    return Outcome(passed=not lines, failed=bool(lines))


def odoo_lint(_extra: list[str]) -> Outcome:
    """Odoo's own test_lint on this add-on."""
    with temporary_database("lint") as database:
        databases.install(database, "test_lint")
        report = RESULTS / f"odoo-lint-{os.getpid()}.json"
        status = run_suite(
            [paths.python(), "-m", "scripts.odoo_lint", database, str(report)],
            paths.full_environment(),
        )
    return Outcome.from_json(report, status)


def black_box(extra: list[str]) -> Outcome:
    """The tests of tests/, from outside, on real servers they start themselves."""
    folder = paths.ROOT / "tests"
    if not any(folder.rglob("test_*.py")):
        return Outcome(notes=["tests/ holds no test"])
    environment = paths.full_environment()
    # pytest-odoo would load Odoo into the process of a test that stands outside.
    environment.pop("ODOO_RC")
    return _pytest("black-box", "tests", "-p", "no:odoo", *extra,
                   environment=environment)


SUITES: dict[str, Callable[[list[str]], Outcome]] = {
    "addon": addon, "counts": counts, "odoo-lint": odoo_lint, "black-box": black_box,
}


def _run(name: str, extra: list[str]) -> Outcome:
    print(f"\n=== {name}: {SUITES[name].__doc__}", flush=True)
    started = time.monotonic()
    try:
        outcome = SUITES[name](extra)
    except (paths.SetupError, SystemExit) as error:
        print(error)
        outcome = Outcome(failed=1, notes=["could not run"])
    outcome.seconds = time.monotonic() - started
    return outcome


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
    outcomes = {name: _run(name, extra) for name in names}
    _summary(outcomes)
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values())
    skipped = sum(outcome.skipped for outcome in outcomes.values())
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
