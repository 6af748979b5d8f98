from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardCommittee(models.Model):
    """The award committee with its approved roster.

    Its term runs until the next roster is approved.
    """

    _name = "award.committee"
    _description = "Award Committee"
    _inherit = ["award.bilingual", "award.stamped"]
    _order = "id desc"

    state = state_field("award.committee")
    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="restrict", index=True
    )
    approval_number = fields.Char("Approval Document")
    approved_on = fields.Date()
    published_at = fields.Char(help="Where the roster was published.")
    member_ids = fields.One2many("award.committee.member", "committee_id")
    member_count = fields.Integer("Members", compute="_compute_member_count")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.scheme_id

    @api.model
    def _open_fields(self):
        draft = "name_zh name_en scheme_id approval_number approved_on published_at"
        return {
            "draft": frozenset({*draft.split(), "member_ids"}),
            "approved": frozenset({"published_at"}),
        }

    def _compute_member_count(self):
        counts = dict(
            self.env["award.committee.member"]
            .sudo()  # sudo: a number only
            ._read_group(
                [("committee_id", "in", self.ids)], ["committee_id"], ["__count"]
            )
        )
        for record in self:
            record.member_count = counts.get(record, 0)

    def action_approve(self):
        """The roster is approved; the committee before it ends its term."""
        return self._apply_move("approve")

    def _after_approve(self):
        for record in self:
            earlier = self.search(
                [
                    ("scheme_id", "=", record.scheme_id.id),
                    ("state", "=", "approved"),
                    ("id", "!=", record.id),
                ]
            ).filtered(lambda other, body=record.body_id: other._is_of(body))
            earlier._apply_move("end")

    def action_end(self):
        """End the term."""
        return self._apply_move("end")

    def _guard_approval_document(self):
        if not (self.approval_number and self.approved_on and self.member_ids):
            return Refusal("approval_document_missing")
        return None


class AwardCommitteeMember(models.Model):
    """A member with the office held; the roster is closed by its approval."""

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
    company_id = fields.Many2one(
        related="committee_id.company_id", store=True, index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._refuse_if_closed()
        return members

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        if set(vals) - {"user_id"}:  # a login may be given to a member later
            self._refuse_if_closed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._refuse_if_closed()

    def _refuse_if_closed(self):
        for committee in self.committee_id:
            if committee.state != "draft":
                committee._refuse_closed({"member_ids"})
