"""What happens by itself in decisions: silence counts, a notice closes; or nothing."""

from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionClock(DecisionCommon):
    def run_expiry(self):
        self.env.flush_all()
        cron = self.env.ref("quality_award.cron_clock_expire")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(cron.failure_count, 0, "the scheduled action has failed")

    def clock_of(self, record, code):
        return self.env["award.clock"]._of(record, code)

    def letters(self):
        cases = self.accepted(2, "composite")
        self.rank({cases[0]: 60000, cases[1]: 59000})
        recommended = self.adopt(self.new_list("recommended"))
        recommended.with_user(self.office).action_consult()
        letters = recommended.consultation_ids.with_user(self.office)
        letters.action_send()
        letters.action_receive()
        return letters

    def test_silence_counts_by_itself_where_the_scheme_says_so(self):
        letters = self.letters()
        clocks = self.clock_of(letters, "consultation_reply")
        self.assertEqual(set(clocks.mapped("on_expiry")), {"deemed_no_comment"})
        self.assertEqual(
            clocks[0].party_name, letters.body_id.filtered(
                lambda b: b.id == clocks[0].party_id
            ).display_name
        )
        self.pass_days(14)  # 24 March, the last day
        self.run_expiry()
        self.assertEqual(set(letters.mapped("state")), {"sent"})
        self.pass_days(1)
        self.run_expiry()
        self.run_expiry()
        self.assertEqual(set(letters.mapped("state")), {"silent"})
        self.assertEqual(set(clocks.mapped("standing")), {"expired"})
        moves = self.env["award.transition"].search(
            [("model", "=", letters._name), ("move", "=", "record_silence")]
        )
        self.assertEqual(len(moves), len(letters))
        self.assertEqual(set(moves.mapped("roles")), {"clock"})

    def test_silence_recorded_by_the_office_ends_the_clock(self):
        letters = self.letters()
        self.pass_days(15)
        letters[0].action_record_silence()
        self.assertEqual(
            self.clock_of(letters[0], "consultation_reply").standing, "expired"
        )

    def notice(self):
        self.until_candidate([60000])
        proposed = self.new_list("proposed")
        self.meet(proposed, self.committee())
        return self.publish(self.adopt(proposed))

    def test_a_notice_is_closed_by_nobody_but_the_office(self):
        """The scheme does not say that it closes by itself."""
        notice = self.notice()
        clock = self.clock_of(notice, "notice")
        self.assertEqual(clock.on_expiry, "none")
        self.pass_days(40)
        self.run_expiry()
        self.assertEqual((notice.state, clock.standing), ("published", "overdue"))

    def test_a_notice_closes_by_itself_where_the_scheme_says_so(self):
        notice = self.notice()
        cases = notice.list_id._in_cases()
        clock = self.clock_of(notice, "notice")
        clock.on_expiry = "close_notice"
        self.pass_days(10)
        self.run_expiry()
        self.assertEqual(notice.state, "published")
        self.pass_days(1)
        self.run_expiry()
        self.assertEqual((notice.state, clock.standing), ("closed", "met"))
        self.assertEqual(str(clock.done_on), "2026-03-20")
        self.assertEqual(set(cases.mapped("stage_id.code")), {"deliberation2"})

    def test_an_objection_keeps_it_open_and_says_so(self):
        notice = self.notice()
        clock = self.clock_of(notice, "notice")
        clock.on_expiry = "close_notice"
        self.object_to(notice)
        self.pass_days(11)
        self.run_expiry()
        self.assertEqual(notice.state, "published")
        self.assertEqual((clock.standing, bool(clock.trouble)), ("overdue", True))

    def test_a_longer_notice_has_a_longer_clock(self):
        self.until_candidate([60000])
        proposed = self.new_list("proposed")
        self.meet(proposed, self.committee())
        notice = self.publish(self.adopt(proposed), days=15)
        clock = self.clock_of(notice, "notice")
        self.assertEqual(clock.due_on, notice.last_day)

    def object_to(self, notice):
        return self.env["award.objection"].with_user(self.office).create(
            {
                "notice_id": notice.id,
                "application_id": notice.list_id._in_cases()[:1].id,
                "sender_name": "张甲子",
                "sender_contact": "000-0000-0002",
                "statement": "情况不实。",
            }
        )
