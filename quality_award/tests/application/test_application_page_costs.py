"""The pages of an application ask the database as often for many rows as for one."""

from odoo.tests import tagged

from ..common import AwardHttpCommon
from .common import KindsVocabulary
from .files import pdf, stream


@tagged("post_install", "-at_install")
class TestApplicationPageCosts(KindsVocabulary, AwardHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        scheme = cls.new_scheme(
            requirements=[
                {"code": "licence", "kind": "document", "text_zh": "登记证明"},
                {"code": "truth", "kind": "declaration", "on_fail": "judge"},
            ]
        )
        cls.edition = cls.open_edition(scheme, term=40)
        cls.case = cls.enter("organisation")
        cls.owner = cls.applicant_of(cls.case)
        cls.door = cls.as_applicant(cls.case)

    def evidence(self, number):
        file = stream(f"证书{number}.pdf", pdf(number + 1))
        self.door._portal_upload(self.case.id, "evidence", "", [file])

    def indicator(self, number):
        values = {"name": f"合格率{number}", "unit": "%", "value_1": "95"}
        item = self.case._result_items()[:1].number
        self.door._portal_save_indicator(self.case.id, item, values)

    def fact(self, number):
        values = {"kind": "document", "code": "licence", "number": f"{number}号"}
        self.door._portal_add_fact(self.case.id, values)
        fact = self.case.fact_ids.sorted("id")[-1:]
        file = stream(f"证明{number}.pdf", pdf(number + 1))
        self.door._portal_prove(self.case.id, fact.id, "licence", [file])

    def statements(self, page):
        """Statements of the second visit: the first fills the caches."""
        for _visit in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            answer = self.url_open(f"/my/award/{self.case.id}/{page}")
            self.assertEqual(answer.status_code, 200)
        return self.env.cr.sql_log_count - before

    def test_many_rows_cost_as_much_as_one(self):
        self.owner.sudo().password = self.owner.login
        self.authenticate(self.owner.login, self.owner.login)
        pages = {
            "documents": self.evidence,
            "indicators": self.indicator,
            "conditions": self.fact,
        }
        for page, add in pages.items():
            with self.subTest(page=page):
                add(1)
                one = self.statements(page)
                for number in range(2, 9):
                    add(number)
                self.assertEqual(self.statements(page), one)
