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
        with self.enter_registry_test_mode():
            self.env.ref(f"quality_award.{name}").method_direct_trigger()
        self.env.invalidate_all()

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
        self.run_cron("cron_expire_awards")
        self.assertEqual(over.mapped("state"), ["expired"] * 2)
        self.assertEqual(still.mapped("state"), ["valid"] * 2)
        actor = self.env["award.transition"].search(
            [("model", "=", "award.award"), ("res_id", "=", over[0].id)]
        )
        self.assertEqual(actor.user_id, self.env.ref("quality_award.user_clock").id)
        self.run_cron("cron_expire_awards")
        self.assertEqual([self.moves(award) for award in over], [1, 1])

    def test_reminders(self):
        """Once before the last day, once after it; never for what is done."""
        self.until_candidate([60000])
        committee = self.committee()
        proposed = self.new_list("proposed")
        self.meet(proposed, committee)
        notice = self.publish(self.adopt(proposed))
        clock = self.env["award.clock"]._of(notice, "notice")
        self.assertEqual(str(clock.due_on), "2026-03-20")
        self.env["award.clock"].search([("id", "!=", clock.id)]).sudo().write(
            {"void": True}
        )

        for days, told in [
            (7, False),
            (1, True),  # two days before the last
            (1, False),
            (1, False),
            (1, True),  # the day after
            (1, False),
        ]:
            self.pass_days(days)
            with self.subTest(today=self.env["award.clock"]._today()):
                before = self.env["mail.message"].search([], order="id desc", limit=1)
                self.run_cron("cron_remind")
                self.run_cron("cron_remind")
                messages = self.env["mail.message"].search(
                    [("id", ">", before.id), ("subject", "like", "time limits")]
                )
                people = messages.notified_partner_ids.user_ids
                self.assertEqual("公示期" in str(messages.mapped("body")), told)
                self.assertEqual(
                    people, self.office_people() if told else people.browse()
                )

    def office_people(self):
        group = self.env.ref("quality_award.group_office")
        return self.env["res.users"].search([("all_group_ids", "in", group.ids)])

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
