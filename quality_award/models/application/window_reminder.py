"""Whoever has registered and not submitted is reminded before the window closes."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import deadline

#: Code of the agency's template that reminders are written by.
TEMPLATE = "window_closes"
#: Working days before the last day, unless the edition says else; and at most.
REMIND_DAYS, REMIND_MAX = 3, 60
#: Cases that one run drafts messages about.
BATCH = 500
WRITING = ("draft", "returned")


class AwardOutboxMessage(models.Model):
    _inherit = "award.outbox.message"

    closes_at = fields.Datetime(
        "Reminds of the Window Until",
        readonly=True,
        help="The end of the window that this message reminds of.",
    )

    _reminded = models.Index(
        "(application_id, closes_at) WHERE closes_at IS NOT NULL"
    )


class AwardEdition(models.Model):
    """The reminder needs no saved selection: the edition says how long before."""

    _inherit = "award.edition"

    remind_days = fields.Integer(
        "Reminder Before It Closes",
        default=REMIND_DAYS,
        help="So many working days before the last day, a message to each applicant "
        "that has registered and not submitted is put into the outbox. 0: none.",
    )

    _remind_days = models.Constraint(
        f"CHECK (remind_days BETWEEN 0 AND {REMIND_MAX})",
        f"Between 0 (no reminder) and {REMIND_MAX} working days.",
    )

    @api.model
    def _draft_reminders(self):
        """Draft the reminders that are due, once for each case and end of the window.

        A window that is extended has another end, of which is reminded anew. Nothing
        leaves before it is released.

        :return: (cases written about, cases left for the next run)
        """
        own = self.sudo()  # sudo: the scheduled actor has a role, no access right
        editions = own._closing_soon()
        found = editions._to_remind(BATCH + 1)
        batch = found[:BATCH]
        drafted = self.env["award.outbox.message"]._queue(TEMPLATE, batch)
        own._mark_reminded(batch, drafted)
        left = editions._to_remind(BATCH) if len(found) > BATCH else found[:0]
        return len(batch), len(left)

    @api.model
    def _closing_soon(self):
        """Editions that are open and whose reminder is due, with a template in use."""
        now = fields.Datetime.now()
        using = self.env["award.message.template"].search([("code", "=", TEMPLATE)])
        found = self.search(
            [
                ("state", "=", "announced"),
                ("window_start", "<=", now),
                ("window_end", ">=", now),
                ("remind_days", ">", 0),
                ("company_id", "in", using.company_id.ids),
            ]
        )
        clocks = self.env["award.clock"]
        calendars = {one: clocks._calendar_of(one) for one in found.company_id}
        return found.filtered(
            lambda edition: (
                edition._local_date(edition.window_end)
                <= deadline.last_day_to_remind(
                    calendars[edition.company_id],
                    edition._local_date(now),
                    edition.remind_days,
                )
            )
        )

    def _to_remind(self, limit):
        """Cases that are still being written and were not reminded of this end."""
        cases = self.env["award.application"]
        if not self:
            return cases
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id
                     FROM award_application a
                     JOIN award_edition e ON e.id = a.edition_id
                    WHERE e.id IN %s AND a.state IN %s
                      AND NOT EXISTS (
                          SELECT FROM award_outbox_message m
                           WHERE m.application_id = a.id AND m.closes_at = e.window_end)
                    ORDER BY a.id LIMIT %s""",
                tuple(self.ids),
                WRITING,
                limit,
            )
        )
        return cases.browse(id_ for (id_,) in rows)

    @api.model
    def _mark_reminded(self, cases, drafted):
        """Note on the messages which end they remind of.

        Where the same text waits or has left already, by a selection of the office,
        that message is the reminder.
        """
        same = self.env["award.outbox.message"].search(
            [
                ("application_id", "in", (cases - drafted.application_id).ids),
                ("template_id.code", "=", TEMPLATE),
            ]
        )
        every = drafted.sudo() | same  # sudo: marked by the act
        ends = every.grouped(lambda one: one.application_id.edition_id.window_end)
        for end, messages in ends.items():
            messages.write({"closes_at": end})


class AwardClock(models.Model):
    _inherit = "award.clock"

    @api.model
    def _cron_remind(self):
        """The end of the window is a time limit of all who have not handed in."""
        done = super()._cron_remind()
        count, left = self.env["award.edition"]._draft_reminders()
        cron = self.env["ir.cron"]
        if left:
            cron._commit_progress(count, remaining=left)
        else:
            cron._commit_progress(0)  # what is left of other reminders stays noted
        return done
