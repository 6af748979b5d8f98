from odoo.tests import tagged

from odoo.addons.quality_award.tests.common import credit_code
from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestAwardCron(DecisionCommon):
    """Scheduled actions: by their own actor, harmless twice, all agencies."""

    def setUp(self):
        super().setUp()
        self.made = []

    def run_cron(self, name):
        self.env.flush_all()
        cron = self.env.ref(f"quality_award.{name}")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(cron.failure_count, 0, "the scheduled action has failed")

    def award(self, valid_until, company=None):
        company = company or self.company
        organisation = self.env["award.applicant"].create(
            {
                "name": "成都心宿有限公司",
                "credit_code": credit_code(90000 + len(self.made)),
                "company_id": company.id,
            }
        )
        self.made.append(organisation)
        return self.env["award.award"].create(
            {
                "title": organisation.name,
                "applicant_id": organisation.id,
                "class_code": "organisation",
                "scheme_code": "old",
                "term": 1,
                "award_year": 2020,
                "awarded_on": "2020-12-01",
                "valid_until": valid_until,
                "company_id": company.id,
            }
        )

    def moves(self, record):
        return self.env["award.transition"].search_count(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_expiry(self):
        other = self.env["res.company"].create({"name": "乙市"})
        over = self.award("2026-03-09") | self.award("2026-03-09", other)
        still = self.award("2026-03-10") | self.award(False)
        clocks = self.env["award.clock"]._of(over | still)
        self.assertEqual(
            [(c.res_id, str(c.due_on), c.on_expiry) for c in clocks.sorted("res_id")],
            [
                (over[0].id, "2026-03-09", "expire"),
                (over[1].id, "2026-03-09", "expire"),
                (still[0].id, "2026-03-10", "expire"),
            ],
        )
        self.run_cron("cron_clock_expire")
        self.assertEqual(over.mapped("state"), ["expired"] * 2)
        self.assertEqual(still.mapped("state"), ["valid"] * 2)
        self.assertEqual(
            self.env["award.clock"]._of(over).mapped("standing"), ["expired"] * 2
        )
        actor = self.env["award.transition"].search(
            [("model", "=", "award.award"), ("res_id", "=", over[0].id)]
        )
        self.assertEqual(actor.user_id, self.env.ref("quality_award.user_clock").id)
        self.run_cron("cron_clock_expire")
        self.assertEqual([self.moves(award) for award in over], [1, 1])

    def test_expiry_by_hand(self):
        """The office may be first; the clock ends with the act."""
        over = self.award("2026-03-09")
        over.with_user(self.roles["office"]).action_expire()
        self.assertEqual(self.env["award.clock"]._of(over).standing, "expired")
        self.run_cron("cron_clock_expire")
        self.assertEqual(self.moves(over), 1)

    def test_partitions(self):
        self.run_cron("cron_partitions")
        self.run_cron("cron_partitions")

    def test_actor(self):
        """Every scheduled action of the addon runs as the named actor."""
        names = self.env["ir.model.data"].search(
            [("module", "=", "quality_award"), ("model", "=", "ir.cron")]
        )
        crons = self.env["ir.cron"].browse(names.mapped("res_id"))
        self.assertEqual(crons.user_id, self.env.ref("quality_award.user_clock"))
        self.assertGreaterEqual(len(crons), 3)
