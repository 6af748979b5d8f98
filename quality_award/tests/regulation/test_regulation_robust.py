"""Files from anywhere: refused with every error and its place, and nothing written."""

import base64
import copy
import json
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged
from odoo.tools import file_path

from odoo.addons.quality_award.models.base.refusal import REFUSAL_TEXTS
from odoo.addons.quality_award.rules import (
    safe_text,
    scheme_file,
    scheme_format,
    values,
)
from odoo.addons.quality_award.rules.criteria_check import check_criteria, tree
from odoo.addons.quality_award.rules.scheme_sections import SECTIONS

from .full import FULL, FULL_CRITERIA, FULL_RATINGS
from .test_regulation_full import FullCase

#: What no text may hold -> the problem.
POISONS = {
    "<script>alert(1)</script>": "text_markup",
    "好<img src=x onerror=alert(1)>": "text_markup",
    "</B>": "text_markup",
    "<!--": "text_markup",
    "a\x00b": "text_control",
    "a\x1bb": "text_control",
    "a\r\nb": "text_control",
    "a\ud800": "text_control",
    "不得\u202e低于": "text_invisible",
    "a\u2066b": "text_invisible",
    "a\u200bb": "text_invisible",
    "\ufeffa": "text_invisible",
    "a" * (safe_text.MAX_LENGTH + 1): "text_too_long",
}


def problems_of(data, parent=None):
    found = scheme_format.read_scheme(data, parent)[1]
    return [(problem.code, problem.path) for problem in found]


def is_free_text(field):
    words = values.words_of(field.kind) or values.section_of(field.kind)
    return field.kind in {"str", "code"} and not words


