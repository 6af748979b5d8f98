"""The file format of schemes and criteria: reading, layers, canonical form.

A file is JSON. Reading it gives a complete dict (every key that has a value, defaults
written out) or a list of problems, each with the path of the field at fault. A layer
(`extends`) is merged over its parent: records with the same code are overridden key by
key, new ones are appended; a list of stages names the whole order. What may be said is
the table in `scheme_sections`.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import parameters, safe_text, values
from .criteria_sections import CRITERIA_FORMAT, CRITERIA_HEAD, CRITERIA_SECTIONS
from .scheme_sections import (
    HEAD,
    INHERITED_HEAD,
    SCHEME_FORMAT,
    SECTIONS,
    Field,
    Section,
)

__all__ = [
    "CRITERIA_FORMAT",
    "CRITERIA_HEAD",
    "CRITERIA_SECTIONS",
    "HEAD",
    "SCHEME_FORMAT",
    "SECTIONS",
    "Field",
    "Problem",
    "Section",
    "arranged",
    "canonical",
    "content_hash",
    "duplicates",
    "key_of",
    "read_criteria",
    "read_scheme",
    "row_of",
]


class Problem(NamedTuple):
    """What is wrong in a scheme, as a code with the facts.

    :param path: where, such as ``stages[3].kind``
    :param model: model of the record at fault, where it is one
    :param key: what identifies that record in its section
    """

    code: str
    path: str
    values: Mapping[str, Any] = {}
    model: str | None = None
    key: tuple[str, ...] = ()


#: Records that one file may hold.
MAX_RECORDS = 10_000


def _read_value(field, value, path):
    """One value as the complete dict has it, and what is wrong with it."""
    if not values.fits(field.kind, value):
        shown = {
            "value": safe_text.shown(value),
            "expected": values.expected(field.kind),
        }
        return None, [Problem("wrong_value", path, shown)]
    if values.is_list(field.kind):
        value = values.arranged(field.kind, value)
    return value, [Problem(f"text_{code}", path) for code in safe_text.faults(value)]


def _is_nothing(field, value):
    """Whether a value says no more than its absence."""
    if field.default is not None or field.required:
        return value is None
    nought = field.kind == "int" and not field.zero and value == 0
    return nought or value is None or value == []


def _default(field):
    return list(field.default) if isinstance(field.default, tuple) else field.default


def _read(fields, row, path, below=None):
    """Read one record over `below`, the parent's.

    :return: the complete record, and the problems found
    """
    if not isinstance(row, dict):
        return {}, [Problem("not_an_object", path)]
    prefix = f"{path}." if path else ""
    found = [
        Problem("unknown_key", prefix + safe_text.shown(key))
        for key in row
        if key not in fields
    ]
    clean = {}
    for name, field in fields.items():
        value = row.get(name)
        if value is None or value == "":
            value = (below or {}).get(name, _default(field))
            if value is None and field.required:
                found.append(Problem("missing_key", prefix + name))
        else:
            value, problems = _read_value(field, value, prefix + name)
            found += problems
        if not _is_nothing(field, value):
            clean[name] = value
    return clean, found


def key_of(section, row):
    """What identifies a record in its section; usable before it is checked."""
    if not isinstance(row, dict):
        return None
    return tuple(str(row.get(name) or "") for name in section.key)


def duplicates(name, section, rows):
    """Records of a list that have the key of an earlier one."""
    seen, found = set(), []
    for index, row in enumerate(rows):
        key = key_of(section, row)
        if key in seen:
            shown = safe_text.shown(" ".join(filter(None, key)))
            found.append(Problem("duplicate", f"{name}[{index}]", {"code": shown}))
        seen.add(key)
    return [problem for problem in found if problem.values["code"]]


def _read_section(name, section, rows, below):
    """Read a list of records over `below`, the parent's list."""
    if not isinstance(rows, list):
        return [], [Problem("not_a_list", name)]
    merged = {key_of(section, row): row for row in below}
    own, found = [], duplicates(name, section, rows)
    for index, row in enumerate(rows):
        key = key_of(section, row)
        clean, problems = _read(
            section.fields, row, f"{name}[{index}]", merged.get(key)
        )
        found += problems
        if name == "parameters" and not problems:
            clean, problems = _read_parameter(clean, f"{name}[{index}]")
            found += problems
        own.append((key, clean))
    kept = []
    if name != "stages" or not rows:  # a list of stages says the whole order
        overriding = dict(own)
        kept = [overriding.pop(key, row) for key, row in merged.items()]
        own = [(key, row) for key, row in own if key not in merged]
    result = kept + [row for _key_of, row in own]
    return arranged(section, result), found


