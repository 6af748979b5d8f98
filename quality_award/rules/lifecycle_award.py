"""Lifecycles of the room award: awards and what follows them."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.award": lifecycle(
        {"valid": "Valid", "expired": "Expired", "revoked": "Revoked"},
        move("expire", "valid", "expired", "clock office", "past_validity"),
        move(
            "revoke", "valid expired", "revoked", "office_head", "revocation_document",
            needs_reason=True,
        ),
    ),
    "award.violation": lifecycle(
        {
            "found": "Found",
            "ordered": "Ordered to Correct",
            "corrected": "Corrected",
            "handed_over": "Handed Over",
            "dismissed": "Dismissed",
        },
        move("order", "found", "ordered", "office_head", "order_allowed"),
        move("correct", "ordered", "corrected", "office", "correction_told"),
        move(
            "hand_over",
            "ordered",
            "handed_over",
            "office_head",
            "term_over",
            needs_reason=True,
        ),
        move("dismiss", "found", "dismissed", "office_head", needs_reason=True),
    ),
    "award.revocation": lifecycle(
        {
            "opened": "Opened",
            "notified": "Winner Notified",
            "decided": "Decided",
            "completed": "Completed",
            "dismissed": "Dismissed",
        },
        move("notify", "opened", "notified", "office", "ground_fits notified"),
        move(
            "decide",
            "notified",
            "decided",
            "office_head",
            "ground_fits document_given",
        ),
        move("complete", "decided", "completed", "office", "all_recovered"),
        move(
            "dismiss",
            "opened notified",
            "dismissed",
            "office_head",
            needs_reason=True,
        ),
    ),
    "award.prize": lifecycle(
        {"due": "To Pay", "paid": "Paid", "recovered": "Recovered"},
        move("pay", "due", "paid", "finance", "voucher_given payee_confirmed"),
        move("recover", "paid", "recovered", "finance", needs_reason=True),
    ),
    "award.obligation": lifecycle(
        {"owed": "Owed", "delivered": "Delivered", "waived": "Waived"},
        move(
            "deliver",
            "owed",
            "delivered",
            "applicant office",
            "content_given uses_told",
        ),
        move("waive", "owed", "waived", "office_head", needs_reason=True),
    ),
    "award.proposal": lifecycle(
        {
            "proposed": "Proposed",
            "postponed": "Postponed",
            "taken": "Taken Up",
            "overtaken": "Overtaken",
        },
        move("take", "proposed postponed", "taken", "office_head", "none_begun"),
        move(
            "postpone",
            "proposed postponed",
            "postponed",
            "office_head",
            "postponement_fits",
            needs_reason=True,
        ),
        move(
            "resume",
            "postponed taken overtaken",
            "proposed",
            "clock",
            "none_begun postponement_over",
        ),
        move("overtake", "proposed postponed", "overtaken", "clock", "begun"),
    ),
}
