from odoo import fields
from odoo.tests import tagged

from .common import DecisionCommon

ORDER = ("issued", "returned", "valid", "in_favour", "against", "abstained")


@tagged("post_install", "-at_install")
class TestDecisionMeeting(DecisionCommon):
    """Roster, quorum, counts entered twice, outcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.candidate = cls.until_candidate([60000, 59000])
        cls.cases = cls.candidate.line_ids.application_id
        cls.body = cls.committee()
        cls.proposed = cls.new_list("proposed")

    def call(self, present=9):
        meeting = (
            self.env["award.meeting"]
            .with_user(self.office)
            .create(
                {
                    "name": "会议",
                    "edition_id": self.edition.id,
                    "committee_id": self.body.id,
                    "list_id": self.proposed.id,
                    "present_ids": [
                        fields.Command.set(self.body.member_ids[:present].ids)
                    ],
                }
            )
        )
        meeting.action_prepare()
        return meeting

    def test_committee_needs_its_document(self):
        draft = self.env["award.committee"].create(
            {"name_zh": "新一届", "scheme_id": self.scheme.id}
        )
        with self.assertRefused("approval_document_missing"):
            draft.with_user(self.head).action_approve()
        draft.write(
            {
                "approval_number": "演示〔2026〕8号",
                "approved_on": "2026-03-01",
                "member_ids": [fields.Command.create({"name": "委员"})],
            }
        )
        draft.with_user(self.head).action_approve()
        self.assertEqual(self.body.state, "ended")
        with self.assertRefused("committee_not_approved"):
            self.call().action_open()
        with self.assertRefused("field_closed"):
            draft.member_ids.with_user(self.office).write({"name": "他人"})

    def test_quorum(self):
        """Two thirds of nine are six."""
        with self.assertRefused("quorum_missing", "D-11"):
            self.call(5).action_open()
        meeting = self.call(6)
        meeting.action_open()
        self.assertEqual(str(meeting.held_on), "2026-03-10")

    def test_counts_that_do_not_add_up(self):
        meeting = self.call()
        tally = meeting.tally_ids[0]
        with self.assertRefused("meeting_not_open"):
            tally.action_enter(self.figures(9, 9))
        meeting.action_open()
        for row, code in [
            ((9, 10, 9, 9, 0, 0), "ballots_do_not_add_up"),
            ((9, 9, 10, 10, 0, 0), "ballots_do_not_add_up"),
            ((9, 9, 9, 8, 0, 0), "ballots_do_not_add_up"),
            ((9, 9, 9, 10, -1, 0), "ballots_do_not_add_up"),
            ((8, 8, 8, 8, 0, 0), "ballots_issued_wrong"),
            ((10, 9, 9, 9, 0, 0), "ballots_issued_wrong"),
        ]:
            with self.subTest(row=row), self.assertRefused(code):
                tally.action_enter(dict(zip(ORDER, row, strict=True)))
        tally.action_enter(dict(zip(ORDER, (9, 8, 7, 6, 1, 0), strict=True)))
        self.assertEqual(tally.entered_by_id, self.office)

    def test_recused_member_lowers_the_base(self):
        """Eight votes: five are not two thirds, six are."""
        meeting = self.call()
        meeting.action_open()
        for tally, votes, passed in zip(
            meeting.tally_ids, (5, 6), (False, True), strict=True
        ):
            tally.recused_ids = self.body.member_ids[0]
            figures = self.figures(8, votes)
            tally.action_enter(figures)
            tally.with_user(self.second).action_check(figures)
            self.assertEqual(tally.passed, passed)

    def test_second_count(self):
        meeting = self.call()
        meeting.action_open()
        tally = meeting.tally_ids[0]
        tally.action_enter(self.figures(9, 7))
        with self.assertRefused("second_clerk"):
            tally.action_check(self.figures(9, 7))
        with self.assertRefused("entries_differ") as caught:
            tally.with_user(self.second).action_check(self.figures(9, 6))
        self.assertIn("In Favour, Against", str(caught.exception))
        self.assertEqual((tally.state, tally.in_favour), ("entered", 7))
        with self.assertRefused("field_closed"):
            tally.with_user(self.second).write({"in_favour": 9})
        dialogue = tally.with_user(self.second).action_check()
        wizard = (
            self.env[dialogue["res_model"]]
            .with_user(self.second)
            .with_context(**dialogue["context"])
            .create(self.figures(9, 7))
        )
        wizard.action_confirm()
        self.assertEqual((tally.state, tally.passed), ("checked", True))
        with self.assertRefused("field_closed"):
            tally.write({"in_favour": 9})

    def test_passed_cannot_be_typed(self):
        meeting = self.call()
        with self.assertRefused("field_closed"):
            meeting.tally_ids[0].write({"passed": True})

    def test_close(self):
        meeting = self.call()
        meeting.action_open()
        first, second = meeting.tally_ids
        first.action_enter(self.figures(9, 9))
        first.with_user(self.second).action_check(self.figures(9, 9))
        with self.assertRefused("tally_missing"):
            meeting.action_close("纪要")
        with self.assertRefused("meeting_not_closed", "12-10"):
            self.adopt(self.proposed)
        second.action_enter(self.figures(9, 5))
        second.with_user(self.second).action_check(self.figures(9, 5))
        with self.assertRefused("minutes_missing"):
            meeting.action_close()
        meeting.action_close("纪要")
        line = self.line(self.proposed, second.application_id)
        self.assertEqual((line.outcome, line.clause), ("out", "D-11"))
        self.assertEqual(line.reason, "The committee did not vote for it: 5 of 9.")
        line.outcome = "in"
        with self.assertRefused("vote_not_passed", "12-10"):
            self.adopt(self.proposed)
