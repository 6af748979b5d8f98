from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 200
#: Days before the last day at which the owner is reminded.
AHEAD = 2


class AwardClock(models.Model):
    """Reminders of time limits: once before the last day and once after it.

    The office is told, of what ran out also its head. No message names a case.
    """

    _inherit = "award.clock"

    @api.model
    def _cron_remind(self):
        """Remind of clocks near their end and of those that ran out.

        A bounded batch, rows locked by others left out. Harmless when run twice or
        late: each clock is noted at most once before and once after its last day.
        """
        today = self._today()
        domain = fields.Domain(
            [("done_on", "=", False), ("void", "=", False), ("due_on", "!=", False)]
        ) & (
            fields.Domain(
                [
                    ("reminded_on", "=", False),
                    ("due_on", "<=", fields.Date.add(today, days=AHEAD)),
                ]
            )
            | fields.Domain.custom(
                to_sql=lambda model, alias, query: _noted_before_end(alias, today)
            )
        )
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        due = me.search(domain, order="id", limit=BATCH)
        batch = due.try_lock_for_update(allow_referencing=True)
        for company, clocks in batch.grouped("company_id").items():
            clocks._notify("group_office", company, today)
            over = clocks.filtered(lambda clock: clock.due_on < today)
            over._notify("group_office_head", company, today)
        batch.write({"reminded_on": today})
        self.env["ir.cron"]._commit_progress(
            len(batch),
            remaining=me.search_count(domain),
        )

    def _notify(self, group, company, today):
        """Tell the people of a group; who outside owes it hears from the office."""
        people = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref(f"quality_award.{group}").ids),
                ("company_ids", "in", company.ids),
            ]
        )
        if self and people:
            self.env["mail.thread"].message_notify(
                partner_ids=people.partner_id.ids,
                subject=self.env._("Quality Award: time limits"),
                body=self._reminder(today),
            )

    def _reminder(self, today):
        """One line for each time limit; no names of cases or persons."""
        lines = [
            self.env._(
                "%(name)s: the last day is %(due)s.", name=clock.name, due=clock.due_on
            )
            if clock.due_on >= today
            else self.env._(
                "%(name)s: overdue since %(due)s.", name=clock.name, due=clock.due_on
            )
            for clock in self
        ]
        return Markup("<br/>").join(lines)


def _noted_before_end(alias, today):
    """Clocks that ran out and were last noted on or before their last day."""
    return SQL(
        "%s <= %s AND %s < %s",
        SQL.identifier(alias, "reminded_on"),
        SQL.identifier(alias, "due_on"),
        SQL.identifier(alias, "due_on"),
        today,
    )
