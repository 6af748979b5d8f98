"""What a file really is, told from its content and never from its name.

A file is taken when it is whole, of exactly one kind, of a kind that is asked for, and
when its name does not say otherwise. Nothing is unpacked: what an archive would expand
to is read from its own directory.
"""

import io
import re
import zipfile
from typing import NamedTuple

from PIL import Image

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Type -> endings of names that may hold it; the first one is shown to people.
ENDINGS = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
}
#: Types that a browser may show; all others are only ever saved.
SHOWN = frozenset({PDF, PNG, JPEG})
#: What an archive may hold and expand to.
ENTRIES_MAX, EXPANDED_MAX, RATIO_MAX = 5_000, 500 * 2**20, 200
#: Pixels of a picture at most: A3 scanned at 600 dots an inch.
PIXELS_MAX = 75_000_000
NAME_MAX = 120

_NOT_IN_NAMES = frozenset('"<>|:*?')
_HEAD, _TAIL = 1024, 2048
_MARKUP = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|object|embed|img)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_MAIN_PART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
_MACROS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".scr")


class Content(NamedTuple):
    """What a file was found to be: its type, or the code of the refusal."""

    mimetype: str = ""
    problem: str = ""


def clean_name(name):
    """The bare name of a file: no folder, no control or direction marks, not too long.

    :param name: as the client sent it
    :return: the name, its ending kept; "" where nothing is left of it
    """
    name = re.split(r"[\\/]", str(name or ""))[-1]
    name = "".join(c for c in name if c.isprintable() and c not in _NOT_IN_NAMES)
    name = name.encode("utf-8", "ignore").decode().strip(". \t")
    if len(name) <= NAME_MAX:
        return name
    stem, dot, ending = name.rpartition(".")
    kept = NAME_MAX - len(ending) - 1
    return f"{stem[:kept]}{dot}{ending}" if stem and kept > 0 else name[:NAME_MAX]


def ending_of(name):
    """The ending of a name in small letters, "" without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def examine(name, data, allowed):
    """Say what `data` is, or why it is not taken.

    :param name: as `clean_name` returns it
    :param data: bytes of the whole file
    :param allowed: types that are asked for
    :return: `Content`; problems are `file_empty`, `file_unnamed`, `file_kind_unknown`,
        `file_kind_not_asked`, `file_name_differs`, `file_broken`, `file_encrypted`,
        `file_active`, `file_expands`, `file_double`
    """
    if not data:
        return Content(problem="file_empty")
    if not name:
        return Content(problem="file_unnamed")
    mimetype = _kind(data)
    if not mimetype:
        return Content(problem="file_kind_unknown")
    if mimetype not in allowed:
        return Content(mimetype, "file_kind_not_asked")
    if "." in name and ending_of(name) not in ENDINGS[mimetype]:
        return Content(mimetype, "file_name_differs")
    problem = _double(mimetype, data) or _inside(mimetype, data)
    return Content(mimetype, problem or "")


def _kind(data):
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    return ""


def _kind_of_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for kind, part in _MAIN_PART.items() if part in names), "")


def _double(mimetype, data):
    """Whether the file can be read as something else as well."""
    head = data[:_HEAD]
    if _MARKUP.search(head):
        return "file_double"
    if mimetype != PDF and b"%PDF-" in head:
        return "file_double"
    if mimetype not in _MAIN_PART and zipfile.is_zipfile(io.BytesIO(data)):
        return "file_double"
    return ""


def _inside(mimetype, data):
    if mimetype == PDF:
        return _pdf(data)
    if mimetype in _MAIN_PART:
        return _archive(data)
    return _picture(mimetype, data)


def _pdf(data):
    """A document is whole, and does nothing by itself.

    Names may be written with escapes (`/J#61vaScript`), so these are resolved first;
    packed streams are left out, whose bytes mean nothing here.
    """
    if b"%%EOF" not in data[-_TAIL:]:
        return "file_broken"
    plain = _STREAM.sub(b" ", data)
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), plain)
    return "file_active" if _ACTIVE.search(plain) else ""


def _archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "file_broken"
    if any(entry.flag_bits & 0x1 for entry in entries):
        return "file_encrypted"
    expanded = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES_MAX or expanded > EXPANDED_MAX:
        return "file_expands"
    if expanded > RATIO_MAX * max(len(data), 1):
        return "file_expands"
    for entry in entries:
        name = entry.filename.lower()
        if name.endswith(_MACROS):
            return "file_active"
        if name.startswith("/") or ".." in name.split("/"):
            return "file_broken"
    return ""


def _picture(mimetype, data):
    formats = ["PNG"] if mimetype == PNG else ["JPEG"]
    try:
        with Image.open(io.BytesIO(data), formats=formats) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                return "file_expands"
            picture.verify()
    except Image.DecompressionBombError:
        return "file_expands"
    except Exception:  # noqa: BLE001 - Pillow raises whatever its decoders raise
        return "file_broken"
    return ""
