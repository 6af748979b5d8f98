"""Lifecycles of the room decision: lists, votes, notices, objections, approval."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.list": lifecycle(
        {"draft": "Draft", "adopted": "Adopted", "sent_back": "Sent Back"},
        move(
            "adopt",
            "draft",
            "adopted",
            "panel_leader office_head committee approver",
            "not_withdrawn work_product subset cap quota threshold reasons "
            "adoptable",
        ),
        move(
            "send_back",
            "draft",
            "sent_back",
            "office_head committee approver",
            needs_reason=True,
        ),
    ),
    "award.letter": lifecycle(
        {"draft": "Draft", "sent": "Sent", "served": "Served"},
        move("send", "draft", "sent", "office", "text_given"),
        move("serve", "sent", "served", "office applicant", "proof_given"),
    ),
    "award.consultation": lifecycle(
        {
            "draft": "Draft",
            "sent": "Sent",
            "entered": "Reply Entered",
            "answered": "Answered",
            "silent": "No Reply",
        },
        move("send", "draft", "sent", "office", "list_adopted"),
        move("enter", "sent", "entered", "office", "not_withdrawn reply_complete"),
        move("check", "entered", "answered", "office", "not_withdrawn second_clerk"),
        move("correct", "entered", "sent", "office", needs_reason=True),
        move("record_silence", "sent", "silent", "office clock", "overdue"),
    ),
    "award.committee": lifecycle(
        {"draft": "Proposed", "approved": "Approved", "ended": "Term Ended"},
        move("approve", "draft", "approved", "office_head", "approval_document"),
        move("end", "approved", "ended", "office_head"),
    ),
    "award.meeting": lifecycle(
        {"draft": "Called", "opened": "Opened", "closed": "Closed"},
        move("open", "draft", "opened", "office", "committee_approved quorum"),
        move("close", "opened", "closed", "office", "tallies_checked minutes_given"),
    ),
    "award.tally": lifecycle(
        {"draft": "To Enter", "entered": "Entered Once", "checked": "Checked"},
        move(
            "enter",
            "draft",
            "entered",
            "office",
            "not_withdrawn meeting_open sums recused",
        ),
        move(
            "check",
            "entered",
            "checked",
            "office",
            "not_withdrawn second_clerk same_figures",
        ),
        move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.resolution": lifecycle(
        {"draft": "To Enter", "entered": "Entered Once", "checked": "Checked"},
        move("enter", "draft", "entered", "office", "body_decides document_given"),
        move("check", "entered", "checked", "office", "body_decides second_clerk"),
        move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.notice": lifecycle(
        {"draft": "Draft", "published": "Published", "closed": "Closed"},
        move("publish", "draft", "published", "office", "list_adopted channels"),
        move(
            "close",
            "published",
            "closed",
            "office clock",
            "period_over in_house no_objection",
        ),
    ),
    "award.objection": lifecycle(
        {
            "received": "Received",
            "admitted": "Under Investigation",
            "not_admitted": "Not Admitted",
            "reported": "Reported",
        },
        move("admit", "received", "admitted", "office", "not_withdrawn in_period"),
        move(
            "not_admit",
            "received",
            "not_admitted",
            "office",
            "not_withdrawn",
            needs_reason=True,
        ),
        move(
            "report", "admitted", "reported", "office", "not_withdrawn report_given"
        ),
    ),
    "award.approval": lifecycle(
        {
            "draft": "Draft",
            "pending": "Awaiting Approval",
            "approved": "Approved",
            "refused": "Refused",
        },
        move("submit", "draft", "pending", "office_head", "list_adopted unchanged"),
        move(
            "approve", "pending", "approved", "approver", "document_given unchanged"
        ),
        move("refuse", "pending", "refused", "approver", needs_reason=True),
    ),
}
