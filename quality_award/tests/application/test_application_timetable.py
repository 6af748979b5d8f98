"""The statutory calendar of an edition, from its own dates."""

from odoo.tests import tagged

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationTimetable(AwardCommon):
    def shown(self, edition):
        action = edition.action_timetable()
        table = self.env[action["res_model"]].with_context(**action["context"])
        return table.create({})

    def test_an_announced_edition_counts_from_its_announcement(self):
        table = self.shown(self.edition)
        self.assertEqual(table.scheme_id, self.scheme)
        self.assertEqual((str(table.start_on), table.window_days), ("2026-03-10", 10))

    def test_a_draft_counts_from_its_window(self):
        table = self.shown(self._new_edition(term=4))
        self.assertEqual((str(table.start_on), table.window_days), ("2026-03-01", 19))

    def test_without_dates_there_are_the_usual_ones(self):
        draft = self._new_edition(term=4, window_start=False, window_end=False)
        table = self.shown(draft)
        self.assertEqual((str(table.start_on), table.window_days), ("2026-03-10", 30))
        self.assertIn("<table", table.content)
