"""Invitations reach the invited by the outbox, and say nothing that is secret."""

from datetime import timedelta

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import NOW, AwardCommon

INVITED = "colleague@example.com"


@tagged("post_install", "-at_install")
class TestInvitationMessages(AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.applicant = cls.case.applicant_id
        cls.owner = cls.applicant_of(cls.case)
        cls.colleague = cls._new_user(INVITED, "base.group_portal")
        cls.stranger = cls.applicant_of(cls.register())
        cls.office, cls.second = cls.roles["office"], cls.roles["office_second"]
        templates = cls.env["award.message.template"].with_user(cls.office)
        templates.action_take_proposals()
        cls.template = templates.with_context(active_test=False).search(
            [("code", "=", "colleague_invited"), ("company_id", "=", cls.company.id)]
        )
        cls.template.active = True

    def setUp(self):
        super().setUp()
        self.addCleanup(self.frozen.move_to, NOW)

    def door(self, user):
        return self.env["award.application"].with_user(user)

    def invite(self, email=INVITED):
        id_ = self.door(self.owner)._portal_invite(self.applicant.id, email, "write")
        return self.env["award.applicant.invitation"].browse(id_)

    def note(self, invitation, user=None):
        """What the page of colleagues says of the message."""
        page = self.door(user or self.owner)._portal_colleagues(self.applicant.id)
        return {one["id"]: one["message"] for one in page["invitations"]}[invitation.id]

    def send(self, message):
        message.with_user(self.second).action_release()
        self.send_released()

    def send_released(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        actor = self.env.ref("quality_award.user_clock")
        self.env["award.outbox.message"].with_user(actor)._cron_send()

    # -- what is drafted -----------------------------------------------------------
    def test_the_message_says_who_invites_for_whom_until_when_and_where(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.owner.lang = "zh_CN"
        invitation = self.invite()
        message = invitation.message_ids
        self.assertEqual(
            (message.channel, message.state, message.address, message.drafted_by_id),
            ("mail", "draft", INVITED, self.owner),
        )
        self.assertEqual(message.recipient, f"{self.applicant.name} · c***@example.com")
        day = invitation.expires_on
        for said in (
            self.owner.name,
            self.applicant.name,
            f"{day.month}月{day.day}日",
            f"/my/award/invitation/{invitation.id} ",
            "邀请码不在本邮件中",
        ):
            self.assertIn(said, message.text)
        self.assertFalse(message.application_id)

    def test_the_code_is_in_no_message(self):
        for lang in ("zh_CN", "en_US"):
            self.env["res.lang"]._activate_lang(lang)
            self.owner.lang = lang
            invitation = self.invite(f"{lang}@example.com".lower())
            message = invitation.message_ids
            self.assertEqual(len(invitation.code), 10)
            self.assertNotIn(invitation.code, message.subject + message.text)
            english = lang == "en_US"
            self.assertEqual("the code is not in this mail" in message.text, english)

    def test_a_template_with_a_text_message_still_writes_to_the_address_only(self):
        self.template.sms_zh = "{applicant}邀请您。"
        self.assertEqual(self.invite().message_ids.mapped("channel"), ["mail"])

    def test_nothing_leaves_before_release(self):
        invitation = self.invite()
        message = invitation.message_ids
        mails = self.env["mail.mail"].search([("email_to", "=", INVITED)])
        self.assertFalse(mails)
        self.send(message)
        self.assertEqual(message.state, "sent")
        sent = self.env["mail.mail"].search([("email_to", "=", INVITED)])
        self.assertEqual(len(sent), 1)
        self.assertNotIn(invitation.code, sent.body_html + sent.subject)

    # -- what the page says --------------------------------------------------------
    def test_the_page_says_what_happened(self):
        waits = "A message waits at the award office; it has not been sent."
        invitation = self.invite()
        message = invitation.message_ids
        self.assertEqual(self.note(invitation), waits)
        message.with_user(self.second).action_release()
        self.assertEqual(self.note(invitation), waits)
        self.frozen.move_to("2026-03-11 17:00:00")  # the next day in Shanghai
        self.send_released()
        self.assertEqual(self.note(invitation), "A message was sent on 2026-03-12.")
        message.with_user(self.office)._fail("550")
        self.assertEqual(
            self.note(invitation),
            "The message could not be delivered: check the address.",
        )

    def test_the_page_says_that_the_office_did_not_send(self):
        invitation = self.invite()
        invitation.message_ids.with_user(self.office).action_cancel()
        self.assertEqual(
            self.note(invitation),
            "The award office has not sent the message: tell the colleague yourself.",
        )

    def test_without_a_template_in_use_the_page_says_so(self):
        self.template.active = False
        invitation = self.invite()
        self.assertFalse(invitation.message_ids)
        self.assertEqual(
            self.note(invitation),
            "No message is sent: tell the colleague of the invitation yourself.",
        )

    # -- when the invitation ends --------------------------------------------------
    def test_an_ended_invitation_takes_its_message_back(self):
        for act in ("withdraw", "accept", "decline"):
            for released in (False, True):
                with self.subTest(act, released=released):
                    invitation = self.invite()
                    message = invitation.message_ids
                    if released:
                        message.with_user(self.second).action_release()
                    self.end(invitation, act)
                    self.assertEqual(message.state, "cancelled")
                    last = message.transition_ids.sorted("id")[-1:]
                    self.assertEqual(last.move, "recall")
                    self.applicant.member_ids.filtered(
                        lambda one: one.user_id == self.colleague
                    ).active = False

    def end(self, invitation, act):
        if act == "withdraw":
            self.door(self.owner)._portal_uninvite(invitation.id)
        elif act == "accept":
            self.door(self.colleague)._portal_accept(invitation.id, invitation.code)
        else:
            self.door(self.colleague)._portal_decline(invitation.id)

    def test_what_was_sent_stays_sent(self):
        invitation = self.invite()
        self.send(invitation.message_ids)
        self.end(invitation, "withdraw")
        self.assertEqual(
            (invitation.state, invitation.message_ids.state), ("withdrawn", "sent")
        )

    def test_invited_again_written_to_again(self):
        first = self.invite()
        self.end(first, "withdraw")
        self.assertEqual(self.invite().message_ids.state, "draft")

    def test_a_message_about_an_invitation_that_is_over_is_not_released(self):
        message = self.invite().message_ids
        self.frozen.move_to(NOW + timedelta(days=15))
        with self.assertRefused("invitation_ended"):
            message.with_user(self.second).action_release()

    def test_nobody_recalls_while_the_invitation_is_open(self):
        message = self.invite().message_ids
        with self.assertRefused("invitation_open"):
            message.with_user(self.owner).sudo()._apply_move("recall")
        for user in (self.stranger, self.office):
            with self.assertRefused("wrong_role"):
                message.with_user(user).sudo()._apply_move("recall")

    # -- who reads -----------------------------------------------------------------
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_reads_of_the_message(self):
        invitation = self.invite()
        message = invitation.message_ids
        read = message.with_user(self.office).read(["text"])
        self.assertEqual(read, [{"id": message.id, "text": message.text}])
        people = [self.owner, self.colleague, self.stranger]
        people += [self.roles[r] for r in ("recommender_sign", "handling", "reviewer")]
        for user in people:
            with self.subTest(user.login), self.assertRaises(AccessError):
                message.with_user(user).read(["text"])
        with self.assertRaises(MissingError):
            self.note(invitation, self.stranger)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_another_agency_reads_nothing(self):
        other = self.env["res.company"].create({"name": "乙市评审办"})
        officer = self._new_user("other", "quality_award.group_office", other)
        message = self.invite().message_ids.with_user(officer).with_company(other)
        self.assertFalse(message.search([("id", "in", message.ids)]))
        with self.assertRaises(AccessError):
            message.read(["text"])
