"""Lifecycles of the room experts: panels and declarations of interest."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.panel": lifecycle(
        {"draft": "Being Formed", "confirmed": "Confirmed", "dissolved": "Dissolved"},
        move(
            "confirm",
            "draft",
            "confirmed",
            "office",
            "size leader selection members_free one_role",
        ),
        move("reopen", "confirmed", "draft", "office_head", needs_reason=True),
        move(
            "dissolve", "confirmed", "dissolved", "office_head", needs_reason=True
        ),
    ),
    "award.interest": lifecycle(
        {
            "draft": "To Declare",
            "none": "No Interest",
            "declared": "Interest Declared",
            "confirmed": "Recused",
            "dismissed": "Dismissed",
        },
        move("declare_none", "draft", "none", "owner", "undertaking_signed"),
        move("declare", "draft none", "declared", "owner office", "kind_named"),
        move("confirm", "declared", "confirmed", "office"),
        move("dismiss", "declared", "dismissed", "office", needs_reason=True),
    ),
}
