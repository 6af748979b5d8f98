import logging

from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from ..base.refusal import AwardRefusal

_logger = logging.getLogger(__name__)

#: Supplements that one run of the scheduled action lets lapse at most.
BATCH = 100


class AwardSupplement(models.Model):
    """A request to complete the material (补正), with its own time limit."""

    _name = "award.supplement"
    _description = "Supplement"
    _inherit = ["award.lifecycle", "award.act.fields", "award.confidential"]
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
            supplement.due_on = supplement._start_clock()
            case = supplement.application_id
            clause = case._clause_of_kind("qualification")
            case._draft_letters("supplement", supplement.items, clause)
        self.qualification_id._refresh_clocks()

    def _start_clock(self):
        """Start what the scheme says on supplements; due date, or None if silent."""
        Clock = self.env["award.clock"]
        clocks = Clock._start(self, "supplement_sent", self.sent_on)
        days = self._scheme_of()._value("supplement_working_days")
        if clocks or not days:
            return min(clocks.mapped("due_on"), default=None)
        due = clock_rules.due(
            self.sent_on,
            clock_rules.Length("working_day", days),
            calendar=self.env["award.calendar.year"]._calendar(),
        )
        clause = self._scheme_of()._parameter("supplement_working_days").clause_id
        Clock.create(
            {
                "name": "补正",
                "name_en": "Supplement",
                "code": "supplement",
                "res_model": self._name,
                "res_id": self.id,
                "owner_role": "applicant",
                "clause": clause.code,
                "citation": clause.citation_zh,
                "started_on": self.sent_on,
                "unit": "working_day",
                "length": days,
                "due_on": due,
                "company_id": self.company_id.id,
            }
        )
        return due

    def _after_answer(self):
        self._close_clocks()

    def _after_lapse(self):
        """The office's time runs again; the case ends where the scheme says so."""
        own = self.sudo()  # sudo: the case ends with the supplement
        self.env["award.clock"]._void(own)
        own.qualification_id._refresh_clocks()
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

    def _close_clocks(self):
        own = self.sudo()  # sudo: clocks are kept by acts, not people
        self.env["award.clock"]._stop(own, None)
        own.qualification_id._refresh_clocks()

    def _suspensions(self):
        """Times during which the check waited: (sent, answered or lapsed or None)."""
        return [
            (supplement.sent_on, supplement.answered_on or supplement.lapsed_on or None)
            for supplement in self
            if supplement.state != "draft"
        ]

    # -- guards ----------------------------------------------------------------------
    def _guard_items_named(self):
        if not (self.items or "").strip():
            return Refusal("items_missing")

    def _guard_in_time(self):
        if self.due_on and self.env["award.clock"]._today() > self.due_on:
            return self._dated("supplement_late")

    def _guard_overdue(self):
        if not self.due_on or self.env["award.clock"]._today() <= self.due_on:
            return self._dated("supplement_not_overdue")

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

    @api.model
    def _cron_lapse(self):
        """Let overdue supplements lapse, a bounded batch at a time.

        Harmless when run twice or late: what has lapsed is not found again.
        """
        today = self.env["award.clock"]._today()
        # sudo: the scheduled actor has a role and no access right
        overdue = self.sudo().search([("state", "=", "sent"), ("due_on", "<", today)])
        batch = overdue.try_lock_for_update(limit=BATCH)
        for supplement in batch:
            # One that is refused must not keep the others from lapsing.
            try:
                with self.env.cr.savepoint():
                    supplement.with_company(supplement.company_id).action_lapse()
            except AwardRefusal as refusal:
                _logger.warning("supplement %s: %s", supplement.id, refusal.codes)
        self.env["ir.cron"]._commit_progress(
            len(batch), remaining=len(overdue) - len(batch)
        )
