from odoo.tests import TransactionCase, tagged

from .common import KindsVocabulary

REASON = "本届参评单位少"


@tagged("post_install", "-at_install")
class TestOmission(KindsVocabulary, TransactionCase):
    """An edition leaves out a stage that its scheme lets it leave out."""

    optional = ("recommendation", "site_visit")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stages = [
            {**row, "optional": row["code"] in cls.optional}
            for row in cls.scheme._export()["stages"]
        ]
        cls.kinds = cls.new_scheme([("missing_stage", "renormalise")], stages=stages)
        cls.edition = cls.open_edition(cls.kinds, term=31, announce=False)
        cls.office = cls.roles["office"]

    def stage(self, code, scheme=None):
        stages = (scheme or self.kinds).stage_ids
        return stages.filtered(lambda stage: stage.code == code)

    def leave_out(self, code, reason=REASON, edition=None):
        Omission = self.env["award.stage.omission"].with_user(self.office)
        return Omission.create(
            {
                "edition_id": (edition or self.edition).id,
                "stage_id": self.stage(code).id,
                "reason": reason,
            }
        )

    def announce(self):
        self.edition.with_user(self.roles["office_head"]).action_announce()

    def codes(self, award_class=None):
        return self.edition._stages(award_class).mapped("code")

    def test_cases_of_two_editions_in_one_act(self):
        """Each goes on by the stages of its own edition."""
        other = self.open_edition(self.kinds, term=32, announce=False)
        self.leave_out("recommendation", edition=other)
        self.announce()
        other.with_user(self.roles["office_head"]).action_announce()
        cases = self.enter("organisation", self.edition)
        cases |= self.enter("organisation", other)
        cases |= self.enter("individual", other)
        self.submit(cases)
        self.assertEqual(
            cases.stage_id.mapped("code"), ["recommendation", "qualification"]
        )
        late = self.enter("organisation", self.edition)
        late |= self.enter("organisation", other)
        self.write_up(late)
        people = self.env["res.users"]
        for case in late:
            people |= self.applicant_of(case)
        # One person acts for both.
        self.env["award.applicant.member"].create(
            {"applicant_id": late[1].applicant_id.id, "user_id": people[0].id}
        )
        late.with_user(people[0])._apply_move("submit")
        self.assertEqual(
            late.mapped("stage_id.code"), ["recommendation", "qualification"]
        )
        at_check = self.recommend(cases[0]) | cases[1:] | late[1]
        self.assertEqual(at_check.stage_id.mapped("code"), ["qualification"])
        self.put_check(at_check)
        at_check.with_user(self.office)._advance()
        self.assertEqual(
            at_check.stage_id.mapped("code"), ["document_review"]
        )
        self.assertEqual(set(at_check.mapped("state")), {"accepted"})

    def put_check(self, cases):
        """The checks are decided, as `_advance` asks for; no case moves yet."""
        checks = self.env["award.qualification"].search(
            [("application_id", "in", cases.ids)]
        )
        checks.line_ids.write({"verdict": "met"})
        for check in checks:
            self.env["award.transition"]._record_moves(
                [
                    {
                        "model": check._name,
                        "res_id": check.id,
                        "move": "decide",
                        "state_from": "draft",
                        "state_to": "decided",
                        "company_id": check.company_id.id,
                    }
                ]
            )
        checks.write({"state": "decided"})

    def test_only_what_the_scheme_lets_go(self):
        clause = self.stage("document_review").clause_id.code
        with self.assertRefused("stage_not_optional", clause):
            self.leave_out("document_review")
        with self.assertRefused("reason_missing"):
            self.leave_out("site_visit", " ")
        other = self._new_edition(term=9)
        with self.assertRefused("stage_not_optional"):
            self.leave_out("site_visit", edition=other)
        found = self.leave_out("site_visit")
        self.assertEqual(str(found.recorded_on), "2026-03-10")
        self.assertEqual(
            set(self.kinds.stage_ids.mapped("code")) - set(self.codes()),
            {"site_visit"},
        )

    def test_recorded_stays(self):
        found = self.leave_out("site_visit")
        found.write({"reason": "另有原因"})
        self.announce()
        for act in (lambda: found.write({"reason": "x"}), found.unlink):
            with self.assertRefused("edition_frozen"):
                act()
        self.leave_out("recommendation")  # still before the first case

    def test_cases_pass_it_by(self):
        """Handed in without a recommendation: straight to the check."""
        self.leave_out("recommendation")
        self.announce()
        case = self.enter("organisation", recommender_id=False)
        self.submit(case)
        self.assertEqual(case.stage_id.code, "qualification")
        rows = case.case_stage_ids.mapped("scheme_stage_id.code")
        self.assertEqual(rows, ["submission", "qualification"])
        self.qualify(case)
        self.assertEqual(case.stage_id.code, "document_review")

    def test_without_omission_it_is_held(self):
        self.announce()
        case = self.submit(self.enter("organisation"))
        self.assertEqual(case.stage_id.code, "recommendation")
        with self.assertRefused("stage_reached"):
            self.leave_out("recommendation")
        self.leave_out("site_visit")  # nobody is there yet
        names = {row["name"]: row["label"] for row in case._portal_stages(True)}
        self.assertEqual(names[self.stage("site_visit").display_name], "Left Out")

    def test_who_was_first_decides_for_all(self):
        self.announce()
        self.recommend(self.submit(self.enter("organisation")))
        with self.assertRefused("stage_reached"):
            self.leave_out("recommendation")

    def test_over(self):
        self.edition.with_user(self.roles["office_head"]).action_cancel("x")
        with self.assertRefused("edition_over"):
            self.leave_out("site_visit")

    def test_once(self):
        self.leave_out("site_visit")
        with self.assertRaisesRegex(Exception, "leaves out this stage already|once"):
            with self.env.cr.savepoint():
                self.leave_out("site_visit")

    def test_what_remains_must_hold(self):
        """Two that each need no third, of which the later needs the earlier."""
        stages = self.kinds._export()["stages"]
        for row in stages:
            row["optional"] = row["kind"] in {"document_review", "site_visit"}
        loose = self.env["award.scheme"]._import(
            {**self.kinds._export(), "version": "loose", "stages": stages}
        )
        edition = self._new_edition(scheme=loose, term=2)
        Omission = self.env["award.stage.omission"]
        with self.assertRefused("stage_needs_left_out"):
            Omission.create(
                {
                    "edition_id": edition.id,
                    "stage_id": self.stage("document_review", loose).id,
                    "reason": REASON,
                }
            )

    def test_no_query_where_nothing_is_optional(self):
        """The way of a case costs nothing more under other schemes."""
        edition = self._new_edition(term=9)
        edition.invalidate_recordset()
        edition.scheme_id.stage_ids.mapped("optional")
        with self.assertQueryCount(0):
            self.assertFalse(edition._left_out())

    def test_timetable(self):
        table = self.env["award.timetable"].create({"scheme_id": self.kinds.id})
        codes = [stage.code for stage, _rules, _row in table._rows()]
        self.assertEqual(codes, self.kinds._stages().mapped("code"))
        self.leave_out("site_visit")
        action = self.edition.action_timetable()
        table = self.env[action["res_model"]].with_context(**action["context"])
        table = table.create({})
        without = [stage.code for stage, _rules, _row in table._rows()]
        self.assertEqual(without, [code for code in codes if code != "site_visit"])