@tagged("post_install", "-at_install")
class TestRegulationFiles(BaseCase):
    def test_loading(self):
        for content, codes in [
            (b"", ["not_json"]),
            (b"{", ["not_json"]),
            (b"\xff\xfe{}", ["not_json"]),
            (b"[" * 100_000, ["too_deep"]),
            (b"[" * 9 + b"]" * 9, ["too_deep"]),
            (b"[" * 8 + b"]" * 8, []),
            (b'{"a": ' * 9 + b"1" + b"}" * 9, ["too_deep"]),
            (b'{"a": 1, "a": 2}', ["duplicate_key"]),
            (b'{"x": {"b": 1, "b": 2, "c": 1, "c": 3}}', ["duplicate_key"] * 2),
            (b" " * (scheme_file.MAX_BYTES + 1), ["too_large"]),
            (b"{}" + b" " * (scheme_file.MAX_BYTES - 2), []),
            (b"1" * 5000, ["not_json"]),
            ("\ufeff{}".encode(), []),
        ]:
            with self.subTest(content=content[:12]):
                _data, found = scheme_file.load(content)
                self.assertEqual([problem.code for problem in found], codes)

    def test_every_text_is_looked_at(self):
        for name, section in SECTIONS.items():
            for key, field in section.fields.items():
                if not is_free_text(field) or (name, key) == ("quotas", "tag"):
                    continue
                index = next(i for i, row in enumerate(FULL[name]) if key in row)
                for poison in ("<script>", "a\x00b", "\u202eb"):
                    data = copy.deepcopy(FULL)
                    data[name][index][key] = poison
                    with self.subTest(section=name, key=key, poison=poison):
                        self.assertEqual(
                            problems_of(data),
                            [
                                (
                                    POISONS.get(poison) or safe_text_code(poison),
                                    f"{name}[{index}].{key}",
                                )
                            ],
                        )

    def test_every_poison(self):
        for poison, code in POISONS.items():
            with self.subTest(poison=poison[:20]):
                data = {**FULL, "name_zh": poison}
                self.assertEqual(problems_of(data), [(code, "name_zh")])
                criteria = {**FULL_CRITERIA, "source": poison}
                found = scheme_format.read_criteria(criteria)[1]
                self.assertEqual([(p.code, p.path) for p in found], [(code, "source")])
                uses = {"code": "prize_uses", "value": ["好", poison]}
                data = {**FULL, "parameters": [uses]}
                self.assertEqual(problems_of(data), [(code, "parameters[0].value")])
                named = {"code": poison, "version": "1"}
                self.assertEqual(
                    problems_of({**FULL, "extends": named}), [(code, "extends")]
                )

    def test_harmless_texts(self):
        for text in ("得分<500 分", "a\nb\tc", "“引号”《办法》①", "5 < x", "𠮷"):
            with self.subTest(text=text):
                self.assertEqual(problems_of({**FULL, "name_zh": text}), [])

    def test_values_of_each_kind(self):
        for kind, good, bad in [
            ("int", [0, 2**31 - 1], [-1, 2**31, True, 1.0, "1", None, [1]]),
            ("bool", [True], [0, "true"]),
            ("date", ["2030-02-28"], ["2030-02-29", "30-1-1", 20300228]),
            ("month_day", ["12-31", "02-28"], ["02-29", "12-32", "1-1", 1231]),
            ("time", ["00:00", "23:59"], ["24:00", "9:00", "09:60", "0900"]),
            ("ints", [[], [3, 1]], [[1, 1], [-1], ["1"], 3, [True]]),
            ("texts", [[], ["甲"]], [[""], ["甲", "甲"], "甲", [{}]]),
            ("list:a|b", [[], ["b", "a"]], [["c"], ["a", "a"], "a", [["a"]]]),
            ("a|b", ["a"], ["c", ["a"], None, ""]),
            ("refs:classes", [[], ["x"]], ["x", ["x", "x"], [1]]),
            ("ref:classes", ["x"], [["x"], "", 1]),
            ("str", ["x"], ["", " ", 1, {}]),
        ]:
            for value in good:
                with self.subTest(kind=kind, value=value):
                    self.assertTrue(values.fits(kind, value))
            for value in bad:
                with self.subTest(kind=kind, value=value):
                    self.assertFalse(values.fits(kind, value))

    def test_newer_formats(self):
        for said, expected in [
            ("quality_award.scheme/2", "newer_format"),
            ("quality_award.scheme/17", "newer_format"),
            ("quality_award.scheme/x", "wrong_value"),
            ("quality_award.criteria/1", "wrong_value"),
            ("quality_award.scheme/1 ", "wrong_value"),
        ]:
            with self.subTest(said=said):
                data = {**FULL, "format": said}
                self.assertEqual(problems_of(data), [(expected, "format")])
        # what a newer format means by other keys cannot be judged
        data = {"format": "quality_award.scheme/2", "novelty": [1]}
        self.assertEqual(problems_of(data), [("newer_format", "format")])

    def test_too_many_records(self):
        clause = {"citation_zh": "条"}
        rows = [{"code": str(i), **clause} for i in range(scheme_format.MAX_RECORDS)]
        least = {key: FULL[key] for key in ("format", "code", "version", "name_zh")}
        self.assertEqual(problems_of({**least, "clauses": rows}), [])
        words = [{"code": "edition", "text_zh": "届"}]
        self.assertEqual(
            problems_of({**least, "clauses": rows, "words": words}),
            [("too_many", "")],
        )

    def test_cycles(self):
        itself = {"code": FULL["code"], "version": FULL["version"]}
        self.assertEqual(
            problems_of({**FULL, "extends": itself}), [("extends_itself", "extends")]
        )
        data = scheme_format.read_criteria(FULL_CRITERIA)[0]
        data["items"] = [
            {"number": "1", "parent": "2", "kind": "category", "points": 0},
            {"number": "2", "parent": "1", "kind": "category", "points": 0},
            {"number": "3", "parent": "3", "kind": "process", "points": 0},
            {"number": "4", "parent": "9", "kind": "process", "points": 0},
        ]
        self.assertEqual(
            [(problem.code, problem.path) for problem in tree(data)],
            [
                ("parent_cycle", "items[0].parent"),
                ("parent_cycle", "items[2].parent"),
                ("unknown_parent", "items[3].parent"),
            ],
        )
        self.assertTrue(check_criteria(data))  # and comes to an end

    def test_endless_bands_come_to_an_end(self):
        data = scheme_format.read_criteria(FULL_CRITERIA)[0]
        data["bands"][0]["high"] = values.MOST
        self.assertEqual(
            [problem.code for problem in check_criteria(data)], ["bands_gap"]
        )

    def test_every_problem_has_words(self):
        rules = Path(file_path("quality_award/rules"))
        codes = {
            code
            for path in rules.glob("*.py")
            for code in re.findall(r'Problem\(\s*"(\w+)"', path.read_text())
        }
        codes |= {f"text_{code}" for code in ("markup", "control", "invisible")}
        codes |= {"text_too_long", "stage_order", "stage_missing", "notice_short"}
        codes |= {"stage_order_class", "stage_missing_class", "newer_format"}
        self.assertGreater(len(codes), 80)
        unsaid = {code for code in codes if f"scheme_{code}" not in REFUSAL_TEXTS}
        self.assertEqual(unsaid, set())


def safe_text_code(poison):
    return f"text_{safe_text.fault(poison)}"


