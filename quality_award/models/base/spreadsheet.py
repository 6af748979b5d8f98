"""Tables in XLSX files: written row by row, read with every fault named.

Written cells are values, never formulas, and a text that another program could take
for a formula is marked as text. Files that come in are bounded before they are
opened: their size, what they unpack to, their rows.
"""

import datetime
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from odoo.tools import LazyTranslate

from ...rules.refusal import Refusal
from .refusal import REFUSAL_TEXTS, AwardRefusal, refusal_text

_lt = LazyTranslate(__name__)

#: Content type of the files.
MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Bytes of a file that is read, and of what it unpacks to.
MOST_BYTES, MOST_UNPACKED = 10 * 2**20, 100 * 2**20
#: Rows below the head of a file that is read.
MOST_ROWS = 2000
#: Characters of one cell: the format has no more.
CELL_MAX = 32_767
#: Signed digits (a telephone number) are no formula that does anything.
_SIGNS = frozenset("=+-@\t\r")
_FORMULA = re.compile(r"^[=+\-@\t\r](?![\d .\-]*$)")
_MARKED = re.compile(r"^'(?=[=+\-@\t\r])")
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")

REFUSAL_TEXTS.update(
    {
        "sheet_not_xlsx": _lt(
            "This is not an XLSX file that can be read. Save the table as XLSX "
            "(Excel workbook) and choose it again."
        ),
        "sheet_too_big": _lt(
            "The file is too big; at most %(most)s MB are read. Remove pictures and "
            "other sheets, or divide it."
        ),
        "sheet_too_long": _lt(
            "The table has more than %(most)s rows. Divide it into several files."
        ),
        "sheet_empty": _lt("The table has no rows below its head."),
        "sheet_columns_missing": _lt(
            "The first row must name the columns. Missing: %(missing)s. Use the "
            "template."
        ),
        "sheet_columns_unknown": _lt(
            "The table has columns that are not known here: %(unknown)s. Remove them, "
            "or use the template."
        ),
        "sheet_columns_twice": _lt(
            "The table names a column more than once: %(twice)s. Keep one of them."
        ),
    }
)


# -- writing ---------------------------------------------------------------------
def write_table(head, rows, *, title="Sheet1", widths=()):
    """One table as an XLSX file.

    :param head: names of the columns
    :param rows: iterable of rows, each of as many values (text, number, date,
        datetime in local time, bool, None)
    :param title: name of the sheet
    :param widths: widths of the columns in characters
    :return: bytes of the file
    """
    target = io.BytesIO()
    write_table_to(target, head, rows, title=title, widths=widths)
    return target.getvalue()


def write_table_to(target, head, rows, *, title="Sheet1", widths=()):
    """The same into an open binary file; of the rows one is in memory at a time.

    :return: number of rows written
    """
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_sheet_title(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, name in enumerate(head):
            width = widths[column] if column < len(widths) else _width(name)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            sheet.write_string(0, column, safe_text(name), bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write_cell(sheet, count, column, value, day, moment)
    return count


def safe_text(value):
    """`value` as text of a cell that no program takes for a formula."""
    text = str(value)
    if text[:1] in _SIGNS and _FORMULA.match(text):
        text = f"'{text}"
    return text if len(text) <= CELL_MAX else text[: CELL_MAX - 1] + "…"


def _write_cell(sheet, row, column, value, day, moment):
    if value is None or value is False or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, safe_text(value))
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, (int, float, Decimal)) and value is not True:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, safe_text(value))


