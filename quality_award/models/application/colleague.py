import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL, consteq, email_normalize

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .portal_applicant import clean_text, known_id

#: People who act for one applicant, and invitations that wait, at most.
MEMBERS_MAX, INVITATIONS_MAX = 20, 10
#: Days for which an invitation stands.
INVITATION_DAYS = 14
#: Letters of a code, without those that look alike.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 10


class AwardApplicantMember(models.Model):
    """Colleagues: who reads, who writes, who signs; each change is registered."""

    _name = "award.applicant.member"
    _inherit = ["award.applicant.member", "award.lifecycle"]

    state = state_field("award.applicant.member")
    active = fields.Boolean(default=True)
    can_write = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(applicant_id, user_id) WHERE active",
        "This person already acts for the applicant.",
    )
    _signatory_writes = models.Constraint(
        "CHECK (NOT can_sign OR can_write IS NOT FALSE)",
        "Who may sign may write as well.",
    )

    def _roles_on(self):
        """A signatory of the applicant acts on all rows of it."""
        roles = super()._roles_on()
        signed_for = self._signed_for()
        for member in self.sudo():  # sudo: roles are asked before the right to read
            if member.applicant_id.id in signed_for:
                roles[member.id].add("applicant")
        return roles

    def _guard_signatory_stays(self):
        """Somebody who may sign is left."""
        if not self.can_sign:
            return None
        others = self.sudo().search_count(  # sudo: a number
            [
                ("applicant_id", "=", self.applicant_id.id),
                ("can_sign", "=", True),
                ("id", "!=", self.id),
            ]
        )
        return None if others else Refusal("last_signatory")

    @api.model
    def _may_write_for(self, applicant):
        """Whether the current user may write for the applicant (rights lifted)."""
        return applicant in self._mine().filtered("can_write").applicant_id


class AwardApplicantInvitation(models.Model):
    """An invitation to act for an applicant; the person invited accepts it himself.

    The address alone opens nothing: who accepts is logged in under that address and
    knows the code, which the signatory hands on.
    """

    _name = "award.applicant.invitation"
    _description = "Invitation to Act for an Applicant"
    _inherit = ["award.lifecycle", "award.act.fields", "award.confidential"]
    _order = "id desc"
    _rec_name = "email"

    state = state_field("award.applicant.invitation")
    applicant_id = fields.Many2one(
        "award.applicant", required=True, readonly=True, ondelete="cascade", index=True
    )
    email = fields.Char("E-mail", required=True, readonly=True, index=True)
    can_write = fields.Boolean(readonly=True)
    can_sign = fields.Boolean(readonly=True)
    code = fields.Char(groups="base.group_no_one", readonly=True, copy=False)
    invited_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    expires_on = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one(
        related="applicant_id.company_id", store=True, index=True
    )

    _waiting_once = models.UniqueIndex(
        "(applicant_id, email) WHERE state = 'open'",
        "This address is invited already.",
    )

    def _roles_on(self):
        roles = super()._roles_on()
        signed_for = self.env["award.applicant.member"]._signed_for()
        mine = email_normalize(self.env.user.login or "")
        for invitation in self.sudo():  # sudo: roles are asked before the right to read
            if invitation.applicant_id.id in signed_for:
                roles[invitation.id].add("applicant")
            if mine and mine == invitation.email:
                roles[invitation.id].add("owner")
        return roles

    def _is_over(self):
        return self.expires_on < self.env["award.clock"]._today()

    def _guard_still_valid(self):
        if self._is_over():
            return Refusal("invitation_over", values={"day": self.expires_on})

    @api.model
    def _mine(self):
        """Invitations that wait for the current user, access rights lifted."""
        login = email_normalize(self.env.user.login or "")
        found = self.sudo().search(  # sudo: the user's own
            [("email", "=", login), ("state", "=", "open")]
        )
        return found.filtered(lambda one: not one._is_over()) if login else found[:0]


