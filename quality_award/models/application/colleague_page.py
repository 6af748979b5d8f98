from odoo import api, models
from odoo.tools import email_normalize

from .portal_applicant import known_id


class AwardApplication(models.Model):
    """What the pages of colleagues, invitations and questions show."""

    _inherit = "award.application"

    @api.model
    def _portal_colleagues(self, applicant_id):
        """What the page of colleagues shows.

        :return: dict with `applicant`, `may_sign`, `members` and `invitations` (dicts)
        """
        applicant = self._portal_own_applicant(applicant_id)
        may_sign = applicant.id in self.env["award.applicant.member"]._signed_for()
        waiting = applicant.env["award.applicant.invitation"].search(
            [("applicant_id", "=", applicant.id), ("state", "=", "open")]
        )
        notes = waiting._message_notes()
        self._portal_seen(applicant)
        return {
            "applicant": {"id": applicant.id, "name": applicant.name},
            "may_sign": may_sign,
            "members": [
                {
                    "id": member.id,
                    "name": member.user_id.name,
                    "login": member.user_id.login,
                    "can_write": member.can_write,
                    "can_sign": member.can_sign,
                    "is_me": member.user_id == self.env.user,
                }
                for member in applicant.member_ids
            ],
            "invitations": [
                {
                    "id": one.id,
                    "email": one.email,
                    "can_write": one.can_write,
                    "can_sign": one.can_sign,
                    "code": one.code if may_sign else "",
                    "until": one.expires_on,
                    "is_over": one._is_over(),
                    "message": notes[one.id],
                }
                for one in waiting
            ],
        }

    @api.model
    def _portal_count(self):
        """How many applications the current user acts for."""
        mine = self.env["award.applicant.member"]._mine().applicant_id
        return self.sudo().search_count([("applicant_id", "in", mine.ids)])  # sudo: own

    @api.model
    def _portal_acts_for(self, applicant_id):
        """Whether the current user acts for an applicant, known or not."""
        mine = self.env["award.applicant.member"]._mine().applicant_id
        return known_id(applicant_id) in mine.ids

    @api.model
    def _portal_my_applicants(self):
        """The applicants that the current user acts for: dicts for the page."""
        return [
            {"id": one.applicant_id.id, "name": one.applicant_id.name}
            for one in self.env["award.applicant.member"]._mine()
        ]

    @api.model
    def _portal_my_invitations(self):
        """Invitations that wait for the current user: dicts for the page."""
        return [
            {"id": one.id, "applicant": one.applicant_id.name, "until": one.expires_on}
            for one in self.env["award.applicant.invitation"]._mine()
        ]

    @api.model
    def _portal_invitation_shown(self, invitation_id):
        """One invitation for the person whose address it names."""
        one = self._portal_invitation(invitation_id)
        login = email_normalize(self.env.user.login or "")
        return {
            "id": one.id,
            "applicant": one.applicant_id.name,
            "email": one.email,
            "can_write": one.can_write,
            "can_sign": one.can_sign,
            "until": one.expires_on,
            "is_open": one.state == "open" and not one._is_over(),
            "is_mine": login == one.email,
        }

    @api.model
    def _portal_asked_about(self):
        """The editions that the user may ask about: (id, name)."""
        found = self.env["award.edition"].sudo().search(  # sudo: announced, so public
            [
                ("state", "=", "announced"),
                ("company_id", "in", self.env.user.company_ids.ids),
            ]
        )
        return [(edition.id, edition.display_name) for edition in found]
