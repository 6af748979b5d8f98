from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardCommon
from .common import KindsVocabulary

REQUIREMENTS = [
    {"code": "here", "kind": "years_registered", "years": 5},
    {"code": "no_loss", "kind": "no_loss", "years": 3, "except": ["policy_loss"]},
    {"code": "penalty", "kind": "no_incident", "years": 3, "fields": ["tax"]},
    {"code": "brand", "kind": "document"},
]


@tagged("post_install", "-at_install")
class TestOverrides(KindsVocabulary, AwardCommon):
    """Runs of the conditions, and overrides that a second officer confirms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asking = cls.new_scheme(requirements=REQUIREMENTS)
        cls.asked = cls.open_edition(cls.asking, term=50)

    def fact(self, case, kind, **values):
        return self.env["award.fact"].create(
            {"application_id": case.id, "kind": kind, **values}
        )

    def losing(self):
        """A case in the qualification check, with a loss of the last year."""
        case = self.enter("organisation", self.asked)
        for year, value in ((2023, 5), (2024, 4), (2025, -7)):
            self.fact(case, "profit", year=year, value=value)
        self.submit(case)
        self.recommend(case)
        return case

    def check_of(self, case):
        check = case.qualification_ids.with_user(self.roles["office"])
        check.line_ids.write({"verdict": "met", "note": "经查。"})
        return check

    def propose(self, case, code="no_loss", by="office", **values):
        requirement = self.asking.requirement_ids.filtered(lambda r: r.code == code)
        values = {
            "application_id": case.id,
            "requirement_id": requirement.id,
            "clause_id": requirement.clause_id.id,
            "reason": "亏损系政策性搬迁所致,经会议研究视为符合。",
            **values,
        }
        door = self.env["award.condition.override"].with_user(self.roles[by])
        return door.create(values)

    def verdicts(self, run):
        return {
            line["code"]: line["verdict"]
            for line in run.findings
            if line["kind"] == "requirement"
        }

    # -- runs ------------------------------------------------
    def test_a_run_keeps_what_it_used(self):
        case = self.losing()
        run = case.condition_run_ids
        self.assertEqual(run.mapped("moment"), ["submission"])
        self.assertEqual(
            self.verdicts(run),
            {"here": "met", "no_loss": "not_met", "penalty": "judge", "brand": "judge"},
        )
        line = next(x for x in run.findings if x["code"] == "no_loss")
        loss = case.fact_ids.filtered(lambda f: f.value == -7)
        used = {fact["id"] for fact in line["facts"]}
        self.assertIn(loss.id, used)
        self.assertEqual((line["clause"], line["cited"]), ("11-1", "Art. 11(1)"))
        self.assertEqual(run.figures["registered_on"], "2012-05-01")
        self.assertEqual((run.unmet, run.to_judge), (1, 2))
        self.assertEqual(run.asked_by, self.applicant_of(case).name)

    def test_runs_are_never_changed(self):
        run = self.losing().condition_run_ids
        for change in (
            lambda: run.write({"unmet": 0}),
            lambda: run.unlink(),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                change()
                self.env.flush_all()

    def test_differences_between_runs_are_shown(self):
        case = self.losing()
        same = case.with_user(self.roles["office"])
        same.action_rerun_conditions()
        first, second = case.condition_run_ids.sorted("id")
        self.assertEqual(first.facts_version, second.facts_version)
        self.assertIn("Nothing has changed.", second.changes_html)
        self.fact(case, "document", indicator="brand", issuer="商标局")
        same.action_rerun_conditions()
        third = case.condition_run_ids.sorted("id")[-1]
        self.assertNotEqual(third.facts_version, second.facts_version)
        self.assertIn("brand", third.changes_html)
        self.assertNotIn("no_loss", third.changes_html)

    # -- overrides ------------------------------------------------
    def test_not_met_passes_with_a_second_officer_only(self):
        case = self.losing()
        check = self.check_of(case)
        with self.assertRefused("override_missing", clause="11-1"):
            check.action_decide()
        override = self.propose(case)
        self.assertEqual(override.finding, "Loss in 2025. Rests on: Profit of a Year "
                         "2023; Profit of a Year 2024; Profit of a Year 2025.")
        with self.assertRefused("override_missing"):
            check.action_decide()
        with self.assertRefused("override_own", clause="11-1"):
            override.action_confirm()
        override.with_user(self.roles["office_second"]).action_confirm()
        self.env.invalidate_all()
        check.action_decide()
        self.assertEqual(case.state, "accepted")
        run = case.condition_run_ids.sorted("id")[-1]
        self.assertEqual(run.moment, "qualification")
        self.assertEqual(self.verdicts(run)["no_loss"], "not_met")
        self.assertIn("Override Confirmed", run.findings_html)
        self.assertIn("Loss in 2025", run.findings_html)

    def test_an_override_needs_reason_and_clause_and_something_to_override(self):
        case = self.losing()
        with self.assertRefused("reason_missing"):
            self.propose(case, reason="  ")
        foreign = self.scheme.clause_ids[:1]
        with self.assertRefused("override_clause_missing"):
            self.propose(case, clause_id=foreign.id)
        with self.assertRefused("override_idle"):
            self.propose(case, "here")
        with self.assertRefused("override_idle"):
            self.propose(case, requirement_id=False, standing="banned")

    def test_an_override_covers_the_finding_it_was_made_for(self):
        case = self.losing()
        override = self.propose(case)
        self.fact(case, "profit", year=2024, value=-3)
        with self.assertRefused("override_other_finding"):
            override.with_user(self.roles["office_second"]).action_confirm()

    def test_an_override_stays_as_it_was_proposed(self):
        override = self.propose(self.losing())
        with self.assertRaises(AccessError):
            override.write({"reason": "改写"})

    def test_who_withdrew_confirms_nothing(self):
        case = self.losing()
        override = self.propose(case)
        second = self.roles["office_second"]
        self.env["award.recusal"].with_user(second).create(
            {"application_id": case.id, "user_id": second.id, "kind": "employed"}
        )
        with self.assertRaises(AccessError):
            override.with_user(second).action_confirm()

    def test_a_revoked_override_covers_nothing(self):
        case = self.losing()
        override = self.propose(case)
        override.with_user(self.roles["office_second"]).action_confirm()
        head = override.with_user(self.roles["office_head"])
        head.action_revoke(reason="会议撤销。")
        self.env.invalidate_all()
        with self.assertRefused("override_missing"):
            self.check_of(case).action_decide()

    # -- standing conditions ------------------------------------------------
    def test_a_ban_found_later_stops_the_check(self):
        case = self.enter("organisation", self.asked)
        self.submit(case)
        self.recommend(case)
        self.env["award.ban"]._impose(
            case.applicant_id,
            self.asking,
            begins_on="2026-03-01",
            reason="弄虚作假",
            number="演示〔2026〕9号",
            years=3,
        )
        check = self.check_of(case)
        with self.assertRefused("standing_unmet"):
            check.action_decide()
        check.ends_on_standing = True
        check.action_decide()
        self.assertEqual(case.state, "not_accepted")
        self.assertIn("may not apply before", case.letter_ids.body)

    # -- the page ------------------------------------------------
    def test_the_page_says_what_to_do(self):
        case = self.enter("organisation", self.asked)
        self.fact(case, "profit", year=2025, value=-7)
        self.fact(case, "penalty", field="tax", happened_on="2025-05-01")
        rows = self.as_applicant(case)._portal_state(case.id)["conditions"]
        self.assertEqual(
            [(row["shown_as"], bool(row["todo"])) for row in rows[:4]],
            [
                ("met", False),
                ("not_met", True),
                ("office", True),
                ("document", True),
            ],
        )
        self.assertEqual([row["verdict"] for row in rows[4:]], ["met"] * 9)
        self.env["award.ban"]._impose(
            case.applicant_id,
            self.asking,
            begins_on="2026-03-01",
            reason="弄虚作假",
            number="演示〔2026〕9号",
            years=3,
            clause="11-1",
        )
        rows = self.as_applicant(case)._portal_state(case.id)["conditions"]
        barred = [row for row in rows[4:] if row["verdict"] == "not_met"]
        self.assertEqual([row["text"] for row in barred], ["Not Barred from Applying"])
        self.assertIn("may not apply before 2029-03-02", barred[0]["because"])
        self.assertTrue(barred[0]["clause"])

    # -- before the award ------------------------------------------------
    def test_before_the_award(self):
        case = self.losing()
        check = self.check_of(case)
        override = self.propose(case)
        override.with_user(self.roles["office_second"]).action_confirm()
        self.env.invalidate_all()
        check.action_decide()
        case._conditions_before_award()
        self.assertEqual(case.condition_run_ids.sorted("id")[-1].moment, "award")
        penalty = {"field": "tax", "severity": "fine", "happened_on": "2025-05-01"}
        self.fact(case, "penalty", origin="department", **penalty)
        with self.assertRefused("condition_fails", clause="11-1") as caught:
            case._conditions_before_award()
        self.assertIn("penalty", str(caught.exception))
        self.assertNotIn("no_loss", str(caught.exception))
        later = self.propose(case, "penalty")
        later.with_user(self.roles["office_second"]).action_confirm()
        self.env.invalidate_all()
        case._conditions_before_award()

    def test_runs_take_as_many_queries_for_many(self):
        cases = self.env["award.application"]
        for _i in range(4):
            cases |= self.enter("organisation", self.asked)
        self.env.flush_all()

        def counted(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._lines_by_case()
            return self.env.cr.sql_log_count - before

        counted(cases)  # caches of the regulation are warm
        self.assertEqual(counted(cases[:1]), counted(cases))
