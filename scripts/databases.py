"""Databases with their filestores: make, clone, drop, install modules.

A clone without its filestore answers every asset with an error, so both are
always copied together. Stored files are named by their content and never
changed in place: hard links are enough.
"""

import os
import re
import secrets
import shutil
import subprocess
import time
from pathlib import Path

from scripts import paths, postgres
from scripts.locks import locked

BASE = paths.database("base")
BASE_MODULES = "base,web,mail,portal"
LANGUAGES = "en_US,zh_CN"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise paths.SetupError(f"{name!r} is no database name: a-z, 0-9 and _ only.")
    return name


def sql(statement: str, database: str = "postgres") -> str:
    """Run one statement and return psql's bare answer."""
    postgres.start()
    result = subprocess.run(
        ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement],
        capture_output=True, text=True, check=False, env=paths.full_environment(),
    )
    if result.returncode:
        raise paths.SetupError(f"PostgreSQL: {result.stderr.strip()}")
    return result.stdout.strip()


def exists(name: str) -> bool:
    """Whether the database is there."""
    return bool(sql(f"SELECT 1 FROM pg_database WHERE datname = '{_checked(name)}'"))


#: Somebody looks into the database at this moment: a client, or the server's own
#: autovacuum, which an ordinary role may not end.
_BUSY = ("being accessed", "permission denied to terminate")


def _insist(statement: str) -> None:
    """Run a statement on a whole database, waiting until nobody is in it."""
    for attempt in range(40):
        try:
            sql(statement)
            return
        except paths.SetupError as error:
            if not any(word in str(error) for word in _BUSY) or attempt == 39:
                raise
            time.sleep(0.5)


def drop(name: str) -> None:
    """Remove a database, its connections and its filestore."""
    _insist(f'DROP DATABASE IF EXISTS "{_checked(name)}" WITH (FORCE)')
    shutil.rmtree(paths.FILESTORE / name, ignore_errors=True)


def clone(source: str, target: str) -> str:
    """Make `target` a copy of `source`, filestore included; return its name."""
    _checked(source)
    drop(target)
    _insist(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    files = paths.FILESTORE / source
    if files.is_dir():
        shutil.copytree(files, paths.FILESTORE / target, copy_function=os.link)
    return target


def rename(source: str, target: str) -> None:
    """Put a finished database in its place, filestore included."""
    drop(target)
    sql(f'ALTER DATABASE "{_checked(source)}" RENAME TO "{_checked(target)}"')
    files = paths.FILESTORE / source
    if files.is_dir():
        files.rename(paths.FILESTORE / target)


def write_conf() -> Path:
    """Write Odoo's configuration; connection data stays in the environment."""
    addons = [*paths.odoo_layout()[1], paths.ROOT]
    secret = paths.RUNTIME / "admin-password"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(24))
    text = "\n".join([
        "[options]",
        f"admin_passwd = {secret.read_text().strip()}",
        f"addons_path = {','.join(map(str, addons))}",
        f"data_dir = {paths.DATA}",
        "http_interface = 127.0.0.1",
        "proxy_mode = False",
        "list_db = False",
        "max_cron_threads = 0",
        "without_demo = True",
        "log_level = info",
        "db_maxconn = 32",
        "",
    ])
    if not paths.CONF.exists() or paths.CONF.read_text() != text:
        new = paths.CONF.with_name(f"odoo.conf.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(text)
        new.rename(paths.CONF)
    paths.DATA.mkdir(parents=True, exist_ok=True)
    return paths.CONF


def odoo_command(*arguments: str) -> list[str]:
    """The command line of one Odoo run with this project's configuration."""
    command, *rest = arguments if arguments else ("",)
    if command and not command.startswith("-"):
        arguments = (command, "--config", str(paths.CONF), *rest)
    else:
        arguments = ("--config", str(paths.CONF), *arguments)
    return [paths.python(), str(paths.ODOO_BIN), *arguments]


def run_odoo(*arguments: str, log: Path | None = None, stdin: str = "") -> None:
    """Run Odoo to its end; on failure raise with the end of its output."""
    postgres.start()
    write_conf()
    result = subprocess.run(
        odoo_command(*arguments), input=stdin, text=True, cwd=paths.ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        env=paths.full_environment(),
    )
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(result.stdout)
    if result.returncode:
        raise paths.SetupError(
            f"Odoo {' '.join(arguments)} failed:\n{result.stdout[-4000:]}"
        )


def install(database: str, modules: str, upgrade: bool = False) -> None:
    """Install or upgrade modules in a database (both languages, no demo data)."""
    word = "-u" if upgrade else "-i"
    run_odoo(
        "-d", database, word, modules, "--stop-after-init", "--no-http",
        "--load-language", LANGUAGES,
        log=paths.LOGS / f"install-{database}.log",
    )


def pregenerate_assets(database: str) -> None:
    """Make the asset bundles now, or the first browser test times out on them."""
    run_odoo(
        "shell", "-d", database, "--no-http",
        stdin="env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n",
        log=paths.LOGS / f"assets-{database}.log",
    )


def _odoo_version() -> str:
    """What a base database depends on: the Odoo that made it."""
    release = paths.odoo_layout()[0] / "odoo" / "release.py"
    return f"{release}\n{release.stat().st_mtime_ns}\n{BASE_MODULES}\n{LANGUAGES}\n"


def ensure_base() -> str:
    """Make the bare template unless this Odoo made it already."""
    stamp = paths.DATA / "award_base.stamp"
    with locked("award_base"):
        fresh = stamp.exists() and stamp.read_text() == _odoo_version()
        if not (fresh and exists(BASE)):
            new = f"{BASE}_new"
            drop(new)
            install(new, BASE_MODULES)
            pregenerate_assets(new)
            stamp.unlink(missing_ok=True)
            rename(new, BASE)
            stamp.write_text(_odoo_version())
    return BASE
