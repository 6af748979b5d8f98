"""Draft, checked, adopted, published, superseded: who may, when, and what undoes it."""

import base64
import copy
import hashlib

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.tests.common import adoption_of, put_in_force

from .common import LAYER, RegulationCase
from .test_regulation_freeze import ADDED, CHANGES
from .test_regulation_full import FullCase


def register(scheme):
    """(move, reason) of each row of the register."""
    rows = scheme.env["award.transition"].sudo().search(
        [("model", "=", "award.scheme"), ("res_id", "=", scheme.id)], order="seq"
    )
    return [(row.move, row.reason) for row in rows]


class ActsCase(RegulationCase):
    def setUp(self):
        super().setUp()
        self.scheme = self.schemes._import_shipped(LAYER)

    def moves(self):
        return [move for move, _reason in register(self.scheme)]


@tagged("post_install", "-at_install")
class TestRegulationActs(ActsCase):
    def test_the_way_of_a_scheme(self):
        scheme = self.scheme
        self.assertEqual(scheme.state, "draft")
        scheme.action_check()
        self.assertEqual((scheme.state, scheme.is_editable), ("checked", True))
        scheme.write(adoption_of(scheme))
        scheme.action_adopt()
        self.assertEqual((scheme.state, scheme.is_editable), ("adopted", False))
        self.assertEqual(
            scheme.adoption_hash, hashlib.sha256(b"%PDF-1.4 minutes").hexdigest()
        )
        self.assertFalse(scheme.content_hash)
        scheme.action_publish()
        self.assertEqual(scheme.state, "published")
        self.assertEqual(
            scheme.content_hash, scheme_format.content_hash(scheme._export())
        )
        self.assertEqual(
            register(scheme),
            [
                ("check", None or False),
                (
                    "adopt",
                    "Award Committee, 第一次全体会议, 演示〔2010〕1号, 2010-01-05",
                ),
                ("publish", False),
            ],
        )

    def test_no_step_is_left_out(self):
        scheme = self.scheme
        self.assertRefused(["wrong_state"], scheme.action_adopt)
        self.assertRefused(["wrong_state"], scheme.action_publish)
        scheme.action_check()
        self.assertRefused(["wrong_state"], scheme.action_publish)
        self.assertRefused(["wrong_state"], scheme.action_supersede)

    def test_only_the_administrator_acts(self):
        officer = self.user("acts_head", "quality_award.group_office_head")
        mine = self.scheme.with_user(officer)
        self.assertRefused(["wrong_role"], mine.action_check)
        put_in_force(self.scheme, "checked")
        self.assertRefused(["wrong_role"], mine.action_reopen, "reason")
        with self.assertRaises(AccessError):
            mine.write({"adoption_meeting": "x"})
        self.assertRefused(["wrong_role"], mine.action_adopt)
        with self.assertRaises(AccessError):
            mine.stage_ids[0].write({"name_zh": "x"})
        self.assertEqual(self.scheme.state, "checked")

    def test_the_adoption_is_complete(self):
        scheme = self.scheme
        scheme.action_check()
        told = adoption_of(scheme)
        [rule] = scheme._adopting_rules()
        for name, label in {
            "adopted_by_id": "Adopted by",
            "adoption_meeting": "Meeting",
            "adoption_number": "Number of the Adopting Document",
            "adopted_on": "Adopted On",
            "adoption_document": "Adopting Document",
        }.items():
            with self.subTest(name=name):
                scheme.write({**told, name: False})
                text = self.assertRefused(
                    ["scheme_adoption_incomplete"], scheme.action_adopt
                )
                self.assertIn(f"in full: {label}. ", text)
                self.assertIn(rule.clause_id.display_name, text)
        other = scheme.body_ids.filtered(lambda body: body.role == "office")
        scheme.write({**told, "adopted_by_id": other.id})
        text = self.assertRefused(["scheme_adopting_body"], scheme.action_adopt)
        self.assertIn("adopted by Award Committee, not by", text)
        scheme.write({**told, "adopted_on": "2999-01-01"})
        self.assertRefused(["scheme_adopted_later"], scheme.action_adopt)
        self.assertEqual((scheme.state, scheme.adoption_hash), ("checked", False))
        scheme.write(told)
        scheme.action_adopt()
        self.assertEqual(scheme.state, "adopted")

    def test_a_scheme_without_such_a_rule_is_adopted_by_any_of_its_bodies(self):
        scheme = self.scheme
        scheme._adopting_rules().unlink()
        put_in_force(scheme, "adopted")
        self.assertEqual(scheme.adopted_by_id, scheme.body_ids[:1])

    def test_a_contradiction_forbids_each_step(self):
        """Asked again at each step: the criteria, too, may have changed."""
        weight = self.scheme.parameter_ids.filtered(lambda p: p.code == "weight_site")
        weight.value = "1"
        self.assertRefused(["scheme_inconsistent"], self.scheme.action_check)
        weight.value = "3500"
        put_in_force(self.scheme, "adopted")
        self.assertFalse(self.scheme.problem_lines)

    def test_the_adoption_stays_as_recorded(self):
        scheme = self.scheme
        put_in_force(scheme, "adopted")
        for values in [
            {"adoption_meeting": "别的"},
            {"adopted_by_id": scheme.body_ids[-1].id},
            {"adopted_on": "2011-01-01"},
            {"adoption_document": base64.b64encode(b"other")},
            {"adoption_document_name": "x.pdf"},
            {"adoption_number": False},
        ]:
            for who in (scheme, scheme.sudo()):
                with self.subTest(values=values):
                    self.assertRefused(["scheme_adoption_closed"], who.write, values)
        for column in ("adoption_meeting", "adoption_number", "adoption_hash"):
            with (
                self.subTest(column=column),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation) as caught,
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    SQL("UPDATE award_scheme SET %s = 'x'", SQL.identifier(column))
                )
        self.assertIn(
            "on record", scheme._sql_error_to_message(caught.exception)
        )
        scheme.action_publish()
        self.assertRefused(
            ["scheme_adoption_closed"], scheme.write, {"adoption_meeting": "别的"}
        )

    def files(self, scheme):
        """The attachments that hold the adopting document."""
        return self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", "award.scheme"),
                ("res_id", "=", scheme.id),
                ("res_field", "=", "adoption_document"),
            ]
        )

    def test_the_adopting_document_stays(self):
        """Neither its attachment, nor a second one, nor one that is moved there."""
        scheme = self.scheme
        put_in_force(scheme, "checked")
        scheme.write(adoption_of(scheme))
        other = self.files(scheme).copy({"res_id": False, "res_field": False})
        place = {
            "res_model": "award.scheme",
            "res_id": scheme.id,
            "res_field": "adoption_document",
        }
        self.files(scheme).raw = b"%PDF-1.4 still to be adopted"
        for act in ("action_adopt", "action_publish"):
            getattr(scheme, act)()
            file = self.files(scheme)
            for who in (file.with_user(self.admin), file, file.sudo()):
                for values in (
                    {"raw": b"x"},
                    {"datas": base64.b64encode(b"x")},
                    {"res_id": scheme.parent_id.id},
                    {"res_field": False},
                    {"type": "url", "url": "https://example.invalid"},
                    {"store_fname": other.store_fname},
                ):
                    with self.subTest(act=act, values=values):
                        self.assertRefused(
                            ["scheme_adoption_closed"], who.write, values
                        )
                self.assertRefused(["scheme_adoption_closed"], who.unlink)
                self.assertRefused(
                    ["scheme_adoption_closed"],
                    who.create,
                    {"name": "second", "raw": b"x", **place},
                )
                moved = other.with_env(who.env)
                self.assertRefused(["scheme_adoption_closed"], moved.write, place)
            file.write({"raw": file.raw})  # stored elsewhere, the same
            self.assertEqual(len(self.files(scheme)), 1)
        self.assertEqual(
            base64.b64decode(scheme.adoption_document), b"%PDF-1.4 still to be adopted"
        )

    def test_a_file_changed_on_the_disk_is_told(self):
        """Where no method was asked, the fingerprint shows it, and stops publishing."""
        scheme = self.scheme
        put_in_force(scheme, "adopted")
        self.assertFalse(scheme.is_adoption_changed)
        stranger = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s WHERE id = %s",
            [stranger.store_fname, self.files(scheme).id],
        )
        self.env.invalidate_all()
        self.assertTrue(scheme.is_adoption_changed)
        self.assertRefused(["scheme_adoption_changed"], scheme.action_publish)
        scheme.action_reopen("原件被替换")
        self.assertFalse(scheme.is_adoption_changed)

    def test_the_fingerprint_is_taken_by_publishing_alone(self):
        """Written before, it would stand in the way of the act that takes it."""
        scheme = self.scheme
        for state in ("draft", "checked", "adopted"):
            if state == "checked":
                put_in_force(scheme, state)
            if state == "adopted":
                scheme.write(adoption_of(scheme))
                scheme.action_adopt()
            for who in (scheme, scheme.sudo()):
                with (
                    self.subTest(state=state),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.env.cr.savepoint(),
                ):
                    who.write({"content_hash": "0" * 64})
                    self.env.flush_all()
                self.env.invalidate_all()
        scheme.action_publish()
        said = scheme_format.content_hash(scheme._export())
        self.assertEqual(scheme.content_hash, said)

    def test_back_to_the_draft(self):
        scheme = self.scheme
        put_in_force(scheme, "adopted")
        self.assertRefused(["reason_missing"], scheme.action_reopen, " ")
        action = scheme.action_reopen()
        self.assertEqual(action["res_model"], "award.scheme.reopen")
        wizard = (
            self.env["award.scheme.reopen"]
            .with_user(self.admin)
            .with_context(**action["context"])
            .create({"reason": "条文有误"})
        )
        wizard.action_apply()
        self.assertEqual(scheme.state, "draft")
        self.assertEqual(register(scheme)[-1], ("reopen", "条文有误"))
        for name in ("adopted_by_id", "adoption_number", "adoption_hash"):
            self.assertFalse(scheme[name], name)
        self.assertFalse(scheme.adoption_document)
        self.assertEqual(scheme.taken_back_text, "条文有误")
        scheme.stage_ids[0].name_zh = "别的"
        put_in_force(scheme)
        self.assertRefused(["wrong_state"], scheme.action_reopen, "too late")

    def test_a_new_version(self):
        scheme = self.scheme
        put_in_force(scheme)
        draft = scheme.browse(scheme.action_new_version()["res_id"])
        self.assertEqual((draft.version, draft.state), ("2014-2", "draft"))
        self.assertEqual(draft._export(), {**scheme._export(), "version": "2014-2"})
        self.assertFalse(draft.adoption_number)
        action = draft.action_compare()["context"]
        self.assertEqual(action["default_old_id"], scheme.id)
        again = scheme.browse(scheme.action_new_version()["res_id"])
        self.assertEqual(again.version, "2014-3")

    def test_a_newer_version_supersedes(self):
        """What it is layered on stays in force, and so does what is newer."""
        scheme, law = self.scheme, self.scheme.parent_id
        put_in_force(law)
        put_in_force(scheme)
        self.assertEqual((law.state, scheme.state), ("published", "published"))
        data = copy.deepcopy(self.layer)
        older = self.schemes._import({**data, "version": "2013"})
        put_in_force(older)
        self.assertEqual((older.state, scheme.state), ("published", "published"))
        newer = self.schemes._import({**data, "version": "2014-10"})
        put_in_force(newer)
        self.assertEqual(
            [s.state for s in (law, older, scheme, newer)],
            ["published", "superseded", "superseded", "published"],
        )
        self.assertEqual(
            register(scheme)[-1],
            ("supersede", "A newer version has been published."),
        )


