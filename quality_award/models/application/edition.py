from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: What is published with the announcement.
FROZEN = {
    "scheme_id",
    "term",
    "award_year",
    "company_id",
    "window_start",
    "window_end",
    "is_demo",
}


class AwardEdition(models.Model):
    """One holding of the award (届), under one published scheme."""

    _name = "award.edition"
    _description = "Edition"
    _inherit = ["award.bilingual", "award.lifecycle", "award.act.fields"]
    _order = "award_year desc, id desc"

    state = state_field("award.edition")
    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="restrict", index=True
    )
    term = fields.Integer("Edition No.", required=True)
    award_year = fields.Integer(required=True, aggregator=None)
    announced_on = fields.Date(readonly=True, copy=False)
    window_start = fields.Datetime("Applications From")
    window_end = fields.Datetime("Applications Until")
    continuation_body = fields.Char(
        "Continued By", help="Who decided that the scheme stays in force."
    )
    continuation_number = fields.Char("Document Number")
    continuation_date = fields.Date("Decided On")
    is_demo = fields.Boolean("Demonstration Data")
    case_counter = fields.Integer(readonly=True, copy=False)
    is_announced = fields.Boolean(compute="_compute_is_announced")
    application_ids = fields.One2many(
        "award.application",
        "edition_id",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _term_unique = models.UniqueIndex(
        "(scheme_id, term) WHERE state != 'cancelled'",
        "This scheme already has an edition with this number.",
    )

    @api.depends("state")
    def _compute_is_announced(self):
        """What is published cannot be changed in forms."""
        for edition in self:
            edition.is_announced = edition.state != "draft"

    def _scheme_of(self):
        return self.scheme_id

    # -- acts ----------------------------------------------------------------
    def action_announce(self):
        """Publish the edition; the window decides when applications come in."""
        today = self.env["award.clock"]._today()
        return self._apply_move("announce", values={"announced_on": today})

    def action_close(self):
        """Close the edition when every case is settled."""
        return self._apply_move("close")

    def action_cancel(self, reason=None):
        """Cancel the edition; without a reason at hand, ask for it."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "cancel")
        return self._apply_move("cancel", reason=reason)

    def action_extend(self, window_end=None, reason=None):
        """Let the window end later, while it is open.

        :param window_end: the new end, UTC; without it the form asks
        """
        if reason is None:
            return self.env["award.reason"]._ask(self, "extend")
        until = fields.Datetime.to_datetime(window_end)
        if not until or not self.window_end or until <= self.window_end:
            self._refuse(self._not_later())
        change = f"{self._local(self.window_end)} → {self._local(until)}"
        if (reason or "").strip():
            reason = f"{reason.strip()} ({change})"
        self._apply_move("extend", reason=reason)
        # Past `write` of this class, which keeps the window as announced.
        parent = super(AwardEdition, self.sudo())  # sudo: the door has asked
        return parent.write({"window_end": until})

    # -- guards --------------------------------------------------------------
    def _guard_scheme_published(self):
        if self.scheme_id.state != "published":
            return Refusal("scheme_not_published")

    def _guard_scheme_in_force(self):
        """The window begins while the scheme is valid, or a decision continues it."""
        continued = (
            self.continuation_body
            and self.continuation_number
            and self.continuation_date
        )
        if continued or not self.window_start:
            return None
        day = self._local_date(self.window_start)
        first, last = self.scheme_id.valid_from, self.scheme_id.valid_to
        if (not first or first <= day) and (not last or day <= last):
            return None
        return Refusal(
            "scheme_not_in_force",
            values={"day": day, "first": first or "…", "last": last or "…"},
        )

    def _guard_window_set(self):
        start, end = self.window_start, self.window_end
        if not start or not end or start >= end:
            return Refusal("window_missing")

    def _guard_window_extended(self):
        now = fields.Datetime.now()
        if not self.window_end or now > self.window_end:
            return self._not_later()

    def _not_later(self):
        return Refusal("window_not_later", values={"end": self._local(self.window_end)})

    def _guard_cases_settled(self):
        """No case between submission and its end; drafts were never handed in."""
        open_states = ["submitted", "accepted"]
        now = fields.Datetime.now()
        if self.window_end and now <= self.window_end:
            open_states += ["draft", "returned"]
        count = self.env["award.application"].sudo().search_count(  # sudo: a number
            [("edition_id", "=", self.id), ("state", "in", open_states)]
        )
        if count:
            return Refusal("cases_open", values={"count": count})

    # -- the window ----------------------------------------------------------
    def _window_refusal(self):
        """Why nothing can be handed in now, or None. Both instants belong to it."""
        self.ensure_one()
        now = fields.Datetime.now()
        stage = self.scheme_id.stage_ids.filtered(lambda s: s.kind == "submission")[:1]
        clause = stage.clause_id.code or None
        if self.state != "announced":
            return Refusal("edition_not_announced", clause)
        if now < self.window_start:
            start = self._local(self.window_start)
            return Refusal("window_not_open", clause, {"start": start})
        if now > self.window_end:
            end = self._local(self.window_end)
            return Refusal("window_closed", clause, {"end": end})
        return None

    def _local_date(self, instant):
        """Date of an instant where the scheme applies."""
        return clock_rules.local_date(instant, self.scheme_id.timezone)

    def _local(self, instant):
        """An instant as people of the scheme's time zone write it."""
        if not instant:
            return "…"
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self.scheme_id.timezone), instant
        )
        return local.strftime("%Y-%m-%d %H:%M:%S")

    def _next_case_numbers(self, count):
        """Take `count` case numbers; the row is locked until the transaction ends.

        A rollback gives them back, and two submissions at once are serialised by the
        database, so that no number is given twice.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """UPDATE award_edition
                      SET case_counter = COALESCE(case_counter, 0) + %s
                    WHERE id = %s RETURNING case_counter""",
                count,
                self.id,
            )
        )
        last = self.env.cr.fetchone()[0]
        self.invalidate_recordset(["case_counter"])
        return [f"{self.term}-{n:04d}" for n in range(last - count + 1, last + 1)]

    # -- what stays as announced ---------------------------------------------
    def write(self, vals):
        touched = FROZEN & vals.keys()
        if touched:
            self.check_access("write")  # strangers learn nothing of the state
        for edition in self if touched else ():
            if edition.state != "draft" and edition._changes(vals, touched):
                edition._refuse(Refusal("edition_frozen"))
        return super().write(vals)

    def _changes(self, vals, names):
        """Whether writing `vals` would change one of the fields `names`."""
        return any(
            field.convert_to_cache(vals[field.name], self, validate=False)
            != field.convert_to_cache(self[field.name], self, validate=False)
            for field in map(self._fields.get, names)
        )
