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
        "revocation_by_ground": _lt(
            "The scheme names the grounds on which a title is taken. Open a revocation "
            "on one of them; its decision revokes the award."
        ),
        "ground_of_other_scheme": _lt(
            "This ground is none of the scheme under which the award was given. Choose "
            "one of its own."
        ),
        "ground_unknown": _lt(
            "The text of this ground is lost; nobody can rest a decision on it. Choose "
            "a ground whose text is known."
        ),
        "watch_over": _lt(
            "It happened on %(on)s; winners are watched from %(first)s for %(years)s "
            "years. It is no ground any more."
        ),
        "notification_missing": _lt(
            "The winner must be told before, with the right to speak. Enter the day of "
            "the prior notification."
        ),
        "recovery_open": _lt("Not done yet: %(steps)s. Enter day and proof of each."),
        "recovery_proof_missing": _lt(
            "A step is done with its proof: receipt, voucher, page or number."
        ),
        "title_expired_warn_only": _lt(
            "The title has expired; the scheme allows a warning, no order. Dismiss it "
            "with the warning as the reason."
        ),
        "order_number_missing": _lt(
            "The order needs the number of its document. Enter it."
        ),
        "correction_missing": _lt(
            "Enter what was corrected and how the office knows."
        ),
        "correction_running": _lt(
            "The winner may correct it until %(until)s. Wait for that day to pass."
        ),
        "charge_linked": _lt(
            "Nothing may be charged, but these fields tie applications to invoices or "
            "payments: %(fields)s. Have them removed before announcing."
        ),
        "reward_without_document": _lt(
            "A reward that was paid has its amount and its document. Enter both."
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
