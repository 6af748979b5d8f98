from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_application_outbox import PHONE, OutboxCommon


@tagged("post_install", "-at_install")
class TestService(OutboxCommon):
    """Letters are served by a record; calls are booked; the case's file has it all."""

    def letter(self):
        case = self.cases_at("qualification", liaison_phone=PHONE)
        self.qualify(case, unmet="registered")
        letter = case.letter_ids.with_user(self.office)
        letter.action_send()
        return letter

    def test_each_way_needs_its_record(self):
        letter = self.letter()
        for how in ("portal", "post", "hand", "sms", "mail"):
            letter.write({"served_on": "2026-03-10", "served_how": how})
            with self.subTest(how), self.assertRefused("service_proof_missing"):
                letter.action_serve()
        letter.write({"served_how": "post", "served_receipt": "EMS 0000 0000"})
        letter.action_serve()
        self.assertEqual(letter.state, "served")

    def test_served_by_a_delivered_message_only(self):
        letter = self.letter()
        self.template.active = False
        template = self.template.copy({"code": "refused", "active": True})
        self.env["award.outbox.message"].with_user(self.office)._draft(
            template, letter, channels=["sms"]
        )
        message = letter.application_id.message_out_ids.with_user(self.office)
        message.with_user(self.second).action_release()
        letter.write(
            {
                "served_on": "2026-03-10",
                "served_how": "sms",
                "served_message_id": message.id,
            }
        )
        with self.assertRefused("service_proof_missing"):
            letter.action_serve()
        message.action_export()
        with self.assertRefused("service_proof_missing"):
            letter.action_serve()
        message._apply_move("deliver")
        letter.served_how = "mail"
        with self.assertRefused("service_proof_missing"):
            letter.action_serve()
        letter.served_how = "sms"
        letter.action_serve()
        self.assertEqual(letter.state, "served")

    def test_a_message_on_another_case_serves_nothing(self):
        letter = self.letter()
        self.drafted(self.cases[:1], ["sms"])
        message = self.cases[:1].message_out_ids.with_user(self.office)
        message.with_user(self.second).action_release()
        message.action_export()
        message._apply_move("deliver")
        letter.write(
            {
                "served_on": "2026-03-10",
                "served_how": "sms",
                "served_message_id": message.id,
            }
        )
        with self.assertRefused("service_proof_missing"):
            letter.action_serve()

    def test_opening_the_page_serves_the_letter(self):
        letter = self.letter()
        case = letter.application_id
        door = self.as_applicant(case)
        member = case.applicant_id.member_ids
        member.can_sign = False
        door._portal_state(case.id)
        letter.invalidate_recordset()
        self.assertEqual(letter.state, "sent")
        member.can_sign = True
        door._portal_state(case.id)
        letter.invalidate_recordset()
        self.assertEqual((letter.state, letter.served_how), ("served", "portal"))
        self.assertEqual(letter.opened_by, self.applicant_of(case).name)

    def test_an_applicant_serves_nothing_by_rpc(self):
        letter = self.letter()
        user = self.applicant_of(letter.application_id)
        with self.assertRaises(AccessError):
            letter.with_user(user).action_serve()

    # -- calls -----------------------------------------------------------------------
    def call(self, **values):
        door = self.env["award.call"].with_user(self.office)
        return door.create(
            {
                "application_id": self.cases[:1].id,
                "person": "王甲子",
                "number": PHONE,
                "result": "no_answer",
                **values,
            }
        )

    def test_a_call_is_booked_once_and_stays(self):
        call = self.call()
        self.assertEqual(call.caller_id, self.office)
        self.assertEqual(call.number_shown, "138****0000")
        with self.assertRaises(AccessError):
            call.write({"result": "reached"})
        with self.assertRefused("call_future"):
            self.call(at="2026-03-10 02:01:00")
        supervisor = call.with_user(self.roles["supervisor"])
        self.assertEqual(supervisor.number_shown, "138****0000")
        with self.assertRaises(AccessError):
            supervisor.read(["number"])

    # -- the case's file ---------------------------------------------------------------
    def test_the_file_of_the_case(self):
        letter = self.letter()
        case = letter.application_id
        self.call(application_id=case.id, about="补正")
        shown = case.with_user(self.roles["supervisor"]).timeline_html
        for word in ("Submitted", "Not Accepted", "No Answer", "At Submission"):
            self.assertIn(word, shown)
        with self.assertRaises(AccessError):
            case.with_user(self.roles["reviewer"]).read(["timeline_html"])
