"""Write the generated pages of docs/ and the JSON Schema from what the addon is.

    python3 -m scripts.generate_docs [--check]

`--check` writes nothing and fails when a page is not what it would write. Neither
Odoo nor a database is needed.
"""

import csv
import importlib.util
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
ADDON = ROOT / "quality_award"
DOCS = ROOT / "docs"
MATRIX = ADDON / "tests" / "access_matrix.csv"
HEAD = "<!-- Written by scripts/generate_docs.py; change the source, not this page. -->"
RIGHTS = ("read", "write", "create", "unlink")


def load_lifecycle() -> ModuleType:
    """The table of lifecycles, without the addon around it (which needs Odoo)."""
    load_module("award_rules", ADDON / "rules" / "__init__.py")
    return importlib.import_module("award_rules.lifecycle")


def load_module(name: str, path: Path) -> ModuleType:
    """A module by its path, wherever this script is run from."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [row(*head), row(*["---"] * len(head)), *(row(*cells) for cells in rows)]


# -- lifecycles ----------------------------------------------------------------
def diagram(lifecycle) -> list[str]:
    """One Mermaid state diagram; moves between the same states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for move in lifecycle.moves:
        for source in sorted(move.sources, key=list(dict(lifecycle.states)).index):
            arrows[source, move.target or source].append(move.name)
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {lifecycle.initial}"]
    for key, label in lifecycle.states:
        lines.append(f"    {key}: {label}")
    for (source, target), names in arrows.items():
        lines.append(f"    {source} --> {target}: {', '.join(names)}")
    lines += [f"    {key} --> [*]" for key in sorted(lifecycle.final)]
    return [*lines, "```"]


def moves_table(lifecycle) -> list[str]:
    labels = dict(lifecycle.states)
    rows = [
        (
            f"`{move.name}`",
            ", ".join(labels[s] for s in labels if s in move.sources),
            labels[move.target] if move.target else "(stays)",
            ", ".join(sorted(move.roles)),
            ", ".join(move.guards) or "–",
            "yes" if move.needs_reason else "",
        )
        for move in lifecycle.moves
    ]
    return table(("act", "from", "to", "who", "conditions", "reason"), rows)


def lifecycle_page() -> str:
    module = load_lifecycle()
    lines = [
        "# Lifecycles",
        "",
        HEAD,
        "",
        "Every status of every record and the acts between them, from",
        "`quality_award/rules/lifecycle.py`. An act writes a row of the register first",
        "and the status after it; the database refuses a status without its row (see",
        "[security.md](security.md)). *Conditions* are the methods `_guard_…` of the",
        "model, asked in this order. *Who* names groups of the addon, or roles that a",
        f"person has towards one record: {', '.join(module.RECORD_ROLES)}.",
    ]
    for model, lifecycle in module.LIFECYCLES.items():
        lines += ["", f"## `{model}`", "", *diagram(lifecycle), ""]
        lines += moves_table(lifecycle)
    return "\n".join(lines) + "\n"


