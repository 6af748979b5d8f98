from odoo.tests import tagged

from odoo.addons.quality_award.tests.decision.common import DecisionCommon

CLASSES = [
    {"code": code, "name_zh": code, "subject": subject, "clause": "3"}
    | {"criteria": "gbt19580_2012"}
    for code, subject in [("unit", "organisation"), ("person", "individual")]
]
OBLIGATIONS = [
    {"code": "sharing", "kind": "sharing"},
    {"code": "publicity", "kind": "publicity"},
    {"code": "listed", "kind": "volunteer"},
    {"code": "report", "kind": "annual_report", "classes": ["unit"]},
]
ACTIVITY = {
    "form": "lecture",
    "held_on": "2026-03-20",
    "title": "卓越绩效经验交流会",
    "audience": 120,
    "secrets_left_out": True,
}


@tagged("post_install", "-at_install")
class TestAwardObligations(DecisionCommon):
    """What winners owe beside the report on their money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.other_scheme(
            "duties",
            classes=CLASSES,
            quotas=[],
            thresholds=[],
            obligations=[
                row | {"name_zh": row["code"], "clause": "21"} for row in OBLIGATIONS
            ],
            parameters={"annual_report_due": "12-31", "volunteer_list": None},
        )
        cls.edition = cls.edition_of(cls.other)

    def won(self, of="unit", on="2026-03-10", **values):
        """A winner of a class, without the way to it; what it owes is not drawn up."""
        case = self.accepted(1, "award", self.edition, of, **values)
        award = self.env["award.award"].create(
            {
                "title": case.applicant_id.name,
                "applicant_id": case.applicant_id.id,
                "class_code": of,
                "scheme_code": "elsewhere",
                "term": 1,
                "award_year": 2026,
                "awarded_on": on,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE award_award SET edition_id = %s WHERE id = %s",
            [self.edition.id, award.id],
        )
        self.env.invalidate_all()
        return award

    def owed(self, award, kind):
        return award.obligation_ids.filtered(lambda o: o.kind == kind)

    def test_sharing(self):
        """A register of what was held; the duty is met by it, without other words."""
        self.frozen.move_to("2026-03-21 02:00:00")
        award = self.won()
        award._owe()
        sharing = self.owed(award, "sharing").with_user(self.office)
        publicity = self.owed(award, "publicity").with_user(self.office)
        self.assertEqual((len(sharing), len(publicity)), (1, 1))
        with self.assertRefused("content_missing"):
            sharing.action_deliver()
        register = self.env["award.sharing"].with_user(self.office)
        for values, code in (
            ({"secrets_left_out": False}, "secrets_not_asked"),
            ({"held_on": "2026-03-22"}, "sharing_in_future"),
        ):
            with self.subTest(values), self.assertRefused(code):
                register.create({**ACTIVITY, "award_id": award.id, **values})
        register.create({**ACTIVITY, "award_id": award.id})
        self.assertEqual((sharing.activity_count, publicity.activity_count), (1, 0))
        sharing.action_deliver()
        with self.assertRefused("content_missing"):
            publicity.action_deliver()
        register.create({**ACTIVITY, "award_id": award.id, "kind": "publicity"})
        publicity.action_deliver()
        self.assertEqual(
            {sharing.state, publicity.state}, {"delivered"}
        )

    def test_an_activity_stays_whose_it_was(self):
        """Neither another winner nor another duty, and none for a title taken away."""
        self.frozen.move_to("2026-03-21 02:00:00")
        award, other = self.won(), self.won()
        register = self.env["award.sharing"].with_user(self.office)
        activity = register.create({**ACTIVITY, "award_id": award.id})
        for values in ({"award_id": other.id}, {"kind": "publicity"}):
            for who in (activity, activity.sudo()):
                with self.subTest(values=values), self.assertRefused("sharing_kept"):
                    who.write(values)
        activity.write({"award_id": award.id, "kind": "sharing", "audience": 7})
        self.assertEqual(activity.audience, 7)
        self.put(award, "revoked", "revoke")
        for who in (register, register.sudo()):
            with self.assertRefused("sharing_of_revoked"):
                who.create({**ACTIVITY, "award_id": award.id})
        self.assertEqual(award.sharing_ids, activity)

    def test_volunteers(self):
        """Individuals themselves, of organisations the head; only by such a duty."""
        person = self.won(
            "person",
            subject="individual",
            credit_code=False,
            identity_number="11010519491231002X",
            name="李乙丑",
        )
        unit = self.won()
        (person | unit)._owe()
        self.assertEqual(
            [(v.award_id, v.name, v.standing) for v in person.volunteer_ids],
            [(person, "李乙丑", "winner")],
        )
        self.assertEqual(
            [(v.name, v.standing) for v in unit.volunteer_ids],
            [(f"Head of {unit.title}", "top_manager")],
        )
        rules = type(self.env["award.award"])
        self.patch(rules, "_rules_of", lambda award, kind: self.env[
            "award.obligation.rule"
        ])
        silent = self.won()
        silent._owe()
        self.assertEqual(silent.volunteer_ids.ids, [])

    def test_annual_report(self):
        """First day and number of years are parameters; individuals owe none."""
        for on, said, expected in [
            ("2026-12-01", {"annual_report_first": "same_year"}, ["2026-12-31"]),
            ("2026-12-01", {"annual_report_first": "next_year"}, ["2027-12-31"]),
            (
                "2026-12-01",
                {"annual_report_first": "next_year", "annual_report_years": 3},
                ["2027-12-31", "2028-12-31", "2029-12-31"],
            ),
            ("2026-12-31", {"annual_report_first": "same_year"}, ["2026-12-31"]),
        ]:
            with self.subTest(on=on, said=said):
                self.says(**{"annual_report_years": None, **said})
                award = self.won(on=on)
                award._owe()
                reports = self.owed(award, "annual_report")
                self.assertEqual(
                    [str(day) for day in reports.mapped("due_on")], expected
                )
        person = self.won(
            "person",
            subject="individual",
            credit_code=False,
            identity_number="11010519491231002X",
        )
        person._owe()
        self.assertEqual(self.owed(person, "annual_report").ids, [])
