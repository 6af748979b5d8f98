from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 200
#: Days before the last day at which the owner is reminded.
AHEAD = 2


class AwardClock(models.Model):
    """Reminders of time limits: a note on the edition, once before and once after."""

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
        # sudo: the scheduled actor has a role and no access right
        due = self.sudo().search(domain, order="id", limit=BATCH)
        batch = due.try_lock_for_update(allow_referencing=True)
        for edition, clocks in batch.grouped(lambda c: c._edition()).items():
            if edition:
                edition.message_post(body=clocks._reminder(today))
        batch.write({"reminded_on": today})
        self.env["ir.cron"]._commit_progress(
            len(batch),
            remaining=self.sudo().search_count(domain),  # sudo: as above
        )

    def _edition(self):
        """The edition that the record of the clock belongs to, or none."""
        record = self.env[self.res_model].browse(self.res_id).exists()
        if record._name == "award.edition":
            return record
        for path in (
            "edition_id",
            "application_id.edition_id",
            "panel_id.edition_id",
            "notice_id.edition_id",
        ):
            if path.split(".")[0] in record._fields:
                return record.mapped(path)[:1]
        return self.env["award.edition"]

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
