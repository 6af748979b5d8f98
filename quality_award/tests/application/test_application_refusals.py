from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.application.lock import Won

from ..common import NOW, WINDOW, AwardCommon, credit_code

SECOND = timedelta(seconds=1)


@tagged("post_install", "-at_install")
class TestEditionRefusals(AwardCommon):
    """What stands against announcing, extending, closing an edition."""

    def _draft(self, **values):
        edition = self._new_edition(term=20, **values)
        return edition.with_user(self.roles["office_head"])

    def test_announce(self):
        continued = {"continuation_body": False}
        for code, values in (
            ("scheme_not_in_force", continued),
            ("scheme_not_in_force", {"continuation_number": False}),
            ("scheme_not_in_force", {"continuation_date": False}),
            ("window_missing", {"window_start": False}),
            ("window_missing", {"window_end": False}),
            ("window_missing", {"window_end": WINDOW[0]}),
        ):
            with self.subTest(code=code, values=values):
                edition = self._draft(**values)
                with self.assertRefused(code, None):
                    edition.action_announce()
                edition.sudo().unlink()

    def test_scheme_in_force_on_its_first_and_last_day(self):
        """Local days: the window may begin at local midnight of the first day."""
        scheme = self.scheme
        bare = {f"continuation_{x}": False for x in ("body", "number", "date")}
        first = f"{scheme.valid_from - timedelta(days=1)} 16:00:00"
        last = f"{scheme.valid_to} 15:59:59"
        for start, refused in (
            (first, False),
            (f"{scheme.valid_from - timedelta(days=1)} 15:59:59", True),
            (last, False),
            (f"{scheme.valid_to} 16:00:00", True),
        ):
            with self.subTest(start=start):
                edition = self._draft(window_start=start, **bare)
                edition.sudo().window_end = "2030-01-01 00:00:00"
                refusal = edition._guard_scheme_in_force()
                self.assertEqual(bool(refusal), refused)
                edition.sudo().unlink()

    def test_scheme_must_be_published(self):
        other = self.env["award.scheme"].create(
            {"code": "x", "version": "1", "name_zh": "草案"}
        )
        edition = self._draft(scheme_id=other.id)
        with self.assertRefused("scheme_not_published", None):
            edition.action_announce()

    def test_only_the_head_announces(self):
        edition = self._draft().with_user(self.roles["office"])
        with self.assertRefused("wrong_role"):
            edition.action_announce()

    def test_announced_edition_is_frozen(self):
        edition = self.edition.with_user(self.roles["office_head"])
        for field, value in (
            ("term", 99),
            ("window_end", "2026-12-01 00:00:00"),
            ("window_start", "2026-01-01 00:00:00"),
            ("award_year", 2027),
            ("is_demo", True),
        ):
            for person in (edition, edition.sudo()):
                with self.subTest(field=field), self.assertRefused("edition_frozen"):
                    person.write({field: value})
        edition.name_en = "Corrected"  # not part of what binds
        with self.assertRaises(AccessError):
            edition.announced_on = "2020-01-01"

    def test_extend(self):
        edition = self.edition.with_user(self.roles["office_head"])
        later = WINDOW[1] + timedelta(days=7)
        with self.assertRefused("window_not_later"):
            edition.action_extend(WINDOW[1], "再等一周")
        with self.assertRefused("reason_missing"):
            edition.action_extend(later, " ")
        edition.action_extend(later, "再等一周")
        self.assertEqual(edition.window_end, later)
        row = self.edition.transition_ids[:1]
        self.assertEqual(
            (row.move, row.reason),
            ("extend", "再等一周 (2026-03-20 17:00:00 → 2026-03-27 17:00:00)"),
        )
        with freeze_time(later + SECOND), self.assertRefused("window_not_later"):
            edition.action_extend(later + timedelta(days=1), "x")

    def test_close(self):
        edition = self.edition.with_user(self.roles["office_head"])
        case = self.register()
        with self.assertRefused("cases_open"):
            edition.action_close()
        self.as_applicant(case)._portal_withdraw(case.id, "合并")
        self.register()  # a draft that is never handed in
        with freeze_time(WINDOW[1] + SECOND):
            edition.action_close()
        self.assertEqual(self.edition.state, "closed")

    def test_close_waits_for_cases_handed_in(self):
        edition = self.edition.with_user(self.roles["office_head"])
        self.cases_at("recommendation")
        with freeze_time(WINDOW[1] + SECOND), self.assertRefused("cases_open"):
            edition.action_close()


