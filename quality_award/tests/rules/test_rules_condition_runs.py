"""What runs of the conditions keep out of the award, and what changed between them."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import condition_runs as runs


def line(code="c", verdict="met", mark="x|", *, reason="", blocks=True):
    return {
        "code": code,
        "kind": "requirement",
        "verdict": verdict,
        "reason": reason,
        "mark": mark,
        "blocks": blocks,
        "text": code.upper(),
        "clause": "9",
        "cited": "Art. 9",
        "because": f"{verdict} {mark}",
        "facts": [],
    }


def codes(found):
    return [one["code"] for one in found]


class TestRulesConditionRuns(BaseCase):
    def test_what_stands_against_the_award(self):
        for now, settled, overrides, stands in [
            (line(), (), {}, False),
            (line(verdict="not_met"), (), {}, True),
            (line(verdict="not_met", blocks=False), (), {}, False),
            (line(verdict="not_met", mark="loss|7"), (), {"c": {"loss|7"}}, False),
            (line(verdict="not_met", mark="loss|8"), (), {"c": {"loss|7"}}, True),
            (line(verdict="not_met", mark="loss|7"), (), {"d": {"loss|7"}}, True),
            # what the office judges stands only where it is worse than it was
            (line(verdict="judge"), (), {}, False),
            (line(verdict="judge"), [line(verdict="judge")], {}, False),
            (line(verdict="judge"), [line(verdict="not_met")], {}, False),
            (line(verdict="judge"), [line()], {}, True),
            (line(verdict="judge"), [line(code="d")], {}, False),
            (
                line(verdict="judge", reason="penalty", mark="penalty|1,2"),
                [line(verdict="judge", reason="penalty", mark="penalty|1")],
                {},
                True,
            ),
            (
                line(verdict="judge", reason="penalty", mark="penalty|1,2"),
                [line(verdict="judge", reason="penalty", mark="penalty|1")],
                {"c": {"penalty|1,2"}},
                False,
            ),
            (
                line(verdict="judge", reason="nothing_recorded", mark="a|1"),
                [line(verdict="judge", reason="nothing_recorded", mark="a|")],
                {},
                False,
            ),
        ]:
            with self.subTest(now):
                self.assertEqual(
                    codes(runs.against([now], settled, overrides)),
                    (["c"] if stands else []),
                )

    def test_changes_name_verdict_and_basis(self):
        before = [line("a"), line("b"), line("gone")]
        after = [line("new"), line("a", "not_met"), line("b", mark="y|")]
        found = runs.changes(before, after)
        self.assertEqual(
            [(c["code"], c["was"], c["now"]) for c in found],
            [
                ("new", None, "met"),
                ("a", "met", "not_met"),
                ("b", "met", "met"),
                ("gone", "met", None),
            ],
        )
        self.assertEqual(runs.changes(before, before), [])

    def test_how_a_verdict_is_shown(self):
        for verdict, reason, shown in [
            ("met", "years_reached", "met"),
            ("not_met", "loss", "not_met"),
            ("judge", "nothing_recorded", "document"),
            ("judge", "figures_missing", "document"),
            ("judge", "penalty", "office"),
            ("judge", "not_checked", "office"),
            ("judge", "office_finds", "office"),
        ]:
            with self.subTest(verdict):
                self.assertEqual(runs.shown_as(verdict, reason), shown)

    def test_marks_tell_findings_apart(self):
        self.assertEqual(runs.mark("loss", (3, 1)), "loss|1,3")
        self.assertEqual(runs.mark("loss", (1, 3)), "loss|1,3")
        self.assertEqual(
            runs.mark("banned", values={"open": "2028"}), "banned|;open=2028"
        )
        self.assertNotEqual(runs.mark("loss"), runs.mark("loss", (1,)))
