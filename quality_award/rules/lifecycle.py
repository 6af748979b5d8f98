"""Every state of every record and the moves between them, as one table.

Buttons, guards, the database's door, the generated `docs/lifecycle.md` and the
tests read this table; nothing else in the addon knows which state follows which.
A *role* is a group of the addon (`group_<role>`) or one that depends on the
record (`applicant`, `panel_leader` …, see each model's `_roles_on`). A *guard*
`x` is the method `_guard_x` of the model: it returns a `Refusal` or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Roles that exist as groups of the addon.
GROUP_ROLES = (
    "recommender",
    "handling",
    "office",
    "office_head",
    "reviewer",
    "deliberator",
    "observer",
    "committee",
    "approver",
    "finance",
    "supervisor",
    "admin",
    "clock",
)
#: Roles that a person has towards one record.
RECORD_ROLES = (
    "applicant",
    "recommender_prepare",
    "recommender_check",
    "recommender_sign",
    "panel_member",
    "panel_leader",
    "owner",
)


@dataclass(frozen=True)
class Move:
    """One arrow of a lifecycle.

    :param name: name of the act, also the key in `allowed_moves`
    :param sources: states it starts from
    :param target: state it leads to; None keeps the state (the stage changes)
    :param roles: who may do it, any of them
    :param guards: conditions, asked in this order
    :param needs_reason: a reason must be given and is kept in the register
    """

    name: str
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    guards: tuple[str, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The states of one model, the first being the only one a record is born in."""

    states: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]

    @property
    def initial(self) -> str:
        return self.states[0][0]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for key, _label in self.states)

    @property
    def final(self) -> frozenset[str]:
        """States that no move leaves for another state."""
        left = {
            source
            for move in self.moves
            for source in move.sources
            if move.target is not None and move.target != source
        }
        return self.keys - left

    def move(self, name: str) -> Move:
        """The move called `name`; KeyError when the table has none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.sources)

    def edges(self) -> frozenset[tuple[str, str]]:
        """All (from, to) pairs that some move makes; kept in the database too."""
        return frozenset(
            (source, source if move.target is None else move.target)
            for move in self.moves
            for source in move.sources
        )


def _move(name, sources, target, roles, guards=(), needs_reason=False):
    def words(text: str | Iterable[str]) -> list[str]:
        return text.split() if isinstance(text, str) else list(text)

    return Move(
        name,
        frozenset(words(sources)),
        target,
        frozenset(words(roles)),
        tuple(words(guards)),
        needs_reason,
    )


def _lifecycle(states, *moves):
    return Lifecycle(tuple(states.items()), tuple(moves))


#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    # -- regulation --------------------------------------------------------
    "award.scheme": _lifecycle(
        {
            "draft": "Draft",
            "checked": "Checked",
            "adopted": "Adopted",
            "published": "Published",
            "superseded": "Superseded",
        },
        _move("check", "draft", "checked", "admin", "consistent"),
        _move(
            "reopen", "checked adopted", "draft", "admin", needs_reason=True
        ),
        _move("adopt", "checked", "adopted", "admin", "adoption_recorded consistent"),
        _move("publish", "adopted", "published", "admin", "consistent"),
        _move("supersede", "published", "superseded", "admin"),
    ),
    # -- application -------------------------------------------------------
    "award.edition": _lifecycle(
        {
            "draft": "Draft",
            "announced": "Announced",
            "closed": "Closed",
            "cancelled": "Cancelled",
        },
        _move(
            "announce",
            "draft",
            "announced",
            "office_head",
            "scheme_published scheme_in_force window_set no_charge adopted "
            "criteria_known",
        ),
        _move(
            "extend",
            "announced",
            None,
            "office_head",
            "window_extended",
            needs_reason=True,
        ),
        _move("close", "announced", "closed", "office_head", "cases_settled"),
        _move(
            "cancel", "draft announced", "cancelled", "office_head", needs_reason=True
        ),
    ),
    "award.application": _lifecycle(
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
        _move(
            "submit",
            "draft returned",
            "submitted",
            "applicant",
            "window_open class_fits profile_complete recommenders_named "
            "only_application not_elsewhere group_free may_apply_again new_result "
            "not_banned quota_free",
        ),
        _move(
            "return",
            "submitted",
            "returned",
            "recommender_prepare recommender_sign office",
            "window_open",
            needs_reason=True,
        ),
        _move(
            "accept",
            "submitted",
            "accepted",
            "office",
            "paper_in_time stage_settled",
        ),
        _move(
            "accept_here",
            "submitted",
            "accepted",
            "office",
            "acceptance_due paper_in_time",
        ),
        _move(
            "refuse",
            "submitted",
            "not_accepted",
            "office",
            "ground_named",
            needs_reason=True,
        ),
        _move(
            "advance",
            "submitted accepted",
            None,
            "recommender_sign office panel_leader committee approver clock",
            "stage_settled",
        ),
        _move(
            "eliminate",
            "submitted accepted",
            "eliminated",
            "recommender_sign office committee approver",
            needs_reason=True,
        ),
        _move(
            "fail_veto",
            "submitted accepted",
            "eliminated",
            "panel_leader",
            "veto_failed",
            needs_reason=True,
        ),
        _move("decide", "submitted accepted", "decided", "office", "approved"),
        _move(
            "transfer",
            "submitted accepted",
            None,
            "office",
            "transfer_possible transfer_agreed",
            needs_reason=True,
        ),
        _move(
            "withdraw",
            "draft submitted returned accepted",
            "withdrawn",
            "applicant",
            needs_reason=True,
        ),
        _move(
            "lapse",
            "submitted",
            "withdrawn",
            "office clock",
            "supplement_lapsed",
            needs_reason=True,
        ),
        _move(
            "disqualify",
            "submitted accepted decided",
            "disqualified",
            "office_head",
            "ground_named",
            needs_reason=True,
        ),
    ),
    "award.case.stage": _lifecycle(
        {"open": "In Progress", "passed": "Passed", "failed": "Not Passed"},
        _move(
            "pass",
            "open",
            "passed",
            "applicant recommender_sign office panel_leader committee approver clock",
        ),
        _move(
            "fail",
            "open",
            "failed",
            "applicant recommender_prepare recommender_sign office office_head "
            "panel_leader committee approver clock",
        ),
    ),
    "award.recommendation": _lifecycle(
        {
            "draft": "To Prepare",
            "prepared": "Prepared",
            "checked": "Checked",
            "signed": "Signed Off",
        },
        _move(
            "prepare",
            "draft",
            "prepared",
            "recommender_prepare",
            "current opinion_given may_recommend",
        ),
        _move("check", "prepared", "checked", "recommender_check", "current"),
        _move(
            "send_back",
            "prepared checked",
            "draft",
            "recommender_check recommender_sign",
            needs_reason=True,
        ),
        _move(
            "sign",
            "checked",
            "signed",
            "recommender_sign",
            "current opinion_given may_recommend",
        ),
    ),
    "award.qualification": _lifecycle(
        {"draft": "In Check", "decided": "Decided"},
        _move(
            "decide",
            "draft",
            "decided",
            "office",
            "paper_in_time all_findings no_open_supplement departments_answered",
        ),
    ),
    "award.supplement": _lifecycle(
        {"draft": "Draft", "sent": "Sent", "answered": "Answered", "lapsed": "Lapsed"},
        _move("send", "draft", "sent", "office", "items_named"),
        _move("answer", "sent", "answered", "applicant", "in_time"),
        _move("lapse", "sent", "lapsed", "office clock", "overdue"),
    ),
    "award.recusal": _lifecycle(
        {"declared": "Declared", "confirmed": "Recused", "dismissed": "Dismissed"},
        _move("confirm", "declared", "confirmed", "office_head", "another_person"),
        _move(
            "dismiss",
            "declared confirmed",
            "dismissed",
            "office_head",
            "another_person",
            needs_reason=True,
        ),
    ),
    # -- experts -----------------------------------------------------------
    "award.panel": _lifecycle(
        {"draft": "Being Formed", "confirmed": "Confirmed", "dissolved": "Dissolved"},
        _move(
            "confirm",
            "draft",
            "confirmed",
            "office",
            "size leader selection members_free one_role",
        ),
        _move("reopen", "confirmed", "draft", "office_head", needs_reason=True),
        _move(
            "dissolve", "confirmed", "dissolved", "office_head", needs_reason=True
        ),
    ),
    "award.interest": _lifecycle(
        {
            "draft": "To Declare",
            "none": "No Interest",
            "declared": "Interest Declared",
            "confirmed": "Recused",
            "dismissed": "Dismissed",
        },
        _move("declare_none", "draft", "none", "owner", "undertaking_signed"),
        _move("declare", "draft none", "declared", "owner office", "kind_named"),
        _move("confirm", "declared", "confirmed", "office"),
        _move("dismiss", "declared", "dismissed", "office", needs_reason=True),
    ),
    # -- review ------------------------------------------------------------
    "award.sheet": _lifecycle(
        {"draft": "In Progress", "locked": "Locked"},
        _move("lock", "draft", "locked", "owner", "may_score complete on_grid"),
        _move(
            "unlock",
            "locked",
            "draft",
            "office_head",
            "leader_asked no_consensus",
            needs_reason=True,
        ),
    ),
    "award.consensus": _lifecycle(
        {"draft": "In Discussion", "agreed": "Agreed"},
        _move("agree", "draft", "agreed", "panel_leader", "complete on_grid discussed"),
    ),
    "award.panel.report": _lifecycle(
        {"draft": "Draft", "filed": "Filed"},
        _move("file", "draft", "filed", "panel_leader", "text_given work_done"),
    ),
    "award.visit": _lifecycle(
        {"planned": "Planned", "held": "Held", "reported": "Reported"},
        _move("hold", "planned", "held", "panel_leader", "days"),
        _move(
            "report",
            "held",
            "reported",
            "panel_leader",
            "report_given voices_heard",
        ),
    ),
    "award.defence": _lifecycle(
        {"planned": "Planned", "held": "Held"},
        _move("hold", "planned", "held", "office", "all_scored"),
    ),
    "award.defence.score": _lifecycle(
        {"draft": "In Progress", "locked": "Locked"},
        _move("lock", "draft", "locked", "owner", "may_score in_range"),
    ),
    "award.public.evaluation": _lifecycle(
        {"draft": "Draft", "entered": "Entered Once", "checked": "Checked"},
        _move("enter", "draft", "entered", "office", "survey_told all_scored"),
        _move("check", "entered", "checked", "office", "all_scored second_clerk"),
        _move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.composite": _lifecycle(
        {"draft": "Draft", "frozen": "Frozen"},
        _move("freeze", "draft", "frozen", "office", "inputs_complete"),
    ),
    # -- decision ----------------------------------------------------------
    "award.list": _lifecycle(
        {"draft": "Draft", "adopted": "Adopted", "sent_back": "Sent Back"},
        _move(
            "adopt",
            "draft",
            "adopted",
            "panel_leader office_head committee approver",
            "not_withdrawn work_product subset cap quota threshold reasons "
            "adoptable",
        ),
        _move(
            "send_back",
            "draft",
            "sent_back",
            "office_head committee approver",
            needs_reason=True,
        ),
    ),
    "award.letter": _lifecycle(
        {"draft": "Draft", "sent": "Sent", "served": "Served"},
        _move("send", "draft", "sent", "office", "text_given"),
        _move("serve", "sent", "served", "office", "proof_given"),
    ),
    "award.consultation": _lifecycle(
        {
            "draft": "Draft",
            "sent": "Sent",
            "entered": "Reply Entered",
            "answered": "Answered",
            "silent": "No Reply",
        },
        _move("send", "draft", "sent", "office", "list_adopted"),
        _move("enter", "sent", "entered", "office", "not_withdrawn reply_complete"),
        _move("check", "entered", "answered", "office", "not_withdrawn second_clerk"),
        _move("correct", "entered", "sent", "office", needs_reason=True),
        _move("record_silence", "sent", "silent", "office clock", "overdue"),
    ),
    "award.committee": _lifecycle(
        {"draft": "Proposed", "approved": "Approved", "ended": "Term Ended"},
        _move("approve", "draft", "approved", "office_head", "approval_document"),
        _move("end", "approved", "ended", "office_head"),
    ),
    "award.meeting": _lifecycle(
        {"draft": "Called", "opened": "Opened", "closed": "Closed"},
        _move("open", "draft", "opened", "office", "committee_approved quorum"),
        _move("close", "opened", "closed", "office", "tallies_checked minutes_given"),
    ),
    "award.tally": _lifecycle(
        {"draft": "To Enter", "entered": "Entered Once", "checked": "Checked"},
        _move(
            "enter",
            "draft",
            "entered",
            "office",
            "not_withdrawn meeting_open sums recused",
        ),
        _move(
            "check",
            "entered",
            "checked",
            "office",
            "not_withdrawn second_clerk same_figures",
        ),
        _move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.resolution": _lifecycle(
        {"draft": "To Enter", "entered": "Entered Once", "checked": "Checked"},
        _move("enter", "draft", "entered", "office", "body_decides document_given"),
        _move("check", "entered", "checked", "office", "body_decides second_clerk"),
        _move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.notice": _lifecycle(
        {"draft": "Draft", "published": "Published", "closed": "Closed"},
        _move("publish", "draft", "published", "office", "list_adopted channels"),
        _move(
            "close",
            "published",
            "closed",
            "office clock",
            "period_over in_house no_objection",
        ),
    ),
    "award.objection": _lifecycle(
        {
            "received": "Received",
            "admitted": "Under Investigation",
            "not_admitted": "Not Admitted",
            "reported": "Reported",
        },
        _move("admit", "received", "admitted", "office", "not_withdrawn in_period"),
        _move(
            "not_admit",
            "received",
            "not_admitted",
            "office",
            "not_withdrawn",
            needs_reason=True,
        ),
        _move(
            "report", "admitted", "reported", "office", "not_withdrawn report_given"
        ),
    ),
    "award.approval": _lifecycle(
        {
            "draft": "Draft",
            "pending": "Awaiting Approval",
            "approved": "Approved",
            "refused": "Refused",
        },
        _move("submit", "draft", "pending", "office_head", "list_adopted unchanged"),
        _move(
            "approve", "pending", "approved", "approver", "document_given unchanged"
        ),
        _move("refuse", "pending", "refused", "approver", needs_reason=True),
    ),
    # -- award -------------------------------------------------------------
    "award.award": _lifecycle(
        {"valid": "Valid", "expired": "Expired", "revoked": "Revoked"},
        _move("expire", "valid", "expired", "clock office", "past_validity"),
        _move(
            "revoke", "valid expired", "revoked", "office_head", "revocation_document",
            needs_reason=True,
        ),
    ),
    "award.violation": _lifecycle(
        {
            "found": "Found",
            "ordered": "Ordered to Correct",
            "corrected": "Corrected",
            "handed_over": "Handed Over",
            "dismissed": "Dismissed",
        },
        _move("order", "found", "ordered", "office_head", "order_allowed"),
        _move("correct", "ordered", "corrected", "office", "correction_told"),
        _move(
            "hand_over",
            "ordered",
            "handed_over",
            "office_head",
            "term_over",
            needs_reason=True,
        ),
        _move("dismiss", "found", "dismissed", "office_head", needs_reason=True),
    ),
    "award.revocation": _lifecycle(
        {
            "opened": "Opened",
            "notified": "Winner Notified",
            "decided": "Decided",
            "completed": "Completed",
            "dismissed": "Dismissed",
        },
        _move("notify", "opened", "notified", "office", "ground_fits notified"),
        _move(
            "decide",
            "notified",
            "decided",
            "office_head",
            "ground_fits document_given",
        ),
        _move("complete", "decided", "completed", "office", "all_recovered"),
        _move(
            "dismiss",
            "opened notified",
            "dismissed",
            "office_head",
            needs_reason=True,
        ),
    ),
    "award.prize": _lifecycle(
        {"due": "To Pay", "paid": "Paid", "recovered": "Recovered"},
        _move("pay", "due", "paid", "finance", "voucher_given payee_confirmed"),
        _move("recover", "paid", "recovered", "finance", needs_reason=True),
    ),
    "award.obligation": _lifecycle(
        {"owed": "Owed", "delivered": "Delivered", "waived": "Waived"},
        _move(
            "deliver",
            "owed",
            "delivered",
            "applicant office",
            "content_given uses_told",
        ),
        _move("waive", "owed", "waived", "office_head", needs_reason=True),
    ),
    "award.proposal": _lifecycle(
        {
            "proposed": "Proposed",
            "postponed": "Postponed",
            "taken": "Taken Up",
            "overtaken": "Overtaken",
        },
        _move("take", "proposed postponed", "taken", "office_head", "none_begun"),
        _move(
            "postpone",
            "proposed postponed",
            "postponed",
            "office_head",
            "postponement_fits",
            needs_reason=True,
        ),
        _move("resume", "postponed", "proposed", "clock", "postponement_over"),
        _move("overtake", "proposed postponed", "overtaken", "clock", "begun"),
    ),
}
