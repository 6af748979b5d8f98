from odoo import api, fields, models


class AwardPointer(models.AbstractModel):
    """A line about some other record: what it is called, and the way to it.

    The name is shown as the reader may see it: a record that is hidden from him is
    a kind and a number.
    """

    _name = "award.pointer"
    _description = "Line about Another Record"

    #: Name of the field with the other record's model; its id is in `res_id`.
    _pointer_model = "model"

    model_label = fields.Char("Kind of Record", compute="_compute_record_name")
    record_name = fields.Char("Name of the Record", compute="_compute_record_name")

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_record_name(self):
        for name, lines in self.grouped(self._pointer_model).items():
            label, names = self._names_of(name, lines.mapped("res_id"))
            for line in lines:
                line.model_label = label
                line.record_name = names.get(line.res_id, f"{label} #{line.res_id}")

    @api.model
    def _names_of(self, model, ids):
        """The word for `model`, and the display names that the reader may see."""
        if model not in self.env:
            return model, {}
        label = self.env["ir.model"]._get(model).display_name or model
        Model = self.env[model]
        if not Model.has_access("read"):
            return label, {}
        records = Model.browse(set(ids)).exists()._filtered_access("read")
        return label, {record.id: record.display_name for record in records}

    def action_open_record(self):
        """Open the record that the line is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self[self._pointer_model],
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
