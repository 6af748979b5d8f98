from odoo import api, fields, models

from ..base.lifecycle import state_field


class AwardCaseStage(models.Model):
    """Where an application is: one row for each stage it has entered."""

    _name = "award.case.stage"
    _description = "Stage of an Application"
    _inherit = ["award.lifecycle", "award.closing"]
    _order = "application_id, id"
    _rec_name = "scheme_stage_id"

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

    def _roles_on(self):
        """Who moves the case moves its rows; nobody moves a row by itself."""
        roles = super()._roles_on()
        rows = self.sudo()  # sudo: roles are asked for before the right to read
        on_cases = rows.application_id._roles_on()
        for row in rows:
            roles[row.id] |= on_cases.get(row.application_id.id, set())
        return roles

    @api.model
    def _open(self, applications, stage):
        """Open a row at `stage` for each case."""
        today = self.env["award.clock"]._today()
        return self.sudo().create(  # sudo: opened by moves, nobody may write
            [
                {
                    "application_id": application.id,
                    "scheme_stage_id": stage.id,
                    "opened_on": today,
                }
                for application in applications
            ]
        )

    @api.model
    def _pass(self, applications, stage=None, note=None):
        """Pass the open rows of the cases, those at `stage` or all of them."""
        rows = self._rows_open(applications, stage)
        return rows._apply_move("pass", values=self._closing(note))

    @api.model
    def _fail(self, applications, note=None):
        """The open rows of the cases end without success."""
        rows = self._rows_open(applications)
        return rows._apply_move("fail", values=self._closing(note))

    def _closing(self, note):
        return {"closed_on": self.env["award.clock"]._today(), "note": note}

    def _rows_open(self, applications, stage=None):
        domain = [("application_id", "in", applications.ids), ("state", "=", "open")]
        if stage:
            domain.append(("scheme_stage_id", "=", stage.id))
        return self.sudo().search(domain)  # sudo: as in `_open`
