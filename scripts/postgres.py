"""The embedded PostgreSQL server: made once, started on demand, left running.

PostgreSQL refuses to run as root. Root therefore starts it as `nobody`, which
every Debian machine has, instead of adding a user to the machine.
"""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from scripts import paths
from scripts.locks import locked

# For development and tests: a crash of the machine may lose the last commits
# (never corrupt the data), and one Odoo needs few connections.
_SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
effective_cache_size = 2GB
synchronous_commit = off
wal_compression = on
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
log_line_prefix = '%m [%p] %d '
timezone = 'UTC'
"""


def _programs() -> Path:
    programs = paths.postgres_bin()
    if programs is None:
        raise paths.SetupError(
            "The embedded PostgreSQL is not installed: run `make setup`, or set "
            "PGHOST (PGPORT, PGUSER, PGPASSWORD) to a server of your own."
        )
    return programs


def _prefix() -> list[str]:
    """Words that turn a command into one run by an ordinary user."""
    if os.geteuid() != 0:
        return []
    drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    reachable = subprocess.run(
        [*drop, "test", "-x", str(_programs() / "postgres")],
        check=False, cwd="/", stderr=subprocess.DEVNULL,
    )
    if reachable.returncode:
        # The checkout lies below a folder closed to others (such as /root): keep
        # root's right to pass. The bit makes access(2), by which the programs look
        # for each other, count that right too.
        drop += [
            "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup",
        ]
    return drop


def _run(*command: str | Path, timeout: int = 120) -> None:
    result = subprocess.run(
        [*_prefix(), *map(str, command)],
        capture_output=True, text=True, cwd="/", timeout=timeout, check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    if result.returncode:
        raise paths.SetupError(
            f"{Path(command[0]).name} failed: "
            f"{(result.stderr or result.stdout).strip()[-1500:]}"
        )


def _private_folder(folder: Path) -> None:
    """A folder only the server's user may enter; refuse a stranger's."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    elif folder.stat().st_uid != os.getuid():
        raise paths.SetupError(f"{folder} belongs to another user; remove it first.")
    folder.chmod(0o700)


def is_running() -> bool:
    """Whether the embedded server answers on its socket."""
    programs = paths.postgres_bin()
    if programs is None or not (paths.PG_DATA / "PG_VERSION").exists():
        return False
    ready = subprocess.run(
        [programs / "pg_isready", "-q", "-h", paths.socket_dir(), "-p", "5432"],
        check=False,
    )
    return ready.returncode == 0


def _initialise() -> None:
    """Make the data folder aside and rename it, so that it is whole or absent."""
    new = paths.PG_DATA.with_name("pg.new")
    shutil.rmtree(new, ignore_errors=True)
    _private_folder(new)
    _run(
        _programs() / "initdb", "-D", new, "-U", "postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    )
    with (new / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)
    new.rename(paths.PG_DATA)


def _sql(statement: str) -> str:
    """Run a statement as the server's own superuser."""
    result = subprocess.run(
        [
            _programs() / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1",
            "-h", paths.socket_dir(), "-p", "5432", "-U", "postgres",
            "-d", "postgres", "-c", statement,
        ],
        capture_output=True, text=True, check=False,
    )
    if result.returncode:
        raise paths.SetupError(f"PostgreSQL: {result.stderr.strip()}")
    return result.stdout.strip()


def _ensure_role() -> None:
    """Odoo refuses to work as the superuser `postgres`: give it its own role."""
    if not _sql("SELECT 1 FROM pg_roles WHERE rolname = 'odoo'"):
        _sql("CREATE ROLE odoo LOGIN CREATEDB")


def start() -> None:
    """Start the embedded server unless it runs; it outlives this process."""
    if paths.uses_own_postgres() or is_running():
        return
    with locked("postgres"):
        if is_running():
            return
        if not (paths.PG_DATA / "PG_VERSION").exists():
            _initialise()
        _private_folder(paths.socket_dir())
        _run(
            _programs() / "pg_ctl", "-D", paths.PG_DATA, "-w", "-t", "60",
            "-l", paths.PG_DATA / "server.log",
            "-o", f"-k {paths.socket_dir()} -p 5432", "start",
        )
        _ensure_role()


def stop() -> None:
    """Stop the embedded server, if it runs."""
    with locked("postgres"):
        if not is_running():
            return
        _run(
            _programs() / "pg_ctl", "-D", paths.PG_DATA, "-w", "-m", "fast", "stop",
        )
        for _attempt in range(50):
            if not is_running():
                return
            time.sleep(0.1)
