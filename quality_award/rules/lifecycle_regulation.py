"""Lifecycles of the room regulation: schemes."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.scheme": lifecycle(
        {
            "draft": "Draft",
            "checked": "Checked",
            "adopted": "Adopted",
            "published": "Published",
            "superseded": "Superseded",
        },
        move("check", "draft", "checked", "admin", "consistent"),
        move(
            "reopen", "checked adopted", "draft", "admin", needs_reason=True
        ),
        move("adopt", "checked", "adopted", "admin", "adoption_recorded consistent"),
        move(
            "publish",
            "adopted",
            "published",
            "admin",
            "consistent adoption_unchanged",
        ),
        move("supersede", "published", "superseded", "admin"),
    ),
}
