"""Points and ranks: exact to the last fraction, and never a float."""

import random
from fractions import Fraction
from statistics import mean as statistics_mean
from statistics import median as statistics_median

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import scoring
from odoo.addons.quality_award.rules.scoring import Scale

BANDS = ((0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100))
SCALE = Scale(BANDS, 5)
# Item values of one edition of the criteria, in points; they add up to 1000.
ITEMS = [50, 30, 30, 40, 50, 40, 50, 60, 15, 20, 15, 10, 10, 50, 50, 40, 40]
ITEMS += [80, 80, 80, 60, 50, 50]


class ScoringCase(BaseCase):
    def assertCode(self, code, function, *args, **kwargs):
        with self.assertRaises(scoring.ScoreError) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.code, code)
        return caught.exception


class TestRulesScoringItem(ScoringCase):
    def test_item_points(self):
        for points, percent, expected in [
            (1500, 5, 75),
            (1000, 5, 50),
            (8000, 65, 5200),
            (5000, 0, 0),
            (5000, 100, 5000),
            (1500, 55, 825),
        ]:
            with self.subTest(points=points, percent=percent):
                self.assertEqual(scoring.item_points(points, percent), expected)

    def test_item_points_refuses(self):
        for code, points, percent in [
            ("not_exact", 1, 5),
            ("not_exact", 1510, 5),
            ("out_of_range", 1500, 101),
            ("out_of_range", 1500, -5),
            ("out_of_range", -1500, 5),
            ("not_a_number", 1500, 5.0),
            ("not_a_number", 15.0, 5),
            ("not_a_number", 1500, True),
            ("not_a_number", "1500", 5),
        ]:
            with self.subTest(points=points, percent=percent):
                self.assertCode(code, scoring.item_points, points, percent)

    def test_every_item_at_half_is_exactly_500(self):
        self.assertEqual(sum(ITEMS), 1000)
        total = sum(scoring.item_points(100 * item, 50) for item in ITEMS)
        self.assertEqual(total, 50000)
        self.assertTrue(scoring.meets(50000, total))

    def test_grid(self):
        allowed = [p for p in range(-5, 106) if scoring.check_grid(p, SCALE) is None]
        self.assertEqual(allowed, list(range(0, 101, 5)))
        for value, expected in [
            (7, "off_grid"),
            (51, "off_grid"),
            (-5, "out_of_range"),
            (105, "out_of_range"),
            (50.0, "not_a_number"),
            (True, "not_a_number"),
            ("50", "not_a_number"),
            ("9" * 1000, "not_a_number"),
            (None, "not_a_number"),
            (10**1000, "out_of_range"),
        ]:
            with self.subTest(value=str(value)[:9]):
                self.assertEqual(scoring.check_grid(value, SCALE), expected)

    def test_other_scales(self):
        rating = Scale(((1, 1), (2, 2), (3, 3)), 1)
        self.assertEqual(
            [scoring.check_grid(value, rating) for value in range(5)],
            ["out_of_range", None, None, None, "out_of_range"],
        )
        # On the step, but in the gap between two bands.
        gap = Scale(((0, 10), (30, 40)), 10)
        self.assertEqual(scoring.check_grid(20, gap), "off_grid")
        for bands, step in [
            ((), 5),
            (BANDS, 0),
            (((10, 0),), 5),
            (((0, 10), (10, 20)), 5),
            (((20, 30), (0, 10)), 5),
        ]:
            with self.subTest(bands=bands, step=step):
                self.assertCode("bad_scale", Scale, bands, step)

    def test_band_of(self):
        self.assertEqual(
            [scoring.band_of(p, BANDS) for p in (0, 5, 10, 45, 50, 90, 100, 7, 101)],
            [0, 0, 1, 2, 3, 5, 5, None, None],
        )

    def test_needs_discussion(self):
        wide, far = "range_too_wide", "bands_apart"
        for percents, expected in [
            ([50, 50, 65], []),
            ([45, 50, 60], []),
            ([45, 65], [wide]),
            ([45, 70], [wide, far]),
            ([25, 50], [wide, far]),
            ([5, 10], []),
            ([50], []),
        ]:
            with self.subTest(percents=percents):
                self.assertEqual(
                    scoring.needs_discussion(percents, BANDS, 20, 2), expected
                )
        self.assertEqual(scoring.needs_discussion([0, 100], BANDS), [])
        self.assertEqual(scoring.needs_discussion([0, 100], BANDS, None, 2), [far])
        self.assertEqual(scoring.spread([30, 55, 45]), 25)
        self.assertCode("no_scores", scoring.spread, [])
        self.assertCode("off_grid", scoring.needs_discussion, [7, 50], BANDS, None, 2)


