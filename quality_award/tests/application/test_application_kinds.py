import hashlib
import io
import logging
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.application.applicant_fields import HANDED_IN

from ..common import AwardCommon, credit_code
from .common import SUBJECTS, KindsVocabulary, identity_number


@tagged("post_install", "-at_install")
class TestKindsOfApplicant(KindsVocabulary, AwardCommon):
    """Organisations, persons, teams, projects, units: registered, told apart."""

    def test_every_kind_registers_and_submits(self):
        for subject in SUBJECTS:
            with self.subTest(subject=subject):
                case = self.submit(self.enter(subject))
                self.assertEqual(case.state, "submitted")
                self.assertEqual(case.applicant_id.subject, subject)
                content = case.submission_ids.content["applicant"]
                self.assertEqual(
                    set(content), {"subject", "trade", *HANDED_IN[subject]}
                )
                self.assertIn(case.applicant_id.name, case.submission_ids.content_html)

    def test_what_is_missing_by_kind(self):
        for subject, value in (
            ("individual", {"post": ""}),
            ("individual", {"role": ""}),
            ("individual", {"working_since": ""}),
            ("team", {"territory": ""}),
            ("project", {"liaison_name": ""}),
        ):
            with self.subTest(subject=subject, value=value):
                case = self.write_up(self.enter(subject, **value))
                with self.assertRefused("profile_incomplete"):
                    self.as_applicant(case)._portal_submit(case.id)

    def test_refused_registrations(self):
        held = self.enter("individual")
        number = held.applicant_id.identity_number
        for code, subject, values in (
            ("identity_number_invalid", "individual", {"identity_number": ""}),
            ("identity_number_invalid", "individual", {"identity_number": number[:-1]}),
            (
                "identity_number_invalid",
                "individual",
                {"identity_number": "510100190013010012"},
            ),
            ("applicant_held", "individual", {"identity_number": f" {number} "}),
            ("credit_code_invalid", "team", {"organisation_code": "123"}),
            ("credit_code_invalid", "project", {"organisation_code": ""}),
            ("responsible_missing", "unit", {"organisation_code": ""}),
            ("value_missing", "individual", {"name": " "}),
            ("value_unknown", "individual", {"role": "king"}),
            ("class_unknown", "individual", {"class_code": "innovation"}),
            ("class_unknown", "individual", {"class_code": ""}),
        ):
            with self.subTest(subject=subject, values=values):
                with self.assertRefused(code) as caught:
                    self.enter(subject, **values)
                self.assertNotIn(number, str(caught.exception))

    def test_the_same_applicant_again(self):
        """By number, code, or organisation and name; spaces and capitals apart."""
        for subject, again in (
            ("organisation", lambda a: {"credit_code": f" {a.credit_code.lower()}"}),
            ("individual", lambda a: {"identity_number": f"{a.identity_number} "}),
            ("team", lambda a: {"name": f" {a.name.upper()} "}),
            ("unit", lambda a: {"name": a.name}),
        ):
            with self.subTest(subject=subject):
                applicant = self.enter(subject).applicant_id
                code = "credit_code_held" if subject == "organisation" else (
                    "applicant_held"
                )
                with self.assertRefused(code):
                    self.enter(subject, **again(applicant))
                other = self.enter(subject).applicant_id
                self.assertNotEqual(other, applicant)

    @mute_logger("odoo.sql_db")
    def test_index_keeps_twins_out(self):
        first = self.enter("individual").applicant_id
        for value in (first.identity_number, first.identity_number.lower()):
            with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                twin = self.env["award.applicant"].create(
                    {
                        "subject": "individual",
                        "name": "李乙丑",
                        "identity_number": value,
                    }
                )
                twin.flush_recordset()

    def test_what_does_not_belong_to_a_kind(self):
        Applicant = self.env["award.applicant"].with_user(self.roles["office"])
        number = identity_number(901)
        for code, values in (
            ("credit_code_invalid", {"subject": "organisation"}),
            (
                "credit_code_foreign",
                {
                    "subject": "individual",
                    "credit_code": credit_code(901),
                    "identity_number": number,
                },
            ),
            (
                "identity_number_foreign",
                {
                    "subject": "organisation",
                    "credit_code": credit_code(901),
                    "identity_number": number,
                },
            ),
            ("identity_number_invalid", {"subject": "individual"}),
            ("responsible_missing", {"subject": "team"}),
        ):
            with self.subTest(values=values), self.assertRefused(code):
                Applicant.create({"name": "甲", **values})

    def test_criteria_of_the_class(self):
        """A person writes the chapters of the person's criteria."""
        person, firm = self.enter("individual"), self.enter("organisation")
        self.assertEqual(list(person._chapters()), ["profile", "1.1", "1.2"])
        self.assertEqual(len(firm._chapters()), 24)
        self.submit(person)
        self.assertEqual(person.submission_ids.criteria_id.code, "person_new")

    # -- organisations behind ------------------------------------------------------
    def test_links_by_code(self):
        """To an organisation that is there, and to one that registers later."""
        first = self.enter("individual").applicant_id
        self.assertFalse(first.organisation_id)
        firm = self.enter("organisation", credit_code=credit_code(8000)).applicant_id
        self.assertEqual(first.organisation_id, firm)
        later = self.enter("individual").applicant_id
        self.assertEqual(later.organisation_id, firm)
        other = self.enter("organisation", parent_code=credit_code(8000)).applicant_id
        self.assertEqual(other.parent_id, firm)

    def test_relatives(self):
        def firm(**values):
            return self.enter("organisation", **values).applicant_id

        mother = firm(credit_code=credit_code(8100))
        sister = firm(parent_code=credit_code(8100))
        niece = firm(parent_code=sister.credit_code, group_name="角宿集团")
        friend = firm(group_name="角宿集团")
        # two daughters of a mother who is not here
        one, two = firm(parent_code=credit_code(8200)), firm(
            parent_code=credit_code(8200)
        )
        alone = firm()
        family = mother | sister | niece | friend
        for applicant in family:
            self.assertEqual(applicant._relatives(), family - applicant)
        self.assertEqual((one._relatives(), two._relatives()), (two, one))
        self.assertFalse(alone._relatives())


