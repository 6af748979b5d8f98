from odoo import fields, models

from ..base.lifecycle import state_field


class AwardPanel(models.Model):
    """A review panel (专家评审组): members, one of them the leader, and its cases."""

    _name = "award.panel"
    _description = "Review Panel"
    _inherit = ["award.lifecycle"]
    _order = "id"

    state = state_field("award.panel")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    trade_ids = fields.Many2many("award.trade")
    mode = fields.Selection(
        [("select", "Selection (遴选)"), ("draw", "Draw (抽取)"), ("mixed", "Mixed")],
        required=True,
        default="select",
    )
    member_ids = fields.One2many("award.panel.member", "panel_id")
    assignment_ids = fields.One2many("award.assignment", "panel_id")
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardPanelMember(models.Model):
    _name = "award.panel.member"
    _description = "Member of a Panel"
    _order = "panel_id, id"
    _rec_name = "expert_id"

    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="cascade", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    is_leader = fields.Boolean("Panel Leader")
    reason = fields.Char(help="Why and by whom this person was selected.")
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(panel_id, expert_id)")
    _one_leader = models.UniqueIndex("(panel_id) WHERE is_leader")


class AwardAssignment(models.Model):
    """A case given to a panel. Points to the version that experts read."""

    _name = "award.assignment"
    _description = "Case of a Panel"
    _order = "panel_id, id"
    _rec_name = "submission_id"

    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="cascade", index=True
    )
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id)")
