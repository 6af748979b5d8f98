"""Which pages of one document belong to which item, typed as people type pages."""

import re
import unicodedata

_PARTS = re.compile(r"[,;、\s]+")
_RANGE = re.compile(r"^(\d{1,5})(?:-(\d{1,5}))?$")
_DASHES = str.maketrans({"–": "-", "—": "-", "~": "-", "至": "-", "到": "-", "−": "-"})


def parse(text, pages):
    """Read pages as `3-7, 12` or `3至7、12`.

    :param text: as it was typed
    :param pages: number of pages of the document
    :return: list of [first, last], in order and joined where they touch
    :raise ValueError: its argument is the part that is no page of the document
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).translate(_DASHES)
    plain = re.sub(r"\s*-\s*", "-", plain.strip())
    found = []
    for part in filter(None, _PARTS.split(plain)):
        matched = _RANGE.match(part)
        if not matched:
            raise ValueError(part)
        first = int(matched[1])
        last = int(matched[2] or first)
        if not 1 <= first <= last <= pages:
            raise ValueError(part)
        found.append([first, last])
    return joined(found)


def joined(ranges):
    """The same pages as ranges in order that neither touch nor overlap."""
    result = []
    for first, last in sorted(ranges):
        if result and first <= result[-1][1] + 1:
            result[-1][1] = max(result[-1][1], last)
        else:
            result.append([first, last])
    return result


def gaps(ranges, pages):
    """Pages of the document that are in none of the ranges, as ranges."""
    found, expected = [], 1
    for first, last in joined(ranges):
        if first > expected:
            found.append([expected, first - 1])
        expected = last + 1
    if expected <= pages:
        found.append([expected, pages])
    return found


def to_text(ranges):
    """Ranges as they are shown and typed: `3-7, 12`."""
    return ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in ranges
    )
