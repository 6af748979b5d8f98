import json
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import file_open

from ...rules import clock as clock_rules


@lru_cache(maxsize=16)
def _build(complete_years, overrides, agency):
    """Calendars are equal for equal data, so one object serves all."""
    return clock_rules.Calendar(dict(complete_years), dict(overrides), dict(agency))


class AwardCalendarYear(models.Model):
    """A year whose official calendar of days off and make-up days is complete.

    Holidays and make-up working days come from the library `holidays`; what this
    record adds is the word that the official notice for the year is out, and days
    that the agency corrects. A year without a record is not guessed.
    """

    _name = "award.calendar.year"
    _description = "Official Calendar Year"
    _order = "year desc"
    _rec_name = "year"

    year = fields.Integer(required=True, aggregator=None)
    source = fields.Char(required=True, help="Notice that fixed the year.")
    override_ids = fields.One2many("award.calendar.day", "year_id")
    is_known = fields.Boolean(
        "Can Be Counted",
        compute="_compute_is_known",
        help="Whether the days of the year are known, from the software or from the "
        "corrected days entered here.",
    )

    _year_unique = models.UniqueIndex("(year)", "This year is listed already.")

    @api.depends("year", "override_ids.date")
    def _compute_is_known(self):
        known = clock_rules.known_years()
        for record in self:
            days = record.override_ids.mapped("date")
            record.is_known = record.year in known or any(
                day and day.year == record.year for day in days
            )

    @api.model
    def _load_shipped(self):
        """Create the years that the addon ships; never touch one that is there."""
        with file_open("quality_award/data/calendar_years.json") as stream:
            shipped = json.load(stream)
        present = set(self.search([("year", ">", 0)]).mapped("year"))
        self.create([row for row in shipped if row["year"] not in present])

    @api.model
    def _calendar(self, company=None):
        """The calendar for the clock rules, from the years and days recorded.

        :param company: the agency whose own days lie on top; None: the official one
        """
        years = self.sudo().search([("year", ">", 0)])  # sudo: public knowledge
        own = self.env["award.agency.day"]
        if company:
            own = years.agency_day_ids.filtered(lambda day: day.company_id == company)
        return _build(
            tuple(sorted((year.year, year.source) for year in years)),
            tuple(sorted((day.date, day.kind) for day in years.override_ids)),
            tuple(sorted((day.date, day.kind) for day in own)),
        )

    # -- open clocks are counted again ---------------------------------------
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


class AwardCalendarDay(models.Model):
    _name = "award.calendar.day"
    _description = "Corrected Calendar Day"
    _order = "date"
    _rec_name = "date"

    year_id = fields.Many2one(
        "award.calendar.year", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        [("work", "Working Day"), ("off", "Day Off")], required=True
    )
    source = fields.Char(required=True)

    _date_unique = models.UniqueIndex("(date)", "This day has been corrected already.")

    @api.constrains("date", "year_id")
    def _check_year(self):
        for day in self:
            if day.date.year != day.year_id.year:
                raise ValidationError(
                    self.env._(
                        "%(date)s is not a day of the year %(year)s.",
                        date=day.date,
                        year=day.year_id.year,
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
