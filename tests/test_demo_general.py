"""The driver for any scheme, from outside: which files it takes, how far it goes."""

import json
import os
import re
import subprocess
from datetime import date, timedelta

import pytest

from scripts import databases, paths, templates
from scripts.demo.general import files

DRIVER = paths.ROOT / "scripts" / "demo" / "general"
FORBIDDEN = ("sudo", "SUPERUSER", "cr.execute", "execute_query", "with_user(1)")


def _scheme(folder, code, version="1", extends=None, name=None):
    path = folder / f"{name or code}.json"
    data = {"code": code, "version": version, "clauses": []}
    if extends:
        data["extends"] = {"code": extends, "version": "1"}
    path.write_text(json.dumps(data))
    return path


@pytest.mark.parametrize("word", FORBIDDEN)
def test_driver_knows_no_way_round(word):
    found = [path.name for path in DRIVER.glob("*.py") if word in path.read_text()]
    assert found == []


def test_shipped_scheme_comes_after_what_it_extends():
    found = files.chain(files.locate("anhui_2011"))
    assert [path.stem for path, _data in found] == ["anhui_2010", "anhui_2011"]


def test_parent_is_found_beside_the_file(tmp_path):
    _scheme(tmp_path, "parent", name="any_name")
    (tmp_path / "notes.json").write_text("no JSON")
    child = _scheme(tmp_path, "child", extends="parent")
    found = files.chain(files.locate(str(child)))
    assert [data["code"] for _path, data in found] == ["parent", "child"]


def test_parent_is_found_among_the_shipped(tmp_path):
    child = _scheme(tmp_path, "anhui", version="mine")
    data = json.loads(child.read_text())
    data["extends"] = {"code": "anhui", "version": "2010"}
    child.write_text(json.dumps(data))
    found = files.chain(child)
    assert [data["version"] for _path, data in found] == ["2010", "mine"]


@pytest.mark.parametrize(("extends", "said"), [
    ("nobody", "extends nobody 1, which is neither beside it"),
    ("child", "extends itself by way of child 1"),
])
def test_parent_that_leads_nowhere_is_named(tmp_path, extends, said):
    child = _scheme(tmp_path, "child", extends=extends)
    with pytest.raises(files.SchemeFileError, match=said):
        files.chain(child)


def _drive(database, scheme, *options):
    return subprocess.run(
        [paths.python(), "-m", "scripts.demo.general", "--scheme", str(scheme),
         "--database", database, "--small", *options],
        cwd=paths.ROOT, env=paths.full_environment(), capture_output=True, text=True,
        check=False,
    )


@pytest.fixture
def database():
    """A fresh database, dropped when the test ends."""
    name = templates.clone_template(f"award_test_general_{os.getpid()}")
    yield name
    databases.drop(name)


def test_unknown_scheme_is_refused_before_any_database():
    result = _drive("award_absent", "nowhere")
    assert result.returncode == 1
    assert result.stderr.startswith("There is no scheme nowhere: give the path")
    assert not databases.exists("award_absent")


#: Cases by class of award and how they ended, awards, prize money in yuan.
OUTCOMES = {
    "anhui_2011": [
        ("enterprise", "decided", 1), ("enterprise", "eliminated", 4),
        ("enterprise", "not_accepted", 1),
    ],
    "shanghai_2017": [
        ("gold_ind", "decided", 1), ("gold_innovation", "decided", 2),
        ("gold_innovation", "eliminated", 1), ("gold_innovation", "not_accepted", 1),
        ("gold_manufacturing", "decided", 1), ("gold_other", "decided", 1),
        ("gold_service", "decided", 1), ("gold_small", "decided", 1),
        ("mayor_ind", "decided", 1), ("mayor_ind", "eliminated", 1),
        ("mayor_ind", "not_accepted", 1), ("mayor_org", "decided", 1),
        ("mayor_org", "eliminated", 3), ("mayor_org", "not_accepted", 1),
    ],
    "baoding_individual": [
        ("individual", "decided", 1), ("individual", "eliminated", 3),
        ("individual", "not_accepted", 1),
    ],
}
MONEY = {
    "anhui_2011": 500_000, "shanghai_2017": 1_000_000 + 100_000 + 6 * 500_000 + 50_000,
    "baoding_individual": 0,
}
CASES = """
SELECT c.code, a.state, count(*) FROM award_application a
  JOIN award_class c ON c.id = a.class_id GROUP BY 1, 2 ORDER BY 1, 2
"""


@pytest.mark.parametrize("scheme", OUTCOMES)
def test_edition_runs_to_its_closing(scheme, database):
    result = _drive(database, scheme)
    assert (result.returncode, result.stderr.count("The edition stops")) == (0, 0), (
        result.stderr)
    found = [line.split("|") for line in databases.sql(CASES, database).splitlines()]
    assert [(code, state, int(n)) for code, state, n in found] == OUTCOMES[scheme]
    assert databases.sql("SELECT state FROM award_edition", database) == "closed"
    paid = "SELECT COALESCE(sum(amount), 0) FROM award_prize WHERE state = 'paid'"
    assert int(databases.sql(paid, database)) == MONEY[scheme]
    # The handling body proposed, and the office took each proposal up.
    handled = databases.sql(
        "SELECT state, count(*) > 0 FROM award_completeness GROUP BY 1", database)
    assert handled == "confirmed|t"
    # Every act was one of a person of the award, and none lies in the future.
    assert databases.sql(
        "SELECT count(*) FROM award_transition WHERE user_id = 1 "
        "OR at > now() AT TIME ZONE 'UTC'", database) == "0"


def _changed(folder, change):
    """The shipped scheme of one class beside a changed copy of its regulation."""
    for name in ("anhui_2010", "anhui_2011"):
        data = json.loads((files.SHIPPED / "schemes" / f"{name}.json").read_text())
        if name == "anhui_2010":
            change(data)
        (folder / f"{name}.json").write_text(json.dumps(data))
    return folder / "anhui_2011.json"


def _without_award(data):
    data["stages"] = [row for row in data["stages"] if row["kind"] != "award"]


def test_condition_is_told_in_words(tmp_path, database):
    """What stands in the way is said, and an edition is not half a success."""
    broken = _drive(database, _changed(tmp_path, _without_award))
    assert broken.returncode == 1
    assert re.search(r"(?s)The edition stops at opening: .*授奖", broken.stderr)
    assert databases.sql("SELECT count(*) FROM award_edition", database) == "0"


@pytest.mark.parametrize(("start", "said"), [
    ("2007-02-01", "The edition stops at opening: The official calendar of 2007 "),
    (str(date.today() - timedelta(days=30)), "beyond today. Name an earlier start"),
])
def test_days_that_cannot_be_are_refused(start, said, database):
    result = _drive(database, "anhui_2011", "--start", start)
    assert result.returncode == 1
    assert re.search(said, result.stderr), result.stderr
