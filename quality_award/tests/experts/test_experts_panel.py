from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.quality_award.tests.review.common import WHY, ReviewCommon


@tagged("post_install", "-at_install")
class TestExpertsPanel(ReviewCommon):
    """Who may sit on a panel, and when its members are fixed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.panel = cls.new_panel("甲组")
        cls.lead, cls.second, cls.third = cls.panel.member_ids

    def clause(self, code):
        return self.scheme._figure(code, "document_review")[1]

    def add(self, expert, **values):
        return self.env["award.panel.member"].create(
            {"panel_id": self.panel.id, "expert_id": expert.id, **WHY, **values}
        )

    # -- size and leader -------------------------------------------------------------
    def test_even_panel(self):
        extra = self.add(self.new_expert("第四"))
        with self.assertRefused("panel_even", self.clause("panel_odd")):
            self.panel.action_confirm()
        self.assertEqual(self.panel.state, "draft")
        extra.unlink()
        self.panel.action_confirm()
        self.assertEqual(self.panel.state, "confirmed")

    def test_small_panel(self):
        self.second.unlink()
        self.third.unlink()
        with self.assertRefused("panel_too_small", self.clause("panel_min")):
            self.panel.action_confirm()

    def test_leader(self):
        self.lead.is_leader = False
        with self.assertRefused("panel_no_leader"):
            self.panel.action_confirm()
        self.second.expert_id.is_leader_grade = False
        self.second.is_leader = True
        with self.assertRefused("leader_not_of_grade"):
            self.panel.action_confirm()
        self.second.expert_id.is_leader_grade = True
        self.panel.action_confirm()

    # -- draw or selection (R4) --------------------------------------------------------
    def test_selection_as_the_scheme_says(self):
        """(the scheme says, the panel is formed by, why is noted of, refused)."""
        everybody, leader, nobody = {0, 1, 2}, {0}, set()
        scheme, figure_of = type(self.scheme), type(self.scheme)._figure
        for said, mode, noted, code in (
            ("select", "select", everybody, None),
            ("select", "select", leader, "selection_unsaid"),
            ("select", "draw", everybody, "panel_mode_differs"),
            ("select", "mixed", everybody, "panel_mode_differs"),
            ("mixed", "mixed", leader, None),
            ("mixed", "mixed", {1, 2}, "selection_unsaid"),
            ("mixed", "select", everybody, "panel_mode_differs"),
            ("draw", "draw", nobody, None),
            ("draw", "select", everybody, "panel_mode_differs"),
            (None, "select", everybody, None),
            (None, "select", nobody, "selection_unsaid"),
            (None, "draw", nobody, None),
        ):
            for gap in ({"reason": " "}, {"selected_by": False}):
                with self.subTest(said=said, mode=mode, noted=noted, gap=gap):
                    self.patch(
                        scheme,
                        "_figure",
                        lambda scheme, name, *args, said=said: (said, "12-4")
                        if name == "panel_selection"
                        else figure_of(scheme, name, *args),
                    )
                    self.panel.mode = mode
                    for number, member in enumerate(self.panel.member_ids):
                        member.write({**WHY, **({} if number in noted else gap)})
                    if code:
                        with self.assertRefused(code, "12-4"):
                            self.panel.action_confirm()
                        continue
                    self.panel.action_confirm()
                    self.panel.with_user(self.head).action_reopen("再试")

    def test_selection_is_kept(self):
        self.panel.action_confirm()
        for record, values in (
            (self.panel, {"mode": "draw"}),
            (self.second, {"reason": "另"}),
            (self.second, {"selected_by": "另"}),
        ):
            with self.subTest(values=values), self.assertRefused("panel_confirmed"):
                record.write(values)

    def test_panels_begin_as_the_scheme_says(self):
        for said, mode in (("mixed", "mixed"), ("draw", "draw"), (None, "select")):
            with self.subTest(said=said):
                self.patch(type(self.scheme), "_says", lambda *_args, s=said: s)
                self.assertEqual(self.new_panel(f"组{said}").mode, mode)

    # -- members ---------------------------------------------------------------------
    def test_members_must_be_free(self):
        expert = self.second.expert_id
        for values, code in (
            ({"standing": "suspended"}, "member_not_active"),
            ({"standing": "disqualified"}, "member_not_active"),
            ({"pool_kind": "deliberator"}, "member_not_reviewer"),
            ({"training_until": "2026-03-09"}, "member_untrained"),
            ({"training_until": False}, "member_untrained"),
            ({"user_id": False}, "member_without_login"),
        ):
            before = {name: expert[name] for name in values}
            with self.subTest(values):
                expert.write(values)
                with self.assertRefused(code):
                    self.panel.action_confirm()
                user = before.get("user_id")
                expert.write({"user_id": user.id} if user else before)
        expert.training_until = "2026-03-10"  # valid to the end of its last day
        self.panel.action_confirm()

    def test_one_role(self):
        user = self.second.expert_id.user_id
        recommender = self.env["award.recommender"].create({"name_zh": "乙区"})
        for group in ("deliberator", "observer", "office", "committee", "supervisor"):
            role = self.env.ref(f"quality_award.group_{group}")
            with self.subTest(group):
                role.user_ids |= user
                with self.assertRefused("member_other_role"):
                    self.panel.action_confirm()
                role.user_ids -= user
        person = self.env["award.recommender.member"].create(
            {"recommender_id": recommender.id, "user_id": user.id}
        )
        with self.assertRefused("member_other_role"):
            self.panel.action_confirm()
        person.unlink()
        number = "510100190001010012"
        self.second.sudo().expert_id.identity_number = number
        twin = self.new_expert("同一人", "deliberator", identity_number=number)
        with self.assertRefused("member_two_pools"):
            self.panel.action_confirm()
        twin.standing = "disqualified"
        self.panel.action_confirm()

    def test_members_are_fixed_when_confirmed(self):
        expert = self.new_expert("第四")
        self.panel.action_confirm()
        with self.assertRefused("panel_confirmed"):
            self.add(expert)
        with self.assertRefused("panel_confirmed"):
            self.third.unlink()
        with self.assertRefused("panel_confirmed"):
            self.third.expert_id = expert
        with self.assertRefused("panel_confirmed"):
            self.panel.write({"member_ids": [(0, 0, {"expert_id": expert.id})]})
        with self.assertRefused("wrong_role"):
            self.panel.action_reopen("换人")
        self.panel.with_user(self.head).action_reopen("换人")
        self.third.expert_id = expert
        self.panel.action_confirm()

    def test_who_confirms(self):
        for role in ("reviewer", "committee"):  # they do not even see it
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.panel.with_user(self.roles[role]).action_confirm()
        for role in ("reviewer", "committee", "supervisor"):
            with self.assertRefused("wrong_role"):
                self.panel.with_user(self.roles[role]).sudo().action_confirm()


@tagged("post_install", "-at_install")
class TestExpertsInterest(ReviewCommon):
    """Cases given to panels, and declarations before anything opens."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.case = cls.submissions(cls.cases)[0]
        cls.panel = cls.new_panel("甲组")
        cls.panel.action_assign(cls.case.ids)
        cls.user = cls.members(cls.panel)[1]

    def mine(self):
        return self.interests(self.panel, self.user).with_user(self.user)

    def test_asked_after_confirmation(self):
        Interest = self.env["award.interest"].with_user(self.user)
        self.assertEqual(len(self.interests(self.panel)), 3)
        self.assertFalse(Interest.search([]))
        self.panel.action_confirm()
        self.assertEqual(Interest.search([]), self.mine())
        self.assertEqual(self.mine().title, self.case.title)

    def test_material_opens_step_by_step(self):
        """Confirmed panel, undertaking, declaration: only then the case opens."""
        Submission = self.env["award.submission"].with_user(self.user)
        self.assertFalse(Submission.search([]))
        self.panel.action_confirm()
        self.assertFalse(Submission.search([]))
        with self.assertRefused("undertaking_missing"):
            self.mine().action_declare_none()
        self.mine().action_sign_undertaking()
        self.assertTrue(self.mine().is_signed)
        self.assertFalse(Submission.search([]))
        self.assertFalse(self.sheets(self.panel))
        self.mine().action_declare_none()
        self.assertEqual(Submission.search([]), self.case)
        self.assertEqual(self.sheets(self.panel).expert_id.user_id, self.user)
        with self.assertRaises(AccessError):
            Submission.browse(self.case.id).read(["application_id"])

    def test_declaring(self):
        self.panel.action_confirm()
        mine = self.mine()
        with self.assertRefused("interest_kind_missing"):
            mine.action_declare()
        mine.kind = "other"
        with self.assertRefused("interest_kind_missing"):
            mine.action_declare()
        mine.note = "曾任其顾问"
        mine.action_declare()
        with self.assertRefused("interest_settled"):
            mine.kind = "family"
        with self.assertRefused("wrong_role"):
            mine.action_confirm()
        with self.assertRefused("wrong_state"):
            mine.action_declare_none()
        with self.assertRefused("reason_missing"):
            mine.with_user(self.office).action_dismiss(" ")
        mine.with_user(self.office).action_confirm()
        self.assertFalse(self.sheets(self.panel))
        with self.assertRefused("wrong_state"):
            mine.with_user(self.office).action_dismiss("x")

    def test_coaching_is_an_interest(self):
        """Who trained an applicant, even without pay, is shut out of its case."""
        self.panel.action_confirm()
        self.sign(self.panel)
        self.declare_none(self.panel)
        Submission = self.env["award.submission"].with_user(self.user)
        self.assertEqual(Submission.search([]), self.case)
        mine = self.mine()
        mine.kind = "coaching"
        mine.action_declare()
        self.assertFalse(Submission.search([]))
        self.env["award.interest"].browse(mine.id).with_user(
            self.office
        ).action_confirm()
        self.panel.with_user(self.head).action_reopen("换人")
        with self.assertRefused("member_recused"):
            self.panel.action_confirm()

    def test_dismissed_opens(self):
        self.panel.action_confirm()
        self.sign(self.panel)
        mine = self.mine()
        mine.kind = "adviser"
        mine.action_declare()
        mine.with_user(self.office).action_dismiss("三年以前")
        self.assertEqual(len(self.sheets(self.panel, self.user)), 1)

    def test_only_the_person_declares(self):
        self.panel.action_confirm()
        self.sign(self.panel)
        other = self.members(self.panel)[2]
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.mine().with_user(other).action_declare_none()
        for user in (other, self.office, self.head):
            with self.assertRefused("wrong_role"):
                self.mine().with_user(user).sudo().action_declare_none()
        for vals in ({"state": "none"}, {"expert_id": 1}, {"title": "x"}):
            with self.assertRefused("not_editable"):
                self.mine().write(vals)

    def test_recused_member_bars_the_panel(self):
        self.panel.action_confirm()
        self.mine().kind = "family"
        self.mine().action_declare()
        self.mine().with_user(self.office).action_confirm()
        self.panel.with_user(self.head).action_reopen("换人")
        with self.assertRefused("member_recused"):
            self.panel.action_confirm()
        member = self.panel.member_ids.filtered(
            lambda record: record.sudo().expert_id.user_id == self.user
        )
        member.expert_id = self.new_expert("替补")
        self.panel.action_confirm()
        self.assertEqual(len(self.interests(self.panel)), 4)

    def test_assigning(self):
        other = self.new_panel("乙组")
        with self.assertRefused("case_assigned"):
            other.action_assign(self.case.ids)
        second = self.submissions(self.cases)[1]
        edition = self._new_edition(term=9, award_year=2028)
        foreign = self.new_panel("丙组", edition=edition)
        with self.assertRefused("case_other_edition"):
            foreign.action_assign(second.ids)
        case = self.cases[1]
        self.as_applicant(case)._portal_withdraw(case.id, "放弃")
        self.env.invalidate_all()
        with self.assertRefused("case_not_live"):
            other.action_assign(second.ids)

    def test_scored_case_stays(self):
        self.panel.action_confirm()
        self.sign(self.panel)
        assignment = self.panel.assignment_ids
        self.declare_none(self.panel)
        with self.assertRefused("case_scored"):
            assignment.unlink()
        with self.assertRefused("case_scored"):
            assignment.submission_id = self.submissions(self.cases)[1]
        self.panel.with_user(self.head).action_dissolve("重新组建")
        assignment.unlink()

    def test_undertaking(self):
        Undertaking = self.env["award.undertaking"]
        with self.assertRefused("not_an_expert"):
            Undertaking.with_user(self.roles["reviewer"]).action_sign(self.edition.id)
        signing = Undertaking.with_user(self.user)
        draft = self._new_edition(term=9, award_year=2028)
        with self.assertRefused("edition_not_running"):
            signing.action_sign(draft.id)
        signed = signing.action_sign(self.edition.id)
        self.assertEqual(signing.action_sign(self.edition.id), signed)
        self.assertEqual(signing.search([]), signed)
        self.assertTrue(self.edition.with_user(self.user).undertaking_signed)
        other = self.members(self.panel)[2]
        self.assertFalse(Undertaking.with_user(other).search([]))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            signing.create({"user_id": other.id, "edition_id": self.edition.id})

    def test_give_cases_dialogue(self):
        other = self.new_panel("乙组")
        wizard = self.env["award.panel.assign"].with_user(self.office)
        wizard = wizard.create({"panel_id": other.id})
        self.assertEqual(wizard.offered_ids, self.submissions(self.cases)[1])
        wizard.action_take_all()
        wizard.action_apply()
        self.assertEqual(
            other.assignment_ids.submission_id, self.submissions(self.cases)[1]
        )

    def test_queries_of_declarations(self):
        """Declaring for two cases costs as many queries as for one."""
        self.panel.action_assign(self.submissions(self.cases)[1].ids)
        self.panel.action_confirm()
        self.sign(self.panel)
        first, second, third = self.members(self.panel)

        def count(user, limit):
            interests = self.interests(self.panel, user)[:limit].with_user(user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            interests.action_declare_none()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(first, 1)
        self.assertLessEqual(count(third, 2) - count(second, 1), 3)
