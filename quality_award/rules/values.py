"""Kinds of value in a scheme file: what fits each, and how it is told to people.

``str``, ``int``, ``bool``, ``json``; ``date`` (2026-03-31), ``month_day`` (12-31),
``time`` (17:00); ``ints`` a list of whole numbers, ``texts`` a list of free texts;
``list:a|b`` a list of words, ``a|b`` one word; ``code`` a code; ``ref:section`` and
``refs:section`` one code, or a list of codes, of records of a section.
"""

import re
from datetime import date, time
from typing import Any

#: The largest whole number.
MOST = 2**31 - 1
_TIME = re.compile(r"\d\d:\d\d")
_MONTH_DAY = re.compile(r"\d\d-\d\d")


def words_of(kind: str) -> list[str]:
    """The words that a kind allows, none where it has no words."""
    words = kind.removeprefix("list:")
    return words.split("|") if "|" in words or words != kind else []


def section_of(kind: str) -> str | None:
    """The section whose codes a kind names, None where it names none."""
    if kind.startswith(("ref:", "refs:")):
        return kind.partition(":")[2]
    return None


def is_list(kind: str) -> bool:
    """Whether values of this kind are lists."""
    return kind in {"ints", "texts"} or kind.startswith(("list:", "refs:"))


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_int(value: Any) -> bool:
    """A whole number that the database holds, zero or more."""
    return type(value) is int and 0 <= value <= MOST


def is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_month_day(value: Any) -> bool:
    """A day that every year has, so not 29 February."""
    return (
        isinstance(value, str)
        and _MONTH_DAY.fullmatch(value) is not None
        and is_date(f"2001-{value}")
    )


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        return bool(time.fromisoformat(value) or True)
    except ValueError:
        return False


def _is_extends(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"code", "version"}
        and all(map(is_text, value.values()))
    )


_FITS = {
    "str": is_text,
    "code": is_text,
    "int": is_int,
    "bool": lambda value: isinstance(value, bool),
    "date": is_date,
    "month_day": _is_month_day,
    "time": _is_time,
    "json": lambda value: value is not None,
    "extends": _is_extends,
}


def _fits_list(kind: str, value: Any) -> bool:
    if not isinstance(value, list):
        return False
    if kind == "ints":
        fits = all(map(is_int, value))
    elif kind.startswith("list:"):
        words = words_of(kind)
        fits = all(isinstance(one, str) and one in words for one in value)
    else:
        fits = all(map(is_text, value))
    return fits and len(set(value)) == len(value)


def fits(kind: str, value: Any) -> bool:
    """Whether `value`, as it comes from JSON, is of `kind`."""
    if is_list(kind):
        return _fits_list(kind, value)
    if "|" in kind:
        return isinstance(value, str) and value in kind.split("|")
    return _FITS["code" if section_of(kind) else kind](value)


def arranged(kind: str, value: list) -> list:
    """A list in the one order that its kind has; free texts keep theirs."""
    if kind.startswith("list:"):
        return sorted(value, key=words_of(kind).index)
    if kind == "ints":
        return sorted(value, reverse=True)
    return sorted(value) if kind.startswith("refs:") else value


def expected(kind: str) -> str:
    """A kind in words for the one who corrects a file."""
    if words := words_of(kind):
        text = ", ".join(words)
        return f"[{text}]" if is_list(kind) else text
    return {
        "date": "YYYY-MM-DD",
        "month_day": "MM-DD",
        "time": "HH:MM",
        "ints": "[int]",
        "texts": "[text]",
    }.get(kind, f"[{section_of(kind)}]" if kind.startswith("refs:") else kind)
