"""What the suites of `make test` share: databases, processes, counting."""

import json
import os
import re
import signal
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from scripts import databases, paths, templates

_TEST = paths.database("test_")
# A suite that hangs must not take the whole run with it.
_LONGEST = 50 * 60


@dataclass
class Outcome:
    """What one suite came to."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    notes: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, report: Path, status: int) -> "Outcome":
        """Read {"run", "failed"}; a suite that wrote none has failed."""
        if not report.exists():
            return cls(failed=1, notes=["ended before its tests"])
        found = json.loads(report.read_text())
        report.unlink()
        failed = found["failed"] or int(status != 0)
        return cls(passed=max(found["run"] - failed, 0), failed=failed)


def read_junit(report: Path, status: int) -> Outcome:
    """Count pytest's report; a run without a report or without tests has failed."""
    if not report.exists():
        return Outcome(failed=1, notes=["pytest ended before its tests"])
    outcome = Outcome()
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skipped is not None:
            outcome.skipped += 1
            outcome.notes.append(f"skipped {name}: {skipped.get('message')}")
        else:
            outcome.passed += 1
    report.unlink()
    if status and not outcome.failed:
        outcome.failed = 1
        outcome.notes.append(f"pytest ended with status {status}")
    return outcome


_running: set[int] = set()


def _end_group(group: int) -> None:
    """Also what the suite left behind: servers, browsers."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
    _running.discard(group)


def end_all() -> None:
    """End every suite that still runs, as when the user interrupts."""
    for group in list(_running):
        _end_group(group)


def run_suite(
    command: list[str], environment: dict[str, str], output: IO[str] | None = None
) -> int:
    """Run a suite, its output shown or written; end its group when it hangs."""
    process = subprocess.Popen(
        command, env=environment, cwd=paths.ROOT, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=output, stderr=output,
    )
    _running.add(process.pid)
    try:
        return process.wait(_LONGEST)
    except subprocess.TimeoutExpired:
        print(f"ended after {_LONGEST} seconds", file=output, flush=True)
        return 124
    finally:
        _end_group(process.pid)
        process.wait()


def _drop_leftovers() -> None:
    """Databases of runs that were killed: named by a process that is gone."""
    names = databases.sql(
        f"SELECT datname FROM pg_database WHERE datname ~ '^{_TEST}[a-z]+_[0-9]+$'"
    )
    for name in names.split():
        pid = int(re.sub(r".*_", "", name))
        if not Path("/proc", str(pid)).exists():
            databases.drop(name)


@contextmanager
def temporary_database(suite: str) -> Iterator[str]:
    """A fresh clone of the template for one suite of this run."""
    _drop_leftovers()
    name = templates.clone_template(f"{_TEST}{suite}_{os.getpid()}")
    try:
        yield name
    finally:
        if os.environ.get("KEEP") != "1":
            databases.drop(name)
