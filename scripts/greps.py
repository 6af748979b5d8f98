"""Slips that no linter knows: found by a look at each line of each file."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts import paths

# A missing comma turns membership into a substring test: `state in ("sent")`.
_NO_TUPLE = re.compile(r"""\bin \((['"])[A-Za-z_]+\1\)""")
_SUDO = re.compile(r"\.sudo\((?!False\))")  # sudo(False) gives rights back
_STATE = re.compile(r"""\bstate\s*(?:[!=]=|(?:not )?in)\s*[('"\[]""")
_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)")


def _files() -> list[Path]:
    """Every file git knows or would add, so that no ignored folder is read."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=paths.ROOT, capture_output=True, text=True, check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if Path(name).is_file()]


def _python(lines: list[str], in_tests: bool) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if _NO_TUPLE.search(line):
            yield number, "a tuple of one needs its comma"
        if _SUDO.search(line) and not in_tests and "# sudo: " not in line:
            yield number, "sudo() without its reason on the line (`# sudo: why`)"


def _views(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        if _STATE.search(line):
            yield number, "a view asks a computed field, it does not compare states"


def _of_file(path: Path) -> Iterator[tuple[int, str]]:
    if path.name in {"en.po", "en_US.po"}:
        yield 1, "English is the source language and has no translation file"
    if path.suffix not in {".py", ".xml", ".js", ".md", ".csv", ".json", ".sh", ".po"}:
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if _MARKER.match(line):
            yield number, "a merge conflict is left"
    if path.parts[0] == paths.ADDON and path.suffix == ".py":
        yield from _python(lines, "tests" in path.parts)
    if path.parts[:2] == (paths.ADDON, "views") and path.suffix == ".xml":
        yield from _views(lines)


def complaints() -> list[str]:
    """One line for each slip, as path:line: what is wrong."""
    return [
        f"{path}:{number}: {text}"
        for path in _files()
        for number, text in _of_file(path)
    ]
