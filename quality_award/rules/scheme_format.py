"""The file format of schemes and criteria: keys, types, layers, canonical form.

A file is JSON. Reading it gives a complete dict (every key that has a value, defaults
written out) or a list of problems, each with the path of the field at fault. A layer
(`extends`) is merged over its parent: records with the same code are overridden key by
key, new ones are appended; a list of stages names the whole order.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from . import clock, parameters

SCHEME_FORMAT = "quality_award.scheme/1"
CRITERIA_FORMAT = "quality_award.criteria/1"


class Problem(NamedTuple):
    """What is wrong in a scheme, as a code with the facts.

    :param path: where, such as ``stages[3].kind``
    """

    code: str
    path: str
    values: Mapping[str, Any] = {}


class Field(NamedTuple):
    """One key of a record: its type, and what stands where it is left out."""

    kind: str = "str"  # str, int, bool, date, json, or words separated by "|"
    required: bool = False
    default: Any = None


class Section(NamedTuple):
    """A list of records: its keys, and those that identify a record."""

    fields: Mapping[str, Field]
    key: tuple[str, ...] = ("code",)
    in_order: bool = True


_NAMES = {"name_zh": Field(required=True), "name_en": Field()}
_CODE = {"code": Field(required=True)}
_CLAUSE = {"clause": Field()}
STAGE_KINDS = (
    "submission|recommendation|qualification|document_review|site_visit|defence|"
    "public_evaluation|composite|consultation|deliberation|notice|approval|award"
)
START_EVENTS = (
    "recommender_receipt|office_receipt|supplement_sent|site_end|last_scoring_end|"
    "list_receipt|letter_receipt|notice_published|objection_receipt|award_granted"
)

HEAD = {
    "format": Field(required=True),
    "code": Field(required=True),
    "version": Field(required=True),
    "extends": Field("extends"),
    **_NAMES,
    "document_number": Field(),
    "document_date": Field("date"),
    "issued_by": Field(),
    "valid_from": Field("date"),
    "valid_to": Field("date"),
    "timezone": Field(default=clock.TIME_ZONE),
}
#: Heads that a layer takes from its parent; it is a document of its own otherwise.
INHERITED_HEAD = ("valid_from", "valid_to", "timezone")

SECTIONS = {
    "clauses": Section(
        {
            **_CODE,
            "citation_zh": Field(required=True),
            "citation_en": Field(),
            "summary_zh": Field(),
            "summary_en": Field(),
            "mark": Field(
                "rule|agency_decision|doubtful|not_for_software", default="rule"
            ),
        }
    ),
    "bodies": Section(
        {
            **_CODE,
            "role": Field(
                "government|leading_group|committee|office|handling|recommender|"
                "department|finance|supervision",
                required=True,
            ),
            **_NAMES,
            "successor_zh": Field(),
            "successor_en": Field(),
            **_CLAUSE,
        }
    ),
    "classes": Section(
        {
            **_CODE,
            "subject": Field("organisation|individual", default="organisation"),
            "criteria": Field(required=True),
            **_NAMES,
            **_CLAUSE,
        }
    ),
    "parameters": Section(
        {
            "code": Field("|".join(parameters.CATALOG), required=True),
            "class": Field(),
            "stage": Field(),
            "value": Field("json", required=True),
            **_CLAUSE,
            "note_zh": Field(),
            "note_en": Field(),
        },
        key=("code", "class", "stage"),
        in_order=False,
    ),
    "requirements": Section(
        {
            **_CODE,
            "class": Field(),
            "kind": Field(
                "years_registered|legal_person|no_incident|document|finding",
                required=True,
            ),
            "years": Field("int", default=0),
            "on_fail": Field("refuse|judge", default="refuse"),
            "text_zh": Field(required=True),
            "text_en": Field(),
            **_CLAUSE,
        }
    ),
    "stages": Section(
        {
            **_CODE,
            "kind": Field(STAGE_KINDS, required=True),
            "accepts": Field("bool", default=False),
            **_NAMES,
            **_CLAUSE,
        }
    ),
    "clock_rules": Section(
        {
            **_CODE,
            "stage": Field(),
            "start_event": Field(START_EVENTS, required=True),
            "owner_role": Field(required=True),
            "unit": Field("|".join(clock.UNITS), required=True),
            "length": Field("int", required=True),
            "first_day": Field("|".join(clock.FIRST_DAYS), default="exclude"),
            "roll": Field("|".join(clock.ROLLS), default="none"),
            **_NAMES,
            **_CLAUSE,
        }
    ),
}

CRITERIA_HEAD = {
    "format": Field(required=True),
    **_CODE,
    **_NAMES,
    "source": Field(),
    "total": Field("int", required=True),
    "step": Field("int", default=5),
}
CRITERIA_SECTIONS = {
    "items": Section(
        {
            "number": Field(required=True),
            "parent": Field(),
            "kind": Field("category|process|result|unscored", required=True),
            "points": Field("int", default=0),
            **_NAMES,
        },
        key=("number",),
    ),
    "bands": Section(
        {
            "kind": Field("process|result", required=True),
            "low": Field("int", required=True),
            "high": Field("int", required=True),
            "text_zh": Field(required=True),
            "text_en": Field(),
        },
        key=("kind", "low"),
    ),
}


def _is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _is_date(value):
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_extends(value):
    return (
        isinstance(value, dict)
        and set(value) == {"code", "version"}
        and all(map(_is_text, value.values()))
    )


_FITS = {
    "str": _is_text,
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "date": _is_date,
    "json": lambda value: value is not None,
    "extends": is_extends,
}


def _expects(field):
    return field.kind.replace("|", ", ") if "|" in field.kind else field.kind


def _fits(field, value):
    if "|" in field.kind:
        return isinstance(value, str) and value in field.kind.split("|")
    return _FITS[field.kind](value)


def _read(fields, row, path, below=None):
    """Read one record over `below`, the parent's.

    :return: the complete record, and the problems found
    """
    if not isinstance(row, dict):
        return {}, [Problem("not_an_object", path)]
    prefix = f"{path}." if path else ""
    found = [
        Problem("unknown_key", f"{prefix}{key}") for key in row if key not in fields
    ]
    clean = {}
    for name, field in fields.items():
        value = row.get(name)
        if value is None or value == "":
            value = (below or {}).get(name, field.default)
            if value is None and field.required:
                found.append(Problem("missing_key", prefix + name))
        elif not _fits(field, value):
            found.append(
                Problem(
                    "wrong_value",
                    prefix + name,
                    {"value": value, "expected": _expects(field)},
                )
            )
            value = None
        if value is not None:
            clean[name] = value
    return clean, found


def _key(section, row):
    """What identifies a record in its section; usable before it is checked."""
    if not isinstance(row, dict):
        return None
    return tuple(str(row.get(name) or "") for name in section.key)


def duplicates(name, section, rows):
    """Records of a list that have the key of an earlier one."""
    seen, found = set(), []
    for index, row in enumerate(rows):
        key = _key(section, row)
        if key in seen:
            shown = " ".join(filter(None, key))
            found.append(Problem("duplicate", f"{name}[{index}]", {"code": shown}))
        seen.add(key)
    return [problem for problem in found if problem.values["code"]]


def _read_section(name, section, rows, below):
    """Read a list of records over `below`, the parent's list."""
    if not isinstance(rows, list):
        return [], [Problem("not_a_list", name)]
    merged = {_key(section, row): row for row in below}
    own, found = [], duplicates(name, section, rows)
    for index, row in enumerate(rows):
        key = _key(section, row)
        clean, problems = _read(
            section.fields, row, f"{name}[{index}]", merged.get(key)
        )
        found += problems
        if name == "parameters" and not problems:
            found += _value_problem(clean, f"{name}[{index}]")
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
    return sorted(rows, key=lambda row: [row.get(name) or "" for name in section.key])


