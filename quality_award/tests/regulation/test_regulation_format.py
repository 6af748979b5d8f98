"""Reading a file: every error with its path, layers, defaults, one canonical text."""

import copy

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.models.regulation.exchange import read_shipped
from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.rules.scheme_sections import SECTIONS

from .common import CRITERIA, LAW, LAYER, complete, row

SMALL = {
    "format": "quality_award.scheme/1",
    "code": "small",
    "version": "1",
    "name_zh": "小办法",
}


def problems_of(data, parent=None):
    _clean, found = scheme_format.read_scheme(data, parent)
    return [(problem.code, problem.path) for problem in found]


@tagged("post_install", "-at_install")
class TestRegulationFormat(BaseCase):
    def test_least_file(self):
        clean, found = scheme_format.read_scheme(SMALL)
        self.assertEqual(found, [])
        self.assertEqual(clean["timezone"], "Asia/Shanghai")
        self.assertEqual([clean[name] for name in SECTIONS], [[]] * len(SECTIONS))

    def test_each_error_names_its_path(self):
        stage = {"code": "a", "kind": "notice", "name_zh": "公示"}
        figure = {"code": "quota_max", "value": 6}
        clock = {
            "code": "c",
            "start_event": "site_end",
            "owner_role": "office",
            "unit": "working_day",
            "length": 5,
            "name_zh": "时限",
        }
        for change, expected in [
            ([], [("not_an_object", "")]),
            (None, [("not_an_object", "")]),
            ({"colour": "red"}, [("unknown_key", "colour")]),
            ({"format": "other/1"}, [("wrong_value", "format")]),
            ({"code": 3}, [("wrong_value", "code")]),
            ({"code": "  "}, [("wrong_value", "code")]),
            ({"version": None}, [("missing_key", "version")]),
            ({"valid_from": "2013-1-18"}, [("wrong_value", "valid_from")]),
            ({"valid_from": "2013-02-30"}, [("wrong_value", "valid_from")]),
            ({"extends": "law"}, [("wrong_value", "extends")]),
            ({"extends": {"code": "law"}}, [("wrong_value", "extends")]),
            ({"stages": {}}, [("not_a_list", "stages")]),
            ({"stages": [3]}, [("not_an_object", "stages[0]")]),
            (
                {"stages": [stage, {**stage, "code": "b", "kind": "party"}]},
                [("wrong_value", "stages[1].kind")],
            ),
            (
                {"stages": [{**stage, "accepts": "yes"}]},
                [("wrong_value", "stages[0].accepts")],
            ),
            ({"stages": [{**stage, "x": 1}]}, [("unknown_key", "stages[0].x")]),
            ({"stages": [stage, stage]}, [("duplicate", "stages[1]")]),
            ({"clauses": [{"code": "1"}]}, [("missing_key", "clauses[0].citation_zh")]),
            ({"parameters": [figure, figure]}, [("duplicate", "parameters[1]")]),
            ({"parameters": [figure, {**figure, "class": "org"}]}, []),
            (
                {"parameters": [{"code": "quota", "value": 1}]},
                [("wrong_value", "parameters[0].code")],
            ),
            (
                {"parameters": [{**figure, "value": "6"}]},
                [("wrong_value", "parameters[0].value")],
            ),
            (
                {"parameters": [{**figure, "value": -1}]},
                [("wrong_value", "parameters[0].value")],
            ),
            (
                {"parameters": [{**figure, "value": True}]},
                [("wrong_value", "parameters[0].value")],
            ),
            (
                {"parameters": [{"code": "quota_max"}]},
                [("missing_key", "parameters[0].value")],
            ),
            (
                {"clock_rules": [{**clock, "length": True}]},
                [("wrong_value", "clock_rules[0].length")],
            ),
            (
                {"clock_rules": [{**clock, "unit": "week"}]},
                [("wrong_value", "clock_rules[0].unit")],
            ),
            (
                {"code": "", "stages": [{"kind": "x"}]},
                [
                    ("missing_key", "code"),
                    ("missing_key", "stages[0].code"),
                    ("wrong_value", "stages[0].kind"),
                    ("missing_key", "stages[0].name_zh"),
                ],
            ),
        ]:
            data = {**SMALL, **change} if isinstance(change, dict) else change
            with self.subTest(change=change):
                self.assertEqual(problems_of(data), expected)

    def test_criteria_errors(self):
        data = read_shipped("criteria", CRITERIA)
        for change, expected in [
            ({"total": "1000"}, [("wrong_value", "total")]),
            ({"name_zh": None}, [("missing_key", "name_zh")]),
            ({"items": [{"number": "1"}]}, ["items[0].kind", "items[0].name_zh"]),
            ({"colour": 1}, [("unknown_key", "colour")]),
        ]:
            with self.subTest(change=change):
                _clean, found = scheme_format.read_criteria({**data, **change})
                shown = [(problem.code, problem.path) for problem in found]
                expected = [
                    one if isinstance(one, tuple) else ("missing_key", one)
                    for one in expected
                ]
                self.assertEqual(shown, expected)

    def test_layer_overrides_key_by_key_and_appends(self):
        law, layer, _criteria = complete()
        self.assertEqual(
            row(layer, "clock_rules", "composite"),
            {
                **row(law, "clock_rules", "composite"),
                "start_event": "last_scoring_end",
            },
        )
        self.assertEqual(row(layer, "parameters", "quota_max")["value"], 6)
        self.assertEqual(row(layer, "parameters", "weight_defence")["value"], 2500)
        self.assertEqual(len(layer["clauses"]), len(law["clauses"]) + 29)
        self.assertEqual(layer["valid_from"], "2013-01-18")
        self.assertNotIn("document_number", layer)

    def test_layer_lists_the_whole_order_of_stages(self):
        law, layer, _criteria = complete()
        self.assertEqual(
            [stage["code"] for stage in layer["stages"]],
            [
                "submission",
                "recommendation",
                "qualification",
                "document_review",
                "site_visit",
                "defence",
                "composite",
                "consultation",
                "deliberation",
                "notice",
                "deliberation2",
                "approval",
                "award",
            ],
        )
        shorter = {**SMALL, "stages": [{"code": "submission"}, {"code": "award"}]}
        clean, found = scheme_format.read_scheme(shorter, law)
        self.assertEqual(found, [])
        self.assertEqual(
            [stage["kind"] for stage in clean["stages"]], ["submission", "award"]
        )
        clean, _found = scheme_format.read_scheme(SMALL, law)
        self.assertEqual(clean["stages"], law["stages"])

    def test_layer_path_is_that_of_its_own_file(self):
        law = complete()[0]
        data = {**SMALL, "stages": [{"code": "submission"}, {"code": "new"}]}
        self.assertEqual(
            problems_of(data, law),
            [("missing_key", "stages[1].kind"), ("missing_key", "stages[1].name_zh")],
        )

    def test_reading_the_complete_dict_again_changes_nothing(self):
        law, layer, criteria = complete()
        self.assertEqual(scheme_format.read_scheme(law), (law, []))
        self.assertEqual(scheme_format.read_scheme(layer, law), (layer, []))
        self.assertEqual(scheme_format.read_criteria(criteria), (criteria, []))

    def test_hash_is_of_the_content_not_of_the_writing(self):
        data = read_shipped("schemes", LAW)
        turned = dict(reversed(copy.deepcopy(data).items()))
        turned["parameters"].reverse()
        clean, turned_clean = (
            scheme_format.read_scheme(one)[0] for one in (data, turned)
        )
        self.assertEqual(
            scheme_format.content_hash(clean), scheme_format.content_hash(turned_clean)
        )
        self.assertRegex(scheme_format.content_hash(clean), r"^\$1\$[0-9a-f]{64}$")
        row(turned_clean, "parameters", "quota_max")["value"] = 7
        self.assertNotEqual(
            scheme_format.content_hash(clean), scheme_format.content_hash(turned_clean)
        )

    def test_shipped_files_are_listed(self):
        for name in (LAW, LAYER):
            with self.subTest(name=name):
                self.assertEqual(read_shipped("schemes", name)["code"], "chengdu")
        for name in ("../criteria/gbt19580_2012", "nothing", ""):
            with self.subTest(name=name), self.assertRaises(ValueError):
                read_shipped("schemes", name)
