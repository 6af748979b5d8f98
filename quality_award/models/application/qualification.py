from odoo import fields, models

from ..base.lifecycle import state_field


class AwardQualification(models.Model):
    """The office's qualification check of one application (资格审查)."""

    _name = "award.qualification"
    _description = "Qualification Check"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.qualification")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    received_on = fields.Date(readonly=True)
    line_ids = fields.One2many("award.qualification.line", "qualification_id")
    supplement_ids = fields.One2many("award.supplement", "qualification_id")
    note = fields.Text()
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id)")

    def _scheme_of(self):
        return self.application_id._scheme_of()


class AwardQualificationLine(models.Model):
    """The finding on one requirement."""

    _name = "award.qualification.line"
    _description = "Finding on a Requirement"
    _order = "qualification_id, requirement_id"
    _rec_name = "requirement_id"

    qualification_id = fields.Many2one(
        "award.qualification", required=True, ondelete="cascade", index=True
    )
    requirement_id = fields.Many2one(
        "award.requirement", required=True, ondelete="restrict", index=True
    )
    verdict = fields.Selection([("met", "Met"), ("not_met", "Not Met")])
    note = fields.Char()
    company_id = fields.Many2one(
        related="qualification_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(qualification_id, requirement_id)")


class AwardSupplement(models.Model):
    """A request to complete the material (补正), with its own time limit."""

    _name = "award.supplement"
    _description = "Supplement"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "items"

    state = state_field("award.supplement")
    qualification_id = fields.Many2one(
        "award.qualification", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        related="qualification_id.application_id", store=True, index=True
    )
    items = fields.Text()
    answer = fields.Text()
    sent_on = fields.Date(readonly=True)
    due_on = fields.Date(readonly=True)
    answered_on = fields.Date(readonly=True)
    company_id = fields.Many2one(
        related="qualification_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()