class AwardApplication(models.Model):
    """What signatories do about colleagues, and what readers may not do."""

    _inherit = "award.application"

    @api.model
    def _portal_writable(self, application, part=None):
        case = super()._portal_writable(application, part)
        self._portal_refuse_reader(case.applicant_id)
        return case

    def _portal_refuse_reader(self, applicant):
        """Refuse who may only read for the applicant."""
        members = self.env["award.applicant.member"]
        if not members._may_write_for(applicant):
            applicant.env["award.application"]._refuse(Refusal("may_not_write"))

    @api.model
    def _portal_own_applicant(self, applicant_id):
        """An applicant that the current user acts for, access rights lifted.

        :raise MissingError: unknown, or somebody else's
        """
        id_ = known_id(getattr(applicant_id, "id", applicant_id))
        applicants = self.env["award.applicant"].sudo()  # sudo: membership is asked
        found = applicants.browse(id_).exists()
        if not found or not self._portal_member(found):
            error = MissingError(self.env._("There is no such applicant."))
            raise self._asked_in_vain(error, "award.applicant", id_)
        return found.with_company(found.company_id)

    @api.model
    def _portal_signatory_of(self, applicant_id):
        """The same where the current user may sign for it."""
        applicant = self._portal_own_applicant(applicant_id)
        if applicant.id not in self.env["award.applicant.member"]._signed_for():
            applicant.env["award.application"]._refuse(Refusal("may_not_sign"))
        return applicant

    @api.model
    def _portal_invite(self, applicant_id, email, right):
        """Invite a colleague by the address that is his login.

        :param right: `read`, `write` or `sign`; anything else is `read`
        """
        applicant = self._portal_signatory_of(applicant_id)
        refuse = applicant.env["award.application"]._refuse
        address = email_normalize(clean_text(email))
        if not address:
            refuse(Refusal("address_invalid", values={"address": clean_text(email)}))
        self._portal_lock(applicant)
        invitations = applicant.env["award.applicant.invitation"]
        waiting = invitations.search(
            [("applicant_id", "=", applicant.id), ("state", "=", "open")]
        )
        if address in {
            email_normalize(login or "")
            for login in applicant.member_ids.user_id.mapped("login")
        }:
            refuse(Refusal("colleague_already", values={"address": address}))
        if address in waiting.mapped("email"):
            refuse(Refusal("invited_already", values={"address": address}))
        if len(waiting) >= INVITATIONS_MAX or len(applicant.member_ids) >= MEMBERS_MAX:
            refuse(
                Refusal(
                    "colleagues_too_many",
                    values={"members": MEMBERS_MAX, "waiting": INVITATIONS_MAX},
                )
            )
        today = self.env["award.clock"]._today()
        made = invitations.create(
            {
                "applicant_id": applicant.id,
                "email": address,
                **self._portal_rights(right),
                "code": "".join(secrets.choice(LETTERS) for _i in range(CODE_LENGTH)),
                "invited_by_id": self.env.uid,
                "expires_on": today + timedelta(days=INVITATION_DAYS),
            }
        )
        made._draft_message()
        return made.id

    @staticmethod
    def _portal_rights(right):
        return {"can_write": right in {"write", "sign"}, "can_sign": right == "sign"}

    def _portal_lock(self, applicant):
        """One change of the colleagues of an applicant at a time."""
        self.env.execute_query(
            SQL("SELECT id FROM award_applicant WHERE id = %s FOR UPDATE", applicant.id)
        )
        applicant.invalidate_recordset(["member_ids"])

    @api.model
    def _portal_uninvite(self, invitation_id):
        """Take an invitation back."""
        invitation = self._portal_invitation(invitation_id)
        self._portal_signatory_of(invitation.applicant_id)
        invitation._apply_move("withdraw")
        return True

    def _portal_invitation(self, invitation_id):
        id_ = known_id(getattr(invitation_id, "id", invitation_id))
        invitations = self.env["award.applicant.invitation"].sudo()  # sudo: asked next
        found = invitations.browse(id_).exists()
        login = email_normalize(self.env.user.login or "")
        known = found and (
            (login and found.email == login) or self._portal_member(found.applicant_id)
        )
        if not known:
            error = MissingError(self.env._("There is no such invitation."))
            raise self._asked_in_vain(error, "award.applicant.invitation", id_)
        return found

    @api.model
    def _portal_accept(self, invitation_id, code):
        """Accept an invitation, as the person with its address, by its code."""
        invitation = self._portal_invitation(invitation_id)
        given = clean_text(code).strip().upper()
        if not given.isascii() or not consteq(given, invitation.code or ""):
            invitation._refuse(Refusal("code_wrong"))
        applicant = invitation.applicant_id
        self._portal_lock(applicant)
        if len(applicant.member_ids) >= MEMBERS_MAX:
            invitation._refuse(
                Refusal(
                    "colleagues_too_many",
                    values={"members": MEMBERS_MAX, "waiting": INVITATIONS_MAX},
                )
            )
        invitation._apply_move("accept")
        applicant.env["award.applicant.member"].create(
            {
                "applicant_id": applicant.id,
                "user_id": self.env.uid,
                "can_write": invitation.can_write,
                "can_sign": invitation.can_sign,
            }
        )
        self._portal_join(applicant.company_id)
        return applicant.id

    def _portal_join(self, company):
        """The account belongs to the agency whose applicant it acts for."""
        me = self.env.user.sudo()  # sudo: one agency more, for the invited person
        if company not in me.company_ids:
            me.company_ids |= company

    @api.model
    def _portal_decline(self, invitation_id):
        """Decline an invitation, as the person with its address."""
        self._portal_invitation(invitation_id)._apply_move("decline")
        return True

    @api.model
    def _portal_change_colleague(self, member_id, right):
        """Give a colleague other rights.

        :param right: `read`, `write` or `sign`; anything else is `read`
        """
        member = self._portal_colleague(member_id)
        rights = self._portal_rights(right)
        reason = self.env._(
            "%(name)s: %(right)s",
            name=member.user_id.name,
            right=right if right in {"write", "sign"} else "read",
        )
        if rights["can_sign"] or not member.can_sign:
            member._apply_move("change", reason=reason, values=rights)
        else:
            member._apply_move("unsign", reason=reason, values=rights)
        return True

    @api.model
    def _portal_remove_colleague(self, member_id):
        """A colleague no longer acts for the applicant, nor does the user himself."""
        member = self._portal_colleague(member_id)
        member._apply_move("remove", values={"active": False})
        return True

    def _portal_colleague(self, member_id):
        members = self.env["award.applicant.member"].sudo()  # sudo: asked next
        found = members.browse(known_id(member_id)).exists()
        if not found or not found.active or not self._portal_member(found.applicant_id):
            error = MissingError(self.env._("There is no such colleague."))
            raise self._asked_in_vain(error, members._name, known_id(member_id))
        self._portal_signatory_of(found.applicant_id)
        self._portal_lock(found.applicant_id)
        return found
