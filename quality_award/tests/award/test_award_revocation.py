from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.quality_award.models.award import duties as duties_module
from odoo.addons.quality_award.tests.decision.common import DecisionCommon
from odoo.addons.quality_award.tests.regulation.common import merged, row

GROUNDS = [
    {"code": "fraud", "procedure": "revoke", "ban_for_ever": True}
    | {"recover": ["certificate", "money", "announce"]},
    {"code": "accident", "procedure": "revoke", "watch_years": 2, "ban_years": 3},
    {"code": "term", "procedure": "cancel", "ban_terms": 1, "recover": ["credit"]},
    {"code": "lost", "procedure": "revoke", "known": False},
]
OBLIGATIONS = [
    {"code": "report", "kind": "annual_report", "due_month_day": "12-31"}
    | {"to": ["office"]},
    {"code": "prize", "kind": "prize_report", "only_with_prize": True},
    {"code": "sharing", "kind": "sharing"},
    {"code": "listed", "kind": "volunteer"},
]


def named(rows):
    return [row | {"name_zh": row["code"], "clause": "17"} for row in rows]


@tagged("post_install", "-at_install")
class TestAwardRevocation(DecisionCommon):
    """Grounds, windows, recoveries and bans; what winners owe by rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.other_scheme(
            "grounds",
            grounds=named(GROUNDS),
            obligations=named(OBLIGATIONS),
            parameters={
                "recovery": ["plaque"],
                "title_correction_days": 15,
                "retention_decision_years": 0,
                "retention_review_years": 30,
            },
        )
        cls.edition = cls.edition_of(cls.scheme)
        approval = cls.until_grant([60000], cls.committee())
        approval.with_user(cls.office).action_grant()
        cls.env.invalidate_all()
        cls.approval = approval
        cls.award = cls.env["award.award"].search([("approval_id", "=", approval.id)])
        cls.finance = cls.roles["finance"]

    def ground(self, code):
        return self.scheme.ground_ids.filtered(lambda g: g.code == code)

    def open(self, code="fraud", happened="2026-03-21", **values):
        return (
            self.env["award.revocation"]
            .with_user(self.office)
            .create(
                {
                    "award_id": self.award.id,
                    "ground_id": self.ground(code).id,
                    "happened_on": happened,
                    "facts": "数据造假。",
                    "notified_on": "2026-03-21",
                    **values,
                }
            )
        )

    def decide(self, code="fraud", **values):
        revocation = self.open(code, **values)
        revocation.action_notify()
        revocation.with_user(self.head).action_decide("市政函3号", "2026-03-21")
        self.env.invalidate_all()
        return revocation

    # -- revocation --------------------------------------------------------------
    def test_only_on_a_known_ground_in_its_window(self):
        for values, code, clause in [
            ({"notified_on": False}, "notification_missing", None),
            ({"notified_on": "2026-03-22"}, "notification_missing", None),
            ({"code": "lost"}, "ground_unknown", "17"),
            ({"code": "accident", "happened": "2026-03-20"}, "watch_over", "17"),
            ({"code": "accident", "happened": "2028-03-22"}, "watch_over", "17"),
        ]:
            with self.subTest(values=values), self.assertRefused(code, clause):
                self.open(**values).action_notify()
        self.open("accident", "2028-03-21").action_notify()

    def test_ground_of_another_scheme(self):
        revocation = self.open()
        strange = self.env["award.ground"].create(
            {
                "scheme_id": self.env["award.scheme"]
                .create({"code": "x", "version": "1", "name_zh": "x"})
                .id,
                "code": "x",
                "name_zh": "x",
                "procedure": "revoke",
            }
        )
        revocation.ground_id = strange
        with self.assertRefused("ground_of_other_scheme"):
            revocation.action_notify()

    def test_no_way_past_the_ground(self):
        self.award.with_user(self.office).revocation_number = "撤1号"
        with self.assertRefused("revocation_by_ground"):
            self.award.with_user(self.head).action_revoke("弄虚作假。")

    def test_decision_and_check_list(self):
        revocation = self.open()
        revocation.action_notify()
        with self.assertRefused("wrong_role"):
            revocation.action_decide("1号", "2026-03-21")
        head = revocation.with_user(self.head)
        for number, day, code in [
            (" ", "2026-03-21", "document_missing"),
            ("1号", "2026-03-22", "document_date_future"),
        ]:
            with self.subTest(code=code), self.assertRefused(code):
                head.action_decide(number, day)
        self.pay_the_prize()
        head.action_decide("1号", "2026-03-21")
        self.env.invalidate_all()
        self.assertEqual(self.award.state, "revoked")
        self.assertEqual(self.award.revocation_number, "1号")
        steps = revocation.recovery_ids
        self.assertEqual(steps.mapped("kind"), ["certificate", "money", "announce"])
        with self.assertRefused("recovery_open"):
            revocation.action_complete()
        with self.assertRefused("recovery_proof_missing"):
            steps[0].with_user(self.office).done_on = "2026-03-21"
        steps.with_user(self.office).write({"done_on": "2026-03-21", "proof": "收条"})
        revocation.action_complete()
        with self.assertRefused("field_closed"):
            steps[0].with_user(self.office).proof = "另"

    def test_money_not_paid_is_not_recovered(self):
        revocation = self.decide()
        self.assertEqual(
            revocation.recovery_ids.mapped("kind"), ["certificate", "announce"]
        )

    def test_recoveries_of_the_scheme_where_the_ground_is_silent(self):
        self.assertEqual(
            self.decide("accident").recovery_ids.mapped("kind"), ["plaque"]
        )

    def test_recoveries(self):
        """What comes back after fraud is what each of the shipped texts names."""
        expected = {
            "anhui_2010": {"certificate", "trophy", "money"},
            "shanghai_2016": {"credit"},
            "chengdu_2012": {"certificate", "plaque", "money", "announce"},
        }
        self.pay_the_prize()
        for name, kinds in expected.items():
            ground = row(merged(name), "grounds", "fraud")
            with self.subTest(name=name), self.env.cr.savepoint() as savepoint:
                self.patch(
                    type(self.env["award.ground"]),
                    "_recoveries",
                    lambda _self, said=ground["recover"]: said,
                )
                revocation = self.decide()
                self.assertEqual(set(revocation.recovery_ids.mapped("kind")), kinds)
                with self.assertRefused("recovery_open"):
                    revocation.action_complete()
                savepoint.rollback()
            self.env.invalidate_all()

    def pay_the_prize(self):
        prizes = self.award.prize_ids.with_user(self.finance)
        prizes.write({"voucher_number": "1", "payee_confirmed": True})
        prizes.action_pay()

    def test_expired_title_can_be_taken(self):
        self.put(self.award, "expired", "expire")
        self.decide()
        self.assertEqual(self.award.state, "revoked")

    # -- bans ----------------------------------------------------------------------
    def ban(self, term=2, day="2026-03-21"):
        edition = self._new_edition(scheme=self.scheme, term=term)
        case = self.env["award.application"].new(
            {"applicant_id": self.award.applicant_id.id, "edition_id": edition.id}
        )
        self.frozen.move_to(f"{day} 02:00:00")
        return case._guard_not_banned()

    def test_ban_for_ever(self):
        self.assertIsNone(self.ban(term=20))
        self.decide()
        refusal = self.ban(term=9, day="2060-01-01")
        self.assertEqual((refusal.code, refusal.clause), ("banned", "17"))
        self.assertEqual(refusal.values["open"], "never")

    def test_ban_by_years(self):
        self.decide("accident")
        self.assertEqual(
            self.ban(day="2029-03-21").values["open"], date(2029, 3, 22)
        )
        self.assertIsNone(self.ban(term=3, day="2029-03-22"))

    def test_ban_by_terms(self):
        self.decide("term")
        self.assertEqual(self.ban(2).values["open"], "edition 3")
        self.assertIsNone(self.ban(3))

    def test_another_applicant_is_free(self):
        self.decide()
        other = self.accepted(1, "composite")
        self.assertEqual(other._ban_of(), ())

    # -- what winners owe -------------------------------------------------------------
    def test_duties_by_rule(self):
        owed = {o.kind: o for o in self.award.obligation_ids}
        self.assertEqual(set(owed), {"annual_report", "prize_report", "sharing"})
        report = owed["annual_report"]
        self.assertEqual(str(report.due_on), "2026-12-31")
        self.assertEqual(report.recipients, self._office_name())
        self.assertFalse(owed["sharing"].due_on)
        volunteer = self.award.volunteer_ids
        self.assertEqual(
            (volunteer.name, volunteer.standing, str(volunteer.since)),
            (f"Head of {self.award.title}", "top_manager", "2026-03-21"),
        )

    def _office_name(self):
        office = self.scheme.body_ids.filtered(lambda b: b.code == "office")
        return office._name_on(self.award.awarded_on)

    def test_reports_without_end(self):
        def due():
            reports = self.award.obligation_ids.filtered(
                lambda o: o.kind == "annual_report"
            )
            return [str(day) for day in sorted(reports.mapped("due_on"))]

        def run():
            with self.enter_registry_test_mode():
                self.env.ref("quality_award.cron_yearly_reports").method_direct_trigger()
            self.env.invalidate_all()

        run()
        self.assertEqual(due(), ["2026-12-31"])
        self.frozen.move_to("2027-01-02 02:00:00")
        run()
        run()
        self.assertEqual(due(), ["2026-12-31", "2027-12-31"])

    def test_reports_that_end_take_no_place(self):
        """Winners with few reports, all due, leave the batch to those without end."""
        self.patch(duties_module, "BATCH", 1)
        finite = self.env["award.award"]
        ending = self.other_scheme(
            "ending", parameters={"annual_report_years": 1}, obligations=[]
        )
        edition = self._new_edition(scheme=ending, term=7)
        for number in range(2):
            finite |= self.award.create(
                {
                    "title": f"甲{number}",
                    "applicant_id": self.award.applicant_id.id,
                    "class_code": ending.class_ids[:1].code,
                    "scheme_code": "elsewhere",
                    "term": number,
                    "award_year": 2020,
                    "awarded_on": "2020-03-01",
                }
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE award_award SET edition_id = %s WHERE id IN %s",
            [edition.id, tuple(finite.ids)],
        )
        self.env.invalidate_all()
        self.env["award.obligation"].create(
            [
                award._obligation(
                    "annual_report", award._rules_of("annual_report"), "2020-12-31"
                )
                for award in finite
            ]
        )
        self.frozen.move_to("2027-01-02 02:00:00")
        with self.enter_registry_test_mode():
            self.env.ref("quality_award.cron_yearly_reports").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(
            sorted(
                str(owed.due_on)
                for owed in self.award.obligation_ids
                if owed.kind == "annual_report"
            ),
            ["2026-12-31", "2027-12-31"],
        )
        self.assertEqual(len(finite.obligation_ids), 2)

    def test_no_money_no_report(self):
        """The duty that is tied to prize money falls without it; the others stay."""
        self.award.obligation_ids.use_ids.sudo().unlink()
        self.award.obligation_ids.sudo().unlink()
        self.award.prize_ids.sudo().unlink()
        owed = self.award._owed("prize_report") + self.award._owed("sharing")
        self.assertEqual([values["kind"] for values in owed], ["sharing"])

    # -- retention, charges, honours, decision -------------------------------------
    def test_retention_by_kind_of_document(self):
        self.assertTrue(self.edition._is_retained())
        self.frozen.move_to("2026-12-31 02:00:00")
        self.edition.with_user(self.head).action_close()
        edition = self.edition
        self.assertFalse(edition.decision_kept_until)
        self.assertEqual(str(edition.review_kept_until), "2056-12-31")
        self.assertEqual(str(edition.application_kept_until), "2036-12-31")
        self.frozen.move_to("2099-01-01 02:00:00")
        self.assertTrue(edition._is_retained())

    def test_retention_ends_with_the_longest(self):
        self.says(retention_decision_years=20)
        self.frozen.move_to("2026-12-31 02:00:00")
        self.edition.with_user(self.head).action_close()
        for day, retained in [("2056-12-31", True), ("2057-01-01", False)]:
            self.frozen.move_to(f"{day} 02:00:00")
            with self.subTest(day=day):
                self.assertEqual(self.edition._is_retained(), retained)

    def test_nothing_may_be_charged(self):
        draft = self._new_edition(scheme=self.scheme, term=7)
        self.assertIsNone(draft._guard_no_charge())
        self.env.cr.execute(
            """UPDATE ir_model_fields SET relation = 'account.move'
                WHERE model = 'award.application' AND name = 'trade_id'"""
        )
        with self.assertRefused("charge_linked", "3") as caught:
            draft.with_user(self.head).action_announce()
        self.assertIn("award.application.trade_id", str(caught.exception))

    def test_honours_from_outside(self):
        values = {
            "applicant_id": self.award.applicant_id.id,
            "title": "中国质量奖提名奖",
            "issuer": "国家市场监督管理总局",
            "awarded_on": "2025-09-01",
        }
        honour = self.env["award.honour"].with_user(self.office).create(values)
        with self.assertRefused("reward_without_document"):
            honour.rewarded_on = "2026-01-01"
        honour.write({"reward": 200000, "reward_document": "沪府发1号"})
        honour.rewarded_on = "2026-01-01"
        with self.assertRaises(AccessError):
            honour.with_user(self.roles["reviewer"]).read(["reward"])

    def test_new_fields_stay_out_of_reach(self):
        forged = self.env["award.violation"].with_user(self.office)
        with self.assertRefused("field_closed"):
            forged.create(
                {
                    "award_id": self.award.id,
                    "kind": "other",
                    "found_on": fields.Date.today(),
                    "description": "x",
                    "correct_by": "2099-01-01",
                }
            )
