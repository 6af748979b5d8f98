from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.quality_award.tests.decision.common import DecisionCommon


@tagged("post_install", "-at_install")
class TestReviewPublic(DecisionCommon):
    """A survey is entered twice by two clerks; only what agrees counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.accepted(2, "site_visit")
        cls.panel = cls.panel()
        cls.agree(cls.cases, cls.panel)
        cls.visit(cls.cases)
        cls.evaluation = cls.new_evaluation()

    @classmethod
    def visit(cls, cases):
        for submission in cases.submission_ids:
            cls.env["award.visit"].create(
                {
                    "title": submission.title,
                    "submission_id": submission.id,
                    "panel_id": cls.panel.id,
                }
            )

    @classmethod
    def new_evaluation(cls, **values):
        return (
            cls.env["award.public.evaluation"]
            .with_user(cls.office)
            .create(
                {
                    "name": "满意度调查",
                    "edition_id": cls.edition.id,
                    "class_id": cls.award_class.id,
                    "sample": 400,
                    "date_start": "2026-03-01",
                    "date_end": "2026-03-09",
                    "report": "电话调查,分层抽样。",
                    **values,
                }
            )
        )

    def test_who_withdrew_leaves_no_case_out(self):
        values = {"application_id": self.cases[0].id, "kind": "family"}
        self.env["award.recusal"].with_user(self.office).create(values)
        evaluation = self.new_evaluation()
        evaluation.action_prepare()
        self.assertEqual(evaluation.line_ids.application_id, self.cases)

    def table(self, *points):
        return "\n".join(
            f"{case.name}\t{value}"
            for case, value in zip(self.cases, points, strict=True)
        )

    def entered(self):
        self.evaluation.action_import(self.table("87.5", "90"))
        self.evaluation.action_enter()
        return self.evaluation.with_user(self.second)

    def test_two_entries(self):
        second = self.entered()
        self.assertEqual(self.evaluation.line_ids.mapped("points"), [8750, 9000])
        with self.assertRefused("survey_second"):
            self.evaluation.action_check(self.table("87.5", "90"))
        with self.assertRefused("survey_differs") as caught:
            second.action_check(self.table("87.5", "90.01"))
        self.assertIn(self.cases[1].name, str(caught.exception))
        self.assertEqual(self.evaluation.state, "entered")
        dialogue = second.action_check()
        wizard = (
            self.env[dialogue["res_model"]]
            .with_user(self.second)
            .with_context(**dialogue["context"])
            .create({"table": self.table("87.50", "90,00")})
        )
        wizard.action_confirm()
        self.assertEqual(self.evaluation.state, "checked")
        self.assertEqual(self.evaluation.checked_by_id, self.second)
        with self.assertRefused("not_editable"):
            self.evaluation.line_ids[0].points = 1
        with self.assertRefused("not_editable"):
            self.evaluation.write({"sample": 1})

    def test_import_tells_every_bad_line_and_takes_nothing(self):
        self.evaluation.action_prepare()
        with self.assertRefused("survey_not_read") as caught:
            self.evaluation.action_import(f"{self.cases[0].name}\t7\nX-1\t8\nQ")
        self.assertIn("3: Q; X-1", str(caught.exception))
        self.assertEqual(self.evaluation.line_ids.mapped("is_scored"), [False] * 2)

    def test_what_the_report_must_tell(self):
        self.evaluation.action_import(self.table("1", "2"))
        for values, code in [
            ({"sample": 0}, "survey_not_told"),
            ({"report": "  "}, "survey_not_told"),
            ({"date_start": "2026-03-10"}, "survey_not_told"),
            ({"date_end": "2026-03-11"}, "survey_running"),
        ]:
            with self.subTest(values=values), self.assertRefused(code):
                self.evaluation.write(values)
                self.evaluation.action_enter()
        self.evaluation.action_enter()

    def test_exactly_the_population(self):
        """A case that was never visited is not asked about; a new one is missing."""
        with self.assertRefused("survey_incomplete"):
            self.evaluation.action_enter()
        self.evaluation.action_import(self.table("1", "2"))
        other = self.accepted(1, "site_visit")
        self.evaluation.action_prepare()
        self.assertEqual(self.evaluation.line_ids.application_id, self.cases)
        self.agree(other, self.panel)
        self.visit(other)
        with self.assertRefused("survey_incomplete") as caught:
            self.evaluation.action_enter()
        self.assertIn(other.name, str(caught.exception))

    def test_population_by_parameter(self):
        """Visited on site, put forward by the composite, or everybody."""
        elsewhere = self.accepted(1, "composite")
        self.rank({elsewhere: 60000})
        self.adopt(self.new_list("recommended"))
        everybody = self.cases | elsewhere
        for population, expected in [
            ("on_site", self.cases),
            ("recommended", elsewhere),
            ("submitted", everybody),
        ]:
            with self.subTest(population=population):
                self.assertEqual(everybody._asked_about(population), expected)

    def test_points_are_in_range(self):
        self.says(public_evaluation_max=10000)
        self.evaluation.action_prepare()
        line = self.evaluation.line_ids[0]
        line.points_text = "100"
        with self.assertRefused("score_out_of_range"):
            line.points_text = "100.01"
        with self.assertRefused("score_not_a_number"):
            line.points_text = "hundert"

    def test_case_waits_for_its_survey(self):
        refusal = self.cases[0]._work_refusal_public_evaluation()
        self.assertEqual(refusal.code, "survey_missing")
        self.entered().action_check(self.table("87.5", "90"))
        self.assertIsNone(self.cases[0]._work_refusal_public_evaluation())
        stranger = self.accepted(1, "site_visit")
        self.assertIsNone(stranger._work_refusal_public_evaluation())

    def test_nobody_types_the_clerks(self):
        with self.assertRefused("not_editable"):
            self.evaluation.write({"checked_by_id": self.second.id})
        forged = self.new_evaluation(checked_by_id=self.second.id)
        self.assertFalse(forged.checked_by_id)

    def test_access(self):
        for user in (self.committee_user, self.roles["reviewer"], self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.evaluation.with_user(user).read(["sample"])
        with self.assertLogged("award.public.evaluation", self.evaluation.ids):
            self.evaluation.with_user(self.roles["supervisor"]).read(["sample"])

    def test_queries_do_not_grow(self):
        counts = []
        for number in (1, 20):
            more = self.accepted(number, "site_visit")
            self.agree(more, self.panel)
            self.visit(more)
            evaluation = self.new_evaluation()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            evaluation.action_prepare()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 1)
