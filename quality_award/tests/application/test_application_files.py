import hashlib
from types import SimpleNamespace

import psycopg2

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import AwardCommon, AwardHttpCommon
from .files import EXE, pdf, png, stream


@tagged("post_install", "-at_install")
class TestApplicationFiles(AwardCommon):
    """Upload, freezing, and who opens a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.door = cls.as_applicant(cls.case)

    def upload(self, *files, kind="evidence", part="", case=None):
        door = self.as_applicant(case) if case else self.door
        taken, refused = door._portal_upload(
            (case or self.case).id, kind, part, [stream(*file) for file in files]
        )
        return self.env["award.file"].browse(taken.ids), refused

    def attached_to(self, file):
        domain = [("res_model", "=", "award.file"), ("res_id", "=", file.id)]
        domain.append(("res_field", "=", "content"))
        found = self.env["ir.attachment"].sudo().search(domain)
        self.assertEqual(len(found), 1)
        return found

    def test_each_file_for_itself(self):
        data = pdf(3)
        taken, refused = self.upload(
            ("证书.pdf", data), ("virus.docx", EXE), ("图.png", png())
        )
        self.assertEqual(taken.mapped("name"), ["证书.pdf", "图.png"])
        self.assertEqual(taken.mapped("mimetype"), ["application/pdf", "image/png"])
        self.assertEqual(taken.mapped("pages"), [3, 0])
        self.assertEqual(taken[0].sha256, hashlib.sha256(data).hexdigest())
        self.assertEqual(taken[0]._data(), data)
        self.assertEqual(taken.uploaded_by_id, self.applicant_of(self.case))
        self.assertEqual([name for name, _because in refused], ["virus.docx"])
        self.assertIn("virus.docx", refused[0][1])
        self.assertEqual(self.case.evidence_ids.mapped("name"), ["证书", "图"])

    def test_what_is_not_taken(self):
        for name, data, words in (
            ("a.pdf", pdf(2, "secret"), "encrypted"),
            ("a.pdf", pdf()[:200] + b"%%EOF", "damaged"),
            ("a.pdf", b"<html></html>", "none of the kinds"),
            ("a.pdf", b"", "empty"),
        ):
            with self.subTest(words=words), mute_logger("odoo.addons.quality_award"):
                taken, refused = self.upload((name, data))
                self.assertEqual(len(taken), 0)
                self.assertIn(words, refused[0][1])
        self.assertFalse(self.case.file_ids)

    def test_size_is_enforced_while_reading(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("quality_award.upload_evidence", "1 pdf")
        asked = []

        def endless(size=-1):
            asked.append(size)
            return b"%PDF-" + b"0" * (size - 5)

        stream = SimpleNamespace(read=endless)
        _taken, refused = self.door._portal_upload(
            self.case.id, "evidence", "", [("a.pdf", stream)]
        )
        self.assertEqual(asked, [2**20 + 1])
        self.assertIn("larger than 1 MB", refused[0][1])
        _taken, refused = self.upload(("a.png", png()))
        self.assertIn("Taken are: pdf.", refused[0][1])

    def test_number_of_files_is_bounded(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("quality_award.upload_files_max", "2")
        taken, refused = self.upload(*[(f"{n}.png", png(n)) for n in range(3)])
        self.assertEqual(len(taken), 2)
        self.assertIn("at most 2 files", refused[0][1])

    def test_parts_are_those_of_the_application(self):
        code = next(iter(self.case._chapters()))
        taken, _refused = self.upload(
            ("a.png", png()), kind="picture", part=f"chapter:{code}"
        )
        self.assertEqual(taken.part, f"chapter:{code}")
        for kind, part in (
            ("picture", "chapter:99"),
            ("picture", "evidence"),
            ("proof", "fact:nothing"),
            ("sealed_scan", "report"),
            ("program", ""),
        ):
            with self.subTest(kind=kind), self.assertRefused("file_part_unknown"):
                self.upload(("a.png", png()), kind=kind, part=part)

    def test_nothing_is_taken_after_submission(self):
        self.submit(self.case)
        with self.assertRefused("application_closed"):
            self.upload(("a.png", png()))

    def test_strangers_upload_nothing(self):
        other, _number = self._new_applicant()
        door = self.env["award.application"].with_user(other)
        with self.assertRaises(MissingError):
            door._portal_upload(self.case.id, "evidence", "", [stream("a.png", png())])

    # -- kept as handed in -----------------------------------------------------------
    def test_named_files_are_frozen_by_the_database(self):
        loose, _refused = self.upload(
            ("loose.png", png(9)), kind="picture", part="chapter:profile"
        )
        named, _refused = self.upload(("证书.pdf", pdf()))
        attached = self.attached_to(named)
        attached.flush_recordset()
        self.submit(self.case)
        self.assertEqual(
            self.case.submission_ids.content["files"], {named.sha256: "证书.pdf"}
        )
        self.assertEqual((named.is_frozen, loose.is_frozen), (True, False))
        with self.assertRefused("file_frozen"):
            named.sudo().write({"version_code": "x"})
        with self.assertRefused("file_frozen"):
            named.sudo().unlink()
        for query in (
            SQL("UPDATE award_file SET name = 'x' WHERE id = %s", named.id),
            SQL("UPDATE award_file SET is_frozen = FALSE WHERE id = %s", named.id),
            SQL("DELETE FROM award_file WHERE id = %s", named.id),
            SQL("DELETE FROM ir_attachment WHERE id = %s", attached.id),
            SQL("UPDATE ir_attachment SET res_id = 0 WHERE id = %s", attached.id),
            SQL("UPDATE ir_attachment SET checksum = 'x' WHERE id = %s", attached.id),
        ):
            with (
                self.subTest(query=query.code),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query)
        for act in (
            lambda: attached.sudo().unlink(),
            lambda: attached.sudo().write({"raw": b"other"}),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                act()
                self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(named._data(), pdf())
        loose.sudo().unlink()  # nothing names it
        self.assertFalse(loose.exists())

    def test_content_that_was_exchanged_is_not_given_out(self):
        file, _refused = self.upload(("证书.pdf", pdf()))
        attached = self.attached_to(file)
        attached.raw = pdf(2)
        file.invalidate_recordset()
        with self.assertRefused("file_damaged"):
            file._data()

    # -- who opens it --------------------------------------------------------------
    def test_who_opens_a_file(self):
        """By the door of the route; each attack is first made by whom it lets in."""
        other = self._new_recommender("乙区", "other")
        self.assertTrue(other)
        named, _refused = self.upload(("证书.pdf", pdf()))
        loose, _refused = self.upload(
            ("loose.png", png(9)), kind="picture", part="chapter:profile"
        )
        self.submit(self.case)
        stranger, _number = self._new_applicant()
        employee = self._new_user("t_employee", "base.group_user")
        opened = {
            self.applicant_of(self.case): {named, loose},
            self.roles["office"]: {named, loose},
            self.roles["supervisor"]: {named, loose},
            self.roles["recommender_prepare"]: {named},
            self.roles["other_prepare"]: set(),
            self.roles["reviewer"]: set(),
            self.roles["deliberator"]: set(),
            self.roles["committee"]: set(),
            self.roles["finance"]: set(),
            self.roles["administrator"]: set(),
            stranger: set(),
            employee: set(),
        }
        for user, files in opened.items():
            for file in (named, loose):
                door = self.env["award.file"].with_user(user)
                with self.subTest(user=user.login, file=file.name):
                    if file in files:
                        self.assertEqual(door._opened(file.id).id, file.id)
                        continue
                    with self.assertRaises(MissingError):
                        door._opened(file.id)
        with self.assertRaises(MissingError):
            self.env["award.file"].with_user(self.roles["office"])._opened(2**31 - 1)

    def test_other_doors_to_a_file(self):
        """The model, attachments and their search, for those who may open it or not."""
        file, _refused = self.upload(("证书.pdf", pdf()))
        self.submit(self.case)
        attached = self.attached_to(file)
        office = self.roles["office"]
        self.assertTrue(file.with_user(office).read(["content"])[0]["content"])
        self.assertTrue(attached.with_user(office).read(["name"]))
        stranger, _number = self._new_applicant()
        employee = self._new_user("t_employee", "base.group_user")
        hidden = (
            self.applicant_of(self.case),
            self.roles["recommender_prepare"],
            self.roles["reviewer"],
            self.roles["administrator"],
            stranger,
            employee,
        )
        for user in hidden:
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    file.with_user(user).read(["content"])
                with self.assertRaises(AccessError):
                    file.with_user(user).search([])
                with self.assertRaises(AccessError):
                    attached.with_user(user).read(["raw"])
                found = self.env["ir.attachment"].with_user(user)
                domain = [("res_model", "=", "award.file"), ("res_field", "!=", False)]
                try:
                    seen = found.search(domain)
                except AccessError:
                    continue
                self.assertFalse(seen)
        for act in (
            lambda: file.with_user(office).write({"name": "x"}),
            lambda: file.with_user(office).unlink(),
            lambda: attached.with_user(office).write({"raw": b"x"}),
            lambda: attached.with_user(office).unlink(),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_withdrawn_officer_opens_no_file(self):
        file, _refused = self.upload(("证书.pdf", pdf()))
        self.submit(self.case)
        office = self.roles["office"]
        door = self.env["award.file"].with_user(office)
        self.assertEqual(door._opened(file.id).id, file.id)
        self.env["award.recusal"].with_user(office).create(
            {"application_id": self.case.id, "kind": "family"}
        )
        with self.assertRaises(MissingError):
            door._opened(file.id)


@tagged("post_install", "-at_install")
class TestApplicationFilesHttp(AwardHttpCommon):
    """The same over a real connection, as browsers send and get it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.user = cls.applicant_of(cls.case)

    def log_in(self, user):
        user.sudo().password = user.login
        self.authenticate(user.login, user.login)

    def send(self, *files, kind="evidence", **more):
        page = self.url_open(f"/my/award/{self.case.id}/documents").text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.url_open(
            f"/my/award/{self.case.id}/upload",
            data={"csrf_token": token, "kind": kind, "part": "", **more},
            files=[("file", file) for file in files],
        )

    def test_up_and_down(self):
        self.log_in(self.user)
        answer = self.send(("证书.pdf", pdf()), ("x.pdf", b"<html>")).json()
        self.assertEqual([f["name"] for f in answer["files"]], ["证书.pdf"])
        self.assertEqual([f["name"] for f in answer["refused"]], ["x.pdf"])
        url = answer["files"][0]["url"]
        with self.assertLogged("award.file", [answer["files"][0]["id"]], "file"):
            down = self.url_open(url)
        self.assertEqual(down.content, pdf())
        headers = down.headers
        self.assertEqual(headers["Content-Type"], "application/pdf")
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Content-Security-Policy"], "default-src 'none'")
        self.assertTrue(headers["Content-Disposition"].startswith("inline"))
        self.assertEqual(headers["Cache-Control"], "private, no-cache")
        saved = self.url_open(f"{url}?download=1").headers
        self.assertTrue(saved["Content-Disposition"].startswith("attachment"))

    def test_strangers_by_every_address(self):
        self.log_in(self.user)
        answer = self.send(("证书.pdf", pdf()), ("图.png", png())).json()
        attached = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "award.file"), ("res_field", "=", "content")]
        )
        addresses = [
            *(file["url"] for file in answer["files"]),
            *(f"/web/content/{one.id}" for one in attached),
            *(f"/web/image/{one.id}" for one in attached),
            *(f"/web/content/award.file/{f['id']}/content" for f in answer["files"]),
            *(f"/web/image/award.file/{f['id']}/content" for f in answer["files"]),
        ]
        self.log_in(self.roles["office"])
        for address in addresses[:2]:
            self.assertEqual(self.url_open(address).status_code, 200)
        stranger, _number = self._new_applicant()
        employee = self._new_user("t_employee", "base.group_user")
        for user in (
            stranger,
            employee,
            self.roles["recommender_sign"],  # nothing is handed in yet
            self.roles["reviewer"],
        ):
            self.log_in(user)
            for address in addresses:
                with self.subTest(user=user.login, address=address):
                    got = self.url_open(address)
                    self.assertNotIn(pdf(), got.content)
                    self.assertNotIn(png(), got.content)
                    if "/web/image" not in address:  # Odoo shows a placeholder there
                        self.assertEqual(got.status_code, 404)
        self.authenticate(None, None)
        for address in addresses:
            got = self.url_open(address)
            self.assertNotIn(pdf(), got.content)
            self.assertNotIn(png(), got.content)

    def test_bad_requests_are_answered(self):
        self.log_in(self.user)
        for more, status in (
            ({"kind": "program"}, 422),
            ({"kind": "picture", "part": "chapter:\x00"}, 422),
            ({"kind": "evidence", "page": "1"}, 200),
        ):
            with self.subTest(more=more):
                got = self.send(("a.pdf", b"<html>"), **more)
                self.assertEqual(got.status_code, status)
        got = self.send()
        self.assertEqual(got.status_code, 422)
        self.assertIn("No file came", got.json()["error"])