def arranged(section, rows):
    """The records of a section in the order of the complete dict."""
    if section.in_order:
        return rows
    return sorted(rows, key=lambda row: [_rank(row.get(name)) for name in section.key])


def _rank(value):
    """A part of a key as text that sorts like it."""
    return f"{value:010}" if isinstance(value, int) else value or ""


def _read_parameter(row, path):
    """A parameter with its value as its code asks for it."""
    kind = parameters.CATALOG[row["code"]].kind
    value, found = _read_value(Field(kind), row["value"], f"{path}.value")
    if not found and (expected := parameters.problem(row["code"], value)):
        shown = {"value": value, "expected": values.expected(expected)}
        found = [Problem("wrong_value", f"{path}.value", shown)]
    return {**row, "value": value}, found


def row_of(section, value_of):
    """A record of the complete dict, without the keys that have no value.

    :param value_of: function of a key and its `Field`; None, "" or (but for what
        may be false) False where there is no value
    """
    row = {}
    for name, field in section.fields.items():
        value = value_of(name, field)
        if value == "" or (value is False and field.kind not in {"bool", "json"}):
            value = None
        if values.is_list(field.kind):
            value = values.arranged(field.kind, value or [])
        if not _is_nothing(field, value):
            row[name] = value
    return row


def _format_problem(data, file_format):
    """A file of another kind, or of a version that this software does not know."""
    said = data.get("format")
    kind, _slash, version = file_format.rpartition("/")
    if not isinstance(said, str) or said == file_format:
        return None
    if said.startswith(f"{kind}/") and said.removeprefix(f"{kind}/").isdecimal():
        code = "newer_format"
    else:
        code = "wrong_value"
    shown = {"value": safe_text.shown(said), "expected": file_format}
    return Problem(code, "format", shown)


def _too_many(data, sections):
    """Records beyond what one file may hold."""
    number = sum(len(data.get(n)) for n in sections if isinstance(data.get(n), list))
    if number <= MAX_RECORDS:
        return []
    return [Problem("too_many", "", {"number": number, "most": MAX_RECORDS})]


def _read_file(data, head, sections, file_format, parent):
    if not isinstance(data, dict):
        return {}, [Problem("not_an_object", "")]
    if found := _too_many(data, sections):
        return {}, found
    wrong = _format_problem(data, file_format)
    if wrong and wrong.code == "newer_format":
        return {}, [wrong]  # what else it says cannot be judged
    below = {key: parent[key] for key in INHERITED_HEAD if key in parent}
    top = {key: value for key, value in data.items() if key not in sections}
    clean, found = _read(head, top, "", below)
    if wrong:
        found.append(wrong)
    if clean.get("complete"):
        parent = {}
    for name, section in sections.items():
        rows = data.get(name)
        clean[name], problems = _read_section(
            name, section, [] if rows is None else rows, parent.get(name, [])
        )
        found += problems
    clean.pop("complete", None)
    return clean, found


def read_scheme(data, parent=None):
    """Read a scheme file.

    :param data: the parsed JSON, of any type
    :param parent: the complete dict of the scheme that it extends
    :return: ``(complete dict, [Problem])``; the dict is of use only without problems
    """
    clean, found = _read_file(data, HEAD, SECTIONS, SCHEME_FORMAT, parent or {})
    named = clean.get("extends")
    if named and all(named[key] == clean.get(key) for key in ("code", "version")):
        found.append(Problem("extends_itself", "extends", named))
    return clean, found


def read_criteria(data):
    """Read a criteria file. Arguments and result as :func:`read_scheme`."""
    return _read_file(data, CRITERIA_HEAD, CRITERIA_SECTIONS, CRITERIA_FORMAT, {})


def canonical(data):
    """The one text of a complete dict: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(data):
    """Fingerprint of a complete dict; ``$1$`` names the algorithm, SHA-256."""
    return "$1$" + hashlib.sha256(canonical(data).encode()).hexdigest()
