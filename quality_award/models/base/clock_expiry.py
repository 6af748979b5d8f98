import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: Clocks whose consequence is carried out in one run.
BATCH = 200


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    def _each(self, name, **kwargs):
        """Make a move on each record that it is possible for.

        All together where nothing stands against it; else in halves, so that what
        is refused for one keeps no other from it.

        :return: dict record id -> why not, for those that stay as they were
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self._apply_move(name, **kwargs)
        except UserError as refusal:
            failure = str(refusal)
        except Exception as error:  # one broken record must not stop the others
            _logger.exception("%s: %s", self, name)
            failure = repr(error)
        else:
            return {}
        self.env.invalidate_all()
        if len(self) == 1:
            return {self.id: failure}
        half = len(self) // 2
        first = self[:half]._each(name, **kwargs)
        return first | self[half:]._each(name, **kwargs)


class AwardClock(models.Model):
    """What the scheme states for the end of a time limit, carried out by itself.

    Nothing else ever happens without a person: the consequence is a word of the
    clock rule, and `_expire_<word>` of the record's model makes a move as the role
    `clock`, under the guards of every such move.
    """

    _inherit = "award.clock"

    @api.model
    def _cron_expire(self):
        """Carry out the stated consequences of clocks that are over.

        A bounded batch, rows locked by others left out. Harmless when run twice or
        late. What is refused is noted on the clock and tried again the next day.
        """
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        today = self._today()
        domain = [
            ("is_open", "=", True),
            ("due_at", "<=", fields.Datetime.now()),
            ("on_expiry", "!=", "none"),
            "|",
            ("tried_on", "=", False),
            ("tried_on", "!=", today),
        ]
        found = me.search(domain, order="due_at, id", limit=BATCH)
        batch = found.try_lock_for_update(allow_referencing=True)
        held = 0
        for (company, model, word), clocks in batch.grouped(
            lambda clock: (clock.company_id, clock.res_model, clock.on_expiry)
        ).items():
            held += clocks.with_company(company)._carry_out(model, word, today)
        remaining = max(0, me.search_count(domain) - held)
        self.env["ir.cron"]._commit_progress(len(batch) - held, remaining=remaining)

    def _carry_out(self, model, word, today):
        """The consequence `word` on the records of `model` behind these clocks.

        :return: number of clocks whose record somebody else holds at this moment;
            they are left to the next run
        """
        Records = self.env[model] if model in self.env else None
        if not hasattr(Records, f"_expire_{word}"):
            words = self.env._("There is no such consequence for this record.")
            self.write({"tried_on": today, "trouble": words})
            return 0
        records = Records.browse(set(self.mapped("res_id"))).exists()
        free = records.try_lock_for_update(allow_referencing=True)
        troubles = getattr(free, f"_expire_{word}")()
        self.env.invalidate_all()
        mine = self.filtered(lambda clock: clock.res_id in free.ids and clock.is_open)
        refused = mine.filtered(lambda clock: clock.res_id in troubles)
        ended = {"expired_at": fields.Datetime.now(), "trouble": False}
        (mine - refused).write(ended)
        for reason, clocks in refused.grouped(lambda c: troubles[c.res_id]).items():
            clocks.write({"tried_on": today, "trouble": reason})
        gone = self.filtered(lambda clock: clock.res_id not in records.ids)
        gone.write({"void": True})
        return len(self.filtered(lambda clock: clock.res_id in (records - free).ids))