@tagged("post_install", "-at_install")
class TestRegulationTakenBack(FullCase):
    """Any change after the check takes the scheme back, in words; none after it."""

    def checked(self):
        if self.scheme.state == "draft":
            self.scheme.action_check()
        self.env.flush_all()
        self.assertEqual(self.scheme.state, "checked")
        return self.scheme

    def assertTakenBack(self, what):
        self.env.flush_all()
        self.assertEqual(self.scheme.state, "draft")
        move, reason = register(self.scheme)[-1]
        self.assertEqual((move, reason), ("reopen", f"Changed after the check: {what}"))
        self.assertEqual(self.scheme.taken_back_text, reason)

    def test_a_write(self):
        for field, values in CHANGES.items():
            record = self.scheme[field][0]
            before = {name: record[name] for name in values}
            self.checked()
            with self.subTest(field=field):
                record.write(values)
                self.assertTakenBack(record._description)
            record.write(before)

    def test_the_head(self):
        for values in [{"name_zh": "别的"}, {"valid_to": "2039-01-01"}]:
            self.checked().write(values)
            self.assertTakenBack("Award Scheme")

    def test_a_new_record_and_one_less(self):
        scheme = self.checked()
        scheme.write({"clause_ids": [Command.create(ADDED["award.clause"])]})
        self.assertTakenBack("Clause")
        self.checked().clause_ids.filtered(lambda c: c.code == "new").unlink()
        self.assertTakenBack("Clause")

    def test_the_criteria(self):
        criteria = self.checked().class_ids.criteria_id[:1]
        criteria.band_ids[0].text_zh = "别的"
        self.assertTakenBack("Scoring Band")
        self.checked()
        criteria.write({"source": "别的"})
        self.assertTakenBack("Review Criteria")

    def test_a_file(self):
        self.checked()
        self.schemes._import({**self.full, "name_zh": "别的"})
        self.assertEqual((self.scheme.state, self.scheme.name_zh), ("draft", "别的"))

    def test_what_is_no_content(self):
        scheme = self.checked()
        scheme.clause_ids[0].licensed_text = "official wording"
        scheme.write(adoption_of(scheme))
        self.env.flush_all()
        self.assertEqual(scheme.state, "checked")

    def test_a_change_takes_what_is_known_of_the_adoption_with_it(self):
        scheme = self.checked()
        scheme.write(adoption_of(scheme))
        scheme.stage_ids[0].name_zh = "别的"
        self.assertFalse(scheme.adoption_number)

    def test_raw_sql_cannot_take_back(self):
        self.checked()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE award_stage SET sequence = sequence + 1")

    def test_an_adopted_scheme_is_frozen(self):
        scheme = put_in_force(self.scheme, "adopted")
        self.env.flush_all()
        changes = [
            *((scheme[field][0], values) for field, values in CHANGES.items()),
            (scheme, {"name_zh": "别的"}),
            (scheme.class_ids.criteria_id[:1], {"total": 5}),
        ]
        for record, values in changes:
            for who in (record, record.sudo()):
                with (
                    self.subTest(model=record._name),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(CheckViolation),
                    self.env.cr.savepoint(),
                ):
                    who.write(values)
                    self.env.flush_all()
                self.env.invalidate_all()
        self.assertRefused(
            ["scheme_frozen"], self.schemes._import, {**self.full, "name_zh": "别的"}
        )
        with self.assertRaises(UserError):
            scheme.unlink()
        self.assertEqual((scheme.state, scheme._export()), ("adopted", self.full))


