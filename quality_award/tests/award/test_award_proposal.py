from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.award import proposal as proposal_module
from odoo.addons.quality_award.tests.common import put_in_force
from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestAwardProposal(DecisionCommon):
    """The next edition is proposed when the cycle has run, once, and may wait."""

    def run_cron(self):
        self.env.flush_all()
        cron = self.env.ref("quality_award.cron_propose_editions")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(cron.failure_count, 0)

    def proposals(self, edition=None):
        return self.env["award.proposal"].search(
            [("last_edition_id", "=", (edition or self.edition).id)]
        )

    def proposed(self, day="2028-03-10"):
        self.frozen.move_to(f"{day} 02:00:00")
        self.run_cron()
        return self.proposals()

    def told(self):
        return self.env["mail.message"].search_count(
            [("subject", "=", "Quality Award: the next edition is due")]
        )

    def yearly(self, months, **parameters):
        """An edition announced today under a scheme with another cycle."""
        self.made = getattr(self, "made", 0) + 1
        scheme = self.other_scheme(
            f"cycle{self.made}", parameters={"cycle_months": months, **parameters}
        )
        return self.edition_of(scheme)

    def test_when_the_cycle_has_run(self):
        """From the announcement, months as the calendar counts them; one to five years.

        The edition of the class was announced on 10 March 2026, every two years.
        """
        every = {self.edition: "2028-03-10"}
        self.frozen.move_to("2026-08-31 02:00:00")
        for months, due in [
            (12, "2027-08-31"),
            (18, "2028-02-29"),
            (36, "2029-08-31"),
            (60, "2031-08-31"),
        ]:
            every[self.yearly(months)] = due
        self.proposed("2027-08-30")
        self.assertEqual([len(self.proposals(e)) for e in every], [0] * 5)
        for edition, due in sorted(every.items(), key=lambda pair: pair[1]):
            with self.subTest(months=due):
                self.proposed(due)
                found = self.proposals(edition)
                self.assertEqual(
                    (str(found.due_on), found.state), (due, "proposed")
                )
                self.assertFalse(
                    [e for e, day in every.items() if day > due and self.proposals(e)]
                )

    def test_once(self):
        self.assertEqual(self.proposed("2028-03-09").ids, [])
        proposal = self.proposed()
        self.assertEqual(len(proposal), 1)
        self.assertEqual((proposal.cycle_months, proposal.is_soft), (24, True))
        told = self.told()
        self.assertGreater(told, 0)
        self.run_cron()
        self.proposed("2030-03-10")
        self.assertEqual(self.proposals(), proposal)
        self.assertEqual(self.told(), told)

    def test_what_proposes_nothing(self):
        """A later draft, a cancelled edition, a scheme that is silent on its cycle."""
        silent = self.yearly(None)
        cancelled = self.yearly(12)
        cancelled.with_user(self.head).action_cancel("重新公告。")
        self._new_edition(term=4)
        self.proposed("2032-01-01")
        for edition in (silent, cancelled, self.edition):
            self.assertEqual(self.proposals(edition).ids, [])

    def test_a_later_version_of_the_scheme_counts(self):
        """Editions of one award belong together, whatever version they were under."""
        data = self.scheme._export() | {"version": "2016"}
        data.pop("extends", None)
        newer = self.env["award.scheme"]._import(data)
        put_in_force(newer.with_user(self.roles["administrator"]))
        later = self._new_edition(scheme=newer, term=4, award_year=2028)
        self.frozen.move_to("2028-02-01 02:00:00")
        later.with_user(self.head).action_announce()
        self.assertEqual(self.proposed().ids, [])
        self.proposed("2030-02-01")
        self.assertEqual(len(self.proposals(later)), 1)

    def test_taken_up(self):
        proposal = self.proposed().with_user(self.head)
        with self.assertRefused("wrong_role"):
            proposal.with_user(self.office).action_take()
        action = proposal.action_take()
        edition = self.env["award.edition"].browse(action["res_id"])
        self.assertEqual(proposal.edition_id, edition)
        self.assertEqual(
            (edition.state, edition.term, edition.award_year, edition.name_zh),
            ("draft", 4, 2028, "第4届"),
        )
        self.assertEqual(edition.scheme_id, self.scheme)
        with self.assertRefused("wrong_state"):
            proposal.action_take()

    def test_under_the_newest_version(self):
        """Versions count as people read them, with or without a day of validity."""
        data = self.scheme._export()
        made = self.scheme.browse()
        others = [
            row for row in data["parameters"] if row["code"] != "recommender_ban_years"
        ]
        for version, valid_from, years in (
            ("2014-10", "2015-01-01", 5),
            ("2014-9", None, 2),
        ):
            said = {**data, "version": version, "valid_from": valid_from}
            ban = {"code": "recommender_ban_years", "value": years, "clause": "3"}
            said["parameters"] = [*others, ban]
            said = {name: value for name, value in said.items() if value is not None}
            made |= self.scheme._import(said)
        # The older one is published after the newer one, which stays in force.
        for scheme in made:
            put_in_force(scheme.with_user(self.roles["administrator"]))
        self.assertEqual(made.mapped("state"), ["published", "published"])
        newest = made._newest_published(self.scheme.code, self.company)
        self.assertEqual(newest, made[0])
        nothing = made._newest_published("none", self.company)
        self.assertEqual((nothing, nothing._name), (made.browse(), "award.scheme"))
        ban = self.env["award.ban"].create(
            {
                "recommender_id": self.recommender.id,
                "scheme_code": self.scheme.code,
                "begins_on": "2026-03-10",
                "reason": "弄虚作假",
                "number": "1号",
            }
        )
        self.assertEqual(ban.years, 5)
        proposal = self.proposed().with_user(self.head)
        proposal.action_take()
        self.assertEqual(proposal.edition_id.scheme_id, made[0])

    def test_it_comes_back_when_the_edition_is_cancelled(self):
        """Taken up or begun by hand: without the edition the cycle has still run."""
        proposal = self.proposed()
        head = proposal.with_user(self.head)
        for begin in ("take", "by hand"):
            with self.subTest(begin=begin):
                if begin == "take":
                    head.postponed_until = "2029-01-01"
                    head.action_take()
                    edition = proposal.edition_id
                else:
                    edition = self._new_edition(term=4)
                self.run_cron()
                state = "taken" if begin == "take" else "overtaken"
                self.assertEqual(proposal.state, state)
                edition.with_user(self.head).action_cancel("机构改革。")
                told = self.told()
                self.run_cron()
                self.assertEqual(proposal.state, "proposed")
                self.assertGreater(self.told(), told)
                self.run_cron()
                self.assertEqual(proposal.state, "proposed")
        head.action_take()
        self.assertEqual(proposal.edition_id.state, "draft")
        self.assertEqual(len(self.proposals()), 1)

    def test_begun_by_hand(self):
        proposal = self.proposed()
        self._new_edition(term=4)
        with self.assertRefused("edition_begun"):
            proposal.with_user(self.head).action_take()
        self.run_cron()
        self.assertEqual(proposal.state, "overtaken")

    def test_postponed_with_a_reason(self):
        """It comes back on its day; the register keeps why."""
        proposal = self.proposed()
        head = proposal.with_user(self.head)
        with self.assertRefused("postponed_until_missing", "4"):
            head.action_postpone("机构改革。")
        proposal.with_user(self.office).postponed_until = "2028-09-01"
        with self.assertRefused("wrong_role"):
            proposal.with_user(self.office).action_postpone("机构改革。")
        with self.assertRefused("reason_missing"):
            head.action_postpone("")
        head.action_postpone("机构改革。")
        reasons = self.env["award.transition"].search(
            [("model", "=", "award.proposal"), ("res_id", "=", proposal.id)]
        )
        self.assertEqual(reasons.mapped("reason"), ["机构改革。"])
        self.proposed("2028-08-31")
        self.assertEqual(proposal.state, "postponed")
        self.proposed("2028-09-01")
        self.assertEqual(proposal.state, "proposed")
        self.run_cron()
        self.assertEqual(proposal.state, "proposed")

    def test_no_principle_only(self):
        """Where the scheme has no "in principle", a postponement needs a document."""
        edition = self.yearly(12, cycle_soft=None)
        self.proposed("2027-03-10")
        proposal = self.proposals(edition)
        proposal.with_user(self.office).postponed_until = "2028-01-01"
        head = proposal.with_user(self.head)
        with self.assertRefused("postponement_not_foreseen", "3"):
            head.action_postpone("机构改革。")
        proposal.with_user(self.office).document_number = "府办〔2027〕1号"
        head.action_postpone("机构改革。")
        self.assertEqual(proposal.state, "postponed")

    def test_bounded_batches(self):
        """What is left is left for the next run; nothing is done twice."""
        editions = self.edition | self.yearly(12) | self.yearly(24)
        self.patch(proposal_module, "BATCH", 1)
        runs = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda _cron, done, *, remaining: runs.append((done, remaining)),
        )
        self.frozen.move_to("2028-03-10 02:00:00")
        clock = self.env.ref("quality_award.user_clock")
        for _run in range(4):
            self.env["award.edition"].with_user(clock)._cron_propose()
        self.assertEqual(runs, [(1, 1), (1, 1), (1, 0), (0, 0)])
        for edition in editions:
            self.assertEqual(len(self.proposals(edition)), 1)

    def test_queries_do_not_grow(self):
        """Finding what is due costs the same for one edition as for many."""
        edition = self.env["award.edition"]
        counts = []
        for _round in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env.execute_query(edition._due_sql(edition._days_of_agencies()))
            counts.append(self.cr.sql_log_count - before)
            for months in (12, 24, 36):
                self.yearly(months)
        self.assertEqual(counts[0], counts[1])

    def test_another_agency(self):
        """Each agency is told of its own; the other sees nothing of it."""
        other = self.env["res.company"].create({"name": "乙市"})
        stranger = self._new_user("stranger", "quality_award.group_office", other)
        proposal = self.proposed()
        mine = proposal.with_user(self.office).search([])
        self.assertEqual(mine, proposal)
        self.assertEqual(proposal.with_user(stranger).search([]).ids, [])
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            proposal.with_user(stranger).read(["due_on"])
        told = self.env["mail.message"].search(
            [("subject", "=", "Quality Award: the next edition is due")]
        )
        self.assertIn(self.office.partner_id, told.notified_partner_ids)
        self.assertNotIn(stranger.partner_id, told.notified_partner_ids)

    def test_nobody_makes_one_by_hand(self):
        """The superuser can; the head of the office cannot, and may not date it."""
        values = {"last_edition_id": self.edition.id, "due_on": "2026-03-10"}
        with self.env.cr.savepoint() as savepoint:
            self.assertTrue(self.env["award.proposal"].create(values))
            savepoint.rollback()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            self.env["award.proposal"].with_user(self.head).create(values)
        proposal = self.proposed()
        with self.assertRefused("field_closed"):
            proposal.with_user(self.head).due_on = "2026-03-10"
