from odoo import api, fields, models

from ...rules.lifecycle import LIFECYCLES
from .refusals import refuse

#: Models without a lifecycle that have acts which need a reason.
WITHOUT_LIFECYCLE = {"award.fact", "award.transfer"}


class AwardReason(models.TransientModel):
    """Asks for the reason of an act, and for what else the act needs.

    It holds no right of its own: the act is applied as the user, on the record as
    the user may read it, through the same door as a button.
    """

    _name = "award.reason"
    _description = "Reason of an Act"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Integer(required=True, readonly=True)
    move = fields.Char(required=True, readonly=True)
    reason = fields.Text()
    window_end = fields.Datetime("New End of the Window")
    ground_id = fields.Many2one("award.clause")
    scheme_id = fields.Many2one("award.scheme", readonly=True)

    @api.model
    def _ask(self, record, move):
        """The dialogue for one record.

        :param record: a single record of a model with a lifecycle
        :param move: name of the method without `action_`
        """
        record.ensure_one()
        wizard = self.create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "move": move,
                "scheme_id": record._scheme_of().id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_apply(self):
        """Apply the act through its public button method."""
        self.ensure_one()
        record = self._record()
        record.check_access("read")
        parameters = {"reason": self.reason or ""}
        if self.move == "extend":
            parameters["window_end"] = self.window_end or False
        if self.move == "disqualify":
            parameters["ground"] = self.ground_id.code
        getattr(record, f"action_{self.move}")(**parameters)
        return {"type": "ir.actions.act_window_close"}

    def _record(self):
        """The record, of a model with a lifecycle that has this act as a button."""
        model = self.env.get(self.res_model)
        known = model is not None and (
            self.res_model in LIFECYCLES or self.res_model in WITHOUT_LIFECYCLE
        )
        if not known or not hasattr(type(model), f"action_{self.move}"):
            refuse(self.env, "no_such_move", move=self.move)
        return model.browse(self.res_id)
