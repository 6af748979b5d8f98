"""The shape of the addon: layers, rooms, sizes, and habits that reviews would forget.

Odoo couples by strings, so that directions between rooms are read from comodels,
`_inherit`, `env[…]` and XML references, not only from imports.
"""

import ast
import importlib.util
import re
from functools import cache
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.quality_award.rules.lifecycle import LIFECYCLES

ADDON = Path(__file__).parents[2]
#: Each room may use those before it.
ROOMS = (
    "base",
    "regulation",
    "application",
    "experts",
    "review",
    "decision",
    "award",
)
FILE_LINES = 400
FUNCTION_LINES = 40
#: path -> why the file is longer. Data, not code.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


@cache
def sources():
    """inside path -> text of every Python file outside tests."""
    return {
        path.relative_to(ADDON): path.read_text()
        for path in sorted(ADDON.rglob("*.py"))
        if path.relative_to(ADDON).parts[0] not in {"tests", "migrations"}
    }


@cache
def trees():
    return {path: ast.parse(text) for path, text in sources().items()}


def room_of(path):
    parts = path.parts
    inside = parts[0] in {"models", "views", "security", "data"} and len(parts) > 2
    return parts[1] if inside and parts[1] in ROOMS else None


@cache
def home_of_models():
    """model name -> room that declares it with `_name`."""
    homes = {}
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or room_of(path) is None:
                continue
            values = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            name = values.get("_name")
            if isinstance(name, ast.Constant):
                homes[name.value] = room_of(path)
    return homes


def xml_model_references(text):
    """Models that an XML file names, by external id or by field."""
    names = set(re.findall(r"model_(award_\w+)", text))
    dotted = set(re.findall(r'<field name="(?:model|res_model)">([\w.]+)<', text))
    return dotted | {
        model for model in home_of_models() if model.replace(".", "_") in names
    }


