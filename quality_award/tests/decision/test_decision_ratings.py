from odoo.tests import TransactionCase, tagged

from odoo.addons.quality_award.tests.review.test_review_scales import ScalesVocabulary

RATED = {
    "format": "quality_award.criteria/1",
    "code": "rated",
    "name_zh": "评级标准",
    "total": 0,
    "scale": "rating",
    "items": [
        {"number": "1", "kind": "category", "name_zh": "理念"},
        {"number": "1.1", "parent": "1", "kind": "process", "name_zh": "甲"},
        {"number": "1.2", "parent": "1", "kind": "process", "name_zh": "乙"},
        {"number": "2", "kind": "category", "name_zh": "业绩"},
        {"number": "2.1", "parent": "2", "kind": "category", "name_zh": "三年"},
        {"number": "2.1.1", "parent": "2.1", "kind": "result", "name_zh": "丙"},
        {"number": "3", "kind": "indicator", "name_zh": "有证书"},
    ],
    "ratings": [
        {"code": "good", "name_zh": "好", "name_en": "Good"},
        {"code": "fair", "name_zh": "中", "name_en": "Fair"},
        {"code": "weak", "name_zh": "差", "name_en": "Weak"},
    ],
}
NUMBERS = ("1.1", "1.2", "2.1.1", "3")
JUDGED = (  # of the four cases, worst first so that nothing is in order by chance
    ("weak", "weak", "weak", "failed"),
    ("fair", "fair", "good", "passed"),
    ("good", "good", "fair", "passed"),
    ("good", "fair", "fair", "passed"),
)


