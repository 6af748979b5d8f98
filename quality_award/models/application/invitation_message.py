from odoo import fields, models

from ...rules import clock as clock_rules
from ...rules import message_text
from ...rules.refusal import Refusal
from .outbox_people import day_in_words

#: Code of the agency's template that invited colleagues are written by.
TEMPLATE = "colleague_invited"


class AwardOutboxMessage(models.Model):
    """Messages about invitations: they leave only while the invitation stands."""

    _inherit = "award.outbox.message"

    invitation_id = fields.Many2one(
        "award.applicant.invitation",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    def _roles_on(self):
        """Who ends an invitation keeps its message from leaving."""
        roles = super()._roles_on()
        own = self.sudo()  # sudo: roles are asked before the right to read
        ending = own.invitation_id._roles_on()
        for message in own.filtered("invitation_id"):
            theirs = ending[message.invitation_id.id]
            roles[message.id] |= theirs & {"applicant", "owner"}
        return roles

    def _guard_invitation_stands(self):
        """What says “you are invited” is true when it is released."""
        invitation = self.sudo().invitation_id  # sudo: only whether it stands
        if not invitation:
            return None
        stands = invitation.state == "open" and not invitation._is_over()
        return None if stands else Refusal("invitation_ended")

    def _guard_invitation_ended(self):
        invitation = self.sudo().invitation_id  # sudo: only whether it stands
        ended = invitation and invitation.state != "open"
        return None if ended else Refusal("invitation_open")


class AwardApplicantInvitation(models.Model):
    """A message tells the person invited; the code is not in it.

    The message goes to the address alone. Whoever reads it still needs the code, which
    comes from the signatory by another way.
    """

    _inherit = "award.applicant.invitation"

    message_ids = fields.One2many("award.outbox.message", "invitation_id", "Messages")

    def _draft_message(self):
        """Put the message into the outbox, in the language of who invites."""
        lang = "en" if (self.env.user.lang or "").startswith("en") else "zh"
        outbox = self.env["award.outbox.message"]
        return outbox._queue(TEMPLATE, self, channels=["mail"], lang=lang)

    # -- what the message says -------------------------------------------------
    def _message_people(self, channel):
        """The address invited; the name of its owner is not known here."""
        return {
            one.id: [
                (
                    message_text.masked(one.email),
                    message_text.clean_email(one.email) if channel == "mail" else "",
                )
            ]
            for one in self
        }

    def _message_values(self, lang):
        base = self.browse().get_base_url()
        return {
            one.id: {
                "applicant": one.applicant_id.name,
                "inviter": one.invited_by_id.name,
                "due": day_in_words(one.expires_on, lang),
                "link": f"{base}/my/award/invitation/{one.id}",
            }
            for one in self
        }

    def _message_links(self):
        return {"invitation_id": self.id}

    def _message_about(self):
        return self.applicant_id.name

    # -- when the invitation ends ------------------------------------------------
    def _after_withdraw(self):
        self._recall_messages()

    def _after_accept(self):
        self._recall_messages()

    def _after_decline(self):
        self._recall_messages()

    def _recall_messages(self):
        """What has not left does not leave any more."""
        messages = self.sudo().message_ids  # sudo: whose act this is, the move asks
        staying = messages.filtered(lambda one: one.state in {"draft", "released"})
        staying._apply_move("recall")

    # -- what became of it ---------------------------------------------------------
    def _message_notes(self):
        """What happened to the message of each invitation, in words (rights lifted).

        :return: dict invitation id -> sentence
        """
        words = {
            False: self.env._(
                "No message is sent: tell the colleague of the invitation yourself."
            ),
            "waiting": self.env._(
                "A message waits at the award office; it has not been sent."
            ),
            "cancelled": self.env._(
                "The award office has not sent the message: tell the colleague "
                "yourself."
            ),
            "failed": self.env._(
                "The message could not be delivered: check the address."
            ),
        }
        zone = self.env["award.clock"]._zone()
        found = {}
        for invitation in self:
            last = invitation.message_ids.sorted("id")[-1:]
            if last.handed_over_at and last.state != "failed":
                day = clock_rules.local_date(last.handed_over_at, zone)
                text = self.env._("A message was sent on %(day)s.", day=day)
            else:
                waits = last.state in {"draft", "released"}
                text = words["waiting" if waits else last.state]
            found[invitation.id] = text
        return found
