"""Colleagues who read, write or sign; the profile and its liaison officers."""

from datetime import timedelta

from odoo.exceptions import MissingError
from odoo.tests import tagged

from ..common import NOW, AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationPeople(AwardCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.applicant = cls.case.applicant_id
        cls.owner = cls.applicant_of(cls.case)
        cls.colleague = cls._new_user("colleague@example.com", "base.group_portal")
        cls.stranger = cls.applicant_of(cls.register())

    def setUp(self):
        super().setUp()
        self.addCleanup(self.frozen.move_to, NOW)

    def door(self, user):
        return self.env["award.application"].with_user(user)

    def invite(self, right, email="colleague@example.com"):
        id_ = self.door(self.owner)._portal_invite(self.applicant.id, email, right)
        return self.env["award.applicant.invitation"].browse(id_)

    def joined(self, right, user=None):
        invitation = self.invite(right, (user or self.colleague).login)
        door = self.door(user or self.colleague)
        door._portal_accept(invitation.id, invitation.code)
        return self.applicant.member_ids.filtered(
            lambda m: m.user_id == (user or self.colleague)
        )

    # -- invitations -------------------------------------------------------------
    def test_an_invitation_is_accepted_by_its_address_and_code(self):
        invitation = self.invite("write")
        self.assertEqual(
            (invitation.state, invitation.can_write, invitation.can_sign),
            ("open", True, False),
        )
        door = self.door(self.colleague)
        for code in ("", "x", "ÄÖÜ", None, invitation.code[:-1]):
            with self.assertRefused("code_wrong"):
                door._portal_accept(invitation.id, code)
        # the code and the id alone open nothing
        with self.assertRaises(MissingError):
            self.door(self.stranger)._portal_accept(invitation.id, invitation.code)
        # who invites cannot accept for the other one
        with self.assertRefused("wrong_role"):
            self.door(self.owner)._portal_accept(invitation.id, invitation.code)
        self.assertFalse(self.applicant.member_ids.user_id & self.colleague)
        door._portal_accept(invitation.id, f" {invitation.code.lower()} ")
        self.assertEqual(invitation.state, "accepted")
        self.assertEqual(self.applicant.member_ids.user_id, self.owner | self.colleague)
        with self.assertRefused("wrong_state"):
            door._portal_accept(invitation.id, invitation.code)

    def test_an_invitation_ends(self):
        invitation = self.invite("read")
        self.frozen.move_to(NOW + timedelta(days=15))
        with self.assertRefused("invitation_over"):
            self.door(self.colleague)._portal_accept(invitation.id, invitation.code)
        self.assertFalse(self.env["award.applicant.invitation"]._mine())

    def test_an_invitation_is_withdrawn_or_declined(self):
        invitation = self.invite("read")
        with self.assertRaises(MissingError):
            self.door(self.stranger)._portal_uninvite(invitation.id)
        self.door(self.owner)._portal_uninvite(invitation.id)
        self.assertEqual(invitation.state, "withdrawn")
        with self.assertRefused("wrong_state"):
            self.door(self.colleague)._portal_accept(invitation.id, invitation.code)
        again = self.invite("read")
        self.door(self.colleague)._portal_decline(again.id)
        self.assertEqual(again.state, "declined")

    def test_invitations_are_bounded(self):
        for email, code in (("", "address_invalid"), ("x", "address_invalid")):
            with self.assertRefused(code):
                self.invite("read", email)
        with self.assertRefused("colleague_already"):
            member = self.owner
            member.login = "owner@example.com"
            self.invite("read", "Owner@Example.com")
        self.invite("read")
        with self.assertRefused("invited_already"):
            self.invite("read")
        for number in range(9):
            self.invite("read", f"n{number}@example.com")
        with self.assertRefused("colleagues_too_many"):
            self.invite("read", "eleventh@example.com")

    def test_staff_does_not_act_for_an_applicant(self):
        office = self.roles["office"]
        office.login = "office@example.com"
        invitation = self.invite("write", "office@example.com")
        with self.assertRefused("member_is_staff"):
            self.door(office)._portal_accept(invitation.id, invitation.code)

    # -- rights ------------------------------------------------------------------
    def test_who_may_only_read_writes_by_no_door(self):
        """Each act is first possible for a colleague who writes, then for none."""
        chapter = {"profile": "新"}
        member = self.joined("write")
        door = self.door(self.colleague)
        fact = {"kind": "document", "code": "own_brand", "happened_on": "2026-01-01"}
        values = {**self.values_of(1), "credit_code": self.applicant.credit_code}
        known = self._new_edition(term=44)
        known.with_user(self.roles["office_head"]).action_announce()
        officer = self.env["award.applicant.liaison"].create(
            {"applicant_id": self.applicant.id, "name": "副", "kind": "deputy"}
        )
        acts = (
            lambda: door._portal_save(self.case.id, chapter, {"name": "新名"}),
            lambda: door._portal_add_fact(self.case.id, fact),
            lambda: door._portal_remove_fact(self.case.fact_ids[:1].id),
            lambda: door._portal_save_profile(self.applicant.id, {"name": "李乙"}),
            lambda: door._portal_add_deputy(self.applicant.id, {"name": "丙"}),
            lambda: door._portal_end_deputy(self.applicant.id, officer.id),
            lambda: door._portal_register(known.id, values),
        )
        for act in acts:
            act()
        self.assertTrue(door._portal_add_fact(self.case.id, fact))
        owner = self.door(self.owner)
        owner._portal_change_colleague(member.id, "read")
        for number, act in enumerate(acts):
            with self.subTest(number=number), self.assertRefused("may_not_write"):
                act()
        for name in ("_portal_submit", "_portal_withdraw"):
            args = (self.case.id, "x") if "withdraw" in name else (self.case.id,)
            with self.assertRefused("wrong_role"):
                getattr(door, name)(*args)
        with self.assertRefused("may_not_sign"):
            door._portal_invite(self.applicant.id, "z@example.com", "sign")
        with self.assertRefused("may_not_sign"):
            door._portal_change_colleague(member.id, "sign")
        # still reading
        self.assertEqual(door._portal_state(self.case.id)["case"].id, self.case.id)

    def test_a_change_of_rights_is_registered(self):
        member = self.joined("read")
        self.door(self.owner)._portal_change_colleague(member.id, "sign")
        self.assertEqual((member.can_write, member.can_sign), (True, True))
        row = self.env["award.transition"].search(
            [("model", "=", member._name), ("res_id", "=", member.id)]
        )
        self.assertEqual(
            (row.move, row.reason, row.user_id),
            ("change", f"{self.colleague.name}: sign", self.owner.id),
        )

    def test_somebody_can_always_sign(self):
        own = self.applicant.member_ids
        owner = self.door(self.owner)
        for act in (
            lambda: owner._portal_remove_colleague(own.id),
            lambda: owner._portal_change_colleague(own.id, "write"),
            lambda: owner._portal_change_colleague(own.id, "read"),
        ):
            with self.assertRefused("last_signatory"):
                act()
        self.joined("sign")
        owner._portal_remove_colleague(own.id)
        self.assertEqual((own.state, own.active), ("removed", False))
        self.assertEqual(self.applicant.member_ids.user_id, self.colleague)
        with self.assertRaises(MissingError):
            owner._portal_state(self.case.id)
        with self.assertRaises(MissingError):
            owner._portal_colleagues(self.applicant.id)
        # who was removed can be invited again
        self.owner.login = "owner@example.com"
        id_ = self.door(self.colleague)._portal_invite(
            self.applicant.id, "owner@example.com", "write"
        )
        again = self.env["award.applicant.invitation"].browse(id_)
        self.door(self.owner)._portal_accept(id_, again.code)
        self.assertEqual(self.applicant.member_ids.user_id, self.owner | self.colleague)

    def test_strangers_find_nothing(self):
        """Each door opens for the owner first."""
        member = self.joined("read")
        officer = self.env["award.applicant.liaison"].create(
            {"applicant_id": self.applicant.id, "name": "副", "kind": "deputy"}
        )
        doors = (
            ("_portal_colleagues", self.applicant.id),
            ("_portal_profile", self.applicant.id),
            ("_portal_change_colleague", member.id, "write"),
            ("_portal_save_profile", self.applicant.id, {}),
            ("_portal_end_deputy", self.applicant.id, officer.id),
            ("_portal_remove_colleague", member.id),
        )
        for name, *args in doors:
            with self.assertRaises(MissingError, msg=name):
                getattr(self.door(self.stranger), name)(*args)
        for name, *args in doors:
            getattr(self.door(self.owner), name)(*args)

    # -- profile ------------------------------------------------------------------
    def officers(self):
        return [
            (o.kind, o.name, o.phone or "", bool(o.until))
            for o in self.applicant.liaison_ids.sorted("id")
        ]

    def test_the_history_of_liaison_officers_is_kept(self):
        self.assertEqual(
            self.officers(), [("main", "王甲子", "000-0000-0001", False)]
        )
        door = self.door(self.owner)
        save = door._portal_save_profile
        save(self.applicant.id, {"name": "王甲子", "phone": "000-2", "mobile": "000-3"})
        self.assertEqual(self.officers(), [("main", "王甲子", "000-2", False)])
        self.assertEqual(self.applicant.liaison_phone, "000-2")
        self.frozen.move_to(NOW + timedelta(days=3))
        save(self.applicant.id, {"name": "李乙丑", "phone": "000-4"})
        self.assertEqual(
            self.officers(),
            [("main", "王甲子", "000-2", True), ("main", "李乙丑", "000-4", False)],
        )
        self.assertEqual(self.applicant.liaison_name, "李乙丑")
        with self.assertRefused("officer_unnamed"):
            save(self.applicant.id, {"name": " "})
        self.assertFalse(
            self.env["res.partner"].search([("name", "in", ["李乙丑", "王甲子"])])
        )

    def test_deputies_are_bounded_and_end(self):
        door = self.door(self.owner)
        for number in range(5):
            door._portal_add_deputy(self.applicant.id, {"name": f"副{number}"})
        with self.assertRefused("deputies_too_many"):
            door._portal_add_deputy(self.applicant.id, {"name": "副六"})
        deputy = self.applicant.liaison_ids.filtered(lambda o: o.kind == "deputy")[:1]
        door._portal_end_deputy(self.applicant.id, deputy.id)
        self.assertEqual(deputy.until, NOW.date())
        door._portal_add_deputy(self.applicant.id, {"name": "副六"})

    def test_the_trade_code_has_four_digits(self):
        save = self.door(self.owner)._portal_save_profile
        for code in ("12", "34111", "9901", "3401", "C341", "３４１１"):
            with self.subTest(code=code), self.assertRefused("industry_code_invalid"):
                save(self.applicant.id, {"industry_code": code})
        save(self.applicant.id, {"industry_code": " 3411 "})
        self.assertEqual(self.applicant.industry_code, "3411")
