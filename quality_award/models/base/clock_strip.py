from odoo import api, fields, models
from odoo.tools import format_date

from ...rules import clock_strip

#: Marks of days as a printed Chinese calendar has them; no words of a language.
SIGNS = {"holiday": "休", "make_up": "班"}


class AwardClock(models.Model):
    """The strip of days that shows how a clock is counted."""

    _inherit = "award.clock"

    strip = fields.Json("Days", compute="_compute_strip")
    working_days_left = fields.Char(
        compute="_compute_working_days_left",
        help="Working days of the agency; negative when overdue.",
    )

    def _compute_working_days_left(self):
        calendars = {one: self._calendar_of(one) for one in self.company_id}
        for company, clocks in self.grouped("company_id").items():
            today = self.with_company(company)._today()
            for clock in clocks:
                left = clock.is_open and clock_strip.working_days_left(
                    calendars[company], today, clock.due_on or None
                )
                open_now = clock.is_open and left is not None
                clock.working_days_left = str(left) if open_now else False

    @api.depends("due_on", "suspension_ids.to_on", "undated_because")
    @api.depends_context("lang")
    def _compute_strip(self):
        for clock, strip in zip(self, self._strips(), strict=True):
            clock.strip = [strip]

    def _strips(self):
        """What is shown of each clock: title, days, and the same in words.

        :return: list of dicts with `name`, `days` (`date`, `number`, `kind`, `sign`,
            `marks`, `text`), `text`, `sources`, `warning`
        """
        rows = self.sudo()  # sudo: dates of a clock that the caller may show
        calendars = {one: rows._calendar_of(one) for one in rows.company_id}
        return [clock._one_strip(calendars[clock.company_id]) for clock in rows]

    def _one_strip(self, calendar):
        pairs = [(row.from_on, row.to_on or None) for row in self.suspension_ids]
        strip = clock_strip.strip(
            self.started_on,
            self.due_on or None,
            calendar,
            pairs,
            self.with_company(self.company_id)._today(),
            unit=self.unit,
            first_day=self.first_day,
        )
        cells = [self._cell(day.date, day.kind, day.marks) for day in strip.days]
        return {
            "name": self.display_name,
            "days": cells,
            "text": self._strip_text(strip),
            "sources": [f"{year}: {source}" for year, source in strip.sources],
            "warning": self._strip_warning(),
        }

    @api.model
    def _cell(self, day, kind, marks):
        """One day of a strip, as the widget and the portal show it."""
        words = self._mark_words()
        said = [words[name] for name in (*sorted(marks), kind) if name in words]
        return {
            "date": str(day),
            "number": day.day,
            "month": day.month if day.day == 1 or {"start", "gap"} & set(marks) else 0,
            "kind": kind,
            "sign": SIGNS.get(kind, ""),
            "marks": sorted(marks),
            "text": ", ".join([format_date(self.env, day), *said]),
        }

    @api.model
    def _mark_words(self):
        return {
            "agency": self.env._("the agency's own rule"),
            "due": self.env._("last day"),
            "holiday": self.env._("day off"),
            "make_up": self.env._("make-up working day"),
            "start": self.env._("day of the event"),
            "suspended": self.env._("suspended"),
            "today": self.env._("today"),
            "unknown": self.env._("calendar not out"),
            "weekend": self.env._("weekend"),
        }

    def _strip_text(self, strip):
        """The strip in one sentence, for those who cannot see it."""
        values = {
            "start": format_date(self.env, self.started_on),
            "due": format_date(self.env, self.due_on) if self.due_on else "",
            "left": strip.left,
            "stood": self.suspended_days,
        }
        if not self.due_on:
            text = self.env._("From %(start)s, no last day yet.", **values)
        elif not self.is_open:
            text = self.env._("From %(start)s until %(due)s.", **values)
        elif strip.left is None:
            text = self.env._("From %(start)s, the last day is %(due)s.", **values)
        elif self.is_overdue:
            values["left"] = -strip.left
            text = self.env._(
                "From %(start)s, overdue since %(due)s, %(left)s working days ago.",
                **values,
            )
        else:
            text = self.env._(
                "From %(start)s, the last day is %(due)s: %(left)s working days left.",
                **values,
            )
        if self.suspended_days:
            text += " " + self.env._("It stood still on %(stood)s days.", **values)
        return text

    def _strip_warning(self):
        """Why there is no date, in words; empty where there is one."""
        if self.undated_because == "calendar_unknown":
            return self.env._(
                "The official calendar of %(year)s is not out: the last day cannot be "
                "computed yet.",
                year=self.unknown_year,
            )
        if self.undated_because == "suspended":
            return self.env._("The time limit is suspended.")
        if self.undated_because == "edition":
            return self.env._(
                "It ends when edition %(term)s is announced.", term=self.edition_term
            )
        return ""
