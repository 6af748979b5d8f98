import io
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl

from odoo.tests import TransactionCase, tagged

from odoo.addons.quality_award.models.base import spreadsheet
from odoo.addons.quality_award.models.base.refusal import AwardRefusal
from odoo.addons.quality_award.models.base.spreadsheet import (
    read_table,
    text_date,
    write_table,
)

HEAD = {"name": "Name", "code": ("Code", "代码"), "day": "Day"}
LABELS = ["Name", "Code", "Day"]


def book_of(rows, **cells):
    """An XLSX file as a person makes it, cells by their address on top."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for address, value in cells.items():
        book.active[address] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@tagged("-at_install", "post_install")
class TestSpreadsheet(TransactionCase):
    def table(self, data, head=None, **options):
        return list(read_table(self.env, data, head or HEAD, **options))

    def refused(self, data, head=None, **options):
        with self.assertRaises(AwardRefusal) as caught:
            self.table(data, head, **options)
        return caught.exception.codes

    # -- there and back ----------------------------------------------------------
    def test_what_is_written_is_read(self):
        rows = [
            ["甲公司", "007", date(2026, 5, 1)],
            ["乙公司", 42, datetime(2026, 5, 1, 9, 30)],
            ["丙", 2.5, None],
        ]
        self.assertEqual(
            self.table(write_table(LABELS, rows)),
            [
                (2, {"name": "甲公司", "code": "007", "day": "2026-05-01"}),
                (3, {"name": "乙公司", "code": "42", "day": "2026-05-01 09:30:00"}),
                (4, {"name": "丙", "code": "2.5", "day": ""}),
            ],
        )

    def test_no_text_becomes_a_formula(self):
        said = ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "-5", "a"]
        data = write_table(["Name"], [[text] for text in said])
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        shown = [(cell.value, cell.data_type) for cell in sheet["A"][1:]]
        marked = ["'" + text for text in said[:5]]
        self.assertEqual(shown, [(text, "s") for text in [*marked, "-5", "a"]])
        read = [row["Name"] for _number, row in self.table(data, ["Name"])]
        self.assertEqual(read, said)

    def test_telephone_numbers_stay_as_they_are(self):
        data = write_table(["Phone"], [["+86 138 0013 8000"], [13800138000]])
        read = [row["Phone"] for _number, row in self.table(data, ["Phone"])]
        self.assertEqual(read, ["+86 138 0013 8000", "13800138000"])

    def test_a_text_longer_than_a_cell_is_cut_and_shows_it(self):
        data = write_table(["Name"], [["x" * 40_000]])
        [(_number, row)] = self.table(data, ["Name"])
        self.assertEqual(row["Name"], "x" * 32_766 + "…")

    def test_a_sheet_is_called_what_it_may_be_called(self):
        book = openpyxl.load_workbook(
            io.BytesIO(write_table(["A"], [], title="甲/乙:[名单]" + "长" * 40))
        )
        self.assertEqual(book.sheetnames, ["甲 乙  名单 " + "长" * 23])

    # -- what people hand in -----------------------------------------------------
    def test_columns_in_any_order_and_language(self):
        data = book_of([[" 代码 ", "DAY", "name"], ["1", "2026/5/1", "甲"]])
        self.assertEqual(
            self.table(data), [(2, {"code": "1", "day": "2026/5/1", "name": "甲"})]
        )

    def test_blank_rows_are_passed_over_and_numbers_of_rows_stay(self):
        data = book_of([LABELS, [None] * 3, ["  ", "", None], ["甲", "1", None]])
        self.assertEqual([number for number, _row in self.table(data)], [4])

    def test_a_formula_is_text(self):
        data = book_of([LABELS, ["甲", "1", None]], B2="=1+1")
        [(_number, row)] = self.table(data)
        self.assertEqual(row["code"], "=1+1")

    def test_more_columns_are_refused_or_ignored(self):
        data = book_of([[*LABELS, "Remark"], ["甲", "1", None, "!"]])
        self.assertEqual(self.refused(data), ["sheet_columns_unknown"])
        self.assertEqual(
            self.table(data, unknown="ignore"),
            [(2, {"name": "甲", "code": "1", "day": ""})],
        )

    def test_columns_that_may_be_missing(self):
        data = book_of([["Name"], ["甲"]])
        self.assertEqual(
            self.table(data, optional=("code", "day")), [(2, {"name": "甲"})]
        )

    def test_wrong_heads(self):
        for head, code in [
            (["Name", "Day"], "sheet_columns_missing"),
            ([], "sheet_columns_missing"),
            (["Name", "Code", "代码", "Day"], "sheet_columns_twice"),
        ]:
            with self.subTest(head=head):
                self.assertEqual(self.refused(book_of([head, ["甲"] * 4])), [code])

    def test_the_missing_columns_are_named(self):
        with self.assertRaises(AwardRefusal) as caught:
            self.table(book_of([["Name"], ["甲"]]))
        self.assertIn("Code, Day", str(caught.exception))

    def test_rows_are_bounded(self):
        data = write_table(["Name"], [["甲"]] * 6)
        self.assertEqual(len(self.table(data, ["Name"], most_rows=6)), 6)
        self.assertEqual(
            self.refused(data, ["Name"], most_rows=5), ["sheet_too_long"]
        )

    def test_no_row(self):
        self.assertEqual(self.refused(write_table(LABELS, [])), ["sheet_empty"])

    # -- what is not a workbook ---------------------------------------------------
    def zipped(self, **parts):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return target.getvalue()

    def test_other_files_are_refused(self):
        good = write_table(LABELS, [["甲", "1", None]])
        for name, data in {
            "nothing": b"",
            "text": b"Name,Code,Day\n1,2,3\n",
            "another zip": self.zipped(a="b"),
            "half a file": good[: len(good) // 2],
            "a changed byte": good.replace(b"xl/workbook.xml", b"xl/workbo0k.xml"),
        }.items():
            with self.subTest(name):
                self.assertEqual(self.refused(data), ["sheet_not_xlsx"])

    def test_a_document_type_is_refused(self):
        target = io.BytesIO()
        good = write_table(LABELS, [["甲", "1", None]])
        with zipfile.ZipFile(io.BytesIO(good)) as old:
            with zipfile.ZipFile(target, "w") as new:
                for part in old.infolist():
                    content = old.read(part)
                    if part.filename.endswith("sheet1.xml"):
                        dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<worksheet'
                        content = content.replace(b"<worksheet", dtd, 1)
                    new.writestr(part.filename, content)
        self.assertEqual(self.refused(target.getvalue()), ["sheet_not_xlsx"])

    def test_size_is_bounded_before_and_after_unpacking(self):
        self.assertEqual(self.refused(b"x" * 11, most_bytes=10), ["sheet_too_big"])
        self.assertEqual(
            self.refused(self.zipped(a=b"0" * (spreadsheet.MOST_UNPACKED + 1))),
            ["sheet_too_big"],
        )

    # -- days and memory -----------------------------------------------------------
    def test_days_as_people_write_them(self):
        for text, day in {
            "2026-05-01": date(2026, 5, 1),
            "2026/5/1": date(2026, 5, 1),
            "2026年5月1日": date(2026, 5, 1),
            "2026.5.1": date(2026, 5, 1),
            "2026-02-30": None,
            "1/5/2026": None,
            "": None,
        }.items():
            with self.subTest(text):
                self.assertEqual(text_date(text), day)

    def test_memory_does_not_grow_with_the_rows(self):
        def peak(count):
            rows = ([f"单位{number}", number, "长" * 50] for number in range(count))
            with open("/dev/null", "wb") as target:
                tracemalloc.start()
                spreadsheet.write_table_to(io.BufferedWriter(target.raw), LABELS, rows)
                used = tracemalloc.get_traced_memory()[1]
                tracemalloc.stop()
            return used

        peak(10)
        self.assertLess(peak(6000), 1.3 * peak(2000))
