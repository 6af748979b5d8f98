"""Quotas, caps, panels and cuts: exact reasons, nothing more and nothing less."""

from fractions import Fraction

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import quota, scoring
from odoo.addons.quality_award.rules.quota import Line


def lines(text, **kwargs):
    return [Line(key, **kwargs) for key in text]


class TestRulesQuota(BaseCase):
    def test_only_lines_that_are_not_exempt_use_a_place(self):
        for keys, exempt, expected in [
            ("abc", "", []),
            ("ab", "", []),
            ("", "", []),
            ("abcd", "d", []),
            ("abcdef", "def", []),
            ("abc", "z", []),
            (
                "abcd",
                "",
                [("quota_exceeded", {"exempt": 0, "maximum": 3, "counted": 4})],
            ),
            (
                "abcde",
                "e",
                [("quota_exceeded", {"exempt": 1, "maximum": 3, "counted": 4})],
            ),
            (
                "abcd",
                "z",
                [("quota_exceeded", {"exempt": 0, "maximum": 3, "counted": 4})],
            ),
        ]:
            with self.subTest(keys=keys, exempt=exempt):
                self.assertEqual(
                    quota.check_list(lines(keys), maximum=3, exempt=exempt), expected
                )

    def test_no_maximum_and_a_minimum(self):
        self.assertEqual(quota.check_list(lines("abcdefgh")), [])
        self.assertEqual(quota.check_list(lines("ab"), minimum=2), [])
        self.assertEqual(
            quota.check_list(lines("ab"), minimum=2, exempt="b"),
            [("quota_not_reached", {"exempt": 1, "minimum": 2, "counted": 1})],
        )
        self.assertEqual(
            quota.check_list(lines("a"), maximum=0),
            [("quota_exceeded", {"exempt": 0, "maximum": 0, "counted": 1})],
        )

    def test_threshold_is_inclusive_and_binds_exempt_lines_too(self):
        below = Fraction(50000) - Fraction(1, 3)
        listed = [Line("a", 50000), Line("b", below), Line("c", None), Line("d", 49975)]
        self.assertEqual(
            quota.check_list(listed, maximum=4, exempt="d", threshold=50000),
            [
                ("below_threshold", {"key": "b", "score": below, "threshold": 50000}),
                ("score_missing", {"key": "c", "threshold": 50000}),
                ("below_threshold", {"key": "d", "score": 49975, "threshold": 50000}),
            ],
        )
        self.assertEqual(quota.check_list(listed, maximum=4), [])
        with self.assertRaises(scoring.ScoreError):
            quota.check_list([Line("a", 500.0)], threshold=50000)

    def test_sub_quotas(self):
        small, person = frozenset({"small"}), frozenset({"person"})
        listed = [Line("a", tags=small), Line("b", tags=person), Line("c", tags=person)]
        bounds = {"small": (1, None), "person": (None, 1), "service": (1, None)}
        self.assertEqual(
            quota.check_list(listed, sub_quotas=bounds),
            [
                ("sub_quota_exceeded", {"tag": "person", "maximum": 1, "counted": 2}),
                (
                    "sub_quota_not_reached",
                    {"tag": "service", "minimum": 1, "counted": 0},
                ),
            ],
        )
        self.assertEqual(
            quota.check_list(listed, exempt="ac", sub_quotas={"small": (1, None)}),
            [("sub_quota_not_reached", {"tag": "small", "minimum": 1, "counted": 0})],
        )

    def test_a_name_twice(self):
        self.assertEqual(
            quota.check_list(lines("aba"), maximum=3),
            [("duplicate_line", {"key": "a"})],
        )

    def test_cap(self):
        total = {"scope": "total", "panel": None, "cap": 2, "counted": 3}
        for keys, kwargs, expected in [
            ("ab", {}, []),
            ("abc", {}, [("cap_exceeded", total)]),
            ("abc", {"reason": "tie"}, [("cap_exceeded", total)]),
            ("abc", {"soft": True}, [("cap_needs_reason", total)]),
            ("abc", {"soft": True, "reason": "  \n"}, [("cap_needs_reason", total)]),
            ("abc", {"soft": True, "reason": "tie"}, []),
            ("ab", {"soft": True}, []),
        ]:
            with self.subTest(keys=keys, **kwargs):
                self.assertEqual(
                    quota.check_cap(lines(keys), cap=2, **kwargs), expected
                )
        self.assertEqual(quota.check_cap(lines("abc"), cap=None), [])
        with self.assertRaises(ValueError):
            quota.check_cap([], cap=1, scope="trade")

    def test_cap_per_panel(self):
        listed = lines("abc", panel="food") + lines("de", panel="steel")
        self.assertEqual(
            quota.check_cap(listed, cap=2, scope="per_panel"),
            [
                (
                    "cap_exceeded",
                    {"scope": "per_panel", "panel": "food", "cap": 2, "counted": 3},
                )
            ],
        )
        self.assertEqual(quota.check_cap(listed, cap=3, scope="per_panel"), [])
        self.assertEqual(
            quota.check_cap(listed + lines("x"), cap=3, scope="per_panel"),
            [("panel_missing", {"key": "x"})],
        )
        # A reason lifts the cap, not the missing panel.
        self.assertEqual(
            quota.check_cap(
                listed + lines("x"), cap=2, scope="per_panel", soft=True, reason="tie"
            ),
            [("panel_missing", {"key": "x"})],
        )

    def test_vacancy(self):
        self.assertEqual([quota.vacant(n) for n in (0, 1, 2)], [True, False, False])
        self.assertEqual([quota.places_left(2, n) for n in (0, 2, 3)], [2, 0, 0])
        self.assertIsNone(quota.places_left(None, 3))

    def test_panel_size(self):
        small, even = "panel_too_small", "panel_even"
        for minimum, odd, expected in [
            (3, True, [small, small, small, None, even, None]),
            (3, False, [small, small, small, None, None, None]),
            (None, True, [small, None, even, None, even, None]),
            (0, False, [small, None, None, None, None, None]),
        ]:
            with self.subTest(minimum=minimum, odd=odd):
                found = [quota.panel_size(n, minimum, odd) for n in range(6)]
                self.assertEqual(found, expected)

    def test_cut(self):
        scores = {"a": 9, "b": 8, "c": 7, "d": 7, "e": 7, "f": 6}
        ranked = scoring.rank(scores)
        tie = "tie_at_cut"
        for cap, expected in [
            (0, (None, "", "", "abcdef")),
            (1, (None, "a", "", "bcdef")),
            (2, (None, "ab", "", "cdef")),
            (3, (tie, "ab", "cde", "f")),
            (4, (tie, "ab", "cde", "f")),
            (5, (None, "abcde", "", "f")),
            (6, (None, "abcdef", "", "")),
            (9, (None, "abcdef", "", "")),
            (None, (None, "abcdef", "", "")),
        ]:
            with self.subTest(cap=cap):
                code, *parts = quota.cut_with_ties(ranked, cap)
                self.assertEqual((code, *map("".join, parts)), expected)
        with self.assertRaises(ValueError):
            quota.cut_with_ties(ranked, -1)

    def test_a_broken_tie_does_not_stop_the_cut(self):
        scores = dict.fromkeys("abc", 7)
        ranked = scoring.rank(scores, {"a": (1,), "b": (3,), "c": (2,)})
        self.assertEqual(quota.cut_with_ties(ranked, 2), (None, ["b", "c"], [], ["a"]))

    def test_quotas_of_a_scheme(self):
        """Pools, shares, per recommender and group, soft and outside."""
        names = [
            Line("a", award_class="gold1", recommender="x", tags={"size:small"}),
            Line("b", award_class="gold1", recommender="x"),
            Line("c", award_class="gold2", recommender="y", group="g"),
            Line("d", award_class="gold2", group="g"),
            Line("e", award_class="other"),
        ]
        pool = frozenset({"gold1", "gold2"})

        def rule(**kwargs):
            return quota.Rule("q", "awards", **kwargs)

        for rules, kwargs, expected in [
            ([rule(classes=pool, maximum=4)], {}, []),
            ([rule(classes=pool, maximum=3)], {}, [("rule_exceeded", 3, 4, None)]),
            ([rule(classes=pool, maximum=3)], {"exempt": "a"}, []),
            ([rule(maximum=4)], {}, [("rule_exceeded", 4, 5, None)]),
            (
                [rule(maximum=4), rule(classes=frozenset({"other"}), outside=True)],
                {},
                [],
            ),
            (
                [
                    rule(classes=pool | {"other"}, maximum=4),
                    rule(classes=frozenset({"other"}), outside=True),
                ],
                {},
                [],
            ),
            ([rule(tag="size:small", minimum=1)], {}, []),
            (
                [rule(tag="size:small", minimum=2)],
                {},
                [("rule_not_reached", 2, 1, None)],
            ),
            ([rule(tag="size:small", minimum=2)], {"settled": {"gold1"}}, []),
            (
                [rule(classes=frozenset({"gold1"}), minimum=3)],
                {"settled": {"gold1"}},
                [("rule_not_reached", 3, 2, None)],
            ),
            (
                [rule(classes=pool, tag="size:small", minimum=2)],
                {"settled": {"gold1"}},
                [],
            ),
            (
                [rule(per="recommender", maximum=1)],
                {},
                [("rule_exceeded", 1, 2, "x")],
            ),
            ([rule(per="group", maximum=1)], {}, [("rule_exceeded", 1, 2, "g")]),
            (
                [rule(maximum=4, soft=True)],
                {"reason": " "},
                [("rule_needs_reason", 4, 5, None)],
            ),
            ([rule(maximum=4, soft=True)], {"reason": "并列"}, []),
            ([rule(maximum=0)], {}, [("rule_exceeded", 0, 5, None)]),
        ]:
            with self.subTest(rules=rules, kwargs=kwargs):
                found = [
                    (code, details["limit"], details["counted"], details["of"])
                    for code, details in quota.check_rules(names, rules, **kwargs)
                ]
                self.assertEqual(found, expected)
        self.assertEqual(quota.check_rules([], [rule(maximum=1)]), [])
        with self.assertRaises(ValueError):
            quota.check_rules(names, [rule(per="moon")])