@tagged("post_install", "-at_install")
class TestRegulationStart(RegulationCase):
    def new(self, **values):
        return self.schemes.create({"name_zh": "办法", "code": "own", **values})

    def test_from_nothing(self):
        scheme = self.new()
        self.assertTrue(scheme.version.isdigit())
        self.assertTrue(scheme.can_start)
        scheme.action_start()
        self.assertFalse(scheme.can_start)
        self.assertEqual(set(scheme.clause_ids.mapped("mark")), {"agency_decision"})
        self.assertEqual(
            [problem.code for problem in scheme._problems()], ["criteria_missing"]
        )
        self.assertEqual(scheme._open_points(), [])
        [line] = scheme.problem_lines
        award_class = scheme.class_ids
        self.assertEqual((line["model"], line["id"]), ("award.class", award_class.id))
        criteria = self.env["award.criteria"].with_user(self.admin)
        award_class.criteria_id = criteria._import_shipped("gbt19580_2012")
        self.env.invalidate_all()
        self.assertTrue(scheme.is_sound)
        put_in_force(scheme)

    def test_clauses_that_are_there_stay(self):
        scheme = self.new()
        scheme.clause_ids = [Command.create({"code": "1", "citation_zh": "第一条"})]
        scheme.action_start()
        self.assertIn("第一条", scheme.clause_ids.mapped("citation_zh"))
        self.assertRefused(["scheme_not_empty"], scheme.action_start)

    def test_not_over_something(self):
        scheme = self.new()
        scheme.body_ids = [
            Command.create({"code": "b", "role": "office", "name_zh": "办公室"})
        ]
        self.assertRefused(["scheme_not_empty"], scheme.action_start)
        reader = self.user("start_reader", "quality_award.group_office")
        with self.assertRaises(AccessError):
            self.new(code="other").with_user(reader).action_start()

    def test_stages_of_a_class(self):
        scheme = self.schemes._import_shipped("shanghai_2017")
        person = scheme.class_ids.filtered(lambda c: c.subject == "individual")[:1]
        action = person.action_stage_board()
        self.assertEqual(
            action["context"]["search_default_for_class_id"], person.id
        )
        stages = self.env["award.stage"].with_user(self.admin)
        found = stages.search([("for_class_id", "=", person.id)])
        self.assertEqual(found, scheme._stages(person))
        self.assertLess(len(found), len(scheme.stage_ids))
