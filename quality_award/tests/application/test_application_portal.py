import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardHttpCommon, credit_code


@tagged("post_install", "-at_install")
class TestApplicationPortal(AwardHttpCommon):
    """The applicant's pages over HTTP, and what strangers get from them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.owner = cls.applicant_of(cls.case)
        cls.stranger = cls.applicant_of(cls.register())

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, data=(), token=True):
        values = dict(data)
        if token:
            page = self.url_open("/my/award")
            values["csrf_token"] = re.search(r'csrf_token: "([^"]+)"', page.text).group(
                1
            )
        return self.url_open(path, data=values, allow_redirects=True)

    def _typed(self, number, **values):
        typed = {**self.values_of(number), "trade_id": self.trade.id, **values}
        typed.pop("trade_code")
        return typed

    def assertShows(self, page, words, shown=True):
        """Like assertIn, without printing the page."""
        alert = re.search(r'role="alert"[^>]*>([^<]*)', page.text)
        self.assertEqual(words in page.text, shown, (words, alert and alert.group(1)))

    # -- the way of an applicant ---------------------------------------------------
    def test_register_write_submit(self):
        user, number = self._new_applicant()
        self._login(user)
        home = self.url_open("/my/award")
        self.assertShows(home, f"/my/award/register/{self.edition.id}")
        form = self.url_open(f"/my/award/register/{self.edition.id}")
        self.assertShows(form, "state secrets")
        done = self._post(f"/my/award/register/{self.edition.id}", self._typed(number))
        self.assertEqual(done.status_code, 200)
        case = self.env["award.application"].search([], order="id desc", limit=1)
        self.assertEqual(case.applicant_id.credit_code, credit_code(number))
        self.assertTrue(done.url.endswith(f"/my/award/{case.id}"))
        chapters = {f"chapter_{code}": code for code in case._chapters()}
        done = self._post(f"/my/award/{case.id}/save", {**chapters, "submit": "1"})
        self.assertEqual((done.status_code, case.state), (200, "submitted"))
        self.assertShows(done, "甲区")
        self.assertShows(done, 'id="award_next_date" class="col-sm-9">2026-03-24')

    def test_entry_on_the_portal_home(self):
        self._login(self.owner)
        self.assertShows(self.url_open("/my"), 'href="/my/award"')

    def test_home_says_what_comes_next_and_by_when(self):
        case = self.cases_at("qualification")
        user = self.applicant_of(case)
        check = case.qualification_ids.with_user(self.roles["office"])
        door = self.env["award.application"].with_user(user)
        held = self.env["award.clock"]._of(check).filtered("is_open")
        row = door._portal_home()[0]
        self.assertEqual(
            (row["case"], row["waits_for"], row["next_date"], row["is_late"]),
            (case, "Award Office", held.due_on, False),
        )
        supplement = self.env["award.supplement"].with_user(self.roles["office"])
        supplement = supplement.create({"qualification_id": check.id, "items": "补"})
        supplement.action_send()
        row = door._portal_home()[0]
        self.assertEqual(
            (row["next_step"], row["waits_for"], row["next_date"]),
            ("Answer the supplement.", "You", supplement.due_on),
        )
        self._login(user)
        page = self.url_open("/my/award")
        self.assertShows(page, "Answer the supplement.")
        self.assertShows(page, row["left"])
        self.assertIn("working days left", row["left"])
        self.assertShows(page, self.case.applicant_id.name, False)

    def test_home_costs_as_much_for_many_applications(self):
        """Of one person for ten applicants, each with a running clock."""
        cases = self.cases_at("qualification", 10)
        user = self.applicant_of(cases[0])
        door = self.env["award.application"].with_user(user)
        door._portal_home()  # the caches of the registry
        counts = []
        for others in (cases[:0], cases[1:]):
            self.env["award.applicant.member"].create(
                [
                    {"applicant_id": one.id, "user_id": user.id}
                    for one in others.applicant_id
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = door._portal_home()
            counts.append((len(rows), self.env.cr.sql_log_count - before))
        self.assertEqual([count for count, _asked in counts], [1, 10])
        self.assertEqual(counts[0][1], counts[1][1])

    def test_supplement_and_letter(self):
        case = self.cases_at("qualification")
        check = case.qualification_ids.with_user(self.roles["office"])
        supplement = self.env["award.supplement"].with_user(self.roles["office"])
        supplement = supplement.create(
            {"qualification_id": check.id, "items": "缺少<b>证明</b>"}
        )
        supplement.action_send()
        letter = case.letter_ids.with_user(self.roles["office"])
        self._login(self.applicant_of(case))
        page = self.url_open(f"/my/award/{case.id}")
        self.assertShows(page, "缺少&lt;b&gt;证明")
        self.assertShows(page, letter.subject, False)
        letter.action_send()
        path = f"/my/award/{case.id}/answer/{supplement.id}"
        refused = self._post(path, {"answer": "  "})
        self.assertShows(refused, "Write an answer")
        done = self._post(path, {"answer": "已补充"})
        self.assertEqual((done.status_code, supplement.state), (200, "answered"))
        self.assertShows(done, letter.subject)

    def test_withdraw_needs_a_reason(self):
        case = self.register()
        self._login(self.applicant_of(case))
        page = self._post(f"/my/award/{case.id}/withdraw", {"reason": " "})
        self.assertEqual((page.status_code, case.state), (200, "draft"))
        self.assertShows(page, "needs a reason")
        page = self._post(f"/my/award/{case.id}/withdraw", {"reason": "合并重组"})
        self.assertEqual((page.status_code, case.state), (200, "withdrawn"))

    def test_refusals_keep_what_was_typed(self):
        self._login(self.owner)
        path = f"/my/award/{self.case.id}/save"
        page = self._post(path, {"chapter_profile": "半成品", "submit": "1"})
        self.assertEqual((page.status_code, self.case.state), (200, "draft"))
        self.assertShows(page, "not complete")
        self.assertShows(page, "半成品")
        long = "长" * 200_001
        page = self._post(path, {"chapter_profile": long})
        self.assertShows(page, "200001 characters")
        self.assertShows(page, long)
        self.assertEqual(self.case.chapter_ids.mapped("text"), ["半成品"])

    def test_refused_registration_shows_the_form_again(self):
        user, number = self._new_applicant()
        self._login(user)
        path = f"/my/award/register/{self.edition.id}"
        before = self.env["award.applicant"].search_count([])
        for values, words in (
            ({"credit_code": "91510199MADE00011X"}, "not a valid unified"),
            ({"credit_code": self.case.applicant_id.credit_code}, "already"),
            ({"registered_on": "31.12.2012"}, "not possible for"),
            ({"trade_id": "999999999999999999"}, "not possible for"),
            ({"trade_id": "' OR 1=1"}, "not possible for"),
            ({"recommender_id": "2147483648"}, "not possible for"),
            ({"size": "enormous"}, "not possible for"),
            ({"name": "长" * 300}, "too long"),
            ({"name": ""}, "is missing"),
        ):
            with self.subTest(values=values):
                page = self._post(path, self._typed(number, **values))
                self.assertEqual(page.status_code, 200)
                self.assertShows(page, words)
                self.assertShows(page, "王甲子")
        self.assertEqual(self.env["award.applicant"].search_count([]), before)

    def test_scripts_are_escaped(self):
        case = self.register(name="<script>alert(1)</script>公司")
        self._login(self.applicant_of(case))
        script = "</textarea><script>alert(2)</script>"
        page = self._post(
            f"/my/award/{case.id}/save", {"chapter_profile": script, "\x00": "\x00"}
        )
        self.assertShows(page, "<script>alert", False)
        self.submit(case)
        page = self.url_open(f"/my/award/{case.id}")
        self.assertShows(page, "<script>alert", False)

    def test_demonstration_ribbon(self):
        edition = self._new_edition(term=9, is_demo=True)
        edition.with_user(self.roles["office_head"]).action_announce()
        case = self.register(edition=edition)
        self._login(self.applicant_of(case))
        path = f"/my/award/{case.id}"
        self.assertShows(self.url_open(path), "Demonstration data")
        self._login(self.owner)
        path = f"/my/award/{self.case.id}"
        self.assertShows(self.url_open(path), "Demonstration data", False)

    # -- strangers --------------------------------------------------------------------
    @mute_logger("odoo.http")
    def test_another_applicant_finds_nothing(self):
        """Each path is first walked by the owner, for whom it opens."""
        case = self.cases_at("qualification")
        office = self.roles["office"]
        supplement = self.env["award.supplement"].create(
            {"qualification_id": case.qualification_ids.id, "items": "x"}
        )
        supplement.with_user(office).action_send()
        paths = (
            (f"/my/award/{case.id}", None),
            (f"/my/award/{case.id}/save", {}),
            (f"/my/award/{case.id}/withdraw", {"reason": ""}),
            (f"/my/award/{case.id}/answer/{supplement.id}", {"answer": ""}),
        )
        for user, status in ((self.applicant_of(case), 200), (self.stranger, 404)):
            self._login(user)
            for path, data in paths:
                with self.subTest(path=path, status=status):
                    page = (
                        self.url_open(path) if data is None else self._post(path, data)
                    )
                    self.assertEqual(page.status_code, status)
                    shown = case.applicant_id.name in page.text
                    self.assertEqual(shown, status == 200)
        self.assertEqual((case.state, supplement.state), ("submitted", "sent"))

    @mute_logger("odoo.http")
    def test_unknown_ids_are_not_found(self):
        self._login(self.owner)
        for path in ("/my/award/0", "/my/award/99999999999999999999"):
            self.assertEqual(self.url_open(path).status_code, 404)
        for id_ in (0, 99999999999999999999):
            path = f"/my/award/register/{id_}"
            self.assertEqual(self.url_open(path).status_code, 404)
        hidden = self._new_edition(term=8)
        path = f"/my/award/register/{hidden.id}"
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_nobody_reads_without_a_login(self):
        self.authenticate(None, None)
        page = self.url_open(f"/my/award/{self.case.id}")
        self.assertIn("/web/login", page.url)

    @mute_logger("odoo.http")
    def test_post_without_token_changes_nothing(self):
        self._login(self.owner)
        path = f"/my/award/{self.case.id}/withdraw"
        self.assertEqual(
            self._post(path, {"reason": "x"}, token=False).status_code, 400
        )
        self.assertEqual(self.case.state, "draft")

    def test_extra_fields_are_ignored(self):
        user, number = self._new_applicant()
        other = self.env["res.company"].create({"name": "Other"})
        extra = {
            "state": "accepted",
            "stage_id": str(self.scheme.stage_ids[-1].id),
            "company_id": str(other.id),
            "name_": "x",
            "submitted_at": "2026-01-01",
            "member_ids": "1",
            "id": str(self.case.id),
        }
        self._login(user)
        self._post(
            f"/my/award/register/{self.edition.id}", {**self._typed(number), **extra}
        )
        case = self.env["award.application"].search([], order="id desc", limit=1)
        self.assertEqual(case.applicant_id.credit_code, credit_code(number))
        self._post(f"/my/award/{case.id}/save", extra)
        self.assertEqual(
            (case.state, case.stage_id.id, case.company_id, case.submitted_at),
            ("draft", False, self.company, False),
        )
        self.assertEqual(case.applicant_id.company_id, self.company)
        self.assertEqual(case.applicant_id.member_ids.user_id, user)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.jsonrpc")
    def test_portal_user_has_no_remote_procedure(self):
        """The office reads and writes through the same calls."""
        calls = (
            ("search_read", [[]], {"fields": ["id"]}),
            ("web_search_read", [[]], {"specification": {"id": {}}}),
            ("create", [{}], {}),
            ("write", [self.case.ids, {}], {}),
            ("name_search", [], {}),
        )
        office, owner = self.roles["office"], self.owner
        models = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("award.") and not model._abstract
        ]
        self._login(office)
        seen = self._call("award.application", *calls[0])
        self.assertIn({"id": self.case.id}, seen["result"])
        self._login(owner)
        for model in sorted(models):
            for call in calls:
                with self.subTest(model=model, method=call[0]):
                    answer = self._call(model, *call)
                    self.assertNotIn("result", answer)
                    if call[0] != "create":  # may stumble over the empty values first
                        self.assertIn("AccessError", answer["error"]["data"]["name"])

    def _call(self, model, method, args, kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.url_open(
            "/web/dataset/call_kw",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
        ).json()

    # -- the log ---------------------------------------------------------------------
    def test_pages_leave_entries(self):
        self._login(self.owner)
        with self.assertLogged("award.application", self.case.ids, door="portal"):
            self.url_open(f"/my/award/{self.case.id}")
        with self.assertLogged("award.application", self.case.ids, door="portal"):
            self.url_open("/my/award")
