from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "scheme_inconsistent": _lt(
            "The scheme contradicts itself: %(problem)s. Correct it before publishing."
        ),
    }
)
