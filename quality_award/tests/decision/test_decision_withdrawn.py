from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionWithdrawn(DecisionCommon):
    """Whoever withdrew from a case acts on no paper about it, and not for its side."""

    def withdraw(self, case):
        return (
            self.env["award.recusal"]
            .with_user(self.office)
            .create({"application_id": case.id, "kind": "family"})
        )

    def test_a_reply_of_a_department(self):
        """The colleague enters it; the first clerk could, before he withdrew."""
        cases = self.cases_at("qualification", 2)
        departments = self.scheme.body_ids.filtered(lambda b: b.role == "department")
        checks = self.env["award.qualification"].search(
            [("application_id", "in", cases.ids)]
        )
        action = checks.with_user(self.office).action_consult()
        wizard = self.env[action["res_model"]].with_user(self.office)
        wizard = wizard.browse(action["res_id"])
        wizard.body_ids = departments[:1]
        letter = self.env["award.consultation"].with_user(self.office)
        letter = letter.browse(wizard.action_prepare()["domain"][0][2])
        if letter.state == "draft":
            letter.action_send()
        letter.write({"reply_number": "复〔2026〕7号", "reply_date": "2026-03-10"})
        letter.opinion_ids.write({"verdict": "none"})
        self.withdraw(cases[0])
        with self.assertRefused("withdrawn_from"):
            letter.opinion_ids.write({"verdict": "adverse"})
        with self.assertRefused("withdrawn_from"):
            letter.action_enter()
        letter.with_user(self.second).action_enter()
        with self.assertRefused("withdrawn_from"):
            letter.with_user(self.office).action_check()

    def test_an_objection(self):
        proposed = self.until_notice([60000, 59000], self.committee())
        notice = self.publish(proposed)
        case = proposed.line_ids.application_id[:1]
        objections = [
            self.env["award.objection"]
            .with_user(self.office)
            .create(
                {
                    "notice_id": notice.id,
                    "application_id": case.id,
                    "sender_name": "甲",
                    "statement": "材料不实。",
                }
            )
            for _number in range(2)
        ]
        objections[0].action_admit()
        Objection = self.env["award.objection"].with_user(self.office)
        both = objections[0] | objections[1]
        self.assertEqual(Objection.search([("id", "in", both.ids)]), both)
        self.withdraw(case)
        self.assertFalse(Objection.search([("id", "in", both.ids)]))
        for act in (
            lambda: objections[0].read(["statement"]),
            objections[1].action_admit,
            lambda: objections[1].action_not_admit("无依据。"),
            lambda: objections[0].action_report("查无实据。", "not_upheld"),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                act()
            self.env.invalidate_all()
        objections[1].with_user(self.second).action_admit()
        self.assertEqual(objections[1].state, "admitted")
        self.assertEqual(notice.with_user(self.office).open_objection_count, 2)

    def test_a_tally(self):
        """The clerk sees no votes on the case; the meeting still counts them."""
        self.until_candidate([60000, 59000])
        proposed, body = self.new_list("proposed"), self.committee()
        meeting = self.env["award.meeting"].create(
            {
                "name": "会议",
                "edition_id": self.edition.id,
                "committee_id": body.id,
                "list_id": proposed.id,
                "present_ids": [fields.Command.set(body.member_ids.ids)],
            }
        )
        meeting.with_user(self.office).action_prepare()
        meeting.with_user(self.office).action_open()
        case = proposed.line_ids.application_id[:1]
        tallies = meeting.with_user(self.office).tally_ids
        self.assertEqual(len(tallies), 2)
        hidden = tallies.filtered(lambda tally: tally.application_id == case)
        self.withdraw(case)
        self.assertEqual(meeting.with_user(self.office).tally_ids, tallies - hidden)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            hidden.read(["in_favour"])
        self.env.invalidate_all()
        meeting.with_user(self.office).action_prepare()
        self.assertEqual(len(meeting.tally_ids), 2)
        with self.assertRefused("tally_missing") as caught:
            meeting.with_user(self.office).action_close("纪要")
        self.assertIn(case.name, str(caught.exception))
        for tally in meeting.tally_ids:
            tally.with_user(self.second).action_enter(self.figures(9, 9))
            other = self.roles["office_head"]
            tally.with_user(other).action_check(self.figures(9, 9))
        meeting.with_user(self.office).action_close("纪要")
        self.assertEqual(proposed.line_ids.mapped("outcome"), ["in", "in"])

    def test_staff_do_not_act_for_applicants(self):
        applicant = self.cases_at("recommendation").applicant_id
        members = self.env["award.applicant.member"].with_user(self.office)
        outsider, _number = self._new_applicant()
        member = members.create(
            {"applicant_id": applicant.id, "user_id": outsider.id}
        )
        for role in ("office", "office_head", "handling"):
            user = self.roles.get(role) or self.office
            with self.subTest(role=role):
                with self.assertRefused("member_is_staff"):
                    members.create({"applicant_id": applicant.id, "user_id": user.id})
                with self.assertRefused("member_is_staff"):
                    member.user_id = user
