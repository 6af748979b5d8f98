from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestQualification(AwardCommon):
    """The office's check: findings, supplements, refusals to accept, letters."""

    def _check(self, **values):
        case = self.cases_at("qualification", **values)
        return case.qualification_ids.with_user(self.roles["office"])

    def _supplement(self, check, send=True):
        supplement = self.env["award.supplement"].with_user(self.roles["office"])
        supplement = supplement.create(
            {"qualification_id": check.id, "items": "请补充商标证书"}
        )
        if send:
            supplement.action_send()
        return supplement

    def _clock(self, check):
        return self.env["award.clock"].search(
            [("res_model", "=", check._name), ("res_id", "=", check.id)]
        )

    def _meet_all(self, check):
        check.line_ids.write({"verdict": "met"})

    # -- findings --------------------------------------------------------------------
    def test_proposals(self):
        """Five full years on the day of submission; the anniversary counts."""
        for values, expected in (
            ({"registered_on": "2021-03-10"}, ("met", "met")),
            ({"registered_on": "2021-03-11"}, ("not_met", "met")),
            (
                {"registered_on": "2010-01-01", "is_legal_person": False},
                ("met", "not_met"),
            ),
        ):
            with self.subTest(values=values):
                lines = self._check(**values).line_ids
                by_code = {li.requirement_id.code: li.verdict for li in lines}
                found = by_code.pop("registered"), by_code.pop("legal_person")
                self.assertEqual(found, expected)
                self.assertEqual(by_code.pop("recommended"), "met")
                self.assertEqual(set(by_code.values()), {False})

    def test_each_finding_is_needed(self):
        check = self._check()
        with self.assertRefused("findings_missing", "12-5"):
            check.action_decide()
        self._meet_all(check)
        line = check.line_ids[2]
        line.verdict = "not_met"
        with self.assertRefused("findings_missing", "12-5") as caught:
            check.action_decide()
        self.assertIn(line.requirement_id.display_name, str(caught.exception))
        line.note = "查实"
        check.action_decide()
        self.assertEqual(check.application_id.state, "not_accepted")

    def test_refused_under_the_clause_of_the_requirement(self):
        for code, clause in (
            ("registered", "11-1"),
            ("integrity", "11-6"),
            ("no_penalty", "11-8"),
        ):
            with self.subTest(code=code):
                case = self.qualify(self.cases_at("qualification"), unmet=code)
                letter = case.letter_ids
                row = case.transition_ids[:1]
                self.assertEqual(
                    (case.state, case.ground_id.code, row.clause, letter.clause),
                    ("not_accepted", clause, clause, clause),
                )
                self.assertEqual(letter.kind, "not_accepted")
                self.assertIn("经查不符合。", letter.body)

    def test_decided_findings_stay(self):
        check = self._check()
        self._meet_all(check)
        check.action_decide()
        line = check.line_ids[0]
        for act in (
            lambda: line.write({"verdict": "not_met"}),
            lambda: line.sudo().write({"note": "x"}),
            lambda: line.sudo().unlink(),
            lambda: line.sudo().copy(),
        ):
            with self.assertRefused("qualification_decided"):
                act()

    def test_a_role_decides(self):
        check = self._check()
        self._meet_all(check)
        for role in ("supervisor", "handling", "administrator"):
            with self.assertRefused("wrong_role"):
                check.with_user(self.roles[role]).sudo().action_decide()

    # -- supplements -----------------------------------------------------------------
    def test_supplement_stops_the_office_clock(self):
        """Five working days from 10 March; out from 11th to 13th: three days later."""
        check = self._check()
        clock = self._clock(check)
        self.assertEqual(clock.due_on, date(2026, 3, 17))
        with freeze_time("2026-03-11 02:00:00"):
            supplement = self._supplement(check)
            self.assertEqual(supplement.due_on, date(2026, 3, 18))
            self.assertEqual((clock.due_on, clock.standing), (False, "suspended"))
        with freeze_time("2026-03-13 02:00:00"):
            case = check.application_id
            self.as_applicant(case)._portal_answer(supplement.id, "见附件")
        self.assertEqual((clock.due_on, clock.suspended_days), (date(2026, 3, 19), 2))
        self.assertEqual(
            (supplement.state, supplement.answered_on), ("answered", date(2026, 3, 13))
        )

    def test_answer_makes_a_version(self):
        check = self._check()
        case = check.application_id
        first = case.submission_ids
        supplement = self._supplement(check)
        self.as_applicant(case)._portal_answer(supplement.id, "已补充")
        second = case._current_submission()[case.id]
        self.assertEqual((second.version, first.is_current), (2, False))
        self.assertEqual(
            second.content,
            {
                **first.content,
                "supplements": [{"items": "请补充商标证书", "answer": "已补充"}],
            },
        )
        self.assertNotEqual(first.version_code, second.version_code)
        self._meet_all(check)
        check.action_decide()
        self.assertEqual(case.state, "accepted")

    def test_refusals(self):
        check = self._check()
        case = check.application_id
        empty = self._supplement(check, send=False)
        empty.items = " "
        with self.assertRefused("items_missing"):
            empty.action_send()
        supplement = self._supplement(check)
        self._meet_all(check)
        door = self.as_applicant(case)
        with self.assertRefused("supplement_open"):
            check.action_decide()
        with self.assertRefused("supplement_open"):
            case.with_user(self.roles["office"]).action_return("x")
        with self.assertRefused("answer_missing"):
            door._portal_answer(supplement.id, "\x00 ")
        with self.assertRefused("supplement_not_overdue", "D-9"):
            supplement.action_lapse()
        with self.assertRefused("supplement_sent"):
            supplement.items = "别的"
        with self.assertRaises(AccessError):
            supplement.due_on = "2020-01-01"
        with self.assertRaises(AccessError):
            supplement.answer = "办公室代答"
        with freeze_time("2026-03-17 15:59:59"), self.env.cr.savepoint():
            self.assertEqual(supplement.with_user(self.env.user)._guard_in_time(), None)
        with freeze_time("2026-03-17 16:00:00"):
            with self.assertRefused("supplement_late", "D-9"):
                door._portal_answer(supplement.id, "迟到")

    def test_lapse_ends_the_case(self):
        check = self._check()
        case = check.application_id
        supplement = self._supplement(check)
        with freeze_time("2026-03-18 02:00:00"):
            supplement.action_lapse()
        row = case.transition_ids[:1]
        self.assertEqual(
            (supplement.state, case.state, row.move, row.clause),
            ("lapsed", "withdrawn", "lapse", "D-9"),
        )
        self.assertTrue(self._clock(check).void)

    def test_lapse_of_a_case_needs_a_lapsed_supplement(self):
        case = self._check().application_id
        with self.assertRefused("supplement_not_lapsed", "12-5"):
            case.with_user(self.roles["office"])._apply_move("lapse", reason="x")

    def test_supplement_of_a_withdrawn_case(self):
        """It lapses without a second end, and can no longer be answered."""
        check = self._check()
        case = check.application_id
        supplement = self._supplement(check)
        door = self.as_applicant(case)
        door._portal_withdraw(case.id, "战略调整")
        with self.assertRefused("wrong_state"):
            door._portal_answer(supplement.id, "仍要补充")
        with freeze_time("2026-03-18 02:00:00"):
            supplement.action_lapse()
        self.assertEqual(case.transition_ids[:1].move, "withdraw")

    def test_scheduled_action(self):
        """Run by its own actor, late and twice."""
        due = self._supplement(self._check())
        answered = self._supplement(self._check())
        case = answered.application_id
        self.as_applicant(case)._portal_answer(answered.id, "已补充")
        cron = self.env.ref("quality_award.cron_clock_expire")
        actor = self.env.ref("quality_award.user_clock")
        self.assertEqual(cron.user_id, actor)
        with self.enter_registry_test_mode():
            for day, state in (("17", "sent"), ("18", "lapsed"), ("30", "lapsed")):
                with freeze_time(f"2026-03-{day} 02:00:00"):
                    cron.method_direct_trigger()
                self.env.invalidate_all()
                self.assertEqual((due.state, answered.state), (state, "answered"))
        self.assertEqual(due.application_id.state, "withdrawn")
        self.assertEqual(due.application_id.transition_ids[0].user_id, actor.id)

    # -- letters ---------------------------------------------------------------------
    def test_letter(self):
        case = self.qualify(self.cases_at("qualification"), unmet="registered")
        letter = case.letter_ids.with_user(self.roles["office"])
        kept = letter.body
        letter.body = " "
        with self.assertRefused("letter_text_missing"):
            letter.action_send()
        letter.body = kept
        door = self.as_applicant(case)
        state = door._portal_state(case.id)
        self.assertEqual((state["status"], len(state["letters"])), ("Under Review", 0))
        self.assertNotIn("failed", [row["state"] for row in state["stages"]])
        letter.action_send()
        with self.assertRefused("letter_sent"):
            letter.body = "改写"
        with self.assertRefused("proof_missing"):
            letter.action_serve()
        receipt = {"served_how": "post", "served_receipt": "EMS 0000 0000"}
        letter.write({"served_on": "2026-03-09", **receipt})
        with self.assertRefused("proof_missing"):
            letter.action_serve()
        letter.served_on = "2026-03-11"
        letter.action_serve()
        state = door._portal_state(case.id)
        self.assertEqual(state["status"], "Not Accepted")
        self.assertEqual(letter.state, "served")
