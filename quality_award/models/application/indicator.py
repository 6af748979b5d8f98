from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules import indicator, indicator_chart
from ...rules.refusal import Refusal
from .portal_applicant import clean_text, known_id

#: Columns of a row that are typed, in the order of the table.
WORDS = ("name", "unit", "source")
TYPED = ("name", "unit", *indicator.FIGURES, "source")
#: Rows of one item, and characters of one cell, at most.
ROWS_MAX, CELL_MAX = 40, 200


class AwardIndicator(models.Model):
    """One row of the indicator table of a results item.

    Figures are kept as the decimal text that was typed, never as binary numbers.
    """

    _name = "award.indicator"
    _description = "Indicator of a Results Item"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, code, id"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    code = fields.Char("Item", required=True, readonly=True)
    name = fields.Char("Indicator", readonly=True)
    unit = fields.Char(readonly=True)
    value_1 = fields.Char("Two Years Before", readonly=True)
    value_2 = fields.Char("Year Before", readonly=True)
    value_3 = fields.Char("Last Year", readonly=True)
    target = fields.Char(readonly=True)
    competitor = fields.Char(readonly=True)
    benchmark = fields.Char(readonly=True)
    source = fields.Char(readonly=True)
    revision = fields.Integer(readonly=True, default=1, aggregator=None)
    saved_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    saved_at = fields.Datetime(readonly=True)
    beside_id = fields.Many2one(
        "award.indicator",
        "Kept Beside",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="The row that somebody else had changed meanwhile; a person chooses.",
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _cells(self):
        """What was typed, as plain data."""
        self.ensure_one()
        return {name: self[name] or "" for name in TYPED}

    @api.model
    def _chart(self, cells, years):
        """The chart of one row as SVG; "" while no year has a figure.

        :param cells: dict as `_cells` returns it
        :param years: labels of the three years, the oldest first
        """
        values = [cells[name] for name in indicator.FIGURES[:3]]
        if not any(values):
            return ""
        title = cells["name"] + (f" ({cells['unit']})" if cells["unit"] else "")
        lines = {
            name: (self._fields[name]._description_string(self.env), cells[name])
            for name in indicator.FIGURES[3:]
            if cells[name]
        }
        return indicator_chart.draw(title, years, values, lines)

    def _as_answer(self, years):
        """What the page learns of the row after it was saved."""
        self.ensure_one()
        at = fields.Datetime.context_timestamp(self, self.saved_at)
        return {
            "id": self.id,
            "revision": self.revision,
            "saved_at": at.strftime("%H:%M:%S"),
            "cells": self._cells(),
            "chart": self._chart(self._cells(), years),
        }


class AwardApplication(models.Model):
    _inherit = "award.application"

    indicator_ids = fields.One2many("award.indicator", "application_id")

    def _result_items(self):
        """The items in which results are asked for."""
        items = self.criteria_id._items().sorted("sequence")
        return items.filtered(lambda item: item.kind == "result")

    def _indicator_years(self):
        """The three years of the tables: those before the year of the award."""
        last = self.edition_id.award_year - 1
        return [str(last - 2), str(last - 1), str(last)]

    def _indicator_rows(self):
        """Rows that count: those kept beside another one wait for a choice."""
        return self.indicator_ids.filtered(lambda row: not row.beside_id).sorted("id")

    def _portal_indicator_cells(self, values):
        """The cells as they are kept, and what is wrong with them.

        :return: (dict of cells, dict column -> sentence)
        """
        Row = self.env["award.indicator"]
        cells, wrong = {}, {}
        for name in TYPED:
            if name not in values:
                continue
            typed = clean_text(values[name]).strip()
            label = Row._fields[name]._description_string(self.env)
            if len(typed) > CELL_MAX:
                wrong[name] = self.env._(
                    "%(field)s: at most %(most)s characters.",
                    field=label,
                    most=CELL_MAX,
                )
                continue
            try:
                cells[name] = typed if name in WORDS else indicator.exact(typed)
            except ValueError:
                wrong[name] = self.env._(
                    "%(field)s: “%(typed)s” is no decimal number. Give the unit in its "
                    "own column.",
                    field=label,
                    typed=typed,
                )
        return cells, wrong

    @api.model
    def _portal_save_indicator(self, application, code, values, row=None, revision=0):
        """Keep one row of the table of a results item.

        A row that somebody else has changed meanwhile is not overwritten: what was
        typed is kept beside it until a person chooses.

        :param code: number of the item
        :param values: dict column -> text
        :param row: id of the row, None for a new one
        :param revision: of the row as the page has shown it
        :return: dict as `_as_answer`, or `{"wrong": {column: sentence}}`, or
            `{"conflict": …}` with the row as it is and the one kept beside it
        """
        case = self._portal_writable(application, f"indicator:{clean_text(code)}")
        if code not in case._result_items().mapped("number"):
            case._refuse(Refusal("file_part_unknown"))
        cells, wrong = case._portal_indicator_cells(values)
        if wrong:
            return {"wrong": wrong}
        now = {"saved_by_id": self.env.uid, "saved_at": fields.Datetime.now()}
        Row, years = case.env["award.indicator"], case._indicator_years()
        if not row:
            if Row.search_count([("application_id", "=", case.id)]) >= (
                ROWS_MAX * len(case._result_items())
            ):
                case._refuse(Refusal("rows_too_many", None, {"most": ROWS_MAX}))
            made = Row.create({"application_id": case.id, "code": code, **cells, **now})
            return made._as_answer(years)
        found = case._portal_row(row, code)
        found.lock_for_update()
        same = all((found[name] or "") == cells[name] for name in cells)
        if found.revision != revision and not same:
            beside = Row.create(
                {
                    "application_id": case.id,
                    "code": code,
                    "beside_id": found.id,
                    **{**found._cells(), **cells},
                    **now,
                }
            )
            by = found.saved_by_id.name
            theirs = {**found._as_answer(years), "by": by}
            return {"conflict": theirs, "beside": beside._as_answer(years)}
        if not same:
            found.write({**cells, "revision": found.revision + 1, **now})
        return found._as_answer(years)

    def _portal_row(self, row, code=None):
        found = self.indicator_ids.filtered(
            lambda one: one.id == known_id(row) and code in (None, one.code)
        )
        if not found:
            error = MissingError(self.env._("There is no such row."))
            raise self._asked_in_vain(error, "award.indicator", known_id(row))
        return found

    @api.model
    def _portal_remove_indicator(self, application, row):
        """Take a row out of the table."""
        case = self._portal_case(application)
        found = case._portal_row(row)
        self._portal_writable(application, f"indicator:{found.code}")
        found.unlink()
        return case

    @api.model
    def _portal_choose_indicator(self, application, row):
        """Use a row that was kept beside another one instead of it."""
        case = self._portal_case(application)
        found = case._portal_row(row)
        self._portal_writable(application, f"indicator:{found.code}")
        kept = found.beside_id
        if kept:
            kept.write(
                {
                    **found._cells(),
                    "revision": kept.revision + 1,
                    "saved_by_id": self.env.uid,
                    "saved_at": fields.Datetime.now(),
                }
            )
            found.unlink()
        return case

    def _indicator_state(self):
        """The tables as the page shows them: `years`, `tables` by item."""
        years, rows = self._indicator_years(), self._indicator_rows()
        beside = (self.indicator_ids - rows).grouped("beside_id")
        by_item = rows.grouped("code")
        none = self.env["award.indicator"]
        return {
            "years": years,
            "figures": indicator.FIGURES,
            "tables": [
                {
                    "code": item.number,
                    "title": item.display_name,
                    "rows": [
                        {
                            **row._as_answer(years),
                            "beside": beside.get(row, none),
                        }
                        for row in by_item.get(item.number, none)
                    ],
                }
                for item in self._result_items()
            ],
        }
