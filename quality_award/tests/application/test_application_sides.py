from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import AwardCommon

#: Roles with which nobody acts for an applicant.
AGENCY = ("office", "office_head", "handling", "supervisor")


@tagged("post_install", "-at_install")
class TestApplicationSides(AwardCommon):
    """Nobody stands on the side of the agency and on that of an applicant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.person = cls.applicant_of(cls.case)
        cls.other_case = cls.register()
        # an employee of the firm who is an internal user here, as an expert would be
        internal = cls.env.ref("base.group_user")
        cls.person.group_ids = [Command.set(internal.ids)]

    def give(self, user, role):
        """A role by the column itself, as old data has it: no model is asked."""
        group = self.env.ref(f"quality_award.group_{role}")
        self.env.cr.execute(
            "INSERT INTO res_groups_users_rel (gid, uid) VALUES (%s, %s)",
            [group.id, user.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_a_role_is_not_given_to_who_acts_for_an_applicant(self):
        """By the user's form, the group's, a group that implies it, or a new group."""
        for role in AGENCY:
            group = self.env.ref(f"quality_award.group_{role}")
            gives = Command.link(group.id)
            holder = self.env["res.groups"].create({"name": f"Holder {role}"})
            self.person.group_ids = [Command.link(holder.id)]
            ways = {
                "user": lambda c=gives: self.person.write({"group_ids": [c]}),
                "group": lambda g=group: g.write(
                    {"user_ids": [Command.link(self.person.id)]}
                ),
                "implied": lambda h=holder, c=gives: h.write({"implied_ids": [c]}),
                "new group": lambda c=gives: self.env["res.groups"].create(
                    {
                        "name": "New",
                        "implied_ids": [c],
                        "user_ids": [Command.link(self.person.id)],
                    }
                ),
            }
            for way, give in ways.items():
                # what a request that fails does, a savepoint does not
                self.env.registry.clear_all_caches()
                with (
                    self.subTest(role=role, way=way),
                    self.assertRefused("staff_is_member"),
                ):
                    give()

    def test_a_role_is_given_once_another_acts(self):
        self.case.applicant_id.member_ids.unlink()
        self.person.group_ids += self.env.ref("quality_award.group_office")
        self.assertTrue(self.person.has_group("quality_award.group_office"))

    def test_others_keep_getting_roles_beside_an_old_conflict(self):
        """What old data holds stops neither other people nor an update."""
        self.give(self.person, "office")
        newcomer = self._new_user("t_newcomer", "base.group_user")
        office = self.env.ref("quality_award.group_office")
        office.user_ids += newcomer
        self.assertTrue(newcomer.has_group("quality_award.group_office"))

    def test_experts_may_act_for_their_employer(self):
        self.person.group_ids = [
            Command.set([self.env.ref("quality_award.group_reviewer").id])
        ]
        self.assertEqual(self.as_applicant(self.case)._portal_mine(), self.case)

    def test_an_old_row_opens_nothing(self):
        """Whoever holds a role and a row from before has no side of the applicant."""
        Application = self.as_applicant(self.case)
        self.assertEqual(Application._portal_mine(), self.case)
        for role in AGENCY:
            with self.subTest(role=role), self.env.cr.savepoint():
                self.give(self.person, role)
                self.assertFalse(Application._portal_mine())
                roles = self.case.with_user(self.person)._roles_on()[self.case.id]
                self.assertNotIn("applicant", roles)
                with self.assertRaises(MissingError):
                    Application._portal_case(self.case.id)
                with self.assertRaises(MissingError):
                    Application._portal_save(self.case.id, {"profile": "x"})
                self.env.cr.execute(
                    "DELETE FROM res_groups_users_rel WHERE uid = %s AND gid = %s",
                    [
                        self.person.id,
                        self.env.ref(f"quality_award.group_{role}").id,
                    ],
                )
                self.env.invalidate_all()
                self.env.registry.clear_all_caches()

    def test_who_withdrew_writes_nothing_of_the_applicant(self):
        office, second = self.roles["office"], self.roles["office_second"]
        applicant = self.case.applicant_id
        mine, others = applicant.with_user(office), self.other_case.applicant_id
        mine.liaison_phone = "1"
        self.env["award.recusal"].with_user(office).create(
            {"application_id": self.case.id, "kind": "family"}
        )
        friend, _number = self._new_applicant()
        person = {"applicant_id": applicant.id, "user_id": friend.id}
        for act in (
            lambda: mine.write({"liaison_phone": "2"}),
            mine.unlink,
            lambda: mine.member_ids.write({"can_sign": False}),
            lambda: mine.member_ids.unlink(),
            lambda: self.env["award.applicant.member"].with_user(office).create(person),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                act()
            self.env.invalidate_all()
        self.assertEqual(mine.liaison_phone, "1")
        others.with_user(office).liaison_phone = "3"
        applicant.with_user(second).liaison_phone = "4"
        self.assertEqual((others.liaison_phone, applicant.liaison_phone), ("3", "4"))
