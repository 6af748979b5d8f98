"""Schemes that contradict themselves, one contradiction at a time."""

import copy

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import (
    criteria_check,
    scheme_check,
    scheme_check_time,
)
from odoo.addons.quality_award.rules.scheme_facts import Scheme

from .common import CRITERIA, complete, row


def figure(data, code, value, **key):
    """Set or add a figure, under a clause that is there."""
    for one in data["parameters"]:
        if one["code"] == code and one.get("class") == key.get("class"):
            one["value"] = value
            return
    data["parameters"].append({"code": code, "value": value, "clause": "1", **key})


def drop(data, section, *codes):
    data[section] = [one for one in data[section] if one["code"] not in codes]


def move(data, code, before):
    """Put a stage before another."""
    stages = data["stages"]
    stage = row(data, "stages", code)
    stages.remove(stage)
    stages.insert(stages.index(row(data, "stages", before)), stage)


def second_class(data):
    data["classes"].append({**data["classes"][0], "code": "second"})


@tagged("post_install", "-at_install")
class TestRegulationCheck(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law, cls.layer, cls.criteria = complete()

    def codes(self, change):
        data, criteria = copy.deepcopy(self.layer), copy.deepcopy(self.criteria)
        change(data, criteria)
        found = scheme_check.check_scheme(data, {CRITERIA: criteria})
        return [problem.code for problem in found]

    def test_shipped_schemes_do_not_contradict_themselves(self):
        for data in (self.law, self.layer):
            with self.subTest(version=data["version"]):
                self.assertEqual(
                    scheme_check.check_scheme(data, {CRITERIA: self.criteria}), []
                )

    def test_one_contradiction_one_problem(self):
        for expected, change in [
            ([], lambda d, c: None),
            # references and codes
            (["unknown_reference"], lambda d, c: d["stages"][0].update(clause="99")),
            (
                ["unknown_reference"],
                lambda d, c: (
                    drop(d, "clauses", "15", "12-7")
                    or drop(d, "words", "site_visit")
                    or drop(
                        d,
                        "parameters",
                        "site_days_min",
                        "site_days_max",
                        "site_days_soft",
                    )
                ),
            ),
            (
                ["unknown_reference"],
                lambda d, c: d["parameters"][0].update({"class": "nobody"}),
            ),
            (
                ["unknown_reference"],
                lambda d, c: d["clock_rules"][0].update(stage="nowhere"),
            ),
            (
                ["unknown_reference"],
                lambda d, c: d["classes"][0].update(criteria="other"),
            ),
            (["duplicate"], lambda d, c: d["bodies"].append(d["bodies"][0])),
            (["duplicate"], lambda d, c: d["parameters"].append(d["parameters"][0])),
            (["clause_missing"], lambda d, c: d["stages"][3].pop("clause")),
            (["clause_missing"], lambda d, c: d["clock_rules"][0].pop("clause")),
            (["clause_missing"], lambda d, c: d["bodies"][0].pop("clause")),
            # frame
            (["validity_reversed"], lambda d, c: d.update(valid_to="2013-01-17")),
            ([], lambda d, c: d.update(valid_to="2013-01-18")),
            ([], lambda d, c: d.pop("valid_to")),
            (
                ["no_classes", "obligation_without_prize"],
                lambda d, c: d.update(classes=[]),
            ),
            (["years_missing"], lambda d, c: d["requirements"][0].update(years=0)),
            # stages
            (["stage_order"], lambda d, c: move(d, "site_visit", "document_review")),
            (["stage_order"], lambda d, c: move(d, "approval", "deliberation")),
            (["stage_missing"], lambda d, c: drop(d, "stages", "approval")),
            (
                ["stage_missing", "stage_missing"],
                lambda d, c: (
                    drop(d, "stages", "document_review")
                    or drop(d, "parameters", *scheme_check.WEIGHTS.values())
                ),
            ),
            (
                ["stage_once", "award_not_last"],
                lambda d, c: d["stages"].insert(
                    -1, {**row(d, "stages", "award"), "code": "award2"}
                ),
            ),
            (
                ["stage_once"],
                lambda d, c: d["stages"].insert(0, {**d["stages"][0], "code": "again"}),
            ),
            (
                ["acceptance"],
                lambda d, c: row(d, "stages", "qualification").update(accepts=False),
            ),
            (
                ["acceptance"],
                lambda d, c: row(d, "stages", "composite").update(accepts=True),
            ),
            # weights
            (["weights_sum"], lambda d, c: figure(d, "weight_defence", 2600)),
            (["weights_sum"], lambda d, c: figure(d, "weight_defence", 2499)),
            (
                ["weights_sum", "weight_missing"],
                lambda d, c: drop(d, "parameters", "weight_defence"),
            ),
            (
                ["weight_without_stage"],
                lambda d, c: (
                    figure(d, "weight_public", 2500),
                    figure(d, "weight_defence", 0),
                ),
            ),
            (
                ["weights_sum"],
                lambda d, c: (
                    second_class(d),
                    figure(d, "weight_site", 3000, **{"class": "second"}),
                ),
            ),
            (
                [],
                lambda d, c: (
                    second_class(d),
                    figure(d, "weight_site", 3000, **{"class": "second"}),
                    figure(d, "weight_document", 4500, **{"class": "second"}),
                ),
            ),
            # figures
            (["figure_zero"], lambda d, c: figure(d, "quota_max", 0)),
            (["figure_zero"], lambda d, c: figure(d, "onsite_max", 0)),
            (
                ["figure_zero", "figures_differ"],
                lambda d, c: figure(d, "notice_days", 0),
            ),
            (["figure_missing"], lambda d, c: drop(d, "parameters", "notice_days")),
            (["figure_missing"], lambda d, c: drop(d, "parameters", "defence_max")),
            (["site_days_reversed"], lambda d, c: figure(d, "site_days_min", 6)),
            ([], lambda d, c: figure(d, "site_days_min", 5)),
            (["panel_even"], lambda d, c: figure(d, "panel_min", 4)),
            (
                [],
                lambda d, c: (figure(d, "panel_min", 4), figure(d, "panel_odd", False)),
            ),
            # scores
            (["threshold_above_total"], lambda d, c: figure(d, "threshold", 100_001)),
            ([], lambda d, c: figure(d, "threshold", 100_000)),
            # former winners
            (
                ["repeat_prize"],
                lambda d, c: figure(d, "prize_amount_repeat", 1_000_001),
            ),
            (
                ["repeat_prize", "obligation_without_prize"],
                lambda d, c: drop(d, "parameters", "prize_amount"),
            ),
            (["exempt_without_quota"], lambda d, c: drop(d, "parameters", "quota_max")),
            (["reapply_twice"], lambda d, c: figure(d, "reapply_lock_years", 3)),
            (
                ["reading_without_terms"],
                lambda d, c: drop(d, "parameters", "reapply_lock_terms"),
            ),
            # time limits
            (["length_zero"], lambda d, c: d["clock_rules"][0].update(length=0)),
            (["figures_differ"], lambda d, c: figure(d, "notice_days", 7)),
            (
                ["figures_differ"],
                lambda d, c: row(d, "clock_rules", "supplement").update(length=6),
            ),
            (
                [],
                lambda d, c: row(d, "clock_rules", "prize_report").update(
                    unit="month", length=12
                ),
            ),
            # criteria
            (["points_sum"], lambda d, c: c.update(total=100_100)),
            (
                ["points_sum", "category_sum"],
                lambda d, c: c["items"][2].update(points=5100),
            ),
            (["category_sum"], lambda d, c: c["items"][1].update(points=10900)),
            (["unscored_points"], lambda d, c: c["items"][0].update(points=100)),
            (
                ["points_off_grid", "points_off_grid"],
                lambda d, c: (
                    c["items"][2].update(points=5001),
                    c["items"][3].update(points=2999),
                ),
            ),
            (
                ["points_sum", "category_sum", "points_zero"],
                lambda d, c: c["items"][3].update(points=0),
            ),
            (
                ["unknown_parent"],
                lambda d, c: c["items"].insert(
                    0, {**c["items"].pop(), "parent": "4.7"}
                ),
            ),
            (["duplicate"], lambda d, c: c["items"].append(c["items"][0])),
            (["bad_step"], lambda d, c: c.update(step=30)),
            (["bands_gap"], lambda d, c: c["bands"].pop()),
            (["bands_gap"], lambda d, c: c["bands"][0].update(high=10)),
        ]:
            with self.subTest(expected=expected, line=change.__code__.co_firstlineno):
                self.assertEqual(self.codes(change), expected)

    def test_events_that_never_occur(self):
        """Without its stage, each event is missing; with it, none."""
        for event, kinds in scheme_check_time.EVENTS.items():
            data = copy.deepcopy(self.layer)
            data["clock_rules"] = [
                {**data["clock_rules"][0], "start_event": event, "length": 10}
            ]
            drop(data, "parameters", *scheme_check_time.SAME_FIGURE)
            scheme = Scheme(data)
            self.assertEqual(scheme_check_time._events(scheme), [], event)
            data["stages"] = [s for s in data["stages"] if s["kind"] not in kinds]
            found = scheme_check_time._events(Scheme(data))
            self.assertEqual([p.code for p in found], ["event_never"], event)

    def test_problem_says_where_and_what(self):
        data = copy.deepcopy(self.layer)
        move(data, "site_visit", "document_review")
        (problem,) = scheme_check.check_scheme(data, {CRITERIA: self.criteria})
        self.assertEqual(problem.path, "stages[3].kind")
        self.assertEqual(
            problem.values, {"code": "site_visit", "needed": "document_review"}
        )

    def test_all_problems_are_told_at_once(self):
        def change(data, criteria):
            figure(data, "weight_site", 1)
            figure(data, "panel_min", 2)
            figure(data, "threshold", 200_000)
            criteria["total"] = 90_000

        self.assertEqual(
            self.codes(change),
            ["weights_sum", "panel_even", "threshold_above_total", "points_sum"],
        )

    def test_open_points(self):
        self.assertEqual(scheme_check.open_points(self.layer), [])
        silent = [
            problem.values["parameter"]
            for problem in scheme_check.open_points(self.law)
        ]
        self.assertEqual(
            silent,
            [
                "supplement_working_days",
                "spread_flag",
                "band_gap_flag",
                "tie_rule",
                "missing_stage",
                "silence",
                "vote_pass",
                "quorum",
                "notice_first_day",
                "objection_anonymous",
                "reapply_lock_reading",
                "weight_document",
                "weight_site",
            ],
        )

    def test_clock_from_the_site_visits_during_a_later_scoring_stage(self):
        data = copy.deepcopy(self.layer)
        row(data, "clock_rules", "composite")["start_event"] = "site_end"
        (problem,) = scheme_check.open_points(data)
        self.assertEqual(problem.code, "clock_during_scoring")
        self.assertEqual(problem.path, "clock_rules[2].start_event")
        self.assertEqual(scheme_check.check_scheme(data, {CRITERIA: self.criteria}), [])

    def test_body_missing(self):
        data = copy.deepcopy(self.layer)
        data["bodies"] = [b for b in data["bodies"] if b["role"] != "department"]
        (problem,) = scheme_check.open_points(data)
        self.assertEqual(
            (problem.code, problem.values["role"]), ("body_missing", "department")
        )

    def test_criteria_alone(self):
        self.assertEqual(criteria_check.check_criteria(self.criteria), [])
        items = [
            r for r in self.criteria["items"] if r["kind"] in ("process", "result")
        ]
        self.assertEqual(len(items), 23)
        self.assertEqual(sum(item["points"] for item in items), 100_000)
        process = [r["points"] for r in items if r["kind"] == "process"]
        self.assertEqual(sum(process), 60_000)
