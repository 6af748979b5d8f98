"""Words for what messages, calls, service and conditions refuse."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        # conditions
        "override_clause_missing": _lt(
            "Name the clause of this scheme that allows the override."
        ),
        "override_idle": _lt(
            "“%(condition)s” is met, or not asked of this case: there is nothing to "
            "override."
        ),
        "override_kept": _lt(
            "An override stays as it was proposed. Have it dismissed or revoked, and "
            "propose another one."
        ),
        "override_own": _lt(
            "Who proposed the override does not confirm it. Ask another officer."
        ),
        "override_other_finding": _lt(
            "“%(condition)s”: the facts have changed since it was proposed (now: "
            "%(now)s). Dismiss this override and propose another one."
        ),
        "override_missing": _lt(
            "“%(condition)s” is not met by the facts: %(because)s Find it not met, or "
            "propose an override that a second officer confirms."
        ),
        "standing_unmet": _lt(
            "“%(condition)s”: %(because)s Do not accept the case for this (tick it in "
            "the check), or propose an override that a second officer confirms."
        ),
        "condition_fails": _lt(
            "%(case)s fails “%(condition)s”: %(because)s Nothing is granted. Take the "
            "case out, or propose an override that a second officer confirms."
        ),
    }
)
REFUSAL_TEXTS.update(
    {
        # messages
        "signature_unfit": _lt(
            "A signature has no brackets 【】 and no line break, and at most %(most)s "
            "characters."
        ),
        "heads_alike": _lt("Two columns have the same name. Give each its own."),
        "words_alike": _lt(
            "%(words)s cannot mean both delivered and failed. Keep it in one place."
        ),
        "placeholder_unknown": _lt(
            "%(field)s, line %(line)s, place %(column)s: “%(word)s” is no placeholder. "
            "Possible are %(known)s."
        ),
        "sms_too_long": _lt(
            "The text message would have %(length)s characters; %(most)s are possible, "
            "the signature included. Shorten it: “%(text)s”"
        ),
        "release_another": _lt(
            "Who drafted a message does not release it. Ask another officer."
        ),
        "release_head": _lt("Messages are released by the head of the office."),
        "address_missing": _lt(
            "%(name)s has no number or address to write to. Cancel the message and "
            "have the applicant add it."
        ),
        "not_mail": _lt(
            "Only mails go to the mail server; text messages are exported."
        ),
        "not_sms": _lt("Only text messages are exported for the platform."),
        "nothing_released": _lt(
            "No text message is released and waiting. Release messages first."
        ),
        "recipients_missing": _lt(
            "Nobody fits this selection. Change it, or look at the preview."
        ),
        "template_channel_missing": _lt(
            "The template “%(template)s” has no text for this channel. Write it first."
        ),
        "call_kept": _lt(
            "A call that was booked stays as it is. Book another one with a note."
        ),
        "call_future": _lt("A call is booked after it was made, not before."),
        "service_proof_missing": _lt(
            "Service by “%(how)s” needs its record: %(needed)s. Without it the letter "
            "does not count as served."
        ),
        "delivery_faults": _lt(
            "%(count)s row(s) of the list cannot be taken. Correct the file and check "
            "it again; nothing has been noted."
        ),
        "file_changed": _lt(
            "This is not the file that was checked. Check it again first."
        ),
        "file_missing": _lt("Choose a file first."),
    }
)
