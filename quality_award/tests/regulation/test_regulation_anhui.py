"""What the Anhui scheme says, and what the rules make of it."""

from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import eligibility, quota

from .common import (
    articles,
    conditions,
    criteria_of,
    figures,
    latest,
    merged,
    row,
    silent,
    stages,
)

LAW = "anhui_2010"
LAYER = "anhui_2011"
USES = [
    "质量持续改进",
    "质量攻关和人员培训",
    "质量检验机构和实验室建设",
    "获奖企业宣传",
    "其他(须说明)",
]


@tagged("post_install", "-at_install")
class TestAnhui(BaseCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law, cls.layer = merged(LAW), merged(LAYER)

    def test_thirty_articles(self):
        self.assertEqual(articles(self.law), list(range(1, 31)))
        self.assertEqual({c["mark"] for c in self.law["clauses"]}, {"rule"})
        self.assertEqual(self.law["valid_from"], "2011-01-01")
        self.assertNotIn("valid_to", self.law)
        for clause in self.law["clauses"]:
            self.assertTrue(clause["summary_zh"] and clause["summary_en"], clause)

    def test_figures(self):
        self.assertEqual(
            figures(self.law),
            {
                "fee": (0, "3"),
                "cycle_months": (12, "4"),
                "quota_max": (5, "4"),
                "reapply_lock_years": (3, "4"),
                "threshold": (60_000, "11"),
                "panel_ranking": ("per_panel", "19"),
                "notice_channels": (["web", "media"], "20"),
                "prize_amount": (500_000, "22"),
                "prize_tokens": (["certificate", "trophy"], "22"),
                "prize_uses": (USES, "23"),
                "recovery": (["certificate", "trophy", "money"], "26"),
            },
        )

    def test_media_of_the_announcement(self):
        """Main media and government sites, before the review as after it."""
        found = [
            (one.get("stage"), one["value"], one["clause"])
            for one in self.law["parameters"]
            if one["code"] == "notice_channels"
        ]
        media = ["web", "media"]
        self.assertEqual(found, [(None, media, "20"), ("submission", media, "16")])

    def test_silent_points(self):
        """What the regulation leaves open is decided in the layer, and marked so."""
        self.assertEqual(
            silent(self.law, self.layer),
            "band_gap_flag certificate_numbered committee_vote fill_up look_back_base "
            "missing_stage notice_days notice_first_day notice_list_order notice_unit "
            "objection_anonymous objection_working_days onsite_max onsite_scope "
            "onsite_soft opening_hours_from opening_hours_to panel_min panel_odd "
            "panel_selection quorum quota_scope reapply_scope "
            "recommenders_per_application retention_application_years "
            "retention_decision_years retention_review_years retention_years "
            "spread_flag submission_moment supplement_lapse supplement_suspends "
            "supplement_working_days threshold_score tie_rule vote_pass "
            "weight_document weight_site".split(),
        )

    def test_one_class(self):
        (only,) = self.law["classes"]
        self.assertEqual(
            (only["subject"], only["criteria"], only["criteria_latest"]),
            ("organisation", "gbt19580", True),
        )

    def test_conditions(self):
        self.assertEqual(
            conditions(self.law),
            [
                ("13-1", "document", 0, "refuse"),
                ("13-1", "legal_person", 0, "refuse"),
                ("13-1", "years_operating", 3, "refuse"),
                ("13-2", "finding", 0, "judge"),
                ("13-2", "certificate", 0, "refuse"),
                ("13-3", "rank", 1, "refuse"),
                ("13-3", "no_loss", 3, "refuse"),
                ("13-3", "finding", 0, "judge"),
                ("13-4", "finding", 0, "judge"),
                ("13-5", "honour", 0, "refuse"),
                ("13-6", "recommendation", 0, "refuse"),
                ("14-1", "declaration", 0, "judge"),
                ("14-2", "document", 0, "refuse"),
                ("14-3", "no_incident", 3, "refuse"),
                ("14-3", "finding", 0, "judge"),
                ("14-4", "no_incident", 3, "refuse"),
                ("14-5", "no_incident", 3, "judge"),
                ("14-6", "finding", 0, "judge"),
                ("17", "document", 0, "refuse"),
                ("17", "document", 0, "refuse"),
                ("17", "document", 0, "refuse"),
            ],
        )
        rank = row(self.law, "requirements", "rank")
        self.assertEqual((rank["count"], rank["rank_max"]), (3, 5))

    def test_bodies(self):
        self.assertEqual(
            [(body["code"], body["role"]) for body in self.law["bodies"]],
            [
                ("government", "government"),
                ("leading_group", "leading_group"),
                ("committee", "committee"),
                ("office", "office"),
                ("panel", "panel"),
                ("city", "recommender"),
                ("sector", "recommender"),
                ("association", "nominator"),
                ("supervision", "supervision"),
            ],
        )

    def test_adoptions(self):
        self.assertEqual(
            [(a["subject"], a["body"]) for a in self.law["adoptions"]],
            [
                ("roster", "government"),
                ("criteria", "committee"),
                ("rules", "committee"),
                ("plan", "office"),
                ("announcement", "office"),
            ],
        )

    def test_three_bodies_in_a_row(self):
        """Acceptance stands before the qualification check, three bodies at the end."""
        accepting = [s["code"] for s in self.law["stages"] if s["accepts"]]
        self.assertEqual(accepting, ["recommendation"])
        self.assertEqual(
            stages(self.layer),
            [
                ("submission", None, None),
                ("recommendation", None, None),
                ("qualification", "office", None),
                ("document_review", "panel", None),
                ("site_visit", "panel", None),
                ("composite", "panel", None),
                ("deliberation", "committee", "candidate"),
                ("deliberation", "leading_group", "proposed"),
                ("notice", None, "proposed"),
                ("approval", "government", "final"),
                ("award", None, None),
            ],
        )

    def test_quota_of_five(self):
        most = row(self.law, "parameters", "quota_max")["value"]
        lines = [quota.Line(n, score=60_000) for n in range(6)]
        self.assertEqual(quota.check_list(lines[:5], maximum=most), [])
        (code, details), *rest = quota.check_list(lines, maximum=most)
        self.assertEqual(
            (code, details["maximum"], details["counted"], rest),
            ("quota_exceeded", 5, 6, []),
        )

    def test_lock_of_three_years(self):
        years = row(self.law, "parameters", "reapply_lock_years")["value"]
        won = [date(2011, 12, 20)]
        self.assertEqual(
            eligibility.lock_by_years(won, date(2014, 12, 20), years),
            date(2014, 12, 21),
        )
        self.assertIsNone(eligibility.lock_by_years(won, date(2014, 12, 21), years))

    def test_threshold_of_600(self):
        line = row(self.law, "parameters", "threshold")["value"]
        self.assertEqual(
            row(self.layer, "parameters", "threshold_score")["value"], "composite"
        )
        reached = [quota.Line("at", score=60_000)]
        self.assertEqual(quota.check_list(reached, threshold=line), [])
        missed = quota.check_list([quota.Line("below", score=59_999)], threshold=line)
        self.assertEqual([code for code, _details in missed], ["below_threshold"])

    def test_latest_criteria(self):
        """The edition of 2011 is judged by the criteria of 2004."""
        for day, expected in [
            ("2011-06-30", "gbt19580_2004"),
            ("2012-07-31", "gbt19580_2004"),
            ("2012-08-01", "gbt19580_2012"),
        ]:
            self.assertEqual(latest("gbt19580", day), expected, day)
        self.assertEqual(criteria_of("gbt19580_2004")["total"], 100_000)

    def test_waiting_for_approval_has_no_clock(self):
        timed = {rule["stage"] for rule in self.layer["clock_rules"]}
        self.assertEqual(timed, {"recommendation", "qualification", "notice"})

    def test_open_list_of_uses(self):
        self.assertTrue(figures(self.law)["prize_uses"][0][-1].startswith("其他"))

    def test_after_the_award(self):
        (fraud,) = self.law["grounds"]
        self.assertEqual(
            (fraud["procedure"], fraud["recover"], fraud["clause"]),
            ("revoke", ["certificate", "trophy", "money"], "26"),
        )
        self.assertFalse({"ban_years", "ban_terms", "watch_years"} & set(fraud))
        self.assertEqual(
            [(o["kind"], o["clause"]) for o in self.law["obligations"]],
            [("sharing", "24"), ("publicity", "25")],
        )
