from odoo import fields, models

#: Fields of the company that the award's own administrator sets.
SETTINGS = (
    "award_days_owner",
    "award_days_section_head",
    "award_days_office_head",
    "award_days_leading_body",
    "award_section_head_ids",
    "award_leading_body_ids",
)


class AwardClockSettings(models.TransientModel):
    """The agency's ladder of escalation, for the award's administrator.

    He has no right to write companies; this form writes these fields and no other.
    """

    _name = "award.clock.settings"
    _description = "Escalation of Time Limits"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda s: s.env.company
    )
    award_days_owner = fields.Integer(
        "Urge the Owner After", default=lambda s: s.env.company.award_days_owner
    )
    award_days_section_head = fields.Integer(
        "Urge the Section Head After",
        default=lambda s: s.env.company.award_days_section_head,
    )
    award_days_office_head = fields.Integer(
        "Urge the Head of Office After",
        default=lambda s: s.env.company.award_days_office_head,
    )
    award_days_leading_body = fields.Integer(
        "Supervised Order to the Leading Body After",
        default=lambda s: s.env.company.award_days_leading_body,
    )
    award_section_head_ids = fields.Many2many(
        "res.users",
        "award_clock_settings_section_rel",
        string="Section Heads",
        default=lambda s: s.env.company.award_section_head_ids,
    )
    award_leading_body_ids = fields.Many2many(
        "res.users",
        "award_clock_settings_leading_rel",
        string="Leading Body",
        default=lambda s: s.env.company.award_leading_body_ids,
    )

    def action_apply(self):
        """Write the settings on the user's company."""
        self.ensure_one()
        values = {}
        for name in SETTINGS:
            value = self[name]
            is_people = name.endswith("_ids")
            values[name] = [fields.Command.set(value.ids)] if is_people else value
        self.env.company.sudo().write(values)  # sudo: these fields of one company only
        return {"type": "ir.actions.act_window_close"}
