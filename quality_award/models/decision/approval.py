from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardApproval(models.Model):
    """A list submitted to a body for approval, and its reply (报批, 批复).

    A scheme may have several approvals in a row, each by its own body. The decision
    is taken on paper; it is registered here by another person than the one who
    submitted the list, with the number and date that the document bears. While it is
    pending (报批中) no time limit runs: nobody may set the body one.
    """

    _name = "award.approval"
    _description = "Approval"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"
    _rec_name = "list_id"

    state = state_field("award.approval")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one(
        "award.list", required=True, ondelete="restrict", index=True
    )
    stage_id = fields.Many2one(
        "award.stage",
        "Approval Stage",
        ondelete="restrict",
        compute="_compute_stage_id",
        store=True,
        precompute=True,
    )
    list_hash = fields.Char("Seal of the List", readonly=True)
    body_id = fields.Many2one(
        "award.body",
        "Approving Body",
        required=True,
        ondelete="restrict",
        compute="_compute_body_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    submission_number = fields.Char(
        "Number of the Submission", help="As the letter to the body bears it."
    )
    submitted_on = fields.Date(readonly=True)
    submitted_by_id = fields.Many2one("res.users", "Submitted by", readonly=True)
    document_number = fields.Char()
    document_date = fields.Date()
    line_ids = fields.One2many(related="list_id.line_ids", string="Names")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _stamps(self):
        return frozenset({"list_hash", "submitted_on", "submitted_by_id"})

    @api.model
    def _open_fields(self):
        return {
            "draft": frozenset(
                {"edition_id", "list_id", "stage_id", "body_id", "submission_number"}
            ),
            "pending": frozenset({"document_number", "document_date"}),
        }

    @api.depends("list_id")
    def _compute_stage_id(self):
        """The approval at which the names of the list wait, else the first after it."""
        for record in self:
            award_list = record.list_id._facts()
            approvals = award_list._stages().filtered(
                lambda stage, here=award_list.stage_id: (
                    stage.kind == "approval" and stage.sequence >= here.sequence
                )
            )
            waiting = award_list._in_cases().stage_id & approvals
            record.stage_id = (waiting or approvals)[:1]

    @api.depends("edition_id", "stage_id")
    def _compute_body_id(self):
        for record in self:
            bodies = record.edition_id.scheme_id.body_ids
            record.body_id = record.stage_id._deciding_body() or bodies.filtered(
                lambda body: body.role == "government"
            )[:1]

    # -- acts ----------------------------------------------------------------
    def action_submit(self):
        """Submit the list as it was adopted; from here on its seal is compared."""
        for record in self:
            record._apply_move(
                "submit",
                values={
                    "list_hash": record.list_id.content_hash,
                    "submitted_on": self.env["award.clock"]._today(),
                    "submitted_by_id": self.env.uid,
                },
            )
        return True

    def action_approve(self, document_number=None, document_date=None):
        """Register the approval; the cases go on to the award."""
        if document_number is not None or document_date is not None:
            self.write(
                {"document_number": document_number, "document_date": document_date}
            )
        return self._apply_move("approve")

    def _after_approve(self):
        for record in self.sudo():  # sudo: the approving clerk reads no case
            cases = record._live_cases("approval").filtered(
                lambda case, stage=record.stage_id: case.stage_id == stage
            )
            if cases:
                cases._advance(note=record.document_number)

    def action_refuse(self, reason=None):
        """Register that the government did not approve; a shorter list may follow."""
        return self._with_reason("refuse", reason)

    def _live_cases(self, stage_kind):
        """Cases put forward by the list that stand at a stage of this kind."""
        return self.list_id._in_cases().filtered(
            lambda case: (
                case.stage_id.kind == stage_kind
                and case.state in {"submitted", "accepted"}
            )
        )

    # -- guards --------------------------------------------------------------
    def _guard_list_adopted(self):
        facts = self.list_id._facts()
        if (
            facts.state != "adopted"
            or facts.edition_id != self.edition_id
            or not self._follows(facts)
        ):
            return Refusal("approval_list_not_final", self._approval_clause())
        return None

    def _follows(self, award_list):
        """Whether the list is the last one before this approval, its names here."""
        later = award_list._adopted_of_class().filtered(
            lambda other: (
                (other.stage_id.sequence, other.id)
                > (award_list.stage_id.sequence, award_list.id)
            )
        )
        elsewhere = award_list._in_cases().filtered(
            lambda case: (
                case.state in {"submitted", "accepted"}
                and case.stage_id != self.stage_id
            )
        )
        return self.stage_id and not later and not elsewhere

    def _guard_unchanged(self):
        """The list is the one that was adopted and, later, the one submitted."""
        sealed = self.list_id._facts().content_hash
        if not self.list_id._is_unchanged() or (
            self.list_hash and self.list_hash != sealed
        ):
            return Refusal("list_changed", self._approval_clause())
        return None

    def _guard_document_given(self):
        if not (self.document_number or "").strip() or not self.document_date:
            return Refusal("document_missing", self._approval_clause())
        if self.document_date > self.env["award.clock"]._today():
            return Refusal("document_date_future", values={"date": self.document_date})
        if self.sudo().submitted_by_id == self.env.user:  # sudo: users may be hidden
            return Refusal("second_clerk", values={"first": self.env.user.name})
        return None

    def _approval_clause(self):
        stages = self._scheme_of().stage_ids.filtered(lambda s: s.kind == "approval")
        return (self.stage_id or stages[:1]).clause_id.code
