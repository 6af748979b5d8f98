"""Lifecycles of the room application: editions, and cases up to qualification."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.edition": lifecycle(
        {
            "draft": "Draft",
            "announced": "Announced",
            "closed": "Closed",
            "cancelled": "Cancelled",
        },
        move(
            "announce",
            "draft",
            "announced",
            "office_head",
            "scheme_published scheme_in_force window_set no_charge adopted "
            "criteria_known",
        ),
        move(
            "extend",
            "announced",
            None,
            "office_head",
            "window_extended",
            needs_reason=True,
        ),
        move("close", "announced", "closed", "office_head", "cases_settled"),
        move(
            "cancel", "draft announced", "cancelled", "office_head", needs_reason=True
        ),
    ),
    "award.application": lifecycle(
        {
            "draft": "Draft",
            "submitted": "Submitted",
            "returned": "Returned",
            "accepted": "Accepted",
            "not_accepted": "Not Accepted",
            "eliminated": "Eliminated",
            "decided": "Decided",
            "withdrawn": "Withdrawn",
            "disqualified": "Disqualified",
        },
        move(
            "submit",
            "draft returned",
            "submitted",
            "applicant",
            "window_open class_fits profile_complete chapters_fit recommenders_named "
            "only_application not_elsewhere group_free may_apply_again new_result "
            "not_banned quota_free",
        ),
        move(
            "return",
            "submitted",
            "returned",
            "recommender_prepare recommender_sign office",
            "window_open",
            needs_reason=True,
        ),
        move(
            "accept",
            "submitted",
            "accepted",
            "office",
            "paper_in_time stage_settled",
        ),
        move(
            "accept_here",
            "submitted",
            "accepted",
            "office",
            "acceptance_due paper_in_time",
        ),
        move(
            "refuse",
            "submitted",
            "not_accepted",
            "office",
            "ground_named",
            needs_reason=True,
        ),
        move(
            "advance",
            "submitted accepted",
            None,
            "recommender_sign office panel_leader committee approver clock",
            "stage_settled",
        ),
        move(
            "eliminate",
            "submitted accepted",
            "eliminated",
            "recommender_sign office committee approver",
            needs_reason=True,
        ),
        move(
            "fail_veto",
            "submitted accepted",
            "eliminated",
            "panel_leader",
            "veto_failed",
            needs_reason=True,
        ),
        move("decide", "submitted accepted", "decided", "office", "approved"),
        move(
            "transfer",
            "submitted accepted",
            None,
            "office",
            "transfer_possible transfer_agreed",
            needs_reason=True,
        ),
        move(
            "submit_on_behalf",
            "draft returned",
            "submitted",
            "office",
            "entered_on_behalf second_clerk window_open class_fits profile_complete "
            "recommenders_named only_application not_elsewhere group_free "
            "may_apply_again new_result not_banned quota_free",
        ),
        move(
            "allow",
            "draft submitted returned",
            None,
            "office_head",
            needs_reason=True,
        ),
        move(
            "withdraw",
            "draft submitted returned accepted",
            "withdrawn",
            "applicant",
            needs_reason=True,
        ),
        move(
            "lapse",
            "submitted",
            "withdrawn",
            "office clock",
            "supplement_lapsed",
            needs_reason=True,
        ),
        move(
            "disqualify",
            "submitted accepted decided",
            "disqualified",
            "office_head",
            "ground_named",
            needs_reason=True,
        ),
    ),
    "award.case.stage": lifecycle(
        {"open": "In Progress", "passed": "Passed", "failed": "Not Passed"},
        move(
            "pass",
            "open",
            "passed",
            "applicant recommender_sign office panel_leader committee approver clock",
        ),
        move(
            "fail",
            "open",
            "failed",
            "applicant recommender_prepare recommender_sign office office_head "
            "panel_leader committee approver clock",
        ),
    ),
    "award.recommendation": lifecycle(
        {
            "draft": "To Prepare",
            "prepared": "Prepared",
            "checked": "Checked",
            "signed": "Signed Off",
        },
        move(
            "prepare",
            "draft",
            "prepared",
            "recommender_prepare",
            "current not_withdrawn opinion_given conditions_answered may_recommend",
        ),
        move(
            "check",
            "prepared",
            "checked",
            "recommender_check",
            "current not_withdrawn another_person",
        ),
        move(
            "send_back",
            "prepared checked",
            "draft",
            "recommender_check recommender_sign",
            needs_reason=True,
        ),
        move(
            "sign",
            "checked",
            "signed",
            "recommender_sign",
            "current not_withdrawn another_person opinion_given conditions_answered "
            "ranked notice_shown may_recommend",
        ),
    ),
    "award.qualification": lifecycle(
        {"draft": "In Check", "decided": "Decided"},
        move(
            "decide",
            "draft",
            "decided",
            "office",
            "paper_in_time all_findings no_open_supplement departments_answered "
            "conditions_covered",
        ),
    ),
    "award.supplement": lifecycle(
        {"draft": "Draft", "sent": "Sent", "answered": "Answered", "lapsed": "Lapsed"},
        move("send", "draft", "sent", "office", "items_named"),
        move("answer", "sent", "answered", "applicant", "in_time"),
        move("lapse", "sent", "lapsed", "office clock", "overdue"),
    ),
    "award.completeness": lifecycle(
        {
            "draft": "To Check",
            "proposed": "Proposed",
            "confirmed": "Confirmed",
            "overtaken": "Overtaken",
        },
        move(
            "propose",
            "draft",
            "proposed",
            "handling",
            "handling_allowed all_checked proposal_given",
        ),
        move("confirm", "proposed", "confirmed", "office", "supplement_possible"),
        move("reject", "proposed", "draft", "office", needs_reason=True),
        move(
            "overtake",
            "draft proposed",
            "overtaken",
            "applicant recommender_prepare recommender_sign office office_head "
            "committee approver clock",
        ),
    ),
    "award.question": lifecycle(
        {
            "open": "Open",
            "answered": "Answered",
            "published": "Published",
            "closed": "Closed",
        },
        move("answer", "open", "answered", "office handling", "answer_written"),
        move("reopen", "answered", "open", "office handling", needs_reason=True),
        move("publish", "answered", "published", "office", "publicly_worded"),
        move(
            "close", "open answered published", "closed", "office", needs_reason=True
        ),
    ),
    "award.applicant.member": lifecycle(
        {"active": "Active", "removed": "Removed"},
        move("change", "active", None, "applicant", needs_reason=True),
        move(
            "unsign", "active", None, "applicant", "signatory_stays", needs_reason=True
        ),
        move("remove", "active", "removed", "applicant", "signatory_stays"),
    ),
    "award.applicant.invitation": lifecycle(
        {
            "open": "Open",
            "accepted": "Accepted",
            "declined": "Declined",
            "withdrawn": "Withdrawn",
        },
        move("accept", "open", "accepted", "owner", "still_valid"),
        move("decline", "open", "declined", "owner"),
        move("withdraw", "open", "withdrawn", "applicant"),
    ),
    "award.recusal": lifecycle(
        {"declared": "Declared", "confirmed": "Recused", "dismissed": "Dismissed"},
        move("confirm", "declared", "confirmed", "office_head", "another_person"),
        move(
            "dismiss",
            "declared confirmed",
            "dismissed",
            "office_head",
            "another_person",
            needs_reason=True,
        ),
    ),
    "award.condition.override": lifecycle(
        {
            "draft": "Proposed",
            "confirmed": "Confirmed",
            "dismissed": "Not Confirmed",
            "revoked": "Revoked",
        },
        move("confirm", "draft", "confirmed", "office", "second_officer finding_same"),
        move("dismiss", "draft", "dismissed", "office", needs_reason=True),
        move("revoke", "confirmed", "revoked", "office_head", needs_reason=True),
    ),
    "award.outbox.message": lifecycle(
        {
            "draft": "Drafted",
            "released": "Released",
            "sent": "Handed to the Mail Server",
            "exported": "Handed to the SMS Platform",
            "delivered": "Delivered",
            "failed": "Failed",
            "cancelled": "Cancelled",
        },
        move(
            "release",
            "draft",
            "released",
            "office",
            "may_release address_known invitation_stands",
        ),
        move("cancel", "draft released", "cancelled", "office"),
        move(
            "recall",
            "draft released",
            "cancelled",
            "applicant owner",
            "invitation_ended",
        ),
        move("send", "released", "sent", "clock office", "is_mail"),
        move("export", "released", "exported", "office", "is_sms"),
        move("deliver", "sent exported", "delivered", "clock office"),
        move(
            "fail",
            "released sent exported",
            "failed",
            "clock office",
            needs_reason=True,
        ),
    ),
}
