from odoo import api, fields, models


class AwardEdition(models.Model):
    _inherit = "award.edition"

    panel_ids = fields.One2many("award.panel", "edition_id")
    undertaking_signed = fields.Boolean(compute="_compute_undertaking_signed")

    @api.depends_context("uid")
    def _compute_undertaking_signed(self):
        """Has the current user signed for this edition?"""
        signed = (
            self.env["award.undertaking"]
            .sudo()  # sudo: one's own signature, whatever else one may read
            .search([("user_id", "=", self.env.uid), ("edition_id", "in", self.ids)])
        )
        for edition in self:
            edition.undertaking_signed = edition in signed.edition_id

    def action_sign_undertaking(self):
        """Sign the undertaking of each edition as the current user."""
        for edition in self:
            self.env["award.undertaking"].action_sign(edition.id)
