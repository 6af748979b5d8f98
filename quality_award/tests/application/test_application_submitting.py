import re
from datetime import timedelta

from odoo.exceptions import MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import WINDOW, AwardCommon, AwardHttpCommon

HASH = re.compile(r'id="award_hash">([0-9a-f]{64})<')


class Submitting:
    """Words of both classes below."""

    def asked(self, case):
        return self.as_applicant(case)._portal_submission(case.id)

    def hand_in(self, case, digest=None, confirmed=True):
        door = self.as_applicant(case)
        digest = digest or self.asked(case)["digest"]
        return door._portal_submit_seen(case.id, digest, confirmed)

    def returned(self, case):
        case.with_user(self.roles["office"]).action_return("缺少印章")
        self.env.invalidate_all()
        return case


@tagged("post_install", "-at_install")
class TestApplicationSubmitting(Submitting, AwardCommon):
    """What stands against a submission, and that what was seen is what is sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()

    def test_each_missing_part_has_clause_and_place(self):
        self.case.applicant_id.liaison_phone = False
        door = self.as_applicant(self.case)
        codes = [code for code in self.case._chapters() if code != "4.1.2"]
        door._portal_save(self.case.id, {code: "正文" for code in codes})
        title = self.case._chapters()["4.1.2"]
        here = f"/my/award/{self.case.id}"
        self.assertEqual(
            [
                (row["text"], row["clause"], row["address"], row["label"])
                for row in self.asked(self.case)["against"]
            ],
            [
                ("“Phone” is empty.", "Art. 12(2)", f"{here}/form#liaison_phone",
                 "Phone"),
                (f"“{title}” is empty.", "Art. 12(2)", f"{here}/chapter/4.1.2", title),
            ],
        )

    def test_all_guards_are_asked_not_only_the_first(self):
        """The door stops at the first; the page names them all."""
        self.frozen.move_to(WINDOW[1] + timedelta(seconds=1))
        self.addCleanup(self.frozen.move_to, "2026-03-10 02:00:00")
        rows = self.asked(self.case)["against"]
        self.assertIn("closed at 2026-03-20 17:00", rows[0]["text"])
        self.assertEqual((rows[0]["address"], rows[0]["label"]), (None, ""))
        self.assertEqual(len(rows), 1 + len(self.case._missing_parts()))

    def test_conditions_lead_to_their_field_or_fact(self):
        self.case.applicant_id.registered_on = "2025-05-01"
        rows = {row["text"]: row for row in self.asked(self.case)["doubts"]}
        here = f"/my/award/{self.case.id}"
        addresses = [row["address"] for row in rows.values()]
        self.assertIn(f"{here}/form#registered_on", addresses)
        for row in rows.values():
            self.assertTrue(row["clause"])
        requirement = self.scheme._requirements(self.award_class).filtered(
            lambda r: r.kind == "no_incident"
        )[:1]
        part = self.case._part_of(requirement)
        self.assertEqual(
            self.case._portal_address(part),
            f"{here}/conditions#condition_{requirement.code}",
        )

    def test_what_was_seen_is_what_is_sent(self):
        self.write_up(self.case)
        asked = self.asked(self.case)
        self.assertEqual((asked["against"], asked["may_submit"]), ([], True))
        self.assertEqual(asked["version"], 1)
        self.assertEqual(asked["written"], len(self.case._chapters()))
        with self.assertRefused("not_confirmed"):
            self.hand_in(self.case, asked["digest"], confirmed=False)
        self.as_applicant(self.case)._portal_save(self.case.id, {"profile": "改"})
        with self.assertRefused("preview_outdated"):
            self.hand_in(self.case, asked["digest"])
        self.assertEqual((self.case.state, len(self.case.submission_ids)), ("draft", 0))
        seen = self.asked(self.case)["digest"]
        self.hand_in(self.case, seen)
        self.env.invalidate_all()
        self.assertEqual(self.case.submission_ids.content_hash, seen)

    def test_preview_is_what_the_experts_get(self):
        self.write_up(self.case, "甲 <b>&\n乙")
        shown = self.as_applicant(self.case)._portal_preview(self.case.id)
        self.hand_in(self.case)
        self.env.invalidate_all()
        self.assertEqual(str(self.case.submission_ids._render()), str(shown))
        self.assertIn("甲 &lt;b&gt;&amp;\n乙 profile", shown)

    def test_second_click_is_refused_and_makes_no_version(self):
        self.write_up(self.case)
        digest = self.asked(self.case)["digest"]
        self.hand_in(self.case, digest)
        with self.assertRefused("wrong_state"):
            self.hand_in(self.case, digest)
        self.assertEqual(self.case.submission_ids.mapped("version"), [1])

    def test_last_second_of_the_window(self):
        self.write_up(self.case)
        digest = self.asked(self.case)["digest"]
        self.addCleanup(self.frozen.move_to, "2026-03-10 02:00:00")
        self.frozen.move_to(WINDOW[1] + timedelta(seconds=1))
        with self.assertRefused("window_closed", "12-2"):
            self.hand_in(self.case, digest)
        self.assertEqual(self.case.state, "draft")
        self.assertEqual(self.asked(self.case)["digest"], digest, "nothing is lost")
        self.frozen.move_to(WINDOW[1])
        self.hand_in(self.case, digest)
        self.assertEqual(self.case.state, "submitted")

    def test_writer_without_signature_learns_who_may(self):
        self.write_up(self.case)
        colleague = self._new_user("t_colleague", "base.group_portal")
        self.env["award.applicant.member"].create(
            {
                "applicant_id": self.case.applicant_id.id,
                "user_id": colleague.id,
                "can_sign": False,
            }
        )
        door = self.env["award.application"].with_user(colleague)
        asked = door._portal_submission(self.case.id)
        owner = self.applicant_of(self.case)
        self.assertEqual((asked["may_submit"], asked["signers"]), (False, [owner.name]))
        with self.assertRefused("wrong_role"):
            door._portal_submit_seen(self.case.id, asked["digest"], True)

    # -- versions --------------------------------------------------------------------
    def test_versions_show_what_changed_by_chapter(self):
        self.write_up(self.case, "一\n二")
        self.hand_in(self.case)
        self.returned(self.case)
        door = self.as_applicant(self.case)
        door._portal_save(self.case.id, {"profile": "一\n三\n四"}, {"size": "large"})
        self.hand_in(self.case)
        self.env.invalidate_all()
        versions = door._portal_versions(self.case.id)
        self.assertEqual(versions.mapped("version"), [2, 1])
        self.assertEqual(versions.mapped("is_current"), [True, False])
        first = door._portal_version(self.case.id, 1)
        self.assertEqual((first["earlier"].ids, first["changes"]), ([], []))
        found = door._portal_version(self.case.id, 2)
        self.assertEqual(found["earlier"], versions[1])
        self.assertEqual(
            [change["title"] for change in found["changes"]],
            ["Applicant", "Organisational Profile"],
        )
        self.assertEqual(
            [row for row in found["changes"][0]["rows"] if row[0] != "equal"],
            [("replace", "Size: medium", "Size: large")],
        )
        self.assertEqual(
            found["changes"][1]["rows"],
            [("equal", "一", "一"), ("replace", "二 profile", "三\n四")],
        )

    def test_unknown_version_is_not_found(self):
        self.write_up(self.case)
        self.hand_in(self.case)
        door = self.as_applicant(self.case)
        self.assertEqual(door._portal_version(self.case.id, "1")["version"].version, 1)
        for number in (0, 2, "x", None, 2**40):
            with self.subTest(number=number), self.assertRaises(MissingError):
                door._portal_version(self.case.id, number)

    # -- how long is left ------------------------------------------------------------
    def test_time_left_is_counted_in_working_days(self):
        """2026-03-10 is a Tuesday; the window closes on Friday of the next week."""
        self.addCleanup(self.frozen.move_to, "2026-03-10 02:00:00")
        until = self.edition._local_date(self.edition.window_end)
        for now, words, late in (
            ("2026-03-10 02:00:00", "8 working days left", False),
            ("2026-03-14 02:00:00", "5 working days left", False),
            ("2026-03-19 02:00:00", "1 working days left", False),
            ("2026-03-20 02:00:00", "today is the last day", False),
            ("2026-03-21 02:00:00", "the last day is over", True),
            ("2026-03-24 02:00:00", "overdue for 2 working days", True),
        ):
            self.frozen.move_to(now)
            with self.subTest(now=now):
                self.assertEqual(
                    self.case._portal_left(until), {"left": words, "is_late": late}
                )
        self.assertEqual(self.case._portal_left(None), {"left": "", "is_late": False})

    def test_one_stage_is_here(self):
        here = [s["name"] for s in self.case._portal_stages(True) if s["is_here"]]
        self.assertEqual(here, [self.case._stage_of_kind("submission").display_name])
        self.submit(self.case)
        here = [s["name"] for s in self.case._portal_stages(True) if s["is_here"]]
        self.assertEqual(here, [self.case.stage_id.display_name])

    def test_what_withdrawing_means(self):
        self.assertIn("until 2026-03-20 17:00", self.case._withdrawing_means())
        self.addCleanup(self.frozen.move_to, "2026-03-10 02:00:00")
        self.frozen.move_to(WINDOW[1] + timedelta(seconds=1))
        self.assertIn("no new application", self.case._withdrawing_means())

    # -- cost ------------------------------------------------------------------------
    def test_statements_do_not_grow_with_chapters_or_versions(self):
        few, many = self.register(2)
        self.as_applicant(few)._portal_save(few.id, {"profile": "正文"})
        self.write_up(many)
        self.as_applicant(many)._portal_save(many.id, {"profile": " "})
        counts = [self._statements(case, "_portal_submission") for case in (few, many)]
        self.assertEqual(counts[0], counts[1])
        counts = []
        self.submit(many)
        for _turn in range(2):
            counts.append(self._statements(many, "_portal_version", 1))
            self.returned(many)
            self.hand_in(many)
        self.assertEqual(counts[0], counts[1])

    def _statements(self, case, method, *args):
        door = self.as_applicant(case)
        getattr(door, method)(case.id, *args)  # what is cached for all is cached
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        getattr(door, method)(case.id, *args)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestApplicationSubmittingPages(Submitting, AwardHttpCommon):
    """The same over HTTP."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.write_up(cls.register())
        cls.stranger = cls.applicant_of(cls.register())
        cls.path = f"/my/award/{cls.case.id}"

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, **values):
        page = self.url_open("/my/award")
        token = re.search(r'csrf_token: "([^"]+)"', page.text).group(1)
        return self.url_open(path, data={"csrf_token": token, **values})

    def _value(self, page, name):
        return re.search(rf'name="{name}" value="([^"]*)"', page.text).group(1)

    def test_confirm_submit_receipt(self):
        self._login(self.applicant_of(self.case))
        preview = self.url_open(f"{self.path}/preview")
        self.assertIn('id="award_ready"', preview.text)
        self.assertIn('class="o_award_draft_mark"', preview.text)
        confirm = self.url_open(f"{self.path}/submit")
        digest = self._value(confirm, "digest")
        refused = self._post(f"{self.path}/submit", digest=digest)
        self.assertIn("tick that you have read the preview", refused.text)
        outdated = self._post(f"{self.path}/submit", digest="0" * 64, confirmed="1")
        self.assertIn("changed after this page was", outdated.text)
        self.assertEqual(self.case.state, "draft")
        for _click in range(2):
            done = self._post(f"{self.path}/submit", digest=digest, confirmed="1")
            self.assertEqual(done.status_code, 200)
            self.assertTrue(done.url.endswith(f"{self.path}?submitted=1"), done.url)
            self.assertIn('id="award_done"', done.text)
        self.env.invalidate_all()
        version = self.case.submission_ids
        self.assertEqual(version.mapped("version"), [1])
        self.assertEqual(HASH.search(done.text).group(1), digest)
        self.assertEqual(version.content_hash, digest)
        self.assertIn(version.version_code, done.text)
        self.assertIn(self.case.name, done.text)
        self.assertIn("2026-03-10 10:00", done.text)
        page = self.url_open(f"{self.path}/versions/1")
        self.assertEqual(page.status_code, 200)
        self.assertIn(version.version_code, page.text)
        self.assertIn(f"{self.path}/versions/1", self.url_open(
            f"{self.path}/versions").text)

    def test_nothing_to_confirm_while_something_is_missing(self):
        self.as_applicant(self.case)._portal_save(self.case.id, {"profile": " "})
        self._login(self.applicant_of(self.case))
        page = self.url_open(f"{self.path}/submit")
        self.assertTrue(page.url.endswith(f"{self.path}/preview"), page.url)
        self.assertIn(f'href="{self.path}/chapter/profile"', page.text)
        self.assertIn("Art. 12(2)", page.text)
        refused = self._post(f"{self.path}/submit", digest="", confirmed="1")
        self.assertEqual((refused.status_code, self.case.state), (200, "draft"))
        self.assertIn("not complete", refused.text)

    @mute_logger("odoo.http")
    def test_strangers_find_nothing(self):
        """Each page is first opened by the owner."""
        case = self.submit(self.register())
        again = self.returned(case)
        path = f"/my/award/{again.id}"
        pages = (f"{path}/preview", f"{path}/submit", f"{path}/versions",
                 f"{path}/versions/1", f"{path}/earlier")
        for user, status in ((self.applicant_of(again), 200), (self.stranger, 404)):
            self._login(user)
            for page in pages:
                with self.subTest(page=page, status=status):
                    self.assertEqual(self.url_open(page).status_code, status)
            answer = self._post(f"{path}/submit", digest="", confirmed="1")
            self.assertEqual(answer.status_code, status)
        self.assertEqual(again.state, "returned")

    def test_versions_leave_an_entry(self):
        case = self.submit(self.register())
        self._login(self.applicant_of(case))
        with self.assertLogged("award.submission", case.submission_ids.ids, "portal"):
            self.url_open(f"/my/award/{case.id}/versions/1")
