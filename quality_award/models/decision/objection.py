import secrets

from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: Only these roles learn who raised an objection.
SENDER_GROUPS = "quality_award.group_office,quality_award.group_supervisor"


class AwardObjection(models.Model):
    """An objection raised during a notice; its sender is known to few."""

    _name = "award.objection"
    _description = "Objection"
    _inherit = ["award.stamped", "award.confidential", "award.closing"]
    _order = "id"
    _rec_name = "receipt"

    state = state_field("award.objection")
    receipt = fields.Char(readonly=True, copy=False)
    notice_id = fields.Many2one(
        "award.notice", required=True, ondelete="restrict", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    received_at = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now()
    )
    came_by = fields.Selection(
        [("letter", "Letter"), ("phone", "Phone"), ("visit", "Visit"), ("web", "Web")],
        required=True,
        default="letter",
    )
    sender_name = fields.Char(groups=SENDER_GROUPS)
    sender_contact = fields.Char(groups=SENDER_GROUPS)
    statement = fields.Text(required=True)
    report = fields.Text("Verification Report")
    outcome = fields.Selection(
        [
            ("upheld", "Upheld"),
            ("partly", "Partly Upheld"),
            ("not_upheld", "Not Upheld"),
            ("not_verifiable", "Not Verifiable"),
        ]
    )
    reported_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)

    _receipt_unique = models.UniqueIndex("(company_id, receipt)")

    def _scheme_of(self):
        return self.notice_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"receipt", "reported_on"})

    @api.model
    def _open_fields(self):
        return {
            "received": frozenset(
                {"application_id", "came_by", "sender_name", "sender_contact"}
            ),
            "admitted": frozenset({"report", "outcome"}),
        }

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._give_receipt()
            self.env["award.clock"]._start(
                record, "objection_receipt", on=record._local_day()
            )
        return records

    def _give_receipt(self):
        """A random number: it tells neither how many there are nor who comes when."""
        self.env.cr.execute(
            "UPDATE award_objection SET receipt = %s WHERE id = %s",
            [secrets.token_hex(5).upper(), self.id],
        )
        self.invalidate_recordset(["receipt"])

    def _local_day(self):
        return clock_rules.local_date(self.received_at, self._scheme_of().timezone)

    # -- acts ----------------------------------------------------------------
    def action_admit(self):
        """Take the objection up for investigation."""
        return self._apply_move("admit")

    def action_not_admit(self, reason=None):
        """Do not admit it, for a stated reason."""
        return self._with_reason("not_admit", reason)

    def _after_not_admit(self):
        self._stop_event("objection_receipt")

    def action_report(self, report=None, outcome=None):
        """File the written report with its outcome."""
        if report is not None or outcome is not None:
            self.write({"report": report, "outcome": outcome})
        today = self.env["award.clock"]._today()
        return self._apply_move("report", values={"reported_on": today})

    def _after_report(self):
        self._stop_event("objection_receipt")

    # -- guards --------------------------------------------------------------
    def _guard_not_withdrawn(self):
        return self._withdrawn_refusal()

    def _guard_in_period(self):
        notice = self.notice_id
        if self.application_id not in notice.list_id._in_cases():
            return Refusal("case_not_on_notice")
        day = self._local_day()
        if not notice.published_on or not notice.published_on <= day <= notice.last_day:
            return Refusal(
                "objection_out_of_period",
                notice._clause_of("notice_days"),
                {
                    "on": day,
                    "first": notice.published_on or "—",
                    "last": notice.last_day or "—",
                },
            )
        if not (self.sender_name or "").strip() and (
            notice._says("objection_anonymous") == "refuse"
        ):
            return Refusal(
                "objection_anonymous", notice._clause_of("objection_anonymous")
            )
        return None

    def _guard_report_given(self):
        if not (self.report or "").strip() or not self.outcome:
            return Refusal("report_missing", self.notice_id.stage_id.clause_id.code)
        return None
