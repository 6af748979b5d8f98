import re
from datetime import timedelta

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.tests.common import AwardHttpCommon

from .common import ReviewCommon, ReviewVocabulary

RIGHTS = "odoo.addons.base.models"


class FeedbackVocabulary(ReviewVocabulary):
    """Two cases, each with a panel of its own and a visit that is still planned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.panels = [
            cls.staffed(f"组{number}", case) for number, case in enumerate(cls.cases)
        ]
        for panel in cls.panels:
            cls.declare_none(panel)
        submissions = [cls.submissions(case) for case in cls.cases]
        cls.visits = cls.env["award.visit"].create(
            [
                {
                    "title": submission.title,
                    "submission_id": submission.id,
                    "panel_id": panel.id,
                }
                for submission, panel in zip(submissions, cls.panels, strict=True)
            ]
        )

    @classmethod
    def hold(cls, number=0):
        visit = cls.visits[number].with_user(cls.leader(cls.panels[number]))
        today = cls.env["award.clock"]._today()
        visit.write({"date_start": today, "date_end": today + timedelta(days=2)})
        visit.action_hold()
        cls.env.invalidate_all()
        return cls.visits[number]


@tagged("post_install", "-at_install")
class TestReviewFeedback(FeedbackVocabulary, ReviewCommon):
    """Both sides speak of each other; the office appraises the experts."""

    def found(self, user=None):
        rows = self.env["award.visit.feedback"]
        return (rows.with_user(user) if user else rows).search([])

    def say(self, number=0, **values):
        """The unit speaks on its page."""
        case = self.cases[number]
        told = {"discipline": "broken", "conduct": "poor", "remark": "索要礼品。"}
        return self.as_applicant(case)._portal_give_feedback(
            case.id, self.visits[number].id, {**told, **values}
        )

    def test_only_the_supervisor_reads(self):
        """Neither panel nor office nor the unit, whichever way they ask."""
        visit = self.hold()
        members = self.members(self.panels[0])
        entry = self.env["award.visit.feedback.entry"].with_user(members[1])
        self.assertTrue(visit.with_user(members[1]).may_give_feedback)
        action = visit.with_user(members[1]).action_open_feedback()
        entry.with_context(**action["context"]).create(
            {"discipline": "kept", "conduct": "good"}
        ).action_give()
        self.env.invalidate_all()
        self.assertEqual(entry.sudo().search_count([]), 0, "what was said stays there")
        self.assertFalse(visit.with_user(members[1]).may_give_feedback)
        self.say()
        given = self.found(self.supervisor)
        self.assertEqual(
            {(row.direction, row.discipline, row.remark) for row in given},
            {("panel", "kept", False), ("unit", "broken", "索要礼品。")},
        )
        attacks = {
            "read": lambda rows: rows.read(["remark"]),
            "search": lambda rows: rows.search([("remark", "like", "礼品")]),
            "count": lambda rows: rows.search_count([("discipline", "=", "broken")]),
            "export": lambda rows: rows.export_data(["remark"]),
            "groups": lambda rows: rows.formatted_read_group(
                [], ["discipline"], ["__count"]
            ),
            "names": lambda rows: rows.name_search("unit"),
        }
        applicant = self.applicant_of(self.cases[0])
        keep_out = [*members, self.office, self.head, applicant]
        keep_out += [self.roles[name] for name in ("committee", "administrator")]
        may_export = self.env.ref("base.group_allow_export")
        for user in {*keep_out, self.supervisor} - {applicant}:
            user.group_ids += may_export
        for name, attack in attacks.items():
            self.assertTrue(attack(given.with_user(self.supervisor)), name)
            for user in keep_out:
                refused = AccessError
                if (name, user) == ("export", applicant):
                    refused = UserError
                with self.subTest(attack=name, user=user.login), mute_logger(RIGHTS):
                    with self.assertRaises(refused):
                        attack(given.with_user(user))

    def test_no_way_round_by_the_visit(self):
        """What a panel reads of its visit does not lead to what was said of it."""
        visit = self.hold()
        self.say()
        leader = self.leader(self.panels[0])
        self.assertTrue(visit.with_user(leader).read(["title"]))
        fields = visit.with_user(leader).fields_get()
        pointing = [
            name
            for name, field in fields.items()
            if field.get("relation") == "award.visit.feedback"
        ]
        self.assertEqual(pointing, [])

    def test_who_may_speak_and_when(self):
        with self.assertRefused("feedback_not_open"):
            self.say()
        self.hold()
        for bad in ({"discipline": "x"}, {"conduct": ""}):
            with self.subTest(bad), self.assertRefused("feedback_incomplete"):
                self.say(**bad)
        with self.assertRefused("feedback_not_open"):
            self.as_applicant(self.cases[0])._portal_give_feedback(
                self.cases[0].id,
                self.visits[1].id,
                {"discipline": "kept", "conduct": "good"},
            )
        with self.assertRaises(MissingError):
            self.as_applicant(self.cases[1])._portal_give_feedback(
                self.cases[0].id,
                self.visits[0].id,
                {"discipline": "kept", "conduct": "good"},
            )
        self.say()
        with self.assertRefused("feedback_not_open"):
            self.say()
        self.assertEqual(len(self.found()), 1)

    def test_the_dialogue_belongs_to_who_opened_it(self):
        self.hold()
        members = self.members(self.panels[0])
        mine = self.env["award.visit.feedback.entry"].with_user(members[0])
        entry = mine.create(
            {"visit_id": self.visits[0].id, "discipline": "kept", "conduct": "good"}
        )
        self.assertEqual(mine.search([]), entry)
        other = entry.with_user(members[1])
        self.assertEqual(other.search([]).ids, [])
        with self.assertRaises(AccessError), mute_logger(RIGHTS):
            other.read(["discipline"])
        stranger = entry.with_user(self.members(self.panels[1])[0])
        theirs = stranger.create(
            {"visit_id": self.visits[0].id, "discipline": "kept", "conduct": "good"}
        )
        with self.assertRefused("wrong_role"):
            theirs.action_give()

    # -- the experts ---------------------------------------------------------------
    def appraise(self, expert, user=None, **values):
        appraisals = self.env["award.appraisal"].with_user(user or self.office)
        return appraisals.create(
            {"expert_id": expert.id, "edition_id": self.edition.id, **values}
        )

    def test_appraisal_of_reviewers(self):
        """Kept with the expert, edition by edition, with what the sheets show."""
        experts = self.panels[0].sudo().member_ids.expert_id
        percents = dict(zip(experts.user_id, (40, 50, 60), strict=True))
        for user, percent in percents.items():
            self.score(self.panels[0], percent, [user])
        consensus = self.open_consensus(self.panels[0])
        first = self.appraise(experts[0], quality="fair")
        self.assertEqual((first.sheet_count, first.deviation_text), (0, False))
        for line in consensus.line_ids:
            line.write({"percent": 50, "note": "经讨论一致。"})
        consensus.action_agree()
        self.env.invalidate_all()
        self.assertEqual((first.sheet_count, first.deviation_text), (1, "100.00"))
        second = self.appraise(experts[1])
        self.assertEqual((second.sheet_count, second.deviation_text), (1, "0.00"))
        self.assertEqual(experts[0].with_user(self.office).appraisal_ids, first)
        with self.assertRefused("appraisal_without_grounds"):
            second.conclusion = "leave"
        with self.assertRefused("appraisal_without_grounds"):
            second.conduct = "poor"
        second.write({"conclusion": "leave", "conduct": "poor", "remark": "泄密。"})
        idle = self.new_expert("候补")
        with self.assertRefused("expert_did_not_serve"):
            self.appraise(idle)

    def test_appraisals_are_not_for_experts(self):
        """The supervisor reads them; the expert, his panel and others do not."""
        expert = self.panels[0].sudo().member_ids.expert_id[0]
        appraisal = self.appraise(expert, remark="按时,意见具体。")
        for user in (self.office, self.supervisor):
            seen = appraisal.with_user(user)
            self.assertEqual(seen.search([("remark", "like", "按时")]), appraisal)
            self.assertEqual(expert.with_user(user).appraisal_ids, appraisal)
        with self.assertRaises(AccessError), mute_logger(RIGHTS):
            appraisal.with_user(self.supervisor).write({"remark": "x"})
        names = ("finance", "committee", "administrator", "handling", "deliberator")
        members = self.members(self.panels[0])
        for user in [*members, *(self.roles[name] for name in names)]:
            with self.subTest(user=user.login), mute_logger(RIGHTS):
                with self.assertRaises(AccessError):
                    appraisal.with_user(user).read(["remark"])
        with self.assertRaises(AccessError), mute_logger(RIGHTS):
            expert.with_user(members[0]).read(["appraisal_ids"])
        with self.assertLogged("award.appraisal", appraisal.ids, "read"):
            appraisal.with_user(self.office).read(["remark"])

    def test_facts_of_many_experts_at_once(self):
        experts = self.panels[0].sudo().member_ids.expert_id
        for expert in experts:
            self.appraise(expert)
        found = self.env["award.appraisal"].search([])
        counts = []
        for some in (found[:1], found):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("expert_id")
            before = self.cr.sql_log_count
            some.mapped("sheet_count")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts, [1, 1])


@tagged("post_install", "-at_install")
class TestReviewFeedbackPage(FeedbackVocabulary, AwardHttpCommon):
    """The form of the visited unit, over HTTP."""

    def post(self, case, visit, **values):
        page = self.url_open("/my/award")
        token = re.search(r'csrf_token: "([^"]+)"', page.text).group(1)
        return self.url_open(
            f"/my/award/{case.id}/feedback/{visit.id}",
            data={**values, "csrf_token": token},
        )

    def test_page(self):
        case = self.cases[0]
        owner = self.applicant_of(case)
        self.authenticate(owner.login, owner.login)
        shown = '<div class="card mb-3 o_award_feedback"'
        self.assertNotIn(shown, self.url_open(f"/my/award/{case.id}").text)
        visit = self.hold()
        self.assertIn(shown, self.url_open(f"/my/award/{case.id}").text)
        bad = self.post(case, visit, discipline="kept", remark="很好")
        self.assertEqual(bad.status_code, 200)
        self.assertIn("Say how discipline and conduct were", bad.text)
        self.assertIn("很好", bad.text)
        done = self.post(case, visit, discipline="kept", conduct="good", remark="很好")
        self.assertTrue(done.url.endswith(f"/my/award/{case.id}"))
        self.assertNotIn(shown, done.text)
        self.assertNotIn("很好", done.text)
        rows = self.env["award.visit.feedback"].search([])
        self.assertEqual(
            [(r.direction, r.author_id, r.remark) for r in rows],
            [("unit", owner, "很好")],
        )
        with mute_logger("odoo.http"):
            foreign = self.post(
                self.cases[1], self.visits[1], discipline="kept", conduct="good"
            )
        self.assertEqual(foreign.status_code, 404)
