from odoo import api, fields, models
from odoo.tools import plaintext2html

#: Mails handed over in one run.
BATCH = 100


class AwardOutboxMessage(models.Model):
    """Released mails go to Odoo's queue, each once; what became of them comes back."""

    _inherit = "award.outbox.message"

    @api.model
    def _cron_send(self):
        """Hand released mails to the queue, and note what became of earlier ones.

        A bounded batch, rows held by another worker left out. The mail and the
        message's status are written in one transaction, so that run twice nothing
        is sent twice.
        """
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        domain = [("state", "=", "released"), ("channel", "=", "mail")]
        found = me.search(domain, order="id", limit=BATCH)
        batch = found.try_lock_for_update(allow_referencing=True)
        batch.invalidate_recordset(["state"])
        batch = batch.filtered(lambda message: message.state == "released")
        batch._hand_over()
        me._note_results()
        remaining = me.search_count(domain)
        self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining)

    def _hand_over(self):
        """Put a mail into Odoo's queue for each message, and keep which one it is."""
        if not self:
            return
        mails = self.env["mail.mail"].sudo().create(  # sudo: the queue is the system's
            [message._mail_values() for message in self]
        )
        number = dict(zip(self.ids, mails.ids, strict=True))
        now = fields.Datetime.now()
        self._apply_move(
            "send",
            values=lambda message: {
                "handed_over_at": now,
                "mail_number": number[message.id],
            },
        )

    def _mail_values(self):
        company = self.company_id
        return {
            "subject": self.subject,
            "body_html": plaintext2html(self.text),
            "email_to": self.address,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "author_id": company.partner_id.id,
            "auto_delete": False,
        }

    @api.model
    def _note_results(self):
        """Mails that a server took, or refused."""
        waiting = self.search(
            [("state", "=", "sent"), ("mail_number", "!=", 0)], order="id", limit=BATCH
        )
        mails = self.env["mail.mail"].browse(waiting.mapped("mail_number")).exists()
        by_id = {mail.id: mail for mail in mails}
        taken = waiting.filtered(
            lambda m: m.mail_number in by_id and by_id[m.mail_number].state == "sent"
        )
        if taken:
            taken._apply_move("deliver", values={"ended_at": fields.Datetime.now()})
        refused = waiting.filtered(
            lambda m: m.mail_number not in by_id
            or by_id[m.mail_number].state in {"exception", "cancel"}
        )
        reasons = refused.grouped(lambda m: self._why(by_id.get(m.mail_number)))
        for reason, messages in reasons.items():
            messages._fail(reason)

    def _why(self, mail):
        if not mail:
            return self.env._("The mail is no longer in the queue.")
        return mail.failure_reason or self.env._("The mail server refused it.")
