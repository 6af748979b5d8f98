from odoo import fields, models

from ..base.lifecycle import state_field


class AwardConsultation(models.Model):
    """A letter to one department about the cases of a list, and its sealed reply."""

    _name = "award.consultation"
    _description = "Consultation Letter"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "body_id"

    state = state_field("award.consultation")
    list_id = fields.Many2one("award.list", required=True, ondelete="restrict", index=True)
    edition_id = fields.Many2one(related="list_id.edition_id", store=True, index=True)
    body_id = fields.Many2one(
        "award.body", "Department", required=True, ondelete="restrict", index=True
    )
    sent_on = fields.Date(readonly=True)
    received_on = fields.Date("Received by the Department")
    reply_number = fields.Char()
    reply_date = fields.Date()
    entered_by_id = fields.Many2one("res.users", readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True)
    opinion_ids = fields.One2many("award.consultation.opinion", "consultation_id")
    company_id = fields.Many2one(related="list_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(list_id, body_id)")

    def _scheme_of(self):
        return self.list_id._scheme_of()


class AwardConsultationOpinion(models.Model):
    _name = "award.consultation.opinion"
    _description = "Opinion of a Department"
    _inherit = ["award.confidential"]
    _order = "consultation_id, id"
    _rec_name = "application_id"

    consultation_id = fields.Many2one(
        "award.consultation", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    verdict = fields.Selection([("none", "No Comment"), ("adverse", "Adverse")])
    evidence = fields.Text()
    finding = fields.Selection(
        [("substantiated", "Substantiated"), ("unsubstantiated", "Not Substantiated")]
    )
    finding_note = fields.Text()
    company_id = fields.Many2one(
        related="consultation_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(consultation_id, application_id)")
