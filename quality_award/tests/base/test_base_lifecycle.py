import ast
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.quality_award.models.base.act_words import ACTS
from odoo.addons.quality_award.models.base.refusal import (
    RECORD_ROLE_LABELS,
    REFUSAL_TEXTS,
)
from odoo.addons.quality_award.rules.lifecycle import (
    GROUP_ROLES,
    LIFECYCLES,
    RECORD_ROLES,
)

from .common import our_models

ADDON = Path(__file__).parents[2]


def _sources():
    """(path, tree) of every Python file of the addon outside its tests."""
    for path in sorted(ADDON.rglob("*.py")):
        inside = path.relative_to(ADDON)
        if inside.parts[0] not in {"tests", "migrations"}:
            yield inside, ast.parse(path.read_text())


def _first_words(name):
    """First arguments, if literal, of all calls to a function called `name`."""
    words = set()
    for _path, tree in _sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", None))
            if called == name and node.args and isinstance(node.args[0], ast.Constant):
                words.add(node.args[0].value)
    return words


#: Ends that can be undone.
UNDONE = {"award.sheet": {"locked"}, "award.proposal": {"taken", "overtaken"}}


@tagged("post_install", "-at_install")
class TestLifecycleTable(TransactionCase):
    """The table of lifecycles is sound in itself and matches the models."""

    def test_every_state_is_reached(self):
        for model, lifecycle in LIFECYCLES.items():
            reached, new = set(), {lifecycle.initial}
            while new:
                reached |= new
                new = {
                    move.target
                    for state in reached
                    for move in lifecycle.moves_from(state)
                    if move.target
                } - reached
            self.assertEqual(reached, set(lifecycle.keys), model)

    def test_moves_start_and_end_in_known_states(self):
        for model, lifecycle in LIFECYCLES.items():
            for move in lifecycle.moves:
                self.assertLessEqual(move.sources, lifecycle.keys, (model, move.name))
                self.assertTrue(move.sources, (model, move.name))
                self.assertIn(move.target, {None, *lifecycle.keys}, (model, move.name))

    def test_moves_are_named_once(self):
        for model, lifecycle in LIFECYCLES.items():
            names = [move.name for move in lifecycle.moves]
            self.assertEqual(len(names), len(set(names)), model)

    def test_every_lifecycle_ends(self):
        """From every state some final state is reached; sheets may be unlocked."""
        for model, lifecycle in LIFECYCLES.items():
            ends = set(lifecycle.final)
            # an end as well, unless it is lifted, or the edition is cancelled
            ends |= UNDONE.get(model, set())
            self.assertTrue(ends, model)
            ending = set(ends)
            while True:
                more = {
                    state
                    for state in lifecycle.keys - ending
                    if any(m.target in ending for m in lifecycle.moves_from(state))
                }
                if not more:
                    break
                ending |= more
            self.assertEqual(ending, set(lifecycle.keys), model)

    def test_roles_are_known(self):
        known = {*GROUP_ROLES, *RECORD_ROLES}
        for model, lifecycle in LIFECYCLES.items():
            for move in lifecycle.moves:
                self.assertTrue(move.roles, (model, move.name))
                self.assertLessEqual(move.roles, known, (model, move.name))
        for role in GROUP_ROLES:
            self.assertTrue(self.env.ref(f"quality_award.group_{role}"), role)
        self.assertEqual(set(RECORD_ROLE_LABELS), set(RECORD_ROLES))

    def test_models_with_a_state_are_those_of_the_table(self):
        with_state = {
            name for name in our_models(self.env) if "state" in self.env[name]._fields
        }
        self.assertEqual(with_state, set(LIFECYCLES))
        lifecycle_class = self.env.registry["award.lifecycle"]
        for model, lifecycle in LIFECYCLES.items():
            self.assertTrue(issubclass(self.env.registry[model], lifecycle_class))
            field = self.env[model]._fields["state"]
            self.assertEqual(dict(field.selection), dict(lifecycle.states), model)
            self.assertFalse(field.copy, model)
            self.assertTrue(field.required, model)

    def test_every_door_is_in_place(self):
        """Each table has its triggers; the database knows the same moves."""
        self.env.cr.execute(
            """SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t
                 JOIN pg_class c ON c.oid = t.tgrelid
                WHERE t.tgname IN ('award_door', 'award_keep')"""
        )
        self.assertEqual(
            sorted(self.env.cr.fetchall()),
            sorted(
                (self.env[model]._table, trigger, "O")
                for model in LIFECYCLES
                for trigger in ("award_door", "award_keep")
            ),
        )
        self.env.cr.execute(
            "SELECT model, state_from, state_to FROM award_lifecycle_edge"
        )
        expected = {
            (model, *edge) for model in LIFECYCLES for edge in LIFECYCLES[model].edges()
        } | {(model, None, LIFECYCLES[model].initial) for model in LIFECYCLES}
        self.assertEqual(set(self.env.cr.fetchall()), expected)

    def test_every_guard_exists(self):
        missing = [
            f"{model}._guard_{guard}"
            for model, lifecycle in LIFECYCLES.items()
            for move in lifecycle.moves
            for guard in move.guards
            if not hasattr(self.env.registry[model], f"_guard_{guard}")
        ]
        self.assertEqual(missing, [])

    def test_every_guard_is_asked(self):
        """No `_guard_…` method stands idle: a condition nobody asks is none."""
        asked = {
            (model, f"_guard_{guard}")
            for model, lifecycle in LIFECYCLES.items()
            for move in lifecycle.moves
            for guard in move.guards
        }
        idle = [
            f"{model}.{name}"
            for model in LIFECYCLES
            for name in dir(self.env.registry[model])
            if name.startswith("_guard_") and (model, name) not in asked
        ]
        self.assertEqual(idle, [])

    def test_every_move_is_made_by_somebody(self):
        """Each move has its button, or code that names it."""
        named = _first_words("_apply_move") | _first_words("_advance")
        named |= _first_words("_check_move") | _first_words("_each")
        idle = [
            f"{model}.{move.name}"
            for model, lifecycle in LIFECYCLES.items()
            for move in lifecycle.moves
            if not hasattr(self.env.registry[model], f"action_{move.name}")
            and move.name not in named
        ]
        self.assertEqual(idle, [])

    def test_every_refusal_has_words(self):
        codes = _first_words("Refusal")
        self.assertGreater(len(codes), 3)
        self.assertEqual(codes - set(REFUSAL_TEXTS), set())

    def test_every_move_has_a_word(self):
        moves = {move.name for cycle in LIFECYCLES.values() for move in cycle.moves}
        self.assertEqual(set(ACTS), moves)

    def test_register_and_log_speak_in_words(self):
        row = self.env["award.transition"].new(
            {"move": "send_back", "roles": "clock,office_head"}
        )
        seen = self.env["award.access.entry"].new(
            {"door": "export_data", "roles": "supervisor"}
        )
        self.assertEqual(
            (row.act, row.role_names, seen.door_name, seen.role_names),
            ("Sent back", "Scheduled Actions, Award Office: Head",
             "Exported", "Supervisor (Discipline Inspection)"),
        )

    def test_hooks_after_a_move_belong_to_a_move(self):
        idle = [
            f"{model}.{name}"
            for model, lifecycle in LIFECYCLES.items()
            for name in dir(self.env.registry[model])
            if name.startswith("_after_")
            and name not in {f"_after_{move.name}" for move in lifecycle.moves}
        ]
        self.assertEqual(idle, [])
