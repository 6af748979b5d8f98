"""Lifecycles of the room review: scoring, visits, defences and the composite score."""

from .lifecycle_shape import Lifecycle, lifecycle, move

#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = {
    "award.sheet": lifecycle(
        {"draft": "In Progress", "locked": "Locked"},
        move("lock", "draft", "locked", "owner", "may_score complete on_grid"),
        move(
            "unlock",
            "locked",
            "draft",
            "office_head",
            "leader_asked no_consensus",
            needs_reason=True,
        ),
    ),
    "award.consensus": lifecycle(
        {"draft": "In Discussion", "agreed": "Agreed"},
        move("agree", "draft", "agreed", "panel_leader", "complete on_grid discussed"),
    ),
    "award.panel.report": lifecycle(
        {"draft": "Draft", "filed": "Filed"},
        move("file", "draft", "filed", "panel_leader", "text_given work_done"),
    ),
    "award.visit": lifecycle(
        {"planned": "Planned", "held": "Held", "reported": "Reported"},
        move("hold", "planned", "held", "panel_leader", "days"),
        move(
            "report",
            "held",
            "reported",
            "panel_leader",
            "report_given voices_heard",
        ),
    ),
    "award.defence": lifecycle(
        {"planned": "Planned", "held": "Held"},
        move("hold", "planned", "held", "office", "all_scored"),
    ),
    "award.defence.score": lifecycle(
        {"draft": "In Progress", "locked": "Locked"},
        move("lock", "draft", "locked", "owner", "may_score in_range"),
    ),
    "award.public.evaluation": lifecycle(
        {"draft": "Draft", "entered": "Entered Once", "checked": "Checked"},
        move("enter", "draft", "entered", "office", "survey_told all_scored"),
        move("check", "entered", "checked", "office", "all_scored second_clerk"),
        move("correct", "entered", "draft", "office", needs_reason=True),
    ),
    "award.composite": lifecycle(
        {"draft": "Draft", "frozen": "Frozen"},
        move("freeze", "draft", "frozen", "office", "inputs_complete"),
    ),
}
