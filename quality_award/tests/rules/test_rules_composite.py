"""Parts weighed together and ranked: exact, and what is missing is named."""

from fractions import Fraction

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import composite, scoring

WEIGHTS = {"document": 4000, "site": 3500, "defence": 2500}
#: The weights above; None says that the scheme gives none.
NAMED = "named"


class TestRulesComposite(BaseCase):
    def evaluate(self, cases, weights=NAMED, **terms):
        """({key: score}, keys that lack a part)."""
        weights = WEIGHTS if weights is NAMED else weights
        lines, lacking = composite.evaluate(
            {key: composite.Case(*case) for key, case in cases.items()},
            composite.Terms(weights, **terms),
        )
        return {line.key: line.score for line in lines}, lacking

    def test_weighing(self):
        for site, judges, score in (
            (50000, (50000,), 50000),
            (50000, (50001,), Fraction(200001, 4)),
            (48800, (50000, 50000, 50100), Fraction(148765, 3)),
        ):
            found = self.evaluate({1: (50000, site, judges)})
            self.assertEqual(found, ({1: score}, []))

    def test_combiners(self):
        """Of one or two scores none can be dropped; they are averaged."""
        weights = {"defence": 10000}
        for combiner, judges, score in (
            ("mean", (1, 2, 6), 3),
            ("median", (6, 1, 2), 2),
            ("median", (6, 1, 2, 3), Fraction(5, 2)),
            ("trimmed_mean", (1, 5, 6, 60), Fraction(11, 2)),
            ("trimmed_mean", (1, 5, 60), 5),
            ("trimmed_mean", (1, 6), Fraction(7, 2)),
            ("trimmed_mean", (7,), 7),
        ):
            with self.subTest(combiner, judges=judges):
                cases = {1: (None, None, judges)}
                found = self.evaluate(cases, weights, combiner=combiner)
                self.assertEqual(found, ({1: score}, []))

    def test_missing_parts(self):
        cases = {
            1: (50000, None, (60000,)),
            2: (50000, 50000, (50000,)),
            3: (None, None),
        }
        self.assertEqual(self.evaluate(cases), ({2: 50000}, [1, 3]))
        scaled = Fraction(4000 * 50000 + 2500 * 60000, 6500)
        self.assertEqual(
            self.evaluate(cases, missing="renormalise"), ({1: scaled, 2: 50000}, [3])
        )

    def test_part_without_weight_may_be_missing(self):
        weights = {"document": 10000, "site": 0}
        self.assertEqual(
            self.evaluate({1: (50000, None)}, weights), ({1: 50000}, [])
        )

    def test_bad_weights(self):
        for weights, code in (
            ({"document": 4000, "site": 5999}, "weights_sum"),
            ({"document": 10001, "site": -1}, "bad_weight"),
        ):
            with self.assertRaises(scoring.ScoreError) as caught:
                self.evaluate({}, weights)
            self.assertEqual(caught.exception.code, code)

    def test_silent_scheme(self):
        """Without weights the score after the visit stands, else the documents'."""
        cases = {1: (50000, 48000), 2: (50000, None), 3: (None, None, (1,))}
        found = self.evaluate(cases, None)
        self.assertEqual(found, ({1: 48000, 2: 50000}, [3]))

    def test_ranks_and_ties(self):
        """The results decide among equals, unless one of them has none."""
        results = {1: 7, 2: 0, 3: 9, 4: 1, 5: 7, 6: None}
        scores = {1: 500, 2: 501, 3: 500, 4: 499, 5: 500, 6: 499}
        cases = {
            key: composite.Case(scores[key], None, (), results[key]) for key in scores
        }
        terms = composite.Terms({"document": 10000})

        def ranks(terms):
            lines, _lacking = composite.evaluate(cases, terms)
            return [(line.rank, line.key, line.tied) for line in lines]

        self.assertEqual(
            ranks(terms),
            [
                (1, 2, False),
                (2, 1, True),
                (2, 3, True),
                (2, 5, True),
                (5, 4, True),
                (5, 6, True),
            ],
        )
        self.assertEqual(
            ranks(terms._replace(results_break_ties=True)),
            [
                (1, 2, False),
                (2, 3, False),
                (3, 1, True),
                (3, 5, True),
                (5, 4, True),
                (5, 6, True),
            ],
        )

    def test_threshold(self):
        """Without rounding, against the whole or the part that the scheme names."""
        cases = {
            1: composite.Case(50000, 49999, (50001,)),
            2: composite.Case(50000, None),
        }
        terms = composite.Terms(
            {"document": 3333, "site": 6667}, "renormalise", threshold=50000
        )
        for part, expected in (
            (None, {1: False, 2: True}),
            ("document", {1: True, 2: True}),
            ("site", {1: False, 2: False}),
        ):
            with self.subTest(part=part):
                lines, _lacking = composite.evaluate(
                    cases, terms._replace(threshold_part=part)
                )
                self.assertEqual({line.key: line.meets for line in lines}, expected)

    def test_scale(self):
        self.assertEqual(composite.scale_of(10000, 100000), 10)
        self.assertEqual(composite.scale_of(3000, 100000), Fraction(100, 3))
        self.assertEqual(composite.scale_of(None, 100000), 1)
        found = self.evaluate(
            {1: (None, None, (25, 25, 26))},
            {"defence": 10000},
            scale=composite.scale_of(3000, 100000),
        )
        self.assertEqual(found, ({1: Fraction(7600, 9)}, []))
