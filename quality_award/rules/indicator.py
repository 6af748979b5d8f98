"""Figures of an indicator table: exact, as typed, and drawn to scale."""

import re
import unicodedata
from decimal import Decimal

#: Columns that hold figures: three years, the oldest first, and what to compare with.
FIGURES = ("value_1", "value_2", "value_3", "target", "competitor", "benchmark")
_GROUPED = re.compile(r"^-?\d{1,3}(,\d{3})+(\.\d+)?$")
_PLAIN = re.compile(r"^-?\d{1,15}(\.\d{1,6})?$")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})


def exact(text):
    """A figure as its exact decimal text.

    :param text: as typed; full-width digits and groups of thousands are understood
    :return: plain decimal text ("1234.50"), or "" where nothing was typed
    :raise ValueError: no decimal number of at most 15 digits and 6 places
    """
    plain = unicodedata.normalize("NFKC", str(text or "")).strip().translate(_MINUS)
    if plain in {"", "-"}:
        return ""
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.match(plain):
        raise ValueError(text)
    return plain


def scale(figures):
    """The range that a chart of the figures spans: (lowest, highest) as Decimal.

    Bars stand on zero, so that it is always within; a chart of zeros alone spans one.
    """
    values = [Decimal(figure) for figure in figures if figure]
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    return (low, high) if low != high else (low, low + 1)
