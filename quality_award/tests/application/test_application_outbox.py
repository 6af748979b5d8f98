import base64
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.models.base.spreadsheet import write_table

from ..common import AwardCommon, AwardVocabulary

PHONE, EMAIL = "13800000000", "liaison@example.com"


class OutboxVocabulary(AwardVocabulary):
    """Mixin: an agency with a signature, a template, and officers of cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.settings = cls.env["award.message.settings"].create(
            {"signature": "质量奖评审办"}
        )
        cls.template = cls.env["award.message.template"].create(
            {
                "code": "supplement_sent",
                "occasion": "supplement_sent",
                "name_zh": "补正",
                "subject_zh": "{申报编号}补正",
                "body_zh": "{applicant}请于{due}前补正:{link}",
                "sms_zh": "申报{number}需补正,请登录系统。",
            }
        )
        cls.cases = cls.register(
            2, liaison_phone="138-0000-0000", liaison_email=EMAIL
        )
        cls.office = cls.roles["office"]
        cls.second = cls.roles["office_second"]

    @classmethod
    def outbox(cls, user=None):
        return cls.env["award.outbox.message"].with_user(user or cls.office)

    def drafted(self, cases=None, channels=None):
        """Drafts by the officer on the cases."""
        messages = self.outbox()._draft(
            self.template, cases or self.cases, channels=channels
        )
        return messages.with_user(self.office)

    def released(self, channel):
        messages = self.drafted(channels=[channel])
        messages.with_user(self.second).action_release()
        return messages


class OutboxCommon(OutboxVocabulary, AwardCommon):
    """The same for tests without a browser."""


@tagged("post_install", "-at_install")
class TestOutbox(OutboxCommon):
    """What is drafted, who releases it, what leaves, and what comes back."""

    # -- templates -----------------------------------------------------------------
    def test_unknown_placeholder_is_refused_with_its_place(self):
        with self.assertRefused("placeholder_unknown") as caught:
            self.template.body_zh = "第一行\n请{期日}前"
        said = str(caught.exception)
        self.assertIn("line 2, place 2", said)
        self.assertIn("{期日}", said)
        with self.assertRefused("placeholder_unknown"):
            self.template.sms_zh = "{applicant.credit_code}"

    def test_sms_is_measured_with_the_longest_real_name(self):
        """Signature 8, fixed text 5: a name of 57 fits, one of 58 does not."""
        applicant = self.cases[:1].applicant_id
        applicant.name = "甲" * 57
        self.template.sms_zh = "{申报者}请补正。。"
        self.assertEqual(self.template.sms_length, 70)
        self.assertTrue(self.template.sms_longest.startswith("【质量奖评审办】甲甲"))
        applicant.name = "甲" * 58
        with self.assertRefused("sms_too_long") as caught:
            self.template.sms_zh = "{申报者}请补正。!"
        self.assertIn("71 characters; 70 are possible", str(caught.exception))

    def test_english_falls_back_on_chinese(self):
        case = self.cases[:1]
        values = case._message_values("en")[case.id]
        self.assertEqual(
            self.template._rendered("sms", values, "en", "质量奖评审办"),
            ("", "【质量奖评审办】申报需补正,请登录系统。"),
        )

    def test_shipped_texts_fit(self):
        door = self.env["award.message.template"].with_user(self.office)
        door.action_take_proposals()
        every = door.with_context(active_test=False).search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(every), 10)
        self.assertEqual(every.filtered("active"), self.template)
        self.assertLessEqual(max(every.mapped("sms_length")), 70)
        door.action_take_proposals()
        self.assertEqual(door.with_context(active_test=False).search_count([]), 10)

    def test_signature_and_columns(self):
        with self.assertRefused("signature_unfit"):
            self.settings.signature = "【甲】"
        with self.assertRefused("heads_alike"):
            self.settings.head_text = self.settings.head_phone
        with self.assertRefused("words_alike"):
            self.settings.failed_words = "失败 delivrd"

    # -- drafting ----------------------------------------------------------------------
    def test_drafted_once_each(self):
        messages = self.drafted()
        self.assertEqual(
            sorted(messages.mapped("channel")), ["mail", "mail", "sms", "sms"]
        )
        self.assertEqual(set(messages.mapped("state")), {"draft"})
        self.assertFalse(self.drafted())
        messages[:1].action_cancel()
        again = self.drafted()
        self.assertEqual(len(again), 1)
        mails = self.env["mail.mail"].search_count([("email_to", "=", EMAIL)])
        self.assertEqual(mails, 0)

    def test_the_number_is_masked(self):
        message = self.drafted(channels=["sms"])[:1]
        self.assertEqual(message.address_shown, "138****0000")
        with self.assertRaises(AccessError):
            message.read(["address"])
        with self.assertRaises(AccessError):
            message.search([("address", "=", PHONE)])
        self.assertEqual(message.sudo().address, PHONE)

    def test_no_template_in_use_no_message(self):
        self.template.active = False
        self.assertFalse(self.outbox()._queue("supplement_sent", self.cases))
        self.assertFalse(self.outbox()._queue("no such", self.cases))

    def test_drafting_takes_as_many_queries_for_many(self):
        cases = self.cases | self.register(3)

        def counted(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.outbox().sudo()._rows(self.template, some, "sms", "zh")
            return self.env.cr.sql_log_count - before

        counted(cases)
        self.assertEqual(counted(cases[:1]), counted(cases))

    # -- release -----------------------------------------------------------------------
    def test_who_drafted_does_not_release(self):
        messages = self.drafted()
        with self.assertRefused("release_another"):
            messages.action_release()
        messages.with_user(self.second).action_release()
        self.assertEqual(set(messages.mapped("state")), {"released"})
        self.assertEqual(messages.released_by_id, self.second)

    def test_release_as_the_agency_says(self):
        messages = self.drafted()
        self.settings.release_by = "head"
        with self.assertRefused("release_head"):
            messages.with_user(self.second).action_release()
        self.settings.release_by = "anybody"
        messages.action_release()
        self.assertEqual(set(messages.mapped("state")), {"released"})

    def test_without_a_number_nothing_is_released(self):
        case = self.register(1, liaison_phone="无")
        message = self.drafted(case, ["sms"])
        self.assertFalse(message.has_address)
        with self.assertRefused("address_missing"):
            message.with_user(self.second).action_release()

    # -- mails -------------------------------------------------------------------------
    def sent_mails(self):
        return self.env["mail.mail"].search([("email_to", "=", EMAIL)])

    def actor(self):
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        user = self.env.ref("quality_award.user_clock")
        return self.env["award.outbox.message"].with_user(user)

    def test_only_released_mails_leave_and_each_once(self):
        drafts = self.drafted(channels=["mail"])
        self.actor()._cron_send()
        self.assertFalse(self.sent_mails())
        drafts.with_user(self.second).action_release()
        self.actor()._cron_send()
        self.actor()._cron_send()
        self.assertEqual(len(self.sent_mails()), 2)
        self.assertEqual(set(drafts.mapped("state")), {"sent"})
        mail = self.sent_mails()[:1]
        self.assertEqual((mail.model, mail.res_id), (False, 0))
        with self.assertRefused("wrong_state"):
            drafts.action_cancel()

    def test_markup_in_a_name_is_text_in_the_mail(self):
        applicant = self.cases[:1].applicant_id
        applicant.name = "<script>alert(1)</script>"
        self.released("mail")
        self.actor()._cron_send()
        bodies = "".join(self.sent_mails().mapped("body_html"))
        self.assertIn("&lt;script&gt;", bodies)
        self.assertNotIn("<script>", bodies)

    def test_results_come_back(self):
        messages = self.released("mail")
        self.actor()._cron_send()
        first, second = self.sent_mails()
        first.state = "sent"
        second.write({"state": "exception", "failure_reason": "550 no such user"})
        self.env.flush_all()
        self.actor()._cron_send()
        self.assertEqual(sorted(messages.mapped("state")), ["delivered", "failed"])
        failed = messages.filtered(lambda m: m.state == "failed")
        self.assertEqual(failed.failure, "550 no such user")

    # -- text messages -----------------------------------------------------------------
    def test_the_file_for_the_platform(self):
        messages = self.released("sms")
        with self.assertLogged("award.outbox.message", messages.ids, "export_sms"):
            action = messages.action_export()
        made = self.env["award.message.file"].with_user(self.office)
        data = base64.b64decode(made.browse(action["res_id"]).content)
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        rows = list(sheet.values)
        self.assertEqual(rows[0], ("业务编号", "手机号码", "短信内容"))
        self.assertEqual(
            sorted(rows[1:]),
            sorted((m.reference, PHONE, m.text) for m in messages),
        )
        self.assertEqual(set(messages.mapped("state")), {"exported"})
        with self.assertRefused("nothing_released"):
            messages.action_export()
        with self.assertRaises(AccessError):
            made.with_user(self.second).browse(action["res_id"]).read(["content"])

    def delivery(self, rows, head=("业务编号", "发送状态")):
        wizard = self.env["award.delivery.import"].with_user(self.office)
        file = base64.b64encode(write_table(head, rows))
        return wizard.create({"file": file, "file_name": "回执.xlsx"})

    def test_delivery_list_dry_run_then_all(self):
        first, second = messages = self.released("sms")
        messages.action_export()
        wizard = self.delivery(
            [(first.reference, "DELIVRD"), (second.reference, "失败")]
        )
        wizard.action_check()
        self.assertTrue(wizard.is_ready)
        self.assertEqual(set(messages.mapped("state")), {"exported"})
        wizard.action_carry_out()
        self.assertEqual((first.state, second.state), ("delivered", "failed"))
        self.assertEqual(second.failure, "失败")
        wizard.action_carry_out()  # the same list again changes nothing
        self.assertEqual((first.state, second.state), ("delivered", "failed"))

    def test_one_bad_row_and_nothing_is_noted(self):
        first, second = messages = self.released("sms")
        messages.action_export()
        for rows, fault in [
            ([("QA99999999", "成功")], "no text message"),
            ([(second.reference, "不明")], "no known result"),
            ([(first.reference, "成功")], "more than once"),
            ([("=1+1", "成功")], "no text message"),
        ]:
            wizard = self.delivery([(first.reference, "成功"), *rows])
            wizard.action_check()
            self.assertFalse(wizard.is_ready)
            self.assertIn(fault, wizard.result)
            with self.assertRefused("delivery_faults"):
                wizard.action_carry_out()
        self.assertEqual(set(messages.mapped("state")), {"exported"})

    def test_another_file_than_the_one_checked(self):
        first = self.released("sms")[:1]
        first.action_export()
        wizard = self.delivery([(first.reference, "成功")])
        wizard.action_check()
        other = self.delivery([(first.reference, "失败")])
        wizard.file = other.file
        with self.assertRefused("file_changed"):
            wizard.action_carry_out()
        with self.assertRefused("sheet_not_xlsx"):
            wizard.file = base64.b64encode(b"no workbook")
            wizard.action_check()

    def test_a_list_before_the_export(self):
        first = self.released("sms")[:1]
        wizard = self.delivery([(first.reference, "成功")])
        wizard.action_check()
        self.assertIn("has not been handed over", wizard.result)

    # -- selection -------------------------------------------------------------
    def mailing(self, **values):
        door = self.env["award.mailing"].with_user(self.office)
        return door.create(
            {
                "name": "催报",
                "template_id": self.template.id,
                "edition_id": self.edition.id,
                **values,
            }
        )

    def test_recipients_by_what_is_waited_for(self):
        done = self.submit(self.register(1))
        mailing = self.mailing(waiting_for="submission")
        self.assertEqual(mailing._cases(), self.cases)
        mailing.left_out_ids = self.cases[:1]
        self.assertEqual(mailing._cases(), self.cases[1:])
        self.assertEqual(self.mailing(case_state="submitted")._cases(), done)
        foreign = self._new_recommender("乙区", "other")
        self.assertFalse(self.mailing(recommender_id=foreign.id)._cases())

    def test_preview_counts_and_names_who_cannot_be_reached(self):
        lost = self.register(1, liaison_phone="无", liaison_email="")
        preview = self.mailing(waiting_for="submission").preview
        self.assertIn("3 mails, 3 text messages to 3 recipients", preview)
        self.assertIn(f"{lost.applicant_id.name} · 王甲子 (no phone)", preview)
        self.assertIn("138****0000", preview)
        self.assertNotIn(PHONE, preview)

    def test_a_preview_does_not_run_what_a_name_says(self):
        self.cases[:1].applicant_id.name = "<img src=x onerror=alert(1)>"
        preview = self.mailing(waiting_for="submission").preview
        self.assertNotIn("<img", preview)
        self.assertIn("&lt;img", preview)

    def test_draft_from_a_selection(self):
        mailing = self.mailing(waiting_for="submission", channel="sms")
        mailing.action_draft()
        self.assertEqual(mailing.message_count, 2)
        self.assertEqual(set(mailing.message_ids.mapped("channel")), {"sms"})
        mailing.action_draft()
        mailing.invalidate_recordset()
        self.assertEqual(mailing.message_count, 2)

    def test_one_too_long_and_nothing_is_drafted(self):
        self.template.sms_zh = "{申报者}请补正。"
        self.cases[1:].applicant_id.name = "甲" * 80
        mailing = self.mailing(waiting_for="submission", channel="sms")
        self.assertIn("1 text messages are longer than 70", mailing.preview)
        with self.assertRefused("sms_too_long"):
            mailing.action_draft()
        self.assertFalse(mailing.message_ids)

    def test_nobody(self):
        with self.assertRefused("recipients_missing"):
            self.mailing(case_state="decided").action_draft()

    def test_recommenders_are_told_how_many_wait(self):
        template = self.template.copy(
            {
                "code": "recommendation_due",
                "audience": "recommender",
                "body_zh": False,
                "sms_zh": "{推荐单位}尚有{count}件,最早{due}到期。",
            }
        )
        self.submit(self.cases)
        self.recommender.member_ids[:1].phone = PHONE
        mailing = self.mailing(template_id=template.id)
        mailing.action_draft()
        message = mailing.message_ids
        self.assertEqual(message.recommender_id, self.recommender)
        words = r"^【质量奖评审办】甲区尚有2件,最早\d+月\d+日到期。$"
        self.assertRegex(message.text, words)

    # -- acts ------------------------------------------------------------------
    def test_a_supplement_that_is_sent_drafts_its_messages(self):
        case = self.cases_at(
            "qualification", liaison_phone=PHONE, liaison_email=EMAIL
        )
        check = case.qualification_ids.with_user(self.office)
        supplement = self.env["award.supplement"].with_user(self.office).create(
            {"qualification_id": check.id, "items": "请补充证书。"}
        )
        supplement.action_send()
        drafted = case.message_out_ids
        self.assertEqual(sorted(drafted.mapped("channel")), ["mail", "sms"])
        due = supplement.due_on
        mail = drafted.filtered(lambda m: m.channel == "mail")
        self.assertIn(f"请于{due.month}月{due.day}日前补正", mail.text)
        self.assertEqual(set(drafted.mapped("state")), {"draft"})

    # -- who reads -------------------------------------------------------------
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_sees_no_outbox(self):
        messages = self.drafted()
        supervisor = messages.with_user(self.roles["supervisor"])
        self.assertEqual(len(supervisor.read(["text"])), 4)
        case = self.cases[:1]
        people = [
            self.applicant_of(case),
            self.roles["recommender_sign"],
            *(self.roles[r] for r in ("reviewer", "deliberator", "observer")),
            *(self.roles[r] for r in ("committee", "approver", "finance", "handling")),
            self.roles["administrator"],
        ]
        for user in people:
            with self.subTest(user.login), self.assertRaises(AccessError):
                messages.with_user(user).read(["text"])
        with self.assertRefused("wrong_role"):
            supervisor.action_release()

    def test_who_withdrew_sees_no_message_of_the_case(self):
        messages = self.drafted()
        self.env["award.recusal"].with_user(self.second).create(
            {
                "application_id": self.cases[:1].id,
                "user_id": self.second.id,
                "kind": "employed",
            }
        )
        seen = self.outbox(self.second).search([("id", "in", messages.ids)])
        self.assertEqual(seen.application_id, self.cases[1:])

    def test_messages_to_recommenders_are_open_to_the_office(self):
        """They belong to no case: withdrawing from one does not close them."""
        row = {"channel": "sms", "recipient": "甲区", "text": "请办理。"}
        message = self.outbox().sudo().create(row)
        self.assertIn(message, self.outbox(self.second).search([]))

    def test_nobody_writes_a_message_by_rpc(self):
        message = self.drafted()[:1]
        for act in (
            lambda: message.write({"text": "改写"}),
            lambda: self.outbox().create(
                {"channel": "sms", "recipient": "x", "text": "x"}
            ),
            lambda: message.unlink(),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(Exception), mute_logger("odoo.sql_db"):  # noqa: B017
            with self.env.cr.savepoint():
                self.env.cr.execute(
                    SQL(
                        "UPDATE award_outbox_message SET state = 'released' "
                        "WHERE id = %s",
                        message.id,
                    )
                )
