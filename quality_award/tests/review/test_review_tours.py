from odoo.tests import tagged

from odoo.addons.quality_award.tests.common import AwardHttpCommon

from .common import ReviewVocabulary
from .test_review_scales import ScalesVocabulary


@tagged("post_install", "-at_install")
class TestReviewTours(ReviewVocabulary, AwardHttpCommon):
    """A reviewer from the undertaking to the locked sheet, in a real browser."""

    browser_size = "1920x1080"  # the material stands beside the items on wide screens

    def test_expert_scores(self):
        case = self.cases_at("document_review")
        panel = self.new_panel("甲组")
        panel.action_assign(self.submissions(case).ids)
        panel.action_confirm()
        user = self.members(panel)[1]
        self.assertFalse(self.sheets(panel))
        self.start_tour(
            "/odoo/action-quality_award.award_edition_action_undertaking",
            "award_expert_scores",
            login=user.login,
            timeout=180,
        )
        self.env.invalidate_all()
        signed = self.env["award.undertaking"].search([("user_id", "=", user.id)])
        self.assertEqual(signed.edition_id, self.edition)
        self.assertEqual(self.interests(panel, user).state, "none")
        sheet = self.sheets(panel)  # the only one: the others have not declared
        self.assertEqual(sheet.expert_id.user_id, user)
        self.assertEqual((sheet.state, sheet.total), ("locked", 50_000))
        self.assertEqual(sheet.line_ids.mapped("percent"), [50] * 23)


@tagged("post_install", "-at_install")
class TestReviewScalesTour(ScalesVocabulary, AwardHttpCommon):
    """A sheet with an item on each scale, answered and locked in the form."""

    browser_size = "1920x1080"
    parameters = {"threshold": None}

    def test_expert_rates(self):
        panel = self.staffed("甲组", self.cases_at("document_review"))
        user = self.members(panel)[1]
        self.declare_none(panel, [user])
        sheet = self.sheets(panel)
        self.start_tour(
            "/odoo/action-quality_award.award_edition_action_undertaking",
            "award_expert_rates",
            login=user.login,
            timeout=180,
        )
        self.env.invalidate_all()
        self.assertEqual((sheet.state, sheet.total), ("locked", 20_550))
        self.assertEqual(
            [
                (line.percent, line.given, line.rating_id.code, line.verdict)
                for line in sheet.line_ids
            ],
            [
                (80, 0, False, False),
                (0, 7550, False, False),
                (0, 0, "fair", False),
                (0, 0, False, "passed"),
                (0, 0, False, "failed"),
            ],
        )
