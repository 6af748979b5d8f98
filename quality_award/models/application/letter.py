from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: What stays once a letter was sent.
KEPT = set("application_id kind subject body clause issued_by_id sealed_by_id".split())


class AwardLetter(models.Model):
    """A written notice to an applicant, and the proof that it was served (送达)."""

    _name = "award.letter"
    _description = "Letter to an Applicant"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
        "award.issued",
    ]
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
    body = fields.Text("Text")
    clause = fields.Char()
    document_number = fields.Char(
        help="Given by the agency's register, never invented."
    )
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
    scheme_id = fields.Many2one(related="application_id.edition_id.scheme_id")
    is_sent = fields.Boolean(compute="_compute_is_sent")
    is_served = fields.Boolean(compute="_compute_is_sent")
    is_demo = fields.Boolean(related="application_id.is_demo")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    @api.depends("state")
    def _compute_is_sent(self):
        for letter in self:
            letter.is_sent = letter.state != "draft"
            letter.is_served = letter.state == "served"

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _day_of_issue(self):
        return self.sent_on

    # -- acts ----------------------------------------------------------------------
    def action_send(self):
        """Send; from now on the applicant reads it on the portal."""
        today = self.env["award.clock"]._today()
        return self._apply_move("send", values={"sent_on": today})

    def action_serve(self):
        """Note the proof of service that the form holds."""
        return self._apply_move("serve")

    # -- guards --------------------------------------------------------------------
    def _guard_text_given(self):
        if not (self.subject or "").strip() or not (self.body or "").strip():
            return Refusal("letter_text_missing")

    def _guard_proof_given(self):
        late = self.sent_on and self.served_on and self.served_on < self.sent_on
        if not self.served_on or not self.served_how or late:
            return Refusal("proof_missing")

    def write(self, vals):
        """What was sent stays as it was sent."""
        if KEPT & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for letter in self:
                if letter.state != "draft":
                    letter._refuse(Refusal("letter_sent"))
        return super().write(vals)


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _draft_letters(self, kind, reason, clause=None):
        """Draft a letter to each case; the office reads it, corrects it, sends it.

        :param kind: key of `award.letter.kind`
        :param reason: one text, or a dict application id -> text
        :param clause: code of the clause that the letter quotes
        :return: the letters
        """
        Letter = self.env["award.letter"].sudo()  # sudo: drafted by acts only
        kinds = dict(Letter._fields["kind"]._description_selection(self.env))
        return Letter.create(
            [
                {
                    "application_id": case.id,
                    "kind": kind,
                    "subject": f"{kinds[kind]} · {case.display_name}",
                    "body": case._letter_text(
                        reason[case.id] if isinstance(reason, dict) else reason, clause
                    ),
                    "clause": clause,
                    "issued_by_id": Letter._issuer_of(case._scheme_of()).id,
                }
                for case in self.sudo()  # sudo: as above
            ]
        )

    def _letter_text(self, reason, clause):
        edition = self.edition_id.display_name
        lines = [
            self.env._(
                "%(applicant)s: on your application %(number)s, %(edition)s:",
                applicant=self.applicant_id.name,
                number=self.name,
                edition=edition,
            ),
            str(reason or ""),
        ]
        if clause:
            citation = self._scheme_of()._citation(clause)
            lines.append(self.env._("Basis: %(citation)s", citation=citation))
        return "\n\n".join(lines)
