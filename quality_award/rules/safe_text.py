"""Texts that may come from anywhere: what no text of a scheme may hold.

Markup, because the texts are shown in pages and documents; invisible characters,
because two codes that look alike must be alike, and because an override of the
writing direction makes a clause read as what it does not say.
"""

import re
from collections.abc import Iterator
from typing import Any

#: Longest text of one key, in characters.
MAX_LENGTH = 20_000
MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
#: Control characters but for tab and line feed.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: Zero-width and soft characters, marks and overrides of direction, tags.
INVISIBLE = re.compile(
    "[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def fault(text: str) -> str | None:
    """What is wrong with a text: too_long, markup, control, invisible, or None."""
    if len(text) > MAX_LENGTH:
        return "too_long"
    for code, pattern in (
        ("markup", MARKUP),
        ("control", CONTROL),
        ("invisible", INVISIBLE),
    ):
        if pattern.search(text):
            return code
    return None


def faults(value: Any) -> Iterator[str]:
    """The faults of a value of a scheme file: a text, or texts in a list or object."""
    if isinstance(value, dict):
        value = list(value.values())
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and (found := fault(one)):
            yield found


def shown(value: Any, length: int = 80) -> str:
    """A value of any type as one short line without anything that could do harm."""
    try:
        text = str(value)
    except (RecursionError, ValueError):  # nested without end, or endless digits
        text = type(value).__name__
    for pattern in (MARKUP, CONTROL, INVISIBLE):
        text = pattern.sub("�", text)
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[:length]}…"
