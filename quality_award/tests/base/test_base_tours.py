from odoo.tests import tagged

from ..common import AwardHttpCommon


@tagged("post_install", "-at_install")
class TestBaseTours(AwardHttpCommon):
    """The supervisor looks at the log and at a case, in a real browser."""

    def test_supervisor_looks(self):
        case = self.cases_at("recommendation")
        case.with_user(self.roles["office"]).read(["name"])
        supervisor = self.roles["supervisor"]
        written = self._written()
        with self.assertLogged("award.application", case.ids):
            self.start_tour(
                "/odoo/action-quality_award.award_access_entry_action",
                "award_supervisor_looks",
                login=supervisor.login,
            )
        rows = self._log_rows(
            "SELECT entry::json->>'uid' FROM award_access_log "
            "WHERE entry::json->>'model' = 'award.application' ORDER BY id DESC LIMIT 1"
        )
        self.assertEqual(rows, [(str(supervisor.id),)])
        self.assertEqual(self._written(), written)

    def _written(self):
        """Everything that was done, or said about a case, so far."""
        return [
            self._log_rows(f"SELECT count(*), max(id) FROM {rows}")
            for rows in (
                "award_transition",
                "mail_message WHERE model = 'award.application'",
                "mail_followers WHERE res_model = 'award.application'",
            )
        ]
