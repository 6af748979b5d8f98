from psycopg2.errors import CheckViolation

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.quality_award.tests.decision.common import DecisionVocabulary

from .common import ReviewVocabulary

RATINGS = [
    {"code": "good", "name_zh": "好", "name_en": "Good", "percent": 100},
    {"code": "fair", "name_zh": "中", "name_en": "Fair", "percent": 50},
    {"code": "weak", "name_zh": "差", "name_en": "Weak", "percent": 0},
]
MIXED = {
    "format": "quality_award.criteria/1",
    "code": "mixed",
    "name_zh": "混合标准",
    "total": 30_000,
    "items": [
        {"number": "1", "kind": "category", "points": 20_000, "name_zh": "过程"},
        {"number": "1.1", "parent": "1", "kind": "process", "points": 10_000},
        {
            "number": "1.2",
            "parent": "1",
            "kind": "process",
            "points": 10_000,
            "scale": "points",
        },
        {"number": "2", "kind": "category", "points": 10_000, "name_zh": "结果"},
        {
            "number": "2.1",
            "parent": "2",
            "kind": "result",
            "points": 10_000,
            "scale": "rating",
        },
        {"number": "3", "kind": "indicator", "points": 0, "name_zh": "有证书"},
        {"number": "4", "kind": "veto", "points": 0, "name_zh": "无抄袭"},
        {"number": "5", "kind": "unscored", "points": 0, "name_zh": "概述"},
    ],
    "bands": [
        {"kind": kind, "low": low, "high": high, "text_zh": "档"}
        for kind in ("process", "result")
        for low, high in ((0, 45), (50, 100))
    ],
    "ratings": RATINGS,
}
for row in MIXED["items"]:
    row.setdefault("name_zh", f"条款{row['number']}")


class ScalesVocabulary(ReviewVocabulary, DecisionVocabulary):
    """Mixin: an edition whose one class is judged by given criteria."""

    criteria_data = MIXED
    class_values = {}
    stage_codes = None
    parameters = {}
    scheme_sections = {}
    base_scheme = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.base_scheme:
            cls.scheme = cls.env["award.scheme"]._import_shipped(cls.base_scheme)
        cls.criteria = cls.env["award.criteria"]._import(cls.criteria_data)
        data = cls.scheme._export()
        classes = [
            {**row, "criteria": cls.criteria.code, **cls.class_values}
            for row in data["classes"]
        ]
        sections = {"classes": classes, "thresholds": [], **cls.scheme_sections}
        if cls.stage_codes:
            sections["stages"] = [
                row for row in data["stages"] if row["code"] in cls.stage_codes
            ]
        scheme = cls.other_scheme(
            cls.criteria.code, parameters=cls.parameters, **sections
        )
        cls.scheme, cls.award_class = scheme, scheme.class_ids
        cls.edition = cls.edition_of(scheme)

    @classmethod
    def rating(cls, code):
        return cls.criteria.rating_ids.filtered(lambda rating: rating.code == code)

    @classmethod
    def fill(cls, lines, answers):
        """Write answers: dict number of the item -> value on its scale."""
        for line in lines:
            value = answers[line.criterion_id.number]
            name = {
                "percent": "percent",
                "points": "given",
                "rating": "rating_id",
                "passed": "verdict",
            }[line.scale]
            line.write({name: cls.rating(value).id if name == "rating_id" else value})

    @classmethod
    def judge(cls, panel, answers, users=None, submission=None):
        for user in users or cls.members(panel):
            sheets = cls.sheets(panel, user, submission).with_user(user)
            cls.fill(sheets.line_ids, answers)
            sheets.action_lock()
        cls.env.invalidate_all()


WELL = {
    "1.1": 80,
    "1.2": 7550,
    "2.1": "fair",
    "3": "passed",
    "4": "passed",
}


