"""Credit-check rounds: tables out, strictly back, answers become facts."""

import base64
import io

import openpyxl

from odoo.tests import tagged

from odoo.addons.quality_award.models.decision.credit_table import FIXED, OF_SUBJECT

from .common import DecisionCommon

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF")


@tagged("post_install", "-at_install")
class TestDecisionCredit(DecisionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("qualification", 2)
        bodies = cls.scheme.body_ids.filtered(lambda b: b.role == "department")
        cls.first, cls.other = bodies[:2]
        incident = cls.scheme.requirement_ids.filtered(
            lambda r: r.kind == "no_incident"
        )
        cls.asked = incident.filtered(
            lambda r: r.penalties == "any" and len(r._word_list("fields")) > 1
        )[:1]
        cls.fields = sorted(cls.asked._word_list("fields"))

    def round_of(self, cases=None, pairs=None):
        cases = (cases or self.cases).with_user(self.office)
        found = self.env["award.credit.round"].with_user(self.office)
        one = found.browse(cases.action_credit_check()["res_id"])
        pairs = pairs or [(self.first, field) for field in self.fields]
        one.ask_ids.unlink()
        one.ask_ids = [
            (0, 0, {"body_id": body.id, "field": field}) for body, field in pairs
        ]
        one.action_prepare()
        one.consultation_ids.action_send()
        return one

    def table(self, letter):
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(letter.credit_xlsx)))
        return book, book.active

    def filled(self, letter, verdict="No Comment", **cells):
        """The table as it comes back.

        :param cells: `r<row>_<key of the column>` -> what stands there instead
        """
        book, sheet = self.table(letter)
        keys = [*FIXED]
        for field in letter._credit_subjects():
            keys += [f"{field}.{key}" for key in OF_SUBJECT]
        for row in range(2, sheet.max_row + 1):
            for column, key in enumerate(keys, 1):
                if key.endswith(".verdict"):
                    sheet.cell(row, column, verdict)
        for place, value in cells.items():
            row, key = place[1:].split("_", 1)
            sheet.cell(int(row), keys.index(key) + 1).value = value
        stream = io.BytesIO()
        book.save(stream)
        return base64.b64encode(stream.getvalue())

    def wizard(self, letter, file):
        action = letter.action_credit_import()
        wizard = self.env[action["res_model"]].with_user(self.office)
        wizard = wizard.browse(action["res_id"])
        wizard.file = file
        wizard.action_dry_run()
        return wizard

    def answer(self, letter, file):
        """The table read, the reply registered, entered and checked."""
        self.wizard(letter, file).action_carry_out()
        letter.write(
            {
                "reply_number": "复〔2026〕7号",
                "reply_date": "2026-03-10",
                "reply_scan": PDF,
            }
        )
        letter.action_enter()
        letter.with_user(self.second).action_check()
        self.env.invalidate_all()

    def test_one_row_for_each_case_with_the_days_looked_back_to(self):
        letter = self.round_of().consultation_ids
        _book, sheet = self.table(letter)
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        self.assertEqual(
            [row[1:4] for row in rows],
            [(c.name, c.applicant_id.name, c.applicant_id.credit_code)
             for c in self.cases],
        )
        first, last = letter.round_id._windows(self.cases[0])[self.fields[0]]
        self.assertEqual([rows[0][4].date(), rows[0][5].date()], [first, last])
        self.assertEqual(last, self.cases[0]._look_back_day())
        self.assertEqual(len(rows[0]), len(FIXED) + len(OF_SUBJECT) * len(self.fields))

    def test_clean_replies_become_facts_of_a_department(self):
        one = self.round_of()
        letter = one.consultation_ids
        self.assertIn("no reply", one.matrix)
        self.answer(letter, self.filled(letter))
        facts = self.cases.fact_ids.filtered(lambda f: f.origin == "department")
        self.assertEqual(
            sorted(zip(facts.mapped("kind"), facts.mapped("field"), strict=True)),
            sorted([("check", field) for field in self.fields] * 2),
        )
        self.assertEqual(set(facts.mapped("number")), {"复〔2026〕7号"})
        for case in self.cases:
            found = {r.code: f for r, f in case._conditions()}[self.asked.code]
            self.assertEqual((found.verdict, found.reason), ("met", "nothing_adverse"))
        self.assertEqual(one.matrix.count("table-success"), 2)
        self.assertEqual((one.open_count, one.adverse_count), (0, 0))

    def test_a_petty_fine_is_judged_by_the_office(self):
        one = self.round_of()
        letter = one.consultation_ids
        field = self.fields[0]
        file = self.filled(
            letter,
            **{
                f"r2_{field}.verdict": "Adverse",
                f"r2_{field}.kind": "Penalty",
                f"r2_{field}.day": "2025年6月3日",
                f"r2_{field}.severity": "Fine",
                f"r2_{field}.source": "罚〔2025〕3号",
                f"r2_{field}.evidence": "危险废物标识不规范,罚款。",
            },
        )
        self.answer(letter, file)
        case = self.cases[0]
        fact = case.fact_ids.filtered(lambda f: f.kind == "penalty")
        self.assertEqual(
            (fact.origin, fact.field, fact.severity, fact.number),
            ("department", field, "fine", "罚〔2025〕3号"),
        )
        self.assertEqual(str(fact.happened_on), "2025-06-03")
        found = {r.code: f for r, f in case._conditions()}[self.asked.code]
        self.assertEqual((found.verdict, found.reason), ("judge", "penalty"))
        self.assertEqual(case.state, "submitted")
        self.assertEqual(one.matrix.count("table-danger"), 1)

    def test_each_error_is_named_by_row_and_nothing_is_written(self):
        letter = self.round_of().consultation_ids
        another = self.round_of().consultation_ids
        subject = self.fields[0]
        table = (
            ({"r2_name": "别的公司"}, "“别的公司” stands where"),
            ({"r2_code": "91510199MADE00011X"}, "stands where"),
            ({"r2_case": "没有的"}, "There is no case 没有的 here."),
            ({"r2_round": another._credit_mark()}, "of another round or department"),
            ({"r3_case": self.cases[0].name}, "stands twice"),
            ({f"r2_{subject}.verdict": "大概没有"}, "“大概没有” is not known"),
            ({f"r2_{subject}.verdict": None}, "the reply is missing"),
            ({f"r2_{subject}.verdict": "Adverse"}, "an adverse reply needs"),
            ({f"r2_{subject}.day": "去年"}, "“去年” is no date"),
            ({f"r2_{subject}.evidence": "=1+1"}, "a formula stands"),
        )
        for cells, expected in table:
            wizard = self.wizard(letter, self.filled(letter, **cells))
            self.assertIn(expected, wizard.report)
            self.assertTrue(wizard.error_count)
            with self.assertRefused("credit_file_wrong"):
                wizard.action_carry_out()
        self.assertFalse(any(letter.answer_ids.mapped("verdict")))

    def test_only_the_file_that_was_shown_is_carried_out(self):
        letter = self.round_of().consultation_ids
        wizard = self.wizard(letter, self.filled(letter))
        wizard.file = self.filled(letter, **{f"r2_{self.fields[0]}.source": "x"})
        with self.assertRefused("credit_file_changed"):
            wizard.action_carry_out()
        with self.assertRefused("sheet_not_xlsx"):
            self.wizard(letter, base64.b64encode(b"not a table"))
        self.assertFalse(any(letter.answer_ids.mapped("verdict")))

    def test_the_reply_needs_its_sealed_letter(self):
        letter = self.round_of().consultation_ids
        with self.assertRefused("credit_answers_open"):
            letter.action_enter()
        self.wizard(letter, self.filled(letter)).action_carry_out()
        with self.assertRefused("credit_scan_missing"):
            letter.action_enter()
        letter.reply_scan = PDF
        with self.assertRefused("reply_incomplete"):
            letter.action_enter()
        letter.write({"reply_number": "复〔2026〕7号", "reply_date": "2026-03-10"})
        letter.action_enter()
        with self.assertRefused("second_clerk"):
            letter.action_check()

    def test_departments_and_subjects_are_those_of_the_last_round(self):
        first = self.round_of(pairs=[(self.first, "safety"), (self.other, "tax")])
        found = self.cases.with_user(self.office).action_credit_check()["res_id"]
        second = self.env["award.credit.round"].browse(found)
        self.assertEqual(
            [(a.body_id, a.field) for a in second.ask_ids],
            [(a.body_id, a.field) for a in first.ask_ids.sorted("body_id")],
        )
        self.assertEqual(len(first.consultation_ids), 2)
        with self.assertRefused("credit_prepared"):
            first.application_ids = [(5,)]
        with self.assertRefused("credit_prepared"):
            first.ask_ids.unlink()

    def test_the_time_for_the_reply_runs_from_its_receipt(self):
        letter = self.round_of().consultation_ids
        self.assertFalse(letter.due_on)
        letter.action_receive()
        self.env.invalidate_all()
        self.assertTrue(letter.due_on)

    def test_closed_to_who_has_withdrawn(self):
        one = self.round_of()
        answers = one.consultation_ids.answer_ids
        self.env["award.recusal"].with_user(self.office).create(
            {"application_id": self.cases[0].id, "kind": "family"}
        )
        mine = self.env["award.credit.answer"].with_user(self.office)
        found = mine.search([("id", "in", answers.ids)])
        self.assertEqual(found.sudo().application_id, self.cases[1])
