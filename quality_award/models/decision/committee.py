from odoo import fields, models

from ..base.lifecycle import state_field


class AwardCommittee(models.Model):
    """The award committee with its approved roster."""

    _name = "award.committee"
    _description = "Award Committee"
    _inherit = ["award.bilingual", "award.lifecycle"]
    _order = "id desc"

    state = state_field("award.committee")
    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="restrict", index=True
    )
    approval_number = fields.Char("Approval Document")
    approved_on = fields.Date()
    published_at = fields.Char(help="Where the roster was published.")
    member_ids = fields.One2many("award.committee.member", "committee_id")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.scheme_id


class AwardCommitteeMember(models.Model):
    _name = "award.committee.member"
    _description = "Committee Member"
    _order = "committee_id, sequence, id"

    committee_id = fields.Many2one(
        "award.committee", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True)
    sequence = fields.Integer()
    user_id = fields.Many2one("res.users", ondelete="restrict", index="btree_not_null")
    office = fields.Selection(
        [("head", "Head"), ("deputy", "Deputy Head"), ("member", "Member")],
        required=True,
        default="member",
    )
    standing_for = fields.Selection(
        [
            ("scholar", "Scholar"),
            ("quality_expert", "Quality Expert"),
            ("government", "Government"),
        ],
        required=True,
        default="government",
    )
    company_id = fields.Many2one(related="committee_id.company_id", store=True, index=True)
