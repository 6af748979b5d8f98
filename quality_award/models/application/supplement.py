from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: Event during which clocks may stand still.
EVENT = "supplement"


class AwardSupplement(models.Model):
    """A request to complete the material (补正), with its own time limit."""

    _name = "award.supplement"
    _description = "Supplement"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id"

    state = state_field("award.supplement")
    qualification_id = fields.Many2one(
        "award.qualification", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        related="qualification_id.application_id", store=True, index=True
    )
    items = fields.Text("To Be Completed")
    answer = fields.Text(readonly=True)
    sent_on = fields.Date(readonly=True)
    due_on = fields.Date(readonly=True)
    answered_on = fields.Date(readonly=True)
    lapsed_on = fields.Date(readonly=True)
    is_sent = fields.Boolean(compute="_compute_is_sent")
    is_demo = fields.Boolean(related="qualification_id.is_demo")
    company_id = fields.Many2one(
        related="qualification_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()

    @api.depends("state")
    def _compute_is_sent(self):
        for supplement in self:
            supplement.is_sent = supplement.state != "draft"

    def _take_due(self):
        """Keep the last day of the clock beside the request, for lists and filters."""
        for supplement in self:
            dates = supplement._clocks().mapped("due_on")
            supplement.due_on = min(filter(None, dates), default=False)

    def _clocks(self):
        """Its clocks, also those that ended with the case."""
        mine = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        return self.env["award.clock"].sudo().search(mine)  # sudo: kept by acts

    @api.depends("application_id")
    def _compute_display_name(self):
        for supplement in self:
            supplement.display_name = self.env._("Supplement %(id)s", id=supplement.id)

    def _roles_on(self):
        roles = super()._roles_on()
        own = self.sudo()  # sudo: roles are asked for before the right to read
        on_cases = own.application_id._roles_on()
        for supplement in own:
            roles[supplement.id] |= on_cases.get(supplement.application_id.id, set())
        return roles

    # -- acts ------------------------------------------------------------------------
    def action_send(self):
        """Ask the applicant; its time runs, and the office's may stand still."""
        return self._apply_move(
            "send", values={"sent_on": self.env["award.clock"]._today()}
        )

    def action_lapse(self):
        """The time is over without an answer."""
        return self._apply_move(
            "lapse", values={"lapsed_on": self.env["award.clock"]._today()}
        )

    def _after_send(self):
        for supplement in self.sudo():  # sudo: dates and clocks follow from the act
            supplement._start_clock()
            supplement._take_due()
            case = supplement.application_id
            clause = case._clause_of_kind("qualification")
            case._draft_letters("supplement", supplement._asked_text(), clause)
            self.env["award.clock"]._suspend(
                supplement.qualification_id, EVENT, supplement.sent_on, supplement
            )

    def _asked_text(self):
        """What the letter and the version say was asked for."""
        return (self.items or "").strip()

    def _start_clock(self):
        """Start what the scheme says on supplements: a time limit, or a figure."""
        Clock = self.env["award.clock"]
        clocks = Clock._start(self, "supplement_sent", self.sent_on)
        days = self._scheme_of()._value("supplement_working_days")
        if clocks or not days:
            return
        clause = self._scheme_of()._parameter("supplement_working_days").clause_id
        Clock._start_figure(
            self,
            {"name": "补正", "name_en": "Supplement", "code": "supplement"},
            ("working_day", days),
            on=self.sent_on,
            role="applicant",
            clause=clause,
            on_expiry=self._lapses_by_itself(),
        )

    def _after_answer(self):
        self.env["award.clock"]._stop(self, None)
        self._run_again()

    def _after_lapse(self):
        """The office's time runs again; the case ends where the scheme says so."""
        own = self.sudo()  # sudo: the case ends with the supplement
        self.env["award.clock"]._expired(own)
        own._run_again()
        # A case that was withdrawn meanwhile has ended already.
        live = own.application_id.filtered(lambda case: case.state == "submitted")
        for case in live:
            scheme = case._scheme_of()
            if scheme._value("supplement_lapse", award_class=case.class_id):
                case._apply_move(
                    "lapse",
                    reason=self.env._("A supplement was not answered in time."),
                    clause=scheme._clause_of("supplement_lapse"),
                )

    def _run_again(self):
        """The clocks that waited for these supplements run from the day after."""
        Clock = self.env["award.clock"]
        for supplement in self.sudo():  # sudo: clocks are kept by acts, not people
            ended = supplement.answered_on or supplement.lapsed_on
            Clock._resume(supplement.qualification_id, EVENT, ended, supplement)

    def _expire_lapse(self):
        """Not answered in time: lapsed by itself, where the scheme says so."""
        today = self.env["award.clock"]._today()
        return self._each("lapse", values={"lapsed_on": today})

    def _clock_party(self, role):
        return self.application_id._clock_party(role)

    # -- guards ----------------------------------------------------------------------
    def _guard_items_named(self):
        if not (self.items or "").strip():
            return Refusal("items_missing")

    def _guard_in_time(self):
        if self._is_over():
            return self._dated("supplement_late")

    def _guard_overdue(self):
        if not self._is_over():
            return self._dated("supplement_not_overdue")

    def _is_over(self):
        """Whether the last instant is over; without a last day it never is."""
        ends = min(filter(None, self._clocks().mapped("due_at")), default=None)
        return bool(ends) and fields.Datetime.now() >= ends

    def _dated(self, code):
        clause = self._scheme_of()._clause_of("supplement_working_days")
        return Refusal(code, clause, {"due": self.due_on or "…"})

    # -- what the office asked stays as it was sent -------------------------------
    def write(self, vals):
        if {"items", "qualification_id"} & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for supplement in self:
                if supplement.state != "draft":
                    supplement._refuse(Refusal("supplement_sent"))
        return super().write(vals)
