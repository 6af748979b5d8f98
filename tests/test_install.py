"""Installing, upgrading with data, uninstalling: on real databases."""

import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
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
    # As in versions that knew no refusals: the column comes to a full table.
    databases.sql("ALTER TABLE award_access_log DROP COLUMN outcome", database)
    databases.install(database, paths.ADDON, upgrade=True)
    assert complaints(paths.LOGS / f"install-{database}.log") == []
    assert kept(database) == before
    assert databases.sql(
        "SELECT outcome, count(*) FROM award_access_log GROUP BY outcome", database
    ) == "seen|300"
    assert state(database) == "installed"


#: Version -> commit, the oldest first; a database of each must still upgrade.
VERSIONS = json.loads((Path(__file__).parent / "versions.json").read_text())
#: What must be the same after an upgrade, whatever the versions.
OUTCOME = {
    "cases": "SELECT state, count(*) FROM award_application GROUP BY 1 ORDER BY 1",
    "stages": "SELECT state, count(*) FROM award_case_stage GROUP BY 1 ORDER BY 1",
    "awards": "SELECT title, state, awarded_on, valid_until, certificate_number"
    " FROM award_award ORDER BY 1, 3",
    "schemes": "SELECT code, version, state, content_hash FROM award_scheme"
    " ORDER BY 1, 2",
    "sheets": "SELECT count(*), sum(total) FROM award_sheet WHERE state = 'locked'",
    "ranks": "SELECT rank, score_exact FROM award_composite_line ORDER BY 1, 2",
    "clocks": "SELECT code, started_on, due_on, done_on FROM award_clock ORDER BY id",
}


def outcome(database: str) -> dict[str, str]:
    found = {name: databases.sql(query, database) for name, query in OUTCOME.items()}
    assert all(found.values()), "a query sees nothing"
    return found


@pytest.fixture
def old_tree() -> Iterator[Callable[..., None]]:
    """Run scripts of an old version, below its own folder, on our server."""
    folder = Path(tempfile.mkdtemp(prefix="qa-"))

    def run(commit: str, *arguments: str) -> None:
        if not (folder / "scripts").exists():
            archive = subprocess.run(
                ["git", "archive", commit], capture_output=True, cwd=paths.ROOT,
                check=True,
            )
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
                # early releases of Python 3.11 know no filters
                known = hasattr(tarfile, "data_filter")
                files.extractall(folder, **({"filter": "data"} if known else {}))
            runtime = folder / ".runtime"
            runtime.mkdir()
            for name in ("venv", "odoo", "odoo-path", "data", "pg", "run"):
                if (paths.RUNTIME / name).exists():
                    (runtime / name).symlink_to(paths.RUNTIME / name)
            (runtime / "locks").mkdir()
            run(commit, "scripts.runtime", "conf")
        environment = paths.full_environment() | {
            "ODOO_RC": str(folder / ".runtime" / "odoo.conf"),
            "PYTHONPATH": f"{paths.odoo_layout()[0]}:{folder}",
        }
        subprocess.run(
            [paths.python(), "-m", *arguments], cwd=folder, check=True, env=environment
        )

    yield run
    shutil.rmtree(folder)


@pytest.mark.parametrize("version", VERSIONS)
def test_upgrade_with_a_whole_edition(
    version: str, base: str, clone: Clone, old_tree: Callable[..., None]
) -> None:
    """An edition run by the old version is the same edition in the new one."""
    database = clone(base)
    commit = VERSIONS[version]
    old_tree(commit, "scripts.runtime", "install", database)
    old_tree(commit, "scripts.demo", "--small", "--database", database)
    before, edition = kept(database), outcome(database)
    databases.install(database, paths.ADDON, upgrade=True)
    assert complaints(paths.LOGS / f"install-{database}.log") == []
    assert (kept(database), outcome(database)) == (before, edition)
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