def _value_problem(row, path):
    expected = parameters.problem(row["code"], row["value"])
    if expected is None:
        return []
    return [
        Problem(
            "wrong_value",
            f"{path}.value",
            {"value": row["value"], "expected": expected.replace("|", ", ")},
        )
    ]


def row_of(section, value_of):
    """A record of the complete dict, without the keys that have no value.

    :param value_of: function of a key and its `Field`; None, "" or (but for what
        may be false) False where there is no value
    """
    row = {name: value_of(name, field) for name, field in section.fields.items()}
    return {
        name: value
        for name, value in row.items()
        if value is not None
        and value != ""
        and (value is not False or section.fields[name].kind in {"bool", "json"})
    }


def _read_file(data, head, sections, file_format, parent):
    if not isinstance(data, dict):
        return {}, [Problem("not_an_object", "")]
    below = {key: parent[key] for key in INHERITED_HEAD if key in parent}
    top = {key: value for key, value in data.items() if key not in sections}
    clean, found = _read(head, top, "", below)
    if clean.get("format", file_format) != file_format:
        found.append(
            Problem(
                "wrong_value",
                "format",
                {"value": clean["format"], "expected": file_format},
            )
        )
    for name, section in sections.items():
        clean[name], problems = _read_section(
            name, section, data.get(name, []), parent.get(name, [])
        )
        found += problems
    return clean, found


def read_scheme(data, parent=None):
    """Read a scheme file.

    :param data: the parsed JSON, of any type
    :param parent: the complete dict of the scheme that it extends
    :return: ``(complete dict, [Problem])``; the dict is of use only without problems
    """
    return _read_file(data, HEAD, SECTIONS, SCHEME_FORMAT, parent or {})


def read_criteria(data):
    """Read a criteria file. Arguments and result as :func:`read_scheme`."""
    return _read_file(data, CRITERIA_HEAD, CRITERIA_SECTIONS, CRITERIA_FORMAT, {})


def canonical(data):
    """The one text of a complete dict: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(data):
    """Fingerprint of a complete dict; ``$1$`` names the algorithm, SHA-256."""
    return "$1$" + hashlib.sha256(canonical(data).encode()).hexdigest()
