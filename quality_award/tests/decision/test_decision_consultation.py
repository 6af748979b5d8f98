from odoo import fields
from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionConsultation(DecisionCommon):
    """Letters to departments: clocks, two clerks, evidence, finding, silence."""

    def setUp(self):
        super().setUp()
        self.cases = self.accepted(2, "composite")
        self.rank({self.cases[0]: 60000, self.cases[1]: 59000})
        self.recommended = self.adopt(self.new_list("recommended"))
        self.recommended.with_user(self.office).action_consult()
        self.letters = self.recommended.consultation_ids.with_user(self.office)

    def clocks(self, record, code):
        return self.env["award.clock"]._of(record, code)

    def answer(self, letter, **values):
        letter.write(
            {
                "reply_number": "复〔2026〕1号",
                "reply_date": fields.Date.today(),
                **values,
            }
        )
        letter.opinion_ids.write({"verdict": "none"})

    def test_one_letter_per_department(self):
        bodies = self.scheme.body_ids.filtered(lambda b: b.role == "department")
        self.assertEqual(self.letters.body_id, bodies)
        self.assertEqual(len(self.letters.opinion_ids), 2 * len(bodies))
        self.recommended.with_user(self.office).action_consult()
        self.assertEqual(len(self.recommended.consultation_ids), len(bodies))

    def test_clocks(self):
        """5 working days for the office, 10 for each department from receipt."""
        clock = self.clocks(self.recommended, "consultation")
        self.assertEqual(str(clock.due_on), "2026-03-17")
        self.letters[:-1].action_send()
        self.assertEqual(clock.done_on, False)
        self.letters[-1:].action_send()
        self.assertEqual(str(clock.done_on), "2026-03-10")
        self.pass_days(2)
        self.letters[0].action_receive()
        reply = self.clocks(self.letters[0], "consultation_reply")
        self.assertEqual(
            (str(reply.started_on), str(reply.due_on)), ("2026-03-12", "2026-03-26")
        )
        self.assertEqual(self.letters[0].due_on, reply.due_on)
        self.assertEqual(self.letters[1].due_on, False)
        self.pass_days(3)
        self.answer(self.letters[0])
        self.letters[0].action_enter()
        self.assertEqual(str(reply.done_on), "2026-03-15")

    def test_reply_refusals(self):
        letter = self.letters[0]
        letter.action_send()
        opinion = letter.opinion_ids[0]
        with self.assertRefused("reply_incomplete"):
            letter.action_enter()
        self.answer(letter)
        opinion.write({"verdict": "adverse"})
        with self.assertRefused("evidence_missing"):
            letter.action_enter()
        opinion.write({"evidence": "处罚决定书。"})
        letter.action_enter()
        with self.assertRefused("field_closed"):
            opinion.write({"verdict": "none"})
        with self.assertRefused("second_clerk"):
            letter.action_check()
        with self.assertRefused("reason_missing"):
            letter.action_correct("")
        letter.with_user(self.second).action_correct("号有误。")
        self.assertEqual(letter.state, "sent")
        letter.action_enter()
        letter.with_user(self.second).action_check()
        self.assertEqual(letter.checked_by_id, self.second)

    def test_candidate_list_waits_for_all(self):
        """Each reply settled, each adverse opinion judged, the substantiated out."""
        for letter in self.letters[1:]:
            letter.action_send()
            self.answer(letter)
            letter.action_enter()
            letter.with_user(self.second).action_check()
        candidate = self.new_list("candidate")
        with self.assertRefused("consultation_open", "12-9"):
            self.adopt(candidate)
        first = self.letters[0]
        first.action_send()
        self.answer(first)
        opinion = first.opinion_ids[0]
        opinion.write({"verdict": "adverse", "evidence": "处罚决定书。"})
        with self.assertRefused("field_closed"):
            opinion.write({"finding": "substantiated"})
        first.action_enter()
        first.with_user(self.second).action_check()
        with self.assertRefused("finding_missing", "12-9"):
            self.adopt(candidate)
        opinion.write({"finding": "substantiated", "finding_note": "经核实。"})
        with self.assertRefused("adverse_substantiated", "12-9"):
            self.adopt(candidate)
        self.line(candidate, opinion.application_id).write(
            {"outcome": "out", "reason": "有违法处罚。", "clause": "11-8"}
        )
        self.adopt(candidate)
        self.assertEqual(opinion.application_id.state, "eliminated")
        with self.assertRefused("field_closed"):
            opinion.write({"finding": "unsubstantiated"})

    def test_department_not_asked(self):
        self.letters[0].opinion_ids.sudo().unlink()
        self.env.cr.execute(
            "DELETE FROM award_consultation WHERE id = %s", [self.letters[0].id]
        )
        self.env.invalidate_all()
        candidate = self.new_list("candidate")
        with self.assertRefused("consultation_missing", "12-9"):
            self.adopt(candidate)

    def test_letter_about_a_draft(self):
        """A letter made by hand is not sent before its list is adopted."""
        candidate = self.new_list("candidate", fill=False)
        letter = self.letters.create(
            {"list_id": candidate.id, "body_id": self.letters[0].body_id.id}
        )
        with self.assertRefused("list_not_adopted"):
            letter.action_send()
        with self.assertRefused("list_not_to_consult"):
            candidate.with_user(self.office).action_consult()

    def test_silence(self):
        """Only after the time, counted from receipt, and where the scheme says so."""
        letter = self.letters[0]
        letter.action_send()
        with self.assertRefused("not_overdue", "D-10"):
            letter.action_record_silence()
        letter.action_receive()  # 10 working days from 10 March: 24 March
        self.pass_days(14)
        with self.assertRefused("not_overdue", "D-10"):
            letter.action_record_silence()
        self.pass_days(1)
        letter.action_record_silence()
        self.assertEqual(letter.state, "silent")

    def test_silence_where_the_scheme_leaves_it_open(self):
        self.letters[0].action_send()
        self.letters[0].action_receive()
        self.pass_days(30)
        self.patch(
            type(self.scheme),
            "_value",
            lambda scheme, code, **at: "open" if code == "silence" else None,
        )
        with self.assertRefused("silence_means_nothing", "D-10"):
            self.letters[0].action_record_silence()
