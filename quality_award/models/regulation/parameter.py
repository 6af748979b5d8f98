import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import parameters, values


class AwardParameter(models.Model):
    """One figure or choice of a scheme, with the clause it rests on."""

    _name = "award.parameter"
    _description = "Scheme Parameter"
    _inherit = ["award.provision"]
    _section = "parameters"
    _order = "scheme_id, code, id"
    _rec_name = "code"

    code = fields.Selection(parameters.SELECTION, required=True)
    class_id = fields.Many2one(
        "award.class", ondelete="cascade", index="btree_not_null"
    )
    stage_id = fields.Many2one(
        "award.stage", ondelete="cascade", index="btree_not_null"
    )
    value = fields.Char(required=True, help="As JSON.")
    note_zh = fields.Char("Note (Chinese)")
    note_en = fields.Char("Note (English)")

    _frozen_columns = (
        "code class_id stage_id value clause_id note_zh note_en company_id"
    ).split()

    @api.constrains("code", "value")
    def _check_value(self):
        for parameter in self:
            try:
                value = json.loads(parameter.value)
            except ValueError:
                value = None
            if problem := parameters.problem(parameter.code, value):
                raise ValidationError(
                    self.env._(
                        "The value %(value)s does not fit the parameter %(code)s: "
                        "%(problem)s is expected.",
                        value=parameter.value,
                        code=parameter.code,
                        problem=values.expected(problem),
                    )
                )