@tagged("post_install", "-at_install")
class TestRegulationRefused(FullCase):
    def count(self):
        models = {section.model for section in SECTIONS.values()}
        models |= {"award.scheme", "award.criteria", "award.criterion", "award.band"}
        return {
            name: (self.env[name].search_count([]), self.env[name].search([]).ids[-1:])
            for name in models
        }

    def load(self, content):
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        wizards = self.env["award.scheme.import"].with_user(self.admin)
        wizard = wizards.create({"source": "file", "file": base64.b64encode(content)})
        return wizard.action_import()

    def test_nothing_is_written(self):
        before = self.count()
        newer = {**FULL, "format": "quality_award.scheme/2"}
        other = {**FULL, "version": "2040"}
        for content, codes in [
            (b"{", ["scheme_not_json"]),
            (b" " * (scheme_file.MAX_BYTES + 1), ["scheme_too_large"]),
            (b"[" * 100_000, ["scheme_too_deep"]),
            (
                b'{"format": "quality_award.scheme/1", "code": "a", "code": "b"}',
                ["scheme_duplicate_key"],
            ),
            (newer, ["scheme_newer_format"]),
            (
                {**FULL_RATINGS, "format": "quality_award.criteria/9"},
                ["scheme_newer_format"],
            ),
            (
                {**other, "name_zh": "<script>", "issued_by": "\u202e"},
                ["scheme_text_markup", "scheme_text_invisible"],
            ),
            (
                {**other, "extends": {"code": "a\x00", "version": "\ud800"}},
                ["scheme_text_control"] * 2,
            ),
            (
                {**other, "extends": {"code": "none", "version": "1"}},
                ["scheme_unknown_parent_scheme"],
            ),
            ({**other, "quotas": FULL["quotas"][:1] * 2}, ["scheme_duplicate"]),
            (
                {**other, "clauses": [{"code": str(i)} for i in range(10_001)]},
                ["scheme_too_many"],
            ),
            (
                {
                    **other,
                    "obligations": [{**FULL["obligations"][0], "to": ["nobody"]}],
                },
                ["scheme_unknown_reference"],
            ),
            (
                {**other, "adoptions": [{**FULL["adoptions"][0], "body": "nobody"}]},
                ["scheme_unknown_reference"],
            ),
            (
                {
                    **FULL_RATINGS,
                    "items": [
                        {
                            "number": "1",
                            "parent": "1",
                            "kind": "process",
                            "name_zh": "环",
                        }
                    ],
                },
                ["scheme_parent_cycle"],
            ),
        ]:
            with self.subTest(codes=codes):
                self.assertRefused(codes, self.load, content)
                self.assertEqual(self.count(), before)

    def test_every_error_is_told_with_its_place(self):
        data = copy.deepcopy(FULL)
        data["version"] = "2040"
        data["stages"][3]["kind"] = "party"
        data["quotas"][0]["max"] = -1
        data["words"][0]["text_zh"] = "<b>"
        data["clock_rules"][0]["remind_days"] = [1, 1]
        data["grounds"][0]["colour"] = "red"
        del data["bodies"][1]["role"]
        text = self.assertRefused(
            [
                "scheme_text_markup",
                "scheme_missing_key",
                "scheme_wrong_value",
                "scheme_wrong_value",
                "scheme_wrong_value",
                "scheme_unknown_key",
            ],
            self.load,
            data,
        )
        self.assertEqual(
            [line.split(": ")[0] for line in text.splitlines()],
            [
                "words[0].text_zh",
                "bodies[1].role",
                "quotas[0].max",
                "stages[3].kind",
                "clock_rules[0].remind_days",
                "grounds[0].colour",
            ],
        )

    def test_schemes_in_a_circle(self):
        layer = {
            **{key: FULL[key] for key in ("format", "code", "name_zh")},
            "version": "2031",
            "extends": {"code": "full", "version": "2030"},
        }
        self.schemes._import(layer)
        circle = {**FULL, "extends": {"code": "full", "version": "2031"}}
        self.assertRefused(["scheme_extends_cycle"], self.schemes._import, circle)
        self.assertFalse(self.scheme.parent_id)

    def test_what_is_named_belongs_to_the_scheme(self):
        """A draft that is typed cannot lean on the records of another scheme."""
        other = self.schemes._import({**copy.deepcopy(FULL), "version": "2040"})
        stage = self.of("stages", "approval")
        for record, vals in [
            (stage, {"body_id": other.body_ids[0].id}),
            (stage, {"class_ids": [(4, other.class_ids[0].id)]}),
            (stage, {"clause_id": other.clause_ids[0].id}),
            (
                self.of("obligations", "annual"),
                {"body_ids": [(4, other.body_ids[0].id)]},
            ),
        ]:
            with self.subTest(vals=vals), self.assertRaises(Exception) as caught:
                record.write(vals)
            self.assertIn("belongs to another scheme", str(caught.exception))
            self.env.invalidate_all()
