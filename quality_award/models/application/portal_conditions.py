from odoo import models
from odoo.tools import LazyTranslate

from ...rules import condition_runs
from ..base.refusal import refusal_text, translated
from .condition_words import SHOWN, STANDING_WORDS

_lt = LazyTranslate(__name__)

#: What the applicant may do about a condition that is open, by how it is shown.
TO_DO = {
    "document": _lt("Add what is asked for below, with issuing body and number."),
    "office": _lt("Nothing to do now: the award office looks into it."),
    "not_met": _lt(
        "Check the dates and figures that you gave. If they are right, ask the award "
        "office before you submit."
    ),
}
#: Guards of the submission that are conditions on the applicant, not parts to fill in.
GUARDS = {
    "window_open": _lt("The Window Is Open"),
    "class_fits": _lt("Class for This Kind of Applicant"),
    "recommenders_named": _lt("Recommender That May Recommend"),
    "not_banned": STANDING_WORDS["banned"],
    "may_apply_again": STANDING_WORDS["locked"],
    "new_result": STANDING_WORDS["new_result"],
    "not_elsewhere": STANDING_WORDS["elsewhere"],
    "group_free": STANDING_WORDS["group"],
    "quota_free": _lt("A Place Is Left in the Quota"),
}


class AwardApplication(models.Model):
    """The page of conditions: each with verdict, clause, basis and what to do."""

    _inherit = "award.application"

    def _portal_conditions(self):
        """The scheme's conditions, then those that hold for anybody.

        :return: list of dicts as before, with `shown` (word), `badge` and `todo`
        """
        rows = super()._portal_conditions()
        for row, (_requirement, finding) in zip(
            rows, self._conditions(), strict=True
        ):
            shown = condition_runs.shown_as(finding.verdict, finding.reason)
            self._portal_show(row, shown)
        return rows + [self._portal_guard_row(*item) for item in GUARDS.items()]

    def _portal_guard_row(self, name, label):
        refusal = getattr(self, f"_guard_{name}")()
        row = {
            "code": name,
            "text": translated(self.env, label),
            "clause": self._cite(refusal.clause) or "" if refusal else "",
            "verdict": "not_met" if refusal else "met",
            "because": refusal_text(self.env, refusal) if refusal else "",
            "blocks": True,
            "facts": self.env["award.fact"],
            "forms": [],
        }
        self._portal_show(row, row["verdict"])
        if refusal:
            row["todo"] = ""  # the sentence of the refusal says it
        return row

    def _portal_show(self, row, shown):
        row["shown_as"] = shown
        row["shown"] = translated(self.env, SHOWN[shown])
        word = TO_DO.get(shown)
        row["todo"] = translated(self.env, word) if word else ""
