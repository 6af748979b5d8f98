import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from odoo import models

#: Fonts of official documents: of the title, and of the text, with their sizes.
TITLE_FONT, TEXT_FONT = ("方正小标宋简体", 22), ("仿宋_GB2312", 16)


class AwardLetter(models.Model):
    """Letters as one file for the word processor, each on a page of its own."""

    _inherit = "award.letter"

    def action_docx(self):
        """Download the letters as one DOCX file, to be printed and sealed."""
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/award/letters.docx?ids={ids}",
            "target": "download",
        }

    def _docx(self):
        """The letters as the bytes of a DOCX file."""
        document = docx.Document()
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        for place, letter in enumerate(self):
            if place:
                document.add_page_break()
            letter._write_docx(document)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def _write_docx(self, document):
        self._line(document, self.subject, TITLE_FONT, WD_ALIGN_PARAGRAPH.CENTER)
        if self.document_number:
            self._line(
                document, self.document_number, TEXT_FONT, WD_ALIGN_PARAGRAPH.CENTER
            )
        for text in (self.body or "").split("\n"):
            if text.strip():
                self._line(document, text.strip(), TEXT_FONT)
        if self.signature_line:
            self._line(
                document, self.signature_line, TEXT_FONT, WD_ALIGN_PARAGRAPH.RIGHT
            )
        if self.sent_on:
            self._line(
                document, str(self.sent_on), TEXT_FONT, WD_ALIGN_PARAGRAPH.RIGHT
            )

    @staticmethod
    def _line(document, text, font, alignment=None):
        name, size = font
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        run.font.name, run.font.size = name, Pt(size)
        run._element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)
        if alignment is None:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)
        else:
            paragraph.alignment = alignment
