from markupsafe import Markup

from odoo import api, fields, models

from ...rules.lifecycle import LIFECYCLES
from ...rules.refusal import Refusal
from .act_words import ACTS
from .refusal import AwardRefusal, refusal_text, translated

#: Names that are shown; the rest is a number.
SHOWN = 200


class AwardBulk(models.TransientModel):
    """One act on many records: what would be changed is shown, and counted, first.

    It holds no right of its own: the act is the button of the records, as the user.
    """

    _name = "award.bulk"
    _description = "One Act on Many Records"

    res_model = fields.Char(required=True, readonly=True)
    res_ids = fields.Json(required=True, readonly=True)
    move = fields.Char(required=True, readonly=True)
    act = fields.Char(compute="_compute_preview")
    needs_reason = fields.Boolean(compute="_compute_preview")
    reason = fields.Text()
    count = fields.Integer("Chosen", compute="_compute_preview")
    count_possible = fields.Integer("Possible", compute="_compute_preview")
    count_refused = fields.Integer("Not Possible", compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _ask(self, records, move):
        """The dialogue for records of one model.

        :param move: name of the move in the table of lifecycles
        """
        known = {one.name for one in LIFECYCLES[records._name].moves}
        if move not in known:
            records._refuse(Refusal("no_such_move", values={"move": move}))
        if not records:
            raise self._refusal(Refusal("bulk_nothing"))
        records.check_access("read")
        bulk = self.create(
            {"res_model": records._name, "res_ids": records.ids, "move": move}
        )
        bulk._move()
        return {
            "type": "ir.actions.act_window",
            "name": bulk.act,
            "res_model": self._name,
            "res_id": bulk.id,
            "view_mode": "form",
            "target": "new",
        }

    def _refusal(self, refusal):
        return AwardRefusal(refusal_text(self.env, refusal), [refusal])

    def _records(self):
        """The records, as far as the user may still read them."""
        self._move()
        records = self.env[self.res_model].browse(self.res_ids or []).exists()
        records.check_access("read")
        return records

    def _move(self):
        """The move, of a model with a lifecycle that offers it on a button."""
        known = self.res_model in LIFECYCLES and self.res_model in self.env
        moves = LIFECYCLES[self.res_model].moves if known else ()
        names = {move.name for move in moves}
        if self.move not in names or not self._method():
            raise self._refusal(Refusal("no_such_move", values={"move": self.move}))
        return LIFECYCLES[self.res_model].move(self.move)

    def _method(self):
        """Name of the public method behind the button, None without one."""
        model = self.env[self.res_model]
        name = model._bulk_methods.get(self.move, f"action_{self.move}")
        return name if hasattr(type(model), name) else None

    def _typed_values(self):
        """What the dialogue writes on the records before the act; rooms add theirs."""
        return {}

    @api.depends("res_model", "res_ids", "move", "reason")
    def _compute_preview(self):
        for bulk in self:
            move, records = bulk._move(), bulk._records()
            against = bulk._against(records)
            word = ACTS.get(move.name)
            bulk.act = translated(self.env, word) if word else move.name
            bulk.needs_reason = move.needs_reason
            bulk.count = len(records)
            bulk.count_refused = len(against)
            bulk.count_possible = len(records) - len(against)
            bulk.preview = bulk._listed(records, against)

    def _against(self, records):
        """What stands against the act once the typed values are there."""
        savepoint = self.env.cr.savepoint()
        try:
            if values := self._typed_values():
                records.write(values)
            return records._refusals(self._move(), self.reason or "–")
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            records.invalidate_recordset()

    def _listed(self, records, against):
        refused = [record for record in records if record in against]
        rest = [record for record in records if record not in against]
        rows = [
            Markup('<li>%s <span class="text-danger">%s</span></li>')
            % (
                record.display_name,
                refusal_text(
                    self.env, against[record], record._cite(against[record].clause)
                ),
            )
            for record in refused[:SHOWN]
        ]
        rows += [
            Markup("<li>%s</li>") % record.display_name for record in rest[:SHOWN]
        ]
        hidden = len(records) - len(rows)
        if hidden > 0:
            more = self.env._("and %(count)s more", count=hidden)
            rows.append(Markup('<li class="text-muted">%s</li>') % more)
        return Markup("<ul>%s</ul>") % Markup().join(rows)

    # -- carrying out ------------------------------------------------------------------
    def action_all(self):
        """The act on all of them, or on none."""
        records = self._records()
        against = self._against(records)
        if against:
            values = {"count": len(against)}
            raise self._refusal(Refusal("bulk_not_all", values=values))
        return self._carry_out(records)

    def action_possible(self):
        """The act on those that nothing stands against; the others stay."""
        records = self._records()
        refused = records.browse().union(*self._against(records))
        return self._carry_out(records - refused)

    def _carry_out(self, records):
        if not records:
            raise self._refusal(Refusal("bulk_nothing"))
        if self._move().needs_reason and not (self.reason or "").strip():
            raise self._refusal(Refusal("reason_missing"))
        if values := self._typed_values():
            records.write(values)
        more = {"reason": self.reason} if self._move().needs_reason else {}
        getattr(records, self._method())(**more)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "%(act)s: %(count)s", act=self.act, count=len(records)
                ),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    #: Move -> button method where it is not `action_<move>`.
    _bulk_methods = {}

    def action_bulk(self, move=None):
        """One act on the records of a list; each button of lists has its method."""
        return self.env["award.bulk"]._ask(self, move)

    def action_bulk_accept_here(self):
        return self.action_bulk("accept_here")

    def action_bulk_confirm(self):
        return self.action_bulk("confirm")

    def action_bulk_decide(self):
        return self.action_bulk("decide")

    def action_bulk_lapse(self):
        return self.action_bulk("lapse")

    def action_bulk_return(self):
        return self.action_bulk("return")

    def action_bulk_send(self):
        return self.action_bulk("send")

    def action_bulk_serve(self):
        return self.action_bulk("serve")
