import base64

from odoo.tests import tagged

from odoo.addons.quality_award.models.base.spreadsheet import write_table

from ..common import AwardHttpCommon
from .test_application_outbox import OutboxVocabulary

DESK = "/odoo/action-quality_award.award_mailing_action"


@tagged("post_install", "-at_install")
class TestMessageTour(OutboxVocabulary, AwardHttpCommon):
    """An officer writes to those who have not submitted, and books a call."""

    def test_office_writes(self):
        self.settings.release_by = "anybody"
        self.start_tour(DESK, "award_office_writes", login=self.office.login)
        self.env.invalidate_all()
        messages = self.outbox().search([])
        states = sorted((m.channel, m.state) for m in messages)
        self.assertEqual(
            states, [("mail", "released")] * 2 + [("sms", "exported")] * 2
        )
        self.assertEqual(messages.mailing_id.name, "催报")
        call = self.env["award.call"].search([])
        self.assertEqual((call.result, call.about), ("reached", "催报"))
        self.assertEqual(call.caller_id, self.office)
        texts = messages.filtered(lambda m: m.channel == "sms")
        rows = [(message.reference, "成功") for message in texts]
        file = base64.b64encode(write_table(("业务编号", "发送状态"), rows))
        wizard = self.env["award.delivery.import"].with_user(self.office)
        wizard = wizard.create({"file": file})
        wizard.action_check()
        wizard.action_carry_out()
        self.assertEqual(set(texts.mapped("state")), {"delivered"})
