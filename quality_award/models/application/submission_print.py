import base64
import io
import logging
import re

from markupsafe import Markup
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import qr
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from odoo import models
from odoo.tools.pdf import PdfReader, PdfWriter

from .portal_applicant import known_id
from .refusals import refuse

_logger = logging.getLogger(__name__)

#: Every viewer brings this font along; offices' fonts are not shipped.
_CHINESE = "STSong-Light"
_DRAFT = "草稿"
_FILE = re.compile(r'src="/award/file/(\d+)[^"]*"')
_LINK = re.compile(r'<a href="/award/file/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_MM = 72 / 25.4
_SQUARE = 16 * _MM


class AwardSubmission(models.Model):
    """The printed version: every page carries the code of the version, or 草稿.

    The text is printed by the program that Odoo prints with (wkhtmltopdf); the code is
    put on each page afterwards, also on those of the uploaded report, so that it does
    not depend on what that program can do with headers.
    """

    _inherit = "award.submission"

    def _can_print(self):
        """Whether the program that makes documents is installed here."""
        return self.env["ir.actions.report"].get_wkhtmltopdf_state() == "ok"

    def _printed(self):
        """The version as the bytes of a PDF; a version that is not kept is a draft.

        :raise AwardRefusal: `print_missing` where the program is not installed
        """
        self.ensure_one()
        if not self._can_print():
            refuse(self.env, "print_missing")
        Report = self.env["ir.actions.report"].sudo()  # sudo: paper format only
        body = Report._run_wkhtmltopdf(
            [str(self._print_page(whole=True))],
            specific_paperformat_args={
                "data-report-margin-bottom": 26,
                "data-report-margin-top": 14,
            },
        )
        report = self._report_data()
        try:
            return self._bound([body, report] if report else [body])
        except Exception:  # noqa: BLE001 - the reader raises what broken files make it
            if not report:
                raise
            _logger.exception("The report of version %s is not printed", self.id)
            return self._bound([body])

    def _bound(self, documents):
        """The pages of the documents, each stamped, as the bytes of one PDF."""
        pages = [p for data in documents for p in PdfReader(io.BytesIO(data)).pages]
        writer, out = PdfWriter(), io.BytesIO()
        for number, page in enumerate(pages, 1):
            self._stamp(writer.add_page(page), number, len(pages))
        writer.write(out)
        return out.getvalue()

    def _report_data(self):
        """The uploaded report, whose pages are bound in; None without one."""
        report = (self.content or {}).get("report")
        if not report:
            return None
        file = self.env["award.file"].sudo().browse(report["file"])  # sudo: own version
        return file._data()

    # -- what is printed ---------------------------------------------------------------
    def _print_code(self):
        """Code of the version; of a draft none, whatever it will be."""
        return self.version_code if self.id else ""

    def _print_page(self, *, whole=False):
        """The version as one page of HTML.

        :param whole: with the pictures in it and nothing to load, for the program
        """
        content = str(self._render())
        if whole:
            content = _LINK.sub(r"\1", _FILE.sub(self._picture_inside, content))
        page = self.env["ir.qweb"]._render(
            "quality_award.submission_print",
            {
                "version": self,
                "code": self._print_code(),
                "draft": _DRAFT,
                "content": Markup(content),
                "title": (self.content or {}).get("applicant", {}).get("name", ""),
                "square": Markup(self._square_svg()) if self.id else "",
                "page_lang": (self.env.lang or "en_US").replace("_", "-"),
            },
        )
        return Markup("<!DOCTYPE html>\n") + page

    def _picture_inside(self, found):
        """A picture of this very case as part of the page; of others nothing."""
        own = self.sudo().application_id  # sudo: whose picture it is
        files = self.env["award.file"].sudo()  # sudo: as above
        file = files.browse(known_id(found[1])).exists()
        if not file or file.application_id != own or file.kind != "picture":
            return 'src=""'
        data = base64.b64encode(file._data()).decode()
        return f'src="data:{file.mimetype};base64,{data}"'

    def _square(self):
        """The code as a QR drawing, `_SQUARE` points wide."""
        widget = qr.QrCodeWidget(self._print_code(), barLevel="M")
        left, bottom, right, top = widget.getBounds()
        drawing = Drawing(
            _SQUARE,
            _SQUARE,
            transform=[_SQUARE / (right - left), 0, 0, _SQUARE / (top - bottom), 0, 0],
        )
        drawing.add(widget)
        return drawing

    def _square_svg(self):
        picture = self._square().asString("svg")
        picture = picture.decode() if isinstance(picture, bytes) else picture
        return picture[picture.index("<svg") :]

    # -- on each page ------------------------------------------------------------------
    def _stamp(self, page, number, last):
        """Put the code and its square on `page`, or 草稿 across it."""
        if page.get("/Rotate"):
            page.transfer_rotation_to_content()
        left, bottom = float(page.mediabox.left), float(page.mediabox.bottom)
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        out = io.BytesIO()
        sheet = canvas.Canvas(out, pagesize=(left + width, bottom + height))
        sheet.translate(left, bottom)
        pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
        sheet.setFont("Helvetica", 9)
        if self.id:
            code = self._print_code()
            sheet.drawString(12 * _MM, 9 * _MM, code)
            renderPDF.draw(self._square(), sheet, width - 26 * _MM, 5 * _MM)
        else:
            sheet.setFont(_CHINESE, 11)
            sheet.drawString(12 * _MM, 9 * _MM, f"{_DRAFT} DRAFT")
            sheet.saveState()
            sheet.setFillGray(0.8, 0.5)
            sheet.translate(width / 2, height / 2)
            sheet.rotate(45)
            sheet.setFont(_CHINESE, 96)
            sheet.drawCentredString(0, 0, _DRAFT)
            sheet.restoreState()
        sheet.setFont("Helvetica", 9)
        sheet.drawCentredString(width / 2, 9 * _MM, f"{number} / {last}")
        sheet.save()
        page.mergePage(PdfReader(io.BytesIO(out.getvalue())).pages[0])
