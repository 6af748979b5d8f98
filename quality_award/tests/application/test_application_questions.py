"""Questions: asked, answered, published without the asker."""

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationQuestions(AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.owner = cls.applicant_of(cls.case)
        cls.owner.name = "王甲子"
        cls.stranger = cls.applicant_of(cls.register())

    def ask(self, text="何时公布?", user=None):
        door = self.env["award.question"].with_user(user or self.owner)
        door._portal_ask(self.edition.id, "time", text)
        question = self.env["award.question"].search([], limit=1)
        return question.with_user(self.roles["office"])

    def test_the_way_of_a_question(self):
        question = self.ask()
        self.assertEqual(
            (question.state, question.source, question.asked_by_id),
            ("open", "portal", self.owner),
        )
        with self.assertRefused("question_unanswered"):
            question.action_answer()
        question.answer = "三月。"
        question.action_answer()
        self.assertEqual(question.answered_by_id, self.roles["office"])
        with self.assertRefused("question_unworded"):
            question.action_publish()
        self.assertEqual(self.public(), [])
        question.public_question = "结果何时公布?"
        question.action_publish()
        self.assertEqual(
            self.public(),
            [
                {
                    "category": "Dates and Time Limits",
                    "question": "结果何时公布?",
                    "answer": "三月。",
                    "on": question.published_at.date(),
                }
            ],
        )
        for name in ("answer", "public_question"):
            with self.assertRefused("question_published"):
                question[name] = "x"
        question.action_close("Superseded")
        self.assertEqual(self.public(), [])

    def public(self):
        edition = self.env["award.edition"]._public_edition(self.edition.id)
        public = self.env.ref("base.public_user")
        return self.env["award.question"].with_user(public)._public_list(edition)

    def test_what_is_published_does_not_name_the_asker(self):
        question = self.ask("我单位王甲子问")
        question.answer = "答"
        question.action_answer()
        for public, answer in (("王甲子问:何时?", "答"), ("何时?", "王甲子:三月")):
            question.write({"public_question": public, "answer": answer})
            with self.assertRefused("question_names_asker"):
                question.action_publish()

    def test_what_was_asked_on_the_portal_stays(self):
        question = self.ask()
        with self.assertRefused("question_kept"):
            question.text = "另一问"
        heard = self.env["award.question"].with_user(self.roles["handling"]).create(
            {"edition_id": self.edition.id, "text": "电话问", "source": "phone"}
        )
        heard.text = "电话问,改"
        heard.answer = "答"
        heard.action_answer()
        heard.public_question = "问"
        with self.assertRefused("wrong_role"):
            heard.action_publish()

    def test_who_asked_reads_his_own_and_nobody_elses(self):
        self.ask("我的问题").sudo().answer = "草稿"
        mine = self.env["award.question"].with_user(self.owner)._portal_questions()
        self.assertEqual([(q["text"], q["answer"]) for q in mine], [("我的问题", "")])
        theirs = self.env["award.question"].with_user(self.stranger)
        self.assertEqual(theirs._portal_questions(), [])
        with self.assertRaises(AccessError):
            theirs.search([])

    def test_questions_are_bounded(self):
        for text, code in (("", "question_empty"), ("长" * 2_001, "value_too_long")):
            with self.assertRefused(code):
                self.ask(text)
        for _i in range(20):
            self.ask()
        with self.assertRefused("questions_waiting"):
            self.ask()
        self.ask(user=self.stranger)

    def test_only_about_announced_editions(self):
        drafted = self._new_edition(term=45)
        door = self.env["award.question"].with_user(self.owner)
        for id_ in (drafted.id, 0, "x", 2**40):
            with self.assertRaises(MissingError):
                door._portal_ask(id_, "time", "问")
