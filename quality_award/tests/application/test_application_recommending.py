"""The recommender's steps, conditions, ranking, local notice, withdrawal, letter."""

import base64
import io

import docx
import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .recommending import RecommendingCase

PDF = base64.b64encode(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF")


@tagged("post_install", "-at_install")
class TestSteps(RecommendingCase):
    parameters = (("recommendation_steps", "separate"),)

    def test_one_person_does_not_hold_two_steps(self):
        opinions = self.opinions()
        everything = opinions.with_user(self.all_in_one())
        everything.write({"verdict": "recommend", "opinion": "同意推荐。"})
        everything.action_prepare()
        with self.assertRefused("steps_apart", "2"):
            everything.action_check()
        self.by("check", opinions).action_check()
        with self.assertRefused("steps_apart", "2"):
            everything.action_sign()
        self.by("sign", opinions).action_sign()
        self.assertEqual(opinions.state, "signed")
        self.assertEqual(opinions.signed_by_id, self.roles["recommender_sign"])

    def test_the_checker_does_not_sign(self):
        opinions = self.opinions()
        person = self.all_in_one()
        self.write_opinion(opinions)
        self.by("prepare", opinions).action_prepare()
        opinions.with_user(person).action_check()
        with self.assertRefused("steps_apart", "2"):
            opinions.with_user(person).action_sign()

    def test_sent_back_it_may_be_taken_up_by_another(self):
        opinions = self.opinions()
        self.checked(opinions)
        self.by("sign", opinions).action_send_back(reason="请补充。")
        self.assertEqual(opinions.state, "draft")
        self.signed(opinions)
        self.assertEqual(opinions.state, "signed")


@tagged("post_install", "-at_install")
class TestStepsInOneHand(RecommendingCase):
    def test_where_the_scheme_is_silent_one_person_may_hold_all(self):
        opinions = self.opinions().with_user(self.all_in_one())
        opinions.write({"verdict": "recommend", "opinion": "同意推荐。"})
        opinions.action_prepare()
        opinions.action_check()
        opinions.action_sign()
        self.assertEqual(opinions.state, "signed")


@tagged("post_install", "-at_install")
class TestConditions(RecommendingCase):
    parameters = (("recommendation_check_list", True),)

    def test_same_findings_as_the_office(self):
        opinions = self.opinions()
        case = opinions.application_id
        expected = [
            (requirement, finding.verdict, case._finding_text(finding))
            for requirement, finding in case._conditions()
        ]
        self.assertTrue(expected)
        lines = opinions.check_ids
        found = [(li.requirement_id, li.proposal, li.basis) for li in lines]
        self.assertEqual(found, expected)

    def test_each_is_answered_and_what_is_contested_has_a_note(self):
        opinions = self.write_opinion(self.opinions())
        mine = self.by("prepare", opinions)
        with self.assertRefused("conditions_open", "2"):
            mine.action_prepare()
        mine.check_ids.write({"answer": "confirmed"})
        first = mine.check_ids[0]
        first.answer = "contested"
        with self.assertRefused("contested_without_note"):
            mine.action_prepare()
        first.note = "注册日期与执照不一致。"
        mine.action_prepare()
        self.assertEqual(opinions.state, "prepared")
        self.assertEqual(opinions.contested_count, 1)
        with self.assertRefused("opinion_closed"):
            first.note = "改了。"

    def test_confirming_the_rest_leaves_what_is_not_met_to_a_person(self):
        opinions = self.write_opinion(self.opinions())
        mine = self.by("prepare", opinions)
        mine.action_confirm_rest()
        answered = {(li.proposal == "met", li.answer) for li in opinions.check_ids}
        self.assertLessEqual(answered, {(True, "confirmed"), (False, False)})
        self.assertIn((True, "confirmed"), answered)

    def test_what_the_facts_say_is_not_written_by_hand(self):
        opinions = self.opinions()
        line = self.by("prepare", opinions).check_ids[0]
        line.write({"answer": "confirmed"})
        with self.assertRaises(AccessError):
            line.write({"proposal": "met"})


@tagged("post_install", "-at_install")
class TestRanking(RecommendingCase):
    parameters = (("recommendation_ranking", True),)

    def test_places_from_one_without_ties_and_gaps(self):
        opinions = self.checked(self.opinions(2))
        first, second = opinions
        signer = self.by("sign", opinions)
        with self.assertRefused("rank_missing", "2"):
            signer.action_sign()
        self.by("prepare", opinions).write({"rank": 1})
        with self.assertRefused("rank_twice", "2"):
            signer.action_sign()
        self.by("sign", second).rank = 3
        signer.action_sign()
        with self.assertRefused("rank_kept"):
            self.by("sign", second).rank = 2
        Letter = self.env["award.recommendation.letter"]
        with self.assertRefused("ranks_with_gaps", "2"):
            Letter._draft(self.recommender, self.edition_asked)

    def test_who_is_not_recommended_has_no_place(self):
        opinions = self.signed(self.opinions(), verdict="decline")
        self.assertEqual(opinions.state, "signed")


@tagged("post_install", "-at_install")
class TestLocalNotice(RecommendingCase):
    parameters = (
        ("recommendation_notice_days", 3),
        ("recommendation_notice_unit", "working_day"),
    )

    def notice(self, first="2026-03-04", last="2026-03-09", **values):
        Notice = self.env["award.recommendation.notice"]
        return Notice.with_user(self.roles["recommender_prepare"]).create(
            {
                "recommender_id": self.recommender.id,
                "edition_id": self.edition_asked.id,
                "first_day": first,
                "last_day": last,
                "place": "区政府网站",
                "proof_file": PDF,
                "file_name": "notice.pdf",
                **values,
            }
        )

    def test_what_must_be_there_before_signing_off(self):
        opinions = self.checked(self.opinions())
        signer = self.by("sign", opinions)
        with self.assertRefused("local_notice_missing", "2"):
            signer.action_sign()
        for code, values in (
            ("notice_proof_missing", {"proof_file": False}),
            # Wednesday to Saturday: two working days after the first one
            ("local_notice_short", {"last": "2026-03-07"}),
            ("local_notice_running", {"last": "2026-03-10"}),
        ):
            signer.notice_id = self.notice(**values)
            with self.assertRefused(code, "2"):
                signer.action_sign()
        notice = signer.notice_id = self.notice()
        with self.assertRefused("notice_result_missing", "2"):
            signer.action_sign()
        signer.objection = "not_upheld"
        with self.assertRefused("notice_result_missing", "2"):
            signer.action_sign()
        signer.write({"objection": "upheld", "objection_note": "反映一项。"})
        with self.assertRefused("notice_objection_upheld", "2"):
            signer.action_sign()
        signer.objection = "none"
        signer.action_sign()
        self.assertEqual(opinions.state, "signed")
        with self.assertRefused("local_notice_used"):
            notice.last_day = "2026-03-08"
        with self.assertRefused("local_notice_used"):
            notice.unlink()

    def test_working_days_are_counted_by_the_calendar(self):
        notice = self.notice()  # Wednesday to Monday, the first day not counted
        self.assertEqual(notice._count(), (3, 3, "working_day"))

    def test_declined_needs_no_notice(self):
        opinions = self.signed(self.opinions(), verdict="decline")
        self.assertEqual(opinions.state, "signed")

    def test_the_notice_of_another_recommender(self):
        self._new_recommender("乙区", "other")
        notice = self.notice()
        notice.sudo().recommender_id = self.env["award.recommender"].search(
            [("name_zh", "=", "乙区")]
        )
        opinions = self.opinions()
        with self.assertRefused("notice_of_another"):
            self.by("prepare", opinions).sudo().notice_id = notice


@tagged("post_install", "-at_install")
class TestWithdrawing(RecommendingCase):
    def test_the_case_closes_to_who_has_an_interest(self):
        opinions = self.opinions(2)
        first, second = opinions
        checker = self.roles["recommender_check"]
        self.write_opinion(first)
        self.by("prepare", first).action_prepare()
        self.assertEqual(self.by("check", first).title, first.title)
        with self.assertRefused("substitute_missing"):
            self.by("check", first)._withdraw("family", "配偶在该单位任职。", " ")
        recusal = self.by("check", first)._withdraw("family", "配偶任职。", "李乙丑")
        self.assertEqual(recusal.user_id, checker)
        Opinion = self.env["award.recommendation"].with_user(checker)
        self.assertEqual(Opinion.search([("id", "in", opinions.ids)]), second)
        with self.assertRaises(AccessError):
            self.by("check", first).action_check()
        versions = self.env["award.submission"].with_user(checker)
        both = [("id", "in", opinions.submission_id.ids)]
        self.assertEqual(versions.search(both), second.submission_id)
        lines = self.env["award.recommendation.check"].with_user(checker)
        mine = lines.search([("recommendation_id", "in", opinions.ids)])
        self.assertEqual(mine.recommendation_id, second)
        self.assertIn("李乙丑", self.by("sign", first).withdrawn_text)
        recusal.with_user(self.roles["office_head"]).action_dismiss(reason="不影响。")
        self.by("check", first).action_check()
        self.assertEqual(first.state, "checked")

    def test_only_people_of_the_recommender(self):
        opinions = self.opinions()
        with self.assertRefused("not_of_recommender"):
            opinions.with_user(self.roles["office"])._withdraw("family", "a", "b")


@tagged("post_install", "-at_install")
class TestJurisdiction(RecommendingCase):
    parameters = (("recommender_jurisdiction", "refuse"),)

    def test_places_or_trades(self):
        applicant = self.register(edition=self.edition_asked).applicant_id
        other = self.env["award.trade"].create({"code": "T9", "name_zh": "食品"})
        for territory, trades, covered in (
            ("甲区", (), True),
            ("乙区、 甲区", (), True),
            ("乙区", (), False),
            (False, (), True),
            ("乙区", self.trade, True),
            (False, other, False),
        ):
            trades = [trade.id for trade in trades]
            self.recommender.write({"territory": territory, "trade_ids": trades})
            self.assertEqual(self.recommender._covers(applicant), covered, territory)

    def test_refused_with_the_clause(self):
        case = self.register(edition=self.edition_asked, territory="乙区")
        self.write_up(case)
        with self.assertRefused("outside_jurisdiction", "2"):
            self.as_applicant(case)._portal_submit(case.id)
        self.as_applicant(case)._portal_save(case.id, {}, {"territory": "甲区"})
        self.submit(case)
        self.assertEqual(case.state, "submitted")


@tagged("post_install", "-at_install")
class TestJurisdictionMarked(RecommendingCase):
    parameters = (("recommender_jurisdiction", "mark"),)

    def test_marked_with_the_clause(self):
        inside = self.opinions()
        outside = self.opinions(territory="乙区")
        self.assertFalse(self.by("prepare", inside).outside_text)
        text = self.by("prepare", outside).outside_text
        self.assertIn("甲区", text)
        self.assertIn("[", text)


@tagged("post_install", "-at_install")
class TestLetter(RecommendingCase):
    def letter(self, count=2):
        self.signed(self.opinions(count))
        signer = self.recommender.with_user(self.roles["recommender_sign"])
        action = signer.action_letter()
        letter = self.env[action["res_model"]].browse(action["res_id"])
        return letter.with_user(self.roles["recommender_sign"])

    def test_documents_say_what_was_handed_in(self):
        letter = self.letter()
        names = letter.opinion_ids.mapped("title")
        codes = letter.opinion_ids.sudo().application_id.applicant_id.mapped(
            "credit_code"
        )
        text = "\n".join(
            p.text for p in docx.Document(_file(letter.letter_docx)).paragraphs
        )
        for name in names:
            self.assertIn(name, text)
        self.assertIn("  年  月  日", text)
        self.assertNotIn("〔", text)  # no number is made up
        table = docx.Document(_file(letter.summary_docx)).tables[0]
        self.assertEqual([r.cells[1].text for r in table.rows[1:]], names)
        sheet = openpyxl.load_workbook(_file(letter.summary_xlsx)).active
        self.assertEqual([row[2].value for row in sheet.iter_rows(min_row=2)], codes)

    def test_number_date_and_scan_are_registered_and_stay(self):
        letter = self.letter(1)
        with self.assertRefused("letter_details_missing"):
            letter.action_register()
        letter.write(
            {
                "document_number": "甲府函〔2026〕8号",
                "document_date": "2026-03-11",
                "sealed_scan": base64.b64encode(b"GIF89a<script>"),
            }
        )
        with self.assertRefused("letter_from_future"):
            letter.action_register()
        letter.document_date = "2026-03-10"
        with self.assertRefused("scan_of_other_type"):
            letter.action_register()
        letter.sealed_scan = PDF
        letter.action_register()
        self.assertEqual(letter.registered_by_id, self.roles["recommender_sign"])
        with self.assertRefused("letter_registered"):
            letter.document_number = "甲府函〔2026〕9号"
        with self.assertRefused("letter_registered"):
            letter.action_register()
        text = docx.Document(_file(letter.letter_docx)).paragraphs[0].text
        self.assertEqual(text, "甲府函〔2026〕8号")

    def test_later_ones_go_into_a_letter_of_their_own(self):
        letter = self.letter(1)
        letter.write(
            {
                "document_number": "甲府函〔2026〕8号",
                "document_date": "2026-03-10",
                "sealed_scan": PDF,
            }
        )
        letter.action_register()
        with self.assertRefused("nobody_recommended"):
            self.recommender.with_user(self.roles["recommender_sign"]).action_letter()
        second = self.letter(1)
        self.assertNotEqual(second, letter)
        self.assertEqual((letter.count, second.count), (1, 1))

    def test_opinion_page(self):
        letter = self.letter(1)
        opinion = letter.opinion_ids
        page = docx.Document(_file(opinion.page_docx))
        cells = [row.cells[1].text for row in page.tables[0].rows]
        self.assertIn(opinion.title, cells)
        conditions = page.tables[1].rows[1:]
        self.assertEqual(len(conditions), len(opinion.check_ids))
        self.assertIn("同意推荐", "".join(p.text for p in page.paragraphs))


def _file(value):
    return io.BytesIO(base64.b64decode(value))
