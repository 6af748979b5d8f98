"""Installing, upgrading with data, uninstalling: on real databases."""

import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import databases, paths

Clone = Callable[[str], str]

#: Register rows and entries enough to meet what an upgrade does to full tables.
FILL = """
from odoo.tools import SQL
company = env.company
scheme = env["award.scheme"].create(
    {"name_zh": "办法", "code": "t", "version": "1", "company_id": company.id}
)
edition = env["award.edition"].create(
    {"name_zh": "届", "scheme_id": scheme.id, "term": 1, "award_year": 2026}
)
env.flush_all()
env.cr.execute(
    "INSERT INTO award_transition (model, res_id, move, state_from, state_to, user_id,"
    " at) VALUES ('award.edition', %s, 'announce', 'draft', 'announced', 1, now())",
    [edition.id],
)
env.cr.execute(
    "UPDATE award_edition SET state = 'announced' WHERE id = %s", [edition.id]
)
for number in range(300):
    env["award.access.entry"]._leave("read", "award.edition", [edition.id])
env.cr.commit()
"""
UNINSTALL = """
env["ir.module.module"].search([("name", "=", "%s")]).button_immediate_uninstall()
"""
#: Everything of ours that a database can hold.
REMAINS = {
    "tables": """SELECT relname FROM pg_class JOIN pg_namespace n
        ON n.oid = relnamespace WHERE n.nspname = 'public' AND relname LIKE 'award%'""",
    "functions": """SELECT proname FROM pg_proc JOIN pg_namespace n
        ON n.oid = pronamespace WHERE n.nspname = 'public' AND proname LIKE 'award%'""",
    "triggers": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'award%'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'award.%'",
    "external ids": """SELECT name FROM ir_model_data
        WHERE module = 'quality_award' LIMIT 5""",
    "crons": """SELECT name FROM ir_act_server
        WHERE name->>'en_US' LIKE 'Quality Award%'""",
}


def shell(database: str, script: str) -> None:
    databases.run_odoo("shell", "-d", database, "--no-http", stdin=script)


def state(database: str) -> str:
    return databases.sql(
        "SELECT state FROM ir_module_module WHERE name = 'quality_award'", database
    )


def kept(database: str) -> tuple[str, str]:
    """Digests of the register and of the access log."""
    return (
        databases.sql(
            "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY id))"
            " FROM (SELECT id, model, res_id, seq, move, state_from, state_to, user_id,"
            " at, reason FROM award_transition) t",
            database,
        ),
        databases.sql(
            "SELECT count(*), md5(string_agg(id || entry, '|' ORDER BY id))"
            " FROM award_access_log",
            database,
        ),
    )


def complaints(log: Path) -> list[str]:
    """Warnings and errors of an Odoo run."""
    return [
        line
        for line in log.read_text().splitlines()
        if any(f" {level} " in line for level in ("WARNING", "ERROR", "CRITICAL"))
    ]


def test_install(installed: str) -> None:
    assert state(installed) == "installed"
    assert complaints(paths.LOGS / f"install-{installed}.log") == []
    for name, query in REMAINS.items():
        if name != "crons":
            assert databases.sql(query, installed), f"{name}: the query sees nothing"


def test_upgrade_with_data(installed: str, clone: Clone) -> None:
    database = clone(installed)
    shell(database, FILL)
    before = kept(database)
    assert before[0].startswith("1|") and before[1].startswith("300|")
    databases.install(database, paths.ADDON, upgrade=True)
    assert complaints(paths.LOGS / f"install-{database}.log") == []
    assert kept(database) == before
    assert state(database) == "installed"


def _first_tag() -> str | None:
    found = subprocess.run(
        ["git", "tag", "--list", "v19.0.*", "--sort=v:refname"],
        capture_output=True, text=True, cwd=paths.ROOT, check=False,
    )
    return next(iter(found.stdout.split()), None)


@pytest.mark.skipif(_first_tag() is None, reason="no version has been tagged yet")
def test_upgrade_from_the_first_version(
    base: str, clone: Clone, tmp_path: Path
) -> None:
    tag = _first_tag()
    archive = subprocess.run(
        ["git", "archive", str(tag), paths.ADDON],
        capture_output=True, cwd=paths.ROOT, check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as old:
        old.extractall(tmp_path, filter="data")
    addons = ",".join(map(str, [*paths.odoo_layout()[1], tmp_path]))
    database = clone(base)
    databases.run_odoo(
        "-d", database, "-i", paths.ADDON, "--stop-after-init", "--no-http",
        "--addons-path", addons,
    )
    databases.run_odoo(
        "shell", "-d", database, "--no-http", "--addons-path", addons, stdin=FILL
    )
    before = kept(database)
    databases.install(database, paths.ADDON, upgrade=True)
    assert kept(database) == before
    assert state(database) == "installed"


def test_uninstall_leaves_nothing(installed: str, clone: Clone) -> None:
    database = clone(installed)
    shell(database, UNINSTALL % paths.ADDON)
    assert state(database) == "uninstalled"
    left = {name: databases.sql(query, database) for name, query in REMAINS.items()}
    assert left == dict.fromkeys(REMAINS, "")


@pytest.mark.parametrize("module", [paths.ADDON, "mail"])
def test_uninstall_is_refused(installed: str, clone: Clone, module: str) -> None:
    """And the refusal leaves a database that loads, with everything in it."""
    database = clone(installed)
    shell(database, FILL)
    before = kept(database)
    with pytest.raises(paths.SetupError, match="under retention"):
        shell(database, UNINSTALL % module)
    assert state(database) == "installed"
    shell(database, "assert env['award.edition'].search_count([]) == 1\n")
    assert kept(database) == before
