"""Words for what the desk of the office and of the handling body refuses."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        # supplement by part
        "part_unknown": _lt(
            "“%(part)s” is no part of this application. Choose it from the list."
        ),
        "parts_untouched": _lt(
            "Not changed yet: %(parts)s. Complete what was asked for, or write in the "
            "answer why it stays as it is."
        ),
    }
)
