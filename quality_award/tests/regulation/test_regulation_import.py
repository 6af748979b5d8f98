"""Loading schemes: shipped, from a file, again, over a draft, for two agencies."""

import base64
import copy
import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.tests.common import put_in_force

from .common import CRITERIA, LAW, LAYER, RegulationCase

#: Figure -> (value, clause) of the layered scheme, as the sources and decisions say.
FIGURES = {
    "fee": (0, "3"),
    "cycle_months": (24, "4"),
    "quota_max": (6, "4"),
    "quota_scope": ("class", "D-3"),
    "threshold": (50_000, "5"),
    "threshold_score": ("composite", "D-3"),
    "panel_min": (3, "12-4"),
    "panel_odd": (True, "12-4"),
    "onsite_max": (10, "12-6"),
    "onsite_soft": (True, "12-6"),
    "onsite_scope": ("total", "D-6"),
    "site_days_min": (3, "12-7"),
    "site_days_max": (5, "12-7"),
    "site_days_soft": (True, "12-7"),
    "notice_days": (10, "12-10"),
    "notice_first_day": ("exclude", "D-13"),
    "prize_amount": (1_000_000, "13"),
    "prize_amount_repeat": (0, "14"),
    "repeat_quota_exempt": (True, "14"),
    "reapply_lock_terms": (2, "14"),
    "reapply_lock_reading": ("skip", "D-15"),
    "certificate_years": (4, "20"),
    "certificate_numbered": (True, "D-17"),
    "prize_report_days": (365, "D-16"),
    "weight_document": (4000, "D-2"),
    "weight_site": (3500, "D-2"),
    "weight_defence": (2500, "D-2"),
    "missing_stage": ("refuse", "D-2"),
    "defence_combiner": ("trimmed_mean", "D-1"),
    "defence_max": (100_000, "D-1"),
    "defence_judges_min": (5, "D-1"),
    "spread_flag": (20, "D-5"),
    "band_gap_flag": (2, "D-5"),
    "tie_rule": ("results_then_committee", "D-4"),
    "supplement_working_days": (5, "D-9"),
    "supplement_suspends": (True, "D-9"),
    "supplement_lapse": (True, "D-9"),
    "silence": ("no_comment", "D-10"),
    "vote_pass": ("two_thirds", "D-11"),
    "quorum": ("two_thirds", "D-11"),
    "fill_up": (False, "D-12"),
    "objection_anonymous": ("lead", "D-14"),
    "objection_working_days": (5, "D-14"),
    "retention_years": (10, "D-18"),
    "cycle_soft": (True, "4"),
    "notice_channels": (["web"], "12-10"),
    "notice_unit": ("calendar_day", "D-26"),
    "notice_list_order": ("no_order", "D-26"),
    "prize_tokens": (["certificate", "plaque"], "13"),
    "recovery": (["certificate", "plaque", "money", "announce"], "17"),
    "prize_uses": (
        ["质量管理创新", "培训和激励质量管理人员", "推广先进管理制度", "其他(须说明)"],
        "22",
    ),
    "handling_body_forbidden": (True, "23"),
    "validity_basis": ("publication_plus_days", "25"),
    "panel_selection": ("select", "D-20"),
    "title_after_expiry": ("warn", "D-21"),
    "watch_years": (4, "D-22"),
    "ban_terms": (1, "D-22"),
    "recommender_ban_years": (3, "D-29"),
    "look_back_base": ("submission", "D-25"),
    "committee_vote": ("secret_ballot", "D-27"),
}
#: Time limit -> (event, length, unit, owner, clause).
TIME_LIMITS = {
    "recommendation": ("recommender_receipt", 10, "working_day", "recommender", "12-3"),
    "qualification": ("office_receipt", 5, "working_day", "office", "12-5"),
    "composite": ("last_scoring_end", 5, "working_day", "panel_leader", "12-8"),
    "consultation": ("list_receipt", 5, "working_day", "office", "12-9"),
    "consultation_reply": ("letter_receipt", 10, "working_day", "department", "12-9"),
    "notice": ("notice_published", 10, "calendar_day", "office", "12-10"),
    "supplement": ("supplement_sent", 5, "working_day", "applicant", "D-9"),
    "objection": ("objection_receipt", 5, "working_day", "office", "D-14"),
    "prize_report": ("award_granted", 365, "calendar_day", "applicant", "D-16"),
}


