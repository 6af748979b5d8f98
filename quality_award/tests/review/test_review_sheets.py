from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewSheets(ReviewCommon):
    """Scoring alone, locking, and what stands against it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.panel = cls.staffed("甲组", cls.cases)
        cls.declare_none(cls.panel)
        cls.user = cls.members(cls.panel)[1]
        cls.submission = cls.submissions(cls.cases)[0]
        cls.sheet = cls.sheets(cls.panel, cls.user, cls.submission).with_user(cls.user)

    def line(self, number, sheet=None):
        lines = (sheet or self.sheet).line_ids
        return lines.filtered(lambda line: line.criterion_id.number == number)

    def test_sheet_has_every_item(self):
        items = self.award_class.criteria_id._items().sorted("sequence")
        self.assertEqual(len(items), 23)
        self.assertEqual(self.sheet.line_ids.criterion_id, items)
        self.assertEqual(self.sheet.line_ids.mapped("is_scored"), [False] * 23)
        self.assertEqual(len(self.sheets(self.panel)), 6)

    def test_grid(self):
        line = self.line("4.1.2")
        for percent in (7, 42, 101, -5, 5.0, 45.5, "45", True, None):
            with self.subTest(percent=percent), self.assertRefused("off_grid"):
                line.write({"percent": percent})
            self.assertFalse(line.is_scored)
        for percent in (0, 5, 10, 25, 30, 45, 50, 65, 70, 85, 90, 100):
            line.write({"percent": percent})
            self.assertEqual((line.percent, line.points), (percent, 50 * percent))
            self.assertTrue(line.is_scored)

    def test_grid_through_the_form(self):
        line = self.line("4.1.2")
        with self.assertRefused("off_grid"):
            self.sheet.write({"line_ids": [(1, line.id, {"percent": 42})]})
        self.sheet.write({"line_ids": [(1, line.id, {"percent": 45})]})
        self.assertEqual(line.points, 2250)

    def test_points_are_exact(self):
        for number, percent, points in (
            ("4.4.3", 45, 675),
            ("4.4.6", 55, 550),
            ("4.7.2", 35, 2800),
        ):
            line = self.line(number)
            line.write({"percent": percent})
            self.assertEqual(line.points, points)
            self.assertEqual(line.points_text, f"{points // 100}.{points % 100:02}")

    def test_nothing_else_can_be_written(self):
        line = self.line("4.1.2")
        other = self.line("4.1.3").criterion_id
        for vals in (
            {"points": 99999},
            {"criterion_id": other.id},
            {"sheet_id": self.sheets(self.panel)[-1].id},
        ):
            with self.assertRefused("not_editable"):
                line.write(vals)
        for vals in ({"total": 100000}, {"expert_id": 1}, {"unlock_request": "x"}):
            with self.assertRefused("not_editable"):
                self.sheet.write(vals)

    def test_lock_asks_for_every_item(self):
        self.sheet.line_ids[:-1].write({"percent": 50})
        with self.assertRefused("sheet_incomplete"):
            self.sheet.action_lock()
        self.assertEqual(self.sheet.state, "draft")
        self.assertFalse(self.sheet.content_hash)
        self.sheet.line_ids[-1].write({"percent": 0})
        self.sheet.action_lock()
        self.assertEqual(self.sheet.total, 50000 - 2500)

    def test_lock_asks_for_the_grid(self):
        """A value that came in past the ORM is found at the latest now."""
        self.sheet.line_ids.write({"percent": 50})
        self.env.flush_all()
        line = self.line("4.1.2")
        self.env.cr.execute(
            "UPDATE award_sheet_line SET percent = 47 WHERE id = %s", [line.id]
        )
        self.env.invalidate_all()
        with self.assertRefused("off_grid"):
            self.sheet.action_lock()

    def test_only_the_owner_locks(self):
        self.sheet.line_ids.write({"percent": 50})
        for user in (self.leader(self.panel), self.office, self.head):
            sheet = self.sheet.with_user(user)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                sheet.action_lock()
            with self.assertRefused("wrong_role"):
                sheet.sudo().action_lock()
        self.sheet.action_lock()
        self.assertEqual(self.sheet.state, "locked")

    @mute_logger("odoo.sql_db")
    def test_locked_is_locked(self):
        self.sheet.line_ids.write({"percent": 50})
        line = self.line("4.1.2")
        line.write({"strengths": "优势"})  # the attack works on an open sheet
        self.sheet.action_lock()
        before = self.sheet.content_hash
        for vals in ({"percent": 55}, {"strengths": "改"}, {"is_scored": False}):
            with self.assertRefused("sheet_locked"):
                line.write(vals)
            with self.assertRefused("sheet_locked"):
                line.sudo().write(vals)
            with self.assertRefused("sheet_locked"):
                self.sheet.write({"line_ids": [(1, line.id, vals)]})
        for statement in (
            "UPDATE award_sheet_line SET percent = 55 WHERE id = %(line)s",
            "UPDATE award_sheet_line SET points = 9 WHERE id = %(line)s",
            "UPDATE award_sheet_line SET strengths = 'x' WHERE id = %(line)s",
            "UPDATE award_sheet_line SET sheet_id = %(other)s WHERE id = %(line)s",
            "DELETE FROM award_sheet_line WHERE id = %(line)s",
            "UPDATE award_sheet SET total = 1 WHERE id = %(sheet)s",
            "UPDATE award_sheet SET content_hash = 'x' WHERE id = %(sheet)s",
            "UPDATE award_sheet SET expert_id = %(expert)s WHERE id = %(sheet)s",
            "UPDATE award_sheet SET state = 'draft' WHERE id = %(sheet)s",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    statement,
                    {
                        "line": line.id,
                        "sheet": self.sheet.id,
                        "other": self.sheets(self.panel)[-1].id,
                        "expert": self.panel.member_ids[0].expert_id.id,
                    },
                )
        self.env.invalidate_all()
        self.assertEqual(self.sheet.content_hash, before)
        self.assertEqual(line.percent, 50)

    def test_unlocking(self):
        self.sheet.line_ids.write({"percent": 50})
        self.sheet.action_lock()
        case = self.panel.assignment_ids.filtered(
            lambda record: record.submission_id == self.submission
        )
        expert = self.sheet.sudo().expert_id.id
        with self.assertRefused("unlock_not_asked"):
            case.with_user(self.head).action_unlock_sheet(expert, "更正")
        with self.assertRefused("wrong_role"):
            case.with_user(self.user).action_request_unlock(expert, "更正")
        leading = case.with_user(self.leader(self.panel))
        leading.action_request_unlock(expert, "漏看附件")
        with self.assertRefused("reason_missing"):
            case.with_user(self.head).action_unlock_sheet(expert, " ")
        with self.assertRefused("wrong_role"):
            case.with_user(self.office).action_unlock_sheet(expert, "更正")
        sealed = self.sheet.content_hash
        case.with_user(self.head).action_unlock_sheet(expert, "经核准")
        self.assertEqual(self.sheet.state, "draft")
        self.assertFalse(self.sheet.unlock_request)
        earlier = self.sheet.sudo().earlier
        self.assertEqual([version["content_hash"] for version in earlier], [sealed])
        self.assertEqual(len(earlier[0]["lines"]), 23)
        self.sheet.line_ids[0].write({"percent": 55})
        self.sheet.action_lock()
        self.assertNotEqual(self.sheet.content_hash, sealed)

    def test_no_unlocking_after_consensus(self):
        self.score(self.panel, 50)
        case = self.panel.assignment_ids.filtered(
            lambda record: record.submission_id == self.submission
        ).with_user(self.leader(self.panel))
        case.action_request_unlock(self.sheet.sudo().expert_id.id, "更正")
        case.action_open_consensus()
        with self.assertRefused("consensus_open"):
            self.sheet.with_user(self.head).action_unlock("更正")

    def test_case_must_be_in_review(self):
        self.sheet.line_ids.write({"percent": 50})
        case = self.cases[0]
        self.as_applicant(case)._portal_withdraw(case.id, "放弃")
        self.env.invalidate_all()
        with self.assertRefused("case_not_in_review"):
            self.sheet.action_lock()

    def test_hash_names_the_scores(self):
        self.sheet.line_ids.write({"percent": 50})
        first = self.sheet._sealed_values()["content_hash"]
        self.line("4.1.2").write({"percent": 55})
        self.assertNotEqual(self.sheet._sealed_values()["content_hash"], first)
        self.line("4.1.2").write({"percent": 50})
        self.assertEqual(self.sheet._sealed_values()["content_hash"], first)

    def queries(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_query_counts(self):
        """Opening and saving cost the same for one line or many."""
        spec = {
            "title": {},
            "allowed_moves": {},
            "line_ids": {"fields": {"percent": {}, "criterion_id": {"fields": {}}}},
        }
        self.sheet.web_read(spec)
        one = self.queries(lambda: self.sheet.web_read(spec))
        both = self.sheets(self.panel, self.user).with_user(self.user)
        self.assertEqual(len(both), 2)
        self.assertEqual(self.queries(lambda: both.web_read(spec)), one)

        def save(count):
            lines = self.sheet.line_ids[:count]
            commands = [(1, line.id, {"percent": 50}) for line in lines]
            return lambda: self.sheet.web_save({"line_ids": commands}, spec)

        save(2)()
        self.sheet.line_ids.write({"percent": 10})
        few = self.queries(save(2))
        self.sheet.line_ids.write({"percent": 10})
        self.assertEqual(self.queries(save(23)), few)

    def test_locking_many(self):
        """Locking and unlocking cost as many queries for one sheet as for all."""
        cases = self.cases_at("document_review", 4)
        panel = self.staffed("乙组", cases)
        self.declare_none(panel)
        self.score(panel, 50, lock=False)
        user = self.members(panel)[1]
        sheets = self.sheets(panel, user).with_user(user)
        self.assertEqual(len(sheets), 4)
        sheets[0].action_lock()  # fills the caches of roles and access
        one = self.queries(sheets[1].action_lock)
        self.assertEqual(self.queries(sheets[2:].action_lock), one)
        self.assertEqual(sheets.mapped("state"), ["locked"] * 4)
        self.assertEqual(sheets.mapped("total"), [50000] * 4)
        seals = [sheet._sealed_values()["content_hash"] for sheet in sheets]
        self.assertEqual(sheets.mapped("content_hash"), seals)
        self.assertEqual(len(set(seals)), 4)

        leading = panel.assignment_ids.with_user(self.leader(panel))
        for case in leading:
            case.action_request_unlock(sheets.sudo().expert_id.id, "漏看附件")
        opened = sheets.with_user(self.head)
        opened[0].action_unlock("经核准")
        one = self.queries(lambda: opened[1].action_unlock("经核准"))
        self.assertEqual(self.queries(lambda: opened[2:].action_unlock("经核准")), one)
        kept = [[row["content_hash"] for row in s.earlier] for s in sheets.sudo()]
        self.assertEqual(kept, [[seal] for seal in seals])

    def test_all_are_locked_or_none(self):
        """What stands against any of them is told, and none is locked."""
        both = self.sheets(self.panel, self.user).with_user(self.user)
        both.line_ids.write({"percent": 50})
        self.score(self.panel, 50, [self.leader(self.panel)])
        case = self.cases[1]
        self.as_applicant(case)._portal_withdraw(case.id, "放弃")
        self.env.invalidate_all()
        with self.assertRefused("case_not_in_review"):
            both.action_lock()
        self.assertEqual(both.mapped("state"), ["draft", "draft"])
        self.assertFalse(any(both.mapped("content_hash")))
        self.sheet.action_lock()
        self.assertEqual(both.mapped("state"), ["locked", "draft"])