class TestRulesScoringCombine(ScoringCase):
    def test_mean_and_median(self):
        self.assertEqual(scoring.mean([1, 2]), Fraction(3, 2))
        self.assertEqual(scoring.mean([49975, 50000, 50000]), Fraction(149975, 3))
        self.assertEqual(scoring.median([5, 1, 3]), Fraction(3))
        self.assertEqual(scoring.median([5, 1, 2, 3]), Fraction(5, 2))

    def test_trimmed_mean(self):
        for values, kwargs, expected in [
            ([1, 5, 6, 7, 100], {}, Fraction(6)),
            ([1, 1, 6, 100, 100], {}, Fraction(107, 3)),  # one of two equals goes
            ([1, 2, 6], {}, Fraction(2)),
            ([1, 2, 6], {"trim_from": 5}, Fraction(3)),
            ([1, 5, 6, 7, 100], {"trim_from": 5}, Fraction(6)),
            ([1, 5, 6, 7, 100], {"drop": 2}, Fraction(6)),
            ([1, 5], {"drop": 0}, Fraction(3)),
        ]:
            with self.subTest(values=values, **kwargs):
                self.assertEqual(scoring.trimmed_mean(values, **kwargs), expected)
        self.assertCode("too_few_to_trim", scoring.trimmed_mean, [1, 2])

    def test_combiners_refuse(self):
        for name, combine in scoring.COMBINERS.items():
            with self.subTest(combiner=name):
                self.assertCode("no_scores", combine, [])
                self.assertCode("not_a_number", combine, [1, 2.0, 3])
                self.assertCode("not_a_number", combine, [1, None, 3])

    def test_combiners_agree_with_the_standard_library(self):
        rng = random.Random(1)
        for _round in range(200):
            values = [
                Fraction(rng.randint(0, 10**5)) for _i in range(rng.randint(3, 9))
            ]
            self.assertEqual(scoring.mean(values), statistics_mean(values))
            self.assertEqual(scoring.median(values), statistics_median(values))
            inner = sorted(values)[1:-1]
            self.assertEqual(scoring.trimmed_mean(values), statistics_mean(inner))

    def test_weighted(self):
        weights = {"paper": 4000, "site": 3000, "defence": 3000, "survey": 0}
        full = {"paper": 50000, "site": Fraction(100000, 3), "defence": 60000}
        self.assertEqual(scoring.weighted(full, weights), Fraction(48000))
        # 500 three times over stays 500, which a float sum misses for many weights.
        equal = dict.fromkeys(("paper", "site", "defence"), 50000)
        self.assertEqual(scoring.weighted(equal, weights), 50000)
        part = {"paper": 50000, "site": None, "defence": 60000}
        self.assertEqual(
            scoring.weighted(part, weights, "renormalise"), Fraction(380000, 7)
        )
        error = self.assertCode("missing_part", scoring.weighted, part, weights)
        self.assertEqual(error.details, {"parts": ["site"]})

    def test_weighted_refuses(self):
        one = {"a": 10000}
        for code, parts, weights, missing in [
            ("weights_sum", {"a": 1}, {"a": 9999}, "refuse"),
            ("weights_sum", {}, {}, "refuse"),
            ("bad_weight", {"a": 1}, {"a": 11000, "b": -1000}, "refuse"),
            ("bad_weight", {"a": 1}, {"a": 10000.0}, "refuse"),
            ("unknown_part", {"a": 1, "b": 2}, one, "refuse"),
            ("missing_part", {}, one, "refuse"),
            ("no_scores", {"a": None}, one, "renormalise"),
            ("not_a_number", {"a": 500.0}, one, "refuse"),
            ("bad_missing", {"a": 1}, one, "zero"),
        ]:
            with self.subTest(code=code, weights=weights):
                self.assertCode(code, scoring.weighted, parts, weights, missing)

    def test_threshold_is_inclusive_and_unrounded(self):
        hair = Fraction(1, 10**9)
        for score, expected in [
            (50000, True),
            (Fraction(50000), True),
            (Fraction(50000) - hair, False),
            (49975, False),
            (Fraction(149999, 3), False),  # 499.99666…
            (Fraction(50000) + hair, True),
        ]:
            with self.subTest(score=score):
                self.assertEqual(scoring.meets(50000, score), expected)
        self.assertTrue(scoring.meets(None, 0))
        self.assertCode("not_a_number", scoring.meets, 50000, 50000.0)
        self.assertCode("not_a_number", scoring.meets, 500.0, 50000)


