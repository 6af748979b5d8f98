"""Files as applicants bring them, made here."""

import io

from PIL import Image

from odoo.tools.pdf import PdfWriter

EXE = b"MZ\x90\x00" + b"\0" * 200


def pdf(pages=1, password=None):
    """A document of empty A4 pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def png(shade=0):
    out = io.BytesIO()
    Image.new("L", (8, 8), shade).save(out, "PNG")
    return out.getvalue()


def stream(name, data):
    return name, io.BytesIO(data)
