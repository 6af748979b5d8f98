from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import WINDOW, AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationFlow(AwardCommon):
    """A case from registration to acceptance, by the acts of its people."""

    def _rows(self, case):
        rows = case.case_stage_ids.sorted("id")
        return [(row.scheme_stage_id.code, row.state) for row in rows]

    def _clocks(self, records):
        return self.env["award.clock"].search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )

    def test_registration_to_acceptance(self):
        case = self.register()
        self.assertEqual((case.state, case.name), ("draft", "/"))
        self.assertFalse(case.stage_id)
        self.submit(case)
        self.assertEqual(
            (case.state, case.name, case.stage_id.kind),
            ("submitted", "3-0001", "recommendation"),
        )
        self.recommend(case)
        self.assertEqual(case.stage_id.kind, "qualification")
        self.qualify(case)
        self.assertEqual(
            (case.state, case.stage_id.kind), ("accepted", "document_review")
        )
        self.assertEqual(
            self._rows(case),
            [
                ("submission", "passed"),
                ("recommendation", "passed"),
                ("qualification", "passed"),
                ("document_review", "open"),
            ],
        )
        moves = case.transition_ids.sorted("id").mapped("move")
        self.assertEqual(moves, ["submit", "advance", "accept"])

    def test_numbers_follow_each_other(self):
        cases = self.submit(self.register(3))
        self.assertEqual(cases.mapped("name"), ["3-0001", "3-0002", "3-0003"])

    def test_clocks_of_recommender_and_office(self):
        """Ten and five working days (practice.md 7); 6 April 2026 is a day off."""
        case = self.cases_at("recommendation")
        clock = self._clocks(case.recommendation_ids)
        self.assertEqual(
            (clock.started_on, clock.due_on), (date(2026, 3, 10), date(2026, 3, 24))
        )
        with freeze_time("2026-03-31 02:00:00"):
            self.recommend(case)
            self.assertEqual((clock.done_on, clock.late), (date(2026, 3, 31), True))
        clock = self._clocks(case.qualification_ids)
        self.assertEqual(clock.due_on, date(2026, 4, 8))

    def test_declined(self):
        case = self.cases_at("recommendation")
        self.recommend(case, "decline")
        self.assertEqual(case.state, "eliminated")
        self.assertEqual(
            self._rows(case), [("submission", "passed"), ("recommendation", "failed")]
        )
        letter = case.letter_ids
        self.assertEqual(
            (letter.kind, letter.state, letter.clause),
            ("not_recommended", "draft", "12-3"),
        )
        self.assertIn("经核实,申报内容属实。", letter.body)

    def test_verdicts_of_one_signature_may_differ(self):
        cases = self.cases_at("recommendation", 3)
        opinions = cases.recommendation_ids.with_user(self.roles["recommender_prepare"])
        opinions.write({"verdict": "recommend", "opinion": "同意推荐。"})
        opinions[1].verdict = "decline"
        opinions.action_prepare()
        opinions.with_user(self.roles["recommender_check"]).action_check()
        opinions.with_user(self.roles["recommender_sign"]).action_sign()
        self.env.invalidate_all()
        self.assertEqual(
            cases.mapped("state"), ["submitted", "eliminated", "submitted"]
        )

    def test_returned_and_handed_in_again(self):
        case = self.cases_at("recommendation")
        old = case.recommendation_ids
        prepare = self.roles["recommender_prepare"]
        old.with_user(prepare).write({"verdict": "recommend", "opinion": "x"})
        old.with_user(prepare).action_prepare()
        with self.assertRefused("reason_missing"):
            old.with_user(prepare).action_return(" ")
        old.with_user(prepare).action_return("缺少印章")
        self.assertEqual((case.state, case.stage_id.kind), ("returned", "submission"))
        self.assertTrue(self._clocks(old).void)
        state = self.as_applicant(case)._portal_state(case.id)
        self.assertEqual(state["returned_because"], "缺少印章")
        with self.assertRefused("version_superseded"):
            old.with_user(self.roles["recommender_check"]).action_check()
        self.submit(case)
        self.assertEqual(
            self._rows(case),
            [
                ("submission", "passed"),
                ("recommendation", "failed"),
                ("submission", "passed"),
                ("recommendation", "open"),
            ],
        )
        self.assertEqual(case.name, "3-0001")
        new = case.recommendation_ids - old
        self.assertEqual(new.submission_id.version, 2)
        for user, act in (("check", "action_check"), ("sign", "action_sign")):
            person = self.roles[f"recommender_{user}"]
            with self.assertRefused(
                "version_superseded" if user == "check" else "wrong_state"
            ):
                getattr(old.with_user(person), act)()
        self.recommend(case)
        self.assertEqual(case.stage_id.kind, "qualification")

    def test_return_only_in_the_window(self):
        case = self.cases_at("qualification")
        office = case.with_user(self.roles["office"])
        with freeze_time("2026-03-20 09:00:01"):
            with self.assertRefused("window_closed", "12-2"):
                office.action_return("补正")
        with freeze_time(WINDOW[1]):
            office.action_return("补正")
        self.assertEqual(case.state, "returned")
        self.submit(case)
        self.recommend(case)
        self.assertEqual(len(case.qualification_ids), 1)
        self.assertEqual(case.qualification_ids.submission_id.version, 2)
        self.qualify(case)
        self.assertEqual(case.state, "accepted")

    def test_opinion(self):
        case = self.cases_at("recommendation")
        opinion = case.recommendation_ids
        prepare, check, sign = (
            opinion.with_user(self.roles[f"recommender_{step}"])
            for step in ("prepare", "check", "sign")
        )
        with self.assertRefused("opinion_missing"):
            prepare.action_prepare()
        prepare.verdict = "recommend"
        prepare.opinion = "  "
        with self.assertRefused("opinion_missing"):
            prepare.action_prepare()
        for other in (check, sign, opinion.with_user(self.roles["office_head"])):
            with self.assertRefused("opinion_closed"):
                other.sudo().opinion = "x"
        prepare.opinion = "同意"
        prepare.action_prepare()
        with self.assertRefused("opinion_closed"):
            prepare.opinion = "不同意"
        for act in (prepare.action_check, sign.action_check):
            with self.assertRefused("wrong_role"):
                act()
        with self.assertRefused("wrong_state"):
            sign.action_sign()
        check.action_check()
        with self.assertRefused("reason_missing"):
            sign.action_send_back("")
        sign.action_send_back("理由不足")
        self.assertEqual(opinion.state, "draft")
        with self.assertRaises(AccessError):
            prepare.signed_on = "2026-01-01"

    def test_stage_is_not_left_without_its_work(self):
        for kind, code, clause in (
            ("recommendation", "recommendation_missing", "12-3"),
            ("qualification", "qualification_missing", "12-5"),
        ):
            with self.subTest(kind=kind):
                case = self.cases_at(kind).with_user(self.roles["office"])
                with self.assertRefused(code, clause):
                    case._advance()

    def test_advance_together_or_not_at_all(self):
        first = self.cases_at("recommendation")
        second = self.cases_at("qualification")
        with self.assertRefused("stages_differ"):
            (first | second).with_user(self.roles["office"])._advance()
        with self.assertRefused("stages_differ"):
            (first | self.register()).with_user(self.roles["office"])._advance()

    def test_eliminate_with_a_reason_for_each(self):
        cases = self.cases_at("document_review", 2).with_user(self.roles["office"])
        reasons = {cases[0].id: "未进入名单", cases[1].id: "名额已满"}
        cases._eliminate(reasons, "12-6")
        self.assertEqual(cases.mapped("state"), ["eliminated"] * 2)
        last = cases.case_stage_ids.filtered(lambda row: row.state == "failed")
        self.assertEqual(last.mapped("note"), ["未进入名单", "名额已满"])
        rows = [case.transition_ids[:1] for case in cases]
        self.assertEqual(
            [(row.reason, row.clause) for row in rows],
            [("未进入名单", "12-6"), ("名额已满", "12-6")],
        )

    def test_withdraw_ends_rows_and_clocks(self):
        case = self.cases_at("qualification")
        self.as_applicant(case)._portal_withdraw(case.id, "战略调整")
        self.assertEqual(case.state, "withdrawn")
        self.assertEqual(self._rows(case)[-1], ("qualification", "failed"))
        self.assertTrue(self._clocks(case.qualification_ids).void)

    def test_disqualify_names_its_ground(self):
        case = self.cases_at("document_review")
        head = case.with_user(self.roles["office_head"])
        with self.assertRefused("ground_missing"):
            head.action_disqualify("弄虚作假", "none")
        with self.assertRefused("wrong_role"):
            case.with_user(self.roles["office"]).action_disqualify("x", "17")
        head.action_disqualify("弄虚作假", "17")
        row = case.transition_ids[:1]
        self.assertEqual((case.state, row.clause), ("disqualified", "17"))

    def _cost(self, act):
        """Queries of `act` from a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_advance_costs_the_same_for_one_and_ten(self):
        costs = []
        for count in (1, 10):
            cases = self.cases_at("document_review", count)
            cases = cases.with_user(self.roles["office"])
            self.patch(type(cases), "_guard_stage_settled", lambda case: None)
            self.patch(type(cases), "_on_enter_site_visit", lambda cases: None)
            costs.append(self._cost(cases._advance))
            self.assertEqual(cases.stage_id.kind, "site_visit")
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 32)

    def test_signing_and_deciding_cost_the_same_for_one_and_ten(self):
        costs = []
        for count in (1, 1, 10):  # the first one warms what the registry keeps
            cases = self.cases_at("recommendation", count)
            opinions = cases.recommendation_ids
            preparer = opinions.with_user(self.roles["recommender_prepare"])
            preparer.write({"verdict": "recommend", "opinion": "同意"})
            preparer.action_prepare()
            opinions.with_user(self.roles["recommender_check"]).action_check()
            signer = opinions.with_user(self.roles["recommender_sign"])
            sign = self._cost(signer.action_sign)
            checks = cases.qualification_ids.with_user(self.roles["office"])
            checks.line_ids.write({"verdict": "met"})
            costs.append((sign, self._cost(checks.action_decide)))
            self.assertEqual(set(cases.mapped("state")), {"accepted"})
        # a hundred and ten findings are written by hundreds
        for one, ten in zip(costs[1], costs[2], strict=True):
            self.assertLessEqual(ten - one, 4)
        self.assertLessEqual(costs[2], (102, 109))
