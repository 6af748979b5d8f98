"""The template database with the add-on installed, rebuilt when the add-on changes."""

import hashlib
import os
from pathlib import Path

from scripts import databases, paths
from scripts.locks import locked

NAME = paths.database("template")
_STAMP = paths.DATA / "award_template.stamp"
_IGNORED = {"tests", "__pycache__"}


def addon_files() -> list[Path]:
    """The add-on's files that an installed database depends on: not its tests."""
    found = []
    for folder, folders, names in os.walk(paths.ROOT / paths.ADDON):
        folders[:] = sorted(set(folders) - _IGNORED)
        found += [Path(folder, name) for name in sorted(names)]
    return found


def addon_hash() -> str:
    """Changes when a database must be upgraded: the add-on, Odoo or our pins."""
    digest = hashlib.sha256()
    pins = sorted((paths.ROOT / "requirements").glob("*.txt"))
    for file in [*addon_files(), *pins]:
        digest.update(str(file.relative_to(paths.ROOT)).encode() + b"\0")
        digest.update(file.read_bytes() + b"\0")
    base = paths.DATA / "award_base.stamp"
    digest.update(base.read_bytes() if base.exists() else b"")
    return digest.hexdigest()


def _ensure() -> None:
    wanted = addon_hash()
    fresh = _STAMP.exists() and _STAMP.read_text() == wanted
    if fresh and databases.exists(NAME):
        return
    print("Installing the add-on in the template database …", flush=True)
    databases.ensure_base()
    new = f"{NAME}_new"
    databases.clone(databases.BASE, new)
    databases.install(new, paths.ADDON)
    databases.pregenerate_assets(new)
    _STAMP.unlink(missing_ok=True)
    databases.rename(new, NAME)
    _STAMP.write_text(wanted)


def clone_template(target: str) -> str:
    """Make `target` a fresh database with the add-on as it is now; return it."""
    with locked(NAME):
        _ensure()
        return databases.clone(NAME, target)
