"""Nothing of a published scheme changes, whichever way the change comes."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.models.regulation import frozen
from odoo.addons.quality_award.models.regulation.scheme_exchange import FIELDS

from .common import LAYER, RegulationCase

#: Model -> a change of content that is lawful on a draft.
CHANGES = {
    "clause_ids": {"summary_zh": "别的"},
    "body_ids": {"successor_zh": "别的"},
    "class_ids": {"name_zh": "别的"},
    "stage_ids": {"sequence": 7},
    "parameter_ids": {"note_zh": "别的"},
    "requirement_ids": {"years": 9},
    "clock_rule_ids": {"length": 9},
}


@tagged("post_install", "-at_install")
class TestRegulationFreeze(RegulationCase):
    def assertFrozen(self, model, function, *args):
        """The database refuses, and Odoo says why in words."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation) as caught,
            self.env.cr.savepoint(),
        ):
            function(*args)
            self.env.flush_all()
        self.env.invalidate_all()
        message = self.env[model]._sql_error_to_message(caught.exception)
        self.assertIn("cannot be changed any more", message)

    def test_all_content_is_covered(self):
        self.assertEqual(set(CHANGES), set(FIELDS.values()))

    def test_a_draft_can_be_changed(self):
        scheme = self.schemes._import_shipped(LAYER)
        for field, values in CHANGES.items():
            with self.subTest(field=field):
                scheme[field][0].write(values)
                self.env.flush_all()
        scheme.write({"name_zh": "别的", "valid_to": "2019-01-01"})
        scheme.class_ids.criteria_id.band_ids[0].text_zh = "别的"
        scheme.clock_rule_ids[-1].unlink()
        self.env.flush_all()
        self.assertFalse(scheme.content_hash)

    def test_write_unlink_create_and_copy_are_refused(self):
        scheme = self.published()
        for field, values in CHANGES.items():
            record = scheme[field][0]
            model = record._name
            with self.subTest(model=model):
                self.assertFrozen(model, record.write, values)
                self.assertFrozen(model, record.unlink)
                self.assertFrozen(model, record.copy, {"code": "threshold"})

    def test_the_head_is_frozen_and_the_scheme_stays(self):
        scheme = self.published()
        for values in [
            {"name_zh": "别的"},
            {"valid_to": "2030-01-01"},
            {"version": "2015"},
            {"parent_id": False},
            {"content_hash": "$1$0"},
            {"company_id": self.env.ref("base.main_company").id},
        ]:
            with self.subTest(values=values):
                self.assertFrozen("award.scheme", scheme.sudo().write, values)
        with self.assertRaises(UserError):
            scheme.unlink()

    def test_the_criteria_of_a_published_scheme_are_frozen(self):
        criteria = self.published().class_ids.criteria_id
        item = criteria._items()[0]
        for record, values in [
            (criteria, {"total": 5}),
            (item, {"points": 5}),
            (criteria.band_ids[0], {"high": 10}),
        ]:
            with self.subTest(model=record._name):
                self.assertFrozen(record._name, record.write, values)
                self.assertFrozen(record._name, record.unlink)
        self.assertTrue(criteria.is_frozen)
        free = criteria._import({**self.criteria_dict, "code": "free"})
        free.total = 5
        self.env.flush_all()
        self.assertFalse(free.is_frozen)

    def test_nothing_can_be_moved_into_or_out_of_a_published_scheme(self):
        scheme = self.published()
        data = {**self.law, "version": "2099"}
        draft = self.schemes._import(data)
        self.assertFrozen(
            "award.clause", draft.clause_ids[0].write, {"scheme_id": scheme.id}
        )
        stage = scheme.stage_ids[0]
        self.assertFrozen("award.stage", stage.write, {"scheme_id": draft.id})

    def test_raw_sql_is_refused(self):
        scheme = self.published()
        for statement in [
            SQL("UPDATE award_clause SET mark = 'rule' WHERE mark = 'doubtful'"),
            SQL("UPDATE award_clause SET company_id = NULL"),
            SQL("UPDATE award_stage SET sequence = sequence + 1"),
            SQL("DELETE FROM award_parameter WHERE scheme_id = %s", scheme.id),
            SQL("DELETE FROM award_class WHERE scheme_id = %s", scheme.id),
            SQL("UPDATE award_criterion SET points = points + 1"),
            SQL("UPDATE award_scheme SET content_hash = NULL"),
            SQL(
                "INSERT INTO award_band (criteria_id, kind, low, high, text_zh) "
                "VALUES (%s, 'process', 0, 5, 'x')",
                scheme.class_ids.criteria_id.id,
            ),
            SQL(
                "INSERT INTO award_body (scheme_id, code, role, name_zh) "
                "VALUES (%s, 'x', 'office', 'x')",
                scheme.id,
            ),
        ]:
            with self.subTest(statement=statement.code):
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(statement)

    def test_the_own_copy_of_the_wording_stays_free(self):
        scheme = self.published()
        before = scheme.content_hash
        clause = scheme.clause_ids[0]
        clause.licensed_text = "official wording"
        self.env.flush_all()
        self.assertEqual(clause.licensed_text, "official wording")
        self.assertEqual(scheme.content_hash, before)
        self.assertEqual(self.schemes._import_shipped(LAYER), scheme)

    def test_an_update_of_the_module_passes(self):
        """Same values, time stamps and new columns do not touch the content."""
        scheme = self.published()
        for field in CHANGES:
            records = scheme[field]
            table = SQL.identifier(records._table)
            with self.subTest(table=records._table):
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET write_date = now(), company_id = company_id",
                        table,
                    )
                )
                self.env.cr.execute(
                    SQL("ALTER TABLE %s ADD COLUMN x_later integer DEFAULT 3", table)
                )
                self.env.cr.execute(SQL("UPDATE %s SET x_later = 4", table))
                frozen.install_freeze(records)
        self.env.add_to_compute(
            scheme.clause_ids._fields["company_id"], scheme.clause_ids
        )
        self.env.flush_all()
        self.assertFrozen(
            "award.clause", scheme.clause_ids[0].write, {"mark": "doubtful"}
        )

    def test_a_superseded_scheme_stays_frozen(self):
        scheme = self.published()
        scheme.action_supersede()
        self.assertEqual(scheme.state, "superseded")
        self.assertFrozen("award.clause", scheme.clause_ids[0].unlink)

    def test_a_draft_can_be_deleted_whole(self):
        scheme = self.schemes._import_shipped(LAYER)
        clauses = scheme.clause_ids
        scheme.unlink()
        self.env.flush_all()
        self.assertFalse(clauses.exists())
