from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewSheets(ReviewCommon):
    """Scoring alone, locking, and what stands against it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.cases_at("document_review")
        cls.panel = cls.staffed("甲组", cls.case)
        cls.declare_none(cls.panel)
        cls.user = cls.members(cls.panel)[1]

    def test_whole_way(self):
        self.score(self.panel, 50)
        sheets = self.sheets(self.panel)
        self.assertEqual(sheets.mapped("total"), [50000] * 3)
        consensus = self.open_consensus(self.panel)
        consensus.action_agree()
        self.assertEqual(consensus.total, 50000)
