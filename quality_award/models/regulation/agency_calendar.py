from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AwardAgencyDay(models.Model):
    """A day on which one agency works, or rests, other than the official calendar.

    It lies on top of the official year: a local closure, a day of duty. It vouches
    for no year; in a year whose official calendar is not out it counts for nothing.
    """

    _name = "award.agency.day"
    _description = "Day of the Agency's Own Calendar"
    _order = "date"
    _rec_name = "date"

    year_id = fields.Many2one(
        "award.calendar.year", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        [("work", "Working Day"), ("off", "Day Off")], required=True
    )
    source = fields.Char(
        required=True, help="Document by which the agency fixed the day."
    )
    official = fields.Char("Official Calendar", compute="_compute_official")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _date_unique = models.UniqueIndex(
        "(company_id, date)", "The agency has fixed this day already."
    )

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_official(self):
        """What the day would be without the agency's own rule."""
        calendar = self.env["award.calendar.year"]._calendar()
        words = self.env["award.calendar.year"]._kind_words()
        for record in self:
            record.official = record.date and words[calendar.kind(record.date)]

    @api.constrains("date", "year_id")
    def _check_year(self):
        for record in self:
            if record.date.year != record.year_id.year:
                raise ValidationError(
                    self.env._(
                        "%(date)s is not a day of the year %(year)s.",
                        date=record.date,
                        year=record.year_id.year,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["award.clock"]._calendar_changed()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env["award.clock"]._calendar_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_tells_clocks(self):
        self.env["award.clock"]._calendar_changed()


class AwardCalendarYear(models.Model):
    _inherit = "award.calendar.year"

    agency_day_ids = fields.One2many("award.agency.day", "year_id")
    months = fields.Json(
        compute="_compute_months",
        help="The days of the year as the time limits of the agency count them.",
    )

    @api.model
    def _kind_words(self):
        """The kinds of day in words, as `Calendar.kind` tells them apart."""
        return {
            "working": self.env._("Working Day"),
            "weekend": self.env._("Weekend"),
            "holiday": self.env._("Day Off"),
            "make_up": self.env._("Make-up Working Day"),
            "unknown": self.env._("Not Known Yet"),
        }

    @api.depends("year", "override_ids", "agency_day_ids.kind")
    @api.depends_context("lang", "company")
    def _compute_months(self):
        calendar = self._calendar(self.env.company)
        for record in self:
            record.months = [
                record._month(calendar, month)
                for month in range(1, 13)
                if 1 <= record.year <= 9998
            ]

    def _month(self, calendar, month):
        """One row of the year's picture, in the form of a clock strip."""
        day, days, worked = date(self.year, month, 1), [], 0
        while day.month == month:
            kind = calendar.kind(day)
            worked += kind in {"working", "make_up"}
            marks = {"agency"} if calendar.is_of_agency(day) else set()
            days.append(self.env["award.clock"]._cell(day, kind, marks))
            day += timedelta(days=1)
        title = f"{self.year}-{month:02d}"
        return {
            "name": title,
            "days": days,
            "text": self.env._(
                "%(month)s: %(count)s working days", month=title, count=worked
            ),
        }
