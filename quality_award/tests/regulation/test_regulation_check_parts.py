"""The sections that the shipped schemes leave empty, one contradiction at a time."""

import copy

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import scheme_check, scheme_format
from odoo.addons.quality_award.rules.scheme_references import family_key

from .common import row
from .full import FULL, FULL_CRITERIA, FULL_RATINGS
from .test_regulation_check import drop, figure, move
from .test_regulation_full import FullCase

LATEST = family_key("excellence")


def a(data, section, code, **values):
    """Change a record of a section."""
    row(data, section, code).update(values)


def without(data, section, code, key):
    row(data, section, code).pop(key)


def add(data, section, **values):
    """Add a record with the defaults that reading it would give."""
    rows = [{"clause": "1", "name_zh": "新", "text_zh": "新", **values}]
    fields = scheme_format.SECTIONS[section].fields
    least = {key: FULL[key] for key in ("format", "code", "version", "name_zh")}
    rows = [{k: v for k, v in one.items() if k in fields} for one in rows]
    clean, found = scheme_format.read_scheme({**least, section: rows})
    assert not found, found
    data[section] += clean[section]


#: The problems expected, and the change of scheme and criteria that brings them.
CONTRADICTIONS = [
    ([], lambda d, c: None),
    # stages, class by class
    (
        ["stage_missing_class", "notice_list_missing"],
        lambda d, c: a(d, "stages", "deliberation", classes=["org", "team"]),
    ),
    (
        [*["stage_missing_class"] * 4, "stage_once"],
        lambda d, c: a(d, "stages", "submission", classes=["org", "team"]),
    ),
    (["acceptance"], lambda d, c: a(d, "stages", "qualification", classes=["org"])),
    (["stage_once"], lambda d, c: a(d, "stages", "award", classes=["org", "team"])),
    (
        ["stage_order_class"],
        lambda d, c: (
            a(d, "stages", "approval", classes=["org", "team"]),
            d["stages"].insert(
                0,
                {
                    **row(d, "stages", "approval"),
                    "code": "early",
                    "classes": ["person"],
                },
            ),
        ),
    ),
    (
        ["second_submission_unknown"],
        lambda d, c: figure(d, "second_submission_stage", "nowhere"),
    ),
    (
        [],
        lambda d, c: (
            figure(d, "second_submission_stage", "again"),
            d["stages"].insert(5, {**row(d, "stages", "submission"), "code": "again"}),
        ),
    ),
    (["parallel_last"], lambda d, c: a(d, "stages", "award", in_parallel=True)),
    (["of_list_no_notice"], lambda d, c: a(d, "stages", "composite", of_list="final")),
    (
        ["notice_list_missing"],
        lambda d, c: a(d, "stages", "notice_shortlist", of_list="proposed"),
    ),
    (
        ["notice_list_missing", "population_circular"],
        lambda d, c: a(d, "stages", "document_review", list="candidate"),
    ),
    # bodies
    (["handling_decides"], lambda d, c: a(d, "stages", "approval", body="handling")),
    ([], lambda d, c: a(d, "stages", "qualification", body="handling")),
    (["handling_forbidden"], lambda d, c: figure(d, "handling_body_forbidden", True)),
    (
        ["handling_forbidden"],
        lambda d, c: (
            figure(d, "handling_body_forbidden", True),
            a(d, "bodies", "handling", role="other"),
            a(d, "clock_rules", "check", owner_role="handling"),
        ),
    ),
    # the public evaluates people who are known by then
    (
        ["population_circular"],
        lambda d, c: figure(d, "public_evaluation_population", "recommended"),
    ),
    (
        ["population_circular"],
        lambda d, c: move(d, "public", "document_review"),
    ),
    (
        [],
        lambda d, c: (
            move(d, "public", "document_review"),
            figure(d, "public_evaluation_population", "submitted"),
        ),
    ),
    # weights, over the stages of each class
    (
        ["weight_without_stage"],
        lambda d, c: a(d, "stages", "public", classes=["org", "person"]),
    ),
    (
        [],
        lambda d, c: (
            a(d, "stages", "public", classes=["org"]),
            figure(d, "missing_stage", "renormalise"),
        ),
    ),
    (["scored_after_composite"], lambda d, c: move(d, "composite", "defence")),
    (["optional_weighted"], lambda d, c: a(d, "stages", "site_visit", optional=True)),
    (
        [],
        lambda d, c: (
            a(d, "stages", "site_visit", optional=True),
            figure(d, "missing_stage", "renormalise"),
        ),
    ),
    # what may be left out is needed by nothing that may not
    (
        ["optional_needed", "optional_needed"],  # the notice's list, the approval
        lambda d, c: a(d, "stages", "deliberation", optional=True),
    ),
    (
        ["optional_obligatory"],
        lambda d, c: a(d, "stages", "award", optional=True),
    ),
    ([], lambda d, c: a(d, "stages", "recommendation", optional=True)),
    # figures
    (["figure_zero"], lambda d, c: figure(d, "recommenders_per_application", 0)),
    (["hours_reversed"], lambda d, c: figure(d, "opening_hours_to", "09:00")),
    (
        ["figure_unreachable"],
        lambda d, c: d["parameters"].append(
            {
                "code": "defence_max",
                "class": "person",
                "stage": "defence",
                "value": 5,
                "clause": "1",
            }
        ),
    ),
    (["ban_twice"], lambda d, c: figure(d, "ban_terms", 2, **{"class": "team"})),
    (["ban_twice"], lambda d, c: a(d, "grounds", "crime", ban_years=3)),
    (
        ["ban_without_ground", "ban_without_ground", "ban_without_ground"],
        lambda d, c: d.update(grounds=[]),
    ),
    # quotas
    (["quota_empty"], lambda d, c: without(d, "quotas", "small", "min")),
    (["quota_reversed"], lambda d, c: a(d, "quotas", "pool", min=11)),
    ([], lambda d, c: a(d, "quotas", "pool", min=10)),
    (["tag_unknown"], lambda d, c: a(d, "quotas", "small", tag="choice:none")),
    (["tag_unknown"], lambda d, c: a(d, "quotas", "small", tag="subject:dog")),
    (["tag_unknown"], lambda d, c: a(d, "quotas", "small", tag="colour:red")),
    (["tag_unknown"], lambda d, c: a(d, "quotas", "small", tag="size:")),
    ([], lambda d, c: a(d, "quotas", "small", tag="subject:individual")),
    (["quota_sum"], lambda d, c: a(d, "quotas", "small", min=11)),
    ([], lambda d, c: a(d, "quotas", "small", min=10)),
    (
        ["quota_sum"],
        lambda d, c: (
            add(d, "quotas", code="x", counts="awards", classes=["org"], min=6),
            add(d, "quotas", code="y", counts="awards", classes=["team"], min=5),
        ),
    ),
    (
        [],
        lambda d, c: (
            add(d, "quotas", code="x", counts="awards", classes=["org"], min=6),
            add(d, "quotas", code="y", counts="shortlist", classes=["team"], min=5),
        ),
    ),
    (
        ["quota_sum"],
        lambda d, c: add(
            d, "quotas", code="x", counts="awards", classes=["person"], min=3
        ),
    ),
    (
        [],
        lambda d, c: add(
            d,
            "quotas",
            code="x",
            counts="awards",
            classes=["org"],
            min=11,
            outside=True,
        ),
    ),
    (["quota_twice"], lambda d, c: a(d, "quotas", "person", max=3)),
    # thresholds
    (["limit_above_total"], lambda d, c: a(d, "thresholds", "all", min=10_001)),
    ([], lambda d, c: a(d, "thresholds", "all", min=10_000)),
    (["limit_above_block"], lambda d, c: a(d, "thresholds", "results", min=4001)),
    ([], lambda d, c: a(d, "thresholds", "results", min=4000)),
    (["block_unknown"], lambda d, c: a(d, "thresholds", "results", block="2.1")),
    (["limit_too_early"], lambda d, c: a(d, "thresholds", "results", score="site")),
    (
        ["limit_without_points"],
        lambda d, c: a(d, "thresholds", "all", classes=["org", "person"]),
    ),
    (
        ["limit_without_stage"],
        lambda d, c: (
            a(d, "thresholds", "all", classes=["team"], score="public"),
            a(d, "stages", "public", classes=["org", "person"]),
            figure(d, "missing_stage", "renormalise"),
        ),
    ),
    (
        ["limit_above_total"],
        lambda d, c: (
            a(d, "thresholds", "all", score="public"),
            figure(d, "public_evaluation_max", 5999),
        ),
    ),
    (
        ["threshold_without_points"],
        lambda d, c: figure(d, "threshold", 1, **{"class": "person"}),
    ),
    # requirements
    (["years_missing"], lambda d, c: a(d, "requirements", "years", years=0)),
    (["rank_missing"], lambda d, c: without(d, "requirements", "rank", "rank_max")),
    (["prior_missing"], lambda d, c: without(d, "requirements", "gold_first", "prior")),
    (
        ["prior_not_given"],
        lambda d, c: a(d, "requirements", "gold_first", prior="silver"),
    ),
    ([], lambda d, c: a(d, "requirements", "gold_first", prior="team")),
    (
        ["prior_circular"],
        lambda d, c: a(d, "requirements", "gold_first", prior="person"),
    ),
    (
        ["prior_circular"],
        lambda d, c: a(d, "requirements", "gold_first", prior="mayor"),
    ),
    (
        ["prior_circular", "prior_circular"],
        lambda d, c: add(
            d,
            "requirements",
            code="x",
            kind="prior_award",
            prior="mayor",
            classes=["org", "team"],
        ),
    ),
    (
        [],
        lambda d, c: add(
            d,
            "requirements",
            code="x",
            kind="prior_award",
            prior="mayor",
            classes=["org", "team"],
            on_fail="warn",
        ),
    ),
    (["alternative_alone"], lambda d, c: drop(d, "requirements", "honour")),
    (
        ["alternative_classes"],
        lambda d, c: a(d, "requirements", "honour", classes=["org"]),
    ),
    # classes
    (["transfer_without_source"], lambda d, c: a(d, "classes", "person", entry="both")),
    (
        ["transfer_without_source", "transfer_without_source"],
        lambda d, c: a(d, "classes", "org", entry="transfer"),
    ),
    (["criteria_missing"], lambda d, c: a(d, "classes", "team", criteria="")),
    (
        ["weight_without_stage", "class_without_points"],
        lambda d, c: (
            a(d, "classes", "person", graded="points"),
            figure(d, "weight_defence", 1000, **{"class": "person"}),
            figure(d, "weight_document", 5000, **{"class": "person"}),
        ),
    ),
    (
        ["class_without_ratings", "ratings_missing"],
        lambda d, c: c["person_1"].update(ratings=[]),
    ),
    (
        ["award_without_class"],
        lambda d, c: add(d, "awards", code="silver"),
    ),
    # what winners owe
    (
        ["obligation_without_day"],
        lambda d, c: (
            without(d, "obligations", "annual", "due_month_day"),
            drop(d, "parameters", "annual_report_due"),
        ),
    ),
    ([], lambda d, c: without(d, "obligations", "annual", "due_month_day")),
    (
        ["obligation_without_prize"],
        lambda d, c: (
            drop(d, "parameters", "prize_amount_repeat"),
            figure(d, "prize_amount", 0),
        ),
    ),
    # time limits
    (
        ["event_never"],
        lambda d, c: add(
            d,
            "clock_rules",
            code="x",
            classes=["person"],
            start_event="last_scoring_end",
            owner_role="office",
            unit="working_day",
            length=5,
        ),
    ),
    (["clock_owner"], lambda d, c: a(d, "clock_rules", "ban", owner_role="nobody")),
    (["clock_owner"], lambda d, c: without(d, "clock_rules", "ban", "owner_role")),
    (
        ["reminder_before_start"],
        lambda d, c: a(d, "clock_rules", "check", remind_days=[6]),
    ),
    ([], lambda d, c: a(d, "clock_rules", "check", remind_days=[5])),
    (
        ["notice_short"],
        lambda d, c: add(
            d,
            "clock_rules",
            code="x",
            start_event="notice_published",
            stage="notice_final",
            owner_role="office",
            unit="working_day",
            length=9,
        ),
    ),
    (
        [],
        lambda d, c: add(
            d,
            "clock_rules",
            code="x",
            start_event="notice_published",
            stage="notice_final",
            owner_role="office",
            unit="working_day",
            length=10,
            on_expiry="close_notice",
        ),
    ),
    (
        ["consequence_misplaced"],
        lambda d, c: a(d, "clock_rules", "check", on_expiry="expire"),
    ),
    (
        ["consequence_differs"],
        lambda d, c: (
            figure(d, "silence", "open"),
            add(
                d,
                "clock_rules",
                code="x",
                start_event="letter_receipt",
                owner_role="department",
                unit="working_day",
                length=10,
                on_expiry="deemed_no_comment",
            ),
        ),
    ),
    (
        ["consequence_differs"],
        lambda d, c: (
            figure(d, "supplement_lapse", False),
            add(
                d,
                "clock_rules",
                code="x",
                start_event="supplement_sent",
                owner_role="applicant",
                unit="working_day",
                length=10,
                on_expiry="lapse",
            ),
        ),
    ),
    # names of clauses, also where a record has no code
    (["clause_missing"], lambda d, c: d["successors"][0].pop("clause")),
    # criteria
    (
        ["rating_above"],
        lambda d, c: c["excellence_2020"]["ratings"][0].update(percent=101),
    ),
    (
        ["rating_without_percent"],
        lambda d, c: c["excellence_2020"]["ratings"][2].pop("percent"),
    ),
    (
        ["unscored_points"],
        lambda d, c: c["excellence_2020"]["items"][0].update(points=5),
    ),
    (
        ["bad_step_points"],
        lambda d, c: c["person_1"].update(scale="points", step=0),
    ),
    (
        ["points_off_grid", "points_off_grid"],
        lambda d, c: (
            c["excellence_2020"]["items"][4].update(points=3999),
            c["excellence_2020"]["items"][5].update(points=2001),
        ),
    ),
]


