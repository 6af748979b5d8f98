from datetime import timedelta
from fractions import Fraction

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewSite(ReviewCommon):
    """Site visit, defence, and the composite evaluation of the whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.panel = cls.reviewed("甲组", cls.cases)
        cls.lead = cls.leader(cls.panel)
        cls.compose("document").action_freeze()
        Lists = cls.env["award.list"].with_user(cls.office)
        shortlist = Lists.create(
            {
                "name": "现场评审名单",
                "edition_id": cls.edition.id,
                "class_id": cls.award_class.id,
                "kind": "shortlist",
            }
        )
        shortlist.action_fill()
        shortlist.line_ids.write({"outcome": "in"})
        shortlist.with_user(cls.head).action_adopt()
        cls.visits = cls.env["award.visit"].search([]).sorted("id").with_user(cls.lead)
        cls.today = cls.env["award.clock"]._today()

    @classmethod
    def compose(cls, phase):
        composite = cls.env["award.composite"].with_user(cls.office)
        found = composite.create(
            {
                "edition_id": cls.edition.id,
                "class_id": cls.award_class.id,
                "phase": phase,
            }
        )
        return found.action_compute()

    def hold(self, visits=None, days=3):
        last = self.today + timedelta(days=days - 1)
        visits = visits or self.visits
        visits.write({"date_start": self.today, "date_end": last})
        visits.action_hold()
        return visits

    def site(self, visit):
        return self.env["award.consensus"].search(
            [("submission_id", "=", visit.submission_id.id), ("phase", "=", "site")]
        )

    def report(self, visits=None):
        for visit in visits or self.visits:
            site = self.site(visit).with_user(self.lead)
            if site.state == "draft":
                site.action_agree()
            visit.report = "现场评审报告"
            visit.action_report()

    def clocks(self):
        return self.env["award.clock"].search(
            [("res_model", "=", "award.edition"), ("res_id", "=", self.edition.id)]
        )

    # -- visit ---------------------------------------------------------------------
    def test_one_visit_a_case(self):
        self.assertEqual(self.visits.submission_id.sudo().application_id, self.cases)
        self.assertEqual(self.visits.mapped("state"), ["planned"] * 2)
        self.assertEqual(self.cases.stage_id.kind, "site_visit")

    def test_days(self):
        visit = self.visits[0]
        with self.assertRefused("visit_dates_missing"):
            visit.action_hold()
        least, clause = self.scheme._figure("site_days_min", "site_visit")
        most, _clause = self.scheme._figure("site_days_max", "site_visit")
        self.assertEqual((least, most), (3, 5))
        for days in (2, 6):
            with self.assertRefused("visit_days_soft", clause):
                self.hold(visit, days)
        for days in (3, 5):
            with self.env.cr.savepoint() as savepoint:
                self.hold(visit, days)
                savepoint.rollback()
            self.env.invalidate_all()
        visit.days_reason = "园区一处,两天足够"
        self.hold(visit, 2)
        with self.assertRefused("visit_fixed"):
            visit.date_end = self.today

    def test_only_the_leader(self):
        member = self.members(self.panel)[1]
        visit = self.visits[0]
        visit.write({"date_start": self.today, "date_end": self.today})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            visit.with_user(member).date_end = self.today
        with self.assertRefused("wrong_role"):
            visit.with_user(member).action_hold()
        stranger = self.new_expert("生人").user_id
        self.assertFalse(visit.with_user(stranger).search([]))

    def test_changes_on_site_need_evidence(self):
        visit = self.hold(self.visits[0])
        site = self.site(visit).with_user(self.lead)
        self.assertEqual(site.line_ids.mapped("percent"), [50] * 23)
        line = site.line_ids[0]
        line.percent = 45
        with self.assertRefused("site_evidence_missing"):
            site.action_agree()
        line.evidence = "访谈记录3"
        site.action_agree()
        self.assertEqual(site.total, 49750)
        before = self.env["award.consensus"].search(
            [("submission_id", "=", visit.submission_id.id), ("phase", "=", "document")]
        )
        self.assertEqual(before.total, 50000)

    def test_report_moves_the_case(self):
        visit = self.hold(self.visits[0])
        visit.report = "现场评审报告"
        with self.assertRefused("consensus_missing"):
            visit.action_report()
        self.site(visit).with_user(self.lead).action_agree()
        visit.report = False
        with self.assertRefused("text_missing"):
            visit.action_report()
        clocks = self.clocks()
        self.report(visit)
        self.assertEqual(visit.state, "reported")
        self.assertEqual(self.cases.mapped("stage_id.kind"), ["defence", "site_visit"])
        self.assertEqual(self.clocks(), clocks)  # another visit is still to come
        with self.assertRefused("visit_reported"):
            visit.report = "改"
        self.report(self.hold(self.visits[1]))
        events = {"site_end", "last_scoring_end"}
        rules = self.scheme.clock_rule_ids.filtered(lambda r: r.start_event in events)
        started = (self.clocks() - clocks).mapped("code")
        expected = rules.filtered(lambda r: r.start_event == "site_end").mapped("code")
        self.assertEqual(started, expected)

    # -- defence -------------------------------------------------------------------
    def judges(self, count=5):
        experts = self.env["award.expert"]
        for number in range(count):
            experts |= self.new_expert(f"审议{number}", "deliberator")
        for expert in experts:
            self.env["award.undertaking"].with_user(expert.user_id).action_sign(
                self.edition.id
            )
        return experts

    def defend(self, points, judges=None):
        """Every defence is scored with `points`, one figure a judge, and held."""
        self.report(self.hold())
        judges = judges or self.judges(len(points))
        defences = self.env["award.defence"].with_user(self.office).search([])
        defences.write({"held_on": self.today, "judge_ids": judges.ids})
        scores = defences.action_invite()
        for judge, figure in zip(judges, points, strict=True):
            own = scores.sudo().filtered(lambda s, j=judge: s.expert_id == j)
            own = own.with_user(judge.user_id)
            own.write({"points": figure})
            own.action_lock()
        return defences

    def test_defence_is_blind(self):
        judges = self.judges()
        self.report(self.hold())
        defence = self.env["award.defence"].with_user(self.office).search([])[0]
        defence.write({"held_on": self.today, "judge_ids": judges.ids})
        defence.action_invite()
        Score = self.env["award.defence.score"]
        first, second = judges[:2].user_id
        mine = Score.with_user(first).search([])
        self.assertEqual(mine.expert_id.user_id, first)
        mine.points = 45000
        mine.action_lock()
        self.assertFalse(Score.with_user(self.office).search([]))
        self.assertFalse(Score.with_user(self.supervisor).search([]))
        self.assertFalse(Score.with_user(second).search([]) & mine)
        with self.assertRaises(AccessError):
            mine.with_user(second).read(["points"])
        submission = defence.submission_id
        self.assertEqual(submission.with_user(first).search([]), submission)
        stranger = self.new_expert("外人", "deliberator").user_id
        self.assertFalse(submission.with_user(stranger).search([]))
        self.assertEqual((defence.judge_count, defence.locked_count), (5, 1))
        with self.assertRefused("defence_not_scored"):
            defence.action_hold()

    def test_judges(self):
        self.report(self.hold())
        defence = self.env["award.defence"].with_user(self.office).search([])[0]
        reviewer = self.panel.sudo().member_ids[0].expert_id
        defence.write({"held_on": self.today, "judge_ids": reviewer.ids})
        with self.assertRefused("judge_not_deliberator"):
            defence.action_invite()
        defence.judge_ids = self.judges(4)
        defence.action_invite()
        minimum, clause = self.scheme._figure("defence_judges_min", "defence")
        self.assertEqual(minimum, 5)
        with self.assertRefused("too_few_judges", clause):
            defence.action_hold()

    def test_range(self):
        judges = self.judges()
        self.report(self.hold())
        defence = self.env["award.defence"].with_user(self.office).search([])[0]
        defence.judge_ids = judges
        score = defence.action_invite().sudo()[0]
        score = score.with_user(score.expert_id.user_id)
        with self.assertRefused("score_missing_own"):
            score.action_lock()
        highest, clause = self.scheme._figure("defence_max", "defence")
        for points in (-1, highest + 1, 1.5, "50"):
            with self.assertRefused("score_out_of_range", clause):
                score.write({"points": points})
        for text in ("abc", "1.234", ""):
            with self.assertRefused("score_not_a_number"):
                score.points_text = text
        for text, points in (("0", 0), ("487.5", 48750), ("1000", 100000)):
            score.points_text = text
            self.assertEqual(score.points, points)

    @mute_logger("odoo.sql_db")
    def test_locked_defence_score(self):
        judges = self.judges()
        self.report(self.hold())
        defence = self.env["award.defence"].with_user(self.office).search([])[0]
        defence.judge_ids = judges
        score = defence.action_invite().sudo()[0]
        score = score.with_user(score.expert_id.user_id)
        score.points = 40000
        score.action_lock()
        with self.assertRefused("score_locked"):
            score.points = 1
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE award_defence_score SET points = 1 WHERE id = %s", [score.id]
            )

    def test_recused_judge_does_not_count(self):
        judges = self.judges(6)
        defences = self.defend([40000] * 5 + [100000], judges)
        for defence in defences:
            interest = self.env["award.interest"].with_user(self.office)
            declared = interest.create(
                {
                    "expert_id": judges[5].id,
                    "submission_id": defence.submission_id.id,
                    "kind": "competitor",
                }
            )
            declared.action_declare()
            declared.action_confirm()
        self.assertEqual(defences.mapped("judge_count"), [5, 5])
        user = judges[5].user_id
        self.assertFalse(self.env["award.submission"].with_user(user).search([]))
        defences.action_hold()
        lines = self.compose("final").line_ids
        self.assertEqual(set(lines.mapped("defence")), {"40000"})

    # -- the whole -----------------------------------------------------------------
    def test_composite(self):
        """Trimmed mean of the judges; 40 : 35 : 25; clocks of the panel stop."""
        defences = self.defend([30000, 50001, 50000, 50000, 99999])
        defences.action_hold()
        self.assertEqual(set(self.cases.mapped("stage_id.kind")), {"composite"})
        composite = self.compose("final")
        score = Fraction(50000 * 7500 + Fraction(150001, 3) * 2500, 10000)
        self.assertEqual(
            composite.line_ids.mapped("score_exact"), [str(score), str(score)]
        )
        self.assertEqual(composite.line_ids.mapped("defence"), ["150001/3"] * 2)
        self.assertEqual(composite.line_ids.mapped("rank"), [1, 1])
        self.assertEqual(composite.line_ids.mapped("is_tied"), [True, True])
        self.assertEqual(composite.line_ids.mapped("meets_threshold"), [True, True])
        running = self.clocks().filtered(lambda clock: not clock.done_on)
        self.assertTrue(running)
        composite.action_freeze()
        self.assertEqual(set(running.mapped("done_on")), {self.today})
        refusal = self.cases[0]._work_refusal_composite()
        code = getattr(refusal, "code", None)
        self.assertNotEqual(code, "composite_not_frozen")

    # -- who is heard, and who speaks to the supervisors -------------------------
    def hear(self, visit, *voices):
        for voice in voices:
            visit.voice_ids.create(
                {
                    "visit_id": visit.id,
                    "voice": voice,
                    "heard_on": self.today,
                    "summary": "满意。",
                }
            )

    def test_voices_that_the_scheme_wants_to_be_heard(self):
        visit = self.hold(self.visits[0])
        figure_of = type(self.scheme)._figure
        self.patch(
            type(self.scheme),
            "_figure",
            lambda scheme, code, *args: (["customers", "staff"], "20")
            if code == "site_voices"
            else figure_of(scheme, code, *args),
        )
        self.hear(visit, "customers", "public")
        with self.assertRefused("voices_missing", "20") as caught:
            self.report(visit)
        self.assertIn(": Staff.", str(caught.exception))
        self.hear(visit, "staff")
        self.report(visit)
        with self.assertRefused("visit_reported"):
            visit.voice_ids[0].summary = "另"
        member = self.members(self.panel)[1]
        self.assertEqual(len(visit.voice_ids.with_user(member).search([])), 3)
        with self.assertRaises(AccessError):
            visit.voice_ids.with_user(member).write({"summary": "x"})

    def test_feedback_reaches_supervisors_only(self):
        visit = self.visits[0]
        member = self.members(self.panel)[1]
        with self.assertRefused("feedback_too_early"):
            visit.with_user(member).action_give_feedback("kept", "good")
        self.hold(visit)
        visit.with_user(member).action_give_feedback("kept", "good", "配合良好。")
        stranger = self.new_expert("fremd").user_id
        with self.assertRefused("wrong_role"):
            visit.with_user(stranger).action_give_feedback("kept", "good")
        with self.assertRefused("wrong_role"):
            visit.with_user(self.office).action_give_feedback("kept", "good")
        case = visit.sudo().submission_id.application_id
        applicant = case.applicant_id.member_ids.user_id[:1]
        visit.sudo().with_user(applicant).sudo()._portal_feedback("doubtful", "fair")
        found = self.env["award.visit.feedback"].with_user(self.supervisor).search([])
        self.assertEqual(
            {(f.direction, f.author_id, f.discipline) for f in found},
            {("panel", member, "kept"), ("unit", applicant, "doubtful")},
        )
        for user in (member, self.office, self.head, applicant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                found.with_user(user).read(["remark"])
        with self.assertRefused("feedback_given"):
            found.sudo().write({"remark": "x"})
