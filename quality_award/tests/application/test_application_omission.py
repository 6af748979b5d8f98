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
