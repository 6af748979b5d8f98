"""The demo driver from outside: what it may say, what it prints, what it leaves.

It drives an award by public acts alone; the numbers it prints are those of the
database, and the same seed gives the same outcome.
"""

import json
import re
import subprocess

import pytest

from scripts import databases, paths, templates

DRIVER = paths.ROOT / "scripts" / "demo"
#: Ways round the rights and the register that a user's client does not have.
FORBIDDEN = ("sudo", "SUPERUSER", "cr.execute", "execute_query", "with_user(1)")


def _sources():
    return {path.name: path.read_text() for path in sorted(DRIVER.glob("*.py"))}


def _summary(database):
    path = paths.RUNTIME / f"demo-summary-{database}.json"
    return json.loads(path.read_text())


def _drive(database, *options):
    """Run the driver; return (exit status, what it printed)."""
    result = subprocess.run(
        [paths.python(), "-m", "scripts.demo", "--small", "--database", database,
         *options],
        cwd=paths.ROOT, env=paths.full_environment(), capture_output=True, text=True,
        check=False,
    )
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize("word", FORBIDDEN)
def test_driver_knows_no_way_round(word):
    found = [name for name, text in _sources().items() if word in text]
    assert found == []


def test_driver_calls_private_methods_only_where_the_portal_does():
    """Private methods are what routes and files call: the portal's, the import."""
    allowed = {
        "_portal_register", "_portal_save", "_portal_submit", "_portal_withdraw",
        "_portal_answer", "_portal_state", "_portal_add_fact",
        "_portal_answer_transfer", "_import_shipped", "_value", "_items", "_calendar",
        "_read_group", "_citation", "_portal_save_opinion", "_portal_upload",
        "_portal_save_indicator",
    }
    calls = set()
    for text in _sources().values():
        calls |= set(re.findall(
            r'(?:env\["[a-z.]+"\]|scheme|_case|Clock|criteria_id)\.(_[a-z]\w+)\(',
            text,
        ))
    assert calls - allowed == set()


def test_the_addon_has_no_entry_for_the_demo():
    """Only the mark on an edition knows the word, and what shows the mark."""
    found = set()
    for path in (paths.ROOT / paths.ADDON).rglob("*.py"):
        if "tests" in path.parts:
            continue
        found |= set(re.findall(r"\b\w*demo\w*\b", path.read_text()))
    assert found <= {"is_demo", "demo", "demonstration"}


def test_the_small_edition_is_as_planned(demo):
    summary = _summary(demo)
    assert summary["differences"] == []
    assert summary["numbers"] == {
        **summary["numbers"],
        "registered": 24, "submitted": 9, "declined": 1, "late": 1, "recommended": 8,
        "accepted": 6, "recused": 2, "dismissed": 1, "shortlisted": 5, "notices": 1,
        "at_threshold": 1, "just_below": 1, "equal_scores": 1, "tie_place": 2,
        "flat_experts": 1, "put_forward": 3, "candidates": 2, "final": 2,
        "awards": 2, "repeats": 1, "prize_money": 1_000_000, "prize_reports_owed": 1,
    }


QUERIES = {
    "registered": "SELECT count(*) FROM award_application WHERE edition_id = {e}",
    "submitted": "SELECT count(DISTINCT application_id) FROM award_submission "
    "WHERE edition_id = {e}",
    "accepted": "SELECT count(*) FROM award_transition t JOIN award_application a "
    "ON a.id = t.res_id WHERE t.model = 'award.application' AND t.move = 'accept' "
    "AND a.edition_id = {e}",
    "shortlisted": "SELECT count(*) FROM award_visit v JOIN award_submission s "
    "ON s.id = v.submission_id WHERE s.edition_id = {e}",
    "awards": "SELECT count(*) FROM award_award WHERE edition_id = {e}",
    "prize_money": "SELECT sum(p.amount) FROM award_prize p JOIN award_award a "
    "ON a.id = p.award_id WHERE a.edition_id = {e} AND p.state = 'paid'",
    "recused": "SELECT count(*) FROM award_interest WHERE state = 'confirmed'",
}


@pytest.mark.parametrize("name", QUERIES)
def test_numbers_printed_are_those_of_the_database(demo, name):
    edition = databases.sql("SELECT min(id) FROM award_edition", demo)
    counted = databases.sql(QUERIES[name].format(e=edition), demo)
    assert int(counted) == _summary(demo)["numbers"][name]


def test_exact_scores_of_the_teaching_cases(demo):
    rows = databases.sql(
        "SELECT score_text, meets_threshold FROM award_composite_line l "
        "JOIN award_composite c ON c.id = l.composite_id WHERE c.phase = 'final' "
        "ORDER BY rank", demo,
    ).splitlines()
    assert rows[-2:] == ["500.00|t", "499.75|f"]
    assert rows[1] == rows[2]


def test_no_lifecycle_act_by_the_superuser(demo):
    """Every move of the register was made by a person of the award."""
    assert databases.sql(
        "SELECT count(*) FROM award_transition WHERE user_id = 1", demo) == "0"


def test_every_role_worked_over_http(demo):
    """A session of the web server leaves a device; every login but the reader's has."""
    seen = databases.sql(
        "SELECT DISTINCT u.login FROM res_device_log d JOIN res_users u "
        "ON u.id = d.user_id ORDER BY 1", demo,
    ).splitlines()
    assert {
        "admin", "office.a", "office.b", "office.head", "district.prepare",
        "district.check", "district.sign", "reviewer.leader", "reviewer",
        "deliberator", "committee", "government", "finance", "applicant",
    } <= set(seen)


def test_the_next_edition_is_open(demo):
    state = databases.sql(
        "SELECT state, window_end > now() AT TIME ZONE 'UTC' FROM award_edition "
        "ORDER BY id DESC LIMIT 1", demo)
    assert state == "announced|t"
    waiting = databases.sql(
        "SELECT state FROM award_recommendation r JOIN award_submission s "
        "ON s.id = r.submission_id WHERE s.edition_id = "
        "(SELECT max(id) FROM award_edition) ORDER BY 1", demo).splitlines()
    assert "signed" in waiting and len(set(waiting)) > 1


def test_nothing_lies_in_the_future(demo):
    assert databases.sql(
        "SELECT count(*) FROM award_transition WHERE at > now() AT TIME ZONE 'UTC'",
        demo) == "0"


def test_same_seed_same_outcome_and_history_by_start(demo):
    """Another run in a fresh database: the outcome follows from seed and plan."""
    name = templates.clone_template(f"{demo}_again")
    try:
        status, printed, errors = _drive(name, "--start", "2014-07-10")
        assert status == 0, errors
        again, first = _summary(name), _summary(demo)
        assert again["start"].startswith("2014-07-10")
        assert again["ranking"] == first["ranking"]
        assert again["numbers"] == first["numbers"]
        assert databases.sql(
            "SELECT continuation_number IS NULL FROM award_edition ORDER BY id LIMIT 1",
            name) == "t"
        assert re.search(r"[县]|2014-07-10", printed)
    finally:
        databases.drop(name)
        (paths.RUNTIME / f"demo-summary-{name}.json").unlink(missing_ok=True)


def test_a_database_that_is_not_fresh_is_refused(demo, clone):
    """A second run meets what is there: no success, and nothing half-told."""
    status, _printed, _errors = _drive(clone(demo))
    assert status != 0