@tagged("post_install", "-at_install")
class TestReviewScales(ScalesVocabulary, TransactionCase):
    """Every scale on a sheet and in the consensus, and vetoes."""

    parameters = {
        "threshold": None,
        "spread_flag": 50,
        "band_gap_flag": 2,
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.staff = cls.staffed("甲组", cls.cases)
        cls.declare_none(cls.staff)
        cls.user = cls.members(cls.staff)[1]
        cls.submission = cls.submissions(cls.cases)[0]
        found = cls.sheets(cls.staff, cls.user, cls.submission)
        cls.sheet = found.with_user(cls.user)

    def line(self, number, lines=None):
        lines = lines or self.sheet.line_ids
        return lines.filtered(lambda line: line.criterion_id.number == number)

    def test_sheet_asks_what_is_judged(self):
        lines = self.sheet.line_ids
        self.assertEqual(
            {line.criterion_id.number: line.scale for line in lines},
            {
                "1.1": "percent",
                "1.2": "points",
                "2.1": "rating",
                "3": "passed",
                "4": "passed",
            },
        )
        self.assertEqual(self.sheet.scales, ["passed", "percent", "points", "rating"])

    def test_answers_and_their_points(self):
        self.fill(self.sheet.line_ids, WELL)
        points = {li.criterion_id.number: li.points for li in self.sheet.line_ids}
        self.assertEqual(
            points, {"1.1": 8000, "1.2": 7550, "2.1": 5000, "3": 0, "4": 0}
        )
        self.sheet.action_lock()
        self.assertEqual((self.sheet.total, self.sheet.total_text), (20550, "205.50"))

    def test_off_scale(self):
        other = self.env["award.criteria"]._import(
            {**MIXED, "code": "other", "name_zh": "另"}
        )
        for number, vals, code in (
            ("1.1", {"percent": 42}, "off_grid"),
            ("1.2", {"given": 10_001}, "off_points"),
            ("1.2", {"given": -1}, "off_points"),
            ("1.2", {"given": 50.5}, "off_points"),
            ("1.2", {"given_text": "100.01"}, "off_points"),
            ("1.2", {"given_text": "viel"}, "score_not_a_number"),
            ("2.1", {"rating_id": other.rating_ids[0].id}, "off_ratings"),
            ("1.1", {"given": 100}, "other_scale"),
            ("1.1", {"rating_id": self.rating("good").id}, "other_scale"),
            ("2.1", {"percent": 50}, "other_scale"),
            ("4", {"percent": 50}, "other_scale"),
            ("4", {"rating_id": self.rating("good").id}, "other_scale"),
        ):
            with self.subTest(number=number, vals=vals), self.assertRefused(code):
                self.line(number).write(vals)
            self.assertFalse(self.line(number).is_scored)

    def test_points_are_typed_in_decimals(self):
        line = self.line("1.2")
        for text, given, shown in (("75.5", 7550, "75.50"), ("100", 10000, "100.00")):
            line.write({"given_text": text})
            line.invalidate_recordset()
            self.assertEqual((line.given, line.given_text), (given, shown))
            self.assertTrue(line.is_scored)
        line.write({"given_text": "0"})
        self.assertEqual((line.given, line.is_scored, line.points), (0, True, 0))
        line.write({"given_text": ""})
        self.assertFalse(line.is_scored)

    def test_nothing_chosen_is_no_answer(self):
        self.fill(self.sheet.line_ids, WELL)
        self.line("2.1").write({"rating_id": False})
        with self.assertRefused("sheet_incomplete"):
            self.sheet.action_lock()
        # Ticking "scored" alone does not make one either.
        self.line("2.1").write({"is_scored": True})
        with self.assertRefused("sheet_incomplete"):
            self.sheet.action_lock()
        self.line("2.1").write({"is_scored": False})
        # Nor do blanks of the other scales, which a form sends along.
        for number, blank in (
            ("2.1", {"percent": 0, "given": 0}),
            ("2.1", {"rating_id": False, "given": 0}),
            ("4", {"percent": 0}),
        ):
            with self.subTest(number=number, blank=blank):
                line = self.line(number)
                line.write({"verdict" if number == "4" else "rating_id": False})
                line.write(blank)
                self.assertFalse(line.is_scored)
        self.line("4").write({"verdict": "passed"})
        self.line("1.1").write({"percent": 0, "given": 0})
        self.line("1.2").write({"percent": 0, "given": 0})
        self.assertEqual(
            [self.line(n).is_scored for n in ("1.1", "1.2", "3")], [True] * 3
        )
        self.fill(self.line("1.1") | self.line("1.2"), WELL)
        self.line("2.1").write({"rating_id": self.rating("weak").id})
        self.line("4").write({"verdict": False})
        with self.assertRefused("sheet_incomplete"):
            self.sheet.action_lock()
        self.line("4").write({"verdict": "failed"})
        self.sheet.action_lock()
        self.assertEqual(self.sheet.total, 15550)

    def test_a_locked_answer_changes_no_more(self):
        self.fill(self.sheet.line_ids, WELL)
        self.sheet.action_lock()
        for number, vals in (
            ("1.2", {"given": 0}),
            ("2.1", {"rating_id": self.rating("good").id}),
            ("4", {"verdict": "failed"}),
        ):
            with self.assertRefused("sheet_locked"):
                self.line(number).write(vals)
            column, value = next(iter(vals.items()))
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE award_sheet_line SET {column} = %s WHERE id = %s",
                    (value, self.line(number).id),
                )

    def test_seal_covers_every_answer(self):
        seals = set()
        for change in ({}, {"1.2": 7500}, {"2.1": "good"}, {"4": "failed"}):
            self.fill(self.sheet.line_ids, {**WELL, **change})
            seals.add(self.sheet._sealed_values()["content_hash"])
        self.assertEqual(len(seals), 4)

    # -- consensus ----------------------------------------------------------------
    def agreed_on(self, *answers):
        """The opened consensus of both cases; one dict of answers a member."""
        for user, changes in zip(self.members(self.staff), answers, strict=True):
            self.judge(self.staff, {**WELL, **changes}, [user])
        return self.open_consensus(self.staff)

    def test_proposal_and_what_lies_apart(self):
        found = self.agreed_on(
            {"1.1": 85, "1.2": 2000, "2.1": "good", "4": "failed"},
            {"1.2": 7000, "2.1": "good"},
            {"1.2": 7000, "2.1": "fair"},
        )[0]
        lines = {line.criterion_id.number: line for line in found.line_ids}
        self.assertEqual(
            {
                number: (line.low_text, line.high_text, line.needs_note)
                for number, line in lines.items()
            },
            {
                "1.1": ("80 %", "85 %", False),
                "1.2": ("20.00", "70.00", True),
                "2.1": ("Fair", "Good", True),  # half of the points apart
                "3": ("Passed", "Passed", False),
                "4": ("Not Passed", "Passed", True),
            },
        )
        self.assertEqual(
            (
                lines["1.1"].percent,
                lines["1.2"].given,
                lines["2.1"].rating_id.code,
                lines["4"].verdict,
            ),
            (80, 7000, "good", "passed"),
        )
        with self.assertRefused("discussion_note_missing"):
            found.action_agree()
        found.line_ids.write({"note": "已讨论"})
        found.action_agree()
        self.assertEqual(found.total, 8000 + 7000 + 10000)
        self.assertEqual(found.state, "agreed")

    def test_a_veto_ends_the_case(self):
        found = self.agreed_on(*[{"4": "failed"}] * 3)
        kept = found.filtered(lambda c: c.submission_id != self.submission)
        kept.line_ids.filtered(lambda li: li.item_kind == "veto").write(
            {"verdict": "passed"}
        )
        found.action_agree()
        case = self.submission.application_id
        other = self.cases - case
        self.assertEqual((case.state, other.state), ("eliminated", "accepted"))
        last = self.env["award.transition"].search(
            [("model", "=", case._name), ("res_id", "=", case.id)],
            order="id desc",
            limit=1,
        )
        clause = self.stage("document_review").clause_id.code
        self.assertEqual((last.move, last.clause), ("fail_veto", clause))
        self.assertIn("无抄袭", last.reason)
        letter = self.env["award.letter"].search([("application_id", "=", case.id)])
        self.assertEqual((letter.kind, letter.clause), ("not_shortlisted", clause))
        self.assertIn("无抄袭", letter.body)
        rows = case.case_stage_ids.filtered(
            lambda row: row.scheme_stage_id.kind == "document_review"
        )
        self.assertEqual(rows.mapped("state"), ["failed"])

    def test_one_who_failed_a_veto_takes_no_place(self):
        found = self.agreed_on(*[{"4": "failed"}] * 3)
        kept = found.filtered(lambda c: c.submission_id != self.submission)
        self.fill(
            kept.line_ids.filtered(lambda li: li.item_kind == "veto"), {"4": "passed"}
        )
        found.action_agree()
        ranking = self.env["award.composite"].create(
            {
                "edition_id": self.edition.id,
                "class_id": self.award_class.id,
                "phase": "document",
            }
        )
        ranking.with_user(self.office).action_compute()
        self.assertEqual(
            ranking.line_ids.application_id,
            kept.sudo().submission_id.application_id,
        )

    def test_no_veto_without_agreement(self):
        """The act is the panel's, and asks for what the panel agreed on."""
        leader = self.leader(self.staff)
        case = self.cases[0].with_user(leader)
        with self.assertRefused("veto_not_failed"):
            case.sudo()._apply_move("fail_veto", reason="x")
        with self.assertRefused("wrong_role"):
            self.cases[0].with_user(self.office)._apply_move("fail_veto", reason="x")

    def on_site(self):
        """The site consensus of the first case, as it was copied."""
        self.agreed_on({}, {}, {}).action_agree()
        for case in self.cases:
            self.put(case, "accepted", "advance", self.stage("site_visit"))
        documents = self.env["award.consensus"].search(
            [("submission_id", "=", self.submission.id)]
        )
        return documents._copy_for_site().with_user(self.leader(self.staff))

    def test_answers_are_copied_for_the_site(self):
        copied = {
            line.criterion_id.number: (
                line.percent,
                line.given,
                line.rating_id.code,
                line.verdict,
            )
            for line in self.on_site().line_ids
        }
        self.assertEqual(
            copied,
            {
                "1.1": (80, 0, False, False),
                "1.2": (0, 7550, False, False),
                "2.1": (0, 0, "fair", False),
                "3": (0, 0, False, "passed"),
                "4": (0, 0, False, "passed"),
            },
        )

    # -- what version 0.1.0 left behind ---------------------------------------------
    def asked_for_percentages(self, lines, percent=60):
        """Lines as that version wrote them: a percentage, on whatever scale."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s l SET percent = %s, given = NULL, rating_id = NULL,"
                " is_scored = true, points = i.points * %s / 100"
                " FROM award_criterion i WHERE i.id = l.criterion_id"
                " AND i.kind IN ('process', 'result') AND l.id IN %s",
                SQL.identifier(lines._table),
                percent,
                percent,
                tuple(lines.ids),
            )
        )
        self.env.invalidate_all()

    def test_percentages_of_an_earlier_version(self):
        """On points they are exact, a rating is left to the panel; points stand."""
        self.fill(self.sheet.line_ids, WELL)
        self.asked_for_percentages(self.sheet.line_ids)
        lines = {line.criterion_id.number: line for line in self.sheet.line_ids}
        self.assertEqual(
            {number: (lines[number]._level(), lines[number].points) for number in WELL},
            {
                "1.1": (60, 6000),
                "1.2": (6000, 6000),
                "2.1": (None, 6000),
                "3": (1, 0),
                "4": (1, 0),
            },
        )
        for line in lines.values():
            line.modified(["is_scored"])
        self.sheet.line_ids.mapped("points")
        self.env.flush_all()
        self.assertEqual(lines["2.1"].points, 6000)
        self.assertEqual(lines["1.2"].given_text, "60.00")
        self.assertEqual(
            [lines[n]._hashed_answer() for n in ("1.1", "1.2", "2.1")], [60, 60, 60]
        )
        with self.assertRefused("sheet_incomplete"):
            self.sheet.action_lock()
        lines["1.2"].write({"given": 0})
        self.assertEqual((lines["1.2"]._level(), lines["1.2"].points), (0, 0))

    def test_sheets_of_an_earlier_version_open_a_consensus(self):
        """Locked sheets with percentages: the panel answers where none fits."""
        for user in self.members(self.staff):
            sheets = self.sheets(self.staff, user).with_user(user)
            self.fill(sheets.line_ids, WELL)
            self.asked_for_percentages(sheets.line_ids)
            self.put(sheets.sudo(), "locked", "lock")
        lines = self.open_consensus(self.staff).line_ids
        self.assertEqual(
            {
                line.criterion_id.number: (line._level(), line.needs_note)
                for line in lines
            },
            {
                "1.1": (60, False),
                "1.2": (6000, False),
                "2.1": (None, True),
                "3": (1, False),
                "4": (1, False),
            },
        )

    def test_a_consensus_of_an_earlier_version_is_copied_for_the_site(self):
        consensus = self.agreed_on({}, {}, {})[0]
        self.asked_for_percentages(consensus.line_ids)
        self.put(consensus.sudo(), "agreed", "agree")
        copied = consensus.sudo()._copy_for_site()
        lines = {line.criterion_id.number: line for line in copied.line_ids}
        self.assertEqual(
            {
                number: (line.percent, line._level(), line.points, line.low, line.high)
                for number, line in lines.items()
            },
            {
                "1.1": (60, 60, 6000, 80, 80),
                "1.2": (60, 6000, 6000, 6000, 6000),
                "2.1": (60, None, 6000, 0, 0),
                "3": (0, 1, 0, 1, 1),
                "4": (0, 1, 0, 1, 1),
            },
        )
        self.assertFalse(copied._unproven())
        leader = copied.with_user(self.leader(self.staff))
        self.assertEqual(leader._guard_complete().code, "consensus_incomplete")
        line = leader.line_ids.filtered(lambda li: li.criterion_id.number == "2.1")
        line.write({"rating_id": self.rating("fair").id, "evidence": "现场查验。"})
        self.assertEqual((line.points, line._level()), (5000, 1))
        self.assertIsNone(leader._guard_complete())

    def test_a_veto_on_site(self):
        """A panel that finds it on site ends the case there, and still reports."""
        site = self.on_site()
        line = self.line("4", site.line_ids)
        line.write({"verdict": "failed"})
        with self.assertRefused("site_evidence_missing"):
            site.action_agree()
        line.write({"evidence": "访谈记录3"})
        site.action_agree()
        case = self.submission.application_id
        self.assertEqual(case.state, "eliminated")
        # The visit may still be reported; the case goes nowhere.
        visit = self.env["award.visit"].create(
            {
                "title": "x",
                "submission_id": self.submission.id,
                "panel_id": self.staff.id,
            }
        )
        visit.with_user(self.leader(self.staff))._after_report()
        self.assertEqual(case.state, "eliminated")

    # -- blocks -------------------------------------------------------------------
    def test_points_of_a_block(self):
        self.agreed_on({}, {}, {}).action_agree()
        for block, expected in (("1", 15550), ("2", 5000)):
            found = self.cases._block_scores("document", block)
            self.assertEqual(found, dict.fromkeys(self.cases, expected))
