from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewComposite(ReviewCommon):
    """Ranks and thresholds without rounding, ties in the open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 4)
        cls.panel = cls.staffed("甲组", cls.cases)
        cls.declare_none(cls.panel)
        cls.composite = (
            cls.env["award.composite"]
            .with_user(cls.office)
            .create(
                {
                    "edition_id": cls.edition.id,
                    "class_id": cls.award_class.id,
                    "phase": "document",
                }
            )
        )

    def agree(self, *rules):
        """One scoring rule a case: item number -> percentage, else 50."""
        submissions = self.submissions(self.cases)
        for submission, rule in zip(submissions, rules, strict=True):
            self.score(
                self.panel,
                lambda line, rule=rule: rule.get(line.criterion_id.number, 50),
                submission=submission,
            )
        self.open_consensus(self.panel).action_agree()

    def lines(self):
        """(application, score, rank, tied, meets) in the order of the ranking."""
        return [
            (
                line.application_id,
                line.score_text,
                line.rank,
                line.is_tied,
                line.meets_threshold,
            )
            for line in self.composite.line_ids
        ]

    def test_exact_threshold(self):
        """500 wins, 499.75 does not."""
        below = {"4.4.3": 45, "4.4.6": 55}
        self.agree({}, below, {"4.1.2": 55}, {"4.1.2": 0})
        self.composite.action_compute()
        first, second, third, fourth = self.cases
        self.assertEqual(
            self.lines(),
            [
                (third, "502.50", 1, False, True),
                (first, "500.00", 2, False, True),
                (second, "499.75", 3, False, False),
                (fourth, "475.00", 4, False, False),
            ],
        )
        self.assertEqual(
            self.composite.line_ids.mapped("score_exact"),
            ["50250", "50000", "49975", "47500"],
        )

    def test_tie_is_broken_by_results(self):
        """Equal totals: the points of the result items decide, as the scheme says."""
        process = {"4.1.2": 55}  # +2.5 in process items
        result = {"4.7.6": 55}  # +2.5 in result items
        self.agree(process, result, {}, {})
        self.composite.action_compute()
        first, second, third, fourth = self.cases
        self.assertEqual(
            self.lines(),
            [
                (second, "502.50", 1, False, True),
                (first, "502.50", 2, False, True),
                (third, "500.00", 3, True, True),
                (fourth, "500.00", 3, True, True),
            ],
        )

    def test_freezing(self):
        with self.assertRefused("composite_part_missing"):
            self.composite.action_freeze()
        self.agree({}, {}, {}, {})
        with self.assertRefused("composite_empty"):
            self.composite.action_freeze()
        self.composite.action_compute()
        self.assertFalse(self.composite.with_user(self.roles["committee"]).search([]))
        self.composite.action_freeze()
        self.assertTrue(self.composite.content_hash)
        committee = self.composite.with_user(self.roles["committee"])
        self.assertEqual(committee.search([]), self.composite)
        self.assertEqual(len(committee.line_ids), 4)
        self.assertTrue(all(committee.line_ids.mapped("title")))
        with self.assertRefused("composite_frozen"):
            self.composite.action_compute()

    @mute_logger("odoo.sql_db")
    def test_frozen_is_frozen(self):
        self.agree({}, {}, {}, {})
        self.composite.action_compute()
        self.env.cr.execute("UPDATE award_composite_line SET rank = 3")
        self.composite.action_compute()
        self.composite.action_freeze()
        for statement in (
            "UPDATE award_composite_line SET rank = 3",
            "UPDATE award_composite_line SET meets_threshold = FALSE",
            "DELETE FROM award_composite_line",
            "UPDATE award_composite SET content_hash = 'x'",
        ):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_changed_ranking_is_not_frozen(self):
        self.agree({}, {"4.1.2": 60}, {}, {})
        self.composite.action_compute()
        self.env.cr.execute("UPDATE award_composite_line SET rank = 1")
        self.env.invalidate_all()
        with self.assertRefused("composite_stale"):
            self.composite.action_freeze()
        self.composite.action_compute()
        self.composite.action_freeze()

    def test_recused_scores_do_not_count(self):
        user = self.members(self.panel)[2]
        self.score(self.panel, 100, [user])
        interest = self.interests(self.panel, user)
        interest.with_user(user).write({"kind": "family"})
        interest.with_user(user).action_declare()
        interest.with_user(self.office).action_confirm()
        self.score(self.panel, 50, self.members(self.panel)[:2])
        self.open_consensus(self.panel).action_agree()
        self.composite.action_compute()
        texts = set(self.composite.line_ids.mapped("score_text"))
        self.assertEqual(texts, {"500.00"})

    def test_who(self):
        for role in ("reviewer", "deliberator", "recommender_sign", "finance"):
            with self.assertRaises(AccessError):
                self.env["award.composite"].with_user(self.roles[role]).search([])
        for user in (self.supervisor, self.roles["committee"]):
            with self.assertRaises(AccessError):
                self.composite.with_user(user).action_compute()
        with self.assertRefused("not_editable"):
            self.composite.write({"phase": "final"})

    def test_query_count(self):
        """As many queries for four cases as for one, computing and storing."""
        self.agree({}, {}, {}, {})

        def counts():
            found = []
            for act in (self.composite._compute_lines, self.composite.action_compute):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                act()
                found.append(self.env.cr.sql_log_count - before)
            return found

        counts()
        many = counts()
        self.assertEqual(len(self.composite.line_ids), 4)
        for case in self.cases[1:]:
            self.as_applicant(case)._portal_withdraw(case.id, "放弃")
        self.assertEqual(counts(), many)
        self.assertEqual(len(self.composite.line_ids), 1)
