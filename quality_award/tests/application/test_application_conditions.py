from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.application.fact import (
    ASKED_BY,
    FIELDS,
    FORM,
    KINDS,
    SEVERITIES,
)
from odoo.addons.quality_award.models.application.finding_words import WORDS
from odoo.addons.quality_award.rules import requirements as rules
from odoo.addons.quality_award.rules.scheme_sections import PENALTY_FIELDS

from ..common import AwardCommon
from .common import KindsVocabulary

REQUIREMENTS = [
    {"code": "here", "kind": "years_registered", "years": 5},
    {"code": "ranks", "kind": "rank", "rank_max": 5, "count": 3},
    {"code": "no_loss", "kind": "no_loss", "years": 3, "except": ["policy_loss"]},
    {
        "code": "penalty",
        "kind": "no_incident",
        "years": 3,
        "fields": ["tax", "safety"],
        "penalties": "any",
    },
    {"code": "gold_first", "kind": "prior_award", "prior": "gold", "on_fail": "warn"},
    {
        "code": "own_brand",
        "kind": "document",
        "group": "brand",
        "classes": ["organisation"],
    },
    {
        "code": "honour",
        "kind": "honour",
        "group": "brand",
        "classes": ["organisation"],
    },
    {"code": "small_only", "kind": "finding", "applies_to": ["small"]},
    {"code": "person", "kind": "years_working", "years": 5, "classes": ["individual"]},
]


