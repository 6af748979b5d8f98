"""Every section and key of the format: read, kept, exported, asked, frozen."""

import copy
import json
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.models.regulation.provision import FIELDS, columns_of
from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.rules.criteria_sections import CRITERIA_SECTIONS
from odoo.addons.quality_award.rules.scheme_sections import HEAD, SECTIONS

from .common import RegulationCase
from .full import FULL, FULL_CRITERIA, FULL_RATINGS


@tagged("post_install", "-at_install")
class TestRegulationFull(BaseCase):
    def test_every_key_is_used(self):
        """What the format allows is in the scheme under test, so nothing is untried."""
        unused = [
            f"{name}.{key}"
            for name, section in SECTIONS.items()
            for key in section.fields
            if not any(key in row for row in FULL[name])
        ]
        unused += [
            f"criteria.{name}.{key}"
            for name, section in CRITERIA_SECTIONS.items()
            for key in section.fields
            if not any(key in row for row in FULL_CRITERIA[name])
        ]
        self.assertEqual(unused, [])
        self.assertEqual(set(HEAD) - set(FULL), {"extends", "complete"})

    def test_reading_is_complete_and_stays(self):
        clean, found = scheme_format.read_scheme(FULL)
        self.assertEqual(found, [])
        self.assertEqual(scheme_format.read_scheme(clean), (clean, []))
        self.assertEqual(clean["clauses"][1]["mark"], "rule")
        self.assertEqual(clean["clock_rules"][0]["remind_days"], [5, 2, 1])
        self.assertEqual(clean["clock_rules"][1]["remind_days"], [])
        self.assertEqual(clean["obligations"][0]["to"], ["finance", "office"])
        self.assertNotIn("classes", clean["obligations"][1])
        self.assertNotIn("watch_years", clean["grounds"][1])
        for criteria in (FULL_CRITERIA, FULL_RATINGS):
            clean, found = scheme_format.read_criteria(criteria)
            self.assertEqual(found, [])
            self.assertEqual(scheme_format.read_criteria(clean), (clean, []))
        self.assertNotIn("percent", clean["ratings"][0])

    def test_lists_have_one_order(self):
        turned = copy.deepcopy(FULL)
        turned["clock_rules"][0]["classes"] = ["team", "org", "person"]
        turned["clock_rules"][0]["remind_days"] = [1, 5, 2]
        turned["grounds"][0]["recover"] = ["announce", "certificate", "money"]
        self.assertEqual(
            scheme_format.read_scheme(turned), scheme_format.read_scheme(FULL)
        )

    def test_a_layer_sets_a_list_anew_and_can_empty_it(self):
        law = scheme_format.read_scheme(FULL)[0]
        layer = {
            **{key: FULL[key] for key in ("format", "code", "name_zh")},
            "version": "2031",
            "extends": {"code": "full", "version": "2030"},
            "clock_rules": [{"code": "check", "classes": [], "remind_days": [2]}],
            "successors": [
                {"body": "office", "since": "2031-01-01", "name_zh": "新名"}
            ],
        }
        clean, found = scheme_format.read_scheme(layer, law)
        self.assertEqual(found, [])
        rule = clean["clock_rules"][0]
        self.assertNotIn("classes", rule)
        self.assertEqual((rule["remind_days"], rule["cut_off"]), ([2], "17:30"))
        self.assertEqual(
            [one["name_zh"] for one in clean["successors"]], ["新名", "质量局"]
        )
        self.assertEqual(clean["quotas"], law["quotas"])

    def test_a_complete_file_takes_nothing_from_its_parent(self):
        law = scheme_format.read_scheme(FULL)[0]
        whole = {**law, "version": "2031", "quotas": law["quotas"][:1]}
        whole["extends"] = {"code": "full", "version": "2030"}
        merged, _found = scheme_format.read_scheme(whole, law)
        self.assertEqual(len(merged["quotas"]), 4)
        clean, found = scheme_format.read_scheme({**whole, "complete": True}, law)
        self.assertEqual((clean, found), (whole, []))


