from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: Code of the clock of a certificate.
VALIDITY = "validity"


class AwardAward(models.Model):
    """An award given: who, in which edition, with which certificate.

    Awards of editions before the system are registered without an application.
    """

    _name = "award.award"
    _description = "Award"
    _inherit = ["award.stamped"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.award")
    title = fields.Char("Winner", required=True)
    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="restrict", index=True
    )
    application_id = fields.Many2one(
        "award.application",
        "Case",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    edition_id = fields.Many2one(
        "award.edition", ondelete="restrict", index="btree_not_null", readonly=True
    )
    approval_id = fields.Many2one(
        "award.approval", ondelete="restrict", index="btree_not_null", readonly=True
    )
    class_code = fields.Char("Award Class", required=True)
    scheme_code = fields.Char("Award Scheme", required=True)
    term = fields.Integer("Edition No.", required=True, aggregator=None)
    award_year = fields.Integer(required=True, aggregator=None)
    awarded_on = fields.Date(required=True)
    is_repeat = fields.Boolean("Repeat Winner", readonly=True)
    is_historic = fields.Boolean(
        "Earlier Edition", compute="_compute_is_historic", store=True
    )
    certificate_number = fields.Char()
    valid_until = fields.Date()
    revocation_number = fields.Char("Revocation Document")
    prize_ids = fields.One2many("award.prize", "award_id")
    obligation_ids = fields.One2many("award.obligation", "award_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _once = models.UniqueIndex(
        "(application_id) WHERE application_id IS NOT NULL",
        "This case has its award already.",
    )
    _certificate_unique = models.UniqueIndex(
        "(company_id, certificate_number) WHERE certificate_number IS NOT NULL",
        "This certificate number is taken.",
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _open_fields(self):
        return {
            "valid": frozenset({"revocation_number", "prize_ids", "obligation_ids"})
        }

    @api.depends("edition_id")
    def _compute_is_historic(self):
        for record in self:
            record.is_historic = not record.edition_id

    # -- born of a grant, or of an edition before the system -------------------
    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            if not record._may_be_born():
                record._refuse(Refusal("award_without_approval"))
        records._start_validity()
        return records

    def _may_be_born(self):
        """From an approval that names the case, or of an edition not kept here."""
        me = self.sudo()  # sudo: a yes or no
        if me.approval_id or me.application_id or me.edition_id:
            return (
                me.approval_id.state == "approved"
                and me.application_id in me.approval_id.list_id._in_cases()
                and me.edition_id == me.application_id.edition_id
                and me.applicant_id == me.application_id.applicant_id
            )
        return not me.env["award.edition"].search_count(
            [
                ("scheme_id.code", "=", me.scheme_code),
                ("term", "=", me.term),
                ("company_id", "=", me.company_id.id),
                ("state", "!=", "cancelled"),
            ],
            limit=1,
        )

    # -- acts ----------------------------------------------------------------
    def action_expire(self):
        """The certificate is out of date; that it was won remains true."""
        return self._apply_move("expire")

    def action_revoke(self, reason=None):
        """Revoke the award on the document entered; its duties end."""
        return self._with_reason("revoke", reason)

    def _after_revoke(self):
        self.env["award.clock"]._void(self)
        owed = self.obligation_ids.filtered(lambda o: o.state == "owed")
        owed._apply_move("waive", reason=self.env._("The award was revoked."))

    def _after_expire(self):
        self.env["award.clock"]._expired(self, VALIDITY)

    def _expire_expire(self):
        """The certificate expires by itself: that is what a last day says."""
        return self._each("expire")

    def _start_validity(self):
        """The clock of the certificate, for those that have a last day."""
        for record in self.sudo():  # sudo: clocks are kept by acts, not people
            if not record.valid_until:
                continue
            scheme = record._scheme_of()
            clause = scheme._parameter("certificate_years").clause_id
            self.env["award.clock"]._start_figure(
                record,
                {"name": "证书有效期", "name_en": "Certificate", "code": VALIDITY},
                ("calendar_day", (record.valid_until - record.awarded_on).days),
                on=record.awarded_on,
                role="office",
                clause=clause,
                on_expiry="expire",
            )

    def _clock_party(self, role):
        return self.applicant_id if role == "applicant" else None

    # -- guards --------------------------------------------------------------
    def _guard_past_validity(self):
        """The last day belongs to the validity."""
        if not self.valid_until or self.valid_until >= self.env["award.clock"]._today():
            return Refusal(
                "still_valid",
                self._scheme_of()._clause_of("certificate_years")
                if self.edition_id
                else None,
                {"until": self.valid_until or "—"},
            )
        return None

    def _guard_revocation_document(self):
        if not (self.revocation_number or "").strip():
            return Refusal("revocation_document_missing")
        return None

    @api.model
    def _valid_until(self, awarded_on, years):
        """Last day of a certificate: the corresponding day, or none without term."""
        if not years:
            return False
        return clock_rules.due(awarded_on, clock_rules.Length(clock_rules.YEAR, years))
