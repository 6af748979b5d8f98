from odoo import api, models


class AwardApplication(models.Model):
    """The list of the user's applications: what comes next in each, and by when."""

    _inherit = "award.application"

    @api.model
    def _portal_home(self):
        """What the page of all applications shows, newest first.

        :return: list of dicts: `case`, `status`, `is_writing`, `next_step`,
            `waits_for`, `next_date`, and what `_portal_left` gives
        """
        cases = self._portal_mine()
        clocks = cases._portal_clocks()
        Clock = self.env["award.clock"]
        calendars = {one: Clock._calendar_of(one) for one in cases.company_id}
        return [
            case._portal_home_row(clocks.get(case.id), calendars[case.company_id])
            for case in cases
        ]

    def _portal_home_row(self, clock, calendar):
        letters = self.letter_ids.filtered(lambda x: x.state in ("sent", "served"))
        supplements = self.supplement_ids.filtered(lambda s: s.state != "draft")
        known = self._outcome_known(letters)
        next_step, waits_for, next_date = self._next_step(supplements, known, clock)
        return {
            "case": self,
            "status": self._portal_status(known),
            "is_writing": self.state in ("draft", "returned"),
            "next_step": next_step,
            "waits_for": waits_for,
            "next_date": next_date,
            **self._portal_left(next_date, calendar),
        }

    def _portal_clocks(self):
        """The running clock of each case that is due first: dict case id -> clock."""
        owners = {
            (records._name, record.id): case.id
            for case in self
            for records in case._portal_clock_records()
            for record in records
        }
        found = {}
        open_clocks = self._open_clocks(self._portal_clock_records())
        for clock in open_clocks.filtered("due_on"):
            found.setdefault(owners[clock.res_model, clock.res_id], clock)
        return found
