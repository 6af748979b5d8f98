"""What everybody reads without a login, and what nobody reads there."""

from datetime import timedelta

from markupsafe import Markup, escape

from odoo.exceptions import MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import NOW, AwardCommon, AwardHttpCommon

PAGES = (
    "",
    "/regulation",
    "/calendar",
    "/criteria",
    "/prepare",
    "/recommenders",
    "/questions",
    "/self-test",
)


@tagged("post_install", "-at_install")
class TestApplicationPublic(AwardHttpCommon):
    """The pages over HTTP, as somebody who is not logged in."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.addCleanup(lambda: type(self).frozen.move_to(NOW))

    def root(self, edition=None):
        return f"/award/{(edition or self.edition).id}"

    def test_every_page_opens_without_a_login(self):
        for page in PAGES:
            with self.subTest(page=page):
                answer = self.url_open(self.root() + page)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("/web/login", answer.url)

    def test_what_the_pages_say(self):
        scheme = self.edition.scheme_id
        clause = scheme.clause_ids[:1]
        item = self.award_class._criteria_on(NOW.date())._items()[:1]
        condition = scheme._requirements(self.award_class)[:1]
        self.recommender.contact_phone = "000-0000-7777"
        expected = {
            "": (scheme.body_ids[:1].display_name, "8 working days left after today"),
            "/regulation": (Markup(f'id="clause-{clause.code}"'), clause.display_name),
            "/calendar": (scheme.stage_ids[:1].display_name, "calendar.ics"),
            "/criteria": (item.display_name, "1000"),
            "/prepare": (condition.display_name, "50000", item.display_name),
            "/recommenders": (self.recommender.display_name, "000-0000-7777"),
            "/self-test": (condition.display_name, "Registered here on"),
        }
        for page, words in expected.items():
            text = self.url_open(self.root() + page).text
            for word in words:
                with self.subTest(page=page, word=word):
                    self.assertTrue(escape(word) in text)

    def test_the_calendar_as_a_file(self):
        type(self).clock.stop()  # the library cannot write days of a frozen clock
        self.addCleanup(self.start_again)
        calendar = self.url_open(self.root() + "/calendar.ics")
        self.assertEqual(
            calendar.headers["Content-Type"], "text/calendar; charset=utf-8"
        )
        stages = self.edition.scheme_id._stages()
        self.assertEqual(calendar.text.count("BEGIN:VEVENT"), len(stages))

    def start_again(self):
        cls = type(self)
        cls.frozen = cls.clock.start()

    def test_the_banner_and_the_foot_stand_on_each_page(self):
        self.company.write({"award_host": "某市评审办", "award_icp": "ICP备00000000号"})
        for page in ("/award", *(self.root() + p for p in PAGES)):
            text = self.url_open(page).text
            self.assertIn("not cleared for state secrets", text, page)
            self.assertIn("ICP备00000000号", text, page)

    @mute_logger("odoo.http")
    def test_only_what_is_announced(self):
        """A draft, a cancelled and a closed edition are not there; nor is a page."""
        drafted = self._new_edition(term=41)
        cancelled = self._new_edition(term=42)
        cancelled.with_user(self.roles["office_head"]).action_announce()
        cancelled.with_user(self.roles["office_head"]).action_cancel("x")
        closed = self._new_edition(term=43)
        closed.with_user(self.roles["office_head"]).action_announce()
        self.frozen.move_to(NOW + timedelta(days=30))
        closed.with_user(self.roles["office_head"]).action_close()
        listed = self.url_open("/award").text
        for edition in (drafted, cancelled, closed):
            self.assertNotIn(edition.name_en, listed)
            for page in PAGES:
                path = self.root(edition) + page
                self.assertEqual(self.url_open(path).status_code, 404, path)
        for path in ("/award/0", "/award/99999999999", self.root() + "/prepare/nope"):
            self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_nothing_of_a_case_and_nothing_of_another_agency(self):
        """Markers in everything that could leak; each is seen where it may be."""
        other = self.env["res.company"].create({"name": "Agency LEAKAGENCY"})
        theirs = self._new_recommender("LEAKRECOMMENDER", "leak", other)
        theirs.contact_phone = "LEAKPHONE"
        case = self.register(name="LEAKAPPLICANT", liaison_name="LEAKLIAISON")
        self.write_up(case, "LEAKTEXT")
        question = self.env["award.question"].create(
            {
                "edition_id": self.edition.id,
                "text": "LEAKQUESTION",
                "asker_name": "LEAKASKER",
                "asker_contact": "LEAKCONTACT",
                "answer": "An answer",
                "public_question": "A question in general words",
            }
        )
        for page in PAGES:
            text = self.url_open(self.root() + page).text
            self.assertNotIn("LEAK", text, page)
        office = question.with_user(self.roles["office"])
        office.action_answer()
        self.assertNotIn("An answer", self.url_open(self.root() + "/questions").text)
        office.action_publish()
        text = self.url_open(self.root() + "/questions").text
        self.assertIn("A question in general words", text)
        self.assertIn("An answer", text)
        self.assertNotIn("LEAK", text)

    def test_licensed_wording_is_shown_only_where_it_may_be(self):
        clause = self.edition.scheme_id.clause_ids[:1]
        item = self.award_class._criteria_on(NOW.date())._items()[:1]
        clause.licensed_text = "OFFICIALCLAUSE"
        item.licensed_text = "OFFICIALITEM"
        for page in ("/regulation", "/criteria"):
            self.assertNotIn("OFFICIAL", self.url_open(self.root() + page).text)
        clause.licensed_public = item.licensed_public = True
        self.assertIn("OFFICIALCLAUSE", self.url_open(self.root() + "/regulation").text)
        self.assertIn("OFFICIALITEM", self.url_open(self.root() + "/criteria").text)

    def test_self_test_over_http_keeps_nothing(self):
        path = f"{self.root()}/self-test/{self.award_class.code}"
        counted = ("award.application", "award.applicant", "award.fact")
        before = [self.env[name].search_count([]) for name in counted]
        typed = {"registered_on": "2025-06-01", "legal_person": "yes"}
        page = self.url_open(path, data=typed)
        self.assertEqual(page.status_code, 200)
        self.assertIn('data-outcome="not_met"', page.text)
        self.assertIn('value="2025-06-01"', page.text)
        after = [self.env[name].search_count([]) for name in counted]
        self.assertEqual(before, after)
        wrong = {"registered_on": "31.12.2012<script>"}
        page = self.url_open(path, data=wrong)
        self.assertIn("is not possible here", page.text)
        self.assertNotIn("<script>alert", page.text)

    def test_chinese_pages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        text = self.url_open("/zh_CN" + self.root()).text
        self.assertIn(self.edition.name_zh, text)
        self.assertIn('lang="zh-CN"', text)
        self.assertIn('lang="en-US"', self.url_open("/en" + self.root()).text)

    def test_programs_of_the_pages_speak_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        words = self.url_open("/website/translations?lang=zh_CN").json()["modules"]
        said = {m["id"]: m["string"] for m in words["quality_award"]["messages"]}
        self.assertEqual(said["Saved %s"], "已保存 %s")


@tagged("post_install", "-at_install")
class TestApplicationPublicDoor(AwardCommon):
    def test_the_number_of_queries_does_not_grow(self):
        """With 1 and with 40 recommenders, questions and applications."""
        public = self.env.ref("base.public_user")
        door = self.env["award.edition"].with_user(public)

        def asked():
            edition = door._public_edition(self.edition.id)
            edition._public_head()
            edition._public_bodies()
            edition._public_classes()
            edition._public_regulation()
            edition._public_calendar()
            edition._public_criteria()
            edition._public_preparation(edition._open_classes())
            edition._public_recommenders()
            edition._self_test_form(edition._open_classes())
            edition._self_test(edition._open_classes(), {"legal_person": "yes"})
            self.env["award.question"].with_user(public)._public_list(edition)

        self._published()
        asked()  # the caches of the registry
        self.env.invalidate_all()
        counts = []
        for more in (0, 40):
            for _i in range(more):
                self.env["award.recommender"].create(
                    {"name_zh": "区", "territory": "区"}
                )
                self._published()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            asked()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def _published(self):
        question = self.env["award.question"].create(
            {
                "edition_id": self.edition.id,
                "text": "x",
                "answer": "y",
                "public_question": "z",
            }
        )
        question.with_user(self.roles["office"]).action_answer()
        question.with_user(self.roles["office"]).action_publish()

    def test_unknown_editions_are_missing(self):
        door = self.env["award.edition"]
        for id_ in (0, -1, None, "x", 2**40, self.edition.id + 10_000):
            with self.assertRaises(MissingError):
                door._public_edition(id_)
