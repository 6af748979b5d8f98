from markupsafe import Markup
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ...rules import deadline
from . import door
from .refusal import translated

_lt = LazyTranslate(__name__)

#: Clocks of one run of a scheduled action.
BATCH = 500
MARK_BATCH = 2000
#: Rung of the reminder before the last day; the others are `deadline.RUNGS`.
REMIND = "remind"
SUBJECTS = {
    REMIND: _lt("Quality Award: reminder of time limits"),
    "owner": _lt("Quality Award: urged, time limits overdue"),
    "section_head": _lt("Quality Award: urged, time limits overdue"),
    "office_head": _lt("Quality Award: urged, time limits overdue"),
    "leading_body": _lt("Quality Award: supervised order, time limits overdue"),
}


class AwardClockEscalation(models.Model):
    """That somebody was told of a clock: at which rung, of which last day, when.

    Written before the message, once for each clock, last day, rung and step: the
    index makes a second message impossible.
    """

    _name = "award.clock.escalation"
    _description = "Reminder or Escalation of a Deadline"
    _order = "id desc"
    _rec_name = "rung"
    _log_access = False
    _allow_sudo_commands = False

    clock_id = fields.Many2one(
        "award.clock", required=True, readonly=True, ondelete="restrict", index=True
    )
    due_on = fields.Date("Last Day", required=True, readonly=True)
    rung = fields.Selection(
        [
            (REMIND, "Reminder: Owner"),
            ("owner", "Urged: Owner"),
            ("section_head", "Urged: Section Head"),
            ("office_head", "Urged: Head of Office"),
            ("leading_body", "Supervised Order: Leading Body"),
        ],
        required=True,
        readonly=True,
    )
    step = fields.Integer(
        "Working Days", readonly=True, help="Before the last day, or after it."
    )
    told = fields.Char("Told To", readonly=True)
    sent_on = fields.Date(required=True, readonly=True)
    sent_at = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    _once = models.UniqueIndex("(clock_id, due_on, rung, step)")

    def init(self):
        door.append_only(self.env.cr, self._table)


