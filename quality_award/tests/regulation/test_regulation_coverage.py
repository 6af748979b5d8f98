"""Every rule of the regulations is loaded, enforced somewhere, and shown by a test.

`data/coverage` maps each rule of the source texts to the clauses and records that
carry it, to where it is enforced, and to the tests that show it. What is named there
must exist; what is missing stands in `open.json`, which says so on the generated page.
"""

import ast
import csv
import json
from collections import defaultdict
from functools import cache
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .common import merged, shipped

ADDON = Path(__file__).parents[2]
FOLDER = ADDON / "data" / "coverage"
LAWS = ("anhui", "shanghai", "chengdu")
ARTICLES = {"anhui": 30, "shanghai": 36, "chengdu": 25}
KINDS = {"guard", "check", "clock", "access", "report", "document", "workflow"}
#: Rows that may be without enforcement or say that their text is doubtful.
MARKS = {
    "AH-3a": "not_for_software",
    "SH-34": "doubtful",
    "CD-11(2)": "doubtful",
    "CD-11(4)(5)": "doubtful",
    "CD-11(7)": "doubtful",
    "CD-18": "doubtful",
}
#: The rules read in the three texts, and the readings that correct them.
ROWS = {
    "anhui": """
        1 2 3a 3b 4a 4b 4c 5 6a 6b 6c 6d 7a 7b 7c 7d 8 9 10a 10b 11 12 13 13(1) 13(2)
        13(3) 13(4) 13(5) 13(6) 14 14(1) 14(2) 14(3) 14(4) 14(5) 14(6) 15 16 17a 17b
        17c 18a 18b 19a 19b 20a 20b 21 22 23 24 25 26 27 28 29 30""",
    "shanghai": """
        1 2 2(1) 2(2) 3a 3b 3c 4 5a 5b 5c 5d 6a 6b 6c 6d 7 8 9 10 11 12 12(1) 12(2)
        12(3) 12(4) 12(5) 12(6) 13 13(1) 13(2) 13(3) 13(4) 13(5) 14a 14b 15 16 17a 17b
        18a 18b 18c 19a 19b 20 21 22 23 24a 24b 25 26 27 28(1)(2) 28(3) 29 30 31(1)
        31(2) 31(3) 32a 32b 32c 33 34 35 36a 36b""",
    "chengdu": """
        1 2 3a 3b 4a 4b 5a 5b 5c 6 7 8a 8b 8c 9 10 11 11(1) 11(2) 11(3) 11(4)(5) 11(6)
        11(7) 11(8) 12 12(1) 12(2) 12(3) 12(4) 12(5) 12(6) 12(7) 12(8) 12(9) 12(10)
        12(11) 13 14a 14b 15 16 17 18 19 20 21 22 23 24 25""",
    "readings": """
        R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22
        R24 7.1-adoption 7.1-cumulative 7.1-observers 7.1-registers 7.1-sealing
        7.1-coaching""",
}


