"""Refusals as codes.

A rule never raises and never words a sentence: it returns a `Refusal`. The code
is put into words in one place (`models/base/refusal.py`), stored as such in the
register and in the access log, and shown with the clause that is behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """Why an act is refused.

    :param code: key of `REFUSAL_TEXTS`, snake case
    :param clause: code of the clause in the scheme ("12-6"), or None where the
        refusal is general law or good order
    :param values: facts that the sentence shows (numbers, dates, names)
    """

    code: str
    clause: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
