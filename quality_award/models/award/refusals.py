from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "award_approval_missing": _lt(
            "An award is given only on the government's approval of a list with this "
            "case. Register the approval first."
        ),
        "already_granted": _lt(
            "The awards on this approval have been granted (%(count)s). They are under "
            "Awards."
        ),
        "nothing_to_grant": _lt(
            "No case on the approved list stands at the stage of the award. See the "
            "list and the cases."
        ),
        "grant_running": _lt(
            "Somebody else is granting the awards of this edition at this moment. "
            "Reload the page in a minute."
        ),
        "award_without_approval": _lt(
            "An award of an edition kept here comes from the grant on its approval, "
            "not from entry by hand. Enter earlier editions only."
        ),
        "still_valid": _lt(
            "The certificate is valid until %(until)s. It expires on the day after."
        ),
        "revocation_document_missing": _lt(
            "A revocation needs the number of the document. Enter it."
        ),
        "voucher_missing": _lt("Enter the number of the payment voucher."),
        "payee_not_confirmed": _lt(
            "The account of the payee has not been confirmed. Have it confirmed first."
        ),
        "award_not_valid": _lt(
            "The award is not valid any more; no money is paid on it."
        ),
        "content_missing": _lt("The report has no content yet. Enter it."),
    }
)