@tagged("post_install", "-at_install")
class TestArchitecture(TransactionCase):
    def assertNone(self, found):
        self.assertFalse(found, "\n" + "\n".join(map(str, found)))

    def test_rules_know_nothing_of_odoo(self):
        found = [
            f"{path}: {name}"
            for path, tree in trees().items()
            if path.parts[0] == "rules"
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else ["." * node.level + (node.module or "")]
            )
            if name.split(".")[0] == "odoo" or name.startswith("..")
        ]
        self.assertNone(found)

    def test_imports_between_rooms_go_down(self):
        found = []
        for path, tree in trees().items():
            room = room_of(path)
            for node in ast.walk(tree):
                if not isinstance(node, ast.ImportFrom) or room is None:
                    continue
                parts = (node.module or "").split(".")
                if node.level == 2 and parts[0] in ROOMS:
                    if ROOMS.index(parts[0]) > ROOMS.index(room):
                        found.append(f"{path}:{node.lineno} imports {node.module}")
                if node.level >= 2 and parts[0] in {"controllers", "wizard", "report"}:
                    found.append(f"{path}:{node.lineno} imports {node.module}")
        self.assertNone(found)

    def test_strings_between_rooms_go_down(self):
        """Comodels, `_inherit` and `env[…]` name models of this room or a lower one."""
        homes = home_of_models()
        self.assertGreater(len(homes), 40)
        found = []
        for path, tree in trees().items():
            room = room_of(path)
            if room is None:
                continue
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or node.value not in homes:
                    continue
                if ROOMS.index(homes[node.value]) > ROOMS.index(room):
                    found.append(f"{path}:{node.lineno} names {node.value}")
        # The floor asks the one question about editions that Odoo's module list needs.
        found = [f for f in found if not f.startswith("models/base/module.py")]
        # and names the stages of register rows in words
        found = [f for f in found if not f.startswith("models/base/transition.py")]
        self.assertNone(found)

    def test_xml_between_rooms_goes_down(self):
        homes = home_of_models()
        found = []
        for path in sorted(ADDON.rglob("*.xml")):
            inside = path.relative_to(ADDON)
            room = room_of(inside)
            if room is None:
                continue
            for model in xml_model_references(path.read_text()):
                if model in homes and ROOMS.index(homes[model]) > ROOMS.index(room):
                    found.append(f"{inside} names {model}")
        self.assertNone(found)

    def test_file_names_are_unique_among_tests(self):
        """Odoo silently runs only one of two test files with the same name."""
        names = [path.name for path in (ADDON / "tests").rglob("test_*.py")]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_every_test_file_is_imported(self):
        found = []
        for path in (ADDON / "tests").rglob("test_*.py"):
            package = ast.parse((path.parent / "__init__.py").read_text())
            imported = {
                alias.name
                for node in package.body
                if isinstance(node, ast.ImportFrom) and not node.module
                for alias in node.names
            }
            if path.stem not in imported:
                found.append(path.relative_to(ADDON))
        self.assertNone(found)

    def test_size_of_files(self):
        long = {
            str(path): len(text.splitlines())
            for path, text in sources().items()
            if len(text.splitlines()) > FILE_LINES
        }
        self.assertEqual(set(long) - set(LONG_FILES), set(), long)
        self.assertEqual(set(LONG_FILES) - set(long), set(), "no longer long")

    def test_size_of_functions(self):
        """Without their docstring, which may be as long as it must."""
        long = {}
        for path, tree in trees().items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = node.end_lineno - node.lineno + 1
                    if ast.get_docstring(node):
                        words = node.body[0]
                        lines -= words.end_lineno - words.lineno + 1
                    if lines > FUNCTION_LINES:
                        long[f"{path}:{node.name}"] = lines
        self.assertEqual(set(long) - set(LONG_FUNCTIONS), set(), long)
        self.assertEqual(set(LONG_FUNCTIONS) - set(long), set(), "no longer long")

    def test_every_sudo_says_why(self):
        """Within its statement, on the line itself."""
        found = []
        for path, tree in trees().items():
            lines = sources()[path].splitlines()
            for node in ast.walk(tree):
                if not isinstance(node, ast.stmt) or hasattr(node, "body"):
                    continue
                if not self._lifts_rights(node):
                    continue
                near = lines[node.lineno - 1 : node.end_lineno]
                if not any(re.search(r"#.*\bsudo: \w", line) for line in near):
                    line = lines[node.lineno - 1].strip()
                    found.append(f"{path}:{node.lineno} {line}")
        self.assertNone(found)

    @staticmethod
    def _lifts_rights(node):
        return any(
            (
                isinstance(part, ast.Call)
                and getattr(part.func, "attr", "") == "sudo"
                and not part.args  # sudo(False) gives the rights back
            )
            or (isinstance(part, ast.keyword) and part.arg == "su")
            or (isinstance(part, ast.Name) and part.id == "SUPERUSER_ID")
            for part in ast.walk(node)
        )

    def test_no_membership_in_a_bare_string(self):
        """A string in brackets is no tuple: `in` asks it for a substring."""
        found = [
            f"{path}:{node.lineno}"
            for path, tree in trees().items()
            for node in ast.walk(tree)
            if isinstance(node, ast.Compare)
            and any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)
            for other in node.comparators
            if isinstance(other, ast.Constant) and isinstance(other.value, str)
            and len(other.value) > 1
        ]
        # a substring asked for on purpose has its character on the left
        self.assertNone(found)

    def test_no_state_names_in_views(self):
        """Views ask for allowed moves and named flags, never for a status."""
        keys = {key for table in LIFECYCLES.values() for key in table.keys}
        pattern = re.compile(r"\bstate\b\s*(?:==|!=|in|not in)\s*(.*)")
        statusbar = re.compile(r"statusbar_visible")
        found = []
        for path in sorted((ADDON / "views").rglob("*.xml")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                hit = pattern.search(line)
                if hit and any(f"'{key}'" in hit.group(1) for key in keys):
                    found.append(f"{path.relative_to(ADDON)}:{number} {line.strip()}")
                if statusbar.search(line):
                    found.append(f"{path.relative_to(ADDON)}:{number} {line.strip()}")
        self.assertNone(found)

    def test_no_figures_of_a_regulation(self):
        """No city, article or figure of a regulation outside tests and data."""
        pattern = re.compile(
            r"chengdu|成都|shanghai award|安徽|上海|第[一二三四五六七八九十]+条|"
            r"article \d+ of the (?!civil)",
            re.IGNORECASE,
        )
        found = [
            f"{path}:{number} {line.strip()}"
            for path, text in sources().items()
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
        # how a citation looks is shown by an example of no regulation in particular
        found = [f for f in found if "e.g." not in f]
        self.assertNone(found)

    def test_no_demo_flag_and_no_guard_in_the_context(self):
        found = [
            f"{path}:{node.lineno}"
            for path, tree in trees().items()
            if path.parts[0] == "models"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "attr", "") == "get"
            and isinstance(node.func.value, ast.Attribute)
            and node.func.value.attr == "context"
        ]
        self.assertNone(found)

    def test_secret_models_have_no_chatter(self):
        """Who reads a record reads its whole chatter: only the office's own may."""
        thread = self.env.registry["mail.thread"]
        with_chatter = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("award.") and issubclass(model, thread)
        }
        self.assertEqual(with_chatter, {"award.application"})

    def test_one_header_in_each_view(self):
        """Odoo shows the buttons of one header and drops those of the others."""
        views = self.env["ir.ui.view"].search(
            [
                ("model", "=like", "award.%"),
                ("type", "in", ["list", "form"]),
                ("mode", "=", "primary"),
            ]
        )
        found = [
            view.xml_id
            for view in views
            if len(view._get_combined_arch().findall("header")) > 1
        ]
        self.assertNone(found)

    def test_generated_pages_are_fresh(self):
        """docs/ lie beside the addon in the repository, not in an installed addon."""
        script = ADDON.parent / "scripts" / "generate_docs.py"
        if not script.exists():
            self.skipTest("the addon was installed without its repository")
        spec = importlib.util.spec_from_file_location("award_generate_docs", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, page in module.PAGES.items():
            path = ADDON.parent / "docs" / name
            self.assertEqual(path.read_text(), page(), f"{name} is stale: make docs")
