"""A scheme written from nothing in the interface carries an edition to its end."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.quality_award.tests.common import AwardHttpCommon
from odoo.addons.quality_award.tests.decision.common import DecisionVocabulary
from odoo.addons.quality_award.tests.review.common import ReviewVocabulary

SCHEMES = "/odoo/action-quality_award.award_scheme_action"
EDITIONS = "/odoo/action-quality_award.award_edition_action"


@tagged("post_install", "-at_install")
class TestAwardAuthoring(DecisionVocabulary, ReviewVocabulary, AwardHttpCommon):
    browser_size = "1440x900"

    def moves(self, record):
        found = self.env["award.transition"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)], order="seq"
        )
        return [row.move for row in found]

    def test_a_scheme_is_written_and_an_edition_run_under_it(self):
        administrator, head = self.roles["administrator"], self.roles["office_head"]
        self.start_tour(
            SCHEMES, "award_author_writes", login=administrator.login, timeout=300
        )
        self.env.invalidate_all()
        scheme = self.env["award.scheme"].search([("code", "=", "authored")])
        self.assertEqual((scheme.version, scheme.state), ("2026", "published"))
        self.assertEqual(
            self.moves(scheme), ["check", "reopen", "check", "adopt", "publish"]
        )
        self.assertEqual(
            scheme.stage_ids.sorted().mapped("kind"),
            [
                "submission",
                "recommendation",
                "qualification",
                "document_review",
                "composite",
                "consultation",
                "deliberation",
                "notice",
                "deliberation",
                "approval",
                "award",
            ],
        )
        self.assertEqual(scheme._value("cycle_months"), 12)
        self.assertEqual(scheme._clause_of("cycle_months"), "1")
        rule = scheme.clock_rule_ids.filtered(lambda r: r.start_event == "list_receipt")
        self.assertEqual(
            (rule.code, rule.length, rule.unit, rule.owner_role, rule.clause_id.code),
            ("list_receipt", 5, "working_day", "office", "2"),
        )
        self.start_tour(EDITIONS, "award_office_opens", login=head.login)
        self.env.invalidate_all()
        edition = self.env["award.edition"].search([("scheme_id", "=", scheme.id)])
        self.assertEqual(edition.state, "announced")
        self.run_edition(scheme, edition)

    def run_edition(self, scheme, edition):
        """Two applicants, from the portal to the award, by the acts of the roles."""
        cases = self.submit(self.register(2, edition))
        self.assertEqual(cases.mapped("stage_id.kind"), ["recommendation"])
        self.qualify(self.recommend(cases))
        self.assertEqual(cases.mapped("stage_id.kind"), ["document_review"])
        self.document_review(edition, cases)
        self.recommended(edition)
        self.decide(edition, scheme)
        awards = self.env["award.award"].search([("edition_id", "=", edition.id)])
        self.assertEqual(len(awards), 2)
        self.assertEqual(awards.mapped("state"), ["valid", "valid"])
        self.assertEqual(cases.mapped("state"), ["decided", "decided"])

    def document_review(self, edition, cases):
        """A panel of three scores the files and agrees; the office ranks them."""
        here = type(self)
        self.addCleanup(setattr, here, "edition", here.edition)
        here.edition = edition
        self.jury = self.reviewed("甲组", cases, 60)
        self.ranking(edition, "document")
        self.adopt(self.new_list("shortlist", edition))
        self.assertEqual(set(cases.mapped("stage_id.kind")), {"composite"})

    def ranking(self, edition, phase):
        composite = (
            self.env["award.composite"]
            .with_user(self.office)
            .create(
                {
                    "edition_id": edition.id,
                    "class_id": edition.scheme_id.class_ids.id,
                    "phase": phase,
                }
            )
        )
        composite.action_compute()
        composite.action_freeze()

    def recommended(self, edition):
        """The recommended list, the departments, and the candidate list."""
        leader = self.leader(self.jury)
        reports = self.env["award.panel.report"].with_user(leader)
        report = {"panel_id": self.jury.id, "kind": "composite", "text": "综合评价"}
        reports.create(report).action_file()
        self.ranking(edition, "final")
        recommended = self.adopt(self.new_list("recommended", edition))
        self.consult(recommended)
        self.adopt(self.new_list("candidate", edition))

    def decide(self, edition, scheme):
        """The committee, the notice, the committee again, the government, the award."""
        committee = self.committee(scheme=scheme)
        proposed = self.new_list("proposed", edition)
        self.meet(proposed, committee)
        notice = self.publish(self.adopt(proposed))
        self.pass_days(8)
        notice.with_user(self.office).action_close()
        final = self.new_list("final", edition)
        self.meet(final, committee)
        approval = self.submitted_approval(self.adopt(final))
        approval.with_user(self.approver).action_approve(
            "县府函〔2026〕9号", fields.Date.today()
        )
        self.env.invalidate_all()
        approval.with_user(self.office).action_grant()
        self.env.invalidate_all()
