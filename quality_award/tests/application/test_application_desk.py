from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardCommon, credit_code
from .common import KindsVocabulary


@tagged("post_install", "-at_install")
class TestAllowance(AwardCommon):
    """Extension, late acceptance, re-opening: for exactly the cases that were named."""

    AFTER = "2026-03-21 02:00:00"

    def allow(self, cases, kind, day="2026-03-25", role="office_head", **values):
        values = {"clause": "2", "reason": "系统故障", **values}
        cases = cases.with_user(self.roles[role])
        reason = values.pop("reason")
        return cases._allow(kind, date.fromisoformat(day), reason, **values)

    def test_a_draft_is_handed_in_later_and_no_other(self):
        case, other = self.write_up(self.register(2))
        with freeze_time(self.AFTER):
            for late in (case, other):
                with self.assertRefused("window_closed"):
                    self.as_applicant(late)._portal_submit(late.id)
            with self.assertRefused("allowance_too_late"):
                self.allow(case, "extension")
            allowance = self.allow(case, "late")
            self.as_applicant(case)._portal_submit(case.id)
            with self.assertRefused("window_closed"):
                self.as_applicant(other)._portal_submit(other.id)
        self.assertEqual(
            (
                case.state,
                allowance.former_until,
                allowance.until,
                allowance.granted_by_id,
                allowance.granted_at,
            ),
            (
                "submitted",
                datetime(2026, 3, 20, 9, 0),
                datetime(2026, 3, 25, 15, 59, 59),
                self.roles["office_head"],
                datetime(2026, 3, 21, 2, 0),
            ),
        )
        row = case.transition_ids.filtered(lambda one: one.move == "allow")
        self.assertEqual(
            (row.reason, row.clause, row.state_from, row.state_to),
            ("系统故障", "2", "draft", "draft"),
        )

    def test_the_last_second(self):
        first, second = self.write_up(self.register(2))
        self.allow(first | second, "extension")
        with freeze_time("2026-03-25 15:59:59"):
            self.as_applicant(first)._portal_submit(first.id)
        with freeze_time("2026-03-25 16:00:00"), self.assertRefused("window_closed"):
            self.as_applicant(second)._portal_submit(second.id)

    def test_opened_again_and_handed_in_again(self):
        case = self.submit(self.register())
        with freeze_time(self.AFTER):
            with self.assertRefused("window_closed"):
                case.with_user(self.roles["office"]).action_return(reason="改")
            self.allow(case, "reopening", reason="附件缺页")
            found = case.state, case._return_reason()
            self.assertEqual(found, ("returned", "附件缺页"))
            self.as_applicant(case)._portal_submit(case.id)
        self.assertEqual(case._current_submission()[case.id].version, 2)

    def test_the_time_of_a_supplement(self):
        case = self.cases_at("qualification")
        check = case.qualification_ids
        with self.assertRefused("no_supplement_out"):
            self.allow(case, "supplement")
        asked = self.env["award.supplement"].create(
            {"qualification_id": check.id, "items": "证书"}
        )
        asked.with_user(self.roles["office"]).action_send()
        self.assertEqual(asked.due_on, date(2026, 3, 17))
        allowance = self.allow(case, "supplement", "2026-03-19")
        found = allowance.supplement_id, asked.due_on
        self.assertEqual(found, (asked, date(2026, 3, 19)))
        [revision] = asked._clocks().revision_ids
        self.assertEqual(
            (revision.old_due_on, revision.new_due_on, revision.why, revision.note),
            (date(2026, 3, 17), date(2026, 3, 19), "length", "系统故障"),
        )
        with freeze_time("2026-03-19 15:59:59"):
            self.as_applicant(case)._portal_answer(asked.id, "已补")
        self.assertEqual(asked.state, "answered")

    def test_refusals(self):
        draft, handed_in = self.register(), self.submit(self.register())
        for cases, kind, values, code in (
            (draft, "extension", {"role": "office"}, "wrong_role"),
            (draft, "extension", {"reason": " "}, "reason_missing"),
            (draft, "extension", {"clause": None}, "allowance_basis"),
            (draft, "extension", {"day": "2026-03-09"}, "allowance_date"),
            (draft, "extension", {"day": "2026-05-10"}, "allowance_date"),
            (draft, "extension", {"day": "2026-03-19"}, "allowance_not_later"),
            (draft, "late", {}, "allowance_not_needed"),
            (draft, "reopening", {}, "allowance_not_possible"),
            (handed_in, "extension", {}, "allowance_not_possible"),
            (draft | handed_in, "extension", {}, "allowance_not_possible"),
        ):
            with self.subTest(kind=kind, code=code), self.assertRefused(code):
                self.allow(cases, kind, **values)
        self.assertFalse((draft | handed_in).allowance_ids)
        self.allow(draft, "extension", "2026-05-09", clause=None, decision="3号")

    def test_it_stays(self):
        allowance = self.allow(self.register(), "extension")
        with self.assertRefused("allowance_kept"):
            allowance.sudo().write({"until_on": "2026-04-01"})
        with self.assertRefused("allowance_kept"):
            allowance.sudo().unlink()
        for statement in (
            "UPDATE award_allowance SET until = now()",
            "DELETE FROM award_allowance",
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement)
        self.assertTrue(allowance.with_user(self.roles["supervisor"]).read(["reason"]))
        with self.assertRaises(AccessError):
            allowance.with_user(self.roles["handling"]).read(["reason"])

    def test_the_dialogue(self):
        cases = self.register(2)
        head = cases.with_user(self.roles["office_head"])
        dialog = head.env["award.allowance.dialog"].browse(
            head.action_allow()["res_id"]
        )
        self.assertEqual((dialog.kind, dialog.count), ("extension", 2))
        for day, warned, possible in (
            ("2026-03-25", False, True),
            ("2026-03-28", True, True),  # a Saturday
            ("2026-02-28", False, False),  # past, though a working Saturday
        ):
            dialog.until_on = day
            seen = bool(dialog.day_warning), dialog.is_possible
            self.assertEqual(seen, (warned, possible), day)
        self.assertIn(cases[0].display_name, dialog.preview)
        clause = self.scheme.clause_ids[:1]
        dialog.write(
            {
                "until_on": "2026-03-25",
                "reason": "停电",
                "clause_id": clause.id,
                "tell_others": "推荐单位,电话",
            }
        )
        dialog.action_grant()
        told = set(cases.allowance_ids.mapped("told"))
        self.assertEqual(told, {"Applicant, by letter; 推荐单位,电话"})
        letters = cases.letter_ids
        self.assertEqual(set(letters.mapped("kind")), {"allowance"})
        self.assertIn("停电", letters[0].body)

    def test_an_edition_waits_for_what_was_allowed(self):
        case = self.register()
        self.allow(case, "extension")
        head = self.edition.with_user(self.roles["office_head"])
        with freeze_time("2026-03-25 15:59:59"), self.assertRefused("cases_open"):
            head.action_close()
        with freeze_time("2026-03-25 16:00:00"):
            head.action_close()

    def test_where_am_i_shows_the_new_day(self):
        case = self.register()
        self.allow(case, "extension")
        state = self.as_applicant(case)._portal_state(case.id)
        self.assertEqual(state["next_date"], date(2026, 3, 25))


