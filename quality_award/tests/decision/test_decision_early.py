from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionEarly(DecisionCommon):
    """Departments asked during the qualification check; replies become facts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("qualification", 2)
        cls.checks = cls.env["award.qualification"].search(
            [("application_id", "in", cls.cases.ids)]
        )
        bodies = cls.scheme.body_ids
        cls.departments = bodies.filtered(lambda b: b.role == "department")

    def ask(self, bodies=None, about=False, checks=None):
        checks = (self.checks if checks is None else checks).with_user(self.office)
        action = checks.action_consult()
        wizard = self.env[action["res_model"]].with_user(self.office)
        wizard = wizard.browse(action["res_id"])
        wizard.write(
            {
                "body_ids": [(6, 0, (bodies or self.departments[:1]).ids)],
                "about": about,
            }
        )
        letters = wizard.action_prepare()["domain"][0][2]
        return self.env["award.consultation"].with_user(self.office).browse(letters)

    def reply(self, letter, adverse=None, **values):
        """The reply entered by one clerk and checked by the other."""
        letter.write({"reply_number": "复〔2026〕7号", "reply_date": "2026-03-10"})
        letter.opinion_ids.write({"verdict": "none"})
        if adverse:
            found = letter.opinion_ids.filtered(lambda o: o.application_id == adverse)
            values = {"verdict": "adverse", "evidence": "处罚决定书。", **values}
            found.write(values)
        letter.action_enter()
        letter.with_user(self.second).action_check()
        self.env.invalidate_all()

    def line(self, case, code):
        lines = self.checks.filtered(lambda c: c.application_id == case).line_ids
        return lines.filtered(lambda line: line.requirement_id.code == code)

    def incidents(self):
        """The codes of the requirements that ask whether anything adverse is known."""
        found = self.scheme.requirement_ids.filtered(lambda r: r.kind == "no_incident")
        return found.mapped("code")

    def test_a_letter_to_each_department(self):
        self.assertGreater(len(self.departments), 1)
        letters = self.ask(self.departments)
        self.assertEqual(letters.body_id, self.departments)
        for letter in letters:
            self.assertEqual(letter.opinion_ids.application_id, self.cases)
            self.assertEqual((letter.is_early, letter.list_id.id), (True, False))
            self.assertEqual(letter.edition_id, self.edition)
        # The same department may be asked again.
        self.ask(self.departments)

    def test_nobody_and_nothing(self):
        wizard = self.env["award.consultation.ask"].with_user(self.office)
        empty = wizard.create({"qualification_ids": [(6, 0, self.checks.ids)]})
        with self.assertRefused("no_department_chosen"):
            empty.action_prepare()
        letter = self.env["award.consultation"].create(
            {"edition_id": self.edition.id, "body_id": self.departments[0].id}
        )
        with self.assertRefused("nobody_asked_about"):
            letter.with_user(self.office).action_send()

    def test_only_cases_in_check(self):
        letter = self.ask()
        self.qualify(self.cases[0])
        clause = self.stage("qualification").clause_id.code
        with self.assertRefused("case_not_in_check", clause) as caught:
            letter.action_send()
        self.assertIn(self.cases[0].name, str(caught.exception))
        self.assertNotIn(self.cases[1].name, str(caught.exception))

    def test_nothing_adverse_is_a_fact(self):
        code = self.incidents()[0]
        for case in self.cases:
            self.assertEqual(self.line(case, code).proposal, "judge")
        letter = self.ask()
        letter.action_send()
        self.reply(letter)
        for case in self.cases:
            fact = case.fact_ids.filtered(lambda f: f.origin == "department")
            self.assertEqual(
                (fact.kind, fact.field, str(fact.happened_on), fact.number),
                ("check", False, "2026-03-10", "复〔2026〕7号"),
            )
            self.assertEqual(fact.issuer, letter.body_id._name_on(fact.happened_on))
            line = self.line(case, code)
            self.assertEqual((line.proposal, line.verdict), ("met", "met"))

    def test_asked_about_one_field_proves_one_field(self):
        """Who looked for taxes only has not looked for the rest."""
        code = self.incidents()[0]
        letter = self.ask(about="tax")
        letter.action_send()
        self.reply(letter)
        self.assertEqual(self.cases.fact_ids.mapped("field"), ["tax", "tax"])
        self.assertEqual(self.line(self.cases[0], code).proposal, "judge")

    def test_adverse_is_a_fact(self):
        bad, good = self.cases
        letter = self.ask()
        letter.action_send()
        with self.assertRefused("adverse_kind_missing"):
            self.reply(letter, bad)
        self.reply(
            letter,
            bad,
            fact_kind="incident",
            happened_on="2025-06-01",
            field="safety",
            severity="fine",
        )
        fact = bad.fact_ids.filtered(lambda f: f.origin == "department")
        self.assertEqual(
            (fact.kind, fact.field, str(fact.happened_on), fact.severity, fact.note),
            ("incident", "safety", "2025-06-01", False, "处罚决定书。"),
        )
        verdicts = {
            case: {self.line(case, code).proposal for code in self.incidents()}
            for case in self.cases
        }
        self.assertIn("not_met", verdicts[bad])
        self.assertEqual(verdicts[good], {"met"})

    def test_a_persons_verdict_stays(self):
        code = self.incidents()[0]
        line = self.line(self.cases[0], code).with_user(self.office)
        line.write({"verdict": "not_met", "note": "另有举报。"})
        letter = self.ask()
        letter.action_send()
        self.reply(letter)
        self.assertEqual((line.proposal, line.verdict), ("met", "not_met"))

    def test_no_fact_before_the_second_clerk(self):
        letter = self.ask()
        letter.action_send()
        letter.write({"reply_number": "复1号", "reply_date": "2026-03-10"})
        letter.opinion_ids.write({"verdict": "none"})
        letter.action_enter()
        self.assertFalse(self.cases.fact_ids)
        with self.assertRefused("second_clerk"):
            letter.action_check()
        with self.assertRefused("field_closed"):
            letter.opinion_ids.write({"verdict": "adverse"})

    def test_the_check_waits_for_the_reply(self):
        letter = self.ask()
        letter.action_send()
        case = self.cases[0]
        with self.assertRefused("departments_open"):
            self.qualify(case)
        self.reply(letter)
        self.qualify(case)
        self.assertEqual(case.state, "accepted")

    def test_silence_proves_nothing(self):
        """Recorded where there is no time limit: the check goes on, nobody looked."""
        letter = self.ask()
        letter.action_send()
        letter.action_record_silence()
        self.assertEqual(letter.state, "silent")
        self.assertFalse(self.cases.fact_ids)
        self.assertEqual(
            self.line(self.cases[0], self.incidents()[0]).proposal, "judge"
        )
        self.qualify(self.cases)

    def test_early_letters_do_not_count_for_a_list(self):
        """And a list adopted without one before it closes no early letter."""
        letter = self.ask()
        letter.action_send()
        cases = self.accepted(1, "document_review")
        found = self.env["award.list"].create(
            {
                "name": "x",
                "kind": "shortlist",
                "edition_id": self.edition.id,
                "class_id": self.award_class.id,
                "line_ids": [(0, 0, {"application_id": cases.id, "outcome": "in"})],
            }
        )
        self.put(found, "adopted", "adopt")
        letter.opinion_ids.write({"verdict": "none"})
        self.assertFalse(letter.opinion_ids[0].can_judge)