@tagged("post_install", "-at_install")
class TestRegistrationRefusals(AwardCommon):
    """What stands against an online registration."""

    def _register(self, **values):
        user, number = self._new_applicant()
        door = self.env["award.application"].with_user(user)
        return door._portal_register(self.edition.id, self.values_of(number, **values))

    def test_values(self):
        held = self.register().applicant_id.credit_code
        valid = credit_code(77)
        for code, values in (
            ("credit_code_invalid", {"credit_code": ""}),
            ("credit_code_invalid", {"credit_code": "91510199MADE00011Q"}),
            ("credit_code_invalid", {"credit_code": valid[:-1]}),
            ("credit_code_invalid", {"credit_code": valid + "0"}),
            ("credit_code_held", {"credit_code": held}),
            ("credit_code_held", {"credit_code": f" {held.lower()} "}),
            ("class_unknown", {"class_code": "none"}),
            ("value_unknown", {"trade_code": "none"}),
            ("value_unknown", {"recommender_id": 2**40}),
            ("value_unknown", {"size": "enormous"}),
            ("value_unknown", {"registered_on": "2012-02-30"}),
            ("value_too_long", {"name": "长" * 257}),
            ("value_missing", {"name": " "}),
        ):
            with self.subTest(values=values), self.assertRefused(code, None):
                self._register(**values)

    def test_code_is_cleaned(self):
        case = self._register(credit_code=f" {credit_code(78).lower()} ")
        self.assertEqual(case.sudo().applicant_id.credit_code, credit_code(78))

    def test_office_cannot_store_an_invalid_code(self):
        office = self.env["award.applicant"].with_user(self.roles["office"])
        values = {"name": "甲", "credit_code": credit_code(79)}
        organisation = office.create(values)
        with self.assertRefused("credit_code_invalid"):
            organisation.credit_code = "91510199MADE00011Q"
            organisation.flush_recordset()

    def test_edges_of_the_window(self):
        for instant, code in (
            (WINDOW[0] - SECOND, "window_not_open"),
            (WINDOW[0], None),
            (WINDOW[1], None),
            (WINDOW[1] + SECOND, "window_closed"),
        ):
            with self.subTest(instant=instant), freeze_time(instant):
                if code is None:
                    self.assertEqual(self._register().sudo().state, "draft")
                    continue
                with self.assertRefused(code, "12-2"):
                    self._register()

    def test_second_application(self):
        case = self.register()
        again = self.values_of(1, credit_code=case.applicant_id.credit_code)
        door = self.as_applicant(case)
        with self.assertRefused("second_application"):
            door._portal_register(self.edition.id, again)
        door._portal_withdraw(case.id, "改换")
        second = door._portal_register(self.edition.id, again)
        self.assertNotEqual(second.id, case.id)

    def test_editions_that_take_no_applications(self):
        user, number = self._new_applicant()
        door = self.env["award.application"].with_user(user)
        draft = self._new_edition(term=21)
        for edition_id in (draft.id, 0, 2**31):
            with self.subTest(edition=edition_id), self.assertRaises(MissingError):
                door._portal_register(edition_id, self.values_of(number))
        done = self._new_edition(term=22)
        head = self.roles["office_head"]
        done.with_user(head).action_announce()
        done.with_user(head).action_cancel("撤销")
        with self.assertRaises(MissingError):
            door._portal_register(done.id, self.values_of(number))


