from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import FloorCase, our_models

EXTERNAL = {
    "recommender",
    "reviewer",
    "deliberator",
    "observer",
    "committee",
    "approver",
    "supervisor",
}


@tagged("post_install", "-at_install")
class TestOutsiders(FloorCase):
    """People from outside the agency work in its database and do not see its people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "A customer of the host"})
        cls.colleague = cls.env["res.users"].create(
            {
                "name": "Colleague",
                "login": "colleague",
                "company_id": cls.agency.id,
                "company_ids": cls.agency.ids,
            }
        )

    def test_who_is_external(self):
        self.assertEqual(
            {
                role
                for role, user in self.users.items()
                if user.has_group("quality_award.group_external")
            },
            EXTERNAL,
        )

    def test_partners_and_users(self):
        for role in sorted(EXTERNAL):
            user = self.users[role]
            with self.subTest(role=role):
                env = self.env(user=user)
                self.assertEqual(
                    env["res.partner"].with_context(active_test=False).search([]),
                    user.partner_id | self.agency.partner_id,
                )
                self.assertEqual(
                    env["res.users"].with_context(active_test=False).search([]), user
                )
                for record in (self.customer, self.colleague):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])
        # The same question finds them when a colleague asks it.
        env = self.env(user=self.colleague)
        self.assertIn(self.customer, env["res.partner"].search([]))
        self.assertIn(self.users["reviewer"], env["res.users"].search([]))

    def test_channels_of_the_host(self):
        channel = self.env.ref("mail.channel_all_employees")
        talk = "internal of the host"
        channel.message_post(body=talk, message_type="comment")
        self.assertTrue(channel.with_user(self.colleague).has_access("read"))
        for role in sorted(EXTERNAL):
            with self.subTest(role=role):
                env = self.env(user=self.users[role])
                self.assertEqual(env["discuss.channel"].search([]).ids, [])
                self.assertFalse(
                    env["mail.message"].search_count([("model", "=", channel._name)])
                )

    def test_a_colleague_without_a_role(self):
        """Another department of the same agency finds nothing of ours."""
        readable = [
            name
            for name in our_models(self.env)
            if self.env[name].with_user(self.colleague).has_access("read")
        ]
        self.assertEqual(readable, [])
        menus = self.env["ir.ui.menu"].with_user(self.colleague)._visible_menu_ids()
        root = self.env.ref("quality_award.menu_root")
        self.assertNotIn(root.id, menus)
        self.assertIn(
            root.id,
            self.env["ir.ui.menu"].with_user(self.users["office"])._visible_menu_ids(),
        )

    def test_portal_has_no_right_on_any_model(self):
        portal = self._portal_user(self.agency)
        for name in our_models(self.env):
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(
                        self.env[name].with_user(portal).has_access(operation)
                    )


@tagged("post_install", "-at_install")
class TestOutsidersWebClient(FloorCase, HttpCase):
    """The web client opens for them all the same."""

    def call(self, path, **params):
        answer = self.url_open(path, json={"params": params}).json()
        self.assertNotIn("error", answer, path)
        return answer["result"]

    def test_web_client(self):
        for role in sorted(self.users):
            if role == "clock":
                continue
            login = new_test_user(
                self.env,
                login=f"web-{role}",
                groups=f"quality_award.group_{role}",
                company_id=self.agency.id,
                company_ids=self.agency.ids,
            ).login
            self.authenticate(login, login)
            with self.subTest(role=role):
                session = self.call("/web/session/get_session_info")
                self.assertEqual(session["username"], login)
                menus = self.url_open("/web/webclient/load_menus").json()
                root = self.env.ref("quality_award.menu_root").id
                self.assertIn(root, menus["root"]["children"])
                self.call("/mail/data", fetch_params=["init_messaging", "failures"])
                for menu in menus.values():
                    if not menu.get("actionID") or menu["actionModel"] != (
                        "ir.actions.act_window"
                    ):
                        continue
                    if menu.get("appID") != root:
                        continue
                    self._open(menu["actionID"])
                page = self.url_open("/odoo")
                self.assertEqual(page.status_code, 200)

    def _open(self, action_id):
        """Load an action, its views and its first page, as the web client does."""
        action = self.call("/web/action/load", action_id=action_id)
        model = action["res_model"]
        views = [[view_id, kind] for view_id, kind in action["views"]]
        self.call(
            f"/web/dataset/call_kw/{model}/get_views",
            model=model,
            method="get_views",
            args=[],
            kwargs={"views": views, "options": {}},
        )
        self.call(
            f"/web/dataset/call_kw/{model}/web_search_read",
            model=model,
            method="web_search_read",
            args=[[], {"display_name": {}}],
            kwargs={"limit": 5},
        )
