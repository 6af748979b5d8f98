"""The driver for any scheme, from outside: which files it takes, how far it goes."""

import json
import re
import subprocess

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


def _drive(database, scheme):
    return subprocess.run(
        [paths.python(), "-m", "scripts.demo.general", "--scheme", scheme,
         "--database", database],
        cwd=paths.ROOT, env=paths.full_environment(), capture_output=True, text=True,
        check=False,
    )


def test_unknown_scheme_is_refused_before_any_database():
    result = _drive("award_absent", "nowhere")
    assert result.returncode == 1
    assert result.stderr.startswith("There is no scheme nowhere: give the path")
    assert not databases.exists("award_absent")


@pytest.mark.parametrize(("scheme", "classes"), [
    ("anhui_2011", {"enterprise": "11"}),
    ("shanghai_2017", {
        "mayor_org": "13", "mayor_ind": "12", "gold_manufacturing": "13",
        "gold_service": "13", "gold_small": "13", "gold_other": "13",
        "gold_innovation": "13", "gold_ind": "12",
    }),
])
def test_edition_is_announced_under_the_scheme(scheme, classes):
    name = templates.clone_template(f"award_general_{scheme}")
    try:
        result = _drive(name, scheme)
    finally:
        databases.drop(name)
    assert (result.returncode, result.stderr.count("Traceback")) == (3, 0)
    assert dict(re.findall(r"(?m)^(\w+): (\d+) stages$", result.stdout)) == classes
