import base64
import io
import json
import re
from unittest.mock import patch

import docx
import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.quality_award.models.base import list_sheet
from odoo.addons.quality_award.models.base.spreadsheet import write_table

from ..common import AwardCommon, AwardHttpCommon, credit_code

HEAD = [
    "Name of the Organisation",
    "Unified Social Credit Code",
    "Trade Code",
    "Size",
    "Registered Here On",
    "Independent Legal Person",
    "Recommender",
]


def registration(number, **values):
    row = {
        "name": f"导入{number}公司",
        "code": credit_code(number),
        "trade": "T1",
        "size": "Medium",
        "since": "2012/5/1",
        "legal": "是",
        "recommender": "甲区",
        **values,
    }
    return list(row.values())


@tagged("post_install", "-at_install")
class TestRegistrationImport(AwardCommon):
    """Examined first, all rows or none, and a second time changes nothing."""

    def dialog(self, rows, head=None, role="office"):
        dialogs = self.env["award.registration.import"].with_user(self.roles[role])
        return dialogs.create(
            {
                "edition_id": self.edition.id,
                "class_id": self.award_class.id,
                "file": base64.b64encode(write_table(head or HEAD, rows)),
            }
        )

    def counts(self, dialog):
        return dialog.count_new, dialog.count_there, dialog.count_wrong

    def cases(self):
        return self.env["award.application"].search(
            [("edition_id", "=", self.edition.id)], order="id"
        )

    def test_examined_then_carried_out(self):
        dialog = self.dialog([registration(80_001), registration(80_002)])
        dialog.action_examine()
        self.assertEqual(self.counts(dialog), (2, 0, 0))
        self.assertFalse(self.cases())
        dialog.action_carry_out()
        cases = self.cases()
        applicant = cases[0].applicant_id
        self.assertEqual(
            [(c.state, c.entry_mode, c.entered_by_id.login) for c in cases],
            [("draft", "import", "t_office")] * 2,
        )
        self.assertEqual(
            (
                applicant.name,
                applicant.credit_code,
                applicant.trade_id,
                applicant.size,
                str(applicant.registered_on),
                applicant.is_legal_person,
                cases[0].recommender_id,
                cases[0].case_stage_ids.scheme_stage_id.kind,
            ),
            (
                "导入80001公司",
                credit_code(80_001),
                self.trade,
                "medium",
                "2012-05-01",
                True,
                self.recommender,
                "submission",
            ),
        )

    def test_a_second_time_changes_nothing(self):
        rows = [registration(80_003), registration(80_004)]
        for expected in ((2, 0, 0), (0, 2, 0)):
            dialog = self.dialog(rows)
            dialog.action_examine()
            self.assertEqual(self.counts(dialog), expected)
            dialog.action_carry_out()
        self.assertEqual(len(self.cases()), 2)

    def test_each_error_by_its_row_and_nothing_is_written(self):
        held = self.register()
        rows = [
            registration(80_010),
            registration(80_011, code="91510100X"),
            registration(80_012, trade="T9"),
            registration(80_013, recommender="无此单位"),
            registration(80_014, size="巨型"),
            registration(80_015, since="2012年13月1日"),
            registration(80_016, name=""),
            registration(80_017, code=credit_code(80_010)),
            registration(80_018, name="x" * 300),
        ]
        dialog = self.dialog(rows)
        dialog.action_examine()
        self.assertEqual(self.counts(dialog), (1, 0, 8))
        table = re.sub(r"<[^>]+>", "|", dialog.preview)
        for number, said in (
            (3, "is not a valid unified social credit code"),
            (4, "“T9” is not possible for “Trade Code”"),
            (5, "“无此单位” is not possible for “Recommender”"),
            (6, "“巨型” is not possible for “Size”"),
            (7, "“2012年13月1日” is not possible for “Registered Here On”"),
            (8, "“Name of the Organisation” is missing"),
            (9, "stands in row 2 of this file already"),
            (10, "is too long; at most 256 characters"),
        ):
            with self.subTest(row=number):
                self.assertRegex(table, rf"\|{number}\|[^§]*?{re.escape(said)}")
        with self.assertRefused("import_errors"):
            dialog.action_carry_out()
        self.assertEqual(self.cases(), held)

    def test_applicants_who_act_for_themselves(self):
        held = self.register()
        number = held.applicant_id.credit_code
        dialog = self.dialog([registration(80_020, code=number)])
        dialog.action_examine()
        self.assertEqual(self.counts(dialog), (0, 1, 0))  # registered already
        self.as_applicant(held)._portal_withdraw(held.id, "不报了")
        dialog.action_examine()
        self.assertEqual(self.counts(dialog), (0, 0, 1))

    def test_only_the_file_that_was_examined(self):
        dialog = self.dialog([registration(80_021)])
        with self.assertRefused("import_other_file"):
            dialog.action_carry_out()
        dialog.action_examine()
        dialog.file = base64.b64encode(write_table(HEAD, [registration(80_022)]))
        with self.assertRefused("import_other_file"):
            dialog.action_carry_out()
        dialog.file = False
        with self.assertRefused("import_no_file"):
            dialog.action_examine()
        self.assertFalse(self.cases())

    def test_statements_do_not_grow_with_the_rows(self):
        def statements(first, count):
            dialog = self.dialog([registration(first + i) for i in range(count)])
            dialog.action_examine()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            dialog.action_examine()
            return self.env.cr.sql_log_count - before

        statements(80_100, 1)
        self.assertEqual(statements(80_200, 20), statements(80_300, 2))

    def test_who_may(self):
        for role in ("handling", "supervisor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.dialog([registration(80_023)], role=role)


@tagged("post_install", "-at_install")
class TestOutsideImport(AwardCommon):
    """Registers of other awards, the same way."""

    HEAD = [
        "Award",
        "Level",
        "Award Year",
        "Applicant",
        "Unified Social Credit Code",
        "Source",
        "Source Date",
    ]

    def row(self, number, **values):
        base = {
            "award": "甲区区长质量奖",
            "level": "District or County",
            "year": 2026,
            "name": f"公司{number}",
            "code": credit_code(number),
            "source": "甲区市场监管局",
            "day": "2026年3月1日",
        }
        return list({**base, **values}.values())

    def dialog(self, rows):
        dialogs = self.env["award.outside.import"].with_user(self.roles["office"])
        data = base64.b64encode(write_table(self.HEAD, rows))
        dialog = dialogs.create({"file": data})
        dialog.action_examine()
        return dialog, (dialog.count_new, dialog.count_there, dialog.count_wrong)

    def test_there_and_again(self):
        dialog, counts = self.dialog([self.row(81_001), self.row(81_002, code="")])
        self.assertEqual(counts, (2, 0, 0))
        dialog.action_carry_out()
        entries = self.env["award.outside.entry"].search([], order="id")[-2:]
        self.assertEqual(
            [(one.level, one.award_year, one.is_known) for one in entries],
            [("county", 2026, True), ("county", 2026, False)],
        )
        again = [self.row(81_001), self.row(81_002, code=""), self.row(81_003)]
        self.assertEqual(self.dialog(again)[1], (1, 2, 0))

    def test_errors_by_row(self):
        dialog, counts = self.dialog(
            [
                self.row(81_010),
                self.row(81_011, level="镇"),
                self.row(81_012, year="二零"),
                self.row(81_013, code="123"),
                self.row(81_014, source=""),
                self.row(81_010),
            ]
        )
        self.assertEqual(counts, (1, 0, 5))
        with self.assertRefused("import_errors"):
            dialog.action_carry_out()


@tagged("post_install", "-at_install")
class TestListSheet(AwardCommon):
    """Any list as XLSX: what is on screen, as far as the user may read it."""

    COLUMNS = [
        ("applicant_id", "申报单位"),
        ("state", "状态"),
        ("registered_at", "登记时间"),
        ("is_on_behalf", "代录"),
    ]

    def exporter(self, role="office"):
        user = self.roles[role]
        user.sudo().group_ids |= self.env.ref("base.group_allow_export")
        return user

    def table(self, user, domain=(), columns=None):
        target = io.BytesIO()
        model = self.env["award.application"].with_user(user)
        domain = [("edition_id", "=", self.edition.id), *domain]
        model._list_to_sheet(target, domain, columns or self.COLUMNS)
        sheet = openpyxl.load_workbook(target).active
        return [[cell.value for cell in row] for row in sheet.rows]

    def test_headings_and_words_as_on_screen(self):
        cases = self.register(2)
        self.submit(cases[1])
        user = self.exporter().with_context(lang="en_US")
        rows = self.table(user)
        at = cases[0].registered_at
        self.assertEqual(rows[0], ["申报单位", "状态", "登记时间", "代录"])
        self.assertEqual(
            [(row[0], row[1], row[3]) for row in rows[1:]],
            [
                (cases[0].applicant_id.name, "Draft", "No"),
                (cases[1].applicant_id.name, "Submitted", "No"),
            ],
        )
        self.assertEqual(rows[1][2].date(), at.date())

    def test_more_rows_than_are_read_at_a_time(self):
        self.register(5)
        user = self.exporter()
        model = self.env["award.application"].with_user(user)
        found = model.search([("edition_id", "=", self.edition.id)], order="id desc")
        target = io.BytesIO()
        with patch.object(list_sheet, "BATCH", 2):
            count = model._list_to_sheet(
                target, [("id", "in", found.ids)], self.COLUMNS, order="id desc"
            )
        rows = list(openpyxl.load_workbook(target).active.values)[1:]
        self.assertEqual(count, 5)
        self.assertEqual(
            [row[0] for row in rows], found.mapped("applicant_id.display_name")
        )

    def test_names_are_asked_for_once(self):
        """The rows point to one recommender; a second batch does not ask again."""
        self.register(4)
        recommenders = type(self.env["award.recommender"])
        with (
            patch.object(list_sheet, "BATCH", 2),
            patch.object(
                recommenders, "_sheet_names", autospec=True,
                side_effect=recommenders._sheet_names,
            ) as names,
        ):
            rows = self.table(
                self.exporter(), columns=[("recommender_id", "推荐单位")]
            )
        self.assertEqual(rows[1:], [[self.recommender.display_name]] * 4)
        self.assertEqual(names.call_count, 1)

    def test_it_leaves_an_entry(self):
        cases, user = self.register(3), self.exporter()
        with self.assertLogged("award.application", cases.ids, "export_data"):
            self.table(user)

    def test_rights_and_rules(self):
        case = self.register()
        with self.assertRaises(UserError):
            self.table(self.roles["office_second"])
        with self.assertRaises(AccessError):
            self.table(self.exporter("handling"))
        user = self.exporter()
        self.env["award.recusal"].with_user(user).create(
            {"application_id": case.id, "kind": "family"}
        )
        self.assertEqual(len(self.table(user)), 1)
        secret = [("identity_number", "身份证号")]
        target = io.BytesIO()
        clerk = self.exporter("handling")  # who reads applicants, not their numbers
        with self.assertRaises(AccessError):
            self.env["award.applicant"].with_user(clerk)._list_to_sheet(
                target, [("id", "in", case.applicant_id.ids)], secret
            )

    def test_what_is_archived_has_its_name(self):
        """Archived since: the record that a row points to, or the row itself."""
        case = self.register()
        self.recommender.active = False
        rows = self.table(self.exporter(), columns=[("recommender_id", "推荐单位")])
        self.assertEqual(rows[1:], [[case.recommender_id.display_name]])
        target = io.BytesIO()
        recommenders = self.env["award.recommender"].with_user(self.exporter())
        domain = [("id", "=", self.recommender.id), ("active", "=", False)]
        recommenders._list_to_sheet(target, domain, [("name_zh", "名称")])
        sheet = openpyxl.load_workbook(target).active
        self.assertEqual(sheet.cell(2, 1).value, "甲区")
        # a name that is read from its column
        gone = self.env["res.company"].create({"name": "旧局", "active": False})
        self.assertEqual(gone._sheet_names(), {gone.id: "旧局"})

    def test_formulas_are_texts(self):
        case = self.register()
        case.applicant_id.name = "=HYPERLINK(1)"
        self.assertEqual(self.table(self.exporter())[1][0], "'=HYPERLINK(1)")


@tagged("post_install", "-at_install")
class TestSheetRoutes(AwardHttpCommon):
    """The routes: export of lists, templates, letters."""

    def setUp(self):
        super().setUp()
        self.officer = self.roles["office"]
        self.officer.group_ids |= self.env.ref("base.group_allow_export")
        self.authenticate("t_office", "t_office")

    def test_the_export_of_a_list(self):
        case = self.register()
        asked = {
            "import_compat": False,
            "context": {},
            "domain": [["id", "=", case.id]],
            "fields": [{"name": "applicant_id", "label": "申报单位"}],
            "groupby": [],
            "ids": False,
            "model": "award.application",
        }
        page = self.url_open("/web").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        values = {"data": json.dumps(asked), "csrf_token": token}
        with self.assertLogged("award.application", case.ids, "export_data"):
            answer = self.url_open("/web/export/xlsx", data=values)
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.rows]
        self.assertEqual(rows, [["申报单位"], [case.applicant_id.name]])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        asked["fields"].append({"name": "applicant_id/name", "label": "路径"})
        values["data"] = json.dumps(asked)
        answer = self.url_open("/web/export/xlsx", data=values)
        self.assertEqual(answer.status_code, 200)

    def test_templates(self):
        dialog = self.env["award.registration.import"].with_user(self.officer)
        dialog = dialog.create(
            {"edition_id": self.edition.id, "class_id": self.award_class.id}
        )
        answer = self.url_open(dialog.action_template()["url"])
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        head = [cell.value for cell in sheet[1]]
        self.assertEqual(
            head[:3],
            ["Name of the Organisation", "Unified Social Credit Code", "Trade Code"],
        )
        for address in (
            "/award/xlsx/template/award.registration.import/999999",
            "/award/xlsx/template/res.users/1",
            "/award/xlsx/template/none/1",
        ):
            self.assertEqual(self.url_open(address).status_code, 404, address)

    def test_letters(self):
        cases = self.qualify(self.cases_at("qualification", 2), unmet="registered")
        letters = cases.letter_ids
        letters[0].document_number = "质奖〔2026〕1号"
        with self.assertLogged("award.letter", letters.ids, "letters_docx"):
            answer = self.url_open(letters.action_docx()["url"])
        text = "\n".join(
            one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs
        )
        for letter in letters:
            self.assertIn(letter.subject, text)
        self.assertIn("质奖〔2026〕1号", text)
        for ids in ("", "x", "999999", "99999999999999", f"{letters[0].id},'"):
            address = f"/award/letters.docx?ids={ids}"
            self.assertEqual(self.url_open(address).status_code, 404, address)
        self.authenticate("t_handling", "t_handling")
        answer = self.url_open(letters.action_docx()["url"])
        self.assertEqual(answer.status_code, 404)
