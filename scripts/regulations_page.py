"""docs/regulations.md: article -> rule -> where it is enforced -> the test of it.

Written from the shipped schemes and from `quality_award/data/coverage`, without Odoo.
"""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "quality_award" / "data"
LAWS = ("anhui", "shanghai", "chengdu")
MARKS = {
    "rule": "",
    "doubtful": " · **doubtful text**",
    "agency_decision": " · agency decision",
    "not_for_software": " · not for software",
}
INTRODUCTION = """
Each rule of the three regulations that the addon ships, and each reading that needed
a decision: what of the scheme carries it, where the program enforces it, and which
test shows that it does. *Kinds of places*: a **guard** refuses an act; a **check**
compares; a **clock** counts; **access** is a right or its absence; a **document** or
**report** must be there; a **workflow** is an act that a person does. A test reads
this mapping and fails when a clause, a record, a place or a test is not there.
"""


def read(folder: str, name: str) -> Any:
    """A parsed file of the addon's data."""
    return json.loads((DATA / folder / f"{name}.json").read_text())


def chain(name: str) -> list[dict[str, Any]]:
    """A scheme and those that it extends, the law first."""
    data = read("schemes", name)
    parent = data.get("extends")
    above = chain(f"{parent['code']}_{parent['version']}") if parent else []
    return [*above, data]


def clauses(name: str) -> dict[str, dict[str, str]]:
    return {c["code"]: c for data in chain(name) for c in data["clauses"]}


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def places(row: dict[str, Any], gone: list[str]) -> str:
    shown = [
        f"{place['kind']} `{place['name']}`"
        + (" **(open)**" if place["name"] in gone else "")
        for place in row["enforced"]
    ]
    return "<br>".join(shown) or row.get("mark", "**open**").replace("_", " ")


def tests(row: dict[str, Any], gone: list[str]) -> str:
    shown = []
    for name in row["tests"]:
        path, _, inside = name.partition("::")
        label = f"`{Path(path).stem}::{inside.replace('::', '.')}`"
        shown.append(
            f"{label} **(open)**" if name in gone else f"[{label}](../{path})"
        )
    return "<br>".join(shown) or row.get("mark", "**open**").replace("_", " ")


def line(row: dict[str, Any], gone: list[str]) -> str:
    records = "<br>".join(f"`{record}`" for record in row["records"]) or "–"
    cells = (
        row["id"],
        cell(row["rule"]),
        records,
        places(row, gone),
        tests(row, gone),
    )
    return f"| {' | '.join(cells)} |"


HEAD_LINES = [
    "| rule | what holds | in the scheme | enforced where | shown by |",
    "| --- | --- | --- | --- | --- |",
]


def law_lines(name: str, gone: dict[str, list[str]]) -> list[str]:
    """One section per clause: citation, what it says, its rows."""
    coverage = read("coverage", name)
    law, layer = chain(coverage["scheme"])[0], chain(coverage["scheme"])[-1]
    lines = [
        f"## {law['name_zh']} · {law['name_en']}",
        "",
        f"{law['document_number']}, {law['document_date']}; "
        f"{coverage['articles']} articles, `data/schemes/{law['code']}_"
        f"{law['version']}.json`; where it is silent, decided in "
        f"`{layer['code']}_{layer['version']}.json`.",
    ]
    for clause in law["clauses"]:
        rows = [r for r in coverage["rows"] if clause["code"] in r["clauses"]]
        lines += [
            "",
            f"### {clause['citation_zh']} · {clause['citation_en']}"
            f"{MARKS[clause['mark']]}",
            "",
            clause["summary_en"],
            "",
            *HEAD_LINES,
            *(line(row, gone.get(row["id"], [])) for row in rows),
        ]
    return lines


def reading_lines(gone: dict[str, list[str]]) -> list[str]:
    coverage = read("coverage", "readings")
    known = {law: clauses(name) for law, name in coverage["schemes"].items()}
    lines = ["## Readings", "", "Where a text can be read in two ways, or is silent."]
    for row in coverage["rows"]:
        cited = []
        for reference in row["clauses"]:
            law, _, code = reference.partition(":")
            cited.append(f"{law} {known[law][code]['citation_en']}")
        lines += [
            "",
            f"### {row['id']} · {', '.join(cited)}",
            "",
            *HEAD_LINES,
            line(row, gone.get(row["id"], [])),
        ]
    return lines


def decision_lines() -> list[str]:
    """What the layers decide where the regulations are silent."""
    lines = ["## Decided by the agency", ""]
    lines += ["| scheme | clause | what is decided |", "| --- | --- | --- |"]
    for name in LAWS:
        layer = chain(read("coverage", name)["scheme"])[-1]
        lines += [
            f"| {layer['code']} {layer['version']} | {clause['code']} "
            f"{cell(clause['citation_en'])} | {cell(clause['summary_en'])} |"
            for clause in layer["clauses"]
        ]
    return lines


def page(head: str) -> str:
    """The whole page.

    :param head: the comment that says where the page comes from
    """
    gone = read("coverage", "open")
    count = sum(len(read("coverage", name)["rows"]) for name in (*LAWS, "readings"))
    lines = ["# Regulations", "", head, *INTRODUCTION.splitlines(), ""]
    lines.append(
        f"{count} rules, of which {len(gone)} are open: {', '.join(gone)}."
        if gone
        else f"{count} rules, none open."
    )
    for name in LAWS:
        lines += ["", *law_lines(name, gone)]
    lines += ["", *reading_lines(gone), "", *decision_lines()]
    return "\n".join(lines) + "\n"
