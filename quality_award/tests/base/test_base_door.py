from contextlib import contextmanager

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.rules.lifecycle import LIFECYCLES

from .common import FloorCase


class _Undo(Exception):
    """Leaves a savepoint without keeping what was done in it."""


class DoorCase(FloorCase):
    """An attack is a function; it must succeed without the door and fail with it."""

    @contextmanager
    def undone(self):
        try:
            with self.env.cr.savepoint():
                yield
                raise _Undo
        except _Undo:
            self.env.invalidate_all()

    def breaches(self, model):
        """Rows of `model` that stand where no register row says they may."""
        Model = self.env[model]
        has_stage = "stage_id" in Model._guarded_columns()
        self.env.cr.execute(
            SQL(
                """SELECT t.id FROM %s t
                LEFT JOIN LATERAL (
                    SELECT state_to, stage_to FROM award_transition
                     WHERE model = %s AND res_id = t.id
                     ORDER BY seq DESC LIMIT 1) r ON TRUE
                WHERE t.state IS DISTINCT FROM COALESCE(r.state_to, %s)
                   OR %s IS DISTINCT FROM r.stage_to""",
                SQL.identifier(Model._table),
                model,
                LIFECYCLES[model].initial,
                SQL("t.stage_id") if has_stage else SQL("r.stage_to"),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def assertRefusedByDoor(self, model, attack):
        """`attack` breaks in when the door is off its hinges, and never otherwise."""
        table = SQL.identifier(self.env[model]._table)
        self.assertEqual(self.breaches(model), [])
        with self.undone():
            self.env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER award_door", table))
            attack()
            self.env.flush_all()
            self.assertTrue(self.breaches(model), "the attack does not even try")
        with self.undone(), mute_logger("odoo.sql_db"):
            try:
                attack()
                self.env.flush_all()
            except IntegrityError as error:
                raise _Undo from error
            except ValueError as error:  # safe_eval tells what it was in words
                self.assertIn("CheckViolation", str(error))
                raise _Undo from error
            self.assertEqual(self.breaches(model), [])


@tagged("post_install", "-at_install")
class TestDoorAttacked(DoorCase):
    """No way of writing a record reaches a state that the register does not hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.factory.one("award.scheme")
        cls.administrator = cls.env["res.users"].create(
            {
                "name": "Settings",
                "login": "settings",
                "company_id": cls.agency.id,
                "company_ids": cls.agency.ids,
                "group_ids": [
                    Command.set(
                        [
                            cls.env.ref("base.group_system").id,
                            cls.env.ref("quality_award.group_admin").id,
                        ]
                    )
                ],
            }
        )

    def as_administrator(self, model="award.scheme"):
        return self.env[model].with_user(self.administrator)

    def values(self, **more):
        return {
            "name_zh": "办法",
            "code": "x",
            "version": "9",
            "company_id": self.agency.id,
            **more,
        }

    def test_every_model_against_raw_sql(self):
        for model, lifecycle in LIFECYCLES.items():
            record = self.factory.one(model)
            table = SQL.identifier(record._table)
            for key in lifecycle.keys - {lifecycle.initial}:
                with self.subTest(model=model, state=key):
                    self.assertRefusedByDoor(
                        model,
                        lambda table=table, key=key, record=record: self.env.cr.execute(
                            SQL(
                                "UPDATE %s SET state = %s WHERE id = %s",
                                table,
                                key,
                                record.id,
                            )
                        ),
                    )

    def test_every_model_against_create(self):
        for model, lifecycle in LIFECYCLES.items():
            record = self.factory.one(model)
            columns = [
                name
                for name, field in record._fields.items()
                if field.store and field.column_type and name not in {"id", "state"}
            ]
            names = SQL(", ").join(map(SQL.identifier, columns))
            key = sorted(lifecycle.keys - {lifecycle.initial})[0]
            insert = SQL(
                "INSERT INTO %s (state, %s) SELECT %s, %s FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                names,
                key,
                names,
                SQL.identifier(record._table),
                record.id,
            )
            drop = [
                SQL("DROP INDEX IF EXISTS %s", SQL.identifier(obj.full_name(record)))
                for obj in record._table_objects.values()
                if "UNIQUE" in str(obj.get_definition(self.env.registry)).upper()
            ]

            def attack(insert=insert, drop=drop):
                for statement in drop:
                    self.env.cr.execute(statement)
                self.env.cr.execute(insert)

            with self.subTest(model=model):
                self.assertRefusedByDoor(model, attack)

    def test_create(self):
        self.assertRefusedByDoor(
            "award.scheme",
            lambda: self.as_administrator().create(self.values(state="published")),
        )

    def test_default_in_the_context(self):
        self.assertRefusedByDoor(
            "award.scheme",
            lambda: self.as_administrator()
            .with_context(default_state="published")
            .create(self.values()),
        )

    def test_default_of_the_user(self):
        def attack():
            self.env["ir.default"].with_user(self.administrator).sudo().set(
                "award.scheme", "state", "published", user_id=self.administrator.id
            )
            self.as_administrator().create(self.values())

        self.assertRefusedByDoor("award.scheme", attack)

    def test_write(self):
        record = self.as_administrator().browse(self.scheme.id)
        self.assertRefusedByDoor(
            "award.scheme", lambda: record.write({"state": "published"})
        )
        self.assertRefusedByDoor(
            "award.scheme", lambda: record.sudo().write({"state": "published"})
        )

    def test_web_save(self):
        record = self.as_administrator().browse(self.scheme.id)
        self.assertRefusedByDoor(
            "award.scheme", lambda: record.web_save({"state": "superseded"}, {})
        )

    def test_copy(self):
        record = self.as_administrator().browse(self.scheme.id)
        default = {"version": "10"}
        self.assertRefusedByDoor(
            "award.scheme", lambda: record.copy({"state": "published", **default})
        )
        self.assertEqual(record.copy(default).state, "draft")

    def test_import(self):
        names = ["name_zh", "code", "version", "timezone", "state"]
        self.assertRefusedByDoor(
            "award.scheme",
            lambda: self.as_administrator().load(
                names, [["办法", "x", "11", "Asia/Shanghai", "published"]]
            ),
        )

    def test_write_multi(self):
        self.env.flush_all()
        self.assertRefusedByDoor(
            "award.scheme",
            lambda: self.scheme._write_multi([{"state": "published"}]),
        )

    def test_cache(self):
        def attack():
            field = self.scheme._fields["state"]
            field._update_cache(self.scheme, "published", dirty=True)
            self.env.flush_all()

        self.assertRefusedByDoor("award.scheme", attack)

    def test_assignment_in_a_server_action(self):
        def action(code):
            found = self.env["ir.actions.server"].create(
                {
                    "name": "x",
                    "model_id": self.env["ir.model"]._get_id("award.scheme"),
                    "state": "code",
                    "code": code,
                }
            )
            found.with_user(self.administrator).with_context(
                active_model="award.scheme", active_id=self.scheme.id
            ).run()

        table = self.scheme._table
        for code in (
            "record.write({'state': 'published'})",
            f"env.cr.execute(\"UPDATE {table} SET state = 'published'\")",
        ):
            with self.subTest(code=code):
                self.assertRefusedByDoor(
                    "award.scheme", lambda code=code: action(code)
                )

    def test_commands_of_a_parent(self):
        edition = self.factory.one("award.edition")
        case = self.factory.one("award.application")
        other = self.factory.new("award.applicant")
        values = {
            "class_id": case.class_id.id,
            "applicant_id": other.id,
            "state": "accepted",
        }
        for command in (
            Command.create(values),
            Command.update(case.id, {"state": "accepted"}),
        ):
            with self.subTest(command=command):
                self.assertRefusedByDoor(
                    "award.application",
                    lambda command=command: edition.write(
                        {"application_ids": [command]}
                    ),
                )

    def test_stage_of_an_application(self):
        case = self.factory.one("award.application")
        stage = self.factory.one("award.stage")
        attacks = {
            "write": lambda: case.write({"stage_id": stage.id}),
            "sql": lambda: self.env.cr.execute(
                "UPDATE award_application SET stage_id = %s", [stage.id]
            ),
            "create": lambda: self.factory.new(
                "award.application",
                stage_id=stage.id,
                applicant_id=self.factory.new("award.applicant").id,
            ),
        }
        for name, attack in attacks.items():
            with self.subTest(attack=name):
                self.assertRefusedByDoor("award.application", attack)


@tagged("post_install", "-at_install")
class TestDoorPortal(DoorCase, HttpCase):
    """A portal user who had been given every right would still meet the door."""

    def attack(self, context):
        """Save a new scheme over HTTP; the answer's error, None when it worked."""
        answer = self.url_open(
            "/web/dataset/call_kw/award.scheme/web_save",
            json={
                "params": {
                    "model": "award.scheme",
                    "method": "web_save",
                    "args": [
                        [],
                        {"name_zh": "办法", "code": "p", "version": "1"},
                        {"id": {}},
                    ],
                    "kwargs": {"context": context},
                }
            },
        ).json()
        return answer.get("error", {}).get("data")

    def test_portal(self):
        portal = self._portal_user(self.env.company)
        portal.password = portal.login
        self.authenticate(portal.login, portal.login)
        context = {"default_state": "published"}
        with mute_logger("odoo.http"):
            refusal = self.attack(context)
        self.assertEqual(refusal["name"], "odoo.exceptions.AccessError")
        self.env["ir.model.access"].create(
            {
                "name": "given by mistake",
                "model_id": self.env["ir.model"]._get_id("award.scheme"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_create": True,
                "perm_read": True,
            }
        )
        self.env.flush_all()
        with self.undone():
            self.env.cr.execute("ALTER TABLE award_scheme DISABLE TRIGGER award_door")
            self.assertIsNone(self.attack(context))
            self.assertTrue(self.breaches("award.scheme"))
        with mute_logger("odoo.http", "odoo.sql_db"):
            refusal = self.attack(context)
        self.assertEqual(refusal["name"], "odoo.exceptions.ValidationError")
        self.assertIn("Use the buttons of the record.", refusal["message"])
        self.assertEqual(self.breaches("award.scheme"), [])


@tagged("post_install", "-at_install")
class TestDoorRegister(DoorCase):
    """The register itself: no row can be forged, replayed, changed or taken out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.panel = cls.factory.one("award.panel")
        cls.env.flush_all()

    def register(self, state_from, state_to, record=None, **columns):
        record = self.panel if record is None else record
        row = {
            "model": record._name,
            "res_id": record.id,
            "move": "forged",
            "state_from": state_from,
            "state_to": state_to,
            "user_id": 1,
            "at": "2020-01-01",
            **columns,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO award_transition (%s) VALUES (%s)",
                SQL(", ").join(map(SQL.identifier, row)),
                SQL(", ").join(SQL("%s", value) for value in row.values()),
            )
        )

    def set_state(self, state):
        self.env.cr.execute(
            "UPDATE award_panel SET state = %s WHERE id = %s", [state, self.panel.id]
        )

    @contextmanager
    def assertRefused(self, constraint):
        with (
            self.assertRaises(IntegrityError) as caught,
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            yield
        self.assertEqual(caught.exception.diag.constraint_name, constraint)

    def test_a_register_row_opens_the_door_once(self):
        self.register("draft", "confirmed")
        self.set_state("confirmed")
        self.register("confirmed", "draft")
        self.set_state("draft")
        with self.assertRefused("award_panel_door"):
            self.set_state("confirmed")  # the row of the first time is old
        self.assertEqual(self.breaches("award.panel"), [])

    def test_rows_outside_the_table_of_lifecycles(self):
        for state_from, state_to, columns in (
            ("draft", "dissolved", {}),  # no such move
            ("confirmed", "dissolved", {}),  # a move, but not from where it stands
            ("draft", "invented", {}),
            ("draft", "confirmed", {"stage_from": 1}),
            (None, "draft", {}),
            (None, "draft", {"model": "res.partner"}),
            ("draft", "confirmed", {"model": "res.partner"}),
        ):
            with self.subTest(row=(state_from, state_to, columns)):
                with self.undone():  # the attack is one: without the trigger it works
                    self.env.cr.execute(
                        "ALTER TABLE award_transition DISABLE TRIGGER USER"
                    )
                    self.register(state_from, state_to, **columns)
                with self.assertRefused("award_transition_door"):
                    self.register(state_from, state_to, **columns)

    def test_the_order_is_given_by_the_database(self):
        self.register("draft", "confirmed", seq=900)
        self.env.cr.execute("SELECT seq FROM award_transition ORDER BY id DESC LIMIT 1")
        self.assertEqual(self.env.cr.fetchone(), (1,))
        with self.assertRefused("award_transition_door"):
            self.register("draft", "confirmed")  # it has left that state already

    def test_a_row_for_another_record_does_not_count(self):
        other = self.factory.new("award.panel")
        self.register("draft", "confirmed", record=other)
        with self.assertRefused("award_panel_door"):
            self.set_state("confirmed")
        with self.assertRefused("award_panel_door"):  # and nobody takes its number
            self.env.cr.execute(
                "UPDATE award_panel SET id = id + 100000 WHERE id = %s", [other.id]
            )

    def test_nobody_can_be_put_in_the_place_of_a_deleted_record(self):
        self.register("draft", "confirmed")
        delete = SQL("DELETE FROM award_panel WHERE id = %s", self.panel.id)
        with self.undone():
            self.env.cr.execute("ALTER TABLE award_panel DISABLE TRIGGER award_keep")
            self.env.cr.execute(delete)
        with self.assertRefused("award_panel_kept"):
            self.env.cr.execute(delete)

    def test_what_was_acted_on_is_not_deleted(self):
        self.factory.new("award.panel").unlink()  # untouched: may go
        self.register("draft", "confirmed")
        self.set_state("confirmed")
        self.register("confirmed", "draft")
        self.set_state("draft")
        self.env.invalidate_all()
        self.assertEqual(self.panel.state, "draft")
        with self.assertRaisesRegex(UserError, "part of the dossier"):
            self.panel.unlink()

    def test_tables_that_only_grow(self):
        self.register("draft", "confirmed")
        self.env["award.access.entry"]._leave("read", "award.panel", self.panel.ids)
        self.env.cr.execute(
            """SELECT inhrelid::regclass::text FROM pg_inherits
                WHERE inhparent = 'award_access_log'::regclass"""
        )
        partitions = [name for (name,) in self.env.cr.fetchall()]
        self.assertGreaterEqual(len(partitions), 4)
        column = {"award_transition": "reason", "award_lifecycle_edge": "model"}
        tables = [*column, "award_access_log", *partitions]
        for table in tables:
            self.env.cr.execute(SQL("SELECT 1 FROM %s LIMIT 1", SQL.identifier(table)))
            rows = self.env.cr.rowcount
            orders = [f"TRUNCATE {table}"]
            if rows:
                orders += [
                    f"UPDATE {table} SET {column.get(table, 'entry')} = 'x'",
                    f"DELETE FROM {table}",
                ]
            for order in orders:
                with self.subTest(order=order):
                    with self.undone():
                        self.env.cr.execute(
                            SQL(
                                "ALTER TABLE %s DISABLE TRIGGER USER",
                                SQL.identifier(table),
                            )
                        )
                        if table == "award_access_log":  # the triggers are cloned
                            for name in partitions:
                                self.env.cr.execute(
                                    SQL(
                                        "ALTER TABLE %s DISABLE TRIGGER USER",
                                        SQL.identifier(name),
                                    )
                                )
                        if "UPDATE" not in order or table in column:
                            self.env.cr.execute(order)
                    with (
                        self.assertRaises(IntegrityError) as caught,
                        mute_logger("odoo.sql_db"),
                        self.env.cr.savepoint(),
                    ):
                        self.env.cr.execute(order)
                    self.assertIn("append-only", str(caught.exception))

    def test_no_move_is_added_to_the_table(self):
        with self.assertRefused("award_lifecycle_edge_append_only"):
            self.env.cr.execute(
                "INSERT INTO award_lifecycle_edge VALUES ('award.panel', 'a', 'b')"
            )

    def test_nobody_writes_the_register_through_the_orm(self):
        self.register("draft", "confirmed")
        row = self.env["award.transition"].search([], limit=1)
        for role, user in self.users.items():
            mine = row.with_user(user)
            for act in (
                lambda mine=mine: mine.write({"reason": "x"}),
                mine.unlink,
                lambda mine=mine: mine.create([{"model": "award.panel"}]),
            ):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    act()


@tagged("post_install", "-at_install")
class TestDoorMoves(DoorCase):
    """The door from inside: who, from where, why, and what the register keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.row = cls.factory.one("award.case.stage")
        cls.list = cls.factory.one("award.list")

    def refused(self, function):
        with self.assertRaises(UserError) as caught:
            function()
        return caught.exception.codes

    def test_a_move_is_registered(self):
        officer = self.users["office"]
        row = self.row.with_user(officer)
        self.assertEqual(row.allowed_moves, ["pass", "fail"])
        row._apply_move("pass", reason=" good ", values={"note": "n"})
        self.assertEqual((row.state, row.note), ("passed", "n"))
        self.assertFalse(row.allowed_moves)
        kept = row.transition_ids
        self.assertEqual(
            kept.read(
                "model res_id seq move state_from state_to user_id roles reason "
                "company_id".split(),
                load=None,
            ),
            [
                {
                    "id": kept.id,
                    "model": "award.case.stage",
                    "res_id": row.id,
                    "seq": 1,
                    "move": "pass",
                    "state_from": "open",
                    "state_to": "passed",
                    "user_id": officer.id,
                    "roles": "office",
                    "reason": "good",
                    "company_id": self.agency.id,
                }
            ],
        )

    def test_sudo_lifts_rights_and_not_the_regulation(self):
        for role in ("admin", "supervisor", "finance", "observer", "reviewer"):
            with self.subTest(role=role):
                row = self.row.with_user(self.users[role])
                self.assertEqual(
                    self.refused(lambda row=row: row.sudo()._apply_move("pass")),
                    ["wrong_role"],
                )
        self.assertEqual(
            self.refused(lambda: self.row.with_user(1)._apply_move("pass")),
            ["wrong_role"],
        )

    def test_state_and_reason(self):
        row = self.row.with_user(self.users["office"])
        row._apply_move("pass")
        self.assertEqual(self.refused(lambda: row._apply_move("fail")), ["wrong_state"])
        self.assertEqual(
            self.refused(lambda: row._apply_move("fly")), ["no_such_move"]
        )
        head = self.list.with_user(self.users["office_head"])
        for reason in (None, "", "  "):
            self.assertEqual(
                self.refused(
                    lambda reason=reason: head._apply_move("send_back", reason=reason)
                ),
                ["reason_missing"],
            )
        head._apply_move("send_back", reason="two names are missing")
        self.assertEqual(head.state, "sent_back")

    def test_all_or_none(self):
        rows = self.row
        for _i in range(2):
            stage = self.factory.new("award.stage", sequence=9)
            rows |= self.factory.new("award.case.stage", scheme_stage_id=stage.id)
        rows = rows.with_user(self.users["office"])
        rows[1]._apply_move("pass")
        self.assertEqual(
            self.refused(lambda: rows._apply_move("pass")), ["wrong_state"]
        )
        self.assertEqual(rows.mapped("state"), ["open", "passed", "open"])
        (rows[0] + rows[2])._apply_move("pass")
        self.assertEqual(set(rows.mapped("state")), {"passed"})

    def test_the_same_record_twice(self):
        row = self.row.with_user(self.users["office"])
        twice = row.browse([row.id, row.id])
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            twice._apply_move("pass")

    def test_who_cannot_see_it_cannot_move_it(self):
        stranger = self._people(self.agency_b)["office"]
        with self.assertRaises(AccessError):
            self.row.with_user(stranger)._apply_move("pass")

    def test_moving_costs_the_same_for_many(self):
        def rows(count):
            made = self.row.browse()
            for _i in range(count):
                stage = self.factory.new("award.stage", sequence=9)
                made |= self.factory.new(
                    "award.case.stage", scheme_stage_id=stage.id
                )
            self.env.flush_all()
            self.env.invalidate_all()
            return made.with_user(self.users["office"])

        rows(1)._apply_move("pass")  # warms what is cached for good
        counts = []
        for number in (1, 5):
            made = rows(number)
            before = self.env.cr.sql_log_count
            made._apply_move("pass")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
