from odoo import api, fields, models

from ...rules import message_text
from ...rules.refusal import Refusal


class AwardCall(models.Model):
    """A telephone call that somebody of the office made, with its result."""

    _name = "award.call"
    _description = "Telephone Call"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "at desc, id desc"
    _rec_name = "person"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    recommender_id = fields.Many2one(
        "award.recommender",
        ondelete="restrict",
        index="btree_not_null",
        help="Where the call was about the recommendation.",
    )
    at = fields.Datetime(
        "Called At", required=True, default=lambda self: fields.Datetime.now()
    )
    caller_id = fields.Many2one("res.users", readonly=True)
    person = fields.Char("Person Called", required=True)
    number = fields.Char("Number Called", groups="quality_award.group_office")
    number_shown = fields.Char("Number", compute="_compute_number_shown")
    result = fields.Selection(
        [
            ("reached", "Reached"),
            ("no_answer", "No Answer"),
            ("wrong_number", "Wrong Number"),
            ("refused", "Refused"),
        ],
        required=True,
    )
    about = fields.Char()
    note = fields.Text()
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    @api.depends("number")
    def _compute_number_shown(self):
        for call in self:
            number = call.sudo().number or ""  # sudo: shown masked
            call.number_shown = message_text.masked(number)

    @api.onchange("application_id")
    def _onchange_application_id(self):
        """Propose the liaison officer of the applicant."""
        applicant = self.application_id.applicant_id
        if applicant and not self.person:
            self.person, self.number, _email = applicant._contacts()[0]

    def _scheme_of(self):
        return self.application_id._scheme_of()

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # strangers learn nothing of the rules
        calls = super().create(vals_list)
        for call in calls:
            if call.at > fields.Datetime.now():
                call.application_id._refuse(Refusal("call_future"))
        kept = calls.sudo()  # sudo: who called, read-only for people
        kept.write({"caller_id": self.env.uid})
        return calls

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            self.application_id[:1]._refuse(Refusal("call_kept"))
        return super().write(vals)


class AwardApplication(models.Model):
    _inherit = "award.application"

    call_ids = fields.One2many("award.call", "application_id")
    message_out_ids = fields.One2many(
        "award.outbox.message", "application_id", "Outgoing Messages"
    )

    def action_book_call(self):
        """Book a call on this case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Book a Call"),
            "res_model": "award.call",
            "view_mode": "form",
            "target": "new",
            "context": {"default_application_id": self.id},
        }