@tagged("post_install", "-at_install")
class TestSubmissionRefusals(AwardCommon):
    """What stands against handing an application in, and against changing it."""

    def test_edges_of_the_window(self):
        for instant, code in (
            (WINDOW[0] - SECOND, "window_not_open"),
            (WINDOW[0], None),
            (WINDOW[1], None),
            (WINDOW[1] + SECOND, "window_closed"),
        ):
            case = self.write_up(self.register())
            door = self.as_applicant(case)
            with self.subTest(instant=instant), freeze_time(instant):
                if code is None:
                    door._portal_submit(case.id)
                    self.assertEqual(case.submitted_at, instant)
                    continue
                with self.assertRefused(code, "12-2"):
                    door._portal_submit(case.id)
                self.assertEqual((case.state, case.name), ("draft", "/"))

    def test_each_missing_thing_is_named(self):
        case = self.register()
        for field, label in (
            ("trade_id", "Trade"),
            ("size", "Size"),
            ("territory", "District"),
            ("registered_on", "Registered Here On"),
            ("liaison_name", "Liaison Officer"),
            ("liaison_phone", "Phone"),
        ):
            with self.subTest(field=field):
                kept = case.applicant_id[field]
                case.applicant_id[field] = False
                self.assertIn(label, case._missing())
                case.applicant_id[field] = kept
        case.recommender_id = False
        self.assertIn("Recommender", case._missing())
        with self.assertRefused("profile_incomplete", "12-2") as caught:
            self.as_applicant(case)._portal_submit(case.id)
        self.assertIn("4.7.7", str(caught.exception))
        self.assertIn("Organisational Profile", str(caught.exception))

    def test_blank_chapter_is_missing(self):
        case = self.write_up(self.register())
        self.assertEqual(case._missing(), [])
        self.as_applicant(case)._portal_save(case.id, {"4.1.2": " \n "})
        self.assertEqual([name[:5] for name in case._missing()], ["4.1.2"])

    def test_chapters(self):
        case = self.register()
        door = self.as_applicant(case)
        for code, chapters in (
            ("chapter_unknown", {"4.9.9": "x"}),
            ("chapter_too_large", {"4.1.2": "长" * 200_001}),
        ):
            with self.subTest(code=code), self.assertRefused(code):
                door._portal_save(case.id, chapters)
        door._portal_save(case.id, {"4.1.2": "长" * 50_000, "profile": "a\x00b\ud800"})
        self.assertEqual(case.chapter_ids.sorted("sequence")[0].text, "ab")

    def test_signature_and_membership(self):
        case = self.write_up(self.register())
        clerk = self._new_user("clerk", "base.group_portal")
        case.applicant_id.member_ids = [
            (0, 0, {"user_id": clerk.id, "can_sign": False})
        ]
        door = self.env["award.application"].with_user(clerk)
        door._portal_save(case.id, {"profile": "由经办人填写"})
        for act in (
            lambda: door._portal_submit(case.id),
            lambda: door._portal_withdraw(case.id, "x"),
        ):
            with self.assertRefused("wrong_role"):
                act()
        stranger = self.as_applicant(self.register())
        for act in (
            lambda: stranger._portal_save(case.id, {"profile": "x"}),
            lambda: stranger._portal_submit(case.id),
            lambda: stranger._portal_withdraw(case.id, "x"),
            lambda: stranger._portal_state(case.id),
        ):
            with self.assertRaises(MissingError):
                act()
        self.as_applicant(case)._portal_submit(case.id)
        self.assertEqual(case.state, "submitted")

    def test_twice(self):
        case = self.cases_at("recommendation")
        door = self.as_applicant(case)
        with self.assertRefused("wrong_state"):
            door._portal_submit(case.id)
        with self.assertRefused("application_closed"):
            door._portal_save(case.id, {"profile": "anders"})
        self.assertEqual(len(case.submission_ids), 1)

    def test_former_winners_wait(self):
        """Two terms between, clause 14; the room of awards says who has won."""
        case = self.write_up(self.register())
        application = type(case)
        for won, code in (
            ([1], "locked_after_award"),
            ([2], "locked_after_award"),
            ([0], None),
            ([], None),
        ):
            with self.subTest(won=won):
                earlier = [Won(term, None, 2020, "", "", "") for term in won]
                self.patch(application, "_earlier_awards", lambda case, e=earlier: e)
                refusal = case._guard_may_apply_again()
                self.assertEqual(refusal and refusal.code, code)
                self.assertEqual(refusal and refusal.clause, code and "14")
        earlier_of_2 = [Won(2, None, 2020, "", "", "")]
        self.patch(application, "_earlier_awards", lambda case: earlier_of_2)
        with self.assertRefused("locked_after_award", "14"):
            self.as_applicant(case)._portal_submit(case.id)

    def test_banned(self):
        case = self.write_up(self.register())
        self.patch(type(case), "_ban_of", lambda case: ("2030-01-01", "17"))
        with self.assertRefused("banned", "17"):
            self.as_applicant(case)._portal_submit(case.id)

    def test_only_application(self):
        """The database lets no second one in, whatever way it comes."""
        case = self.register()
        self.assertEqual(case._guard_only_application(), None)
        values = {
            "edition_id": case.edition_id.id,
            "class_id": case.class_id.id,
            "applicant_id": case.applicant_id.id,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(UniqueViolation, "one_per_edition"),
            self.env.cr.savepoint(),
        ):
            case.create(values)
        other = self._new_edition(term=23)
        self.assertTrue(case.create({**values, "edition_id": other.id}))

    def test_case_stays_with_its_organisation(self):
        case = self.cases_at("recommendation")
        other = self.register().applicant_id
        office = case.with_user(self.roles["office"])
        with self.assertRefused("case_frozen"):
            office.applicant_id = other.id
        for field, value in (("name", "3-9999"), ("submitted_at", NOW)):
            with self.subTest(field=field), self.assertRaises(AccessError):
                office.write({field: value})
