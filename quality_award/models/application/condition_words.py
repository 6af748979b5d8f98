"""Words and tables of the conditions: standing ones, moments, verdicts, what to do."""

from markupsafe import Markup

from odoo.tools import LazyTranslate

from ...rules import condition_runs
from ..base.refusal import translated

_lt = LazyTranslate(__name__)

#: When conditions are asked, as a selection.
MOMENTS = [
    ("submission", "At Submission"),
    ("qualification", "At the Qualification Check"),
    ("award", "Before the Award"),
    ("by_hand", "In Between"),
]
#: Conditions on any applicant, beside the scheme's list of requirements.
STANDING = [
    ("banned", "Not Barred from Applying"),
    ("locked", "No Award That Still Bars"),
    ("new_result", "New Result since the Last Award"),
    ("elsewhere", "No Second Application in the Year"),
    ("group", "No Other Applicant of the Group"),
]
STANDING_WORDS = {
    "banned": _lt("Not Barred from Applying"),
    "locked": _lt("No Award That Still Bars"),
    "new_result": _lt("New Result since the Last Award"),
    "elsewhere": _lt("No Second Application in the Year"),
    "group": _lt("No Other Applicant of the Group"),
}
SHOWN = {
    "met": _lt("Met"),
    "not_met": _lt("Not Met"),
    "document": _lt("By Document"),
    "office": _lt("The Office Judges"),
}
BADGES = {
    "met": "text-bg-success",
    "not_met": "text-bg-danger",
    "document": "text-bg-info",
    "office": "text-bg-secondary",
}
_CELL = Markup("<td>%s</td>")


def badge(env, verdict, reason):
    """A verdict as a coloured word."""
    shown = condition_runs.shown_as(verdict, reason)
    return Markup('<span class="badge %s">%s</span>') % (
        BADGES[shown],
        translated(env, SHOWN[shown]),
    )


def _table(heads, rows):
    head = Markup().join(Markup("<th>%s</th>") % name for name in heads)
    body = Markup().join(
        Markup("<tr>%s</tr>") % Markup().join(_CELL % cell for cell in row)
        for row in rows
    )
    return Markup(
        '<table class="table table-sm"><thead><tr>%s</tr></thead>'
        "<tbody>%s</tbody></table>"
    ) % (head, body)


def findings_table(env, lines, covered):
    """The findings of a run; one that an override covers stays visible under it.

    :param covered: code of the condition -> marks that overrides cover
    """
    heads = [env._("Condition"), env._("Clause"), env._("Verdict"), env._("Because")]
    rows = []
    for line in lines:
        verdict = badge(env, line["verdict"], line["reason"])
        if condition_runs.is_covered(line, covered):
            verdict += Markup(' <span class="badge text-bg-warning">%s</span>') % (
                env._("Override Confirmed")
            )
        rows.append((line["text"], line["cited"], verdict, line["because"]))
    return _table(heads, rows)


def changes_table(env, found):
    """What differs from the run before, or that nothing does."""
    if not found:
        return Markup('<p class="text-muted">%s</p>') % env._("Nothing has changed.")
    words = {
        "met": translated(env, SHOWN["met"]),
        "not_met": translated(env, SHOWN["not_met"]),
        "judge": translated(env, SHOWN["office"]),
        None: env._("not asked"),
    }
    rows = [
        (
            change["text"],
            f"{words[change['was']]} → {words[change['now']]}",
            change["was_because"],
            change["now_because"],
        )
        for change in found
    ]
    heads = [env._("Condition"), env._("Verdict"), env._("Before"), env._("Now")]
    return _table(heads, rows)
