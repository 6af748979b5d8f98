"""What the Chengdu regulation and the layer of its first edition say."""

import copy

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import eligibility, quota, scheme_check

from .common import (
    articles,
    conditions,
    criteria_of,
    figures,
    merged,
    row,
    shipped,
    silent,
    stages,
)

LAW = "chengdu_2012"
LAYER = "chengdu_2014"


@tagged("post_install", "-at_install")
class TestChengdu(BaseCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law, cls.layer = merged(LAW), merged(LAYER)

    def test_twenty_five_articles(self):
        self.assertEqual(articles(self.law), list(range(1, 26)))
        marks = {c["code"]: c["mark"] for c in self.law["clauses"]}
        self.assertEqual(
            {code for code, mark in marks.items() if mark == "doubtful"},
            {"11-2", "11-4", "11-5", "11-7", "18", "18-2", "18-3", "18-4", "25"},
        )
        self.assertEqual(set(marks.values()), {"rule", "doubtful"})

    def test_validity(self):
        self.assertEqual(
            (self.layer["valid_from"], self.layer["valid_to"]),
            ("2013-01-18", "2018-01-17"),
        )
        basis = row(self.law, "parameters", "validity_basis")
        self.assertEqual(
            (basis["value"], basis["clause"]), ("publication_plus_days", "25")
        )

    def test_figures(self):
        known = figures(self.law)
        uses, clause = known.pop("prize_uses")
        self.assertEqual((len(uses), uses[-1], clause), (4, "其他(须说明)", "22"))
        self.assertEqual(
            known,
            {
                "fee": (0, "3"),
                "cycle_months": (24, "4"),
                "cycle_soft": (True, "4"),
                "quota_max": (6, "4"),
                "threshold": (50_000, "5"),
                "panel_min": (3, "12-4"),
                "panel_odd": (True, "12-4"),
                "onsite_max": (10, "12-6"),
                "onsite_soft": (True, "12-6"),
                "site_days_min": (3, "12-7"),
                "site_days_max": (5, "12-7"),
                "site_days_soft": (True, "12-7"),
                "notice_days": (10, "12-10"),
                "notice_channels": (["web"], "12-10"),
                "prize_amount": (1_000_000, "13"),
                "prize_tokens": (["certificate", "plaque"], "13"),
                "prize_amount_repeat": (0, "14"),
                "repeat_quota_exempt": (True, "14"),
                "reapply_lock_terms": (2, "14"),
                "recovery": (["certificate", "plaque", "money", "announce"], "17"),
                "certificate_years": (4, "20"),
                "handling_body_forbidden": (True, "23"),
                "validity_basis": ("publication_plus_days", "25"),
            },
        )

    def test_silent_points(self):
        added = figures(self.layer)
        decided = silent(self.law, self.layer)
        self.assertEqual(
            {code: added[code][0] for code in decided if code in CHOSEN}, CHOSEN
        )
        self.assertEqual(self.layer["choices"], [])

    def test_conditions(self):
        self.assertEqual(
            conditions(self.law),
            [
                ("11-1", "years_registered", 5, "refuse"),
                ("11-1", "legal_person", 0, "refuse"),
                ("11-2", "finding", 0, "judge"),
                ("11-3", "document", 0, "refuse"),
                ("11-6", "finding", 0, "judge"),
                ("11-8", "no_incident", 3, "refuse"),
                ("11-8", "no_incident", 3, "refuse"),
                ("11-8", "no_incident", 3, "judge"),
                ("9", "finding", 0, "judge"),
                ("12-2", "document", 0, "refuse"),
                ("12-3", "recommendation", 0, "refuse"),
            ],
        )
        penalty = row(self.law, "requirements", "no_penalty")
        self.assertEqual(
            sorted(penalty["fields"]),
            sorted("operation ip labour environment safety construction tax".split()),
        )

    def test_bodies(self):
        roles = [(body["code"], body["role"]) for body in self.law["bodies"]]
        self.assertEqual([r for r in roles if r[1] == "recommender"], RECOMMENDERS)
        self.assertEqual(len([1 for _code, role in roles if role == "department"]), 8)
        for role in ("government", "leading_group", "committee", "office", "panel"):
            self.assertEqual([known for _code, known in roles].count(role), 1, role)
        for role in ("supervision", "finance"):
            self.assertEqual([known for _code, known in roles].count(role), 1, role)

    def test_adoptions(self):
        keys = ("subject", "body", "published")
        self.assertEqual(
            [tuple(one[key] for key in keys) for one in self.layer["adoptions"]],
            [
                ("roster", "government", True),
                ("criteria", "committee", True),
                ("rules", "committee", True),
                ("plan", "office", True),
                ("scheme", "committee", False),
            ],
        )

    def test_stages(self):
        law = [
            ("submission", None, None),
            ("recommendation", None, None),
            ("qualification", "office", None),
            ("document_review", "panel", None),
            ("site_visit", "panel", None),
            ("composite", "panel", None),
            ("consultation", None, "candidate"),
            ("deliberation", "committee", "proposed"),
            ("notice", None, "proposed"),
            ("deliberation", "committee", "final"),
            ("approval", "government", None),
            ("award", None, None),
        ]
        self.assertEqual(stages(self.law), law)
        self.assertEqual(
            stages(self.layer), [*law[:5], ("defence", None, None), *law[5:]]
        )

    def test_clocks(self):
        law = {
            r["code"]: (r["start_event"], r["unit"], r["length"], r["clause"])
            for r in self.law["clock_rules"]
        }
        wd, cd = "working_day", "calendar_day"
        self.assertEqual(
            law,
            {
                "recommendation": ("recommender_receipt", wd, 10, "12-3"),
                "qualification": ("office_receipt", wd, 5, "12-5"),
                "composite": ("site_end", wd, 5, "12-8"),
                "consultation": ("list_receipt", wd, 5, "12-9"),
                "consultation_reply": ("letter_receipt", wd, 10, "12-9"),
                "notice": ("notice_published", cd, 10, "12-10"),
            },
        )
        layer = {r["code"]: r for r in self.layer["clock_rules"]}
        self.assertEqual(layer["composite"]["start_event"], "last_scoring_end")
        self.assertEqual(layer["qualification"]["suspended_by"], ["supplement"])
        self.assertEqual(
            {code: r["on_expiry"] for code, r in layer.items()},
            {
                **dict.fromkeys(layer, "none"),
                "supplement": "lapse",
                "consultation_reply": "deemed_no_comment",
            },
        )

    def test_both_readings_of_the_lock(self):
        """Whether two editions lie between, or the time of two passes."""
        terms = row(self.law, "parameters", "reapply_lock_terms")["value"]
        for reading, locked, free in [("skip", [5, 6], 7), ("wait", [5], 6)]:
            for term in locked:
                first = eligibility.lock_by_terms(term, [4], terms, reading)
                self.assertEqual(first, free)
            self.assertIsNone(eligibility.lock_by_terms(free, [4], terms, reading))
            told = self._with("reapply_lock_reading", reading)
            self.assertEqual(self._contradictions(told), [])
        told = [p.values.get("parameter") for p in scheme_check.open_points(self.law)]
        self.assertIn("reapply_lock_reading", told)

    def test_both_readings_of_the_cap(self):
        cap = row(self.law, "parameters", "onsite_max")["value"]
        lines = [quota.Line(n, panel=n % 2) for n in range(20)]
        self.assertEqual(quota.check_cap(lines, cap=cap, scope="per_panel"), [])
        (over,) = quota.check_cap(lines, cap=cap, scope="total", soft=True)
        self.assertEqual(over[0], "cap_needs_reason")
        reason = {"soft": True, "reason": "原则上"}
        self.assertEqual(quota.check_cap(lines, cap=cap, scope="total", **reason), [])
        for scope in ("total", "per_panel"):
            told = self._with("onsite_scope", scope)
            self.assertEqual(self._contradictions(told), [])

    def _with(self, code, value):
        data = copy.deepcopy(self.layer)
        row(data, "parameters", code)["value"] = value
        return data

    def _contradictions(self, data):
        known = {name: criteria_of(name) for name in shipped("criteria")}
        return scheme_check.check_scheme(data, known)

    def test_quota_of_six(self):
        most = row(self.law, "parameters", "quota_max")["value"]
        lines = [quota.Line(n, score=50_000) for n in range(7)]
        found = quota.check_list(lines, maximum=most)
        self.assertEqual([code for code, _details in found], ["quota_exceeded"])
        self.assertEqual(quota.check_list(lines, maximum=most, exempt=[3]), [])

    def test_threshold_of_500(self):
        line = row(self.law, "parameters", "threshold")["value"]
        self.assertEqual(
            quota.check_list([quota.Line("at", score=50_000)], threshold=line), []
        )
        missed = quota.check_list([quota.Line("below", score=49_999)], threshold=line)
        self.assertEqual([code for code, _details in missed], ["below_threshold"])

    def test_grounds(self):
        known = {g["code"]: g["known"] for g in self.law["grounds"]}
        self.assertEqual(
            {code for code, there in known.items() if not there},
            {"lost_2", "lost_3", "lost_4"},
        )
        self.assertEqual(len(known), 8)
        for ground in self.law["grounds"]:
            self.assertFalse({"watch_years", "ban_terms"} & set(ground), ground)
        fraud = row(self.law, "grounds", "fraud")
        self.assertEqual(
            fraud["recover"], ["certificate", "plaque", "money", "announce"]
        )
        for ground in self.layer["grounds"]:
            watched = None if ground["code"] == "fraud" else 4
            self.assertEqual(
                (ground["ban_terms"], ground.get("watch_years")), (1, watched)
            )

    def test_after_the_award(self):
        owed = {o["kind"]: o for o in self.law["obligations"]}
        self.assertEqual(set(owed), {"sharing", "publicity", "prize_report"})
        report = owed["prize_report"]
        self.assertEqual(
            (report["to"], report["only_with_prize"]), (["finance", "office"], True)
        )

    def test_no_handling_body(self):
        """A scheme that forbids a handling body and names one contradicts itself."""
        data = copy.deepcopy(self.layer)
        data["bodies"].append(
            {"code": "outside", "role": "handling", "name_zh": "某机构", "clause": "23"}
        )
        found = [problem.code for problem in self._contradictions(data)]
        self.assertEqual(found, ["handling_forbidden"])


#: What the layer decides where the regulation can be read in two ways.
CHOSEN = {
    "onsite_scope": "total",
    "panel_selection": "select",
    "reapply_lock_reading": "skip",
    "recommender_ban_years": 3,
    "silence": "no_comment",
    "threshold_score": "composite",
    "title_after_expiry": "warn",
}
RECOMMENDERS = [("district", "recommender"), ("hitech", "recommender")]