class FullCase(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = scheme_format.read_scheme(FULL)[0]
        criteria = cls.env["award.criteria"].with_user(cls.admin)
        for one in (FULL_CRITERIA, FULL_RATINGS):
            criteria._import(copy.deepcopy(one))
        cls.scheme = cls.schemes._import(copy.deepcopy(FULL))

    def of(self, section, code):
        records = self.scheme[FIELDS[section]]
        found = records.filtered(lambda record: record.code == code)
        self.assertEqual(len(found), 1, (section, code))
        return found


@tagged("post_install", "-at_install")
class TestRegulationRecords(FullCase):
    def test_columns_are_frozen(self):
        """Every key is kept in a field that the freeze covers."""
        self.assertEqual(list(FIELDS), list(SECTIONS))
        for name, section in SECTIONS.items():
            model = self.env[section.model]
            columns, links = columns_of(name)
            with self.subTest(section=name):
                self.assertEqual(model._section, name)
                self.assertEqual(set(columns) - set(model._frozen_columns), set())
                self.assertEqual(set(links), set(model._frozen_links))
                self.assertEqual(
                    [key for key in (*columns, *links) if key not in model._fields], []
                )
                ours = {*model._frozen_columns, "scheme_id"} - {"company_id"}
                ours -= {*columns, "sequence", "scheme_id", "criteria_family"}
                self.assertEqual(ours, set())

    def test_round_trip(self):
        self.assertEqual(self.scheme._export(), self.full)
        again = json.loads(scheme_format.canonical(self.scheme._export()))
        self.assertEqual(self.schemes._import(again), self.scheme)
        for code, data in (
            ("excellence_2020", FULL_CRITERIA),
            ("person_1", FULL_RATINGS),
        ):
            found = self.env["award.criteria"].search(
                [("code", "=", code), ("company_id", "=", self.company.id)]
            )
            self.assertEqual(found._export(), scheme_format.read_criteria(data)[0])

    def test_an_edited_layer_comes_back_from_its_file(self):
        """What was taken out of a layer by hand is not taken over again."""
        layer = self.schemes._import(
            {
                **{key: FULL[key] for key in ("format", "code", "name_zh")},
                "version": "2031",
                "extends": {"code": "full", "version": "2030"},
            }
        )
        self.assertEqual(len(layer.quota_ids), 4)
        layer.quota_ids[0].unlink()
        layer.clause_ids[0].summary_en = False
        exported = json.loads(layer._file_text())
        self.assertTrue(exported["complete"])
        before = layer._export()
        self.assertEqual(len(before["quotas"]), 3)
        self.assertEqual(self.schemes._import(exported), layer)
        self.assertEqual(layer._export(), before)

    def test_words_bodies_and_criteria(self):
        scheme, clock = self.scheme, date(2031, 1, 1)
        self.assertEqual(scheme._word("award_office"), "Council Office")
        self.assertEqual(scheme._word("edition"), "年度")
        self.assertEqual(scheme._word("reviewer"), "Reviewer")
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(
            scheme.with_context(lang="zh_CN")._word("award_office"), "审定办"
        )
        with self.assertRaises(KeyError):
            scheme._word("nothing")
        office = self.of("bodies", "office")
        for day, expected in [
            (date(2030, 12, 31), "质监局"),
            (clock, "Market Regulation"),
            (date(2033, 5, 31), "Market Regulation"),
            (date(2033, 6, 1), "质量局"),
        ]:
            with self.subTest(day=day):
                self.assertEqual(scheme._successor_name(office, day), expected)
        self.assertEqual(office._names_on(clock), ("市场监管局", "Market Regulation"))
        newer = office.env["award.criteria"]._import(
            {**FULL_CRITERIA, "code": "excellence_2032", "valid_from": "2032-01-01"}
        )
        organisations = self.of("classes", "org")
        self.assertFalse(organisations._criteria_on(date(2019, 12, 31)))
        older = self.of("classes", "team").criteria_id
        self.assertEqual(organisations._criteria_on(date(2031, 12, 31)), older)
        self.assertEqual(organisations._criteria_on(date(2032, 1, 1)), newer)
        leader, other = scheme.choice_ids.filtered(lambda c: c.by == "role")
        persons = self.of("classes", "person").criteria_id
        self.assertEqual(leader._criteria_on(clock), persons)
        self.assertEqual(other._criteria_on(clock), persons)
        service = self.of("choices", "service")
        self.assertEqual(service._criteria_on(clock), older)

    def codes(self, records):
        return records.mapped("code")

    def test_what_holds_for_a_class(self):
        scheme = self.scheme
        org, team, person = scheme.class_ids
        for function, arguments, expected in [
            (scheme._quotas, ("awards", org), ["pool", "small"]),
            (scheme._quotas, ("awards", person), ["person"]),
            (scheme._quotas, ("awards",), ["pool", "small", "person"]),
            (scheme._quotas, ("recommended", team), ["per_district"]),
            (scheme._thresholds, (org, "shortlist"), ["results"]),
            (scheme._thresholds, (org, "award"), ["all"]),
            (scheme._thresholds, (team, "award"), []),
            (
                scheme._requirements,
                (person,),
                ["cert", "honour", "rank", "loss", "penalties", "gold_first"],
            ),
            (
                scheme._requirements,
                (team,),
                ["years", "cert", "honour", "rank", "loss", "penalties"],
            ),
            (scheme._clock_rules, ("office_receipt", org), ["check"]),
            (scheme._clock_rules, ("office_receipt",), ["check"]),
            (scheme._clock_rules, ("award_granted", person), ["ban"]),
            (
                scheme._clock_rules,
                ("office_receipt", None, self.of("stages", "award")),
                [],
            ),
            (
                scheme._clock_rules,
                ("office_receipt", org, self.of("stages", "qualification")),
                ["check"],
            ),
            (scheme._obligations, (org,), ["annual", "sharing"]),
            (scheme._obligations, (person,), ["sharing"]),
            (scheme._grounds, (), ["fraud", "accident", "crime"]),
            (scheme._grounds, ("cancel",), ["accident"]),
        ]:
            with self.subTest(function=function.__name__, arguments=arguments):
                self.assertEqual(self.codes(function(*arguments)), expected)

    def test_stages_of_a_class(self):
        org, _team, person = self.scheme.class_ids
        public = self.of("stages", "public")
        self.assertEqual(public._next().code, "defence")
        self.assertEqual(public._next(org).code, "defence")
        self.assertEqual(public._next(person).code, "composite")
        self.assertFalse(self.of("stages", "award")._next(person))
        everybody = self.codes(self.scheme._stages())
        self.assertEqual(everybody, [stage["code"] for stage in FULL["stages"]])
        everybody.remove("defence")
        self.assertEqual(self.codes(self.scheme._stages(person)), everybody)

    def test_lists_as_typed(self):
        rule = self.of("clock_rules", "check")
        self.assertEqual(rule._word_list("remind_days"), [5, 2, 1])
        rule.remind_days = "1,10"
        self.assertEqual(rule._word_list("remind_days"), [10, 1])
        requirement = self.of("requirements", "penalties")
        self.assertEqual(requirement._word_list("fields"), ["safety", "tax"])
        self.assertEqual(requirement._word_list("except"), [])
        for record, values in [
            (rule, {"remind_days": "soon"}),
            (rule, {"remind_days": "-1"}),
            (rule, {"remind_days": "3, 3"}),
            (rule, {"cut_off": "25:00"}),
            (rule, {"suspended_by": "weather"}),
            (requirement, {"penalty_fields": "tax, weather"}),
            (self.of("obligations", "annual"), {"due_month_day": "02-29"}),
            (self.of("grounds", "fraud"), {"recover": "honour"}),
        ]:
            with self.subTest(values=values), self.assertRaises(ValidationError):
                record.write(values)

    def assertFrozen(self, function, *arguments):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            function(*arguments)
            self.env.flush_all()
        self.env.invalidate_all()

    def test_links_to_classes_are_frozen(self):
        """Which classes a rule is for cannot be changed, by no way."""
        scheme = self.scheme
        team = self.of("classes", "team")
        links = [
            (scheme[FIELDS[name]], link)
            for name in SECTIONS
            for link in columns_of(name)[1]
        ]
        self.assertEqual(len(links), 7)
        for records, link in links:  # a draft can be changed
            record = records.filtered(link)[:1]
            before = record[link]
            record[link] = [(5,)]
            self.env.flush_all()
            record[link] = [(6, 0, before.ids)]
        self.env.flush_all()
        self._publish(scheme)
        for records, link in links:
            record = records.filtered(link)[:1]
            other = team if link == "class_ids" else scheme.body_ids[0]
            field = record._fields[link]
            with self.subTest(model=record._name, link=link):
                self.assertFrozen(record.sudo().write, {link: [(5,)]})
                self.assertFrozen(
                    record.sudo().write, {link: [(3, record[link][0].id)]}
                )
                self.assertFrozen(
                    self.env.cr.execute,
                    SQL(
                        "INSERT INTO %s (%s, %s) VALUES (%s, %s)",
                        SQL.identifier(field.relation),
                        SQL.identifier(field.column1),
                        SQL.identifier(field.column2),
                        record.id,
                        (other - record[link] or scheme.body_ids[1]).id,
                    ),
                )
                self.assertFrozen(
                    self.env.cr.execute,
                    SQL("DELETE FROM %s", SQL.identifier(field.relation)),
                )

    def _publish(self, scheme):
        """Publish without asking whether the scheme agrees with itself."""
        self.env.flush_all()
        states = ["draft", "checked", "adopted", "published"]
        for before, after in zip(states, states[1:], strict=False):
            self.env.cr.execute(
                """INSERT INTO award_transition
                       (model, res_id, move, state_from, state_to, user_id, at)
                   VALUES ('award.scheme', %(id)s, 'x', %(before)s, %(after)s, 1,
                           now());
                   UPDATE award_scheme SET state = %(after)s WHERE id = %(id)s""",
                {"id": scheme.id, "before": before, "after": after},
            )
        self.env.invalidate_all()

    def test_pinned_criteria_are_frozen(self):
        criteria = self.of("classes", "team").criteria_id
        criteria.total = 20_000
        self.env.flush_all()
        self.assertFalse(criteria.is_frozen)
        criteria._pin()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(criteria.is_frozen)
        self.assertFrozen(criteria.sudo().write, {"is_pinned": False})
        self.assertFrozen(criteria.sudo().write, {"total": 1})
        self.assertFrozen(criteria.rating_ids[0].sudo().write, {"percent": 1})
        self.assertFrozen(criteria.sudo().unlink)
        criteria._pin()  # again: nothing

    def test_a_draft_with_everything_can_be_replaced_and_deleted(self):
        data = copy.deepcopy(FULL)
        data["classes"].reverse()
        self.assertEqual(self.schemes._import(data), self.scheme)
        self.assertEqual(self.scheme._export(), scheme_format.read_scheme(data)[0])
        classes = self.scheme.class_ids
        self.scheme.unlink()
        self.env.flush_all()
        self.assertFalse(classes.exists())