# -- access ----------------------------------------------------------------------
def access_rows() -> dict[str, dict[str, str]]:
    """model -> group -> its rights as letters, from the CSV files of all rooms."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted((ADDON / "security").glob("*/ir.model.access.csv")):
        with path.open(newline="") as stream:
            for line in csv.DictReader(stream):
                model = line["model_id:id"].split(".")[-1].removeprefix("model_")
                group = line["group_id:id"].split(".")[-1].removeprefix("group_")
                given = [right for right in RIGHTS if line[f"perm_{right}"] == "1"]
                found[model][group] = " ".join(given)
    return dict(sorted(found.items()))


def implied_groups() -> dict[str, list[str]]:
    """group -> groups it implies, from security/groups.xml."""
    implied = {}
    for record in ElementTree.parse(ADDON / "security" / "groups.xml").iter("record"):
        if record.get("model") != "res.groups":
            continue
        text = ElementTree.tostring(record, encoding="unicode")
        names = [part.split("'")[0] for part in text.split("ref('")[1:]]
        implied[str(record.get("id"))] = names
    return implied


def rules() -> list[tuple[str, ...]]:
    """All record rules: model, for whom, rights, domain."""
    rows = []
    for path in sorted((ADDON / "security").rglob("*.xml")):
        for record in ElementTree.parse(path).iter("record"):
            if record.get("model") != "ir.rule":
                continue
            fields = {str(field.get("name")): field for field in record.iter("field")}
            groups = fields.get("groups")
            given = "" if groups is None else str(groups.get("eval"))
            names = [part.split("'")[0] for part in given.split("ref('")[1:]]
            limited = [
                right
                for right in RIGHTS
                if (field := fields.get(f"perm_{right}")) is not None
                and field.get("eval") == "True"
            ]
            domain = " ".join((fields["domain_force"].text or "").split())
            rows.append(
                (
                    str(fields["model_id"].get("ref")).split("model_")[-1],
                    ", ".join(n.split(".")[-1].removeprefix("group_") for n in names)
                    or "everybody",
                    " ".join(limited) or "all",
                    f"`{domain}`",
                )
            )
    return sorted(rows)


def matrix_rows() -> list[tuple[str, ...]]:
    """Role and model -> what holds for each operation, in the words of the matrix."""
    if not MATRIX.exists():
        return []
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    with MATRIX.open(newline="") as stream:
        for line in csv.DictReader(stream):
            if line["expected"] != "yes":
                continue
            where = [w for w in (line["own"], line["stage"]) if w not in {"any", ""}]
            cells[line["role"], line["model"]][line["operation"]].append(
                " ".join(where) or "yes"
            )
    return [
        (role, f"`{model}`", *(", ".join(found.get(r, [])) or "–" for r in RIGHTS))
        for (role, model), found in sorted(cells.items())
    ]


def access_page() -> str:
    lines = [
        "# Who may do what",
        "",
        HEAD,
        "",
        "Three things decide: the rights of a group on a model, the record rules, and",
        "for acts the [lifecycles](lifecycle.md). Applicants (portal users) have no",
        "right on any model: they come through the addon's own pages.",
        "",
        "## What holds, cell by cell",
        "",
        "From `quality_award/tests/access_matrix.csv`, which a test walks with a real",
        "user of each role on real records: *other* is a record of the same agency",
        "that the user has nothing to do with, *own* one that is his. What is not",
        "listed is refused.",
        "",
        *table(("role", "model", *RIGHTS), matrix_rows()),
        "",
        "## Groups",
        "",
        *table(
            ("group", "implies"),
            [
                (f"`{name}`", ", ".join(f"`{n}`" for n in names))
                for name, names in implied_groups().items()
            ],
        ),
        "",
        "## Rights of groups",
        "",
        *table(
            ("model", "group", "rights"),
            [
                (f"`{model}`", group, rights)
                for model, groups in access_rows().items()
                for group, rights in sorted(groups.items())
            ],
        ),
        "",
        "## Record rules",
        "",
        "Rules for everybody hold together; of those for groups one is enough.",
        "",
        *table(("model", "for", "rights", "domain"), rules()),
    ]
    return "\n".join(lines) + "\n"


def regulations_page() -> str:
    return regulations.page(HEAD)


regulations = load_module(
    "award_regulations_page", ROOT / "scripts" / "regulations_page.py"
)
scheme_docs = load_module("award_scheme_docs", ROOT / "scripts" / "scheme_docs.py")
#: Path below docs/ -> what writes it.
PAGES = {
    "lifecycle.md": lifecycle_page,
    "access.md": access_page,
    "regulations.md": regulations_page,
    "scheme-format.md": scheme_docs.page,
    "../quality_award/static/scheme.schema.json": scheme_docs.schema,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` name those that are stale."""
    stale = []
    for name, page in PAGES.items():
        path, text = DOCS / name, page()
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text)
    if "--check" in arguments and stale:
        print(
            f"Stale: {', '.join(stale)}. Run `python3 -m scripts.generate_docs`.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
