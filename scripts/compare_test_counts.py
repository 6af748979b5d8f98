"""Fail unless Odoo's own loader and pytest find the same tests of the add-on.

A test module that nobody imports is silent in Odoo, a test method inherited by a
subclass runs in pytest only: both show here by name.
"""

import re
import subprocess
import sys
from collections import Counter

from scripts import paths

_ADDON = f"odoo.addons.{paths.ADDON}"
_ODOO_SIDE = f"""
import sys
from odoo.tools import config
config.parse_config(["--config", {str(paths.CONF)!r}])
from odoo.tests import loader
for module in loader.get_test_modules({paths.ADDON!r}):
    for case in loader.get_module_test_cases(module):
        print("TEST", case.id())
"""


def _output(command: list[str]) -> str:
    result = subprocess.run(
        command, cwd=paths.ROOT, env=paths.full_environment(), check=False,
        capture_output=True, text=True,
    )
    if result.returncode:
        said = result.stdout[-3000:] + result.stderr[-3000:]
        sys.exit(f"{command[:3]} failed:\n{said}")
    return result.stdout


def by_odoo() -> Counter[str]:
    """Test names as Odoo's loader finds them, with how often each runs."""
    lines = _output([paths.python(), "-c", _ODOO_SIDE]).splitlines()
    names = [line.removeprefix("TEST ") for line in lines if line.startswith("TEST ")]
    return Counter(name.removeprefix(f"{_ADDON}.") for name in names)


def by_pytest(database: str) -> Counter[str]:
    """Test names as pytest collects them, with how often each runs."""
    listing = _output([
        paths.python(), "-m", "pytest", f"{paths.ADDON}/tests", "--collect-only", "-q",
        f"--odoo-config={paths.CONF}", f"--odoo-database={database}", "--odoo-http",
        "-o", "addopts=",
    ])
    names = re.findall(rf"^{paths.ADDON}/(\S+)\.py::(\S.*)$", listing, re.MULTILINE)
    return Counter(
        f"{path.replace('/', '.')}.{test.replace('::', '.')}" for path, test in names
    )


def differences(database: str) -> tuple[int, list[str]]:
    """(number of tests of Odoo, one line for each difference)."""
    odoo, pytest = by_odoo(), by_pytest(database)
    lines = [f"only Odoo runs {name}" for name in sorted((odoo - pytest).elements())]
    lines += [f"only pytest runs {name}" for name in sorted((pytest - odoo).elements())]
    if not odoo:
        lines.append("Odoo finds no test at all")
    return odoo.total(), lines


def main(arguments: list[str]) -> int:
    """compare_test_counts.py DATABASE (with the add-on installed)"""
    count, lines = differences(arguments[0])
    print("\n".join(lines) or f"Odoo and pytest find the same {count} tests")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
