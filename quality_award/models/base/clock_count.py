from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules import deadline
from . import door

#: Open clocks counted again in one run of the scheduled action.
BATCH = 1000
#: Units and roll-overs that no calendar of working days is asked for.
NEEDS_CALENDAR = [
    "|",
    ("unit", "=", clock_rules.WORKING_DAY),
    ("roll", "=", "next_working_day"),
]


class AwardClockSuspension(models.Model):
    """A time during which a clock stands still (中止): from, to, and why."""

    _name = "award.clock.suspension"
    _description = "Suspension of a Deadline"
    _order = "clock_id, from_on, id"
    _rec_name = "event"
    _allow_sudo_commands = False

    clock_id = fields.Many2one(
        "award.clock", required=True, readonly=True, ondelete="cascade", index=True
    )
    event = fields.Char(required=True, readonly=True)
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(model_field="source_model", readonly=True)
    from_on = fields.Date("Stopped On", required=True, readonly=True)
    to_on = fields.Date("Started Again On", readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    _once = models.UniqueIndex(
        "(clock_id, event, COALESCE(source_model, ''), COALESCE(source_id, 0)) "
        "WHERE to_on IS NULL"
    )


class AwardClockRevision(models.Model):
    """A last day that was replaced by another one: old, new, when and why."""

    _name = "award.clock.revision"
    _description = "Changed Date of a Deadline"
    _order = "id desc"
    _rec_name = "why"
    _log_access = False
    _allow_sudo_commands = False

    clock_id = fields.Many2one(
        "award.clock", required=True, readonly=True, ondelete="restrict", index=True
    )
    old_due_on = fields.Date("Old Date", readonly=True)
    new_due_on = fields.Date("New Date", readonly=True)
    why = fields.Selection(
        [
            ("calendar", "Calendar Arrived or Corrected"),
            ("suspended", "Suspended"),
            ("resumed", "Started Again"),
            ("edition", "Edition Announced"),
            ("length", "Time Limit Extended"),
        ],
        required=True,
        readonly=True,
    )
    note = fields.Char("Source", readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    def init(self):
        door.append_only(self.env.cr, self._table)


class AwardClock(models.Model):
    """Counting: when a clock is due, and due again after something has changed."""

    _inherit = "award.clock"

    @api.model
    def _calendar_of(self, company):
        """Calendar of working days of an agency; the room that has one answers."""
        return clock_rules.Calendar({})

    @api.model
    def _edition_dates(self, wanted):
        """Dates on which editions were announced; answered by the room that has them.

        :param wanted: set of (company id, code of the scheme, number of the edition)
        :return: dict of those that are known -> date
        """
        return {}

    @api.model
    def _due_values(self, values, calendar, pairs=(), edition_on=None):
        """What is written on a clock about its end.

        :param values: dict with `started_on`, `unit`, `length`, `first_day`, `roll`
        :param pairs: suspensions, as `clock_rules.due_after_suspension` takes them
        :return: dict with `due_on`, `undated_because`, `unknown_year`,
            `calendar_stamp`, `suspended_days`
        """
        found = deadline.deadline(
            values["started_on"],
            clock_rules.Length(values["unit"], values["length"]),
            pairs,
            calendar=calendar,
            first_day=values["first_day"],
            roll=values["roll"],
            edition_on=edition_on,
        )
        return {
            "due_on": found.on or False,
            "undated_because": found.because or False,
            "unknown_year": found.year or 0,
            "calendar_stamp": calendar.fingerprint,
            "suspended_days": deadline.suspended_days(pairs),
        }

    # -- suspension ----------------------------------------------------------
    @api.model
    def _suspend(self, records, event, on=None, source=None):
        """Stop the open clocks of `records` that stand still during `event`.

        :param event: word that the clocks carry in `suspended_by`
        :param on: date on which they stop, which still counts; today when None
        :param source: the record that stops them, so that two do not mix
        :return: the clocks stopped
        """
        clocks = self._of(records).filtered(
            lambda clock: clock.is_open and event in (clock.suspended_by or ())
        )
        stopped = clocks._rows_of(event, source).filtered(lambda row: not row.to_on)
        clocks -= stopped.clock_id
        if not clocks:
            return clocks
        self.env["award.clock.suspension"].sudo().create(  # sudo: kept by acts
            [
                {
                    "clock_id": clock.id,
                    "event": event,
                    "source_model": source._name if source else False,
                    "source_id": source.id if source else False,
                    "from_on": on or self._today(),
                    "company_id": clock.company_id.id,
                }
                for clock in clocks
            ]
        )
        clocks._recount("suspended", event)
        return clocks

    @api.model
    def _resume(self, records, event, on=None, source=None):
        """Let the clocks that `_suspend` stopped for `event` and `source` run again.

        :param on: date on which they start, which does not count yet; today when None
        :return: the clocks that run again
        """
        rows = self._of(records)._rows_of(event, source)
        rows = rows.filtered(lambda row: not row.to_on)
        rows.write({"to_on": on or self._today()})
        clocks = rows.clock_id.filtered("is_open")
        clocks._recount("resumed", event)
        return clocks

    def _rows_of(self, event, source):
        return self.suspension_ids.filtered(
            lambda row: (
                row.event == event
                and (row.source_model or "") == (source._name if source else "")
                and row.source_id == (source.id if source else 0)
            )
        )

    # -- counting again ------------------------------------------------------
    def _recount(self, why, note=None):
        """Count the clocks of `self` anew; a date that changes is kept as it was.

        A constant number of statements, however many clocks.

        :param why: a word of `award.clock.revision`
        :param note: what it rests on, such as the notice of the year
        :return: the clocks whose last day has changed
        """
        if not self:
            return self
        self.env.flush_all()
        pairs = {}
        for row in self.suspension_ids:
            pairs.setdefault(row.clock_id.id, []).append(
                (row.from_on, row.to_on or None)
            )
        dates = self._edition_dates(
            {clock._edition_key() for clock in self if clock.edition_term}
        )
        calendars = {one: self._calendar_of(one) for one in self.company_id}
        known, rows, changed = {}, [], self.browse()
        for clock in self:
            values = clock._recounted(calendars, dates, pairs, known)
            rows.append((clock, values))
            if (clock.due_on, clock.undated_because) != (
                values["due_on"],
                values["undated_because"],
            ):
                changed |= clock
        old = {clock.id: clock.due_on for clock in changed}
        self._write_counted(rows)
        changed._keep_old(old, why, note)
        changed._after_recount()
        return changed

    def _edition_key(self):
        return self.company_id.id, self.edition_scheme, self.edition_term

    def _recounted(self, calendars, dates, pairs, known):
        """`_due_values` of one clock; equal clocks are counted once (`known`)."""
        names = ("started_on", "unit", "length", "first_day", "roll")
        values = {name: self[name] for name in names}
        stood = tuple(pairs.get(self.id, ()))
        edition_on = dates.get(self._edition_key())
        key = (*values.values(), stood, edition_on, self.company_id)
        if key not in known:
            calendar = calendars[self.company_id]
            known[key] = self._due_values(values, calendar, stood, edition_on)
        return known[key]

    def _write_counted(self, rows):
        """One statement for all clocks; a mark that is no longer true is taken off."""
        now = fields.Datetime.now()
        self.env.cr.execute_values(
            """UPDATE award_clock c
                  SET due_on = v.due_on::date, due_at = v.due_at::timestamp,
                      undated_because = v.because, unknown_year = v.year::integer,
                      calendar_stamp = v.stamp, suspended_days = v.stood::integer,
                      overdue_at = CASE WHEN v.due_at::timestamp <= v.now::timestamp
                                        THEN c.overdue_at END
                 FROM (VALUES %s) v(id, due_on, due_at, because, year, stamp, stood,
                                    now)
                WHERE c.id = v.id::integer""",
            [
                (
                    clock.id,
                    values["due_on"] or None,
                    self._end_of(values["due_on"], clock.timezone, clock.cut_off)
                    if values["due_on"]
                    else None,
                    values["undated_because"] or None,
                    values["unknown_year"],
                    values["calendar_stamp"],
                    values["suspended_days"],
                    now,
                )
                for clock, values in rows
            ],
            page_size=len(rows),
        )
        self.invalidate_recordset()

    def _keep_old(self, old, why, note):
        """Leave a row for each replaced last day."""
        if not self:
            return
        now = fields.Datetime.now()
        self.env.cr.execute_values(
            """INSERT INTO award_clock_revision
                   (clock_id, old_due_on, new_due_on, why, note, at, company_id)
               VALUES %s""",
            [
                (
                    clock.id,
                    old[clock.id] or None,
                    clock.due_on or None,
                    why,
                    note,
                    now,
                    clock.company_id.id,
                )
                for clock in self
            ],
            page_size=len(self),
        )
        self.invalidate_recordset(["revision_ids"])

    def _after_recount(self):
        """Rooms whose records keep a copy of the last day follow here."""

    # -- a calendar arrives or is corrected ----------------------------------
    @api.model
    def _cron_recount(self):
        """Count open clocks anew that were counted by another calendar than today's.

        A bounded batch, rows locked by others left out. Harmless when run twice or
        late: a clock carries the fingerprint of the calendar it was counted by.
        """
        me = self.sudo()  # sudo: the scheduled actor has a role and no access right
        handled = remaining = 0
        for company in me.env["res.company"].search([("id", ">", 0)], order="id"):
            calendar = me._calendar_of(company)
            domain = [
                ("company_id", "=", company.id),
                ("is_open", "=", True),
                ("calendar_stamp", "!=", calendar.fingerprint),
                *NEEDS_CALENDAR,
            ]
            if handled < BATCH:
                found = me.search(domain, order="id", limit=BATCH - handled)
                batch = found.try_lock_for_update(allow_referencing=True)
                batch._recount("calendar", me._sources_of(calendar, company))
                handled += len(batch)
            remaining += me.search_count(domain)
        self.env["ir.cron"]._commit_progress(handled, remaining=remaining)

    @api.model
    def _sources_of(self, calendar, company):
        """What vouches for this year and the next, as the history quotes it."""
        year = self.with_company(company)._today().year
        told = []
        for one in (year, year + 1):
            try:
                told.append(calendar.source(one))
            except clock_rules.CalendarUnknown:
                continue
        return "; ".join(dict.fromkeys(told)) or None

    @api.model
    def _calendar_changed(self):
        """A calendar was written: let the scheduled action count again soon."""
        cron = self.env.ref("quality_award.cron_clock_recount", False)
        if cron:
            cron.sudo()._trigger()  # sudo: asks for a run, changes no setting
