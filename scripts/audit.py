"""Dependency audit: what is installed is exactly what requirements/ pins.

A comparison with a database of known vulnerabilities (pip-audit) is not part of
it, because it asks a service on the network that a closed network does not reach;
run `pip-audit -r requirements/runtime.txt` where it does.
"""

import re
import subprocess
import sys
from importlib import metadata

from scripts import paths

# Comes with the environment itself and is never imported.
_UNPINNED = {"pip"}
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)$")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    """name → version of both requirement files; a looser line is an error."""
    found: dict[str, str] = {}
    for file in sorted((paths.ROOT / "requirements").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            if not line or line.startswith(("#", "-r ")):
                continue
            pin = _PIN.match(line)
            if not pin:
                sys.exit(f"{file.name}: not an exact version: {line}")
            found[_plain(pin[1])] = pin[2]
    return found


def problems() -> list[str]:
    """One line for each package that is missing, different or not listed."""
    wanted = pins()
    installed = {
        _plain(found.metadata["Name"]): found.version
        for found in metadata.distributions(path=[_site_packages()])
    }
    lines = [
        f"{name}: pinned {version}, installed {installed.get(name, 'not at all')}"
        for name, version in wanted.items() if installed.get(name) != version
    ]
    lines += [
        f"{name} {version} is installed but not pinned"
        for name, version in installed.items()
        if name not in wanted and name not in _UNPINNED
    ]
    return sorted(lines)


def _site_packages() -> str:
    """The environment's own folder: Odoo on PYTHONPATH is no package of pip's."""
    return str(next(paths.VENV.glob("lib/python3*/site-packages")))


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    lines = problems()
    check = subprocess.run(
        [paths.python(), "-I", "-m", "pip", "check"],
        capture_output=True, text=True, check=False,
    )
    if check.returncode:
        lines += check.stdout.splitlines()
    print("\n".join(lines) or "every installed package has its pinned version")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
