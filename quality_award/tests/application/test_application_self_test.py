"""The self-test: the same rules as those of a case, and nothing is kept."""

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import AwardCommon
from .common import KindsVocabulary


@tagged("post_install", "-at_install")
class TestApplicationSelfTest(KindsVocabulary, AwardCommon):
    REQUIREMENTS = (
        {"code": "registered", "kind": "years_registered", "years": 5},
        {"code": "person", "kind": "legal_person"},
        {
            "code": "loss",
            "kind": "no_loss",
            "years": 3,
            "basis": "full_years",
            "except": ["policy_loss"],
        },
        {
            "code": "accident",
            "kind": "no_incident",
            "years": 3,
            "fields": ["safety"],
            "penalties": "any",
        },
        {"code": "rank", "kind": "rank", "count": 2, "rank_max": 5, "years": 1},
        {"code": "licence", "kind": "document"},
        {"code": "judged", "kind": "finding", "on_fail": "judge"},
        {"code": "posted", "kind": "in_house_notice", "count": 5},
        {
            "code": "gold",
            "kind": "prior_award",
            "prior": "gold",
            "classes": ["individual"],
        },
        {"code": "single", "kind": "no_second_application"},
        {"code": "small", "kind": "finding", "applies_to": ["small"]},
        {"code": "light", "kind": "legal_person", "on_fail": "warn"},
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.test_scheme = cls.new_scheme(
            [("reapply_lock_terms", 3), ("reapply_lock_reading", "skip")],
            cls.REQUIREMENTS,
        )
        cls.test_edition = cls.open_edition(cls.test_scheme, term=31)

    def outcomes(self, typed, subject="organisation"):
        edition = self.env["award.edition"]._public_edition(self.test_edition.id)
        result = edition._self_test(edition._public_class(subject), typed)
        codes = {row.text_zh: row.code for row in self.test_scheme.requirement_ids}
        found = {
            row["anchor"] and codes.get(row["text"], row["text"]): row["outcome"]
            for row in result["findings"]
        }
        return found, result

    def test_each_answer(self):
        """One answer at a time, what stands against or for the requirement."""
        table = (
            ("registered", {"registered_on": "2010-01-01"}, "met"),
            ("registered", {"registered_on": "2025-01-01"}, "not_met"),
            ("registered", {}, "open"),
            ("person", {"legal_person": "yes"}, "met"),
            ("person", {"legal_person": "no"}, "not_met"),
            ("person", {}, "open"),
            ("loss", {"loss.losses": "none"}, "met"),
            ("loss", {"loss.losses": "policy"}, "met"),
            ("loss", {"loss.losses": "loss"}, "not_met"),
            ("loss", {}, "open"),
            ("accident", {"accident.incident": "no"}, "by_office"),
            (
                "accident",
                {"accident.incident": "yes", "accident.last_on": "2025-05-01"},
                "not_met",
            ),
            (
                "accident",
                {"accident.penalty": "fine", "accident.last_on": "2025-05-01"},
                "by_office",
            ),
            ("rank", {"rank.ranks": "2"}, "met"),
            ("rank", {"rank.ranks": "1"}, "not_met"),
            ("rank", {"rank.ranks": "0"}, "not_met"),
            ("rank", {}, "by_document"),
            ("licence", {"licence.held": "yes"}, "met"),
            ("licence", {"licence.held": "no"}, "by_document"),
            ("judged", {}, "by_office"),
            (
                "posted",
                {"posted.first": "2026-02-01", "posted.last": "2026-02-20"},
                "met",
            ),
            (
                "posted",
                {"posted.first": "2026-02-01", "posted.last": "2026-02-02"},
                "not_met",
            ),
            (
                "posted",
                {"posted.first": "2026-02-20", "posted.last": "2026-02-01"},
                "by_document",
            ),
            ("gold", {"won_class": "organisation", "won_year": "2019"}, "met"),
            ("gold", {"won_class": "none"}, "not_met"),
            ("gold", {}, "open"),
            ("single", {"single.elsewhere": "no"}, "met"),
            ("single", {"single.elsewhere": "yes"}, "not_met"),
        )
        for code, typed, outcome in table:
            with self.subTest(code=code, typed=typed):
                subject = "individual" if code == "gold" else "organisation"
                self.assertEqual(self.outcomes(typed, subject)[0][code], outcome)

    def test_a_requirement_of_small_ones_is_asked_of_small_ones(self):
        self.assertNotIn("small", self.outcomes({"size": "large"})[0])
        self.assertIn("small", self.outcomes({"size": "small"})[0])

    def test_the_same_verdicts_as_a_case(self):
        """What the rules say of a registered case, they say of the same answers."""
        case = self.enter("organisation", edition=self.test_edition)
        case = case.with_company(case.company_id)
        found, _result = self.outcomes(
            {
                "size": "medium",
                "registered_on": "2012-05-01",
                "legal_person": "yes",
                "won_class": "none",
            }
        )
        shown = {"open": "judge", "by_document": "judge", "by_office": "judge"}
        expected = {row.code: finding.verdict for row, finding in case._conditions()}
        self.assertEqual(
            {code: shown.get(word, word) for code, word in found.items()}, expected
        )

    def test_a_former_winner_reads_until_when_he_waits(self):
        typed = {"won_class": "organisation", "won_year": "2024", "won_term": "30"}
        refusals = self.outcomes(typed)[1]["refusals"]
        self.assertEqual(len(refusals), 1)
        self.assertIn("34", refusals[0])
        typed["won_term"] = "20"
        self.assertEqual(self.outcomes(typed)[1]["refusals"], [])

    def test_a_failing_condition_that_only_warns_says_so(self):
        result = self.outcomes({"legal_person": "no"})[1]
        told = [row["to_do"] for row in result["findings"] if row["text"] == "light"]
        self.assertIn("does not keep you out", told[0])

    def test_what_cannot_be_read_is_named_and_counts_as_silence(self):
        for name, value in (
            ("registered_on", "0001-01-01"),
            ("registered_on", "9999-12-31"),
            ("registered_on", "2020-02-30"),
            ("registered_on", "2020-01-01T00:00"),
            ("rank.ranks", "99999999999999"),
            ("rank.ranks", "-1"),
            ("rank.ranks", "１"),
            ("loss.losses", "whatever"),
            ("won_class", "\x00' OR 1=1"),
            ("legal_person", "<script>"),
        ):
            with self.subTest(name=name, value=value):
                found, result = self.outcomes({name: value})
                self.assertEqual(list(result["errors"]), [name])
                self.assertEqual(found["registered"], "open")

    def test_nothing_is_kept(self):
        self.outcomes({"registered_on": "2010-01-01"})
        self.env.flush_all()
        rows = self.env.execute_query_dict
        before = self.counted(rows)
        self.outcomes({"registered_on": "2010-01-01", "rank.ranks": "3"})
        self.env.flush_all()
        self.assertEqual(self.counted(rows), before)

    @staticmethod
    def counted(rows):
        tables = ("application", "applicant", "fact", "chapter")
        return [
            rows(SQL("SELECT count(*) FROM %s", SQL.identifier(f"award_{name}")))
            for name in tables
        ]
