from odoo import models

from ...rules import clock_strip


class AwardApplication(models.Model):
    """Where the case is: how long is left for what comes next."""

    _inherit = "award.application"

    def _portal_way(self, writing, until):
        """What the pages offer on the way, and how long is left for the next step.

        :return: dict with what `_portal_left` gives, `has_earlier` (applications to
            copy from), `withdrawing` (what it means now)
        """
        return {
            **self._portal_left(until),
            "has_earlier": bool(writing and self._earlier_cases()),
            "withdrawing": self._withdrawing_means(),
        }

    def _portal_left(self, until, calendar=None):
        """How much time is left for what comes next.

        :param until: the last day, or None
        :param calendar: the agency's, where it is at hand
        :return: dict with `left` (in words, empty without a last day), `is_late`
        """
        if not until:
            return {"left": "", "is_late": False}
        Clock = self.env["award.clock"]
        calendar = calendar or Clock._calendar_of(self.company_id)
        today = Clock._today()
        left = clock_strip.working_days_left(calendar, today, until)
        if left is None and until > today:
            # No official calendar vouches for a count of working days.
            days = (until - today).days
            text = self.env._("%(days)s calendar days left", days=days)
        elif until == today:
            text = self.env._("today is the last day")
        elif until > today:
            text = self.env._("%(days)s working days left", days=left)
        elif left:
            text = self.env._("overdue for %(days)s working days", days=-left)
        else:
            text = self.env._("the last day is over")
        return {"left": text, "is_late": until < today}
