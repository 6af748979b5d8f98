from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.tests.decision.common import DecisionCommon

RIGHTS = "odoo.addons.base.models.ir_model"


@tagged("post_install", "-at_install")
class TestAwardBudget(DecisionCommon):
    """Planned and spent line by line; what prize money went to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        approval = cls.until_grant([60000, 59000], cls.committee())
        approval.with_user(cls.office).action_grant()
        cls.env.invalidate_all()
        cls.awards = cls.env["award.award"].search([("approval_id", "!=", False)])
        cls.finance = cls.roles["finance"]

    # -- budget --------------------------------------------------------------------
    def budget(self, **values):
        budgets = self.env["award.budget"].with_user(self.finance)
        return budgets.create({"edition_id": self.edition.id, **values})

    def line(self, budget, kind):
        return budget.line_ids.filtered(lambda line: line.kind == kind)

    def cost(self, line, amount, **values):
        costs = self.env["award.cost"].with_user(self.office)
        return costs.create(
            {
                "line_id": line.id,
                "spent_on": "2026-03-21",
                "amount": amount,
                "purpose": "现场评审差旅",
                "voucher_number": "凭证〔2026〕1号",
                **values,
            }
        )

    def pay(self, prize):
        prize = prize.with_user(self.finance)
        prize.write({"voucher_number": "凭证1", "payee_confirmed": True})
        prize.action_pay()
        return prize

    def spent(self, budget):
        budget.invalidate_recordset()
        return {line.kind: line.spent for line in budget.line_ids}

    def test_two_lines(self):
        """Prize money and review work; payments and costs count on their own line."""
        budget = self.budget()
        self.assertEqual(budget.line_ids.mapped("kind"), ["prize", "review"])
        prizes, review = self.line(budget, "prize"), self.line(budget, "review")
        prizes.planned, review.planned = 2000000, 300000
        self.assertEqual(self.spent(budget), {"prize": 0, "review": 0})
        paid = self.pay(self.awards[0].prize_ids)
        self.assertEqual(self.spent(budget), {"prize": 1000000, "review": 0})
        self.pay(self.awards[1].prize_ids)
        wrong = self.cost(review, 310000)
        self.cost(prizes, 500)  # plaques and the like, on the same line
        self.assertEqual(self.spent(budget), {"prize": 2000500, "review": 310000})
        self.assertEqual((budget.planned, budget.spent), (2300000, 2310500))
        over = self.env["award.budget.line"].search([("left", "<", 0)])
        self.assertEqual(over & budget.line_ids, prizes | review)
        self.cost(review, -110000, corrects_id=wrong.id)
        paid.action_recover("奖项撤销。")
        self.assertEqual(self.spent(budget), {"prize": 1000500, "review": 200000})
        self.assertEqual(
            (budget.spent, budget.left, review.left), (1200500, 1099500, 100000)
        )

    def test_another_edition_is_another_budget(self):
        budget = self.budget()
        other = self.env["award.budget"].create(
            {"edition_id": self._new_edition(term=9).id}
        )
        self.pay(self.awards[0].prize_ids)
        self.assertEqual(self.spent(other), {"prize": 0, "review": 0})
        self.assertEqual(self.spent(budget), {"prize": 1000000, "review": 0})
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.budget().flush_recordset()

    def test_queries_do_not_grow(self):
        """The report asks as much for one budget as for many."""
        budgets = self.budget()
        for term in range(20, 28):
            budgets |= self.env["award.budget"].create(
                {"edition_id": self._new_edition(term=term).id}
            )
        counts = []
        for some in (budgets[:1], budgets):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.sudo().mapped("spent")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(counts[0], 1)

    def test_one_line_for_prizes(self):
        budget = self.budget()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            budget.line_ids.create({"budget_id": budget.id, "kind": "prize"})

    def test_plan_is_closed_by_its_approval(self):
        budget = self.budget()
        review = self.line(budget, "review")
        review.planned = 300000
        with self.assertRefused("budget_revision_unfounded"):
            review.write({"revised": 1, "revision_document": "财〔2026〕3号"})
        with self.assertRefused("budget_document_missing"):
            budget.approved_on = "2026-03-01"
        budget.write({"approved_on": "2026-03-01", "document_number": "财〔2026〕2号"})
        for act in (
            lambda: review.write({"planned": 400000}),
            lambda: budget.write({"approved_on": False}),
            lambda: budget.write({"line_ids": [(0, 0, {"kind": "other"})]}),
            review.unlink,
        ):
            with self.assertRefused("budget_fixed"):
                act()
        with self.assertRefused("budget_revision_unfounded"):
            review.revised = 400000
        review.write({"revised": 400000, "revision_document": "财〔2026〕3号"})
        self.assertEqual((review.available, budget.planned), (400000, 400000))

    def test_approved_together_with_its_lines(self):
        """As the form saves it: what is typed closes nothing before it is stored."""
        approval = {"approved_on": "2026-03-01", "document_number": "财〔2026〕2号"}
        budget = self.budget(**approval)
        self.assertEqual(budget.line_ids.mapped("kind"), ["prize", "review"])
        self.assertEqual(str(budget.approved_on), "2026-03-01")
        self.assertTrue(budget.is_approved)
        other = self.budget(edition_id=self.edition_of(self.other_scheme("more")).id)
        typed = self.env["award.budget"].new(approval, origin=other)
        self.assertFalse(typed.is_approved)
        line = self.line(other, "review")
        other.write({**approval, "line_ids": [(1, line.id, {"planned": 7})]})
        self.assertEqual((line.planned, other.is_approved), (7, True))

    def test_nothing_moves_into_an_approved_plan(self):
        budget = self.budget()
        other = self.budget(edition_id=self.edition_of(self.other_scheme("more")).id)
        stray = self.env["award.budget.line"].with_user(self.office).create(
            {"budget_id": other.id, "kind": "other", "planned": 5}
        )
        budget.write({"approved_on": "2026-03-01", "document_number": "财〔2026〕2号"})
        with self.assertRefused("budget_fixed"):
            stray.budget_id = budget
        with self.assertRefused("budget_fixed"):
            budget.write({"line_ids": [(4, stray.id)]})
        with self.assertRaises(AccessError), mute_logger(RIGHTS):
            self.line(budget, "review").write({"available": 9})

    def test_costs_are_appended(self):
        review = self.line(self.budget(), "review")
        cost = self.cost(review, 1000)
        for act in (lambda: cost.write({"amount": 1}), cost.unlink):
            with self.assertRaises(AccessError), mute_logger(RIGHTS):
                act()
        prizes = self.line(review.budget_id, "prize")
        for values in (
            {"amount": -1},
            {"amount": -1001, "corrects_id": cost.id},
            {"amount": 5, "corrects_id": cost.id},
            {"amount": -5, "corrects_id": cost.id, "line_id": prizes.id},
        ):
            with self.subTest(values), self.assertRefused("correction_unfounded"):
                self.cost(review, **values)
        self.cost(review, -600, corrects_id=cost.id)
        with self.assertRefused("correction_unfounded"):
            self.cost(review, -401, corrects_id=cost.id)
        with self.assertRefused("cost_in_future"):
            self.cost(review, 1, spent_on="2026-03-22")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.cost(review, 0).flush_recordset()
        with self.assertRefused("budget_line_used"), self.env.cr.savepoint():
            review.unlink()

    def test_who_reads_the_money(self):
        """Office, finance and supervisor; nobody who scores or votes, no stranger."""
        cost = self.cost(self.line(self.budget(), "review"), 1000)
        use = self.report().use_ids[0]
        for record in (cost, cost.line_id, cost.line_id.budget_id, use):
            for name in ("office", "finance", "supervisor"):
                seen = record.with_user(self.roles[name]).search(
                    [("id", "=", record.id)]
                )
                self.assertEqual(seen, record, (record, name))
            for name in ("reviewer", "committee", "approver", "observer", "handling"):
                mine = record.with_user(self.roles[name])
                with self.subTest(record=record, name=name), mute_logger(RIGHTS):
                    with self.assertRaises(AccessError):
                        mine.read(["company_id"])
                    with self.assertRaises(AccessError):
                        mine.formatted_read_group([], ["company_id"], ["__count"])

    # -- what the prize went to -------------------------------------------------------
    def report(self):
        return self.money_report(self.awards[0]).with_user(self.office)

    def test_other_uses_need_words(self):
        """The list is open: another use is lawful, with words; diversion is not."""
        report = self.report()
        uses = report.use_ids
        self.assertEqual(
            [(line.use, line.is_other) for line in uses],
            [
                ("质量管理创新", False),
                ("培训和激励质量管理人员", False),
                ("推广先进管理制度", False),
                ("其他(须说明)", True),
            ],
        )
        report.content = "奖金使用情况。"
        uses[0].amount, uses[3].amount = 600000, 100000
        with self.assertRefused("use_without_words", "22") as caught:
            report.action_deliver()
        self.assertIn("其他(须说明)", str(caught.exception))
        uses[3].words = "改造检测实验室。"
        own = uses.create(
            {"obligation_id": report.id, "use": "慰问", "amount": 300001}
        )
        self.assertTrue(own.is_other)
        with self.assertRefused("use_without_words", "22"):
            report.action_deliver()
        own.words = "发放过节物资。"
        with self.assertRefused("uses_above_prize", "22"):
            report.action_deliver()
        own.amount = 300000
        with self.assertRefused("field_closed"):
            own.view = "proper"  # not before the report is in
        report.action_deliver()
        with self.assertRefused("field_closed"):
            own.amount = 1
        waiting = [("is_other", "=", True), ("amount", ">", 0), ("view", "=", False)]
        self.assertEqual(uses.search(waiting), uses[3] | own)
        uses[3].write({"view": "proper"})
        self.assertEqual(self.findings(), [])
        with self.assertRefused("view_without_grounds"):
            own.view = "diverted"
        own.write({"view": "diverted", "view_note": "与质量工作无关。"})
        self.assertEqual(self.findings(), ["diverted"])
        with self.assertRefused("field_closed"):
            own.view = "proper"

    def findings(self):
        found = self.env["award.violation"].search(
            [("award_id", "in", self.awards.ids)]
        )
        return found.mapped("kind")

    def test_a_diversion_is_ordered_back_also_after_expiry(self):
        """It has nothing to do with the use of the title."""
        self.put(self.awards[0], "expired", "expire")
        violation = self.env["award.violation"].create(
            {
                "award_id": self.awards[0].id,
                "kind": "diverted",
                "found_on": "2026-03-21",
                "description": "挪作他用。",
                "order_number": "责改1号",
            }
        )
        violation.with_user(self.head).action_order()
        self.assertEqual(violation.state, "ordered")

    def test_lines_of_other_duties(self):
        sharing = self.awards[0].obligation_ids.filtered(lambda o: o.kind == "sharing")
        self.assertEqual(sharing.use_ids.ids, [])
        with self.assertRefused("field_closed"):
            sharing.use_ids.create({"obligation_id": sharing.id, "use": "x"})
