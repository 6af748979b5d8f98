"""docs/scheme-format.md and the JSON Schema, from the tables that read the files."""

import importlib
import importlib.util
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

RULES = Path(__file__).resolve().parent.parent / "quality_award" / "rules"
PACKAGE = "award_rules_for_docs"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEAD = "<!-- Written by scripts/generate_docs.py; change the source, not this page. -->"
PATTERNS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "month_day": r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
    "time": r"^([01]\d|2[0-3]):[0-5]\d$",
}
KINDS = {
    "str": "text",
    "code": "code",
    "int": "whole number",
    "bool": "true or false",
    "json": "as the code asks for",
    "date": "date, `2030-01-31`",
    "month_day": "day of the year, `12-31`",
    "time": "time of day, `17:00`",
    "ints": "list of whole numbers",
    "texts": "list of texts",
    "extends": '`{"code": …, "version": …}`',
}


def rules(name: str) -> ModuleType:
    """A module of `quality_award/rules`, without the addon (which needs Odoo)."""
    if PACKAGE not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            PACKAGE, RULES / "__init__.py", submodule_search_locations=[str(RULES)]
        )
        if spec is None or spec.loader is None:
            raise FileNotFoundError(RULES)
        package = importlib.util.module_from_spec(spec)
        sys.modules[PACKAGE] = package
        spec.loader.exec_module(package)
    return importlib.import_module(f"{PACKAGE}.{name}")


# -- the JSON Schema --------------------------------------------------------------
def value_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a kind of value."""
    values = rules("values")
    if values.is_list(kind):
        words = values.words_of(kind)
        if words:
            items: dict[str, Any] = {"enum": words}
        elif kind == "ints":
            items = value_schema("int")
        else:
            items = value_schema("str")
        return {"type": "array", "items": items, "uniqueItems": True}
    if words := values.words_of(kind):
        return {"enum": words}
    if kind == "int":
        return {"type": "integer", "minimum": 0, "maximum": values.MOST}
    if kind == "bool":
        return {"type": "boolean"}
    if kind == "json":
        return {"not": {"type": "null"}}
    if kind == "extends":
        text = value_schema("str")
        return {
            "type": "object",
            "properties": {"code": text, "version": text},
            "required": ["code", "version"],
            "additionalProperties": False,
        }
    return {"type": "string", "pattern": PATTERNS.get(kind, r"\S")}


def key_schema(field: Any) -> dict[str, Any]:
    """The schema of one key; null and "" stand for an absent value."""
    found = value_schema(field.kind)
    if not field.required:
        found = {"anyOf": [found, {"enum": [None, ""]}]}
    if field.help:
        found["description"] = field.help
    if field.default not in (None, False):
        default = field.default
        found["default"] = list(default) if isinstance(default, tuple) else default
    return found


def record_schema(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A record, whichever of its keys are there."""
    return {
        "type": "object",
        "properties": {key: key_schema(field) for key, field in fields.items()},
        "additionalProperties": False,
    }


def parameter_schema(section: Any) -> dict[str, Any]:
    """A parameter, whose value is what its code asks for."""
    codes: dict[str, list[str]] = {}
    for code, parameter in rules("parameters").CATALOG.items():
        codes.setdefault(parameter.kind, []).append(code)
    found = record_schema(section.fields)
    found["allOf"] = [
        {
            "if": {"properties": {"code": {"enum": some}}, "required": ["code"]},
            "then": {"properties": {"value": value_schema(kind)}},
        }
        for kind, some in codes.items()
    ]
    return found


def required_of(section: Any, layer: bool) -> list[str]:
    """Keys that a record must have; in a layer those that identify it are enough."""
    keys = section.key if layer else section.fields
    return [key for key in keys if section.fields[key].required]


def file_schema(
    head: Mapping[str, Any],
    sections: Mapping[str, Any],
    said: str,
    layer: bool = False,
) -> dict[str, Any]:
    """A whole file of one format; its records are in `$defs`."""
    found = record_schema(head)
    found["required"] = [key for key, field in head.items() if field.required]
    found["properties"]["format"] = {"const": said}
    for name, section in sections.items():
        required = {"required": required_of(section, layer)}
        found["properties"][name] = {
            "type": ["array", "null"],
            "description": section.help,
            "items": {"allOf": [{"$ref": f"#/$defs/{name}"}, required]},
        }
    if layer:
        found["required"].append("extends")
    return found


def records() -> dict[str, Any]:
    """The records of every section."""
    schemes, criteria = rules("scheme_sections"), rules("criteria_sections")
    found = {
        name: record_schema(section.fields)
        for name, section in (schemes.SECTIONS | criteria.CRITERIA_SECTIONS).items()
    }
    found["parameters"] = parameter_schema(schemes.SECTIONS["parameters"])
    return found


