"""What the Shanghai scheme says, and what the rules make of it."""

from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import eligibility, quota, scheme_check

from .common import (
    articles,
    conditions,
    criteria_of,
    figures,
    merged,
    row,
    silent,
    stages,
)

LAW = "shanghai_2016"
LAYER = "shanghai_2017"
GOLD = ["gold_innovation", "gold_manufacturing", "gold_other", "gold_service"]
GOLD += ["gold_small"]
VOICES = ["customers", "suppliers", "staff", "public"]
ORGANISATIONS = [*GOLD, "mayor_org"]


@tagged("post_install", "-at_install")
class TestShanghai(BaseCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law, cls.layer = merged(LAW), merged(LAYER)

    def test_thirty_six_articles(self):
        self.assertEqual(articles(self.law), list(range(1, 37)))
        marked = {c["code"]: c["mark"] for c in self.law["clauses"]}
        self.assertEqual(
            {code: mark for code, mark in marked.items() if mark != "rule"},
            {"34": "doubtful"},
        )
        self.assertIn("条标在原文中缺失", row(self.law, "clauses", "6")["summary_zh"])

    def test_validity(self):
        self.assertEqual(
            [self.layer["valid_from"], self.layer["valid_to"]],
            ["2016-10-01", "2021-09-30"],
        )

    def test_figures(self):
        known = figures(self.law)
        uses, clause = known.pop("prize_uses")
        self.assertEqual((len(uses), uses[-1], clause), (5, "其他(须说明)", "6"))
        self.assertEqual(
            known,
            {
                "cycle_months": (12, "3"),
                "fill_up": (False, "3"),
                "fee": (0, "6"),
                "second_award_same_year": ("forbidden_any_level", "14"),
                "reapply_lock_years": (3, "14"),
                "reapply_scope": ("award", "14"),
                "site_voices": (VOICES, "20"),
                "notice_days": (7, "24"),
                "notice_channels": (["web"], "24"),
                "prize_tokens": (["certificate", "plaque"], "32"),
                "volunteer_list": (True, "31-2"),
                "annual_report_due": ("12-31", "31-3"),
                "recovery": (["credit"], "33"),
                "watch_years": (2, "34"),
                "ban_years": (3, "34"),
                "retention_application_years": (10, "35"),
                "retention_years": (10, "35"),
            },
        )

    def test_silent_points(self):
        added = silent(self.law, self.layer)
        for code in (
            "annual_report_first annual_report_years prize_amount weight_document "
            "weight_public public_evaluation_population recommenders_per_application "
            "title_correction_days panel_selection"
        ).split():
            self.assertIn(code, added)
        self.assertFalse({"threshold", "certificate_years"} & set(added))

    def test_two_awards_eight_classes(self):
        self.assertEqual(
            [(c["code"], c["award"], c["subject"]) for c in self.law["classes"]],
            [
                ("mayor_org", "mayor", "organisation"),
                ("mayor_ind", "mayor", "individual"),
                ("gold_manufacturing", "gold", "organisation"),
                ("gold_service", "gold", "organisation"),
                ("gold_small", "gold", "organisation"),
                ("gold_other", "gold", "organisation"),
                ("gold_innovation", "gold", "project"),
                ("gold_ind", "gold", "individual"),
            ],
        )
        entries = {c["code"]: c["entry"] for c in self.law["classes"]}
        self.assertEqual(entries.pop("gold_innovation"), "both")
        self.assertEqual(set(entries.values()), {"open"})

    def test_quotas(self):
        found = {q["code"]: (q["max"], q["classes"]) for q in self.law["quotas"]}
        self.assertEqual(
            found,
            {
                "mayor_org": (2, ["mayor_org"]),
                "mayor_ind": (2, ["mayor_ind"]),
                "gold_org": (10, GOLD),
                "gold_ind": (5, ["gold_ind"]),
            },
        )
        pooled = [quota.Line(n) for n in range(11)]
        most = found["gold_org"][0]
        self.assertEqual(quota.check_list(pooled[:10], maximum=most), [])
        self.assertEqual(
            [code for code, _details in quota.check_list(pooled, maximum=most)],
            ["quota_exceeded"],
        )
        self.assertEqual(quota.check_list([], maximum=most), [])
        self.assertFalse([q for q in self.law["quotas"] if "min" in q])

    def test_criteria_by_category(self):
        by_class = {c["code"]: c["criteria"] for c in self.law["classes"]}
        national = ["mayor_org", "gold_manufacturing", "gold_service", "gold_other"]
        self.assertEqual({by_class.pop(code) for code in national}, {"gbt19580"})
        self.assertEqual(
            by_class,
            {
                "gold_small": "shanghai_small_enterprise",
                "gold_innovation": "shanghai_innovation",
                "mayor_ind": "shanghai_individual",
                "gold_ind": "shanghai_individual",
            },
        )
        veto = row(criteria_of("shanghai_innovation"), "items", "0")
        self.assertEqual((veto["kind"], veto["points"]), ("veto", 0))

    def test_bodies(self):
        roles = [body["role"] for body in self.law["bodies"]]
        self.assertEqual(roles.count("recommender"), 4)
        self.assertEqual(
            {role for role in roles if role != "recommender"},
            {"government", "committee", "office", "handling", "panel", "supervision"},
        )

    def test_conditions(self):
        self.assertEqual(
            conditions(self.law),
            [
                ("12-1", "document", 0, "refuse"),
                ("12-1", "years_operating", 5, "refuse"),
                ("12-2", "finding", 0, "judge"),
                ("12-2", "document", 0, "refuse"),
                ("12-3", "finding", 0, "judge"),
                ("12-3", "finding", 0, "judge"),
                ("12-3", "finding", 0, "judge"),
                ("12-4", "finding", 0, "judge"),
                ("12-4", "no_loss", 3, "refuse"),
                ("12-4", "finding", 0, "judge"),
                ("12-4", "finding", 0, "judge"),
                ("12-5", "finding", 0, "judge"),
                ("12-5", "no_incident", 3, "refuse"),
                ("12-5", "finding", 3, "judge"),
                ("12-5", "no_incident", 3, "judge"),
                ("12-6", "prior_award", 0, "refuse"),
                ("13-1", "years_working", 5, "refuse"),
                ("13-1", "document", 0, "refuse"),
                ("13-2", "finding", 0, "judge"),
                ("13-3", "finding", 0, "judge"),
                ("13-4", "finding", 0, "judge"),
                ("13-5", "finding", 0, "judge"),
                ("13-5", "no_incident", 3, "refuse"),
                ("13-5", "no_incident", 3, "judge"),
                ("14", "no_second_application", 0, "refuse"),
                ("16", "document", 0, "refuse"),
                ("16", "document", 0, "refuse"),
                ("17", "recommendation", 0, "refuse"),
            ],
        )
        self.assertNotIn("legal_person", {r["kind"] for r in self.law["requirements"]})
        loss = row(self.law, "requirements", "no_loss")
        self.assertEqual(
            (loss["applies_to"], loss["except"]), (["enterprise"], ["policy_loss"])
        )
        manager = row(self.law, "requirements", "employer_no_accident")
        self.assertEqual(manager["applies_to"], ["top_manager"])

    def test_gold_before_mayor(self):
        """A Gold winner applies for the Mayor's award next year: another award."""
        first = row(self.law, "requirements", "gold_first")
        self.assertEqual((first["prior"], first["classes"]), ("gold", ["mayor_org"]))
        self.assertEqual(row(self.law, "parameters", "reapply_scope")["value"], "award")
        years = row(self.law, "parameters", "reapply_lock_years")["value"]
        gold = [date(2017, 12, 1)]
        self.assertEqual(
            eligibility.lock_by_years(gold, date(2018, 3, 1), years), date(2020, 12, 2)
        )
        self.assertIsNone(eligibility.lock_by_years([], date(2018, 3, 1), years))

    def test_stages(self):
        self.assertEqual(
            stages(self.law),
            [
                ("submission", None, None),
                ("recommendation", None, None),
                ("qualification", "office", None),
                ("document_review", "panel", None),
                ("notice", None, "shortlist"),
                ("site_visit", "panel", None),
                ("public_evaluation", None, None),
                ("defence", "panel", None),
                ("composite", "office", "candidate"),
                ("notice", None, "candidate"),
                ("deliberation", "council", "proposed"),
                ("approval", "government", "final"),
                ("award", None, None),
            ],
        )
        accepting = [s["code"] for s in self.law["stages"] if s["accepts"]]
        self.assertEqual(accepting, ["qualification"])

    def test_departments_may_be_asked(self):
        """When necessary: no stage of its own, and the layer names whom."""
        self.assertNotIn("consultation", {s["kind"] for s in self.layer["stages"]})
        asked = [b["code"] for b in self.layer["bodies"] if b["role"] == "department"]
        self.assertEqual(asked, ["market", "safety", "environment", "health", "tax"])

    def test_two_notices(self):
        rules = [r for r in self.law["clock_rules"] if r["clause"] == "24"]
        self.assertEqual(
            [(r["stage"], r["unit"], r["length"]) for r in rules],
            [
                ("notice_site", "calendar_day", 7),
                ("notice_recommended", "calendar_day", 7),
            ],
        )
        second = row(
            self.law, "parameters", "notice_channels", stage="notice_recommended"
        )
        self.assertEqual(second["value"], ["web", "in_house"])

    def test_weights_by_subject(self):
        """Persons have no defence; their other weights are in the same proportion."""
        self.assertEqual(row(self.law, "stages", "defence")["classes"], ORGANISATIONS)
        scheme = {
            (one["code"], one.get("class")): one["value"]
            for one in self.layer["parameters"]
        }
        parts = ("weight_document", "weight_site", "weight_defence", "weight_public")
        whole = [scheme[part, None] for part in parts]
        self.assertEqual(whole, [4000, 3000, 2000, 1000])
        for person in ("mayor_ind", "gold_ind"):
            own = [scheme[part, person] for part in parts]
            self.assertEqual(own, [5000, 3750, 0, 1250])
            for index in (0, 1, 3):
                self.assertEqual(own[index] * 8000, whole[index] * 10_000)

    def test_public_evaluation_is_circular(self):
        """The regulation leaves the population open; the layer decides it."""
        left = [p.values.get("parameter") for p in scheme_check.open_points(self.law)]
        self.assertIn("public_evaluation_population", left)
        decided = [
            p.values.get("parameter") for p in scheme_check.open_points(self.layer)
        ]
        self.assertNotIn("public_evaluation_population", decided)
        population = row(self.layer, "parameters", "public_evaluation_population")
        self.assertEqual(population["value"], "on_site")

    def test_clocks(self):
        rules = {r["code"]: r for r in self.layer["clock_rules"]}
        self.assertEqual(
            {code: (r["unit"], r["length"], r["clause"]) for code, r in rules.items()},
            {
                "notice_site": ("calendar_day", 7, "24"),
                "notice_recommended": ("calendar_day", 7, "24"),
                "watch": ("year", 2, "34"),
                "recommendation": ("working_day", 15, "D-9"),
                "qualification": ("working_day", 15, "D-10"),
                "supplement": ("working_day", 5, "D-10"),
                "objection_site": ("working_day", 10, "D-13"),
                "objection": ("working_day", 10, "D-13"),
                "title_order": ("working_day", 15, "D-18"),
            },
        )
        self.assertEqual(rules["qualification"]["suspended_by"], ["supplement"])
        self.assertEqual(rules["title_order"]["start_event"], "order_issued")

    def test_after_the_award(self):
        found = {g["code"]: g for g in self.law["grounds"]}
        self.assertEqual(
            (found["fraud"]["procedure"], found["fraud"]["recover"]),
            ("cancel", ["credit"]),
        )
        for code in ("accident", "grave"):
            ground = found[code]
            self.assertEqual(
                (ground["watch_years"], ground["ban_years"], ground["clause"]),
                (2, 3, "34"),
            )
        owed = {o["kind"]: o for o in self.law["obligations"]}
        self.assertEqual(
            set(owed), {"sharing", "publicity", "volunteer", "annual_report"}
        )
        report = owed["annual_report"]
        self.assertEqual(
            (report["due_month_day"], report["classes"], report["to"]),
            ("12-31", ORGANISATIONS, ["handling"]),
        )
        self.assertFalse({"first", "years"} & set(report))
        decided = row(self.layer, "obligations", "annual_report")
        self.assertEqual((decided["first"], decided["years"]), ("next_year", 3))
