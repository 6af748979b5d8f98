from fractions import Fraction

from odoo import models

from ...rules import quota, scoring
from ...rules.refusal import Refusal
from .list_fill import LIVE


def names(cases, most=10):
    """Case numbers for a sentence; a long row is cut off visibly."""
    shown = sorted(cases.mapped("name"))
    return ", ".join(shown[:most]) + (" …" if len(shown) > most else "")


class AwardList(models.Model):
    """What must hold before a list is adopted.

    Each guard weighs the records behind the list with full rights (`_facts`), so that
    the answer does not depend on what the adopting person may read.
    """

    _inherit = "award.list"

    def _guard_not_withdrawn(self):
        """Whoever withdrew from a case adopts no list that decides on it."""
        cases = self._facts().line_ids.application_id
        closed = cases.filtered("is_closed_to_me")
        if closed:
            return Refusal("list_with_closed_case", values={"cases": names(closed)})
        return None

    # -- the work behind the list --------------------------------------------
    def _guard_work_product(self):
        facts = self._facts()
        check = {
            "document_review": facts._refusal_ranking,
            "composite": facts._refusal_ranking,
            "consultation": facts._refusal_consultation,
        }.get(facts.stage_id.kind, facts._refusal_decision)
        return check() or facts._refusal_upheld() or facts._refusal_letters()

    def _refusal_ranking(self):
        composite = self._composite()
        clause = self.stage_id.clause_id.code
        if self._is_ranked():
            if not composite:
                return Refusal("ranking_not_frozen", clause)
            strange = self.line_ids.application_id - composite.line_ids.application_id
            if strange:
                return Refusal("not_ranked", clause, {"cases": names(strange)})
        panels = self.env["award.panel"].union(*self._panels().values())
        filed = self.env["award.panel.report"].search(
            [
                ("panel_id", "in", panels.ids),
                (
                    "kind",
                    "=",
                    "document" if self._phase() == "document" else "composite",
                ),
                ("state", "=", "filed"),
            ]
        )
        if missing := panels - filed.panel_id:
            return Refusal(
                "panel_report_missing",
                clause,
                {"panels": ", ".join(missing.mapped("name"))},
            )
        return None

    def _refusal_consultation(self):
        asked = self._previous().consultation_ids
        clause = self.stage_id.clause_id.code
        bodies = self._scheme_of().body_ids.filtered(
            lambda body: body.role == "department"
        )
        if missing := bodies - asked.body_id:
            return Refusal(
                "consultation_missing",
                clause,
                {"bodies": ", ".join(missing.mapped("display_name"))},
            )
        unsettled = asked.filtered(lambda letter: not letter._is_settled())
        if unsettled:
            return Refusal(
                "consultation_open",
                clause,
                {"bodies": ", ".join(unsettled.body_id.mapped("display_name"))},
            )
        adverse = asked.opinion_ids.filtered(lambda o: o.verdict == "adverse")
        unjudged = adverse.filtered(lambda o: not o._is_judged())
        if unjudged:
            return Refusal(
                "finding_missing", clause, {"cases": names(unjudged.application_id)}
            )
        proven = adverse.filtered(lambda o: o.finding == "substantiated")
        if kept := proven.application_id & self._in_cases():
            return Refusal("adverse_substantiated", clause, {"cases": names(kept)})
        return None

    def _refusal_upheld(self):
        upheld = self._upheld_cases()
        kept = self.line_ids.filtered(
            lambda line: (
                line.outcome == "in"
                and line.application_id in upheld
                and not (line.reason or "").strip()
            )
        )
        if kept:
            return Refusal(
                "objection_upheld",
                self.stage_id.clause_id.code,
                {"cases": names(kept.application_id)},
            )
        return None

    # -- the names on it -----------------------------------------------------
    def _guard_subset(self):
        """Each list may strike names of the one before it and add none."""
        facts = self._facts()
        previous = facts._previous()
        if not previous:
            return facts._refusal_previous(previous)
        if added := facts.line_ids.application_id - previous._in_cases():
            return Refusal(
                "name_added",
                facts.stage_id.clause_id.code,
                {"previous": previous.name, "cases": names(added)},
            )
        return None

    def _guard_cap(self):
        facts = self._facts()
        if facts._counts_for() != "shortlist":
            return None
        at = {"award_class": facts.class_id, "stage": facts.stage_id}
        scheme = facts._scheme_of()
        clause = scheme._clause_of("onsite_max", **at)
        panels = facts._panels()
        lines = [
            quota.Line(key=case.name, panel=panels.get(case) or None)
            for case in facts._in_cases()
        ]
        found = quota.check_cap(
            lines,
            cap=scheme._value("onsite_max", **at),
            scope=scheme._value("onsite_scope", **at) or "total",
            soft=bool(scheme._value("onsite_soft", **at)),
            reason=facts.overrun_reason,
        )
        for code, details in found:
            return Refusal(code, clause, details)
        return facts._refusal_tie(clause)

    def _refusal_tie(self, clause):
        """Equal scores inside and outside need a reason for each one outside."""
        for score, lines in self.line_ids.grouped("score_exact").items():
            if not score or "in" not in lines.mapped("outcome"):
                continue
            unexplained = lines.filtered(
                lambda line: line.outcome != "in" and not (line.reason or "").strip()
            )
            if unexplained:
                return Refusal(
                    "tie_at_cut",
                    clause,
                    {
                        "score": scoring.to_text(Fraction(score)),
                        "cases": names(lines.application_id),
                    },
                )
        return None

    def _guard_reasons(self):
        """Every line is decided, and whoever is out is told why."""
        facts = self._facts()
        undecided = facts.line_ids.filtered(lambda line: not line.outcome)
        if undecided:
            return Refusal(
                "outcome_missing", values={"cases": names(undecided.application_id)}
            )
        silent = facts.line_ids.filtered(
            lambda line: line.outcome == "out" and not (line.reason or "").strip()
        )
        if silent:
            return Refusal(
                "reason_for_out_missing", values={"cases": names(silent.application_id)}
            )
        return None

    def _guard_adoptable(self):
        """The list covers exactly the live cases that wait at its stage."""
        facts = self._facts()
        stage = facts.stage_id.display_name
        listed = facts.line_ids.application_id
        waiting = facts._cases_at_stage()
        strange = listed.filtered(
            lambda case: case not in waiting or case.state not in LIVE
        )
        if strange:
            return Refusal(
                "case_not_at_stage", values={"stage": stage, "cases": names(strange)}
            )
        if missing := waiting - listed:
            return Refusal(
                "case_missing_from_list",
                values={"stage": stage, "cases": names(missing)},
            )
        return None
