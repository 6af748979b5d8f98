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
        "title_expired_allowed": _lt(
            "The title has expired; the scheme allows that the award is still named. "
            "Dismiss this entry."
        ),
        "budget_document_missing": _lt(
            "An approved budget has the number of its document. Enter it."
        ),
        "budget_fixed": _lt(
            "The budget was approved on %(on)s and is closed. Enter a revised plan "
            "with its document on the line."
        ),
        "budget_line_used": _lt(
            "Costs were entered on this line; it stays. Set its plan to 0 instead."
        ),
        "budget_revision_unfounded": _lt(
            "A plan is revised after the budget was approved, on a document. Enter the "
            "revised plan together with its document."
        ),
        "cost_in_future": _lt(
            "A cost was spent on a day that has come; %(on)s has not. Correct the day."
        ),
        "correction_unfounded": _lt(
            "An amount below 0 corrects an earlier entry on the same line, by no more "
            "than was entered there. Name that entry."
        ),
        "use_without_words": _lt(
            "These uses are not named by the scheme, or are its open entry: %(uses)s. "
            "Say in words what the money was spent on."
        ),
        "uses_above_prize": _lt(
            "The report tells of %(told)s yuan, but the prize was %(given)s yuan. "
            "Correct the amounts."
        ),
        "view_without_grounds": _lt(
            "That money was diverted is a finding. Enter its grounds."
        ),
        "sharing_in_future": _lt(
            "The register holds what took place; %(on)s has not come. Enter it then."
        ),
        "sharing_of_revoked": _lt(
            "The title has been revoked: no activity is entered for it any more."
        ),
        "sharing_kept": _lt(
            "Whose activity it was, and who held it, stays as entered: a duty may have "
            "been met by it. Enter another activity."
        ),
        "secrets_not_asked": _lt(
            "Trade secrets are excepted from sharing. Confirm with the winner that "
            "none is in it, then tick the box."
        ),
        "edition_begun": _lt(
            "A later edition of this scheme is there already: %(edition)s. Go on there."
        ),
        "no_later_edition": _lt(
            "No later edition of this scheme is there. Take the proposal up."
        ),
        "postponed_until_missing": _lt(
            "Enter until when the edition is postponed; the day lies after today."
        ),
        "postponement_not_foreseen": _lt(
            "The scheme does not foresee that an edition is postponed. Enter the "
            "number of the document by which it was decided."
        ),
        "postponement_running": _lt(
            "The edition is postponed until %(until)s. It is proposed again then."
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