class TestRulesScoringRank(ScoringCase):
    def test_competition_ranking(self):
        scores = {"a": 40000, "b": 50000, "c": 45000, "d": 45000}
        self.assertEqual(
            scoring.rank(scores),
            [(1, "b", False), (2, "c", True), (2, "d", True), (4, "a", False)],
        )
        self.assertEqual(scoring.rank({}), [])

    def test_a_hair_is_a_difference(self):
        scores = {"a": Fraction(149999, 3), "b": Fraction(50000)}
        self.assertEqual(scoring.rank(scores), [(1, "b", False), (2, "a", False)])

    def test_tie_breakers(self):
        scores = dict.fromkeys("abc", 45000) | {"z": 60000}
        for breakers, expected in [
            ({"a": (1,), "b": (3,), "c": (2,)}, "1z 2b 3c 4a"),
            ({"a": (1, 9), "b": (3, 0), "c": (1, 8)}, "1z 2b 3a 4c"),
            ({"a": (1,), "b": (3,), "c": (1,)}, "1z 2b 3a= 3c="),
            # One who has no value yet leaves the whole tie open.
            ({"a": (1,), "b": (3,)}, "1z 2a= 2b= 2c="),
            ({"a": (1,), "b": (3,), "c": (None,)}, "1z 2a= 2b= 2c="),
            # Missing only where it is not needed.
            ({"a": (1, 2), "b": (3,), "c": (1, 5)}, "1z 2b 3c 4a"),
            ({"z": (0,)}, "1z 2a= 2b= 2c="),
        ]:
            with self.subTest(breakers=breakers):
                ranked = scoring.rank(scores, breakers)
                found = " ".join(f"{n}{key}{'=' * tied}" for n, key, tied in ranked)
                self.assertEqual(found, expected)

    def test_rank_refuses_floats(self):
        self.assertCode("not_a_number", scoring.rank, {"a": 450.0})
        same = {"a": 1, "b": 1}
        self.assertCode("not_a_number", scoring.rank, same, {"a": (1.5,), "b": (2,)})

    def test_ranks_against_counting(self):
        rng = random.Random(3)
        for _round in range(100):
            scores = {i: rng.randint(0, 12) for i in range(rng.randint(0, 20))}
            better = {
                key: 1 + sum(other > score for other in scores.values())
                for key, score in scores.items()
            }
            ranked = scoring.rank(scores)
            self.assertEqual({key: place for place, key, _tied in ranked}, better)
            twins = list(scores.values())
            self.assertEqual(
                {key: tied for _place, key, tied in ranked},
                {key: twins.count(score) > 1 for key, score in scores.items()},
            )


class TestRulesScoringText(ScoringCase):
    def test_to_text(self):
        for score, shown, exact in [
            (49975, "499.75", "499.75"),
            (50000, "500.00", "500.00"),
            (0, "0.00", "0.00"),
            (5, "0.05", "0.05"),
            (Fraction(99951, 2), "499.755", "499.755"),
            (Fraction(128500, 3), "428.3333…", "1285/3"),
            (
                Fraction(50000) - Fraction(1, 10**6),
                "499.9999…",
                "49999999999/100000000",
            ),
            (
                Fraction(50000) + Fraction(1, 10**6),
                "500.0000…",
                "50000000001/100000000",
            ),
            (Fraction(-128500, 3), "-428.3333…", "-1285/3"),
        ]:
            with self.subTest(score=score):
                self.assertEqual(scoring.to_text(score), shown)
                self.assertEqual(scoring.to_exact_text(score), exact)
                self.assertEqual(Fraction(exact) * 100, score)
        self.assertCode("not_a_number", scoring.to_text, 499.75)

    def test_sheet_hash(self):
        lines = [("4.1.2", 50, "优势:顾客座谈会"), ("4.1.3", 45, None)]
        sealed = scoring.sheet_hash(lines)
        # Recomputed with `printf … | sha256sum` from the documented form.
        self.assertEqual(
            sealed,
            "$1$b9c2fbb7c0996774c139ced3ef904a6ad0b2c1149fd3e976ce42d9847482268f",
        )
        self.assertEqual(scoring.sheet_hash(reversed(lines)), sealed)
        changed = [
            [("4.1.2", 55, "优势:顾客座谈会"), ("4.1.3", 45, None)],
            [("4.1.2", 50, "优势:顾客座谈会 "), ("4.1.3", 45, None)],
            [("4.1.2", 50, "优势:顾客座谈会"), ("4.1.3", 45, "")],
            [("4.1.2", 50, "优势:顾客座谈会"), ("4.1.3", "45", None)],
            lines[:1],
            [*lines, lines[0]],
        ]
        hashes = {scoring.sheet_hash(other) for other in changed}
        self.assertEqual(len(hashes - {sealed}), len(changed))

    def test_line_breaks_inside_a_comment_do_not_make_lines(self):
        self.assertNotEqual(
            scoring.sheet_hash([("a\nb",)]), scoring.sheet_hash([("a",), ("b",)])
        )

    def test_sheet_hash_refuses_what_has_no_canonical_text(self):
        for line in [("4.1.2", 50.0), ("4.1.2", Fraction(1)), "4.1.2", ("a", ["b"])]:
            with self.subTest(line=line):
                self.assertCode("not_canonical", scoring.sheet_hash, [line])
