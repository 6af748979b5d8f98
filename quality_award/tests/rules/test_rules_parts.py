"""What a supplement opens is taken as it is now; all else stays as handed in."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules.parts import merged, split

BEFORE = {
    "class": "c",
    "applicant": {"name": "甲", "size": "small"},
    "profile": "旧",
    "chapters": {"4.1": "一", "4.2": "二"},
    "html": {"4.1": "<p>一</p>"},
    "indicators": {"4.7.1": [1]},
    "evidence": [{"name": "a"}],
    "files": {"1": "a"},
}
NOW = {
    "class": "other",
    "applicant": {"name": "乙", "size": "large", "trade": {"code": "C"}},
    "profile": "新",
    "chapters": {"4.1": "壹", "4.2": "贰"},
    "html": {"4.2": "<p>贰</p>"},
    "indicators": {"4.7.1": [2], "4.7.2": [3]},
    "report": {"sha256": "x"},
    "files": {"1": "a", "2": "b"},
}


class TestRulesParts(BaseCase):
    def test_only_the_opened_parts_change(self):
        files = {"files": NOW["files"]}
        for parts, changed in [
            ([], {}),
            (["field:size"], {"applicant": {"name": "甲", "size": "large"}}),
            (
                ["field:trade_id"],
                {"applicant": {**BEFORE["applicant"], "trade": {"code": "C"}}},
            ),
            (["field:phone"], {}),
            (["chapter:profile"], {"profile": "新"}),
            (
                ["chapter:4.1"],
                {"chapters": {"4.1": "壹", "4.2": "二"}, "html": None},
            ),
            (
                ["chapter:4.2"],
                {
                    "chapters": {"4.1": "一", "4.2": "贰"},
                    "html": {"4.1": "<p>一</p>", "4.2": "<p>贰</p>"},
                },
            ),
            (["indicator:4.7.2"], {"indicators": {"4.7.1": [1], "4.7.2": [3]}}),
            (["evidence"], {"evidence": None}),
            (["report"], {"report": {"sha256": "x"}}),
            (["fact:registered"], {}),
        ]:
            with self.subTest(parts=parts):
                expected = {**BEFORE, **files, **changed}
                expected = {k: v for k, v in expected.items() if v is not None}
                self.assertEqual(merged(BEFORE, NOW, parts), expected)

    def test_the_version_in_force_is_not_touched(self):
        merged(BEFORE, NOW, ["chapter:4.1", "field:size", "evidence"])
        self.assertEqual(BEFORE["chapters"], {"4.1": "一", "4.2": "二"})
        self.assertEqual(BEFORE["applicant"], {"name": "甲", "size": "small"})

    def test_codes(self):
        self.assertEqual(split("chapter:4.1.2"), ("chapter", "4.1.2"))
        self.assertEqual(split("evidence"), ("evidence", ""))
        for code in ("chapter", "chapter:", "evidence:1", "score:1", "", ":"):
            with self.subTest(code), self.assertRaises(ValueError):
                split(code)
