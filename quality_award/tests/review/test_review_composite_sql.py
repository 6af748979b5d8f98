from fractions import Fraction
from random import Random

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.quality_award.models.review import composite_sql
from odoo.addons.quality_award.rules import composite, scoring


@tagged("post_install", "-at_install")
class TestReviewCompositeSql(TransactionCase):
    """The statement ranks as the rules do, on random cases, to the last fraction."""

    def assertAlike(self, cases, terms):
        """Every line, and who lacks a part, as `rules.composite.evaluate` says."""
        lines, lacking = composite.evaluate(cases, terms)
        rows = self.env.execute_query_dict(self.ranking(cases, terms))
        scored = [row for row in rows if row["score_exact"] is not None]
        self.assertEqual(rows[: len(scored)], scored)
        self.assertEqual(
            [row["application_id"] for row in rows[len(scored) :]], sorted(lacking)
        )

        def text(number):
            return None if number is None else str(number)

        expected = {
            line.key: {
                "application_id": line.key,
                "panel_id": cases[line.key].panel,
                "document": text(line.document),
                "site": text(line.site),
                "defence": text(line.defence),
                "public": text(line.public),
                "score_exact": text(line.score),
                "score_text": scoring.to_text(line.score),
                "rank": line.rank,
                "is_tied": line.tied,
                "meets_threshold": line.meets,
            }
            for line in lines
        }
        self.assertEqual({row["application_id"]: row for row in scored}, expected)
        order = [(row["rank"], row["application_id"]) for row in scored]
        self.assertEqual(order, sorted(order))

    def ranking(self, cases, terms):
        """The statement over the cases; submission and consensus are shifted keys."""
        heads = [
            (key, key + 100, case.panel, case.document, case.site, key + 200)
            for key, case in cases.items()
        ]
        judged = [(key + 100, p) for key, case in cases.items() for p in case.judges]
        asked = [(key, points) for key, case in cases.items() for points in case.public]
        # Two items, so that they have to be added up.
        results = [
            (key + 200, points)
            for key, case in cases.items()
            if case.results is not None
            for points in (case.results - 5, 5)
        ]
        names = (
            "application_id submission_id panel_id document site consensus_id",
            "submission_id points",
            "application_id points",
            "consensus_id points",
        )
        rows = (heads, judged, asked, results)
        return composite_sql.ranking(*map(self.relation, names, rows), terms)

    @staticmethod
    def relation(names, rows):
        names = names.split()
        columns = SQL(", ").join(map(SQL.identifier, names))
        if not rows:
            nothing = SQL(", ").join(SQL("NULL::integer") for _name in names)
            rows = SQL("SELECT %s WHERE FALSE", nothing)
        else:
            rows = SQL("VALUES %s", SQL(", ").join(
                SQL("(%s)", SQL(", ").join(SQL("%s::integer", v) for v in row))
                for row in rows
            ))
        return SQL("SELECT * FROM (%s) AS given(%s)", rows, columns)

    @staticmethod
    def random_terms(rng):
        whole = rng.randrange(0, 10001, 500)
        rest = rng.randrange(0, 10001 - whole, 1) if whole < 10000 else 0
        weights = rng.choice(
            [
                None,
                {"document": 10000},
                {"document": 4000, "site": 3500, "defence": 2500},
                {"document": whole, "site": rest, "defence": 10000 - whole - rest},
                {"site": 10000 - whole, "document": whole},
                {"document": 4000, "site": 3000, "defence": 2000, "public": 1000},
                {"document": whole, "public": 10000 - whole},
            ]
        )
        return composite.Terms(
            weights=weights,
            missing=rng.choice(["refuse", "renormalise"]),
            combiner=rng.choice(sorted(composite.COMBINERS)),
            scale=rng.choice([Fraction(1), Fraction(10), Fraction(100, 3)]),
            results_break_ties=rng.random() < 0.7,
            threshold=rng.choice([None, 50000, 50001]),
            threshold_part=rng.choice([None, None, "document", "site"]),
            public_combiner=rng.choice(sorted(composite.COMBINERS)),
            public_scale=rng.choice([Fraction(1), Fraction(10), Fraction(100, 7)]),
            panels_apart=rng.random() < 0.4,
        )

    @staticmethod
    def random_case(rng):
        """Few values, so that there are ties; now and then a part is missing."""
        near = (50000, 50000, 49975, 50001, 60000)
        judges = tuple(
            rng.choice((5000, 4999, 5001, 6000, 1500))
            for _judge in range(rng.choice((0, 1, 2, 3, 3, 5, 6, 7, 7)))
        )
        return composite.Case(
            document=rng.choice(near) if rng.random() < 0.9 else None,
            site=rng.choice(near) if rng.random() < 0.8 else None,
            judges=judges,
            results=rng.choice((20000, 20000, 20005)) if rng.random() < 0.95 else None,
            public=tuple(
                rng.choice((8000, 8001, 9000)) for _n in range(rng.choice((0, 1, 1, 3)))
            ),
            panel=rng.choice((1, 1, 2, 3)),
        )

    def test_random_cases(self):
        rng = Random(20120801)
        met = {"tied": 0, "broken": 0, "lacking": 0, "fraction": 0}
        for _round in range(300):
            terms = self.random_terms(rng)
            cases = {
                key: self.random_case(rng) for key in range(1, rng.choice((2, 5, 25)))
            }
            self.assertAlike(cases, terms)
            lines, lacking = composite.evaluate(cases, terms)
            scores = [line.score for line in lines]
            met["tied"] += any(line.tied for line in lines)
            met["broken"] += any(
                line.rank != 1 + sum(s > line.score for s in scores) for line in lines
            )
            met["lacking"] += bool(lacking)
            met["fraction"] += any("…" in scoring.to_text(s) for s in scores)
        # The random cases are worth nothing unless all of this has come up.
        self.assertGreater(min(met.values()), 40, met)

    def test_fractions_that_few_decimals_tell_apart(self):
        """12/97 and 11/89 of a tiny scale: apart by less than 10^-17, yet in order."""
        cases = {
            key: composite.Case(2**31 - 1, None, (1,) * total + (0,) * (judges - total))
            for key, total, judges in ((1, 11, 89), (2, 12, 97), (3, 24, 194))
        }
        terms = composite.Terms(
            {"document": 9999, "defence": 1}, scale=Fraction(1, 2**31 - 1)
        )
        self.assertAlike(cases, terms)
        rows = self.env.execute_query_dict(self.ranking(cases, terms))
        self.assertEqual(
            [(row["rank"], row["application_id"]) for row in rows],
            [(1, 2), (1, 3), (3, 1)],
        )

    def test_one_without_results_leaves_the_tie(self):
        cases = {
            key: composite.Case(50000, None, (), results)
            for key, results in enumerate((20000, 30000, None), 1)
        }
        terms = composite.Terms({"document": 10000}, results_break_ties=True)
        self.assertAlike(cases, terms)
        rows = self.env.execute_query_dict(self.ranking(cases, terms))
        self.assertEqual({row["rank"] for row in rows}, {1})
        del cases[3]
        rows = self.env.execute_query_dict(self.ranking(cases, terms))
        self.assertEqual([row["application_id"] for row in rows], [2, 1])
