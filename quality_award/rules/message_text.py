"""Texts of messages: placeholders from a fixed list, filled, never evaluated.

A placeholder is a known word in braces. Nothing else in braces is possible, so that
a text written in the office can reach no attribute, no call and no other record.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

#: Placeholder -> the same in Chinese.
PLACEHOLDERS = {
    "applicant": "申报者",
    "liaison": "联络员",
    "inviter": "邀请人",
    "number": "申报编号",
    "edition": "届次",
    "class": "奖项类别",
    "recommender": "推荐单位",
    "opens": "开始时间",
    "closes": "截止时间",
    "due": "期限",
    "count": "件数",
    "link": "网址",
}
_KNOWN = {**{word: word for word in PLACEHOLDERS}} | {
    chinese: word for word, chinese in PLACEHOLDERS.items()
}
#: Units of one text message on the platforms that governments use.
SMS_MAX = 70
_PART = re.compile(r"\{([^{}\n]*)\}|[{}]")
_PHONE = re.compile(r"^\+?\d{7,15}$")
_EMAIL = re.compile(r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+$")


class Fault(NamedTuple):
    """What cannot be filled, and where it stands (both counted from 1)."""

    word: str
    line: int
    column: int


def faults(text: str) -> list[Fault]:
    """Everything in braces that is no placeholder, and braces without a partner."""
    found = []
    for number, line in enumerate((text or "").split("\n"), 1):
        for part in _PART.finditer(line):
            name = part.group(1)
            if name is None or name.strip() not in _KNOWN:
                found.append(Fault(part.group(0), number, part.start() + 1))
    return found


def used(text: str) -> frozenset[str]:
    """The placeholders of a text, by their English words."""
    names = (part.group(1) for part in _PART.finditer(text or ""))
    return frozenset(
        _KNOWN[name.strip()] for name in names if name and name.strip() in _KNOWN
    )


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its placeholders replaced, once: values are not read again.

    :param values: by English word; one that is missing becomes empty
    :raises ValueError: for a text with faults
    """
    if faults(text):
        raise ValueError(text)

    def value(part):
        found = values.get(_KNOWN[part.group(1).strip()])
        return "" if found is None else str(found)

    return _PART.sub(value, text or "")


def one_line(text: str) -> str:
    """A subject or name: no line break that a mail header could end at."""
    return " ".join((text or "").split())


def sms_length(text: str) -> int:
    """Units that a text takes on the air: those of UTF-16, as platforms count."""
    return len(text.encode("utf-16-be")) // 2


def signed(text: str, signature: str) -> str:
    """A text message with the agency's signature before it, which platforms ask for."""
    return f"【{signature}】{text}" if signature else text


def longest(candidates: Iterable[str]) -> str:
    """The text that takes most units, "" of none."""
    return max(candidates, key=sms_length, default="")


def clean_phone(number: str) -> str:
    """The digits of a number, "" where it is none that can be written to."""
    digits = re.sub(r"[\s()（）.\-]", "", number or "")
    return digits if _PHONE.match(digits) else ""


def clean_email(address: str) -> str:
    """The address, "" where it is not one address."""
    address = (address or "").strip()
    return address if _EMAIL.match(address) else ""


def masked(address: str) -> str:
    """A number or address as lists show it: enough to recognise it, not to use it."""
    if not address:
        return ""
    if "@" in address:
        name, _at, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    if len(address) <= 7:
        return "****" + address[-2:]
    return f"{address[:3]}****{address[-4:]}"
