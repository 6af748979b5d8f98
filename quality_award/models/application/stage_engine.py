from odoo import fields, models

from ...rules.refusal import Refusal

#: Moves after which the case is at no stage any more.
ENDING = {"refuse", "eliminate", "withdraw", "lapse", "disqualify"}


class AwardApplication(models.Model):
    """Walking through the stages of the scheme, many cases at a time.

    Callers have checked their own record; these methods lift access rights (the
    recommender cannot read the office's case) and leave roles and guards in force.
    Methods `_on_enter_<kind>` and `_work_refusal_<kind>` of the rooms are called in
    the same way: the user is the one who acts, access rights are lifted.
    """

    _inherit = "award.application"

    # -- one act ---------------------------------------------------------------
    def _apply_move(self, name, *, reason=None, clause=None, values=None, stage=None):
        """As the base; a case that is handed in or ends takes its stages along."""
        self = self.sudo()  # sudo: roles and guards stay in force, see the class
        if name in {"submit", "return"} and self and stage is None:
            entry = self._entry_stage()
            stage = entry._next() if name == "submit" else entry
        result = super()._apply_move(
            name, reason=reason, clause=clause, values=values, stage=stage
        )
        if name in ENDING:
            self._end_case(reason)
        elif name == "return":
            self._back_to_applicant(reason)
        return result

    def _entry_stage(self):
        """The stage at which applications come in, the first of kind submission."""
        schemes = self._scheme_of()
        schemes.ensure_one()
        stages = schemes.stage_ids.sorted("sequence")
        return stages.filtered(lambda s: s.kind == "submission")[:1] or stages[:1]

    def _advance(self, move="advance", note=None):
        """Bring the cases of `self`, all at one stage, to the next one.

        Where passing the stage means acceptance (受理), `advance` is `accept`.

        :param move: `advance`, or `accept` where the caller decides it
        :param note: kept on the row of the stage that is passed
        :raise AwardRefusal: `stages_differ`, `last_stage`, and those of the move
        """
        self = self.sudo()  # sudo: roles and guards stay in force, see the class
        if not self:
            return self
        stage = self.stage_id
        if len(stage) != 1 or any(not case.stage_id for case in self):
            self._refuse(Refusal("stages_differ"))
        following = stage._next()
        if not following:
            self._refuse(Refusal("last_stage", values={"stage": stage.display_name}))
        waiting = set(self.mapped("state")) == {"submitted"}
        if move == "accept" or (stage.accepts and waiting):
            self._apply_move("accept", stage=following)
        else:
            self._apply_move("advance", stage=following)
        self._change_stage(stage, following, note)
        return self

    def _change_stage(self, stage, following, note=None):
        """Close the rows at `stage`, open those at `following`, and enter it."""
        rows = self.env["award.case.stage"]
        rows._pass(self, stage, note)
        rows._open(self, following)
        if enter := getattr(self, f"_on_enter_{following.kind}", None):
            enter()

    def _after_submit(self):
        """Freeze what was handed in, number the case, pass it on."""
        # sudo: as in the class; the applicant has no right on any model
        for edition, cases in self.sudo().grouped("edition_id").items():
            cases._number_cases(edition)
            self.env["award.submission"]._freeze(cases)
            cases._change_stage(cases._entry_stage(), cases.stage_id)

    def _number_cases(self, edition):
        """Give a number to the cases that have none and note the time."""
        new = self.filtered(lambda case: case.name == "/")
        numbers = edition._next_case_numbers(len(new)) if new else []
        for case, number in zip(new, numbers, strict=True):
            case.name = number
        self.write({"submitted_at": fields.Datetime.now()})

    def _back_to_applicant(self, reason):
        """Returned for correction: the stage is left, the entry is open again."""
        entry = self._entry_stage()
        rows = self.env["award.case.stage"]
        rows._fail(self, reason)
        rows._open(self, entry)
        self._void_clocks()

    def _end_case(self, reason):
        self.env["award.case.stage"]._fail(self, reason)
        self._void_clocks()

    def _after_decide(self):
        self.env["award.case.stage"]._pass(self)

    # -- outcomes that other rooms ask for ----------------------------------------
    def _eliminate(self, reason, clause=None):
        """The cases of `self` are out; their open rows fail, their clocks are void.

        :param reason: one reason, or a dict application id -> reason
        :param clause: code of the clause behind it
        """
        self = self.sudo()  # sudo: roles and guards stay in force, see the class
        for text, cases in self._by_reason(reason):
            cases._apply_move("eliminate", reason=text, clause=clause)
        return self

    def _refuse_acceptance(self, reason, clause=None):
        """Not accepted (不予受理), under a clause of the scheme."""
        self = self.sudo()  # sudo: roles and guards stay in force, see the class
        for scheme, cases in self.grouped(lambda c: c._scheme_of()).items():
            ground = scheme.clause_ids.filtered(lambda c: c.code == clause)[:1]
            cases.ground_id = (
                ground or cases[:1]._stage_of_kind("qualification").clause_id
            )
            for text, some in cases._by_reason(reason):
                some._apply_move("refuse", reason=text, clause=some[:1].ground_id.code)
        return self

    def _by_reason(self, reason):
        if not isinstance(reason, dict):
            return [(reason, self)]
        return self.grouped(lambda case: reason[case.id]).items()

    # -- what belongs to a case ----------------------------------------------------
    def _current_submission(self):
        """Version in force of each case: dict application id -> award.submission."""
        # sudo: asked by rooms for people who may read some of the versions only
        found = (
            self.env["award.submission"]
            .sudo()
            .search([("application_id", "in", self.ids), ("is_current", "=", True)])
        )
        return {submission.application_id.id: submission for submission in found}

    def _clock_records(self):
        """Recordsets whose clocks end with the case; rooms add theirs."""
        return [
            self,
            self.recommendation_ids,
            self.qualification_ids,
            self.supplement_ids,
        ]

    def _void_clocks(self):
        for records in self._clock_records():
            if records:
                self.env["award.clock"]._void(records)
