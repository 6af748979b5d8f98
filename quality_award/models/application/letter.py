from odoo import fields, models

from ..base.lifecycle import state_field


class AwardLetter(models.Model):
    """A written notice to an applicant, and the proof that it was served (送达)."""

    _name = "award.letter"
    _description = "Letter to an Applicant"
    _inherit = ["award.lifecycle"]
    _order = "id"
    _rec_name = "subject"

    state = state_field("award.letter")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("not_recommended", "Not Recommended"),
            ("not_accepted", "Not Accepted"),
            ("supplement", "Supplement"),
            ("not_shortlisted", "Not on the On-site List"),
            ("result", "Result"),
            ("objection", "Answer to an Objection"),
        ],
        required=True,
    )
    subject = fields.Char(required=True)
    body = fields.Text()
    clause = fields.Char()
    document_number = fields.Char(help="Given by the agency's register, never invented.")
    sent_on = fields.Date(readonly=True)
    served_on = fields.Date()
    served_how = fields.Selection(
        [
            ("portal", "Portal"),
            ("post", "Post"),
            ("hand", "By Hand"),
            ("sms", "Text Message"),
        ]
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()
