from odoo.tests import tagged

from ..common import AwardHttpCommon, credit_code

DESK = "/odoo/action-quality_award.award_edition_action"


@tagged("post_install", "-at_install")
class TestApplicationTours(AwardHttpCommon):
    """People at their desks, in a real browser; what they did is in the database."""

    def _moves(self, record):
        found = self.env["award.transition"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)], order="seq"
        )
        return [(row.move, row.user_id) for row in found]

    def test_office_announces(self):
        edition = self._new_edition(term=5)
        head = self.roles["office_head"]
        self.start_tour(DESK, "award_office_announces", login=head.login)
        self.env.invalidate_all()
        self.assertEqual(edition.state, "announced")
        self.assertEqual(str(edition.announced_on), "2026-03-10")
        self.assertEqual(self._moves(edition), [("announce", head.id)])

    def test_office_checks(self):
        case = self.cases_at("qualification")
        check, office = case.qualification_ids, self.roles["office"]
        self.assertEqual(len(check.line_ids), 11, "as many as the tour fills")
        self.start_tour(DESK, "award_office_checks", login=office.login)
        self.env.invalidate_all()
        self.assertEqual(check.line_ids.mapped("verdict"), ["met"] * 11)
        self.assertEqual(self._moves(check), [("decide", office.id)])
        self.assertEqual(case.state, "accepted")
        self.assertEqual(case.stage_id.kind, "document_review")

    def test_applicant_applies(self):
        user, _number = self._new_applicant()
        self.start_tour("/my/award", "award_applicant_applies", login=user.login)
        case = self.env["award.application"].search([], order="id desc", limit=1)
        texts = {chapter.code: chapter.text for chapter in case.chapter_ids}
        self.assertEqual(texts, {"profile": "组织概述", "4.1.2": "正文"})
        rest = {code: "正文" for code in case._chapters() if code not in texts}
        self.as_applicant(case)._portal_save(case.id, rest)
        path = f"/my/award/{case.id}"
        self.start_tour(path, "award_applicant_submits", login=user.login)
        self.env.invalidate_all()
        case = self.env["award.application"].search([])
        self.assertEqual(case.applicant_id.member_ids.user_id, user)
        self.assertEqual(case.applicant_id.credit_code, credit_code(99001))
        self.assertEqual((case.name, case.state), ("3-0001", "submitted"))
        self.assertEqual(case.stage_id.kind, "recommendation")
        self.assertEqual(case.submission_ids.content["profile"], "组织概述")
        self.assertEqual(
            case.submission_ids.content["chapters"]["4.1.2"], "正文"
        )
        self.assertEqual(self._moves(case), [("submit", user.id)])