@tagged("post_install", "-at_install")
class TestDecisionRatings(ScalesVocabulary, TransactionCase):
    """A class graded without points: ratings to read, a ballot that decides."""

    base_scheme = "baoding_individual"
    criteria_data = RATED
    class_values = {"subject": "organisation"}
    parameters = {"quota_max": 2}
    scheme_sections = {
        "choices": [],
        "requirements": [],
        "quotas": [],
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 4)
        cls.staff = cls.staffed("甲组", cls.cases)
        cls.declare_none(cls.staff)
        for case, answers in zip(cls.cases, JUDGED, strict=True):
            judged = dict(zip(NUMBERS, answers, strict=True))
            cls.judge(cls.staff, judged, submission=cls.submissions(case))
        cls.agreed = cls.open_consensus(cls.staff)
        cls.agreed.action_agree()
        report = cls.env["award.panel.report"].with_user(cls.leader(cls.staff))
        cls.report = report.create({"panel_id": cls.staff.id, "text": "材料评审报告"})

    def shortlist(self):
        self.report.action_file()
        return self.adopt(self.new_list("shortlist"))

    def numbers(self, lines):
        return [list(self.cases).index(line.application_id) for line in lines]

    def test_no_composite_number(self):
        self.assertEqual(self.agreed.mapped("total"), [0] * 4)
        case = self.submissions(self.cases[3])
        agreed = self.agreed.filtered(lambda c: c.submission_id == case)
        self.assertEqual(agreed.total_text, "Good 1 · Fair 2")
        ranking = self.env["award.composite"].create(
            {"edition_id": self.edition.id, "class_id": self.award_class.id}
        )
        with self.assertRefused("class_without_points", "0"):
            ranking.with_user(self.office).action_compute()

    def test_first_list_needs_the_report(self):
        found = self.new_list("shortlist")
        self.assertEqual(found.line_ids.mapped("outcome"), ["in"] * 4)
        with self.assertRefused("panel_report_missing"):
            self.adopt(found)
        self.report.action_file()
        self.adopt(found)
        self.assertEqual(set(self.cases.stage_id.mapped("kind")), {"deliberation"})

    def test_lines_are_read_in_the_order_of_ratings(self):
        lines = self.shortlist().line_ids.sorted(lambda line: line.sequence)
        self.assertEqual(self.numbers(lines), [2, 1, 3, 0])
        self.assertEqual(
            lines.mapped("rating_counts"),
            ["2 / 1 / 0", "1 / 2 / 0", "1 / 2 / 0", "0 / 0 / 3"],
        )
        self.assertEqual(lines.mapped("sequence"), [1, 2, 2, 4])

    def test_cap_on_the_first_list(self):
        self.says(onsite_max=3)
        found = self.new_list("shortlist")
        outcomes = {
            number: line.outcome
            for line in found.line_ids
            for number in self.numbers(line)
        }
        self.assertEqual(outcomes, {0: "out", 1: "in", 2: "in", 3: "in"})
        self.says(onsite_max=2)
        found = self.new_list("shortlist")
        outcomes = {
            number: line.outcome
            for line in found.line_ids
            for number in self.numbers(line)
        }
        # The cap divides two who are rated alike: the office decides.
        self.assertEqual(outcomes, {0: "out", 1: False, 2: "in", 3: False})

    def test_counts_are_sealed(self):
        found = self.shortlist()
        self.assertTrue(found._is_unchanged())
        with self.assertRaisesRegex(Exception, "no longer a draft|not a draft"):
            with self.env.cr.savepoint():
                found.line_ids[0].write({"rating_counts": "9 / 0 / 0"})

    def test_committee_sees_ratings_by_category(self):
        self.shortlist()
        proposed = self.new_list("proposed").with_user(self.committee_user)
        shown = proposed._facts()._shown_ratings()
        self.assertEqual(shown["ratings"], ["Good", "Fair", "Weak"])
        rows = {row["title"]: row for row in shown["rows"]}
        names = self.cases.mapped("applicant_id.name")
        self.assertEqual(rows[names[2]]["counts"], (2, 1, 0))
        self.assertEqual(
            rows[names[1]]["categories"],
            [
                (self.top("1"), [("Fair", 2)]),
                (self.top("2"), [("Good", 1)]),
            ],
        )
        self.assertEqual(
            rows[names[0]]["categories"][2], (self.top("3"), [("Not Passed", 1)])
        )
        html = proposed.ratings_html
        for name in names:
            self.assertIn(name, html)
        self.assertEqual(proposed.line_ids[0].rating_counts, "2 / 1 / 0")

    def top(self, number):
        items = self.criteria.criterion_ids
        return items.filtered(lambda item: item.number == number).display_name

    def test_approver_sees_no_ratings(self):
        readable = self.env["award.list"].with_user(self.approver).fields_get()
        self.assertNotIn("ratings_html", readable)
        readable = self.env["award.list"].with_user(self.committee_user).fields_get()
        self.assertIn("ratings_html", readable)

    def test_queries_do_not_grow(self):
        """As many with one case as with four."""
        found = self.shortlist()
        counts = []
        for lines in (found.line_ids[:1], found.line_ids):
            self.env.invalidate_all()
            found.line_ids.mapped("title")
            before = self.env.cr.sql_log_count
            found._rating_rows()
            counts.append((len(lines), self.env.cr.sql_log_count - before))
        self.assertEqual(counts, [(1, 1), (4, 1)])

    # -- the ballot ---------------------------------------------------------------
    def proposed(self):
        self.shortlist()
        self.body = self.committee(scheme=self.scheme)
        return self.new_list("proposed")

    def vote(self, award_list, *votes):
        cases = dict(zip(self.cases, votes, strict=True))
        self.meet(award_list, self.body, cases)
        return {
            number: (line.sequence, line.outcome)
            for line in award_list.line_ids
            for number in self.numbers(line)
        }

    def test_most_votes_up_to_the_places(self):
        """All have two thirds; two places."""
        found = self.proposed()
        self.assertEqual(
            self.vote(found, 9, 7, 6, 8),
            {0: (1, "in"), 3: (2, "in"), 1: (3, "out"), 2: (4, "out")},
        )
        out = found.line_ids.filtered(lambda line: line.outcome == "out")
        self.assertEqual(set(out.mapped("clause")), {"3"})
        self.assertIn("2", out[0].reason)
        self.adopt(found)
        self.assertEqual(
            self.cases.mapped("state"),
            ["accepted", "eliminated", "eliminated", "accepted"],
        )

    def test_equal_votes_are_told_apart_by_ratings(self):
        self.assertEqual(
            self.vote(self.proposed(), 9, 8, 8, 6),
            {0: (1, "in"), 2: (2, "in"), 1: (3, "out"), 3: (4, "out")},
        )

    def test_a_divided_tie_is_left_to_the_committee(self):
        """1 and 3 have equal votes and equal ratings."""
        found = self.proposed()
        self.assertEqual(
            self.vote(found, 9, 8, 6, 8),
            {0: (1, "in"), 1: (2, False), 3: (2, False), 2: (4, "out")},
        )
        with self.assertRefused("outcome_missing"):
            self.adopt(found)

    def test_no_majority_takes_no_place(self):
        self.assertEqual(
            self.vote(self.proposed(), 5, 5, 6, 8),
            {3: (1, "in"), 2: (2, "in"), 1: (3, "out"), 0: (4, "out")},
        )

    def test_show_of_hands(self):
        """Where the committee votes openly only votes are counted."""
        found = self.proposed()
        self.says(committee_vote="tally")
        meeting = self.env["award.meeting"].with_user(self.office).create(
            {
                "name": "会议",
                "edition_id": self.edition.id,
                "committee_id": self.body.id,
                "list_id": found.id,
                "present_ids": [(6, 0, self.body.member_ids[:9].ids)],
            }
        )
        meeting.action_prepare()
        meeting.action_open()
        self.assertTrue(meeting.by_hands)
        tally = meeting.tally_ids[0]
        with self.assertRefused("ballots_do_not_add_up"):
            tally.action_enter({"in_favour": 6, "against": 2, "abstained": 0})
        figures = {"in_favour": 6, "against": 2, "abstained": 1}
        tally.action_enter(figures)
        with self.assertRefused("entries_differ"):
            tally.with_user(self.second).action_check({**figures, "in_favour": 7})
        tally.with_user(self.second).action_check(figures)
        self.assertEqual((tally.state, tally.passed), ("checked", True))
