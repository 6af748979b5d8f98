"""Differences: exact pieces, and both texts can be made from them."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules.text_difference import difference


class TestRulesTextDifference(BaseCase):
    def test_pieces(self):
        for before, after, expected in [
            ("", "", []),
            ("甲", "甲", [("same", "甲")]),
            ("", "甲", [("in", "甲")]),
            ("甲", "", [("out", "甲")]),
            (
                "质量管理一般",
                "质量管理良好",
                [("same", "质量管理"), ("out", "一般"), ("in", "良好")],
            ),
            (
                "一\n二\n三",
                "一\n三",
                [("same", "一\n"), ("out", "二\n"), ("same", "三")],
            ),
            (
                "ISO 9001 since 2019",
                "ISO 9001 since 2020",
                [("same", "ISO 9001 since "), ("out", "2019"), ("in", "2020")],
            ),
        ]:
            with self.subTest(before=before, after=after):
                self.assertEqual(difference(before, after), expected)

    def test_both_texts_are_in_the_pieces(self):
        before = "一\n" * 50 + "甲乙丙丁\n" + "x" * 5000
        after = "一\n" * 40 + "甲乙戊丁\n" + "y" * 5000
        pieces = difference(before, after)
        made = {
            kind: "".join(text for k, text in pieces if k in ("same", kind))
            for kind in ("out", "in")
        }
        self.assertEqual(made, {"out": before, "in": after})
