"""The stages as a board: in order, for all classes or for one."""

from odoo import api, fields, models
from odoo.fields import Domain


class AwardStage(models.Model):
    _inherit = "award.stage"

    for_class_id = fields.Many2one(
        "award.class",
        compute="_compute_for_class_id",
        search="_search_for_class_id",
        export_string_translation=False,
    )
    clock_rule_ids = fields.One2many("award.clock.rule", "stage_id", "Time Limits")

    def _compute_for_class_id(self):
        self.for_class_id = False  # asked for in searches only

    @api.model
    def _search_for_class_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = Domain("class_ids", "=", False) | Domain("class_ids", "in", value)
        classes = self.env["award.class"].browse([id_ for id_ in value if id_])
        return wanted & Domain("scheme_id", "in", classes.scheme_id.ids)


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def action_stage_board(self):
        """The stages of the scheme in order, to be moved by hand."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "quality_award.award_stage_board_action"
        )
        action["domain"] = [("scheme_id", "=", self.id)]
        action["context"] = {"default_scheme_id": self.id}
        action["display_name"] = self.env._(
            "Stages: %(scheme)s", scheme=self.display_name
        )
        return action


class AwardClass(models.Model):
    _inherit = "award.class"

    def action_stage_board(self):
        """The stages that the class passes, in order."""
        self.ensure_one()
        action = self.scheme_id.action_stage_board()
        action["context"] |= {"search_default_for_class_id": self.id}
        return action
