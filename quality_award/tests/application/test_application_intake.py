from datetime import datetime

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import NOW, AwardCommon
from .files import EXE, pdf, stream


@tagged("post_install", "-at_install")
class TestApplicationIntake(AwardCommon):
    """Paper sets at the desk, and scans of the sealed version."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.submit(cls.register())
        cls.version = cls.case.submission_ids
        cls.desk = cls.env["award.intake"].with_user(cls.roles["office"])

    def take_in(self, user="office", **values):
        desk = self.env["award.intake"].with_user(self.roles[user])
        base = {
            "version_code": self.version.version_code,
            "received_at": datetime(2026, 3, 10, 1, 0),
        }
        return desk.create({**base, **values})

    def test_set_is_counted_and_dates_the_case(self):
        first = self.take_in(version_code=self.version.version_code.lower())
        self.assertEqual(
            (first.number, first.copies, first.receiver_id, first.version_code),
            (1, 1, self.roles["office"], self.version.version_code),
        )
        self.assertEqual(self.case.paper_received_at, datetime(2026, 3, 10, 1, 0))
        second = self.take_in(number=77)
        self.assertEqual(second.number, 2)
        with self.assertRaises(AccessError):
            self.case.with_user(self.roles["office"]).paper_received_at = NOW

    def test_incomplete_set_does_not_date_the_case(self):
        self.take_in(condition="incomplete")
        self.assertFalse(self.case.paper_received_at)

    def test_corrections_append(self):
        first = self.take_in()
        with self.assertRefused("reason_missing"):
            self.take_in(corrects_id=first.id)
        second = self.take_in(
            corrects_id=first.id,
            reason="时间记错",
            received_at=datetime(2026, 3, 9, 1, 0),
        )
        self.assertEqual((first.is_corrected, second.number), (True, 2))
        self.assertEqual(self.case.paper_received_at, datetime(2026, 3, 9, 1, 0))
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error):
            with self.env.cr.savepoint():
                self.take_in(corrects_id=first.id, reason="再次")
        other = self.submit(self.register())
        with self.assertRefused("intake_other_case"):
            self.take_in(
                version_code=other.submission_ids.version_code,
                corrects_id=second.id,
                reason="错",
            )

    def test_entries_are_kept_by_the_database(self):
        entry = self.take_in()
        with self.assertRefused("intake_kept"):
            entry.sudo().write({"copies": 9})
        with self.assertRefused("intake_kept"):
            entry.sudo().unlink()
        for query in (
            SQL("UPDATE award_intake SET copies = 9 WHERE id = %s", entry.id),
            SQL("DELETE FROM award_intake WHERE id = %s", entry.id),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_only_the_version_in_force(self):
        old = self.version.version_code
        content = {**self.version.content, "profile": "新"}
        self.env["award.submission"]._add_versions({self.case: content})
        with self.assertRefused("version_code_old"):
            self.take_in(version_code=old)
        with self.assertRefused("version_code_wrong"):
            self.take_in(version_code="0000-0000-0000")
        with self.assertRefused("version_code_wrong"):
            self.take_in(version_code="")
        current = self.case.submission_ids.filtered("is_current").version_code
        with self.assertRefused("intake_later"):
            self.take_in(version_code=current, received_at=datetime(2026, 3, 10, 2, 1))
        self.assertEqual(self.take_in(version_code=current).version_code, current)

    def test_who_takes_in(self):
        self.assertEqual(self.take_in().application_id, self.case)
        with self.assertRefused("version_code_wrong"):
            self.take_in("handling")  # the scheme lets no handling body take part
        for role in ("supervisor", "reviewer", "recommender_sign", "finance"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.take_in(role)
        withdrawn = self.roles["office_second"]
        self.assertTrue(self.take_in("office_second"))
        self.env["award.recusal"].with_user(withdrawn).create(
            {"application_id": self.case.id, "kind": "family"}
        )
        with self.assertRefused("version_code_wrong"):
            self.take_in("office_second")

    def test_receipt_is_printed(self):
        entry = self.take_in(copies=3)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "quality_award.intake_receipt", entry.ids
        )[0]
        self.assertIn(self.version.version_code.encode(), html)
        self.assertIn(self.case.applicant_id.name.encode(), html)

    # -- the sealed scan -------------------------------------------------------------
    def seal(self, code, *files, case=None):
        case = case or self.case
        door = self.as_applicant(case)
        return door._portal_seal(case.id, code, [stream(*file) for file in files])

    def test_scan_for_the_code_in_force(self):
        code = self.version.version_code
        self.assertEqual(self.seal(code.replace("-", ""), ("盖章.pdf", pdf(2))), [])
        scan = self.case._sealed_scans()
        self.assertEqual(
            (scan.version_code, scan.is_frozen, scan.pages), (code, True, 2)
        )
        refused = self.seal(code, ("a.pdf", EXE))
        self.assertEqual([name for name, _because in refused], ["a.pdf"])
        content = {**self.version.content, "profile": "新"}
        self.env["award.submission"]._add_versions({self.case: content})
        self.assertFalse(self.case._sealed_scans(), "that was another version")
        with self.assertRefused("version_code_old"):
            self.seal(code, ("盖章.pdf", pdf()))
        with self.assertRefused("version_code_wrong"):
            self.seal("ABCD", ("盖章.pdf", pdf()))
        self.assertEqual(len(self.case.file_ids), 1)

    def test_scan_before_submission_or_by_whom_may_not_sign(self):
        draft = self.register()
        with self.assertRefused("version_missing"):
            self.seal("ABCD", ("盖章.pdf", pdf()), case=draft)
        self.case.applicant_id.member_ids.can_sign = False
        with self.assertRefused("may_not_sign"):
            self.seal(self.version.version_code, ("盖章.pdf", pdf()))