@cache
def coverage(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def rows():
    return [row for name in ROWS for row in coverage(name)["rows"]]


# -- what exists in the program --------------------------------------------------
@cache
def members():
    """Model -> names of its methods and fields, from the text of the classes."""
    found = defaultdict(set)
    for path in (ADDON / "models").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                names = _names(node.body)
                for model in _models(node.body):
                    found[model] |= names
    return found


def _names(body):
    names = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    for node in body:
        if isinstance(node, ast.Assign):
            names |= {one.id for one in node.targets if isinstance(one, ast.Name)}
    return names


def _models(body):
    """What `_name` says, else the first model of `_inherit`."""
    said = {}
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in {"_name", "_inherit"}:
                value = ast.literal_eval(node.value)
                said[name] = [value] if isinstance(value, str) else list(value)
    return said.get("_name") or said.get("_inherit", [])[:1]


@cache
def rule_names(module):
    path = ADDON / "rules" / f"{module}.py"
    if not path.exists():
        return set()
    body = ast.parse(path.read_text()).body
    known = _names(body)
    annotated = {
        node.target.id
        for node in body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    return known | annotated


@cache
def cells():
    """(role, model, operation) -> what the access matrix expects somewhere."""
    found = defaultdict(set)
    with (ADDON / "tests" / "access_matrix.csv").open(newline="") as stream:
        for line in csv.DictReader(stream):
            key = line["role"], line["model"], line["operation"]
            found[key].add(line["expected"])
    return found


def exists(name):
    """Whether the place of enforcement `name` is there."""
    if name.startswith("access_matrix:"):
        _prefix, *key, expected = name.split(":")
        said = cells()[tuple(key)]
        return bool(said) and ("yes" in said) == (expected == "yes")
    if name.startswith("rules."):
        _room, module, function = name.split(".")
        return function in rule_names(module)
    model, member = name.split(":")
    return member in members()[model]


@cache
def known_tests(path):
    file = ADDON.parent / path
    if not file.exists():
        return set()
    found = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{name}" for name in _names(node.body)}
    return found


def is_test(name):
    path, _, inside = name.partition("::")
    return inside in known_tests(path)


def missing(row):
    """What the row names and nobody has built."""
    named = [place["name"] for place in row["enforced"]]
    gone = [name for name in named if not exists(name)]
    gone += [name for name in row["tests"] if not is_test(name)]
    if row.get("mark") in {"doubtful", "not_for_software"}:
        return gone
    return gone + [key for key in ("enforced", "tests") if not row[key]]


# -- what exists in the data ------------------------------------------------------
def scheme_of(name, reference):
    """The layered scheme that a reference means, and the reference without it."""
    data = coverage(name)
    if "schemes" in data:
        law, _, rest = reference.partition(":")
        return merged(data["schemes"][law]), rest
    return merged(data["scheme"]), reference


def has_record(scheme, reference):
    section, _, code = reference.partition("/")
    code, _, stage = code.partition("@")
    return any(
        row["code"] == code and stage in {"", row.get("stage")}
        for row in scheme[section]
    )


@tagged("post_install", "-at_install")
class TestRegulationCoverage(BaseCase):
    maxDiff = None

    def test_rows_are_those_of_the_texts(self):
        prefix = {"anhui": "AH-", "shanghai": "SH-", "chengdu": "CD-", "readings": ""}
        for name, expected in ROWS.items():
            found = [row["id"] for row in coverage(name)["rows"]]
            self.assertEqual(found, [prefix[name] + one for one in expected.split()])

    def test_every_clause_of_the_laws_is_covered(self):
        for name in LAWS:
            law = coverage(name)["scheme"]
            layered = merged(law)
            clauses = {
                clause["code"]
                for clause in layered["clauses"]
                if clause["code"][0].isdigit()
            }
            covered = {
                code for row in coverage(name)["rows"] for code in row["clauses"]
            }
            self.assertEqual(covered, clauses, name)
            articles = {int(code.split("-")[0]) for code in clauses}
            self.assertEqual(articles, set(range(1, ARTICLES[name] + 1)), name)

    def test_clauses_and_records_exist(self):
        wrong = []
        for name in ROWS:
            for row in coverage(name)["rows"]:
                for reference in row["clauses"]:
                    scheme, code = scheme_of(name, reference)
                    if code not in {clause["code"] for clause in scheme["clauses"]}:
                        wrong.append((row["id"], reference))
                for reference in row["records"]:
                    scheme, place = scheme_of(name, reference)
                    if not has_record(scheme, place):
                        wrong.append((row["id"], reference))
        self.assertEqual(wrong, [])

    def test_every_rule_of_the_laws_is_in_a_row(self):
        """No record that decides something is left out of the coverage."""
        decides = "classes quotas parameters requirements stages clock_rules".split()
        decides += ["adoptions", "obligations", "grounds"]
        for name in LAWS:
            named = {r for row in coverage(name)["rows"] for r in row["records"]}
            named = {reference.partition("@")[0] for reference in named}
            law = coverage(name)["scheme"].rsplit("_", 1)[0]
            files = [n for n in shipped("schemes") if n.startswith(law)]
            own = merged(min(files))
            left = {
                f"{section}/{row['code']}"
                for section in decides
                for row in own[section]
            } - named
            self.assertEqual(left, set(), name)

    def test_places_are_named_by_kind(self):
        for row in rows():
            self.assertLessEqual({p["kind"] for p in row["enforced"]}, KINDS, row["id"])

    def test_marks_only_where_the_text_asks_for_them(self):
        marks = {row["id"]: row["mark"] for row in rows() if "mark" in row}
        self.assertEqual(marks, MARKS)

    def test_every_rule_is_enforced_and_shown(self):
        """What is missing is exactly what the page shows as open."""
        found = {row["id"]: gone for row in rows() if (gone := missing(row))}
        self.assertEqual(found, json.loads((FOLDER / "open.json").read_text()))

    def test_a_name_that_is_not_there_is_found(self):
        for name, expected in [
            ("award.list:_guard_quota", True),
            ("award.list:_guard_nothing", False),
            ("award.nothing:_guard_quota", False),
            ("rules.quota.check_list", True),
            ("rules.quota.nothing", False),
            ("rules.nothing.check", False),
            ("access_matrix:supervisor:award.application:read:yes", True),
            ("access_matrix:supervisor:award.application:read:no", False),
            ("access_matrix:nobody:award.application:read:no", False),
        ]:
            self.assertEqual(exists(name), expected, name)
        here = "quality_award/tests/regulation/test_regulation_coverage.py"
        me = f"{here}::TestRegulationCoverage::test_a_name_that_is_not_there_is_found"
        self.assertEqual([is_test(me), is_test(f"{me}_x")], [True, False])
