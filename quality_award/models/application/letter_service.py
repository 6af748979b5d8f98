from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardLetter(models.Model):
    """A letter counts as served by a record of it, never by somebody's word."""

    _inherit = "award.letter"

    served_how = fields.Selection(selection_add=[("mail", "E-mail")])
    served_message_id = fields.Many2one(
        "award.outbox.message",
        "Message Delivered",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('application_id', '=', application_id)]",
    )
    served_receipt = fields.Char("Number of the Post Receipt")
    served_to = fields.Char("Handed To")
    opened_at = fields.Datetime("Opened on the Portal At", readonly=True)
    opened_by = fields.Char(readonly=True)
    needs_message = fields.Boolean(compute="_compute_needs")

    @api.depends("served_how")
    def _compute_needs(self):
        for letter in self:
            letter.needs_message = letter.served_how in {"sms", "mail"}

    def _roles_on(self):
        """Who signs for the applicant serves a letter on himself by opening it."""
        roles = super()._roles_on()
        own = self.sudo()  # sudo: roles are asked for before the right to read
        on_cases = own.application_id._roles_on()
        for letter in own:
            if "applicant" in on_cases.get(letter.application_id.id, ()):
                roles[letter.id].add("applicant")
        return roles

    def _guard_proof_given(self):
        return super()._guard_proof_given() or self._record_refusal()

    def _record_refusal(self):
        """What is missing of the record of service, or None."""
        how = self.served_how
        missing = {
            "portal": (self.opened_at, self.env._("opened by who signs for it")),
            "post": (
                (self.served_receipt or "").strip(),
                self.env._("the number of the receipt"),
            ),
            "hand": ((self.served_to or "").strip(), self.env._("who took it")),
        }.get(how) or (
            self._is_delivered(how),
            self.env._("a message on this case that was delivered"),
        )
        proof, needed = missing
        if proof:
            return None
        names = dict(self._fields["served_how"]._description_selection(self.env))
        values = {"how": names[how], "needed": needed}
        return Refusal("service_proof_missing", self.clause or None, values)

    def _is_delivered(self, how):
        message = self.sudo().served_message_id  # sudo: whether it was delivered
        return (
            message.state == "delivered"
            and message.channel == how
            and message.application_id == self.application_id
            and self._is_after_sending(message)
        )

    def _is_after_sending(self, message):
        """A message of before tells nobody of the letter."""
        handed = message.handed_over_at
        if not handed:
            return False
        day = self.application_id.edition_id._local_date(handed)
        return not self.sent_on or day >= self.sent_on

    def _open_on_portal(self):
        """Note that who signs for the applicant has opened the letters: served."""
        signed_for = self.env["award.applicant.member"]._signed_for()
        mine = self.filtered(
            lambda letter: (
                letter.state == "sent"
                and letter.application_id.applicant_id.id in signed_for
            )
        )
        if not mine:
            return
        mine.write(
            {
                "opened_at": fields.Datetime.now(),
                "opened_by": self.env.user.name,
                "served_on": self.env["award.clock"]._today(),
                "served_how": "portal",
            }
        )
        mine._apply_move("serve")


class AwardApplication(models.Model):
    _inherit = "award.application"

    @api.model
    def _portal_state(self, application):
        """As before; the letters that the page shows are served by being opened."""
        state = super()._portal_state(application)
        state["letters"]._open_on_portal()
        return state
