from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "not_confirmed": _lt(
            "Nothing was submitted: tick that you have read the preview and that it is "
            "true, then submit."
        ),
        "preview_outdated": _lt(
            "Nothing was submitted: the application was changed after this page was "
            "opened, perhaps by a colleague or in another window. Look at the preview "
            "again, then submit."
        ),
        "nothing_chosen": _lt("No chapter is chosen. Tick those to copy."),
    }
)
