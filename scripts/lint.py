"""`make lint`: every linter, each by name, all of them even when one fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

from scripts import greps, paths

ADDON = paths.ADDON
# What Odoo's TestPyLint enables; run here on this add-on alone, not on all of Odoo.
ODOO_PYLINT = [
    "pylint", "--rcfile=/dev/null", "--disable=all,useless-option-value",
    "--enable=used-before-assignment,undefined-variable,eval-used,unreachable,"
    "function-redefined,sql-injection,missing-gettext,gettext-variable,"
    "gettext-placeholders,gettext-repr,raise-unlink-override",
    "--load-plugins=_pylint_path_setup,pylint.extensions.bad_builtin,"
    "_odoo_checker_sql_injection,_odoo_checker_gettext,_odoo_checker_unlink_override",
    "--bad-functions=input", "--reports=n", "--score=n",
    "--msg-template={path}:{line}: {msg} ({msg_id})", ADDON,
]


def _test_lint_folder() -> Path:
    for addons in paths.odoo_layout()[1]:
        folder = addons / "test_lint" / "tests"
        if folder.is_dir():
            return folder
    raise paths.SetupError("This Odoo has no module test_lint; lint needs it.")


def _commands() -> list[tuple[str, list[str]]]:
    """(name, command) of each linter that is a program."""
    shell = sorted(map(str, [
        *Path("scripts").rglob("*.sh"), *filter(Path.exists, [Path(".ci/run")]),
    ]))
    commands = [
        ("ruff", ["ruff", "check", "--quiet", "--output-format=concise", "."]),
        ("pylint-odoo", ["pylint", "--rcfile=.pylintrc", ADDON]),
        ("pylint as in Odoo's test_lint", ODOO_PYLINT),
        ("OCA manifest and XML checks",
         ["oca-checks-odoo-module", f"{ADDON}/__manifest__.py"]),
        ("shell syntax", ["bash", "-n", *shell]),
        ("dependency audit", [sys.executable, "-m", "scripts.audit"]),
    ]
    translations = sorted(map(str, Path(ADDON, "i18n").glob("*.po*")))
    if translations:
        commands.append(("OCA translation checks", ["oca-checks-po", *translations]))
    if Path("scripts/generate_docs.py").exists():
        commands.append((
            "generated documents are up to date",
            [sys.executable, "scripts/generate_docs.py", "--check"],
        ))
    return commands


def _run(command: list[str]) -> str:
    """The linter's complaints, or nothing when it is content."""
    environment = paths.full_environment()
    environment["PYTHONPATH"] += os.pathsep + str(_test_lint_folder())
    result = subprocess.run(
        command, cwd=paths.ROOT, env=environment, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    return result.stdout.strip() or "failed" if result.returncode else ""


def main() -> int:
    """Run all linters; 1 if any complained."""
    os.chdir(paths.ROOT)
    checks = [
        (name, lambda command=command: _run(command)) for name, command in _commands()
    ]
    checks.append(("own checks", lambda: "\n".join(greps.complaints())))
    failed = []
    for name, check in checks:
        started = time.monotonic()
        complaints = check()
        seconds = time.monotonic() - started
        verdict = "FAIL" if complaints else "ok"
        print(f"{verdict:5} {name} ({seconds:.0f} s)", flush=True)
        if complaints:
            failed.append(name)
            print(complaints, flush=True)
    if failed:
        print(f"\nlint: {len(failed)} of {len(checks)} failed: {', '.join(failed)}")
    else:
        print(f"\nlint: all {len(checks)} checks are content")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
