"""The employer's opinion and the notice in-house, where the scheme asks for them."""

import re

from odoo.exceptions import MissingError
from odoo.tests import tagged

from ..common import AwardHttpCommon
from .common import KindsVocabulary

OPINION = {
    "text": "同意申报",
    "sealed_by": "成都角宿有限公司",
    "sealed_on": "2026-03-01",
    "notice_from": "2026-02-20",
    "notice_to": "2026-03-02",
    "notice_place": "公告栏",
    "notice_result": "无异议",
}


@tagged("post_install", "-at_install")
class TestApplicationOpinion(KindsVocabulary, AwardHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        requirements = [
            {
                "code": "consent",
                "kind": "employer_consent",
                "classes": ["individual"],
            },
            {
                "code": "posted",
                "kind": "in_house_notice",
                "classes": ["individual"],
                "count": 5,
            },
        ]
        scheme = cls.new_scheme(requirements=requirements)
        cls.asking = cls.open_edition(scheme, term=32)
        cls.case = cls.enter("individual", edition=cls.asking)
        cls.owner = cls.applicant_of(cls.case)
        cls.door = cls.env["award.application"].with_user(cls.owner)

    def verdicts(self):
        return {row.code: f.verdict for row, f in self.case._conditions()}

    def test_it_is_needed_and_checked_and_frozen(self):
        missing = self.case._missing()
        self.assertIn("Opinion of the Employer", missing)
        self.assertIn("Result of the Notice", missing)
        self.assertEqual(self.verdicts(), {"consent": "judge", "posted": "judge"})
        self.door._portal_save_opinion(self.case.id, OPINION)
        self.assertEqual(self.verdicts(), {"consent": "met", "posted": "met"})
        short = {"notice_from": "2026-03-01", "notice_to": "2026-03-02"}
        self.door._portal_save_opinion(self.case.id, short)
        self.assertEqual(self.verdicts(), {"consent": "met", "posted": "not_met"})
        self.door._portal_save_opinion(self.case.id, OPINION)
        self.assertEqual(len(self.case.fact_ids), 2)
        self.write_up(self.case)
        self.door._portal_submit(self.case.id)
        content = self.case.submission_ids.content
        self.assertEqual(content["employer_opinion"], OPINION)
        with self.assertRefused("application_closed"):
            self.door._portal_save_opinion(self.case.id, {"text": "另"})
        shown = self.case.submission_ids.content_html
        for word in ("同意申报", "公告栏", "无异议"):
            self.assertIn(word, shown)

    def test_nothing_is_asked_where_the_scheme_does_not(self):
        case = self.enter("organisation", edition=self.asking)
        door = self.as_applicant(case)
        self.assertEqual(case._opinion_missing(), [])
        with self.assertRaises(MissingError):
            door._portal_opinion_page(case.id)
        with self.assertRefused("opinion_not_asked"):
            door._portal_save_opinion(case.id, OPINION)
        self.assertNotIn(
            "employer_opinion", self.env["award.submission"]._content_of(case)
        )

    def test_bad_values_are_refused_in_words(self):
        save = self.door._portal_save_opinion
        for values, code in (
            ({"text": "长" * 2_001}, "value_too_long"),
            ({"sealed_by": "长" * 300}, "value_too_long"),
            ({"sealed_on": "31.12.2012"}, "value_unknown"),
            (
                {"notice_from": "2026-03-02", "notice_to": "2026-03-01"},
                "notice_reversed",
            ),
        ):
            with self.subTest(code=code), self.assertRefused(code):
                save(self.case.id, values)

    def test_over_http(self):
        self.authenticate(self.owner.login, self.owner.login)
        path = f"/my/award/{self.case.id}/opinion"
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        done = self.url_open(path, data={**OPINION, "csrf_token": token})
        self.assertIn("无异议", done.text)
        self.assertIn("Saved.", done.text)
        link = f'href="{path}"'
        self.assertIn(link, self.url_open(f"/my/award/{self.case.id}").text)

    def test_a_lost_session_keeps_what_was_typed(self):
        """With a wrong token, with none, and when nobody is logged in any more."""
        path = f"/my/award/{self.case.id}/opinion"
        here = {"Origin": self.base_url(), "Accept": "text/html"}
        for login in (self.owner.login, None):
            self.authenticate(login, login)
            for token in ("wrong", None):
                typed = {"text": "写了很久<script>", "csrf_token": token}
                page = self.url_open(path, data=typed, headers=here)
                self.assertEqual(page.status_code, 400)
                self.assertIn("Your Session Is Over", page.text)
                self.assertIn("写了很久&lt;script&gt;", page.text)
        self.assertFalse(self.case.opinion_ids)
        self.authenticate(self.owner.login, self.owner.login)
        page = self.url_open(path, data={"text": "再来"}, headers=here)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)
        done = self.url_open(path, data={"text": "再来", "csrf_token": token})
        self.assertEqual((done.status_code, self.case.opinion_ids.text), (200, "再来"))

    def test_another_site_gets_nothing_back(self):
        self.authenticate(self.owner.login, self.owner.login)
        path = f"/my/award/{self.case.id}/opinion"
        foreign = {"Origin": "https://elsewhere.example", "Accept": "text/html"}
        page = self.url_open(path, data={"text": "FOREIGNTEXT"}, headers=foreign)
        self.assertEqual(page.status_code, 400)
        self.assertIn("Your Session Is Over", page.text)
        self.assertNotIn("FOREIGNTEXT", page.text)