@tagged("post_install", "-at_install")
class TestRegulationImport(RegulationCase):
    def count(self):
        models = ["award.scheme", "award.criteria", "award.clause", "award.stage"]
        return [self.env[name].search_count([]) for name in models]

    def test_shipped_scheme_says_what_the_sources_say(self):
        scheme = self.schemes._import_shipped(LAYER)
        award_class = scheme.class_ids
        self.assertEqual(
            {
                parameter.code: (
                    scheme._value(parameter.code, award_class=award_class),
                    scheme._clause_of(parameter.code),
                )
                for parameter in scheme.parameter_ids
            },
            FIGURES,
        )
        self.assertEqual(
            {
                rule.code: (
                    rule.start_event,
                    rule.length,
                    rule.unit,
                    rule.owner_role,
                    rule.clause_id.code,
                )
                for rule in scheme.clock_rule_ids
            },
            TIME_LIMITS,
        )
        self.assertEqual(scheme.stage_ids.filtered("accepts").code, "qualification")
        self.assertEqual(award_class.criteria_id.code, CRITERIA)
        self.assertEqual(len(award_class.criteria_id._items()), 23)
        self.assertEqual(
            len(scheme.body_ids.filtered(lambda body: body.role == "department")), 8
        )
        self.assertEqual(
            scheme._citation("12-6"),
            scheme.clause_ids.filtered(lambda c: c.code == "12-6").citation_en,
        )

    def test_doubtful_text_is_marked(self):
        scheme = self.schemes._import_shipped(LAYER)
        doubtful = scheme.clause_ids.filtered(lambda c: c.mark == "doubtful")
        self.assertEqual(
            set(doubtful.mapped("code")),
            {"11-2", "11-4", "11-5", "11-7", "18", "18-2", "18-3", "18-4", "25"},
        )
        decisions = scheme.clause_ids.filtered(lambda c: c.mark == "agency_decision")
        self.assertEqual(
            set(decisions.mapped("code")), {f"D-{n}" for n in range(1, 30)}
        )
        self.assertEqual(str(scheme.valid_from), "2013-01-18")
        self.assertEqual(str(scheme.valid_to), "2018-01-17")

    def test_stages_follow_each_other_in_the_order_of_the_file(self):
        scheme = self.schemes._import_shipped(LAYER)
        codes, stage = [], scheme.stage_ids.sorted()[:1]
        while stage:
            codes.append(stage.code)
            stage = stage._next()
        self.assertEqual(codes, [row["code"] for row in self.layer["stages"]])

    def test_law_and_layer_can_both_be_published(self):
        layer = self.schemes._import_shipped(LAYER)
        law = layer.parent_id
        self.assertEqual((law.version, layer.version), ("2012", "2014"))
        for scheme in (law, layer):
            self.assertFalse(scheme.problem_text)
            put_in_force(scheme)
            self.assertEqual(scheme.state, "published")
            self.assertEqual(
                scheme.content_hash, scheme_format.content_hash(scheme._export())
            )
        self.assertFalse(layer.open_text)

    def test_only_the_administrator_publishes_and_loads(self):
        officer = self.user("regulation_officer", "quality_award.group_office_head")
        scheme = self.schemes._import_shipped(LAYER)
        self.assertRefused(["wrong_role"], scheme.with_user(officer).action_check)
        with self.assertRaises(AccessError):
            scheme.with_user(officer)._import({**self.law, "version": "2099"})

    def test_round_trip(self):
        layer = self.schemes._import_shipped(LAYER)
        self.assertEqual(layer._export(), self.layer)
        self.assertEqual(layer.parent_id._export(), self.law)
        self.assertEqual(layer.class_ids.criteria_id._export(), self.criteria_dict)
        again = json.loads(scheme_format.canonical(layer._export()))
        self.assertEqual(self.schemes._import(again), layer)

    def test_loading_twice_changes_nothing(self):
        scheme = self.schemes._import_shipped(LAYER)
        before = (self.count(), scheme.clause_ids.ids)
        self.assertEqual(self.schemes._import_shipped(LAYER), scheme)
        self.assertEqual((self.count(), scheme.clause_ids.ids), before)
        put_in_force(scheme)
        self.assertEqual(self.schemes._import_shipped(LAYER), scheme)
        self.assertEqual(scheme.state, "published")

    def test_a_draft_is_replaced_and_keeps_the_own_copy_of_the_wording(self):
        scheme = self.schemes._import_shipped(LAYER)
        clause = scheme.clause_ids.filtered(lambda c: c.code == "5")
        clause.licensed_text = "official wording"
        data = copy.deepcopy(self.layer)
        data["name_zh"] = "修订稿"
        data["stages"] = [s for s in data["stages"] if s["code"] != "defence"]
        again = self.schemes._import(data)
        self.assertEqual(again, scheme)
        self.assertEqual(scheme.name_zh, "修订稿")
        self.assertEqual(len(scheme.stage_ids), 12)
        self.assertEqual(scheme._export(), data)
        clause = scheme.clause_ids.filtered(lambda c: c.code == "5")
        self.assertEqual(clause.licensed_text, "official wording")

    def test_published_content_is_refused_by_the_importer(self):
        scheme = self.published()
        data = {**self.layer, "name_zh": "另一份"}
        text = self.assertRefused(["scheme_frozen"], self.schemes._import, data)
        self.assertIn("2014", text)
        self.assertEqual(scheme.name_zh, self.layer["name_zh"])
        criteria = {**self.criteria_dict, "name_zh": "另一份"}
        self.assertRefused(
            ["criteria_frozen"],
            self.env["award.criteria"].with_user(self.admin)._import,
            criteria,
        )

    def test_a_file_with_errors_writes_nothing(self):
        self.schemes._import_shipped(LAW)
        before = self.count()
        for change, codes in [
            ({"stages": [{"code": "x"}]}, ["scheme_missing_key"] * 2),
            ({"colour": 1}, ["scheme_unknown_key"]),
            (
                {"classes": [{"code": "c", "name_zh": "类", "criteria": "none"}]},
                ["scheme_unknown_reference"],
            ),
            ({"clauses": []}, None),
            (
                {"extends": {"code": "chengdu", "version": "1999"}},
                ["scheme_unknown_parent_scheme"],
            ),
            ({"extends": 5}, ["scheme_wrong_value"]),
        ]:
            data = {**copy.deepcopy(self.law), "version": "2099", **change}
            with self.subTest(change=change):
                if codes is None:
                    number = sum(
                        "clause" in row
                        for name in scheme_format.SECTIONS
                        for row in data[name]
                    )
                    codes = ["scheme_unknown_reference"] * number
                self.assertRefused(codes, self.schemes._import, data)
                self.assertEqual(self.count(), before)
        for data in (None, [], "scheme", 3):
            with self.subTest(data=data):
                self.assertRefused(["scheme_not_an_object"], self.schemes._import, data)

    def test_inconsistent_scheme_can_be_loaded_but_not_published(self):
        self.schemes._import_shipped(LAW)
        data = copy.deepcopy(self.layer)
        data["version"] = "2016"
        for one in data["parameters"]:
            if one["code"] in {"panel_min", "weight_site"}:
                one["value"] = 4
        scheme = self.schemes._import(data)
        text = self.assertRefused(["scheme_inconsistent"], scheme.action_check)
        self.assertEqual(scheme.state, "draft")
        self.assertEqual(len(text.splitlines()), 3)
        self.assertEqual(len(scheme.problem_text.splitlines()), 2)

    def test_two_agencies_load_the_same_scheme(self):
        other = self.env["res.company"].create({"name": "Second Agency"})
        admin = self.admin
        admin.sudo().company_ids += other
        mine = self.schemes._import_shipped(LAYER)
        theirs = self.schemes.with_context(
            allowed_company_ids=[self.company.id, other.id]
        )._import_shipped(LAYER, other)
        self.assertNotEqual(mine, theirs)
        self.assertEqual((mine.company_id, theirs.company_id), (self.company, other))
        self.assertEqual(theirs.stage_ids.company_id, other)
        self.assertEqual(theirs.class_ids.criteria_id.company_id, other)
        self.assertEqual(theirs.parent_id.company_id, other)
        self.assertEqual(theirs._export(), mine._export())
        put_in_force(mine)
        self.assertEqual(theirs.state, "draft")
        alone = self.schemes.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(alone.search([("version", "=", "2014")]), mine)

    def test_wizard(self):
        wizards = self.env["award.scheme.import"].with_user(self.admin)
        self.assertEqual(
            [name for name, _label in wizards._selection_shipped()],
            [
                "anhui_2010",
                "anhui_2011",
                "baoding_individual",
                "baoding_individual_weighted",
                LAW,
                LAYER,
                "shanghai_2016",
                "shanghai_2017",
            ],
        )
        action = wizards.create({"shipped": LAYER}).action_import()
        self.assertEqual(action["res_model"], "award.scheme")
        scheme = self.schemes.browse(action["res_id"])
        self.assertEqual(scheme.version, "2014")

        def load(content):
            return wizards.create(
                {"source": "file", "file": base64.b64encode(content)}
            ).action_import()

        action = load(json.dumps({**self.criteria_dict, "code": "mine"}).encode())
        self.assertEqual(action["res_model"], "award.criteria")
        action = load(base64.b64decode(scheme.export_file))
        self.assertEqual(action["res_id"], scheme.id)
        for content, code in [
            (b"{", "scheme_not_json"),
            (b"\xff\xfe{}", "scheme_not_json"),
            (b"[" * 100_000, "scheme_too_deep"),
            (b"{}", "scheme_unknown_format"),
            (b"[]", "scheme_unknown_format"),
            (b'{"format": ["x"]}', "scheme_unknown_format"),
        ]:
            with self.subTest(content=content[:10]):
                self.assertRefused([code], load, content)
        self.assertRefused(["scheme_missing_key"], wizards.create({}).action_import)
        self.assertRefused(
            ["scheme_missing_key"], wizards.create({"source": "file"}).action_import
        )

    def test_words_of_the_format_are_those_of_the_fields(self):
        for name, key, model, field in [
            ("clauses", "mark", "award.clause", "mark"),
            ("bodies", "role", "award.body", "role"),
            ("classes", "subject", "award.class", "subject"),
            ("parameters", "code", "award.parameter", "code"),
            ("requirements", "kind", "award.requirement", "kind"),
            ("requirements", "on_fail", "award.requirement", "on_fail"),
            ("stages", "kind", "award.stage", "kind"),
            ("clock_rules", "start_event", "award.clock.rule", "start_event"),
            ("clock_rules", "unit", "award.clock.rule", "unit"),
            ("clock_rules", "first_day", "award.clock.rule", "first_day"),
            ("clock_rules", "roll", "award.clock.rule", "roll"),
        ]:
            with self.subTest(section=name, key=key):
                words = scheme_format.SECTIONS[name].fields[key].kind.split("|")
                self.assertEqual(
                    words, self.env[model]._fields[field].get_values(self.env)
                )
