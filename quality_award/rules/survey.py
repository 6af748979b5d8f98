"""Results of a public evaluation as people type or paste them: numbers and points."""

import re
from typing import NamedTuple

#: Points as people write them: digits with at most two decimals.
POINTS = re.compile(r"\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*")
#: What may stand between the number of a case and its points.
_COLUMNS = re.compile(r"\s*[\t;]\s*|\s{2,}|\s+(?=\S+$)")


class Table(NamedTuple):
    """What :func:`read_table` found: ``{number: hundredths}`` and lines not understood.

    ``problems`` is ``[(line from 1, code, text)]`` with the codes ``"no_columns"``,
    ``"not_points"`` and ``"twice"``.
    """

    points: dict
    problems: list


def read_points(text):
    """Return points typed in decimals as hundredths, None where it is no number.

    :param text: such as ``"87.5"`` or ``"87,50"``
    """
    found = POINTS.fullmatch(text or "")
    if not found:
        return None
    whole, decimals = found.groups("")
    return int(whole + decimals.ljust(2, "0"))


def read_table(text) -> Table:
    """Read lines of the number of a case and its points, as a spreadsheet copies them.

    :param text: one case a line, columns apart by tab, semicolon or space; empty
        lines and lines that begin with ``#`` say nothing
    """
    points, problems = {}, []
    for place, line in enumerate((text or "").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = [part for part in _COLUMNS.split(line.strip()) if part]
        if len(parts) != 2:
            problems.append((place, "no_columns", line.strip()[:80]))
            continue
        number, value = parts[0], read_points(parts[1])
        if value is None:
            problems.append((place, "not_points", parts[1][:80]))
        elif number in points:
            problems.append((place, "twice", number[:80]))
        else:
            points[number] = value
    return Table(points, problems)

