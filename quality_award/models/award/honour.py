from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardHonour(models.Model):
    """A quality honour from outside, for which the governments here give a reward."""

    _name = "award.honour"
    _description = "Honour from Outside"
    _order = "awarded_on desc, id"
    _rec_name = "title"

    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="restrict", index=True
    )
    title = fields.Char(required=True)
    level = fields.Selection(
        [
            ("national", "National"),
            ("provincial", "Provincial"),
            ("international", "International"),
        ],
        required=True,
        default="national",
    )
    issuer = fields.Char(required=True)
    awarded_on = fields.Date(required=True)
    document_number = fields.Char()
    reward = fields.Integer("Reward (yuan)", help="Empty where none was decided.")
    rewarded_by = fields.Char(help="The government that gives it.")
    reward_document = fields.Char("Document of the Reward")
    rewarded_on = fields.Date("Reward Paid On")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _once = models.UniqueIndex(
        "(applicant_id, title, awarded_on)", "This honour is registered already."
    )
    _reward_not_negative = models.Constraint(
        "CHECK (reward >= 0)", "A reward is not below 0."
    )

    @api.constrains("rewarded_on", "reward", "reward_document")
    def _check_reward(self):
        for honour in self:
            if honour.rewarded_on and not (honour.reward and honour.reward_document):
                honour.applicant_id._refuse_honour()


class AwardApplicant(models.Model):
    _inherit = "award.applicant"

    honour_ids = fields.One2many(
        "award.honour",
        "applicant_id",
        "Honours from Outside",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def _refuse_honour(self):
        self.env["award.award"]._refuse(Refusal("reward_without_document"))
