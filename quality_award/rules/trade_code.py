"""Codes of GB/T 4754, the classification of trades: section, division, group, class."""

import re

_CLASS = re.compile(r"[0-9]{4}", re.ASCII)
#: First and last division of the classification.
DIVISIONS = range(1, 98)


def is_class(code: str) -> bool:
    """Tell whether ``code`` can be a class: four digits, in a division that exists.

    The list of classes is not looked up: it is the standard's own and is amended.

    Source: GB/T 4754-2017 (divisions 01 to 97; a group has digits 1 to 9).
    """
    if not _CLASS.fullmatch(code or ""):
        return False
    return int(code[:2]) in DIVISIONS and code[2] != "0"
