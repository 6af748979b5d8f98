from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.refusal import role_labels


class AwardStamped(models.AbstractModel):
    """What people type and what only an act writes, told apart for each status.

    `readonly` on a field binds the screen only. Here a field that is not open in the
    present status is refused whichever way it is written; an act writes it together
    with the new status, which the door in the database checks.
    """

    _name = "award.stamped"
    _description = "Fields Closed by Status"
    _inherit = ["award.lifecycle"]

    open_field_names = fields.Json(
        compute="_compute_open_field_names", export_string_translation=False
    )

    @api.depends("state")
    def _compute_open_field_names(self):
        open_fields = self._open_fields()
        for record in self:
            record.open_field_names = sorted(open_fields.get(record.state, ()))

    @api.model
    def _open_fields(self):
        """dict of state -> fields that people may write while it lasts."""
        return {}

    def _cases_about(self):
        """The cases that the paper is about; nobody withdrawn from one acts on it."""
        return self.application_id

    def _withdrawn_refusal(self):
        """Why the user, who withdrew from a case of the paper, may not act, or None."""
        paper = self.sudo()  # sudo: which case it is, whoever is refused
        closed = paper._cases_about().filtered("is_closed_to_me")
        if not closed:
            return None
        cases = ", ".join(closed.mapped("display_name"))
        return Refusal("withdrawn_from", values={"cases": cases})

    @api.model
    def _stamps(self):
        """Fields that only acts write; they start empty, whatever the defaults say."""
        return frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if closed := self._stamps() & {key for key in vals if vals[key]}:
                self._refuse_closed(closed)
            vals.update(dict.fromkeys(self._stamps(), False))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        open_fields = self._open_fields()
        for record in self:
            if "state" in vals and vals["state"] != record.state:
                continue  # an act: the door compares the change with the register
            closed = set(vals) - open_fields.get(record.state, frozenset()) - {"state"}
            if closed:
                record._refuse_closed(closed)
        return super().write(vals)

    def _refuse_closed(self, names):
        labels = self.fields_get(sorted(names), ["string"])
        self._refuse(
            Refusal(
                "field_closed",
                values={
                    "fields": ", ".join(
                        labels.get(name, {}).get("string", name)
                        for name in sorted(names)
                    )
                },
            )
        )

    # -- what the acts of these rooms share ----------------------------------
    def _need_role(self, role):
        """Refuse an act that is no move (no change of status) to other roles."""
        if role not in self._group_roles():
            labels = role_labels(self.env, {role})
            self._refuse(Refusal("wrong_role", values={"roles": labels}))

    def _stop_event(self, event, on=None):
        """Stop the clocks of these records that `event` started."""
        for scheme, records in self.grouped(lambda r: r._scheme_of()).items():
            rules = scheme.clock_rule_ids.filtered(lambda r: r.start_event == event)
            for code in rules.mapped("code"):
                self.env["award.clock"]._stop(records, code, on)

    def _with_reason(self, move, reason):
        """Make `move` with `reason`; ask for the reason in a dialogue when None."""
        if reason is not None:
            return self._apply_move(move, reason=reason)
        return self.env["award.reason"]._ask(self, move)