class AwardClock(models.Model):
    """Scheduled actions: remind the owner, mark overdue, tell up the ladder.

    Each takes a bounded batch, leaves out rows that others hold, costs a constant
    number of statements, and does nothing when it is run again. No message names a
    case. Rows of the night are looked up clock by clock: the planner knows nothing
    yet of a table that grows while it is read, and would compare all with all.
    """

    _inherit = "award.clock"

    # -- before the last day -------------------------------------------------
    @api.model
    def _cron_remind(self):
        """Remind owners of clocks near their end, before anybody else hears."""
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        me._alarm(me._to_remind, REMIND)

    @api.model
    def _to_remind(self):
        """Select (clock, step) of reminders to send; SQL, or None for none."""
        steps = self._steps_in_use()
        if not steps:
            return None
        return SQL(
            """SELECT c.id, s.n
                 FROM award_clock c
                 JOIN LATERAL (
                     SELECT min(v.n) AS n FROM (VALUES %s) v(company, n, until, today)
                      WHERE v.company = c.company_id AND c.due_on <= v.until
                        AND c.due_on >= v.today AND c.remind_days @> to_jsonb(v.n)
                 ) s ON s.n IS NOT NULL
                WHERE c.is_open AND c.due_at > %s
                  AND (SELECT true FROM award_clock_escalation e
                        WHERE e.clock_id = c.id AND e.due_on = c.due_on
                          AND e.rung = 'remind' AND e.step <= s.n
                        LIMIT 1) IS NOT TRUE""",
            SQL(", ").join(SQL("(%s, %s, %s::date, %s::date)", *row) for row in steps),
            fields.Datetime.now(),
        )

    @api.model
    def _steps_in_use(self):
        """Rows (company id, working days, latest last day, today) of reminders."""
        self.env.flush_all()
        used = self.env.execute_query(
            SQL(
                """SELECT DISTINCT c.company_id, n::integer
                     FROM award_clock c, jsonb_array_elements_text(c.remind_days) n
                    WHERE c.is_open AND c.due_at > %s
                    ORDER BY 1, 2""",
                fields.Datetime.now(),
            )
        )
        rows = []
        for id_, n in used:
            company = self.env["res.company"].browse(id_)
            today = self.with_company(company)._today()
            until = deadline.last_day_to_remind(self._calendar_of(company), today, n)
            rows.append((id_, n, until, today))
        return rows

    # -- the last day is over ------------------------------------------------
    @api.model
    def _cron_mark_overdue(self):
        """Note on clocks whose last instant is over when this was found.

        The mark says since when the agency knows; how a clock stands does not
        depend on it.
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        open_ones = SQL(
            "is_open AND due_at <= %s AND overdue_at IS NULL", now
        )
        marked = self._statement(
            SQL(
                """UPDATE award_clock SET overdue_at = %s WHERE id IN (
                       SELECT id FROM award_clock WHERE %s ORDER BY due_at, id
                        LIMIT %s FOR NO KEY UPDATE SKIP LOCKED)
                   RETURNING id""",
                now,
                open_ones,
                MARK_BATCH,
            )
        )
        self.browse([id_ for (id_,) in marked]).invalidate_recordset(["overdue_at"])
        rest = self._count_left(
            SQL("SELECT FROM award_clock WHERE %s LIMIT %s", open_ones, MARK_BATCH)
        )
        self.env["ir.cron"]._commit_progress(len(marked), remaining=rest)

    @api.model
    def _count_left(self, select):
        """How many rows are left, counted up to the size of a batch."""
        return self.env.execute_query(SQL("SELECT count(*) FROM (%s) x", select))[0][0]

    @api.model
    def _statement(self, sql):
        """Rows of a statement; none when another worker was there first."""
        try:
            with self.env.cr.savepoint():
                return self.env.execute_query(sql)
        except SerializationFailure:
            return []

    # -- up the ladder -------------------------------------------------------
    @api.model
    def _cron_escalate(self):
        """Tell of overdue clocks: owner, section head, head of office, leading body.

        Each rung as many working days after the last day as the agency has set, and
        never on the day on which the rung below it was told.
        """
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        for rung in deadline.RUNGS:
            if me._alarm(lambda rung=rung: me._to_escalate(rung), rung):
                break

    @api.model
    def _to_escalate(self, rung):
        """Select (clock, step) of clocks that `rung` is to be told of."""
        rows = self._ladder_rows(rung)
        if not rows:
            return None
        return SQL(
            """SELECT c.id, v.n
                 FROM award_clock c
                 JOIN (VALUES %s) v(company, n, until, before, today)
                   ON v.company = c.company_id AND c.due_on <= v.until
                WHERE c.is_open AND c.due_at <= %s
                  AND (SELECT true FROM award_clock_escalation e
                        WHERE e.clock_id = c.id AND e.due_on = c.due_on
                          AND e.rung = %s LIMIT 1) IS NOT TRUE
                  AND (v.before IS NULL
                       OR (SELECT true FROM award_clock_escalation e
                            WHERE e.clock_id = c.id AND e.due_on = c.due_on
                              AND e.rung = v.before AND e.sent_on < v.today
                            LIMIT 1) IS TRUE)""",
            SQL(", ").join(
                SQL("(%s, %s, %s::date, %s::varchar, %s::date)", *row) for row in rows
            ),
            fields.Datetime.now(),
            rung,
        )

    @api.model
    def _ladder_rows(self, rung):
        """Rows (company id, working days, latest last day, rung before, today)."""
        rows = []
        for company in self.env["res.company"].search([("id", ">", 0)], order="id"):
            today = self.with_company(company)._today()
            calendar = self._calendar_of(company)
            for name, before, n in company._award_ladder():
                if name == rung:
                    until = deadline.last_day_to_escalate(calendar, today, n)
                    rows.append((company.id, n, until, before, today))
        return rows

    # -- telling -------------------------------------------------------------
    @api.model
    def _alarm(self, select, rung):
        """One batch: take clocks, leave rows, send a message to each person.

        :param select: returns the SQL of (clock id, step), or None
        :return: whether there is more to do at this rung
        """
        self.env.flush_all()
        wanted = select()
        taken = wanted and self._statement(
            SQL("%s ORDER BY 1 LIMIT %s FOR NO KEY UPDATE OF c SKIP LOCKED",
                wanted, BATCH)
        )
        if not taken:
            return False
        clocks = self.browse([id_ for id_, _step in taken])
        people = clocks._people("owner" if rung == REMIND else rung)
        told = self.browse(clocks._leave_escalations(rung, dict(taken), people))
        told.invalidate_recordset(["escalation_ids"])
        told._tell(rung, people)
        rest = self._count_left(SQL("%s LIMIT %s", wanted, BATCH))
        self.env["ir.cron"]._commit_progress(len(taken), remaining=rest)
        return bool(rest)

    def _leave_escalations(self, rung, steps, people):
        """Write the rows; ids of the clocks of which nobody was told before."""
        now = fields.Datetime.now()
        today = {one: self.with_company(one)._today() for one in self.company_id}
        names = {users: ", ".join(users.mapped("name")) for users in people.values()}
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s, %s, %s, %s)",
                clock.id,
                clock.due_on,
                rung,
                steps[clock.id],
                names[people[clock.id]] or None,
                today[clock.company_id],
                now,
                clock.company_id.id,
            )
            for clock in self
        )
        left = self._statement(
            SQL(
                """INSERT INTO award_clock_escalation
                       (clock_id, due_on, rung, step, told, sent_on, sent_at,
                        company_id)
                   VALUES %s ON CONFLICT DO NOTHING RETURNING clock_id""",
                rows,
            )
        )
        return [id_ for (id_,) in left]

    def _tell(self, rung, people):
        """One message for those who are told of the same clocks, in their language."""
        by_users = self.grouped(lambda clock: people[clock.id])
        for users, clocks in by_users.items():
            for lang, some in users.grouped("lang").items():
                spoken = clocks.with_context(lang=lang)
                spoken.env["mail.thread"].message_notify(
                    partner_ids=some.partner_id.ids,
                    subject=translated(spoken.env, SUBJECTS[rung]),
                    body=spoken._message(),
                )

    def _message(self):
        """One line for each time limit and last day; no names of cases or persons."""
        lines = {}
        for clock in self:
            key = (clock.due_on, clock.display_name, clock.citation or "")
            lines[key] = lines.get(key, 0) + 1
        overdue = set(self.filtered("is_overdue").mapped("due_on"))
        texts = []
        for (due, name, citation), count in sorted(lines.items()):
            values = {"name": name, "due": due, "basis": citation, "count": count}
            texts.append(
                self.env._(
                    "%(name)s: overdue since %(due)s, %(count)s open (%(basis)s)",
                    **values,
                )
                if due in overdue
                else self.env._(
                    "%(name)s: the last day is %(due)s, %(count)s open (%(basis)s)",
                    **values,
                )
            )
        return Markup("<br/>").join(texts)
