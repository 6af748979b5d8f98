from odoo import api, fields, models

from ...rules.refusal import Refusal

#: Moves after which the case is at no stage any more.
ENDING = {
    "refuse",
    "eliminate",
    "fail_veto",
    "withdraw",
    "lapse",
    "disqualify",
}


class AwardApplication(models.Model):
    """Walking through the stages of the scheme, many cases at a time.

    Callers have checked their own record; these methods lift access rights (the
    recommender cannot read the office's case) and leave roles and guards in force.
    Methods `_on_enter_<kind>` and `_work_refusal_<kind>` of the rooms are called in
    the same way: the user is the one who acts, access rights are lifted.
    """

    _inherit = "award.application"

    acceptance_is_due = fields.Boolean(compute="_compute_acceptance_is_due")

    @api.depends("state", "stage_id")
    def _compute_acceptance_is_due(self):
        for case in self:
            waiting = case.state == "submitted" and bool(case.stage_id)
            case.acceptance_is_due = waiting and case._acceptance_passed()

    # -- one act ---------------------------------------------------------------
    def _apply_move(self, name, *, reason=None, clause=None, values=None, stage=None):
        """As the base; a case that is handed in or ends takes its stages along."""
        self = self.sudo()  # sudo: roles and guards stay in force, see the class
        handing_in = name in {"submit", "submit_on_behalf"}
        if (handing_in or name == "return") and self and stage is None:
            ways = self._by_way()
            if len(ways) > 1:
                for cases in ways:
                    cases._apply_move(
                        name, reason=reason, clause=clause, values=values
                    )
                return self
            entry = self._entry_stage()
            left_out = self._scheme_edition()._left_out()
            following = entry._next(self.class_id, left_out)
            stage = following if handing_in else entry
        result = super()._apply_move(
            name, reason=reason, clause=clause, values=values, stage=stage
        )
        if name in ENDING:
            self._end_case(reason)
        elif name == "return":
            self._back_to_applicant(reason)
        return result

    def _by_way(self):
        """The cases that go the same way: a class has stages of its own, and an edition
        may leave some of them out.
        """
        ways = self.grouped(lambda case: (case.edition_id, case.class_id))
        return list(ways.values())

    def _entry_stage(self):
        """The stage at which applications come in, the first of kind submission."""
        stages = self._scheme_of_all()._stages(self.class_id[:1])
        return stages.filtered(lambda s: s.kind == "submission")[:1] or stages[:1]

    def _advance(self, move="advance", note=None):
        """Bring the cases of `self`, all at one stage, to the next one.

        Where passing the stage means acceptance (受理), `advance` is `accept`: that is
        the office's. Somebody else who passes such a stage leaves acceptance to it.

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
        ways = self._by_way()
        if len(ways) > 1:
            for cases in ways:
                cases._advance(move, note)
            return self
        following = stage._next(self.class_id, self._scheme_edition()._left_out())
        if not following:
            self._refuse(Refusal("last_stage", values={"stage": stage.display_name}))
        waiting = set(self.mapped("state")) == {"submitted"}
        due = self._acceptance_passed() or (
            stage.accepts and "office" in self._group_roles()
        )
        if move == "accept" or (waiting and due):
            self._apply_move("accept", stage=following)
        else:
            self._apply_move("advance", stage=following)
        self._change_stage(stage, following, note)
        return self

    def _acceptance_passed(self):
        """Whether the cases, all at one stage, have passed one that accepts."""
        stages = self._scheme_of_all()._stages(self.class_id)
        before = stages.filtered(lambda s: s.sequence < self.stage_id.sequence)
        return any(before.mapped("accepts"))

    def _scheme_edition(self):
        """The one edition that the cases are of."""
        self.edition_id.ensure_one()
        return self.edition_id

    def _scheme_of_all(self):
        scheme = self.edition_id.scheme_id
        scheme.ensure_one()
        return scheme

    def _guard_acceptance_due(self):
        if not self._acceptance_passed():
            return Refusal("acceptance_not_due", self.stage_id.clause_id.code or None)
        return None

    def action_accept(self):
        """Accept (受理) where the scheme places it before this stage."""
        return self._apply_move("accept_here")

    def _change_stage(self, stage, following, note=None):
        """Close the rows at `stage`, open those at `following`, and enter it."""
        rows = self.env["award.case.stage"]
        rows._pass(self, stage, note)
        rows._open(self, following)
        left_out = self._scheme_edition()._left_out()
        for beside in stage._beside(following, self.class_id[:1], left_out):
            rows._open(self, beside)
        if enter := getattr(self, f"_on_enter_{following.kind}", None):
            enter()

    def _after_submit(self):
        """Freeze what was handed in, number the case, pass it on."""
        submitted = self.sudo()  # sudo: as in the class; applicants have no rights
        for edition, cases in submitted.grouped("edition_id").items():
            cases._number_cases(edition)
            self.env["award.submission"]._freeze(cases)
            for some in cases.grouped("class_id").values():
                some._change_stage(some._entry_stage(), some.stage_id)

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
        found = (
            self.env["award.submission"]
            .sudo()  # sudo: for people who may read some versions only
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
