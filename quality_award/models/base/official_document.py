"""Letters and tables as files of the word processor, laid out as GB/T 9704 asks.

A4; the type area 156 by 225 mm; body in imitation Song of size 3, title in small-title
Song of size 2, page numbers between dashes. Fonts of the offices are named in the
file, not shipped; a program without them shows what it has. Numbers and dates are what
the caller hands in: where there is none, the place stays blank.
"""

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

#: Content type of the files.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
HEAD_FONT = "黑体"
#: Sizes 2, 3 and small 4, in points.
SIZE_TITLE, SIZE_TEXT, SIZE_TABLE = 22, 16, 12
#: 22 lines on 225 mm.
LINE = Pt(28.95)
#: Two characters of the body.
INDENT = Pt(2 * SIZE_TEXT)


def official_document(landscape=False):
    """An empty document with page, body font and page number set.

    :param landscape: for wide tables
    :return: `docx.Document`
    """
    document = docx.Document()
    section = document.sections[0]
    sides = (Mm(210), Mm(297))
    section.page_width, section.page_height = sides[::-1] if landscape else sides
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        margins = (Mm(28), Mm(26), Mm(37), Mm(35))
    else:
        margins = (Mm(37), Mm(35), Mm(28), Mm(26))
    section.top_margin, section.bottom_margin = margins[:2]
    section.left_margin, section.right_margin = margins[2:]
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TEXT_FONT, Pt(SIZE_TEXT)
    normal.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), TEXT_FONT)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = LINE
    _number_pages(section)
    return document


def add_title(document, text):
    """The title, centred, with an empty line after it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _run(paragraph, text, TITLE_FONT, SIZE_TITLE)
    document.add_paragraph()


def add_number(document, number):
    """The document number, centred; an empty line where none was given yet."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, number or "", TEXT_FONT, SIZE_TEXT)


def add_text(document, text, indent=True):
    """A paragraph of the body, its first line two characters in."""
    paragraph = document.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = INDENT
    _run(paragraph, text, TEXT_FONT, SIZE_TEXT)
    return paragraph


def add_signature(document, signer, day):
    """Who signs and the date, at the right; room for the seal above them.

    :param day: date in words, blanks to write in where the document is not issued
    """
    document.add_paragraph()
    for line in (signer, day):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = INDENT
        _run(paragraph, line, TEXT_FONT, SIZE_TEXT)


def add_table(document, head, rows, widths=()):
    """A ruled table whose head is repeated on each page.

    :param widths: widths of the columns in millimetres
    """
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = not widths
    for cells in [table.rows[0], *(table.add_row() for _row in rows)]:
        for cell, width in zip(cells.cells, widths, strict=False):
            cell.width = Mm(width)
    for row, values in zip(table.rows, [head, *rows], strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            font = HEAD_FONT if values is head else TEXT_FONT
            _run(paragraph, "" if value is None else str(value), font, SIZE_TABLE)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    return table


def as_bytes(document):
    """The document as the bytes of a file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def official_date(day):
    """A date as official documents write it, 2026年3月9日; blanks to write it in."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "  年  月  日"


def _run(paragraph, text, font, size):
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)


def _number_pages(section):
    """— 1 — at the foot, counted by the word processor."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")
