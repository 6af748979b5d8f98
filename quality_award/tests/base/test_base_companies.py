from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import Factory, FloorCase, our_models


@tagged("post_install", "-at_install")
class TestTwoAgencies(FloorCase):
    """Two agencies in one database know nothing of each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factory_b = Factory(cls.env, cls.agency_b)
        # Scores of a defence are shown to who gave them, and to nobody else.
        judge = cls.users["deliberator"]
        cls.factory.one("award.expert").user_id = judge
        cls.factory.made["award.undertaking"] = cls.factory.new(
            "award.undertaking", user_id=judge.id
        )
        with_company = [
            name
            for name in our_models(cls.env)
            if cls.env[name]._auto and "company_id" in cls.env[name]._fields
        ]
        cls.pairs = {}
        for name in with_company:
            if name in {"award.transition", "award.clock"}:
                continue
            cls.pairs[name] = (cls.factory.one(name), cls.factory_b.one(name))
        for name in ("award.clock", "award.transition"):
            cls.pairs[name] = tuple(
                cls._line_of_the_floor(name, factory)
                for factory in (cls.factory, cls.factory_b)
            )

    @classmethod
    def _line_of_the_floor(cls, name, factory):
        case = factory.one("award.application")
        if name == "award.clock":
            return factory.new(name, res_model=case._name, res_id=case.id)
        row = factory.one("award.case.stage")
        people = cls.users if factory is cls.factory else cls._people(cls.agency_b)
        row.with_user(people["office"])._apply_move("pass")
        return cls.env[name].search(
            [("model", "=", row._name), ("res_id", "=", row.id)]
        )

    def test_which_models_belong_to_no_agency(self):
        """All but the calendar of the state, which is the same for everybody."""
        self.assertEqual(
            {
                name
                for name in our_models(self.env)
                if "company_id" not in self.env[name]._fields
            },
            {"award.calendar.year", "award.calendar.day"},
        )

    def test_every_model_has_a_rule_for_everybody(self):
        rules = self.env["ir.rule"].search([("groups", "=", False)])
        covered = {
            rule.model_id.model
            for rule in rules
            if "company_ids" in (rule.domain_force or "")
        }
        expected = {
            name
            for name in our_models(self.env)
            if "company_id" in self.env[name]._fields
        }
        self.assertEqual(expected - covered, set())

    def test_company_is_required_where_it_is_typed(self):
        """A record of nobody would be seen by nobody, or by all."""
        for name, records in self.pairs.items():
            for record, agency in zip(
                records, (self.agency, self.agency_b), strict=True
            ):
                self.assertEqual(record.company_id, agency, name)

    def test_nobody_sees_the_other_agency(self):
        # Sight first: without the rules each role with a right sees both.
        seen_at_all = set()
        for role, user in self.users.items():
            for name, (mine, theirs) in self.pairs.items():
                Model = self.env[name].with_user(user)
                if not Model.has_access("read"):
                    continue
                both = [("id", "in", (mine | theirs).ids)]
                with self.subTest(role=role, model=name):
                    self.assertEqual(Model.search(both) - mine, Model)
                    foreign = [*both, ("company_id", "=", self.agency_b.id)]
                    self.assertEqual(Model.search_count(foreign), 0)
                    with self.assertRaises(AccessError):
                        theirs.with_user(user).read(["id", "company_id"])
                if Model.search(both) == mine:
                    seen_at_all.add(name)
                    self.assertEqual(
                        self.env[name].search_count(both), 2, "nothing could leak"
                    )
        # Every model is seen by somebody, so that the check above says something.
        self.assertEqual(set(self.pairs) - seen_at_all, set())

    def test_the_log_of_the_other_agency(self):
        for record in self.pairs["award.application"]:
            record.sudo().read(["name"])
        Entry = self.env["award.access.entry"]
        self.assertEqual(
            Entry.with_user(self.users["supervisor"]).search([]).company_id, self.agency
        )
        self.assertEqual(
            Entry.search([]).company_id & (self.agency | self.agency_b),
            self.agency | self.agency_b,
        )

    def test_office_of_the_other_agency_changes_nothing(self):
        """Also not by writing: a rule that guards reading alone would let it."""
        officer = self.users["office_head"]
        for name, (_mine, theirs) in self.pairs.items():
            record = theirs.with_user(officer)
            for operation in ("write", "unlink"):
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(record.has_access(operation))
