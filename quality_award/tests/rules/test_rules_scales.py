"""What may be chosen on each scale, what it is worth, and when it lies apart."""

from fractions import Fraction

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import scales, scoring
from odoo.addons.quality_award.rules.scales import Item

PERCENT = Item("percent", 8000, scoring.Scale(((0, 45), (50, 100)), 5))
POINTS = Item("points", 1500, step=50)
RATING = Item("rating", 6000, ratings=(0, 50, 75, 100))
BARE = Item("rating", ratings=(None, None, None, None))
PASSED = Item("passed")


class TestRulesScales(BaseCase):
    def test_scale_of_an_item(self):
        for kind, own, common, expected in [
            ("process", None, "percent", "percent"),
            ("process", "points", "percent", "points"),
            ("result", "percent", "rating", "percent"),
            ("result", None, "rating", "rating"),
            ("indicator", None, "percent", "passed"),
            ("veto", "rating", "rating", "passed"),
            ("category", None, "percent", None),
            ("unscored", "points", "percent", None),
        ]:
            with self.subTest(kind=kind, own=own, common=common):
                self.assertEqual(scales.scale_of(kind, own, common), expected)

    def test_problem(self):
        for item, level, expected in [
            (PERCENT, 50, None),
            (PERCENT, 47, "off_grid"),
            (PERCENT, 105, "out_of_range"),
            (PERCENT, 50.0, "not_a_number"),
            (Item("percent", 1, PERCENT.grid), 50, "off_grid"),
            (POINTS, 0, None),
            (POINTS, 1450, None),
            (POINTS, 1500, None),
            (POINTS, 1475, "off_grid"),
            (POINTS, 1550, "out_of_range"),
            (POINTS, -50, "out_of_range"),
            (POINTS, 50.0, "not_a_number"),
            (RATING, 0, None),
            (RATING, 3, None),
            (RATING, 4, "out_of_range"),
            (RATING, "3", "not_a_number"),
            (PASSED, 0, None),
            (PASSED, 1, None),
            (PASSED, 2, "out_of_range"),
            (PASSED, True, "not_a_number"),
        ]:
            with self.subTest(item=item.scale, level=level):
                self.assertEqual(scales.problem(item, level), expected)

    def test_points(self):
        for item, level, expected in [
            (PERCENT, 55, 4400),
            (POINTS, 1450, 1450),
            (RATING, 0, 0),
            (RATING, 2, 4500),
            (RATING, 3, 6000),
            (BARE, 3, 0),
            (PASSED, 1, 0),
        ]:
            with self.subTest(item=item.scale, level=level):
                self.assertEqual(scales.points(item, level), expected)

    def test_points_are_whole_hundredths(self):
        with self.assertRaises(scoring.ScoreError) as caught:
            scales.points(Item("rating", 5, ratings=(75,)), 0)
        self.assertEqual(caught.exception.code, "not_exact")

    def test_apart(self):
        for item, levels, limits, expected in [
            (PERCENT, [45, 50], (50, 1), ["bands_apart"]),
            (PERCENT, [0, 50], (50, None), ["range_too_wide"]),
            (POINTS, [750, 1500], (50, 1), ["range_too_wide"]),
            (POINTS, [800, 1500], (50, 1), []),
            (RATING, [1, 2], (50, 2), []),
            (RATING, [0, 1], (50, 2), ["range_too_wide"]),
            (RATING, [1, 3], (50, 2), ["range_too_wide", "bands_apart"]),
            (BARE, [1, 2], (50, 2), []),
            (BARE, [0, 3], (50, 2), ["bands_apart"]),
            (BARE, [0, 3], (None, None), []),
            (POINTS, [800, 800], (0, 1), []),
            (PASSED, [1, 1, 1], (50, 2), []),
            (PASSED, [0, 1, 1], (None, None), ["bands_apart"]),
        ]:
            with self.subTest(item=item.scale, levels=levels, limits=limits):
                self.assertEqual(scales.apart(item, levels, *limits), expected)

    def test_proposal_is_the_lower_median(self):
        for levels, expected in [([3], 3), ([0, 1], 0), ([0, 1, 1], 1), ([5] * 4, 5)]:
            with self.subTest(levels=levels):
                self.assertEqual(scales.proposal(levels), expected)
        with self.assertRaises(scoring.ScoreError):
            scales.proposal([])

    def test_shares_are_exact(self):
        self.assertEqual(
            scales.shares((5, 10, 0)), (Fraction(1, 3), Fraction(2, 3), Fraction(0))
        )
        self.assertEqual(scales.shares((0, 0)), (0, 0))

    def test_order_of_cases_with_criteria_of_different_length(self):
        cases = {
            "a": (5, 10, 0),
            "b": (4, 7, 0),  # 4/11 is more than 5/15
            "c": (5, 9, 1),
            "d": (10, 20, 0),  # as a
            "e": (0, 0, 0),
        }
        self.assertEqual(
            scales.order(cases),
            [
                (1, "b", False),
                (2, "a", True),
                (2, "d", True),
                (4, "c", False),
                (5, "e", False),
            ],
        )
