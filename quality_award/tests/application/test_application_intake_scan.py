"""Scans of sealed papers that the desk takes in on behalf of applicants."""

import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardCommon
from .files import EXE, pdf, png, stream
from .test_application_desk import HandlingVocabulary

SAID = "Entered by the award office on behalf of the applicant."


@tagged("post_install", "-at_install")
class TestIntakeScan(HandlingVocabulary, AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case, cls.check = cls.checked_case()
        cls.version = cls.case.submission_ids
        cls.office = cls.roles["office"]
        cls.entry = cls.taken_in(cls.office)

    @classmethod
    def taken_in(cls, user, case=None):
        version = (case or cls.case).submission_ids.filtered("is_current")
        desk = cls.env["award.intake"].with_user(user)
        return desk.create({"version_code": version.version_code})

    def attach(self, user, data=None, name="盖章.pdf", entry=None):
        """As the dialog of the desk does it."""
        entry = (entry or self.entry).with_user(user)
        action = entry.action_attach_scan()
        dialog = self.env[action["res_model"]].with_user(user)
        dialog = dialog.with_context(**action["context"]).create(
            {"file": base64.b64encode(pdf(2) if data is None else data),
             "file_name": name}
        )
        dialog.action_take()
        return dialog

    # -- taken ---------------------------------------------------------------------
    def test_the_desk_attaches_the_scan_on_behalf(self):
        for user in (self.office, self.clerk):
            with self.subTest(user.login):
                before = self.case.file_ids
                dialog = self.attach(user, pdf(2 if user == self.office else 3))
                scan = self.case.file_ids - before
                self.assertEqual(
                    (scan.kind, scan.version_code, scan.is_frozen, scan.is_by_staff),
                    ("sealed_scan", self.version.version_code, True, True),
                )
                self.assertEqual(scan.uploaded_by_id, user)
                self.assertEqual(scan.entry_note, SAID)
                self.assertFalse(dialog.file, "nothing is kept in the dialog")
        self.assertEqual(
            self.entry.with_user(self.clerk).scan_names, "盖章.pdf, 盖章.pdf"
        )

    def test_the_applicant_sees_who_entered_it(self):
        self.attach(self.office)
        door = self.as_applicant(self.case)
        code = self.version.version_code
        door._portal_seal(self.case.id, code, [stream("自己.pdf", pdf(1))])
        scans = door._portal_documents(self.case.id)["scans"]
        self.assertEqual(
            {scan.name: scan.entry_note for scan in scans},
            {"盖章.pdf": SAID, "自己.pdf": False},
        )
        shown = self.env["ir.qweb"]._render(
            "quality_award.portal_award_sealed",
            {"case": self.case, "scans": scans, "can_print": True},
        )
        lines = [line for line in str(shown).split("<li>") if ".pdf" in line]
        self.assertEqual([SAID in line for line in lines], [True, False])

    # -- refused -------------------------------------------------------------------
    def test_uploads_that_are_refused_with_their_sentence(self):
        for data, name, said in (
            (EXE, "盖章.pdf", "is none of the kinds of file that are taken here"),
            (pdf(password="x"), "盖章.pdf", "is encrypted"),
            (png(), "盖章.pdf", "says something else than the file is"),
            (b"%PDF-1.4 nothing", "盖章.pdf", "is damaged or not complete"),
            (b"", "盖章.pdf", "is empty"),
        ):
            with self.subTest(said), self.assertRefused("scan_refused") as caught:
                self.attach(self.office, data, name)
            self.assertIn(said, str(caught.exception))
        self.assertFalse(self.case.file_ids.filtered("is_by_staff"))

    def test_only_for_the_version_in_force(self):
        content = {**self.version.content, "profile": "新"}
        self.env["award.submission"]._add_versions({self.case: content})
        with self.assertRefused("version_code_old"):
            self.attach(self.office)
        self.attach(self.office, entry=self.taken_in(self.office))
        current = self.case.submission_ids.filtered("is_current")
        scan = self.case.file_ids.filtered("is_by_staff")
        self.assertEqual(scan.version_code, current.version_code)

    def test_not_for_a_case_that_is_not_handed_in(self):
        self.as_applicant(self.case)._portal_withdraw(self.case.id, "不再申报")
        with self.assertRefused("version_missing"):
            self.attach(self.office)

    def test_no_handling_body_where_the_scheme_forbids_it(self):
        self.attach(self.clerk)
        forbidden = self.new_scheme(parameters=[("handling_body_forbidden", True)])
        edition = self.open_edition(forbidden, term=32)
        case = self.enter("organisation", edition=edition)
        self.submit(case)
        entry = self.taken_in(self.office, case)
        with self.assertRefused("handling_forbidden", "2"):
            self.attach(self.clerk, entry=entry)
        self.attach(self.office, entry=entry)
        self.assertEqual(len(case.file_ids), 1)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_may_not(self):
        roles = ("supervisor", "reviewer", "recommender_sign", "finance", "committee")
        for user in [self.applicant_of(self.case), *(self.roles[r] for r in roles)]:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.entry.with_user(user)._attach_scan("盖章.pdf", pdf())
        other = self.env["res.company"].create({"name": "乙市评审办"})
        officer = self._new_user("other", "quality_award.group_office", other)
        with self.assertRaises(AccessError):
            self.entry.with_user(officer).with_company(other)._attach_scan("x", pdf())
        withdrawn = self.roles["office_second"]
        self.env["award.recusal"].with_user(withdrawn).create(
            {"application_id": self.case.id, "kind": "family"}
        )
        with self.assertRaises(AccessError):
            self.entry.with_user(withdrawn)._attach_scan("盖章.pdf", pdf())
        self.assertFalse(self.case.file_ids.filtered("is_by_staff"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_what_was_chosen_is_open_to_nobody_else(self):
        dialog = self.env["award.intake.scan"].with_user(self.office).create(
            {"intake_id": self.entry.id, "file": base64.b64encode(pdf())}
        )
        with self.assertRaises(AccessError):
            dialog.with_user(self.roles["office_second"]).read(["file"])
