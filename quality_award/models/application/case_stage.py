from odoo import fields, models

from ..base.lifecycle import state_field


class AwardCaseStage(models.Model):
    """Where an application is: one row for each stage it has entered."""

    _name = "award.case.stage"
    _description = "Stage of an Application"
    _inherit = ["award.lifecycle"]
    _order = "application_id, id"

    state = state_field("award.case.stage")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="cascade", index=True
    )
    scheme_stage_id = fields.Many2one(
        "award.stage", "Stage", required=True, ondelete="restrict", index=True
    )
    opened_on = fields.Date(required=True, readonly=True)
    closed_on = fields.Date(readonly=True)
    note = fields.Char(readonly=True)
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _one_open = models.UniqueIndex(
        "(application_id, scheme_stage_id) WHERE state = 'open'"
    )

    def _scheme_of(self):
        return self.scheme_stage_id.scheme_id
