"""Nothing of a published scheme changes, whichever way the change comes."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, file_open, mute_logger
from odoo.tools.translate import TranslationImporter

from odoo.addons.quality_award.models.regulation import frozen
from odoo.addons.quality_award.models.regulation.provision import FIELDS
from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.rules.scheme_sections import SECTIONS
from odoo.addons.quality_award.tests.common import put_in_force

from .common import LAYER
from .test_regulation_full import FullCase

#: Model -> a change of content that is lawful on a draft.
CHANGES = {
    "clause_ids": {"summary_zh": "别的"},
    "body_ids": {"name_zh": "别的"},
    "class_ids": {"name_zh": "别的"},
    "stage_ids": {"sequence": 7},
    "parameter_ids": {"note_zh": "别的"},
    "requirement_ids": {"years": 9},
    "clock_rule_ids": {"length": 9},
    "word_ids": {"text_zh": "别的"},
    "successor_ids": {"name_zh": "别的"},
    "adoption_ids": {"published": False},
    "title_ids": {"name_zh": "别的"},
    "choice_ids": {"by": "sector"},
    "quota_ids": {"maximum": 9},
    "threshold_ids": {"minimum": 9},
    "obligation_ids": {"years": 9},
    "ground_ids": {"known": False},
}
#: Model -> a way to add a record to a scheme.
ADDED = {
    "award.clause": {"code": "new", "citation_zh": "新"},
    "award.word": {"code": "quota", "text_zh": "新"},
    "award.body": {"code": "new", "name_zh": "新", "role": "other"},
    "award.body.successor": {"since": "2040-01-01", "name_zh": "新"},
    "award.adoption.rule": {"code": "new", "subject": "plan"},
    "award.title": {"code": "new", "name_zh": "新"},
    "award.class": {"code": "new", "name_zh": "新"},
    "award.class.choice": {"code": "new", "name_zh": "新", "by": "role"},
    "award.quota": {"code": "new", "counts": "awards"},
    "award.threshold": {"code": "new", "score": "site", "minimum": 1},
    "award.stage": {"code": "new", "name_zh": "新", "kind": "notice", "sequence": 1},
    "award.parameter": {"code": "fee", "value": "1"},
    "award.requirement": {"code": "new", "kind": "document", "text_zh": "新"},
    "award.clock.rule": {
        "code": "new",
        "name_zh": "新",
        "start_event": "year_end",
        "owner_role": "office",
        "unit": "year",
        "length": 1,
    },
    "award.obligation.rule": {"code": "new", "name_zh": "新", "kind": "sharing"},
    "award.ground": {"code": "new", "name_zh": "新", "procedure": "revoke"},
}


@tagged("post_install", "-at_install")
class TestRegulationFreeze(FullCase):
    def everything(self):
        """The scheme with all sections, published."""
        put_in_force(self.scheme)
        self.env.flush_all()
        return self.scheme

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
        scheme = self.scheme
        for field, values in CHANGES.items():
            with self.subTest(field=field):
                scheme[field][0].write(values)
                self.env.flush_all()
        scheme.write({"name_zh": "别的", "valid_to": "2039-01-01"})
        scheme.class_ids.criteria_id.band_ids[0].text_zh = "别的"
        scheme.clock_rule_ids[-1].unlink()
        self.env.flush_all()
        self.assertFalse(scheme.content_hash)

    def test_write_unlink_create_and_copy_are_refused(self):
        scheme = self.everything()
        for field, values in CHANGES.items():
            record = scheme[field][0]
            model = record._name
            with self.subTest(model=model):
                self.assertFrozen(model, record.write, values)
                self.assertFrozen(model, record.sudo().write, values)
                self.assertFrozen(model, record.unlink)
                other = {"code": "threshold"}
                if model == "award.word":
                    other = {"code": "plaque"}
                elif model == "award.body.successor":
                    other = {"since": "2040-01-01"}
                self.assertFrozen(model, record.copy, other)

    def test_commands_through_the_scheme_are_refused(self):
        """The way in which the form of the scheme, and the API, write."""
        scheme = self.everything()
        self.assertEqual(set(ADDED), {section.model for section in SECTIONS.values()})
        for name, section in SECTIONS.items():
            field, model = FIELDS[name], section.model
            records = scheme[field]
            added = dict(ADDED[model])
            if model in {"award.body.successor", "award.adoption.rule"}:
                added["body_id"] = scheme.body_ids[0].id
            elif model == "award.class.choice":
                added["class_id"] = scheme.class_ids[0].id
            for command in [
                Command.create(added),
                Command.update(records[0].id, CHANGES[field]),
                Command.delete(records[0].id),
                Command.clear(),
            ]:
                with self.subTest(model=model, command=command[0].name):
                    for user in (self.admin, self.env.ref("base.user_root")):
                        self.assertFrozen(
                            model, scheme.with_user(user).write, {field: [command]}
                        )

    def test_no_hash_and_no_row_changes(self):
        """After every attack the published text is the same, byte by byte."""
        scheme = self.everything()
        before = scheme_format.canonical(scheme._export())
        fingerprint = scheme.content_hash
        self.assertEqual(fingerprint, scheme_format.content_hash(scheme._export()))
        for field, values in CHANGES.items():
            self.assertFrozen(scheme[field]._name, scheme[field][0].write, values)
        self.assertEqual(scheme.content_hash, fingerprint)
        self.assertEqual(scheme_format.canonical(scheme._export()), before)

    def test_a_translation_changes_nothing(self):
        """No text of a scheme is a translated term, so none can be loaded over it."""
        models = {section.model for section in SECTIONS.values()}
        models |= {"award.scheme", "award.criteria", "award.criterion", "award.band"}
        models |= {"award.rating"}
        translated = [
            f"{model}.{name}"
            for model in sorted(models)
            for name, field in self.env[model]._fields.items()
            if field.translate
        ]
        self.assertEqual(translated, [])
        scheme = self.everything()
        before = scheme_format.canonical(scheme._export())
        self.env["res.lang"]._activate_lang("zh_CN")
        with (
            file_open("quality_award/i18n/zh_CN.po", "rb") as terms,
            mute_logger("odoo.tools.translate"),
        ):
            importer = TranslationImporter(self.env.cr)
            importer.load(terms, "po", "zh_CN")
            importer.save(overwrite=True)
        self.env.invalidate_all()
        for lang in ("zh_CN", "en_US"):
            shown = scheme.with_context(lang=lang)
            self.assertEqual(scheme_format.canonical(shown._export()), before)

    def test_a_changed_file_of_the_module_changes_nothing(self):
        """Files are read when somebody loads them; then the importer refuses."""
        scheme = self.everything()
        changed = {**self.full, "quotas": self.full["quotas"][:1]}
        self.assertRefused(["scheme_frozen"], self.schemes._import, changed)
        self.assertEqual(scheme._export(), self.full)
        records = self.env["ir.model.data"].search_count(
            [
                ("module", "=", "quality_award"),
                ("model", "in", [section.model for section in SECTIONS.values()]),
            ]
        )
        self.assertEqual(records, 0)  # no data file names a record of a scheme

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
        scheme = self.everything()
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