class HandlingVocabulary(KindsVocabulary):
    """Mixin: a scheme with a handling body, and its clerk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        scheme = cls.new_scheme(parameters=[("handling_body_forbidden", None)])
        cls.edition = cls.open_edition(scheme, term=31)
        cls.clerk = cls.roles["handling"]

    @classmethod
    def checked_case(cls):
        """A case whose completeness is to be checked, and the check as its clerk."""
        case = cls.enter("organisation")
        cls.submit(case)
        cls.recommend(case)
        check = case.completeness_ids.with_user(cls.clerk)
        return case, check

    def begun(self):
        case, check = self.checked_case()
        check.action_begin()
        return case, check

    @staticmethod
    def line(check, part):
        return check.line_ids.filtered(lambda one: one.part == part)


@tagged("post_install", "-at_install")
class TestHandlingBody(HandlingVocabulary, AwardCommon):
    """The handling body checks and proposes; it decides nothing and sees no more."""

    def test_absent_where_the_scheme_forbids_it(self):
        forbidden = self.new_scheme(parameters=[("handling_body_forbidden", True)])
        edition = self.open_edition(forbidden, term=32)
        case = self.enter("organisation", edition=edition)
        self.submit(case)
        self.recommend(case)
        self.assertFalse(case.completeness_ids)
        self.assertEqual(case._handling_refusal().clause, "2")
        check = self.env["award.completeness"].create({"application_id": case.id})
        check.with_user(self.clerk).action_begin()
        check.with_user(self.clerk).action_rest_complete()
        check.proposal = "accept"
        with self.assertRefused("handling_forbidden", "2"):
            check.with_user(self.clerk).action_propose()

    def test_a_line_for_each_part(self):
        case, check = self.begun()
        self.assertEqual(check.line_ids.mapped("part"), list(case._parts()))
        self.assertEqual(check.line_ids.mapped("label"), list(case._parts().values()))
        check.action_begin()
        self.assertEqual(len(check.line_ids), len(case._parts()))

    def test_refused_proposals(self):
        _case, check = self.begun()
        check.proposal = "accept"
        with self.assertRefused("parts_unchecked"):
            check.action_propose()
        self.line(check, "evidence").result = "incomplete"
        check.action_rest_complete()
        with self.assertRefused("parts_unchecked") as caught:  # no note
            check.action_propose()
        self.assertIn("Evidence", str(caught.exception))
        self.line(check, "evidence").note = "缺证书"
        with self.assertRefused("proposal_differs"):
            check.action_propose()
        check.proposal = "refuse"
        with self.assertRefused("proposal_missing"):  # no reason
            check.action_propose()
        check.proposal = "supplement"
        self.line(check, "evidence").result = "complete"
        with self.assertRefused("proposal_without_parts"):
            check.action_propose()
        check.proposal = False
        with self.assertRefused("proposal_missing"):
            check.action_propose()

    def test_what_has_a_note_is_not_complete_by_itself(self):
        _case, check = self.begun()
        noted = self.line(check, "evidence")
        noted.note = "缺证书"
        self.line(check, "chapter:profile").note = " "
        check.action_rest_complete()
        open_lines = check.line_ids.filtered(lambda one: not one.result)
        self.assertEqual(open_lines, noted)
        check.proposal = "accept"
        with self.assertRefused("parts_unchecked") as caught:
            check.action_propose()
        self.assertIn("Evidence", str(caught.exception))

    def proposed(self, proposal="supplement"):
        case, check = self.begun()
        if proposal == "supplement":
            found = {"result": "incomplete", "note": "缺证书"}
            self.line(check, "evidence").write(found)
        check.action_rest_complete()
        check.write({"proposal": proposal, "reason": "经核对"})
        check.action_propose()
        return case, check

    def test_a_supplement_is_drafted_when_the_office_takes_it_up(self):
        case, check = self.proposed()
        with self.assertRefused("wrong_role"):
            check.sudo().action_confirm()
        check.with_user(self.roles["office"]).action_confirm()
        supplement = case.supplement_ids
        self.assertEqual(
            (
                check.state,
                supplement.state,
                supplement.items,
                [(line.part, line.reason) for line in supplement.line_ids],
            ),
            ("confirmed", "draft", "经核对", [("evidence", "缺证书")]),
        )

    def test_acceptance_is_the_offices(self):
        case, check = self.proposed("accept")
        check.with_user(self.roles["office"]).action_confirm()
        found = case.state, case.stage_id.kind
        self.assertEqual(found, ("submitted", "qualification"))

    def test_rejected_with_a_reason_and_proposed_again(self):
        _case, check = self.proposed()
        office = check.with_user(self.roles["office"])
        with self.assertRefused("reason_missing"):
            office.action_reject(reason=" ")
        office.action_reject(reason="证书已在附件三")
        found = check.state, check.rejected_because
        self.assertEqual(found, ("draft", "证书已在附件三"))
        self.line(check, "evidence").result = "complete"
        check.proposal = "accept"
        check.action_propose()
        self.assertEqual((check.state, check.rejected_because), ("proposed", False))

    def test_what_was_proposed_stays(self):
        _case, check = self.proposed()
        for act in (
            lambda: check.write({"proposal": "refuse"}),
            lambda: check.line_ids[0].write({"result": "complete"}),
            lambda: check.line_ids[0].sudo().unlink(),
            lambda: check.action_begin(),
            lambda: check.action_rest_complete(),
        ):
            with self.assertRefused("completeness_kept"):
                act()

    def test_overtaken_by_the_decision_and_by_the_end(self):
        case, check = self.proposed()
        self.qualify(case)
        self.assertEqual(check.state, "overtaken")
        case, check = self.begun()
        self.as_applicant(case)._portal_withdraw(case.id, "不报了")
        self.assertEqual(check.state, "overtaken")

    def test_what_the_clerk_sees_and_does_not_see(self):
        case, check = self.proposed()
        check.read(["title", "content_html", "reason", "number"])
        check.submission_id.read(["title", "content"])
        fields_ = check.fields_get()
        self.assertFalse({"application_id", "proposed_by_id"} & fields_.keys())
        for records in (
            case,
            case.qualification_ids,
            case.recommendation_ids,
            case.transition_ids,
            case.case_stage_ids,
        ):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(self.clerk).read(["id"])
        for name in (
            "award.sheet award.consensus award.composite award.objection "
            "award.meeting award.tally award.list award.letter award.defence.score "
            "award.allowance award.supplement"
        ).split():
            if name in self.env:
                allowed = self.env[name].with_user(self.clerk).has_access("read")
                self.assertFalse(allowed, name)

    def test_versions_of_other_cases_stay_closed(self):
        _case, check = self.begun()
        fresh = self.enter("organisation")
        self.submit(fresh)  # with the recommender, not with the office
        with self.assertRaises(AccessError):
            fresh.submission_ids.with_user(self.clerk).read(["title"])
        seen = self.env["award.submission"].with_user(self.clerk).search([])
        self.assertIn(check.submission_id, seen)
        self.assertNotIn(fresh.submission_ids, seen)

    def test_a_clerk_with_an_interest_withdraws(self):
        case, check = self.begun()
        closed = check, check.line_ids, check.submission_id
        for records in closed:
            records.read(["create_date"])
        self.env["award.recusal"].with_user(self.roles["office_head"]).create(
            {"application_id": case.id, "user_id": self.clerk.id, "kind": "family"}
        )
        for records in closed:
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.read(["create_date"])


@tagged("post_install", "-at_install")
class TestOnBehalf(AwardCommon):
    """Entered from paper by one clerk, compared by another, shown as such."""

    def entered(self, number=70_000, **values):
        office = self.env["award.application"].with_user(self.roles["office"])
        return office._enter_on_behalf(
            self.edition,
            self.award_class,
            {**self.values_of(number), "recommender_id": self.recommender.id, **values},
            received_at=datetime(2026, 3, 9, 2, 0),
        )

    def typed(self, **values):
        case = self.entered(**values)
        case._write_on_behalf({code: f"正文 {code}" for code in case._chapters()})
        return case

    def test_the_way_through(self):
        case = self.typed(number=70_001)
        self.assertEqual(
            (case.state, case.entry_mode, case.entered_by_id),
            ("draft", "paper", self.roles["office"]),
        )
        with self.assertRefused("entry_unchecked"):
            case.action_submit_on_behalf()
        with self.assertRefused("same_clerk"):
            case.action_check_entry()
        case.with_user(self.roles["office_second"]).action_check_entry()
        case.action_submit_on_behalf()
        self.assertEqual(
            (case.state, case.stage_id.kind, case.submission_ids.version),
            ("submitted", "recommendation", 1),
        )
        version = case.submission_ids
        self.assertEqual(version.content["entered"], "paper")
        self.assertIn("on behalf of the applicant", version.content_html)

    def test_a_change_is_compared_again(self):
        case = self.typed(number=70_002)
        second = case.with_user(self.roles["office_second"])
        for change in (
            lambda: case._write_on_behalf({"profile": "改"}),
            lambda: case.applicant_id.write({"territory": "乙区"}),
        ):
            second.action_check_entry()
            change()
            self.assertFalse(case.entry_checked_by_id)
            with self.assertRefused("entry_unchecked"):
                case.action_submit_on_behalf()

    def test_the_second_clerk_who_changes_is_not_second(self):
        case = self.typed(number=70_003)
        second = case.with_user(self.roles["office_second"])
        second._write_on_behalf({"profile": "改"})
        with self.assertRefused("same_clerk"):
            second.action_check_entry()

    def test_paper_in_time_is_entered_after_the_window(self):
        with freeze_time("2026-03-25 02:00:00"):
            case = self.typed(number=70_004)
            case.with_user(self.roles["office_second"]).action_check_entry()
            case.action_submit_on_behalf()
            self.assertEqual(case.state, "submitted")
            office = self.env["award.application"].with_user(self.roles["office"])
            with self.assertRefused("window_closed"):
                office._enter_on_behalf(
                    self.edition,
                    self.award_class,
                    self.values_of(70_005),
                    received_at=datetime(2026, 3, 21, 2, 0),
                )

    def test_claimed_by_invitation(self):
        case = self.typed(number=70_006)
        user, _number = self._new_applicant()
        case.applicant_id.member_ids = [(0, 0, {"user_id": user.id})]
        case.with_user(self.roles["office_second"]).action_check_entry()
        with self.assertRefused("claimed_already"):
            case.action_submit_on_behalf()
        door = self.env["award.application"].with_user(user)
        self.assertIn(case, door._portal_mine())
        door._portal_submit(case.id)
        self.assertEqual(case.state, "submitted")
        self.assertIn("on behalf", case.submission_ids.content_html)

    def test_refusals(self):
        own = self.register()
        office = own.with_user(self.roles["office"])
        for act, code in (
            (lambda: office._write_on_behalf({"profile": "x"}), "not_on_behalf"),
            (lambda: office.action_check_entry(), "not_on_behalf"),
            (lambda: office.action_enter_text(), "not_on_behalf"),
            (lambda: office.action_submit_on_behalf(), "not_on_behalf"),
            (lambda: self.entered(credit_code="91510100X"), "credit_code_invalid"),
            (
                lambda: self.entered(credit_code=own.applicant_id.credit_code),
                "credit_code_held",
            ),
            (lambda: self.entered(name=""), "value_missing"),
            (lambda: self.entered(trade_code="??"), "value_unknown"),
        ):
            with self.subTest(code=code), self.assertRefused(code):
                act()
        with self.assertRaises(AccessError):
            self.env["award.application"].with_user(self.clerk_user())._enter_on_behalf(
                self.edition, self.award_class, self.values_of(70_007)
            )

    def clerk_user(self):
        return self.roles["handling"]

    def test_the_dialogues(self):
        office = self.roles["office"]
        dialog = self.env["award.entry.dialog"].with_user(office).create(
            {
                "edition_id": self.edition.id,
                "class_id": self.award_class.id,
                "name": "纸质申报公司",
                "credit_code": credit_code(70_008),
                "received_at": "2026-03-09 02:00:00",
            }
        )
        case = self.env["award.application"].browse(dialog.action_enter()["res_id"])
        case = case.with_user(office)
        text = self.env["award.entry.text"].browse(case.action_enter_text()["res_id"])
        text = text.with_user(office)
        self.assertEqual(text.line_ids.mapped("code"), list(case._chapters()))
        text.line_ids[0].text = "概述"
        text.action_take()
        self.assertEqual(case._part_text("chapter:profile"), "概述")


@tagged("post_install", "-at_install")
class TestBoard(AwardCommon):
    """Counts that are links, for one case as for many with the same statements."""

    def board(self, role="office", edition=None):
        editions = self.env["award.edition"].with_user(self.roles[role])
        return editions.office_board((edition or self.edition).id)

    def counts(self, board):
        """dict (kind of the stage or None, key) -> count, where it is not 0."""
        kinds = {stage.id: stage.kind for stage in self.scheme.stage_ids}
        found = {
            (kinds[stage["id"]], cell["key"]): cell["count"]
            for stage in board["stages"]
            for cell in stage["cells"]
        }
        found |= {(None, cell["key"]): cell["count"] for cell in board["totals"]}
        return {key: count for key, count in found.items() if count}

    def test_what_is_counted(self):
        self.register()
        self.submit(self.register(2))
        case = self.cases_at("qualification")
        refused = self.qualify(self.cases_at("qualification"), unmet="registered")
        asked = self.env["award.supplement"].create(
            {"qualification_id": case.qualification_ids.id, "items": "证书"}
        )
        asked.with_user(self.roles["office"]).action_send()
        refused.letter_ids.with_user(self.roles["office"]).action_send()
        expected = {
            ("recommendation", "waiting"): 2,
            ("qualification", "waiting"): 1,
            ("qualification", "supplements"): 1,
            (None, "drafts"): 1,
            (None, "supplements"): 1,
            (None, "letters"): 1,
            (None, "letters_draft"): 1,
        }
        self.assertEqual(self.counts(self.board()), expected)
        for day, more in (
            ("2026-03-11", {}),
            ("2026-03-12", {("qualification", "soon"): 1}),
            ("2026-03-17", {("qualification", "soon"): 1}),
            ("2026-03-18", {("qualification", "overdue"): 1}),
            (
                "2026-03-19",
                {("qualification", "overdue"): 1, ("recommendation", "soon"): 2},
            ),
        ):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                self.assertEqual(self.counts(self.board()), {**expected, **more})

    def test_each_count_is_what_its_link_lists(self):
        self.cases_at("qualification", 2)
        self.submit(self.register(2))
        self.register()
        with freeze_time("2026-03-20 02:00:00"):
            board = self.board()
            cells = [cell for stage in board["stages"] for cell in stage["cells"]]
            counted = 0
            for cell in [*cells, *board["totals"]]:
                model = self.env[cell["model"]].with_user(self.roles["office"])
                listed = model.search_count(cell["domain"])
                self.assertEqual(listed, cell["count"], cell)
                counted += bool(cell["count"])
        self.assertEqual(counted, 5)

    def test_the_statements_are_constant(self):
        def statements():
            self.board()  # new users have emptied the caches
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.board()
            return self.env.cr.sql_log_count - before

        self.cases_at("qualification")
        one = statements()
        self.cases_at("qualification", 5)
        self.submit(self.register(3))
        self.assertEqual(statements(), one)

    def test_who_reads_it(self):
        self.assertTrue(self.board("supervisor")["stages"])
        for role in ("handling", "reviewer", "committee", "administrator"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.board(role)

    def test_closed_cases_are_not_counted(self):
        case = self.cases_at("qualification")
        self.env["award.recusal"].with_user(self.roles["office"]).create(
            {"application_id": case.id, "kind": "family"}
        )
        self.assertEqual(self.counts(self.board()), {})
        self.assertEqual(
            self.counts(self.board("office_second")), {("qualification", "waiting"): 1}
        )

    def test_the_edition_under_way(self):
        board = self.env["award.edition"].with_user(self.roles["office"]).office_board()
        self.assertEqual(board["edition"]["id"], self.edition.id)
        self.assertTrue(self.edition.is_current)


@tagged("post_install", "-at_install")
class TestBulk(AwardCommon):
    """What would be changed is shown and counted first; all, or what is possible."""

    def ask(self, records, move, role="office"):
        mine = records.with_user(self.roles[role])
        return mine.env["award.bulk"].browse(mine.action_bulk(move)["res_id"])

    def checks(self):
        """Two checks that can be decided and one that cannot."""
        checks = self.cases_at("qualification", 3).qualification_ids
        checks[:2].line_ids.write({"verdict": "met"})
        return checks

    def test_shown_and_counted_first(self):
        checks = self.checks()
        bulk = self.ask(checks, "decide")
        counts = bulk.count, bulk.count_possible, bulk.count_refused
        self.assertEqual((*counts, bulk.needs_reason), (3, 2, 1, False))
        self.assertIn("Findings are missing", bulk.preview)
        self.assertIn(self.scheme._citation("12-5"), bulk.preview)
        for check in checks:
            self.assertIn(check.display_name, bulk.preview)
        self.assertEqual(set(checks.mapped("state")), {"draft"})

    def test_all_or_nothing(self):
        checks = self.checks()
        with self.assertRefused("bulk_not_all"):
            self.ask(checks, "decide").action_all()
        self.assertEqual(set(checks.mapped("state")), {"draft"})
        self.ask(checks[:2], "decide").action_all()
        self.assertEqual(checks.mapped("state"), ["decided", "decided", "draft"])

    def test_only_what_is_possible(self):
        checks = self.checks()
        self.ask(checks, "decide").action_possible()
        self.assertEqual(checks.mapped("state"), ["decided", "decided", "draft"])
        with self.assertRefused("bulk_nothing"):
            self.ask(checks, "decide").action_possible()

    def test_what_has_changed_meanwhile(self):
        checks = self.checks()
        bulk = self.ask(checks[:2], "decide")
        checks[0].with_user(self.roles["office"]).action_decide()
        with self.assertRefused("bulk_not_all"):
            bulk.action_all()

    def test_letters_are_served_by_one_proof(self):
        cases = self.qualify(self.cases_at("qualification", 2), unmet="registered")
        letters = cases.letter_ids
        self.ask(letters, "send").action_all()
        bulk = self.ask(letters, "serve")
        self.assertEqual((bulk.count_possible, bulk.count_refused), (0, 2))
        bulk.write({"served_on": "2026-03-10", "served_how": "post"})
        self.assertEqual((bulk.count_possible, bulk.count_refused), (0, 2))
        bulk.served_receipt = "清单 3"
        self.assertEqual((bulk.count_possible, bulk.count_refused), (2, 0))
        self.assertEqual(letters.mapped("served_how"), [False, False])
        bulk.action_all()
        self.assertEqual(
            [(letter.state, letter.served_how) for letter in letters],
            [("served", "post")] * 2,
        )

    def test_a_reason_where_the_act_needs_one(self):
        cases = self.submit(self.register(2))
        bulk = self.ask(cases, "return")
        self.assertTrue(bulk.needs_reason)
        with self.assertRefused("reason_missing"):
            bulk.action_all()
        bulk.reason = "附件缺页"
        bulk.action_all()
        self.assertEqual(cases.mapped("state"), ["returned"] * 2)

    def test_only_buttons_and_only_for_those_who_may(self):
        case = self.submit(self.register())
        for move in ("advance", "no_such", "unlink", None):
            with self.subTest(move), self.assertRefused("no_such_move"):
                self.ask(case, move)
        with self.assertRaises(AccessError):
            self.ask(case, "return", "handling")
        mine = self.env["award.bulk"].with_user(self.roles["office"])
        forged = mine.create(
            {"res_model": "res.users", "res_ids": [1], "move": "unlink"}
        )
        with self.assertRefused("no_such_move"):
            forged.action_all()


@tagged("post_install", "-at_install")
class TestBlocked(AwardCommon):
    """Beside each act that is not possible stands the condition, with its clause."""

    def blocked(self, record, role="office"):
        self.env.invalidate_all()
        return record.with_user(self.roles[role]).blocked_html or ""

    def test_condition_and_clause(self):
        case = self.cases_at("qualification")
        check = case.qualification_ids
        said = self.blocked(check)
        citation = self.scheme._citation("12-5")
        self.assertIn("<strong>Decide</strong>: Findings are missing", said)
        self.assertIn(f"[{citation}]", said)
        check.line_ids.write({"verdict": "met"})
        self.assertEqual(self.blocked(check), "")
        asked = self.env["award.supplement"].create(
            {"qualification_id": check.id, "items": " "}
        )
        self.assertIn("Write what the applicant has to complete", self.blocked(asked))
        asked.items = "证书"
        asked.with_user(self.roles["office"]).action_send()
        self.assertIn("supplement is still open", self.blocked(check))
        self.assertIn("has not lapsed", self.blocked(asked))

    def test_the_window_is_over(self):
        case = self.submit(self.register())
        self.assertEqual(self.blocked(case), "")
        with freeze_time("2026-03-21 02:00:00"):
            self.assertIn("The window for applications closed", self.blocked(case))

    def test_the_recommender(self):
        opinion = self.submit(self.register()).recommendation_ids
        said = self.blocked(opinion, "recommender_prepare")
        self.assertIn("<strong>Pass On</strong>: Verdict and opinion", said)
        self.assertEqual(self.blocked(opinion, "recommender_sign"), "")

    def test_other_roles_are_told_nothing(self):
        case = self.cases_at("qualification")
        self.assertEqual(self.blocked(case.qualification_ids, "supervisor"), "")

    def test_not_in_lists(self):
        checks = self.cases_at("qualification", 2).qualification_ids
        self.assertEqual(checks.mapped("blocked_html"), [False, False])
