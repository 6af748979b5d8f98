from odoo import api, fields, models

from ...rules.refusal import Refusal
from .list_guards import names

#: Largest file of a proof, in bytes.
MOST = 10 * 1024 * 1024


class AwardNoticeChannel(models.Model):
    """Where a notice appears, with the proof of it."""

    _name = "award.notice.channel"
    _description = "Channel of a Notice"
    _order = "notice_id, id"
    _rec_name = "kind"

    notice_id = fields.Many2one(
        "award.notice", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("government_site", "Government Website"),
            ("media", "Media"),
            ("inside_applicant", "Inside the Applicant"),
        ],
        required=True,
    )
    proof = fields.Char(required=True, help="Page address, medium and issue, or photo.")
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        self.notice_id._refuse_if_published()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.notice_id._refuse_if_published()


class AwardNoticeProof(models.Model):
    """The proof that a notice hung inside one applicant: a file and its days."""

    _name = "award.notice.proof"
    _description = "Proof of a Notice Inside the Applicant"
    _inherit = ["award.confidential"]
    _order = "notice_id, id"
    _rec_name = "title"

    notice_id = fields.Many2one(
        "award.notice", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", compute="_compute_title", store=True)
    posted_on = fields.Date("First Day Posted", required=True)
    posted_until = fields.Date("Last Day Posted", required=True)
    place = fields.Char(help="Where in the unit it hung.")
    proof_file = fields.Binary("Photo or Statement", required=True, attachment=True)
    file_name = fields.Char()
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(notice_id, application_id)", "This applicant has handed in its proof."
    )

    @api.depends("application_id")
    def _compute_title(self):
        for record in self:
            record.title = record.application_id.applicant_id.name

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._refuse_if_closed()
            record._refuse_unfit()
        return records

    def write(self, vals):
        self._refuse_if_closed()
        result = super().write(vals)
        for record in self:
            record._refuse_unfit()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._refuse_if_closed()

    def _refuse_if_closed(self):
        for notice in self.notice_id:
            if notice.state == "closed":
                notice._refuse_closed({"proof_ids"})

    def _refuse_unfit(self):
        """The proof is of a case on the notice, of days that are over, of some size."""
        notice = self.notice_id
        if self.application_id not in notice.list_id._facts()._in_cases():
            notice._refuse(Refusal("case_not_on_notice"))
        today = self.env["award.clock"]._today()
        if not self.posted_on <= self.posted_until <= today:
            values = {"first": self.posted_on, "last": self.posted_until}
            notice._refuse(Refusal("proof_days_wrong", values=values))
        if len(self.with_context(bin_size=False).proof_file or b"") * 3 // 4 > MOST:
            notice._refuse(Refusal("proof_too_large", values={"most": MOST // 2**20}))


class AwardNotice(models.Model):
    _inherit = "award.notice"

    proof_ids = fields.One2many(
        "award.notice.proof",
        "notice_id",
        "Inside the Applicants",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    is_in_house = fields.Boolean(compute="_compute_is_in_house")

    @api.depends("list_id", "channel_ids.kind", "state")
    def _compute_is_in_house(self):
        for record in self:
            record.is_in_house = bool(record.list_id) and record._in_house()

    def _in_house(self):
        """Whether the notice also hangs inside each applicant."""
        return "in_house" in (self._says("notice_channels") or ()) or (
            "inside_applicant" in self.channel_ids.mapped("kind")
        )

    def _refuse_if_published(self):
        """Channels may be added while the notice runs, not changed or taken away."""
        for record in self:
            if record.state != "draft":
                record._refuse_closed({"channel_ids"})

    def _guard_in_house(self):
        """Each applicant has proved that the notice hung long enough inside it."""
        if not self._in_house():
            return None
        facts = self.sudo()  # sudo: whether proofs are there, whoever closes
        clause = facts._clause_of("notice_channels")
        proofs = {proof.application_id: proof for proof in facts.proof_ids}
        cases = facts.list_id._in_cases().filtered(
            lambda case: case.state in {"submitted", "accepted"}
        )
        missing = cases.filtered(lambda case: case not in proofs)
        if missing:
            return Refusal("in_house_missing", clause, {"cases": names(missing)})
        minimum = facts._minimum() or facts.days
        short = cases.filtered(
            lambda case: facts._is_short(
                proofs[case].posted_on, proofs[case].posted_until, minimum
            )
        )
        if short:
            values = {"cases": names(short), "minimum": minimum}
            return Refusal("in_house_too_short", clause, values)
        return None
