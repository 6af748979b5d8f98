"""Run Odoo's own test_lint on this add-on, in a database that has both installed.

Odoo's lints look at every add-on of the machine. Here they look at this one alone:
quicker, and a slip in somebody else's module is not ours to fail on. Left out:
TestPyLint and TestConflictMarkers (part of `make lint`, on this add-on), TestESLint
(needs a Node program), TestCheckers' tests of the checkers themselves.
"""

import json
import sys
from unittest import mock

from scripts import paths

CASES = {
    "L10nLinter", "ManifestLinter", "PotLinter", "RoutesLinter", "TestDocstring",
    "TestDunderinit", "TestI18n", "TestIndex", "TestJsTranslations",
    "TestLintOverrideSignatures", "TestNaming", "TestOnchangeDomains", "TestTestHoles",
}


def _only_this_addon():
    """Patch the walk over all modules that most of these tests share."""
    from odoo.addons.test_lint.tests.lint_case import LintCase

    whole = LintCase.iter_module_files

    def iter_module_files(self, *globs, modules=None):
        return whole(self, *globs, modules=[paths.ADDON])

    return mock.patch.object(LintCase, "iter_module_files", iter_module_files)


def main(arguments: list[str]) -> int:
    """odoo_lint.py DATABASE RESULT.json"""
    database, result_file = arguments
    import odoo.tests  # Odoo patches the standard library: import it late
    from odoo.modules import module
    from odoo.modules.registry import Registry
    from odoo.netsvc import init_logger
    from odoo.tools import config

    config.parse_config(["--config", str(paths.CONF), "-d", database, "--no-http"])
    init_logger()
    Registry(database)
    config["test_enable"] = True
    from odoo.tests import loader
    from odoo.tests.suite import OdooSuite

    cases = [
        case
        for tests in loader.get_test_modules("test_lint")
        for case in loader.get_module_test_cases(tests)
        if type(case).__name__ in CASES
    ]
    module.current_test = True
    failed = 0
    with _only_this_addon():
        for case in cases:
            # One by one: a case with many failing subtests is one failed test.
            result = odoo.tests.result.OdooTestResult()
            OdooSuite([case])(result)
            failed += not result.wasSuccessful()
    lost = CASES - {type(case).__name__ for case in cases}
    for name in sorted(lost):
        print(f"test_lint has no {name} any more")
    failed += len(lost)
    with open(result_file, "w", encoding="utf-8") as file:
        json.dump({"run": len(cases) + len(lost), "failed": failed}, file)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
