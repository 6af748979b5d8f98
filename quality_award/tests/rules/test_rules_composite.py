"""Parts weighed together: exact, and what is missing is named."""

from fractions import Fraction

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import composite, scoring

WEIGHTS = {"document": 4000, "site": 3500, "defence": 2500}


class TestRulesComposite(BaseCase):
    def test_weighing(self):
        """The fast way gives what the general one gives."""
        for parts in (
            (50000, 50000, 50000),
            (49975, 50000, 50025),
            (50000, 48800, Fraction(150100, 3)),
        ):
            values = dict(zip(composite.PARTS, parts, strict=True))
            exact = scoring.weighted(values, WEIGHTS)
            self.assertEqual(composite.evaluate({1: parts}, WEIGHTS), ({1: exact}, []))

    def test_even_results_are_whole_numbers(self):
        result = composite.evaluate({1: (50000, 50000, 50000)}, WEIGHTS)
        self.assertIs(type(result.scores[1]), int)
        result = composite.evaluate({1: (50001, 50000, 50000)}, WEIGHTS)
        self.assertEqual(result.scores[1], Fraction(250002, 5))

    def test_missing_parts(self):
        parts = {1: (50000, None, 60000), 2: (50000, 50000, 50000), 3: (None,) * 3}
        refused = composite.evaluate(parts, WEIGHTS)
        self.assertEqual(refused, ({2: 50000}, [1, 3]))
        scaled = composite.evaluate(parts, WEIGHTS, "renormalise")
        self.assertEqual(scaled.lacking, [3])
        self.assertEqual(scaled.scores[1], Fraction(4000 * 50000 + 2500 * 60000, 6500))

    def test_part_without_weight_may_be_missing(self):
        weights = {"document": 10000, "site": 0}
        result = composite.evaluate({1: (50000, None, None)}, weights)
        self.assertEqual(result, ({1: 50000}, []))

    def test_bad_weights(self):
        for weights, code in (
            ({"document": 4000, "site": 5999}, "weights_sum"),
            ({"document": 10001, "site": -1}, "bad_weight"),
        ):
            with self.assertRaises(scoring.ScoreError) as caught:
                composite.evaluate({}, weights)
            self.assertEqual(caught.exception.code, code)

    def test_silent_scheme(self):
        """Without weights the score after the visit stands, else the documents'."""
        parts = {1: (50000, 48000, None), 2: (50000, None, None), 3: (None, None, 1)}
        self.assertEqual(composite.evaluate(parts), ({1: 48000, 2: 50000}, [3]))

    def test_rank(self):
        """As the general way, with tie breakers asked for the tied only."""
        scores = {1: 500, 2: Fraction(1001, 2), 3: 500, 4: 499, 5: 500, 6: 499}
        results = {1: (7,), 3: (9,), 5: (7,), 4: (1,), 6: (None,)}
        asked = []

        def breakers(tied):
            asked.append(tied)
            return results

        ranked = composite.rank(scores, breakers)
        self.assertEqual(ranked, scoring.rank(scores, results))
        self.assertEqual(asked, [[1, 3, 5, 4, 6]])
        self.assertEqual(
            ranked,
            [
                (1, 2, False),
                (2, 3, False),
                (3, 1, True),
                (3, 5, True),
                (5, 4, True),
                (5, 6, True),
            ],
        )
        whole = {key: (key % 2,) for key in scores}
        self.assertEqual(
            composite.rank(scores, lambda tied: whole), scoring.rank(scores, whole)
        )
        self.assertEqual(composite.rank(scores), scoring.rank(scores))
        self.assertEqual(composite.rank({}), [])

    def test_text(self):
        for score in (0, 5, 50000, 49975, Fraction(1, 3), Fraction(100001, 2)):
            self.assertEqual(composite.to_text(score), scoring.to_text(score))

    def test_scale(self):
        self.assertEqual(composite.to_scale(8750, 10000, 100000), 87500)
        self.assertEqual(
            composite.to_scale(Fraction(1, 3), None, 100000), Fraction(1, 3)
        )
        self.assertEqual(
            composite.to_scale(Fraction(25, 3), 10000, 100000), Fraction(250, 3)
        )
