from unittest.mock import patch

from odoo.exceptions import MissingError
from odoo.tests import tagged

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationCopying(AwardCommon):
    """Chapters taken over from an earlier application, chosen one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user, cls.number = cls._new_applicant()
        cls.door = cls.env["award.application"].with_user(cls.user)
        cls.old = cls._entered(cls.edition)
        cls.door._portal_save(
            cls.old.id, {"profile": "一\n二", "4.1.2": "领导", "4.1.3": "文化"}
        )
        cls.foreign = cls.write_up(cls.register())
        later = cls._new_edition(term=5)
        later.with_user(cls.roles["office_head"]).action_announce()
        cls.new = cls._entered(later)

    @classmethod
    def _entered(cls, edition):
        case = cls.door._portal_register(edition.id, cls.values_of(cls.number))
        return cls.env["award.application"].browse(case.id)

    def texts(self):
        return {c.code: c.text for c in self.new.chapter_ids if c.text}

    def test_earlier_ones_are_those_of_the_same_applicant(self):
        found = self.door._portal_earlier(self.new.id)
        self.assertEqual(
            [(row["case"].id, row["written"]) for row in found], [(self.old.id, 3)]
        )
        self.assertEqual(self.door._portal_earlier(self.old.id), [])

    def test_difference_by_chapter(self):
        self.door._portal_save(self.new.id, {"profile": "一\n三", "4.1.2": "领导"})
        shown = self.door._portal_copying(self.new.id, self.old.id)
        self.assertEqual(
            [(r["code"], r["is_empty"], r["is_same_title"]) for r in shown["rows"]],
            [("profile", False, True), ("4.1.3", True, True)],
        )
        self.assertEqual(
            shown["rows"][0]["rows"],
            [("equal", "一", "一"), ("replace", "三", "二")],
        )
        self.assertEqual(shown["rest"], [])

    def test_only_the_chosen_are_copied(self):
        self.door._portal_save(self.new.id, {"4.1.2": "新的"})
        done = self.door._portal_copy(self.new.id, self.old.id, ["profile"])
        self.assertEqual(done, 1)
        self.assertEqual(self.texts(), {"profile": "一\n二", "4.1.2": "新的"})

    def test_a_text_that_stood_here_is_kept_beside(self):
        self.door._portal_save(self.new.id, {"profile": "原文"})
        self.door._portal_copy(self.new.id, self.old.id, ["profile"])
        self.door._portal_save(self.new.id, {"profile": "第二稿"})
        self.door._portal_copy(self.new.id, self.old.id, ["profile"])
        chapter = self.new.chapter_ids.filtered(lambda c: c.code == "profile")
        self.assertEqual(chapter.text, "一\n二")
        self.assertEqual(
            sorted(chapter.copy_ids.mapped("text")), sorted(["原文", "第二稿"])
        )

    def test_an_open_page_notices_the_copy(self):
        """Whoever was writing the chapter meanwhile gets both texts."""
        self.door._portal_save(self.new.id, {"profile": "原文"})
        begun = self.new.chapter_ids.filtered(lambda c: c.code == "profile").revision
        self.door._portal_copy(self.new.id, self.old.id, ["profile"])
        answer = self.door._portal_autosave(
            self.new.id, "profile", begun, text="原文,再写"
        )
        self.assertIn("conflict", answer)
        chapter = self.new.chapter_ids.filtered(lambda c: c.code == "profile")
        self.assertEqual(chapter.text, "一\n二")
        self.assertEqual(
            sorted(chapter.copy_ids.mapped("text")), sorted(["原文", "原文,再写"])
        )

    def test_chapters_are_matched_by_words_then_by_number(self):
        own = {"profile": "Profile", "4.1": "4.1 领导", "4.2": "4.2 战略",
               "4.3": "4.3 顾客", "4.4": "4.4 资源"}
        there = {"profile": "Profile", "4.1": "4.1 战略", "4.2": "4.2 领导",
                 "4.3": "4.3 顾客与市场", "9": "9 其他"}
        chapters = {self.new.id: own, self.old.id: there}
        with patch.object(
            type(self.new), "_chapters", lambda case: chapters[case.id]
        ):
            found = self.new._chapters_alike(self.old)
        self.assertEqual(
            found,
            {"profile": "profile", "4.1": "4.2", "4.2": "4.1", "4.3": "4.3"},
        )

    def test_refusals(self):
        for codes in ([], ["nowhere"], ["4.2.2"]):
            with self.subTest(codes=codes), self.assertRefused("nothing_chosen"):
                self.door._portal_copy(self.new.id, self.old.id, codes)
        for source in (self.foreign.id, self.new.id, 0, "x"):
            with self.subTest(source=source), self.assertRaises(MissingError):
                self.door._portal_copying(self.new.id, source)
        self.submit(self.new)
        with self.assertRefused("application_closed"):
            self.door._portal_copy(self.new.id, self.old.id, ["profile"])

    def test_statements_do_not_grow_with_chapters(self):
        counts = []
        for texts in ({}, {code: "正文" for code in self.old._chapters()}):
            self.door._portal_save(self.old.id, texts)
            self.door._portal_copying(self.new.id, self.old.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.door._portal_copying(self.new.id, self.old.id)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
