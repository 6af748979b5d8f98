from fractions import Fraction

from odoo import fields, models

from ...rules import quota, scoring
from ...rules.refusal import Refusal

LIVE = ("submitted", "accepted")


class AwardList(models.Model):
    """How a list is filled: from the frozen ranking, or from the list before it."""

    _inherit = "award.list"

    def action_fill(self):
        """Take up the cases that belong on the list and propose an outcome for each.

        A second call keeps what was decided by hand and only adds and removes cases.
        """
        self._need_role("office")
        for record in self:
            if record.state != "draft":
                self._refuse(
                    Refusal(
                        "field_closed",
                        values={
                            "fields": self._fields["line_ids"]._description_string(
                                self.env
                            )
                        },
                    )
                )
            record.previous_id = record._previous()
            record._facts()._fill()
        return True

    def _composite(self):
        """The frozen ranking behind the list, or none."""
        return self.env["award.composite"].search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("phase", "=", self._phase()),
                ("state", "=", "frozen"),
            ],
            limit=1,
        )

    def _cases_at_stage(self):
        """The live cases of the class at the stage of the list."""
        return self.env["award.application"].search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("stage_id", "=", self.stage_id.id),
                ("state", "in", LIVE),
            ]
        )

    def _fill(self):
        ranked = self._is_ranked()
        composite = self._composite()
        if ranked and not composite:
            self._refuse(Refusal("ranking_not_frozen", self.stage_id.clause_id.code))
        if refusal := self._refusal_previous():
            self._refuse(refusal)
        cases = self._cases_at_stage()
        if ranked:
            cases &= composite.line_ids.application_id
        elif self.previous_id:
            cases &= self.previous_id._in_cases()
        present = self.line_ids.grouped("application_id")
        self.line_ids.filtered(lambda line: line.application_id not in cases).unlink()
        self.write(
            {
                "line_ids": [
                    fields.Command.create({"application_id": case.id})
                    for case in cases
                    if case not in present
                ]
            }
        )
        self._stamp_lines()
        self._propose()

    def _stamp_lines(self):
        """Write name, score, rank order and repeat mark from where they come from."""
        scores = {line.application_id: line for line in self._composite().line_ids}
        repeats = self.line_ids.application_id._repeat_winners()
        for line in self.line_ids:
            case = line.application_id
            score = scores.get(case)
            stamp = {
                "title": case.applicant_id.name,
                "case_number": case.name,
                "sequence": score.rank if score else line.sequence,
                "score_exact": score.score_exact if score else False,
                "score_text": score.score_text if score else False,
                "is_repeat": case in repeats,
                "panel_name": score.panel_id.name if score else line.panel_name,
            }
            changed = {key: val for key, val in stamp.items() if line[key] != val}
            if changed:
                line.write(changed)

    def _propose(self):
        """Propose an outcome for the lines that nobody has decided yet."""
        undecided = self.line_ids.filtered(lambda line: not line.outcome)
        unranked = not self._is_ranked()
        if self.stage_id.kind == "document_review" and unranked:
            self._propose_unranked(undecided)
        elif self.stage_id.kind == "document_review":
            self._propose_shortlist(undecided)
        elif self.stage_id.kind == "composite":
            self._propose_recommended(undecided)
        else:
            self._propose_later(undecided)

    def _propose_shortlist(self, lines):
        """In rank order up to the cap; a tie that the cap divides stays undecided."""
        scheme = self._scheme_of()
        at = {"award_class": self.class_id, "stage": self.stage_id}
        cap = scheme._value("onsite_max", **at)
        ranking = {line.application_id: line for line in self._composite().line_ids}
        groups = {None: self.line_ids}
        if scheme._value("onsite_scope", **at) == "per_panel":
            groups = self.line_ids.grouped(
                lambda line: ranking[line.application_id].panel_id
            )
        taken, left = set(), set()
        for group in groups.values():
            ranked = scoring.rank(
                {
                    line: Fraction(line.score_exact)
                    for line in group.sorted("sequence")
                    if line.score_exact
                }
            )
            cut = quota.cut_with_ties(ranked, cap)
            taken |= set(cut.taken)
            left |= set(cut.left)
        lines.filtered(lambda line: line in taken).write({"outcome": "in"})
        lines.filtered(lambda line: line in left).write(
            {
                "outcome": "out",
                "clause": scheme._clause_of("onsite_max", **at),
                "reason": self.env._(
                    "Not among the applicants with the highest scores in the document "
                    "review, of whom at most %(cap)s are visited on site.",
                    cap=cap,
                ),
            }
        )

    def _propose_recommended(self, lines):
        """Who reaches the thresholds, inclusive and unrounded."""
        scheme = self._scheme_of()
        below = lines.browse()
        if (threshold := self._threshold()) is not None:
            clause = scheme._clause_of("threshold", award_class=self.class_id)
            scores = self._threshold_scores()
            below = self._leave_below(lines, threshold, scores, clause)
        for record in self._threshold_records():
            below |= self._leave_below(
                lines - below,
                record.minimum,
                self._scores_for(record, lines.application_id),
                record.clause_id.code,
            )
        (lines - below).write({"outcome": "in"})

    def _leave_below(self, lines, threshold, scores, clause):
        """Leave out the lines whose score does not reach a threshold; return them."""
        below = lines.filtered(
            lambda line: (
                (score := scores.get(line.application_id)) is None
                or not scoring.meets(threshold, score)
            )
        )
        if below:
            below.write(
                {
                    "outcome": "out",
                    "clause": clause,
                    "reason": self.env._(
                        "The score is below %(threshold)s points.",
                        threshold=scoring.to_text(threshold),
                    ),
                }
            )
        return below

    def _propose_later(self, lines):
        """Everybody but those whom a finding or an objection stands against."""
        against = self._upheld_cases()
        consulted = self.stage_id.kind == "consultation"
        if consulted:
            against |= self._adverse_cases()
        out = lines.filtered(lambda line: line.application_id in against)
        if out:
            out.write(
                {
                    "outcome": "out",
                    "clause": self.stage_id.clause_id.code,
                    "reason": self.env._("A substantiated adverse opinion.")
                    if consulted
                    else self.env._(
                        "An objection raised during the notice was upheld."
                    ),
                }
            )
        (lines - out).write({"outcome": "in"})

    def _threshold_scores(self):
        """dict case -> score in hundredths that the threshold is compared with."""
        which = (
            self._scheme_of()._value("threshold_score", award_class=self.class_id)
            or "composite"
        )
        return self._ranked_scores(which)

    def _adverse_cases(self):
        """Cases with a substantiated adverse opinion on the list before this one."""
        return (
            self.env["award.consultation.opinion"]
            .search(
                [
                    ("consultation_id.list_id", "=", self.previous_id.id),
                    ("verdict", "=", "adverse"),
                    ("finding", "=", "substantiated"),
                ]
            )
            .application_id
        )

    def _upheld_cases(self):
        """Cases of the edition against which an objection was upheld."""
        return (
            self.env["award.objection"]
            .sudo()  # sudo: also of cases closed to who fills the list
            .search(
                [
                    ("notice_id.edition_id", "=", self.edition_id.id),
                    ("state", "=", "reported"),
                    ("outcome", "=", "upheld"),
                ]
            )
            .application_id
        )
