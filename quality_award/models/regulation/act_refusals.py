"""Why an act on a scheme is refused, in words."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "scheme_adoption_incomplete": _lt(
            "The adoption of the scheme is not recorded in full: %(missing)s. Fill it "
            "in, from the document by which the body adopted it."
        ),
        "scheme_adopting_body": _lt(
            "The scheme is adopted by %(bodies)s, not by %(body)s. Record the adoption "
            "by that body."
        ),
        "scheme_adopted_later": _lt(
            "The adoption is dated %(day)s, a day that has not come yet."
        ),
        "scheme_adoption_closed": _lt(
            "How the scheme was adopted is on record and cannot be changed. Take the "
            "scheme back to its draft to have it adopted anew."
        ),
        "scheme_adoption_changed": _lt(
            "The adopting document is not the one that was recorded: its fingerprint "
            "differs. Take the scheme back to its draft and have it adopted by the "
            "right document."
        ),
        "scheme_not_empty": _lt(
            "The scheme has bodies, classes or stages already. A proposal is made for "
            "a scheme that has none."
        ),
        "criteria_frozen": _lt(
            "The criteria %(code)s are used by a published scheme and the file says "
            "something else. Give the file another code."
        ),
    }
)