@tagged("post_install", "-at_install")
class TestConditions(KindsVocabulary, AwardCommon):
    """Facts, and what they say on the conditions: on the page, and in the check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asking = cls.new_scheme(requirements=REQUIREMENTS)
        cls.asked = cls.open_edition(cls.asking, term=40)

    def fact(self, case, kind, **values):
        return self.env["award.fact"].create(
            {"application_id": case.id, "kind": kind, **values}
        )

    def verdicts(self, case):
        return {
            requirement.code: finding.verdict
            for requirement, finding in case._conditions()
        }

    def three_ranks(self, case):
        for indicator in ("sales", "tax", "assets"):
            self.fact(
                case,
                "rank",
                indicator=indicator,
                year=2025,
                rank=2,
                population=40,
                trade_code="C35",
                issuer="行业协会",
            )

    # -- words ---------------------------------------------------------------------
    def test_words_agree_with_the_rules(self):
        self.assertEqual([key for key, _l in SEVERITIES], list(rules.SEVERITIES))
        words = PENALTY_FIELDS.removeprefix("list:").split("|")
        self.assertEqual([key for key, _l in FIELDS], words)
        self.assertEqual(set(FORM), {key for key, _l in KINDS})
        self.assertTrue(set(ASKED_BY) <= set(rules.KINDS))
        fields = self.env["award.fact"]._fields
        self.assertFalse({n for form in FORM.values() for n in form} - set(fields))

    def test_every_reason_has_words(self):
        case = self.enter("organisation", self.asked)
        for reason in WORDS:
            values = dict.fromkeys(
                "other years since base needed rank year found prior days first last "
                "severity others".split(),
                "x",
            )
            text = case._finding_text(rules.Finding("c", "met", reason, values))
            self.assertNotIn("%(", text)

    # -- verdicts ------------------------------------------------------------------
    def test_which_requirements_are_asked(self):
        firm = self.enter("organisation", self.asked)
        small = self.enter("organisation", self.asked, size="micro")
        person = self.enter("individual", self.asked)
        common = {"here", "ranks", "no_loss", "penalty", "gold_first"}
        brand = {"own_brand", "honour"}
        self.assertEqual(set(self.verdicts(firm)), common | brand)
        self.assertEqual(set(self.verdicts(small)), common | brand | {"small_only"})
        self.assertEqual(set(self.verdicts(person)), common | {"person"})
        self.assertEqual(self.verdicts(person)["person"], "met")

    def test_verdicts_follow_the_facts(self):
        case = self.enter("organisation", self.asked)
        self.assertEqual(
            self.verdicts(case),
            {
                "here": "met",
                "ranks": "judge",
                "no_loss": "judge",
                "penalty": "judge",
                "gold_first": "not_met",
                "own_brand": "judge",
                "honour": "judge",
            },
        )
        self.three_ranks(case)
        for year, value in ((2023, 5), (2024, 0), (2025, -7)):
            self.fact(case, "profit", year=year, value=value)
        self.fact(case, "honour", indicator="市级", happened_on="2020-01-01")
        self.fact(case, "check", origin="department")
        self.award_won(case, 39, 2025, "team")
        found = self.verdicts(case)
        self.assertEqual(
            found,
            {
                "here": "met",
                "ranks": "met",
                "no_loss": "not_met",
                "penalty": "met",
                "gold_first": "met",
                "own_brand": "met",
                "honour": "met",
            },
        )
        self.fact(
            case, "penalty", field="tax", severity="fine", happened_on="2024-01-01"
        )
        self.assertEqual(self.verdicts(case)["penalty"], "judge")

    def test_facts_of_departments_follow_the_applicant(self):
        """What was found in another case counts; what was claimed there does not."""
        first = self.enter("organisation", self.asked)
        self.three_ranks(first)
        self.env["award.fact"].search([("application_id", "=", first.id)])
        claim = self.fact(first, "honour", happened_on="2020-01-01", origin="applicant")
        self.fact(
            first,
            "penalty",
            field="tax",
            severity="fine",
            happened_on="2024-01-01",
            origin="department",
        )
        later = self.open_edition(self.asking, term=41)
        again = self.enter(
            "organisation",
            later,
            self.applicant_of(first),
            credit_code=first.applicant_id.credit_code,
        )
        known = again._known_facts()
        self.assertNotIn(claim, known)
        reasons = {r.code: f.reason for r, f in again._conditions()}
        self.assertEqual(reasons["penalty"], "penalty")

    def test_top_manager_answers_for_his_organisation(self):
        firm = self.enter("organisation", self.asked)
        accident = self.fact(
            firm, "incident", field="safety", happened_on="2024-06-01"
        )
        code = firm.applicant_id.credit_code
        for role, reason in (("top_manager", "incident"), ("employee", "not_checked")):
            with self.subTest(role=role):
                person = self.enter(
                    "individual", self.asked, organisation_code=code, role=role
                )
                found = dict(
                    (requirement.code, finding)
                    for requirement, finding in person._conditions()
                )["penalty"]
                self.assertEqual(found.reason, reason)
                self.assertEqual(
                    found.used, (accident.id,) if role == "top_manager" else ()
                )

    def test_base_of_look_backs(self):
        for base, expected in (
            ("announcement", "2026-03-10"),
            ("window_end", "2026-03-20"),
            ("submission", "2026-03-11"),
            ("recommendation_end", "2026-03-13"),
        ):
            with self.subTest(base=base):
                scheme = self.new_scheme([("look_back_base", base)])
                case = self.enter("organisation", self.open_edition(scheme))
                with freeze_time("2026-03-11 02:00:00"):
                    self.submit(case)
                with freeze_time("2026-03-13 02:00:00"):
                    self.recommend(case)
                with freeze_time("2026-03-16 02:00:00"):
                    self.assertEqual(str(case._look_back_day()), expected)
                    self.assertEqual(str(case._base_day()), "2026-03-11")

    # -- the check -----------------------------------------------------------------
    def test_check_proposes_and_says_why(self):
        case = self.enter("organisation", self.asked, registered_on="2024-01-01")
        self.three_ranks(case)
        check = self.recommend(self.submit(case)).qualification_ids
        lines = {line.requirement_id.code: line for line in check.line_ids}
        self.assertEqual(
            {code: (x.proposal, x.verdict) for code, x in lines.items()},
            {
                "here": ("not_met", "not_met"),
                "ranks": ("met", "met"),
                "no_loss": ("judge", False),
                "penalty": ("judge", False),
                "gold_first": ("not_met", "not_met"),
                "own_brand": ("judge", False),
                "honour": ("judge", False),
            },
        )
        self.assertIn("2024-01-01", lines["here"].note)
        self.assertIn("sales", lines["ranks"].basis)
        office = check.with_user(self.roles["office"])
        with self.assertRaises(AccessError):
            office.line_ids[0].proposal = "met"

    def test_refresh_keeps_what_a_person_said(self):
        case = self.enter("organisation", self.asked)
        check = self.recommend(self.submit(case)).qualification_ids
        check = check.with_user(self.roles["office"])
        lines = {line.requirement_id.code: line for line in check.line_ids}
        lines["penalty"].verdict = "met"
        self.three_ranks(case)
        self.fact(case, "incident", field="tax", happened_on="2025-01-01")
        check.action_refresh()
        self.assertEqual(
            [(lines[c].proposal, lines[c].verdict) for c in ("ranks", "penalty")],
            [("met", "met"), ("not_met", "met")],
        )

    def test_refresh_keeps_notes(self):
        """A note of the office stays on any line; a proposal's own goes with it."""
        case = self.enter("organisation", self.asked, registered_on="2024-01-01")
        check = self.recommend(self.submit(case)).qualification_ids
        check = check.with_user(self.roles["office"])
        lines = {line.requirement_id.code: line for line in check.line_ids}
        lines["no_loss"].note = "待税务部门回函。"
        lines["gold_first"].note = "已电话核实。"
        lines["ranks"].write({"verdict": "not_met", "note": "名次存疑。"})
        self.assertEqual(lines["here"].note, lines["here"].basis)
        case.applicant_id.registered_on = "2005-01-01"
        self.fact(case, "incident", field="tax", happened_on="2025-01-01")
        check.action_refresh()
        self.assertEqual(
            {code: (line.verdict, line.note) for code, line in lines.items()},
            {
                "here": ("met", False),
                "ranks": ("not_met", "名次存疑。"),
                "no_loss": (False, "待税务部门回函。"),
                "penalty": ("not_met", lines["penalty"].basis),
                "gold_first": ("not_met", "已电话核实。"),
                "own_brand": (False, False),
                "honour": (False, False),
            },
        )

    def test_refresh_writes_what_differs_for_many_at_once(self):
        """Facts are asked once for all checks, and an unchanged line is left alone."""
        cases = self.env["award.application"]
        for _number in range(4):
            cases |= self.enter("organisation", self.asked, registered_on="2024-01-01")
        checks = self.recommend(self.submit(cases)).qualification_ids
        written = []
        Line = type(self.env["award.qualification.line"])
        write = Line.write

        def count(lines, vals):
            written.append((lines.requirement_id.code, sorted(vals)))
            return write(lines, vals)

        self.patch(Line, "write", count)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.action_refresh()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(checks)  # what is asked once for all is in the cache
        self.assertEqual(queries(checks), queries(checks[0]))
        self.assertEqual(written, [])
        cases[1].applicant_id.registered_on = "2005-01-01"
        checks.action_refresh()
        self.assertEqual(
            written, [("here", ["basis", "note", "proposal", "verdict"])]
        )

    def test_warnings_and_alternatives_do_not_refuse(self):
        case = self.enter("organisation", self.asked)
        check = self.recommend(self.submit(case)).qualification_ids
        check = check.with_user(self.roles["office"])
        check.line_ids.write({"verdict": "met"})
        by_code = {line.requirement_id.code: line for line in check.line_ids}
        by_code["gold_first"].write({"verdict": "not_met", "note": "未获金奖"})
        by_code["own_brand"].write({"verdict": "not_met", "note": "无"})
        self.assertFalse(check._unmet())
        by_code["honour"].write({"verdict": "not_met", "note": "无"})
        self.assertEqual(
            check._unmet().requirement_id.mapped("code"), ["own_brand", "honour"]
        )
        by_code["honour"].verdict = "met"
        check.action_decide()
        self.assertEqual(case.state, "accepted")

    def test_conditions_cost_the_same_with_many_facts(self):
        case = self.enter("organisation", self.asked)
        costs = []
        for rounds in (1, 5):
            for _i in range(rounds):
                self.three_ranks(case)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            case._conditions()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])

    # -- facts are kept ------------------------------------------------------------
    def test_facts_are_not_edited(self):
        case = self.enter("organisation", self.asked)
        fact = self.fact(case, "honour", indicator="市级")
        office = fact.with_user(self.roles["office"])
        with self.assertRefused("fact_kept"):
            fact.sudo().write({"indicator": "省级"})
        with self.assertRaises(AccessError):
            office.write({"indicator": "省级"})
        with self.assertRefused("fact_kept"):
            fact.sudo().unlink()
        with self.assertRefused("reason_missing"):
            office.action_set_aside(" ")
        for role in ("supervisor", "handling", "administrator"):
            with self.assertRefused("office_only"):
                fact.with_user(self.roles[role]).sudo().action_set_aside("x")
        office.action_set_aside("证书系伪造")
        self.assertEqual((fact.is_void, fact.void_reason), (True, "证书系伪造"))
        self.assertEqual(case._known_facts()._as_rules(), ())

    def test_office_does_not_speak_for_the_applicant(self):
        case = self.enter("organisation", self.asked)
        values = {"application_id": case.id, "kind": "honour", "indicator": "x"}
        office = self.env["award.fact"].with_user(self.roles["office"])
        office.create({**values, "origin": "department"})
        with self.assertRefused("fact_of_applicant"):
            office.create({**values, "origin": "applicant"})

    @mute_logger("odoo.sql_db")
    def test_impossible_facts(self):
        case = self.enter("organisation", self.asked)
        for values in (
            {"year": 202},
            {"rank": -1},
            {"rank": 9, "population": 8},
            {"valid_from": "2026-01-02", "valid_to": "2026-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self.fact(case, "rank", **values)

    # -- on the portal -------------------------------------------------------------
    def test_applicant_states_facts_while_writing(self):
        case = self.enter("organisation", self.asked)
        door = self.as_applicant(case)
        door._portal_add_fact(
            case.id,
            {
                "code": "no_loss",
                "kind": "profit",
                "year": "2025",
                "value": " -12 ",
                "exception": "policy_loss",
                "severity": "criminal",
                "origin": "office",
                "application_id": "1",
            },
        )
        fact = case.fact_ids
        self.assertEqual(
            (fact.origin, fact.year, fact.value, fact.severity, fact.exception),
            ("applicant", 2025, -12, False, "policy_loss"),
        )
        row = next(
            row
            for row in door._portal_state(case.id)["conditions"]
            if row["facts"] == fact
        )
        self.assertEqual(row["verdict"], "judge")
        self.assertIn("2023", row["because"])
        door._portal_remove_fact(fact.id)
        self.assertFalse(case.fact_ids)

    def test_refused_facts(self):
        case = self.enter("organisation", self.asked)
        door = self.as_applicant(case)
        good = {"code": "honour", "kind": "honour", "indicator": "市级"}
        for code, values in (
            ("value_unknown", {"kind": "check"}),
            ("value_unknown", {"kind": "profit"}),
            ("value_unknown", {"code": "nothing"}),
            ("value_unknown", {"happened_on": "yesterday"}),
            ("fact_empty", {"indicator": " "}),
            ("value_too_long", {"indicator": "长" * 257}),
        ):
            with self.subTest(values=values), self.assertRefused(code):
                door._portal_add_fact(case.id, {**good, **values})
        with self.assertRefused("value_unknown"):
            door._portal_add_fact(
                case.id, {"code": "ranks", "kind": "rank", "rank": str(2**31)}
            )
        door._portal_add_fact(case.id, good)
        stranger = self.as_applicant(self.enter("organisation", self.asked))
        for act in (
            lambda: stranger._portal_add_fact(case.id, good),
            lambda: stranger._portal_remove_fact(case.fact_ids.id),
            lambda: stranger._portal_remove_fact(0),
        ):
            with self.assertRaises(MissingError):
                act()
        self.submit(case)
        with self.assertRefused("application_closed"):
            door._portal_add_fact(case.id, good)
        with self.assertRefused("fact_kept"):
            door._portal_remove_fact(case.fact_ids.id)

    def test_declaration_and_document(self):
        """They say for which condition they are; the code is not the applicant's."""
        case = self.enter("organisation", self.asked)
        door = self.as_applicant(case)
        values = {"code": "own_brand", "kind": "document", "indicator": "honour"}
        door._portal_add_fact(case.id, values)
        self.assertEqual(case.fact_ids.indicator, "own_brand")
        self.assertEqual(self.verdicts(case)["own_brand"], "met")
        shown = [r["facts"] for r in door._portal_state(case.id)["conditions"]]
        self.assertEqual([f for facts in shown for f in facts], list(case.fact_ids))
