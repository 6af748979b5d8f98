import base64
from datetime import timedelta

import vobject

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...rules import clock as clock_rules
from ...rules import timetable as rules
from ..base.refusal import translated

_lt = LazyTranslate(__name__)

#: Events in the order in which they follow each other within one stage.
_CHAIN = (
    "window_closed",
    "recommender_receipt",
    "office_receipt",
    "site_end",
    "last_scoring_end",
    "list_receipt",
    "letter_receipt",
    "notice_published",
    "shortlist_adopted",
    "notice_closed",
)
#: Stages whose period must run in full, whoever is quick.
_IN_FULL = "notice"
#: Days that a window for applications lasts at most.
WINDOW_MAX = 366
#: Width of one day in the picture, and of the column of names, in pixels.
_DAY, _NAMES, _ROW = 4, 220, 26


class AwardTimetable(models.TransientModel):
    """The statutory calendar of an edition under a scheme, from one start."""

    _name = "award.timetable"
    _description = "Timetable"
    _rec_name = "scheme_id"

    scheme_id = fields.Many2one("award.scheme", required=True, ondelete="cascade")
    class_id = fields.Many2one(
        "award.class", domain="[('scheme_id', '=', scheme_id)]", string="Class of Award"
    )
    start_on = fields.Date(
        "Announced On", required=True, default=fields.Date.context_today
    )
    window_days = fields.Integer(
        "Days for Applications",
        required=True,
        default=30,
        help="Calendar days between the announcement and the end of the window.",
    )
    left_out_ids = fields.Many2many(
        "award.stage",
        "award_timetable_left_out_rel",
        "timetable_id",
        "stage_id",
        domain="[('scheme_id', '=', scheme_id), ('optional', '=', True)]",
        help="Optional stages that the edition does without.",
    )
    _window_days_bounded = models.Constraint(
        "CHECK (window_days BETWEEN 1 AND 366)",
        "The window for applications lasts from 1 to 366 days. Enter such a number.",
    )

    content = fields.Html(compute="_compute_content", sanitize=False)
    warning = fields.Text(compute="_compute_content")
    ics_file = fields.Binary(compute="_compute_ics", string="Calendar File")

    # -- the days ------------------------------------------------------------
    def _rows(self):
        """The stages of the class with their days, as `rules.timetable.Row`.

        :return: list of (award.stage, time limits, row)
        """
        stages = self.scheme_id._stages(self.class_id or None) - self.left_out_ids
        limits = {stage: self._limits(stage) for stage in stages}
        rows = rules.timetable(
            self.start_on,
            [
                rules.Stage(
                    stage.code,
                    tuple(limit for _rule, limit in limits[stage]),
                    stage.in_parallel,
                    stage.optional,
                )
                for stage in stages
            ],
            self.env["award.calendar.year"]._calendar(),
            window=clock_rules.Length(
                clock_rules.CALENDAR_DAY, min(max(self.window_days, 1), WINDOW_MAX)
            ),
        )
        return [
            (stage, [rule for rule, _limit in limits[stage]], row)
            for stage, row in zip(stages, rows, strict=True)
        ]

    def _limits(self, stage):
        """The time limits within a stage, in the order in which they follow."""
        found = self.scheme_id.clock_rule_ids.filtered(
            lambda rule: (
                rule.stage_id == stage
                and rule.start_event in _CHAIN
                and rule.unit != clock_rules.EDITION
                and rule._is_for(self.class_id or None)
            )
        ).sorted(lambda rule: _CHAIN.index(rule.start_event))
        return [
            (
                rule,
                rules.Limit(
                    clock_rules.Length(rule.unit, rule.length),
                    stage.kind == _IN_FULL,
                    rule.first_day,
                    rule.roll,
                ),
            )
            for rule in found
        ]

    @api.depends("scheme_id", "class_id", "start_on", "window_days", "left_out_ids")
    def _compute_content(self):
        for table in self:
            table.content = table.warning = False
            if not (table.scheme_id and table.start_on):
                continue
            rows = table._rows()
            table.warning = table._warning_text([row for _s, _r, row in rows])
            table.content = self.env["ir.qweb"]._render(
                "quality_award.award_timetable_content", table._shown(rows)
            )

    def _warning_text(self, rows):
        years = sorted({row.unknown_year for row in rows} - {None})
        if not years:
            return False
        return self.env._(
            "The official calendar of %(years)s is not out: days that depend on it "
            "are not counted. Enter it under Official Calendar when the State "
            "Council's notice is published.",
            years=", ".join(map(str, years)),
        )

    # -- how they are shown --------------------------------------------------
    def _shown(self, rows):
        """Values of the template: the table, the picture, the strips of days."""
        ends = [
            day for _s, _r, row in rows for day in (row.earliest, row.latest) if day
        ]
        last = max(ends, default=self.start_on)
        calendar = self.env["award.calendar.year"]._calendar()
        days = rules.days(self.start_on, last, calendar)
        return {
            "rows": [self._shown_row(*row) for row in rows],
            "months": self._months(days),
            "off": [
                (self._x(day.on), day)
                for day in days
                if day.kind in {"weekend", "holiday", "unknown"}
            ],
            "width": self._x(last) + 2 * _DAY,
            "height": _ROW * (len(rows) + 1),
            "names": _NAMES,
            "day_width": _DAY,
            "row_height": _ROW,
        }

    def _x(self, day):
        return _NAMES + (day - self.start_on).days * _DAY

    def _shown_row(self, stage, limits, row):
        bar = {}
        if row.opens and row.earliest:
            bar = {
                "x": self._x(row.opens),
                "sure": (row.earliest - row.opens).days * _DAY + _DAY,
                "latest": row.latest and (row.latest - row.opens).days * _DAY + _DAY,
            }
        return {
            "name": stage.display_name,
            "optional": stage.optional,
            "clause": stage.clause_id.display_name,
            "limits": [
                (rule.display_name, rule.length_text, rule.clause_id.display_name)
                for rule in limits
            ],
            "row": row,
            "missing": row.unknown_year
            and self.env._("calendar of %(year)s not out", year=row.unknown_year),
            "bar": bar,
        }

    def _months(self, days):
        """The days by month, with the notice that fixed the year."""
        sources = {
            year.year: year.source
            for year in self.env["award.calendar.year"].search([])
        }
        months = {}
        for day in days:
            months.setdefault((day.on.year, day.on.month), []).append(day)
        return [
            {
                "label": f"{year}-{month:02d}",
                "days": some,
                "source": sources.get(year),
            }
            for (year, month), some in months.items()
        ]

    # -- the calendar file ---------------------------------------------------
    def _compute_ics(self):
        for table in self:
            table.ics_file = base64.b64encode(table._ics().encode())

    def _ics(self):
        """The stages as all-day events of an iCalendar file (RFC 5545)."""
        calendar = vobject.iCalendar()
        for stage, limits, row in self._rows():
            if not row.opens:
                continue
            last = row.latest or row.earliest or row.opens
            event = calendar.add("vevent")
            event.add("uid").value = (
                f"{self.scheme_id.code}-{self.scheme_id.version}-{stage.code}-"
                f"{self.start_on.isoformat()}@quality-award"
            )
            event.add("dtstamp").value = fields.Datetime.now()
            event.add("summary").value = stage.display_name
            event.add("dtstart").value = row.opens
            event.add("dtend").value = last + timedelta(days=1)
            event.add("description").value = "\n".join(
                [
                    stage.clause_id.display_name or "",
                    *(
                        f"{rule.display_name}: {rule.length_text} "
                        f"({rule.clause_id.display_name})"
                        for rule in limits
                    ),
                ]
            )
        return calendar.serialize()

    def action_ics(self):
        """Download the calendar file."""
        self.ensure_one()
        name = f"{self.scheme_id.code}_{self.scheme_id.version}.ics"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/ics_file/{name}?download=true",
            "target": "self",
        }


#: Unit of a time limit -> its words for one and for several.
LENGTHS = {
    "working_day": (_lt("%(count)s working day"), _lt("%(count)s working days")),
    "calendar_day": (_lt("%(count)s calendar day"), _lt("%(count)s calendar days")),
    "month": (_lt("%(count)s month"), _lt("%(count)s months")),
    "year": (_lt("%(count)s year"), _lt("%(count)s years")),
    "edition": (_lt("%(count)s edition"), _lt("%(count)s editions")),
}


class AwardClockRule(models.Model):
    _inherit = "award.clock.rule"

    length_text = fields.Char("Length in Words", compute="_compute_length_text")

    @api.depends("length", "unit")
    @api.depends_context("lang")
    def _compute_length_text(self):
        for rule in self:
            words = LENGTHS.get(rule.unit, LENGTHS["working_day"])[rule.length != 1]
            rule.length_text = translated(self.env, words) % {"count": rule.length}


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def action_timetable(self):
        """Open the statutory calendar of an edition under this scheme."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Timetable"),
            "res_model": "award.timetable",
            "view_mode": "form",
            "target": "current",
            "context": {"default_scheme_id": self.id},
        }