def schema() -> str:
    """The published JSON Schema of scheme files and of criteria files."""
    schemes, criteria = rules("scheme_sections"), rules("criteria_sections")
    whole = file_schema(schemes.HEAD, schemes.SECTIONS, schemes.SCHEME_FORMAT)
    whole["properties"]["extends"] = {
        "anyOf": [{"$ref": "#/$defs/parent"}, {"enum": [None, ""]}]
    }
    layer = file_schema(schemes.HEAD, schemes.SECTIONS, schemes.SCHEME_FORMAT, True)
    layer["properties"]["extends"] = {"$ref": "#/$defs/parent"}
    data = {
        "$schema": DIALECT,
        "title": "Quality award: scheme or review criteria",
        "description": "Written by scripts/generate_docs.py from the tables in "
        "quality_award/rules; change those. What one value says about another "
        "(references, sums, order) is told by the import and the self-check.",
        "$defs": {
            **records(),
            "parent": value_schema("extends"),
            "scheme": whole,
            "layer": layer,
            "criteria": file_schema(
                criteria.CRITERIA_HEAD,
                criteria.CRITERIA_SECTIONS,
                criteria.CRITERIA_FORMAT,
            ),
        },
        "if": {
            "properties": {"format": {"const": criteria.CRITERIA_FORMAT}},
            "required": ["format"],
        },
        "then": {"$ref": "#/$defs/criteria"},
        "else": {
            "if": {
                "properties": {"extends": {"type": "object"}},
                "required": ["extends"],
            },
            "then": {"$ref": "#/$defs/layer"},
            "else": {"$ref": "#/$defs/scheme"},
        },
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# -- the page -----------------------------------------------------------------------
def shown_kind(kind: str) -> str:
    """A kind in words."""
    values = rules("values")
    if words := values.words_of(kind):
        text = ", ".join(f"`{word}`" for word in words)
        return f"list of {text}" if values.is_list(kind) else text
    if named := values.section_of(kind):
        of = f"code of `{named}`"
        return f"list of codes of `{named}`" if kind.startswith("refs:") else of
    return KINDS[kind]


def shown_default(field: Any) -> str:
    if field.required:
        return "required"
    if field.default is None:
        return ""
    default = field.default
    return f"`{json.dumps(list(default) if isinstance(default, tuple) else default)}`"


def keys_table(fields: Mapping[str, Any]) -> list[str]:
    lines = ["| key | value | if left out | meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{key}` | {shown_kind(field.kind)} | {shown_default(field)} "
        f"| {field.help} |"
        for key, field in fields.items()
    ]
    return lines


def sections_text(sections: Mapping[str, Any]) -> list[str]:
    lines = []
    for name, section in sections.items():
        key = ", ".join(f"`{part}`" for part in section.key)
        lines += ["", f"### `{name}`", "", section.help]
        lines += [f"A record is identified by {key}.", ""]
        lines += keys_table(section.fields)
    return lines


def parameters_table() -> list[str]:
    lines = ["| code | value | meaning |", "|---|---|---|"]
    lines += [
        f"| `{code}` | {shown_kind(parameter.kind)} | {parameter.label} |"
        for code, parameter in rules("parameters").CATALOG.items()
    ]
    return lines


INTRODUCTION = """\
One file is one scheme (a regulation with all it says) or one set of review criteria.
It is JSON in UTF-8. *Regulation ▸ Schemes ▸ Save as File* writes it, *Configuration ▸
Load a Scheme* reads it; writing and reading again gives the same scheme, and the same
fingerprint. The JSON Schema is
[`scheme.schema.json`](../quality_award/static/scheme.schema.json), served by every
installation at `/quality_award/static/scheme.schema.json`.

Reading tells every error with its place, such as `stages[3].kind`, and writes nothing
while there is one. What can be read can still contradict itself: the self-check on the
form names that in words, and a scheme is published only without contradictions.

- Points are whole numbers in hundredths, weights in ten-thousandths, money in yuan.
- A key that is null, "" or left out has no value; so has 0 where a number is not
  required. An empty list is a list without members.
- `classes` names the classes that a record is for; without it, it is for all.
- Every record names its `clause`; where the regulation is silent, a clause with the
  mark `agency_decision`. The self-check asks for it.
- Texts are plain: no markup, no control or invisible characters, no overrides of the
  writing direction.
- Lists of words and of codes have no order of their own."""

LAYERS = """\
A scheme with `extends` is a layer: it takes over what its parent says and changes it
key by key. A record with the same key is overridden, others are added. A list of
`stages` names the whole order; a stage that the parent has needs only its code there.
An empty list sets a list of the parent back to nothing. With `"complete": true` nothing
is taken over: that is how a layer is saved as a file, so that what was taken out of it
stays out. Validity and time zone are the parent's unless the layer says its own."""


def page() -> str:
    """docs/scheme-format.md."""
    schemes, criteria = rules("scheme_sections"), rules("criteria_sections")
    limits = {
        "bytes": rules("scheme_file").MAX_BYTES,
        "records": rules("scheme_format").MAX_RECORDS,
        "characters": rules("safe_text").MAX_LENGTH,
        "depth": rules("scheme_file").MAX_DEPTH,
    }
    lines = [
        "# The scheme file",
        "",
        HEAD,
        "",
        *INTRODUCTION.splitlines(),
        f"- A file has at most {limits['bytes']:,} bytes and {limits['records']:,} "
        f"records, a text {limits['characters']:,} characters,",
        f"  lists and objects are nested {limits['depth']} deep at most. No key stands "
        "twice in a record.",
        "",
        "## Layers",
        "",
        *LAYERS.splitlines(),
        "",
        f"## Scheme: `{schemes.SCHEME_FORMAT}`",
        "",
        *keys_table(schemes.HEAD),
        "",
        "and lists of records, in this order:",
        *sections_text(schemes.SECTIONS),
        "",
        "### Codes of `parameters`",
        "",
        "`class` and `stage` make a figure particular: the most particular one holds.",
        "",
        *parameters_table(),
        "",
        f"## Review criteria: `{criteria.CRITERIA_FORMAT}`",
        "",
        *keys_table(criteria.CRITERIA_HEAD),
        *sections_text(criteria.CRITERIA_SECTIONS),
    ]
    return "\n".join(lines) + "\n"