@tagged("post_install", "-at_install")
class TestIdentityNumbers(KindsVocabulary, AwardCommon):
    """Who does not check or pay does not see them, by any route."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.submit(cls.enter("individual"))
        cls.applicant = cls.case.applicant_id
        cls.number = cls.applicant.identity_number

    def _routes(self, applicant):
        """(name, what it gives) for each way to a field of a record."""
        name = "identity_number"
        domain = [("id", "=", self.applicant.id)]
        return {
            "read": lambda: applicant.read([name]),
            "search_read": lambda: applicant.search_read(domain, [name]),
            "web_read": lambda: applicant.web_read({name: {}}),
            "export": lambda: applicant.export_data([name]),
            "search": lambda: applicant.search([(name, "=", self.number)]),
            "like": lambda: applicant.search([(name, "=like", "5101%")]),
            "order": lambda: applicant.search(domain, order=f"{name} desc"),
            "group": lambda: applicant.formatted_read_group(
                domain, [name], ["__count"]
            ),
            "aggregate": lambda: applicant.formatted_read_group(
                domain, [], [f"{name}:array_agg"]
            ),
            "filter": lambda: applicant.filtered_domain([(name, "!=", False)]),
            "attribute": lambda: applicant.identity_number,
            "write": lambda: applicant.write({name: identity_number(77)}),
        }

    def test_office_sees_the_number(self):
        """The routes work for those who may: the attacks below mean something."""
        self.roles["office"].group_ids |= self.env.ref("base.group_allow_export")
        office = self.applicant.with_user(self.roles["office"])
        for name, route in self._routes(office).items():
            if name != "write":
                with self.subTest(route=name):
                    self.assertTrue(route())
        self.assertIn(self.number, str(office.read(["identity_number"])))

    def test_others_do_not(self):
        roles = ("handling", "supervisor", "reviewer", "deliberator", "committee")
        roles += ("approver", "observer", "administrator", "recommender_sign")
        allow = self.env.ref("base.group_allow_export")
        for role in roles:
            self.roles[role].group_ids |= allow
            mine = self.applicant.with_user(self.roles[role])
            for name, route in self._routes(mine).items():
                with self.subTest(role=role, route=name):
                    with self.assertRaises(UserError) as caught:
                        route()
                    self.assertNotIn(self.number, str(caught.exception))
        reader = self.applicant.with_user(self.roles["handling"])
        known = set(reader.fields_get())
        self.assertTrue({"name", "credit_code"} <= known)
        self.assertFalse({"identity_number", "fingerprint"} & known)

    def test_copy_takes_it_not_along(self):
        self.assertNotIn(self.number, str(self.applicant.copy_data()))

    def test_number_is_in_nothing_that_others_read(self):
        self.recommend(self.case)
        for records in (
            self.case.submission_ids,
            self.case.recommendation_ids,
            self.case.qualification_ids.line_ids,
            self.case.transition_ids,
            self.case,
        ):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self.assertNotIn(self.number, str(records.read()))
        version = self.case.submission_ids
        self.assertNotIn(self.number, version.content_html)
        self.assertNotIn(self.applicant._fingerprint(), str(version.content))

    def test_holder_sees_a_mask(self):
        state = self.as_applicant(self.case)._portal_state(self.case.id)
        masked = f"510{'*' * 11}{self.number[-4:]}"
        self.assertEqual([value for _label, value in state["keys"]], [masked])
        self.assertNotIn(self.number, str(state["keys"]) + str(state["form"]))

    def test_fingerprint_is_keyed(self):
        """A bare hash of an identity number gives the number away."""
        bare = hashlib.sha256(self.number.encode()).hexdigest()
        mark = self.applicant._fingerprint()
        self.assertEqual(len(mark), 64)
        self.assertNotEqual(mark, bare)
        firm = self.enter("organisation").applicant_id
        bare = hashlib.sha256(firm.credit_code.encode()).hexdigest()
        self.assertEqual(firm._fingerprint(), bare)
        key = self.env["ir.config_parameter"].get_param("quality_award.fingerprint_key")
        self.assertEqual(len(key), 64)
        with self.assertRaises(AccessError):
            self.env["ir.config_parameter"].with_user(self.roles["office_head"]).search(
                [("key", "=", "quality_award.fingerprint_key")]
            ).read(["value"])

    def test_refusals_and_logs_do_not_repeat_it(self):
        wrong = "0" if self.number[-1] != "0" else "1"
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        logging.getLogger().addHandler(handler)
        try:
            for values in (
                {"identity_number": self.number},
                {"identity_number": self.number[:-1] + wrong},
            ):
                with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
                    self.enter("individual", **values)
                self.assertNotIn(self.number[:-2], str(caught.exception))
        finally:
            logging.getLogger().removeHandler(handler)
        self.assertNotIn(self.number[:-2], stream.getvalue())

    def test_outside_register_forgets_the_number(self):
        entry = self.env["award.outside.entry"].with_user(self.roles["office"])
        with patch.object(type(entry), "_keep", autospec=True) as keep:
            keep.side_effect = None
            entry.create(
                {
                    "award_name": "区长质量奖",
                    "level": "county",
                    "award_year": 2026,
                    "applicant_name": "王甲子",
                    "identity_number": self.number,
                    "source": "区局来函",
                }
            )
            self.assertEqual(keep.call_args.args[1], self.applicant._fingerprint())
        self.env.flush_all()
        self.env.cr.execute("SELECT to_jsonb(e)::text FROM award_outside_entry e")
        self.assertNotIn(self.number, str(self.env.cr.fetchall()))
