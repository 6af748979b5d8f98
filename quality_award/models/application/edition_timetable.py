from odoo import models

from ..regulation.timetable import WINDOW_MAX


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def action_timetable(self):
        """Open the statutory calendar of this edition, from its own dates."""
        self.ensure_one()
        action = self.scheme_id.action_timetable()
        first = self.announced_on
        if not first and self.window_start:
            first = self._local_date(self.window_start)
        if first:
            action["context"]["default_start_on"] = first
        if first and self.window_end:
            days = (self._local_date(self.window_end) - first).days
            action["context"]["default_window_days"] = min(max(days, 1), WINDOW_MAX)
        return action
