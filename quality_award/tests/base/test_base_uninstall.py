from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import FloorCase


@tagged("post_install", "-at_install")
class TestUninstallGuard(FloorCase):
    """While an announced edition exists, nothing that holds its dossier goes."""

    def modules(self, name):
        return self.env["ir.module.module"].search([("name", "=", name)])

    def announce(self, state="announced"):
        edition = self.factory.one("award.edition")
        self.env.cr.execute(
            """INSERT INTO award_transition
                   (model, res_id, move, state_from, state_to, user_id, at)
               VALUES ('award.edition', %s, 'x', 'draft', %s, 1, now())""",
            [edition.id, state],
        )
        self.env.cr.execute(
            "UPDATE award_edition SET state = %s WHERE id = %s", [state, edition.id]
        )
        self.env.invalidate_all()

    def test_announced(self):
        module = self.modules("quality_award")
        module._refuse_uninstall_under_retention()  # nothing is held yet
        self.announce()
        for name in ("quality_award", "portal", "mail", "web"):
            for method in (
                "button_uninstall",
                "button_immediate_uninstall",
                "module_uninstall",
            ):
                with (
                    self.subTest(module=name, method=method),
                    self.assertRaisesRegex(UserError, "under retention"),
                ):
                    getattr(self.modules(name), method)()
        self.assertEqual(set(module.mapped("state")), {"installed"})

    def test_cancelled_after_the_announcement(self):
        """Applications may have come in before it was cancelled."""
        self.announce("cancelled")
        with self.assertRaisesRegex(UserError, "under retention"):
            self.modules("quality_award").button_uninstall()

    def test_others_may_go(self):
        self.announce()
        self.modules("contacts")._refuse_uninstall_under_retention()
