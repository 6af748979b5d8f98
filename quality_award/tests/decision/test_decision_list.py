from fractions import Fraction

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.decision.award_list import list_hash

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionList(DecisionCommon):
    """Filling and adopting lists: what is proposed, and every refusal."""

    def ranked(self, *scores, phase="final", stage="composite", panel=None):
        cases = self.accepted(len(scores), stage)
        self.rank(dict(zip(cases, scores, strict=True)), phase, panel=panel)
        return cases

    # -- shortlist -------------------------------------------------------------
    def test_shortlist_takes_up_to_the_cap(self):
        panel = self.panel()
        cases = self.accepted(12, "document_review")
        self.agree(cases, panel)
        scores = {case: 70000 - 100 * n for n, case in enumerate(cases)}
        self.rank(scores, "document", panel=panel)
        shortlist = self.new_list("shortlist")
        lines = shortlist.line_ids.sorted("sequence")
        self.assertEqual(lines.mapped("outcome"), ["in"] * 10 + ["out"] * 2)
        self.assertEqual(set(lines[10:].mapped("clause")), {"12-6"})
        self.adopt(shortlist)
        self.assertEqual(set(cases[:10].mapped("stage_id.code")), {"site_visit"})
        self.assertEqual(cases[10:].mapped("state"), ["eliminated"] * 2)
        letters = self.env["award.letter"].search([("application_id", "in", cases.ids)])
        self.assertEqual(letters.application_id, cases[10:])
        self.assertEqual(set(letters.mapped("kind")), {"not_shortlisted"})

    def test_shortlist_cap_and_tie(self):
        """A tie at the cut stays open; more than the cap needs a reason."""
        panel = self.panel()
        cases = self.accepted(12, "document_review")
        self.agree(cases, panel)
        scores = dict.fromkeys(cases, 60000) | dict.fromkeys(cases[:9], 61000)
        self.rank(scores, "document", panel=panel)
        shortlist = self.new_list("shortlist")
        undecided = shortlist.line_ids.filtered(lambda line: not line.outcome)
        self.assertEqual(undecided.application_id, cases[9:])
        with self.assertRefused("outcome_missing"):
            self.adopt(shortlist)
        self.line(shortlist, cases[9]).outcome = "in"
        undecided[1:].outcome = "out"
        with self.assertRefused("tie_at_cut", "12-6"):
            self.adopt(shortlist)
        undecided.outcome = "in"
        with self.assertRefused("cap_needs_reason", "12-6"):
            self.adopt(shortlist)
        shortlist.with_user(self.office).overrun_reason = "并列。"
        self.adopt(shortlist)
        self.assertEqual(shortlist.in_count, 12)

    def test_shortlist_needs_reports(self):
        panel = self.panel(filed=False)
        self.ranked(
            60000, 50000, phase="document", stage="document_review", panel=panel
        )
        with self.assertRefused("panel_report_missing", "12-6"):
            self.adopt(self.new_list("shortlist"))

    # -- ranking and threshold ---------------------------------------------------
    def test_nothing_without_ranking(self):
        self.accepted(1, "composite")
        with self.assertRefused("ranking_not_frozen", "12-8"):
            self.new_list("recommended")

    def test_exactly_at_the_threshold(self):
        """500 means 500: at it is enough, a third of a hundredth less is not."""
        for score, outcome in [
            (50000, "in"),
            (Fraction(150000, 3), "in"),
            (Fraction(149999, 3), "out"),
            (49975, "out"),
        ]:
            with self.subTest(score=score), self.env.cr.savepoint() as savepoint:
                cases = self.ranked(score)
                recommended = self.new_list("recommended")
                line = self.line(recommended, cases)
                self.assertEqual(line.outcome, outcome)
                if outcome == "out":
                    self.assertEqual(line.clause, "5")
                    line.outcome = "in"
                    with self.assertRefused("below_threshold", "5"):
                        self.adopt(recommended)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_vacancy(self):
        """Nobody reaches the threshold: the list is adopted without a name."""
        cases = self.ranked(49000, 48000)
        recommended = self.adopt(self.new_list("recommended"))
        self.assertEqual(recommended.in_count, 0)
        self.assertEqual(cases.mapped("state"), ["eliminated"] * 2)

    # -- names ---------------------------------------------------------------------
    def test_names_may_be_struck_but_not_added(self):
        candidate = self.until_candidate([60000, 59000])
        stranger = self.accepted(1, "deliberation")
        proposed = self.new_list("proposed")
        proposed.with_user(self.office).write(
            {"line_ids": [(0, 0, {"application_id": stranger.id, "outcome": "in"})]}
        )
        self.assertEqual(proposed.previous_id, candidate)
        self.meet(proposed, self.committee())
        with self.assertRefused("name_added", "12-10"):
            self.adopt(proposed)

    def test_every_case_at_the_stage_is_on_the_list(self):
        cases = self.ranked(60000, 59000)
        recommended = self.new_list("recommended")
        self.line(recommended, cases[0]).unlink()
        with self.assertRefused("case_missing_from_list"):
            self.adopt(recommended)
        recommended.with_user(self.office).action_fill()
        self.put(cases[1], "withdrawn", "withdraw")
        with self.assertRefused("case_not_at_stage"):
            self.adopt(recommended)
        recommended.with_user(self.office).action_fill()
        self.env.invalidate_all()
        self.assertEqual(recommended.line_ids.application_id, cases[0])

    def test_reason_for_who_is_out(self):
        cases = self.ranked(60000, 59000)
        recommended = self.new_list("recommended")
        self.line(recommended, cases[1]).outcome = "out"
        with self.assertRefused("reason_for_out_missing"):
            self.adopt(recommended)
        self.line(recommended, cases[1]).reason = "评审组意见。"
        self.adopt(recommended)
        self.assertEqual(cases[1].state, "eliminated")
        moves = self.env["award.transition"].search(
            [("model", "=", "award.application"), ("res_id", "=", cases[1].id)],
            order="id desc",
            limit=1,
        )
        self.assertEqual(moves.reason, "评审组意见。")

    # -- quota ----------------------------------------------------------------------
    def win_before(self, case, state="valid"):
        award = self.env["award.award"].create(
            {
                "title": case.applicant_id.name,
                "applicant_id": case.applicant_id.id,
                "class_code": "organisation",
                "scheme_code": self.scheme.code,
                "term": 1,
                "award_year": 2020,
                "awarded_on": "2020-12-01",
            }
        )
        if state != "valid":
            self.put(award, state, "revoke")
        return award

    def test_seventh_non_repeat_is_refused(self):
        candidate = self.until_candidate([60000 - n for n in range(7)])
        cases = candidate.line_ids.application_id
        committee = self.committee()
        proposed = self.new_list("proposed")
        self.meet(proposed, committee)
        with self.assertRefused("quota_exceeded", "4") as caught:
            self.adopt(proposed)
        values = caught.exception.refusals[0].values
        self.assertEqual(
            (values["counted"], values["maximum"], values["exempt"]), (7, 6, 0)
        )
        self.assertNotEqual(proposed.content_hash, True)
        self.assertEqual(set(cases.mapped("stage_id.code")), {"deliberation"})

    def test_repeat_winner_takes_no_place(self):
        candidate = self.until_candidate([60000 - n for n in range(7)])
        cases = candidate.line_ids.application_id
        self.win_before(cases[3])
        proposed = self.new_list("proposed")
        self.assertEqual(
            proposed.line_ids.filtered("is_repeat").application_id, cases[3]
        )
        self.meet(proposed, self.committee())
        self.adopt(proposed)
        self.assertEqual(proposed.in_count, 7)

    def test_revoked_award_was_not_won(self):
        candidate = self.until_candidate([60000 - n for n in range(7)])
        self.win_before(candidate.line_ids.application_id[3], state="revoked")
        proposed = self.new_list("proposed")
        self.meet(proposed, self.committee())
        with self.assertRefused("quota_exceeded", "4"):
            self.adopt(proposed)

    # -- who and how -------------------------------------------------------------------
    def test_roles_by_kind(self):
        """The office's lists by its head, the committee's by the committee."""
        self.ranked(60000)
        recommended = self.new_list("recommended")
        with self.assertRefused("wrong_role"):
            recommended.with_user(self.office).action_adopt()
        for user in (self.committee_user, self.approver):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                with self.env.cr.savepoint():
                    recommended.with_user(user).action_adopt()
        self.env.invalidate_all()
        self.adopt(recommended)
        self.consult(recommended)
        self.adopt(self.new_list("candidate"))
        proposed = self.new_list("proposed")
        self.meet(proposed, self.committee())
        with self.assertRefused("wrong_role"):
            proposed.with_user(self.head).action_adopt()
        for user, moves in [
            (self.head, []),
            (self.committee_user, ["adopt", "send_back"]),
        ]:
            self.assertEqual(proposed.with_user(user).allowed_moves or [], moves)

    def test_adopted_list_is_closed_in_the_database(self):
        self.ranked(60000, 59000)
        recommended = self.adopt(self.new_list("recommended"))
        line = recommended.line_ids[0]
        attacks = [
            ("UPDATE award_list_line SET outcome = 'out' WHERE id = %s", line.id),
            ("DELETE FROM award_list_line WHERE id = %s", line.id),
            (
                "INSERT INTO award_list_line (list_id, application_id) "
                "SELECT list_id, application_id FROM award_list_line WHERE id = %s",
                line.id,
            ),
        ]
        for query, id_ in attacks:
            with self.subTest(query=query), mute_logger("odoo.sql_db"):
                with self.assertRaises(psycopg2.errors.CheckViolation) as caught:
                    with self.env.cr.savepoint():
                        self.env.cr.execute(query, [id_])
                self.assertIn("not a draft", str(caught.exception))
        with self.assertRefused("field_closed"):
            recommended.with_user(self.office).write({"name": "另名"})

    def test_stamps_are_not_typed(self):
        values = {
            "name": "x",
            "kind": "final",
            "edition_id": self.edition.id,
            "class_id": self.award_class.id,
            "content_hash": "$1$00",
        }
        Lists = self.env["award.list"].with_user(self.office)
        with self.assertRefused("field_closed"):
            Lists.create(values)
        values.pop("content_hash")
        forged = Lists.with_context(default_content_hash="$1$00").create(values)
        self.assertEqual(forged.content_hash, False)
        with self.assertRefused("field_closed"):
            forged.write({"content_hash": "$1$00"})

    def test_scores_typed_in_a_draft_are_overwritten(self):
        cases = self.ranked(49000)
        recommended = self.new_list("recommended")
        line = self.line(recommended, cases).with_user(self.office)
        line.write({"score_exact": "99999", "outcome": "in"})
        with self.assertRefused("below_threshold", "5"):
            self.adopt(recommended)
        line.write({"outcome": "out"})
        self.adopt(recommended)
        self.assertEqual(line.score_exact, "49000")

    def test_hash_vector(self):
        """SHA-256 over compact JSON rows, one a line, tagged."""
        self.assertEqual(
            list_hash([(1, "ab", "in", "50000"), (2, "cd", "out", None)]),
            "$1$c93233b40c47bb4edabda29e5ba326e7d44bda00e7d797843d7db454d69009ce",
        )

    # -- who withdrew ----------------------------------------------------------------
    def test_who_withdrew_adopts_no_list_with_the_case(self):
        panel = self.panel()
        cases = self.accepted(2, "document_review")
        self.agree(cases, panel)
        self.rank({cases[0]: 70000, cases[1]: 60000}, "document", panel=panel)
        values = {"application_id": cases[1].id, "kind": "family"}
        Recusal = self.env["award.recusal"]
        mine = Recusal.with_user(self.head).create(values)
        Recusal.with_user(self.office).create(values)
        shortlist = self.new_list("shortlist")  # by the office; no case is left out
        self.assertEqual(shortlist.line_ids.application_id, cases)
        with self.assertRefused("list_with_closed_case") as caught:
            self.adopt(shortlist)
        self.assertIn(f"({cases[1].name})", str(caught.exception))
        other = self._new_user("head_b", "quality_award.group_office_head")
        mine.with_user(other).action_dismiss("无关")
        self.adopt(shortlist)
        self.assertEqual(shortlist.state, "adopted")
