"""The published JSON Schema: it takes what is shipped, and refuses what is not read."""

import copy
import json
import unittest

from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from odoo.addons.quality_award.models.regulation.exchange import (
    read_shipped,
    shipped_names,
)
from odoo.addons.quality_award.rules import scheme_format

from .full import FULL, FULL_CRITERIA, FULL_RATINGS

try:
    import jsonschema
except ImportError:  # requirements/dev.txt
    jsonschema = None

LAYER = {
    **{key: FULL[key] for key in ("format", "code", "name_zh")},
    "version": "2031",
    "extends": {"code": "full", "version": "2030"},
    "stages": [{"code": "submission"}, {"code": "award"}],
    "clock_rules": [{"code": "check", "length": 3, "classes": []}],
}

#: What a scheme must say, and nothing more.
HEAD = {key: FULL[key] for key in ("format", "code", "version", "name_zh")}


@tagged("post_install", "-at_install")
@unittest.skipIf(jsonschema is None, "jsonschema of requirements/dev.txt is missing")
class TestRegulationSchema(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("quality_award/static/scheme.schema.json") as stream:
            cls.schema = json.load(stream)
        validator = jsonschema.Draft202012Validator
        validator.check_schema(cls.schema)
        cls.validator = validator(cls.schema)

    def errors(self, data):
        return [error.json_path for error in self.validator.iter_errors(data)]

    def test_shipped_files(self):
        for folder in ("schemes", "criteria"):
            for name in shipped_names(folder):
                with self.subTest(name=name):
                    self.assertEqual(self.errors(read_shipped(folder, name)), [])

    def test_files_with_everything(self):
        for data in (FULL, FULL_CRITERIA, FULL_RATINGS, LAYER):
            with self.subTest(code=data["code"]):
                self.assertEqual(self.errors(data), [])
        complete = scheme_format.read_scheme(FULL)[0]
        self.assertEqual(self.errors(complete), [])

    def test_what_is_not_read_is_not_valid(self):
        """Reader and schema agree on every one of these."""
        for section, values in [
            (None, {"colour": "red"}),
            (None, {"format": "quality_award.scheme/2"}),
            (None, {"name_zh": " "}),
            (None, {"extends": {"code": "x"}}),
            (None, {"valid_from": "2030-1-1"}),
            (None, {"stages": {}}),
            (None, {"stages": [3]}),
            ("clauses", {"mark": "law"}),
            ("clauses", {"code": None}),
            ("words", {"code": "nothing"}),
            ("adoptions", {"published": "yes"}),
            ("classes", {"criteria": None}),
            ("quotas", {"max": -1}),
            ("quotas", {"max": 2**31}),
            ("quotas", {"classes": ["org", "org"]}),
            ("quotas", {"classes": "org"}),
            ("thresholds", {"min": None}),
            ("stages", {"kind": "party"}),
            ("parameters", {"value": "6"}),
            ("parameters", {"code": "annual_report_due", "value": "31.12."}),
            ("parameters", {"code": "opening_hours_to", "value": "24:00"}),
            ("parameters", {"code": "notice_channels", "value": ["radio"]}),
            ("parameters", {"code": "prize_uses", "value": "x"}),
            ("requirements", {"fields": ["weather"]}),
            ("clock_rules", {"owner_role": "nobody"}),
            ("clock_rules", {"remind_days": ["3"]}),
            ("clock_rules", {"cut_off": "9"}),
            ("obligations", {"due_month_day": "13-01"}),
            ("grounds", {"recover": ["honour"]}),
            ("grounds", {"x": 1}),
        ]:
            with self.subTest(section=section, values=values):
                data = copy.deepcopy(HEAD)
                if section is None:
                    data.update(values)
                else:
                    data[section] = [{**FULL[section][0], **values}]
                self.assertTrue(scheme_format.read_scheme(data)[1])
                self.assertTrue(self.errors(data))
        for values in ({"kind": "party"}, {"points": "1"}, {"number": None}):
            with self.subTest(values=values):
                data = copy.deepcopy(FULL_CRITERIA)
                data["items"][0].update(values)
                self.assertTrue(scheme_format.read_criteria(data)[1])
                self.assertTrue(self.errors(data))

    def test_a_layer_needs_a_parent(self):
        self.assertTrue(self.errors({**LAYER, "extends": None}))
