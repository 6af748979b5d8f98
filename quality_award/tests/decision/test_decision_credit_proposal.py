"""A credit-check round from any list: its cases, and what it proposes to ask."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.application.fact import FIELDS

from .common import DecisionCommon

#: Subjects of the conditions that no department of the scheme is named after.
SHARED = ["quality", "safety", "ip", "operation", "counterfeit"]
#: Departments of the scheme, and the subject that is theirs alone.
DEPARTMENTS = {
    "work_safety": [],
    "environment": ["environment"],
    "health": ["health"],
    "construction": ["construction"],
    "intellectual_property": [],
    "labour": ["labour"],
    "tax": ["tax"],
    "sector": [],
}


@tagged("post_install", "-at_install")
class TestCreditProposal(DecisionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("qualification", 2)

    def rounds(self, action):
        found = self.env["award.credit.round"].with_user(self.office)
        if action.get("res_id"):
            return found.browse(action["res_id"])
        return found.search(action["domain"])

    def round_of(self, cases=None, user=None):
        cases = (self.cases if cases is None else cases).with_user(user or self.office)
        return self.rounds(cases.action_credit_check())

    def asked(self, one):
        """dict code of the department -> subjects, as a set would hold them."""
        order = [field for field, _label in FIELDS]
        return {
            body.code: sorted(asks.mapped("field"), key=order.index)
            for body, asks in one.ask_ids.grouped("body_id").items()
        }

    def test_the_first_round_asks_what_the_conditions_look_at(self):
        one = self.round_of()
        self.assertEqual(one.application_ids, self.cases)
        order = [field for field, _label in FIELDS]
        self.assertEqual(
            self.asked(one),
            {
                code: sorted(SHARED + own, key=order.index)
                for code, own in DEPARTMENTS.items()
            },
        )
        self.assertTrue(all(one.ask_ids.mapped("conditions")))
        self.assertFalse(one.consultation_ids, "nothing is drafted yet")

    def test_a_condition_without_subjects_looks_at_all(self):
        Requirement = type(self.env["award.requirement"])
        self.patch(Requirement, "_word_list", lambda *_args: [])
        found = {field for fields in self.asked(self.round_of()).values()
                 for field in fields}
        self.assertEqual(found, set(dict(FIELDS)))

    def test_only_conditions_of_the_classes_of_the_cases(self):
        Requirement = type(self.env["award.requirement"])
        tax = self.scheme.requirement_ids.filtered(
            lambda r: "tax" in r._word_list("fields")
        )
        _is_for = Requirement._is_for
        self.patch(
            Requirement,
            "_is_for",
            lambda record, award_class: record not in tax
            and _is_for(record, award_class),
        )
        found = {field for fields in self.asked(self.round_of()).values()
                 for field in fields}
        self.assertEqual(
            found, {"quality", "safety", "environment", "health", "counterfeit"}
        )

    def test_rows_are_deleted_and_the_next_round_asks_the_same(self):
        first = self.round_of()
        first.ask_ids.filtered(
            lambda ask: (ask.body_id.code, ask.field)
            not in {("tax", "tax"), ("sector", "quality")}
        ).unlink()
        expected = {"tax": ["tax"], "sector": ["quality"]}
        self.assertEqual(self.asked(self.round_of()), expected)
        first.action_prepare()
        self.assertEqual(self.asked(self.round_of()), expected)
        self.assertEqual(len(first.consultation_ids), 2)

    def test_from_qualification_checks(self):
        checks = self.cases.qualification_ids.with_user(self.office)
        one = self.rounds(checks.action_credit_check())
        self.assertEqual(one.application_ids, self.cases)
        binding = self.env.ref("quality_award.award_qualification_action_credit_check")
        self.assertEqual(binding.binding_model_id.model, "award.qualification")
        action = binding.with_user(self.office).with_context(
            active_model="award.qualification", active_ids=checks[:1].ids
        ).run()
        self.assertEqual(self.rounds(action).application_ids, self.cases[:1])

    def test_a_round_for_each_edition(self):
        other = self._new_edition(term=52)
        other.with_user(self.roles["office_head"]).action_announce()
        cases = self.cases | self.register(1, edition=other)
        rounds = self.round_of(cases)
        self.assertEqual(
            {one.edition_id: one.application_ids for one in rounds},
            {self.edition: self.cases, other: cases - self.cases},
        )
        first, second = rounds
        self.assertEqual(self.asked(first), self.asked(second))

    def test_without_departments_nothing_is_proposed(self):
        Body = type(self.env["award.credit.round"])
        self.patch(Body, "_departments", lambda _self: self.env["award.body"])
        one = self.round_of()
        self.assertFalse(one.ask_ids)
        with self.assertRefused("no_department_chosen"):
            one.action_prepare()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_begins_no_round(self):
        before = self.env["award.credit.round"].search_count([])
        checks = self.cases.qualification_ids
        people = [self.applicant_of(self.cases[:1])]
        people += [
            self.roles[role]
            for role in (
                "supervisor", "handling", "recommender_sign", "reviewer", "finance"
            )
        ]
        other = self.env["res.company"].create({"name": "乙市评审办"})
        people.append(self._new_user("other", "quality_award.group_office", other))
        withdrawn = self.roles["office_second"]
        self.env["award.recusal"].with_user(withdrawn).create(
            {"application_id": self.cases[:1].id, "kind": "family"}
        )
        people.append(withdrawn)
        for user in people:
            for records in (self.cases, checks):
                with self.subTest(user.login, on=records._name):
                    with self.assertRaises(AccessError):
                        records.with_user(user).action_credit_check()
        self.assertEqual(self.env["award.credit.round"].search_count([]), before)
