from odoo import fields, models

from ..base.lifecycle import state_field


class AwardApplication(models.Model):
    """The office's case: one organisation applying in one edition.

    What others see of it are models of their own: the frozen submission, the sheet,
    the result. Applicants reach it through portal routes only.
    """

    _name = "award.application"
    _description = "Application"
    _inherit = ["mail.thread", "award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.application")
    name = fields.Char("Case Number", readonly=True, copy=False, default="/")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one(
        "award.class", required=True, ondelete="restrict", index=True
    )
    organisation_id = fields.Many2one(
        "award.organisation", required=True, ondelete="restrict", index=True
    )
    recommender_id = fields.Many2one(
        "award.recommender", ondelete="restrict", index="btree_not_null"
    )
    trade_id = fields.Many2one("award.trade", ondelete="restrict", index="btree_not_null")
    stage_id = fields.Many2one(
        "award.stage", "Stage", readonly=True, copy=False, index="btree_not_null"
    )
    registered_at = fields.Datetime("Registered Online At", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    case_stage_ids = fields.One2many("award.case.stage", "application_id")
    chapter_ids = fields.One2many("award.chapter", "application_id")
    submission_ids = fields.One2many("award.submission", "application_id")
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    _one_per_edition = models.UniqueIndex(
        "(edition_id, organisation_id) WHERE state NOT IN ('withdrawn')",
        "This organisation already has an application in this edition.",
    )

    def _guarded_columns(self):
        return ("state", "stage_id")

    def _scheme_of(self):
        return self.edition_id.scheme_id
