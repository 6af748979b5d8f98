"""What files really are, pages as people type them, figures, and their chart."""

import io
import zipfile
from decimal import Decimal

from lxml import etree
from PIL import Image

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import (
    content_check,
    indicator,
    indicator_chart,
    page_map,
)
from odoo.addons.quality_award.rules.content_check import DOCX, JPEG, PDF, PNG, XLSX

ALL = frozenset(content_check.ENDINGS)
WHOLE_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind="PNG", size=(4, 4)):
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(out, kind)
    return out.getvalue()


def archive(*entries, main="word/document.xml", **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as found:
        found.writestr("[Content_Types].xml", "<Types/>")
        found.writestr(main, "<document/>")
        for name in entries:
            found.writestr(name, "x")
        for name, data in more.items():
            found.writestr(name, data)
    return out.getvalue()


def encrypted(data):
    """The same archive with the mark of a password on each entry."""
    found = bytearray(data)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 8] |= 1
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


class TestRulesFiles(BaseCase):
    def examined(self, name, data, allowed=ALL):
        return tuple(content_check.examine(name, data, allowed))

    def test_files_that_are_taken(self):
        for name, data, kind in (
            ("a.pdf", WHOLE_PDF, PDF),
            ("A.PDF", WHOLE_PDF, PDF),
            ("picture", picture(), PNG),  # pasted: the browser gives no ending
            ("a.png", picture(), PNG),
            ("a.jpg", picture("JPEG"), JPEG),
            ("a.jpeg", picture("JPEG"), JPEG),
            ("证书.docx", archive(), DOCX),
            ("a.xlsx", archive(main="xl/workbook.xml"), XLSX),
            # bytes of a packed stream mean nothing
            ("a.pdf", WHOLE_PDF[:-6] + b"stream\n/JS /Launch\nendstream\n%%EOF", PDF),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.examined(name, data), (kind, ""))

    def test_files_that_are_refused(self):
        """(name, content, code): by content, whatever the name says."""
        html = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
        bomb = archive(bomb=b"\0" * (40 * 2**20))
        for name, data, code in (
            ("a.pdf", b"", "file_empty"),
            ("", WHOLE_PDF, "file_unnamed"),
            ("a.pdf", html, "file_kind_unknown"),
            ("a.docx", b"MZ\x90\x00" + b"\0" * 90, "file_kind_unknown"),
            ("a.svg", svg, "file_kind_unknown"),
            ("a.png", svg, "file_kind_unknown"),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_kind_unknown"),
            ("a.docx", b"PK\x03\x04 no archive", "file_kind_unknown"),
            ("a.docx", archive(main="readme.txt"), "file_kind_unknown"),
            ("a.html", WHOLE_PDF, "file_name_differs"),
            ("a.pdf.exe", WHOLE_PDF, "file_name_differs"),
            ("a.docx", picture(), "file_name_differs"),
            ("a.pdf", WHOLE_PDF[:-6], "file_broken"),
            ("a.png", picture()[:30], "file_broken"),
            ("a.docx", archive("../../etc/passwd"), "file_broken"),
            ("a.pdf", WHOLE_PDF[:9] + b"<html>" + WHOLE_PDF[9:], "file_double"),
            ("a.pdf", WHOLE_PDF + archive(), "file_double"),
            ("a.png", picture() + archive(), "file_double"),
            ("a.jpg", picture("JPEG") + b"%PDF-1.4", "file_double"),
            ("a.pdf", WHOLE_PDF.replace(b"<<>>", b"<</JS(x)>>"), "file_active"),
            ("a.pdf", WHOLE_PDF.replace(b"<<>>", b"<</J#53(x)>>"), "file_active"),
            ("a.pdf", WHOLE_PDF.replace(b"<<>>", b"<</Launch 1>>"), "file_active"),
            ("a.docx", archive("word/vbaProject.bin"), "file_active"),
            ("a.docx", archive("word/embeddings/run.exe"), "file_active"),
            ("a.docx", bomb, "file_expands"),
            ("a.docx", encrypted(archive()), "file_encrypted"),
            ("a.png", picture(size=(10_000, 8_000)), "file_expands"),
        ):
            with self.subTest(name=name, code=code, data=data[:20]):
                self.assertEqual(self.examined(name, data)[1], code)

    def test_only_what_is_asked_for(self):
        self.assertEqual(
            self.examined("a.docx", archive(), {PDF, PNG}),
            (DOCX, "file_kind_not_asked"),
        )

    def test_names(self):
        for sent, kept in (
            ("证书 1.pdf", "证书 1.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\a.pdf", "a.pdf"),
            ("a\x00.pdf\x00", "a.pdf"),
            ("a\u202efdp.exe", "afdp.exe"),
            ('a"<b>.pdf', "ab.pdf"),
            ("..", ""),
            (None, ""),
            ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        ):
            with self.subTest(sent=sent):
                self.assertEqual(content_check.clean_name(sent), kept)

    def test_pages_as_people_type_them(self):
        for typed, found in (
            ("", []),
            ("3", [[3, 3]]),
            ("3-7, 12", [[3, 7], [12, 12]]),
            ("３－７、１２", [[3, 7], [12, 12]]),
            ("3至7;8", [[3, 8]]),
            ("12 , 3 – 7", [[3, 7], [12, 12]]),
            ("1-20", [[1, 20]]),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(page_map.parse(typed, 20), found)
        for typed, wrong in (("0", "0"), ("21", "21"), ("7-3", "7-3"), ("3,x", "x")):
            with self.subTest(typed=typed), self.assertRaises(ValueError) as caught:
                page_map.parse(typed, 20)
            self.assertEqual(str(caught.exception), wrong)

    def test_gaps(self):
        self.assertEqual(page_map.gaps([[3, 5], [4, 9]], 12), [[1, 2], [10, 12]])
        self.assertEqual(page_map.gaps([[1, 12]], 12), [])
        self.assertEqual(page_map.gaps([], 2), [[1, 2]])
        self.assertEqual(page_map.to_text([[1, 2], [10, 10]]), "1-2, 10")

    def test_figures_are_exact(self):
        for typed, kept in (
            ("", ""),
            ("—", ""),
            ("0.1", "0.1"),
            ("12.50", "12.50"),
            ("1,234,567.8", "1234567.8"),
            ("－３．５", "-3.5"),
            ("999999999999999.999999", "999999999999999.999999"),
        ):
            with self.subTest(typed=typed):
                self.assertEqual(indicator.exact(typed), kept)
        for typed in ("95%", "1e5", "1.2.3", "12,34", "nan", "1" * 16, "0.1234567"):
            with self.subTest(typed=typed), self.assertRaises(ValueError):
                indicator.exact(typed)

    def test_scale_stands_on_zero(self):
        self.assertEqual(indicator.scale(["3", "", "5"]), (0, 5))
        self.assertEqual(indicator.scale(["-3", "-1"]), (-3, 0))
        self.assertEqual(indicator.scale(["0"]), (0, 1))

    def test_chart_is_drawn_from_the_figures(self):
        svg = indicator_chart.draw(
            "合格率 (%) <script>",
            ["2023", "2024", "2025"],
            ["50", "", "100"],
            {"target": ("Target", "75")},
        )
        root = etree.fromstring(svg)
        space = {"s": "http://www.w3.org/2000/svg"}
        bars = root.findall("s:rect", space)
        heights = [Decimal(bar.get("height")) for bar in bars]
        self.assertEqual(heights, [Decimal("70.00"), Decimal("140.00")])
        self.assertEqual(root.find("s:title", space).text, "合格率 (%) <script>")
        self.assertEqual(
            root.find("s:desc", space).text, "2023: 50; 2025: 100; Target: 75"
        )
        self.assertEqual(root.get("role"), "img")
        lines = [line.get("y1") for line in root.findall("s:line", space)]
        self.assertEqual(lines, ["65.00", "170.00"])
