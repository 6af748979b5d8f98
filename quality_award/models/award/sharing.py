from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardSharing(models.Model):
    """Something done to spread a winner's practice: by the winner, or by the agency."""

    _name = "award.sharing"
    _description = "Sharing Activity"
    _order = "held_on desc, id desc"
    _rec_name = "title"

    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [("sharing", "By the Winner"), ("publicity", "By the Agency")],
        "Held",
        required=True,
        default="sharing",
    )
    form = fields.Selection(
        [
            ("lecture", "Lecture"),
            ("open_day", "Open Day"),
            ("training", "Training"),
            ("case", "Published Case"),
            ("media", "Report in the Media"),
            ("other", "Other"),
        ],
        required=True,
        default="lecture",
    )
    held_on = fields.Date(required=True)
    title = fields.Char(required=True)
    place = fields.Char("Place or Medium")
    audience = fields.Integer("Participants")
    secrets_left_out = fields.Boolean(
        "Trade Secrets Left Out", help="Confirmed with the winner."
    )
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    _not_negative = models.Constraint(
        "CHECK (audience >= 0)", "A number of participants is not below 0."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Nothing is entered for a title that has been taken away."""
        activities = super().create(vals_list)
        for award in activities.award_id:
            if award.state == "revoked":
                award._refuse(Refusal("sharing_of_revoked"))
        return activities

    def write(self, vals):
        """Whose activity it was, and which duty it meets, stays as entered."""
        self.check_access("write")  # strangers learn nothing of the rules
        for name in ("award_id", "kind"):
            for activity in self if name in vals else ():
                if activity._fields[name].convert_to_write(
                    activity[name], activity
                ) != vals[name]:
                    activity.award_id._refuse(Refusal("sharing_kept"))
        return super().write(vals)

    @api.constrains("secrets_left_out", "held_on")
    def _check_register(self):
        """The register holds what took place, and no trade secret of a winner."""
        today = self.env["award.clock"]._today()
        for activity in self:
            if activity.held_on > today:
                values = {"on": activity.held_on}
                activity.award_id._refuse(Refusal("sharing_in_future", values=values))
            if not activity.secrets_left_out:
                activity.award_id._refuse(Refusal("secrets_not_asked"))


class AwardAward(models.Model):
    _inherit = "award.award"

    sharing_ids = fields.One2many("award.sharing", "award_id", "Sharing Activities")

    def _open_fields(self):
        found = super()._open_fields()
        more = frozenset({"sharing_ids"})
        return {
            **found,
            "valid": found["valid"] | more,
            "expired": found.get("expired", frozenset()) | more,
        }


class AwardObligation(models.Model):
    _inherit = "award.obligation"

    activity_count = fields.Integer(
        "Activities", compute="_compute_activity_count", help="In the register."
    )

    @api.depends("award_id.sharing_ids.kind", "kind")
    def _compute_activity_count(self):
        counts = {
            (award, kind): count
            for award, kind, count in self.env["award.sharing"]._read_group(
                [("award_id", "in", self.award_id.ids)],
                ["award_id", "kind"],
                ["__count"],
            )
        }
        for owed in self:
            owed.activity_count = counts.get((owed.award_id, owed.kind), 0)

    def _guard_content_given(self):
        """The register of activities speaks for itself; else the report has words."""
        if self.activity_count:
            return None
        return super()._guard_content_given()
