"""Clocks of cases: owners, suspension, editions, lapse, strips for both sides."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from ..common import AwardCommon, AwardVocabulary


def _run_cron(case, name):
    case.env.flush_all()
    cron = case.env.ref(f"quality_award.{name}")
    with case.enter_registry_test_mode():
        cron.method_direct_trigger()
    case.env.invalidate_all()
    case.assertEqual(cron.failure_count, 0, "the scheduled action has failed")


@tagged("post_install", "-at_install")
class TestApplicationClock(AwardCommon):
    def clock_of(self, record):
        return self.env["award.clock"]._of(record)

    def told(self, name):
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        _run_cron(self, name)
        messages = self.env["mail.message"].search(
            [("id", ">", last), ("subject", "like", "Quality Award:")]
        )
        return set(messages.notified_partner_ids.user_ids.mapped("login"))

    def _supplement(self, case):
        supplement = self.env["award.supplement"].with_user(self.roles["office"])
        supplement = supplement.create(
            {
                "qualification_id": case.qualification_ids.id,
                "items": "请补充商标证书",
            }
        )
        supplement.action_send()
        return supplement

    def test_basis_and_owner(self):
        case = self.cases_at("recommendation")
        clock = self.clock_of(case.recommendation_ids)
        self.assertEqual(
            (clock.clause, clock.owner_role, clock.party_model, clock.party_id),
            ("12-3", "recommender", "award.recommender", case.recommender_id.id),
        )
        self.assertEqual(clock.party_name, "甲区")
        self.assertTrue(clock.citation)
        self.assertEqual((clock.due_on, clock.remind_days), (date(2026, 3, 24), [3, 1]))

    def test_a_recommender_s_own_line(self):
        """All its people before and at the first rung, then those who check."""
        self.cases_at("recommendation")
        everybody = {f"recommender_{step}" for step in ("prepare", "check", "sign")}
        for day, name, expected in [
            ("2026-03-19", "cron_remind", everybody),
            ("2026-03-25", "cron_clock_escalate", everybody),
            (
                "2026-03-26",
                "cron_clock_escalate",
                {"recommender_check", "recommender_sign"},
            ),
            ("2026-03-27", "cron_clock_escalate", {"t_office_head"}),
        ]:
            with self.subTest(day=day), freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.told(name), expected)

    def test_the_applicant_is_reminded_of_a_supplement(self):
        case = self.cases_at("qualification")
        supplement = self._supplement(case)
        self.assertEqual(supplement.due_on, date(2026, 3, 17))
        with freeze_time("2026-03-16 02:00:00"):
            self.assertEqual(
                self.told("cron_remind"), {self.applicant_of(case).login}
            )

    def test_a_supplement_is_its_own_suspension(self):
        """Two requests: the check runs again when both are answered."""
        case = self.cases_at("qualification")
        check = case.qualification_ids
        clock = self.clock_of(check)
        with freeze_time("2026-03-11 02:00:00"):
            first = self._supplement(case)
            second = self._supplement(case)
        rows = [(row.event, row.source_id, row.to_on) for row in clock.suspension_ids]
        self.assertEqual(
            rows, [("supplement", first.id, False), ("supplement", second.id, False)]
        )
        with freeze_time("2026-03-12 02:00:00"):
            self.as_applicant(case)._portal_answer(first.id, "见附件")
            self.assertEqual(clock.standing, "suspended")
        with freeze_time("2026-03-13 02:00:00"):
            self.as_applicant(case)._portal_answer(second.id, "见附件")
        self.assertEqual((clock.due_on, clock.suspended_days), (date(2026, 3, 19), 2))
        self.assertEqual(clock.revision_ids.mapped("why"), ["resumed", "suspended"])

    def test_lapse_by_itself(self):
        """The clock ends as expired; run late and twice it ends once."""
        case = self.cases_at("qualification")
        supplement = self._supplement(case)
        clock = self.clock_of(supplement)
        self.assertEqual(clock.on_expiry, "lapse")
        with freeze_time("2026-04-18 02:00:00"):
            _run_cron(self, "cron_clock_expire")
            _run_cron(self, "cron_clock_expire")
        self.assertEqual(
            (supplement.state, case.state, clock.standing),
            ("lapsed", "withdrawn", "expired"),
        )

    def test_a_due_date_follows_the_calendar(self):
        case = self.cases_at("qualification")
        supplement = self._supplement(case)
        year = self.env["award.calendar.year"].search([("year", "=", 2026)])
        self.env["award.agency.day"].create(
            {"year_id": year.id, "date": "2026-03-12", "kind": "off", "source": "x"}
        )
        _run_cron(self, "cron_clock_recount")
        self.assertEqual(supplement.due_on, date(2026, 3, 18))
        self.assertEqual(case.recommendation_ids.due_on, date(2026, 3, 24))

    def test_a_clock_that_ends_with_an_edition(self):
        clock = self.env["award.clock"].create(
            {
                "name": "届",
                "code": "terms",
                "res_model": "award.edition",
                "res_id": self.edition.id,
                "owner_role": "office",
                "started_on": "2026-03-10",
                "unit": "edition",
                "length": 1,
                "edition_scheme": self.scheme.code,
                "edition_term": 4,
                "undated_because": "edition",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(clock.standing, "edition")
        with freeze_time("2026-09-01 02:00:00"):
            following = self._new_edition(term=4, award_year=2027)
            following.with_user(self.roles["office_head"]).action_announce()
        self.assertEqual(
            (clock.due_on, clock.undated_because), (date(2026, 9, 1), False)
        )
        self.assertEqual(clock.revision_ids.why, "edition")

    def test_strips_of_the_case(self):
        case = self.cases_at("qualification").with_user(self.roles["office"])
        strip = case.clock_strips[0]
        self.assertEqual(len(case.clock_strips), 1)
        self.assertEqual(strip["name"], "Office checks the material")
        marked = {d["date"]: d["marks"] for d in strip["days"]}
        self.assertEqual(marked["2026-03-17"], ["counted", "due"])
        self.assertEqual(marked["2026-03-10"], ["start", "today"])
        self.assertIn("5 working days left", strip["text"])
        self.assertEqual(len(strip["sources"]), 1)
        self.assertFalse(strip["warning"])
        with freeze_time("2026-03-11 02:00:00"):
            self._supplement(case)
            self.env.invalidate_all()
            strips = {s["name"]: s for s in case.clock_strips}
        self.assertEqual(
            strips["Office checks the material"]["warning"],
            "The time limit is suspended.",
        )

    def test_no_strip_tells_what_a_letter_has_not(self):
        case = self.qualify(self.cases_at("qualification"), unmet="registered")
        state = self.as_applicant(case)._portal_state(case.id)
        self.assertEqual(state["strips"], [])


@tagged("post_install", "-at_install")
class TestApplicationClockPage(AwardVocabulary, HttpCase):
    def test_the_applicant_sees_the_strip(self):
        case = self.cases_at("recommendation")
        user = self.applicant_of(case)
        user.sudo().password = "strip-strip-strip"
        self.authenticate(user.login, "strip-strip-strip")
        page = self.url_open(f"/my/award/{case.id}").text
        self.assertIn("o_award_day_due", page)
        self.assertIn('role="img"', page)
        self.assertIn("10 working days left", page)
        self.assertIn("国务院办公厅", page)
