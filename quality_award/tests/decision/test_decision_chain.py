from fractions import Fraction

from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionChain(DecisionCommon):
    """From the ranking to the award by the acts of each role."""

    def test_whole_chain(self):
        """Nine ranked, one below the threshold, one adverse: the rest wins."""
        scores = [62000, 61000, 60000, 58000, 55000, 52000, 50000, Fraction(149999, 3)]
        cases = self.accepted(8, "composite")
        self.rank(dict(zip(cases, scores, strict=True)))
        recommended = self.new_list("recommended")
        self.assertEqual(
            recommended.line_ids.sorted("sequence").mapped("outcome"),
            ["in"] * 7 + ["out"],
        )
        self.adopt(recommended)
        self.assertEqual(cases[7].state, "eliminated")
        self.assertEqual(set(cases[:7].mapped("stage_id.code")), {"consultation"})

        letters = self.consult(recommended, adverse=cases[0])
        self.assertEqual(letters.mapped("body_id.role"), ["department"] * len(letters))
        opinion = letters.opinion_ids.filtered(lambda o: o.verdict == "adverse")
        opinion.with_user(self.office).write(
            {"finding": "substantiated", "finding_note": "经核实。"}
        )
        candidate = self.adopt(self.new_list("candidate"))
        self.assertEqual(cases[0].state, "eliminated")
        self.assertEqual(candidate.in_count, 6)

        committee = self.committee()
        proposed = self.new_list("proposed")
        self.meet(proposed, committee, votes={cases[6]: 5})
        self.assertEqual(self.line(proposed, cases[6]).outcome, "out")
        self.adopt(proposed)
        winners = cases[1:6]
        self.assertEqual(set(winners.mapped("stage_id.code")), {"notice"})

        notice = self.publish(proposed)
        self.pass_days(11)
        notice.with_user(self.office).action_close()
        final = self.new_list("final")
        self.meet(final, committee)
        self.adopt(final)
        approval = self.submitted_approval(final)
        approval.with_user(self.approver).action_approve(
            "成府函〔2026〕9号", "2026-03-21"
        )
        self.env.invalidate_all()
        self.assertEqual(set(winners.mapped("stage_id.code")), {"award"})
        approval.with_user(self.office).action_grant()
        self.env.invalidate_all()
        self.assertEqual(winners.mapped("state"), ["decided"] * 5)
        awards = self.env["award.award"].search([("approval_id", "=", approval.id)])
        self.assertEqual(
            awards.mapped("certificate_number"),
            [f"CHENGDU-2026-{n:03d}" for n in range(1, 6)],
        )
        self.assertEqual(awards.prize_ids.mapped("amount"), [1000000] * 5)
        self.assertEqual(set(awards.mapped("valid_until")), {awards[0].valid_until})
        self.assertEqual(str(awards[0].valid_until), "2030-03-21")
        self.assertEqual(str(self.money_report(awards[0]).due_on), "2027-03-21")
