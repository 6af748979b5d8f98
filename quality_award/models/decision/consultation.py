from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .list_guards import names


class AwardConsultation(models.Model):
    """A letter to one department about cases, and its sealed reply.

    The reply comes on paper: one clerk enters it, another checks it.
    """

    _name = "award.consultation"
    _description = "Consultation Letter"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"
    _rec_name = "body_id"

    state = state_field("award.consultation")
    list_id = fields.Many2one(
        "award.list",
        ondelete="restrict",
        index=True,
        help="Empty on a letter about applicants in the qualification check.",
    )
    edition_id = fields.Many2one(
        "award.edition",
        required=True,
        ondelete="restrict",
        compute="_compute_edition_id",
        store=True,
        precompute=True,
        readonly=False,
        index=True,
    )
    body_id = fields.Many2one(
        "award.body", "Department", required=True, ondelete="restrict", index=True
    )
    sent_on = fields.Date(readonly=True)
    received_on = fields.Date("Received by the Department")
    reply_number = fields.Char("Number of the Reply")
    reply_date = fields.Date("Date of the Reply")
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    opinion_ids = fields.One2many("award.consultation.opinion", "consultation_id")
    adverse_count = fields.Integer("Adverse", compute="_compute_adverse_count")
    can_receive = fields.Boolean(compute="_compute_can_receive")
    due_on = fields.Date("Reply Due", compute="_compute_due_on")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(list_id, body_id)", "This department has already been asked about this list."
    )

    @api.depends("list_id")
    def _compute_edition_id(self):
        for record in self:
            record.edition_id = record.list_id.edition_id or record.edition_id

    def _cases_about(self):
        return self.opinion_ids.application_id

    def _guard_not_withdrawn(self):
        return self._withdrawn_refusal()

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _stamps(self):
        return frozenset({"sent_on", "entered_by_id", "checked_by_id"})

    @api.model
    def _open_fields(self):
        return {
            "draft": frozenset({"opinion_ids"}),
            "sent": frozenset(
                {"opinion_ids", "received_on", "reply_number", "reply_date"}
            ),
            "answered": frozenset({"opinion_ids"}),
        }

    @api.depends("opinion_ids.verdict")
    def _compute_adverse_count(self):
        counts = dict(
            self.env["award.consultation.opinion"]._read_group(
                [("consultation_id", "in", self.ids), ("verdict", "=", "adverse")],
                ["consultation_id"],
                ["__count"],
            )
        )
        for record in self:
            record.adverse_count = counts.get(record, 0)

    @api.depends("state", "received_on")
    def _compute_can_receive(self):
        for record in self:
            record.can_receive = record.state == "sent"

    def _compute_due_on(self):
        clocks = self._reply_clocks().grouped("res_id")
        for record in self:
            record.due_on = (
                clocks[record.id][-1:].due_on if record.id in clocks else False
            )

    def _reply_clocks(self):
        rules = self._scheme_of().clock_rule_ids.filtered(
            lambda rule: rule.start_event == "letter_receipt"
        )
        codes = rules.mapped("code")
        return self.env["award.clock"]._of(self).filtered(lambda c: c.code in codes)

    def _is_settled(self):
        """Answered and checked, or silent where silence counts."""
        return self.state in {"answered", "silent"}

    # -- acts ----------------------------------------------------------------
    def action_send(self):
        """The letter goes out; with the last one the office's time limit is kept."""
        today = self.env["award.clock"]._today()
        return self._apply_move("send", values={"sent_on": today})

    def _after_send(self):
        for award_list in self.list_id:
            if all(letter.state != "draft" for letter in award_list.consultation_ids):
                award_list._stop_event("list_receipt")

    def action_receive(self):
        """Note when the department received the letter; its time begins to run."""
        self._need_role("office")
        clock = self.env["award.clock"]
        for record in self:
            if record.state != "sent":
                labels = dict(record._fields["state"]._description_selection(self.env))
                self._refuse(
                    Refusal(
                        "wrong_state",
                        values={"state": labels[record.state]},
                    )
                )
            if not record.received_on:
                record.received_on = clock._today()
            clock._void(record)
            clock._start(record, "letter_receipt", on=record.received_on)
        return True

    def action_enter(self):
        """Enter the reply as it stands on paper; another person checks it."""
        return self._apply_move("enter", values={"entered_by_id": self.env.uid})

    def _after_enter(self):
        for record in self:
            record._stop_event("letter_receipt", record.reply_date)

    def action_check(self):
        """The second clerk has compared the entry with the letter."""
        return self._apply_move("check", values={"checked_by_id": self.env.uid})

    def action_correct(self, reason=None):
        """Send the entry back to be made again."""
        return self._with_reason("correct", reason)

    def action_record_silence(self):
        """The time is over and no reply came."""
        return self._apply_move("record_silence")

    def _after_record_silence(self):
        self.env["award.clock"]._expired(self)

    def _expire_deemed_no_comment(self):
        """Silence counts by itself, where the scheme says so."""
        return self._each("record_silence")

    def _clock_party(self, role):
        return self.body_id if role == "department" else None

    # -- guards --------------------------------------------------------------
    def _guard_list_adopted(self):
        if self.list_id.state != "adopted":
            return Refusal("list_not_adopted", values={"list": self.list_id.name})
        return None

    def _guard_reply_complete(self):
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("reply_number", "reply_date")
            if not self[name]
        ]
        silent = self.opinion_ids.filtered(lambda opinion: not opinion.verdict)
        if silent:
            missing.append(names(silent.application_id))
        if missing:
            return Refusal("reply_incomplete", values={"missing": ", ".join(missing)})
        bare = self.opinion_ids.filtered(
            lambda o: o.verdict == "adverse" and not (o.evidence or "").strip()
        )
        if bare:
            return Refusal(
                "evidence_missing", values={"cases": names(bare.application_id)}
            )
        return None

    def _guard_second_clerk(self):
        if self.entered_by_id == self.env.user:
            return Refusal("second_clerk", values={"first": self.env.user.name})
        return None

    def _guard_overdue(self):
        """Silence counts only where the scheme says so, and only after the time."""
        scheme = self._scheme_of()
        if scheme._value("silence") != "no_comment":
            return Refusal("silence_means_nothing", scheme._clause_of("silence"))
        clock = self._reply_clocks()[-1:]
        if not clock.due_at or fields.Datetime.now() < clock.due_at:
            due = clock.due_on or "—"
            return Refusal("not_overdue", scheme._clause_of("silence"), {"due": due})
        return None
