from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "panel_too_small": _lt(
            "The panel has %(count)s member(s); at least %(minimum)s are needed. "
            "Add members."
        ),
        "panel_even": _lt(
            "The panel has %(count)s members; the number must be odd. "
            "Add or take out one member."
        ),
        "panel_no_leader": _lt(
            "The panel has no leader. Mark one member as panel leader."
        ),
        "leader_not_of_grade": _lt(
            "%(name)s is not of leader's grade. Choose another panel leader."
        ),
        "panel_mode_differs": _lt(
            "The scheme has panels formed by: %(mode)s. Change how this one is formed."
        ),
        "selection_unsaid": _lt(
            "It is not noted who selected, and why: %(names)s. Note both beside the "
            "members."
        ),
        "member_not_active": _lt(
            "%(name)s is suspended or disqualified. Replace this member."
        ),
        "member_not_reviewer": _lt(
            "%(name)s is not in the pool of reviewers. Replace this member."
        ),
        "member_untrained": _lt(
            "The training of %(name)s is not valid on %(today)s. Renew it, or replace "
            "this member."
        ),
        "member_without_login": _lt(
            "%(name)s has no login. Invite this expert before the panel is confirmed."
        ),
        "member_recused": _lt(
            "%(name)s is recused from a case of this panel (%(title)s). Replace this "
            "member, or give the case to another panel."
        ),
        "member_other_role": _lt(
            "%(name)s also acts as %(role)s. One person holds one role in an edition: "
            "replace this member."
        ),
        "member_two_pools": _lt(
            "%(name)s is registered in two pools. Close one of the entries first."
        ),
        "panel_confirmed": _lt(
            "The panel is no longer being formed: its members are fixed. The head of "
            "the office can reopen it."
        ),
        "panel_dissolved": _lt(
            "The panel has been dissolved. Give the case to another panel."
        ),
        "case_assigned": _lt(
            "“%(title)s” already has a panel (%(panel)s). Take it out there first."
        ),
        "case_other_edition": _lt(
            "“%(title)s” belongs to another edition. Choose cases of %(edition)s."
        ),
        "case_not_live": _lt(
            "“%(title)s” is not under way any more, or a newer version was handed in. "
            "Choose the current version of a live application."
        ),
        "case_scored": _lt(
            "Scoring of “%(title)s” has begun: it stays with its panel."
        ),
        "undertaking_missing": _lt(
            "The confidentiality and integrity undertaking for %(edition)s is not "
            "signed. Sign it first."
        ),
        "interest_settled": _lt(
            "This declaration has been made. Declare anew instead of changing it."
        ),
        "not_editable": _lt(
            "%(fields)s cannot be changed here. Use the buttons of the record."
        ),
        "not_an_expert": _lt(
            "You are not an expert in good standing here. Ask the award office."
        ),
        "edition_not_running": _lt(
            "%(edition)s is not running. Choose an edition that has been announced."
        ),
    }
)
