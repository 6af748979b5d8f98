from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewConsensus(ReviewCommon):
    """From locked sheets to an agreed score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.cases_at("document_review")
        cls.panel = cls.staffed("甲组", cls.case)
        cls.declare_none(cls.panel)
        cls.lead, cls.second, cls.third = cls.members(cls.panel)
        cls.assignment = cls.panel.assignment_ids

    def scored(self, first=50, second=50, third=50):
        for user, percent in zip(
            self.members(self.panel), (first, second, third), strict=True
        ):
            self.score(self.panel, percent, [user])
        return self.open_consensus(self.panel)

    def test_waits_for_everybody(self):
        leading = self.assignment.with_user(self.lead)
        for user, locked in ((self.lead, 0), (self.second, 1), (self.third, 2)):
            self.assertEqual(leading.locked_count, locked)
            self.assertFalse(leading.can_open_consensus)
            with self.assertRefused("panel_not_locked"):
                leading.action_open_consensus()
            self.score(self.panel, 50, [user])
        self.assertEqual((leading.member_count, leading.locked_count), (3, 3))
        with self.assertRefused("wrong_role"):
            self.assignment.with_user(self.second).action_open_consensus()
        with self.assertRefused("wrong_role"):
            self.assignment.with_user(self.office).action_open_consensus()
        leading.action_open_consensus()
        with self.assertRefused("consensus_open"):
            leading.action_open_consensus()

    def test_recused_member_does_not_count(self):
        self.score(self.panel, 50, [self.lead, self.second])
        self.score(self.panel, 100, [self.third])
        interest = self.interests(self.panel, self.third)
        interest.with_user(self.third).write({"kind": "family"})
        interest.with_user(self.third).action_declare()
        with self.assertRefused("panel_not_locked"):  # undecided
            self.open_consensus(self.panel)
        interest.with_user(self.office).action_confirm()
        self.assertEqual(self.assignment.member_count, 2)
        consensus = self.open_consensus(self.panel)
        self.assertEqual(set(consensus.line_ids.mapped("high")), {50})

    def test_proposal(self):
        """Median on the scale; far-apart scores must be discussed."""
        consensus = self.scored(45, 50, 60)
        line = consensus.line_ids[0]
        self.assertEqual((line.low, line.high, line.percent), (45, 60, 50))
        self.assertFalse(line.needs_note)  # 15 apart, neighbouring bands
        self.assertEqual(len(consensus.line_ids), 23)
        self.assertEqual(set(consensus.line_ids.mapped("is_scored")), {True})

    def test_flags(self):
        for scores, flagged in (
            ((50, 50, 65), False),
            ((45, 50, 65), True),  # 20 apart
            ((25, 30, 50), True),  # two bands apart and more
        ):
            with self.subTest(scores):
                percents = sorted(scores)
                values = {
                    item.id: percents for item in self.award_class.criteria_id._items()
                }
                consensus = self.env["award.consensus"].new(
                    {
                        "submission_id": self.assignment.submission_id.id,
                        "panel_id": self.panel.id,
                    }
                )
                lines = consensus._proposals(values)
                self.assertEqual({line["needs_note"] for line in lines}, {flagged})

    def test_flagged_line_needs_its_reason(self):
        consensus = self.scored(30, 50, 70)
        self.assertEqual(consensus.open_notes, 23)
        consensus.line_ids[1:].write({"note": "讨论后一致"})
        with self.assertRefused("discussion_note_missing"):
            consensus.action_agree()
        consensus.line_ids[0].write({"note": " "})
        with self.assertRefused("discussion_note_missing"):
            consensus.action_agree()
        consensus.line_ids[0].write({"note": "依据材料第12页", "percent": 55})
        consensus.action_agree()
        self.assertEqual(consensus.total, 50250)
        self.assertTrue(consensus.content_hash)

    def test_leader_alone_edits_and_agrees(self):
        consensus = self.scored()
        other = consensus.with_user(self.second)
        self.assertEqual(other.line_ids[0].percent, 50)  # members read
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            other.line_ids[0].write({"percent": 55})
        with self.assertRefused("wrong_role"):
            other.action_agree()
        with self.assertRefused("off_grid"):
            consensus.line_ids[0].write({"percent": 42})
        with self.assertRefused("not_editable"):
            consensus.line_ids[0].write({"low": 50})
        consensus.line_ids[0].write({"percent": 55})
        consensus.action_agree()

    @mute_logger("odoo.sql_db")
    def test_agreed_is_agreed(self):
        consensus = self.scored()
        line = consensus.line_ids[0]
        line.write({"percent": 55})
        consensus.action_agree()
        with self.assertRefused("consensus_agreed"):
            line.write({"percent": 50})
        with self.assertRefused("consensus_agreed"):
            line.sudo().write({"note": "x"})
        for statement in (
            "UPDATE award_consensus_line SET percent = 60 WHERE id = %(line)s",
            "UPDATE award_consensus SET total = 1 WHERE id = %(head)s",
            "DELETE FROM award_consensus_line WHERE id = %(line)s",
        ):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.env.cr.execute(statement, {"line": line.id, "head": consensus.id})

    def test_acting_leader(self):
        """A leader recused from a case is replaced on it by another member."""
        interest = self.interests(self.panel, self.lead)
        interest.with_user(self.lead).write({"kind": "adviser"})
        interest.with_user(self.lead).action_declare()
        interest.with_user(self.office).action_confirm()
        self.score(self.panel, 50, [self.second, self.third])
        with self.assertRefused("wrong_role"):
            self.assignment.with_user(self.second).action_open_consensus()
        member = self.panel.member_ids.filtered(
            lambda record: record.sudo().expert_id.user_id == self.second
        )
        self.assignment.with_user(self.office).acting_leader_id = member
        consensus = self.assignment.with_user(self.second).action_open_consensus()
        consensus.action_agree()
        self.assertEqual(consensus.total, 50000)

    def test_report(self):
        consensus = self.scored()
        Report = self.env["award.panel.report"]
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            Report.with_user(self.second).create({"panel_id": self.panel.id})
        report = Report.with_user(self.lead).create({"panel_id": self.panel.id})
        with self.assertRefused("text_missing"):
            report.action_file()
        report.text = "共评审1家"
        with self.assertRefused("consensus_missing"):
            report.action_file()
        consensus.action_agree()
        report.action_file()
        self.assertEqual(str(report.filed_on), "2026-03-10")
        with self.assertRefused("report_filed"):
            report.text = "改"

    def test_case_goes_on_with_consensus_only(self):
        refusal = self.case._work_refusal_document_review()
        self.assertEqual(refusal.code, "consensus_missing")
        consensus = self.scored()
        refusal = self.case._work_refusal_document_review()
        self.assertEqual(refusal.code, "consensus_missing")
        consensus.action_agree()
        refusal = self.case._work_refusal_document_review()
        self.assertNotEqual(getattr(refusal, "code", None), "consensus_missing")

    def test_agreeing_on_many(self):
        """As many queries for one consensus as for three."""
        panel = self.staffed("乙组", self.cases_at("document_review", 5))
        self.declare_none(panel)
        self.score(panel, 50)
        consensus = self.open_consensus(panel)

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.action_agree()
            return self.env.cr.sql_log_count - before

        queries(consensus[0])  # fills the caches of roles and access
        one = queries(consensus[1])
        self.assertEqual(queries(consensus[2:]), one)
        self.assertEqual(consensus.mapped("total"), [50000] * 5)
        self.assertEqual(len(set(consensus.mapped("content_hash"))), 5)
