from odoo.exceptions import AccessError, LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestAwardGrant(DecisionCommon):
    """Granting: all or nothing, numbers without gaps, repeat winners without money."""

    def earlier(self, organisation, **values):
        return (
            self.env["award.award"]
            .with_user(self.office)
            .create(
                {
                    "title": organisation.name,
                    "applicant_id": organisation.id,
                    "class_code": "organisation",
                    "scheme_code": self.scheme.code,
                    "term": 1,
                    "award_year": 2020,
                    "awarded_on": "2020-12-01",
                    **values,
                }
            )
        )

    def spare(self, case):
        """An override of the lock after an award, confirmed by a second officer."""
        overrides = self.env["award.condition.override"].with_user(self.office)
        override = overrides.create(
            {
                "application_id": case.id,
                "standing": "locked",
                "clause_id": self.scheme.clause_ids[:1].id,
                "reason": "经会议研究同意再次授奖。",
            }
        )
        override.with_user(self.roles["office_second"]).action_confirm()

    def until_repeat(self, count=3):
        """An approval whose second case has won before."""
        candidate = self.until_candidate([60000 - n for n in range(count)])
        cases = candidate.line_ids.application_id
        self.earlier(cases[1].applicant_id)
        self.spare(cases[1])
        notice_list = self.new_list("proposed")
        self.meet(notice_list, self.committee())
        self.adopt(notice_list)
        notice = self.publish(notice_list)
        self.pass_days(11)
        notice.with_user(self.office).action_close()
        final = self.new_list("final")
        self.meet(final, self.env["award.committee"].search([]))
        approval = self.submitted_approval(self.adopt(final))
        approval.with_user(self.approver).action_approve("9号", "2026-03-20")
        self.env.invalidate_all()
        return approval, cases

    def test_repeat_winner(self):
        """Plaque and certificate; no money, no report on money, no clock."""
        approval, cases = self.until_repeat()
        approval.with_user(self.office).action_grant()
        self.env.invalidate_all()
        awards = self.env["award.award"].search([("approval_id", "=", approval.id)])
        repeat = awards.filtered("is_repeat")
        self.assertEqual(repeat.application_id, cases[1])
        self.assertEqual(repeat.prize_ids, self.env["award.prize"])
        self.assertEqual(
            repeat.obligation_ids.mapped("kind"), ["sharing", "publicity"]
        )
        self.assertEqual(
            self.env["award.clock"]._of(repeat, "prize_report"), self.env["award.clock"]
        )
        others = awards - repeat
        self.assertEqual(others.prize_ids.mapped("amount"), [1000000] * 2)
        kinds = others.obligation_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds.count("prize_report"), 2)
        for award in others:
            clock = self.env["award.clock"]._of(award, "prize_report")
            self.assertEqual(str(clock.due_on), "2027-03-20")
            self.assertEqual(self.money_report(award).due_on, clock.due_on)

    def test_a_case_that_fails_a_condition_is_not_granted(self):
        """The refusal names case and finding; nothing is granted to the others."""
        approval, cases = self.until_repeat()
        cases[0].applicant_id.is_legal_person = False
        door = approval.with_user(self.office)
        with self.assertRefused("condition_fails", clause="11-1") as caught:
            door.action_grant()
        self.assertIn(cases[0].name, str(caught.exception))
        self.assertNotIn(cases[1].name, str(caught.exception))
        self.assertFalse(approval.award_ids)
        door.action_rerun_conditions()
        run = cases[0].condition_run_ids
        self.assertEqual((run.moment, run.unmet), ("by_hand", 1))

    def test_certificates(self):
        """In order of the cases, without gaps, valid for four years."""
        approval, cases = self.until_repeat()
        approval.with_user(self.office).action_grant()
        self.env.invalidate_all()
        awards = self.env["award.award"].search(
            [("approval_id", "=", approval.id)], order="certificate_number"
        )
        self.assertEqual(awards.application_id, cases.sorted("name"))
        self.assertEqual(
            awards.mapped("certificate_number"),
            ["CHENGDU-2026-001", "CHENGDU-2026-002", "CHENGDU-2026-003"],
        )
        self.assertEqual({str(a.valid_until) for a in awards}, {"2030-03-20"})
        self.assertEqual(set(cases.mapped("state")), {"decided"})
        letters = self.env["award.letter"].search([("kind", "=", "result")])
        self.assertEqual(letters.application_id, cases)
        rows = self.env["award.case.stage"].search(
            [("application_id", "in", cases.ids), ("state", "=", "open")]
        )
        self.assertEqual(rows, self.env["award.case.stage"])

    def test_twice(self):
        approval, _cases = self.until_repeat()
        approval.with_user(self.office).action_grant()
        for user in (self.office, self.second):
            with self.subTest(user=user.login):
                with self.assertRefused("already_granted", "12-11"):
                    approval.with_user(user).action_grant()

    def test_role_and_approval(self):
        approval, _cases = self.until_repeat()
        with self.assertRefused("wrong_role"):
            approval.with_user(self.approver).action_grant()
        final = self.env["award.list"].search([("kind", "=", "final")])
        other = self.env["award.approval"].create(
            {"edition_id": self.edition.id, "list_id": final.id}
        )
        with self.assertRefused("award_approval_missing", "12-11"):
            other.with_user(self.office).action_grant()

    def test_quota_is_asked_again(self):
        """A repeat winner whose award is revoked meanwhile takes a place."""
        approval, cases = self.until_repeat(7)
        award = self.env["award.award"].search(
            [("applicant_id", "=", cases[1].applicant_id.id)]
        )
        award.with_user(self.office).revocation_number = "撤〔2026〕1号"
        award.with_user(self.head).action_revoke("弄虚作假。")
        with self.assertRefused("quota_exceeded", "4"):
            approval.with_user(self.office).action_grant()
        self.assertEqual(
            self.env["award.award"].search_count([("approval_id", "=", approval.id)]),
            0,
        )

    def test_all_or_nothing(self):
        """A failure at the last step leaves no award and no number behind."""
        approval, cases = self.until_repeat()

        def fail(awards):
            raise ZeroDivisionError

        self.patch(type(self.env["award.award"]), "_number_certificates", fail)
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            approval.with_user(self.office).action_grant()
        self.env.invalidate_all()
        self.assertEqual(set(cases.mapped("state")), {"accepted"})
        self.assertEqual(self.env["award.prize"].search_count([]), 0)

    def test_another_officer_grants(self):
        """While the edition is locked by another transaction, one is told to wait."""
        approval, _cases = self.until_repeat()
        self.patch(type(self.edition), "lock_for_update", _locked)
        with self.assertRefused("grant_running"):
            approval.with_user(self.office).action_grant()

    # -- by hand ---------------------------------------------------------------------
    def test_earlier_editions_only(self):
        case = self.accepted(1, "award")
        organisation = case.applicant_id
        for values in (
            {"term": self.edition.term, "award_year": 2026},
            {"application_id": case.id, "edition_id": self.edition.id},
            {"edition_id": self.edition.id},
        ):
            with self.subTest(values=values):
                with self.assertRefused("award_without_approval"):
                    self.earlier(organisation, **values)
        award = self.earlier(organisation)
        self.assertEqual((award.state, award.is_historic), ("valid", True))
        for field, value in (("term", 2), ("valid_until", "2040-01-01")):
            with self.subTest(field=field), self.assertRefused("field_closed"):
                award.write({field: value})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self.env["award.award"].with_user(self.roles["finance"]).create({})

    def test_former_winner_waits(self):
        """Two editions are skipped: after edition 1, edition 4 is the first."""
        case = self.accepted(1, "award")
        self.earlier(case.applicant_id)
        self.assertEqual(len(case._earlier_awards()), 1)
        refusal = case._guard_may_apply_again()
        self.assertEqual((refusal.code, refusal.clause), ("locked_after_award", "14"))
        self.assertEqual(refusal.values["open"], 4)
        self.assertEqual(
            case._may_apply_again(case.applicant_id, self.edition).code,
            "locked_after_award",
        )


def _locked(records, **_options):
    raise LockError("locked")