def _sheet_title(title):
    """What a sheet may be called: 31 characters, none of those with a meaning."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Sheet1"


def _width(name):
    """Wide characters take two places."""
    return min(40, max(12, 2 + sum(2 if ord(c) > 255 else 1 for c in str(name))))


# -- reading ---------------------------------------------------------------------
def read_table(
    env,
    data,
    head,
    *,
    optional=(),
    most_rows=MOST_ROWS,
    most_bytes=MOST_BYTES,
    unknown="refuse",
):
    """The rows of the first sheet of an XLSX file.

    :param env: whose language refusals are put into
    :param data: bytes of the file
    :param head: dict key -> name of the column, or several names of which the file
        has one (the same in another language); or a list of names that are the keys
    :param optional: keys of `head` whose column may be missing
    :param most_rows: rows below the head
    :param unknown: `refuse` columns that are not in `head`, or `ignore` them
    :return: iterator of (number of the row as the program shows it, dict key ->
        text). Every value is text without blanks around it: "" where the cell is
        empty, `2026-05-01` for a date, the formula itself for a formula
    :raise AwardRefusal: `sheet_not_xlsx`, `sheet_too_big`, `sheet_too_long`,
        `sheet_empty`, `sheet_columns_missing`, `…_unknown`, `…_twice`
    """
    _check_file(env, data, most_bytes)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = _lines(sheet.iter_rows(values_only=True))
        names = next(lines, (1, ()))[1]
        keys = _keys_of(env, names, head, optional, unknown)
        rows = _rows(env, lines, keys, most_rows)
    except AwardRefusal:
        raise
    except (
        *(InvalidFileException, zipfile.BadZipFile, SyntaxError, OSError, EOFError),
        *(KeyError, IndexError, ValueError, TypeError, AttributeError),
    ):
        # What openpyxl raises for files that only look like workbooks.
        _refuse(env, "sheet_not_xlsx")
    if not rows:
        _refuse(env, "sheet_empty")
    return iter(rows)


def text_date(text):
    """The day that a cell names: `2026-05-01`, `2026/5/1`, `2026年5月1日`; or None."""
    if match := _DATE.match(text or ""):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            return None
    return None


def _check_file(env, data, most_bytes):
    if len(data or b"") > most_bytes:
        _refuse(env, "sheet_too_big", most=most_bytes // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(data or b"")) as parts:
            names = parts.infolist()
            unpacked = sum(part.file_size for part in names)
            if unpacked > MOST_UNPACKED:
                _refuse(env, "sheet_too_big", most=most_bytes // 2**20)
            # No office program writes a DTD; one is there to make a parser work.
            if any(b"<!DOCTYPE" in parts.open(name).read(2048) for name in names):
                _refuse(env, "sheet_not_xlsx")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        _refuse(env, "sheet_not_xlsx")


def _lines(rows):
    """(number, texts) of the lines that say something."""
    for number, row in enumerate(rows, 1):
        texts = [_text(value) for value in row]
        if any(texts):
            yield number, texts


def _keys_of(env, names, head, optional, unknown):
    """Key of each column, None for one that is ignored."""
    wanted = head if isinstance(head, dict) else {name: name for name in head}
    known = {}
    for key, labels in wanted.items():
        for label in [labels] if isinstance(labels, str) else labels:
            known.setdefault(str(label).strip().casefold(), key)
    keys = [known.get(name.casefold()) for name in names]
    foreign = [name for name, key in zip(names, keys, strict=True) if name and not key]
    missing = [
        labels if isinstance(labels, str) else str(labels[0])
        for key, labels in wanted.items()
        if key not in keys and key not in optional
    ]
    if missing:
        _refuse(env, "sheet_columns_missing", missing=", ".join(missing))
    if foreign and unknown == "refuse":
        _refuse(env, "sheet_columns_unknown", unknown=", ".join(foreign))
    twice = [n for n, k in zip(names, keys, strict=True) if k and keys.count(k) > 1]
    if twice:
        _refuse(env, "sheet_columns_twice", twice=", ".join(dict.fromkeys(twice)))
    return keys


def _rows(env, lines, keys, most_rows):
    rows = []
    for number, texts in lines:
        row = dict.fromkeys(filter(None, keys), "")
        row |= {k: t for k, t in zip(keys, texts, strict=False) if k}
        if not any(row.values()):
            continue  # only columns without a name say something here
        if len(rows) >= most_rows:
            _refuse(env, "sheet_too_long", most=most_rows)
        rows.append((number, row))
    return rows


def _text(value):
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _MARKED.sub("", str(value).strip())


def _refuse(env, code, **values):
    refusal = Refusal(code, None, values)
    raise AwardRefusal(refusal_text(env, refusal), [refusal])