@tagged("post_install", "-at_install")
class TestRegulationCheckParts(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.full = scheme_format.read_scheme(FULL)[0]
        cls.criteria = {
            data["code"]: scheme_format.read_criteria(data)[0]
            for data in (FULL_CRITERIA, FULL_RATINGS)
        }
        cls.criteria[LATEST] = copy.deepcopy(cls.criteria["excellence_2020"])

    def problems(self, change, parent=None):
        data, criteria = copy.deepcopy(self.full), copy.deepcopy(self.criteria)
        change(data, criteria)
        return scheme_check.check_scheme(data, criteria, parent)

    def test_one_contradiction_one_problem(self):
        for expected, change in CONTRADICTIONS:
            with self.subTest(expected=expected, line=change.__code__.co_firstlineno):
                found = self.problems(change)
                self.assertEqual([problem.code for problem in found], expected, found)

    def test_a_layer_does_not_fall_short_of_its_law(self):
        for notice, kept, expected in [
            (7, 10, []),
            (8, 11, []),
            (6, 10, ["figure_below_law"]),
            (7, 9, ["figure_below_law"]),
        ]:
            with self.subTest(notice=notice, kept=kept):
                found = self.problems(
                    lambda d, c, notice=notice, kept=kept: (
                        figure(d, "notice_days", notice),
                        figure(d, "retention_years", kept),
                    ),
                    parent=self.full,
                )
                self.assertEqual([problem.code for problem in found], expected)

    def test_a_problem_names_the_record(self):
        for change, model, key in [
            (
                lambda d, c: a(d, "quotas", "pool", min=11),
                "award.quota",
                ("pool",),
            ),
            (
                lambda d, c: d["successors"][1].pop("clause"),
                "award.body.successor",
                ("office", "2033-06-01"),
            ),
            (
                lambda d, c: figure(d, "opening_hours_to", "09:00"),
                "award.parameter",
                ("opening_hours_to", "", ""),
            ),
            (
                lambda d, c: c["excellence_2020"]["items"][0].update(points=5),
                "award.criterion",
                ("excellence_2020", "V"),
            ),
            (lambda d, c: c["person_1"].update(total=5, ratings=[]), None, ()),
            (lambda d, c: d.update(valid_to="2000-01-01"), None, ()),
        ]:
            with self.subTest(model=model, key=key):
                problem = self.problems(change)[0]
                if model:
                    self.assertEqual((problem.model, problem.key), (model, key))
                else:
                    self.assertNotIn(problem.model, {"award.quota", "award.criterion"})


@tagged("post_install", "-at_install")
class TestRegulationLinks(FullCase):
    def test_a_problem_leads_to_its_record(self):
        scheme = self.scheme
        self.assertFalse(scheme.problem_text)
        self.assertFalse(scheme.problem_lines)
        quota = self.of("quotas", "pool")
        quota.minimum = 11
        successor = scheme.successor_ids[0]
        successor.clause_id = False
        item = self.of("classes", "team").criteria_id.criterion_ids[0]
        item.points = 5
        scheme.valid_to = "2000-01-01"
        self.env.invalidate_all()
        found = [scheme._problem_record(problem) for problem in scheme._problems()]
        self.assertEqual(found, [None, successor, quota, item, item])
        self.assertEqual(
            [(line["model"], line["id"]) for line in scheme.problem_lines],
            [(False, False)]
            + [(record._name, record.id) for record in found[1:]],
        )
        for line in scheme.problem_lines:
            self.assertRegex(line["text"], r"^[A-Z“]")  # no place of a file before it
        self.assertEqual(len(scheme.problem_text.splitlines()), 5)

    def test_the_text_of_a_problem_is_no_markup(self):
        """What was typed into a draft is text for the browser, never markup."""
        self.of("quotas", "pool").write({"code": "<b>x</b>", "minimum": 11})
        self.env.invalidate_all()
        [line] = self.scheme.problem_lines
        self.assertIn("“<b>x</b>”", line["text"])
        self.assertIs(type(line["text"]), str)

    def test_every_problem_can_be_said(self):
        """The sentence of each contradiction finds its facts."""
        for _expected, change in CONTRADICTIONS:
            data = copy.deepcopy(self.full)
            criteria = {
                one["code"]: scheme_format.read_criteria(one)[0]
                for one in (FULL_CRITERIA, FULL_RATINGS)
            }
            criteria[LATEST] = copy.deepcopy(criteria["excellence_2020"])
            change(data, criteria)
            problems = scheme_check.check_scheme(data, criteria)
            for text in self.scheme._problem_texts(problems):
                self.assertNotIn("%(", text)
