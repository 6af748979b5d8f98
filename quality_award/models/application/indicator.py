import re
from uuid import uuid4

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from ...rules import indicator, indicator_chart
from ...rules.refusal import Refusal
from .portal_applicant import clean_text, known_id

#: Columns of a row that are typed, in the order of the table.
WORDS = ("name", "unit", "source")
TYPED = ("name", "unit", *indicator.FIGURES, "source")
#: Rows of one item, and characters of one cell, at most.
ROWS_MAX, CELL_MAX = 40, 200
_TOKEN = re.compile(r"[0-9a-f]{32}")


def known_token(value):
    """What a page calls a row that it makes; a new one for anything else."""
    is_token = isinstance(value, str) and _TOKEN.fullmatch(value)
    return value if is_token else uuid4().hex


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
    token = fields.Char(
        readonly=True,
        copy=False,
        help="What the page that made the row calls it: asked again, the same row.",
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    _made_once = models.UniqueIndex("(application_id, token)")

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _cells(self):
        """What was typed, as plain data."""
        self.ensure_one()
        return {name: self[name] or "" for name in TYPED}

    def _is_seen(self, revision, unheard):
        """Whether a writer knows the row as it is now.

        :param revision: the last one that he was shown
        :param unheard: cells that he has sent without hearing of them, or None
        """
        is_as_sent = unheard is not None and self._cells() == {
            **dict.fromkeys(TYPED, ""),
            **unheard,
        }
        return is_as_sent or self.revision in (0, revision)

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

    def _token_beside(self, token):
        """The token of what is kept beside: the row itself may bear the page's."""
        return token if self.token != token else f"{token}0"

    def _keep(self, cells):
        """What somebody has typed, as the next revision."""
        self.write(
            {
                **cells,
                "revision": self.revision + 1,
                "saved_by_id": self.env.uid,
                "saved_at": fields.Datetime.now(),
            }
        )

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
    def _portal_save_indicator(
        self, application, code, values, row=None, revision=0, token=None, unheard=None
    ):
        """Keep one row of the table of a results item.

        A row that somebody else has changed meanwhile is not overwritten: what was
        typed is kept beside it until a person chooses.

        :param code: number of the item
        :param values: dict column -> text
        :param row: id of the row, None for a new one
        :param revision: of the row as the page has shown it
        :param token: what the page calls the row that is made for it, new or beside
        :param unheard: dict column -> text that was sent and never answered
        :return: dict as `_as_answer`, or `{"wrong": {column: sentence}}`, or
            `{"conflict": …}` with the row as it is and the one kept beside it
        """
        case = self._portal_writable(application, f"indicator:{clean_text(code)}")
        if code not in case._result_items().mapped("number"):
            case._refuse(Refusal("file_part_unknown"))
        cells, wrong = case._portal_indicator_cells(values)
        if wrong:
            return {"wrong": wrong}
        token = known_token(token)
        found = case._portal_row_held(code, row, token)
        if unheard is not None:
            unheard, _wrong = case._portal_indicator_cells(unheard)
        has_news = not cells.items() <= found._cells().items()
        if has_news and not found._is_seen(revision, unheard):
            return case._portal_keep_beside(found, cells, token)
        if has_news or not found.revision:
            found._keep(cells)
        case.indicator_ids.filtered(
            lambda one: one.beside_id == found
            and one.token == found._token_beside(token)
        ).unlink()
        return found._as_answer(case._indicator_years())

    def _portal_keep_beside(self, found, cells, token):
        """Keep what comes second beside the row, and show both."""
        beside = self._portal_row_made(found.code, found._token_beside(token), found)
        beside._keep({**found._cells(), **cells})
        years = self._indicator_years()
        theirs = {**found._as_answer(years), "by": found.saved_by_id.name}
        return {"conflict": theirs, "beside": beside._as_answer(years)}

    def _portal_row_held(self, code, row, token):
        """The row of an id, or the one made for a page, until the transaction ends.

        Who comes while it is held waits, and is then told what has changed.
        """
        if not row:
            return self._portal_row_made(code, token)
        found = self._portal_row(row, code)
        self.env.cr.execute(
            SQL("SELECT id FROM award_indicator WHERE id = %s FOR UPDATE", found.id)
        )
        found.invalidate_recordset()
        return found

    def _portal_row_made(self, code, token, beside=None):
        """The row of a token: asked for twice, even at the same moment, it is one."""
        Row, items = self.env["award.indicator"], self._result_items()
        is_new = not Row.search_count(
            [("application_id", "=", self.id), ("token", "=", token)], limit=1
        )
        if is_new and not beside and len(self.indicator_ids) >= ROWS_MAX * len(items):
            self._refuse(Refusal("rows_too_many", None, {"most": ROWS_MAX}))
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO award_indicator (application_id, company_id, code,
                               token, beside_id, revision, create_uid, create_date)
                        VALUES (%s, %s, %s, %s, %s, 0, %s, %s)
                   ON CONFLICT (application_id, token) DO NOTHING""",
                self.id,
                self.company_id.id,
                code,
                token,
                beside.id if beside else None,
                self.env.uid,
                fields.Datetime.now(),
            )
        )
        self.env.cr.execute(
            SQL(
                """SELECT id FROM award_indicator
                    WHERE application_id = %s AND token = %s FOR UPDATE""",
                self.id,
                token,
            )
        )
        made = Row.browse(self.env.cr.fetchone())
        made.invalidate_recordset()
        self.invalidate_recordset(["indicator_ids"])
        return self._portal_row(made.id, code)

    def _portal_row(self, row, code=None):
        found = self.indicator_ids.filtered(
            lambda one: one.id == known_id(row) and code in (None, one.code)
        )
        if not found:
            error = MissingError(self.env._("There is no such row."))
            raise self._asked_in_vain(error, "award.indicator", known_id(row))
        return found

    @api.model
    def _portal_remove_indicator(self, application, row, revision=None):
        """Take a row out of the table.

        What was kept beside it stays, as a row of its own.

        :param revision: of the row as the page has shown it, None for whatever it is
        :return: dict `removed`, or `conflict` with the row as it is
        """
        case = self._portal_case(application)
        found = case._portal_row(row)
        self._portal_writable(application, f"indicator:{found.code}")
        found = case._portal_row_held(found.code, found.id, None)
        if revision is not None and found.revision != revision:
            theirs = found._as_answer(case._indicator_years())
            return {"conflict": {**theirs, "by": found.saved_by_id.name}}
        kept = case.indicator_ids.filtered(lambda one: one.beside_id == found)
        kept.write({"beside_id": False})
        found.unlink()
        return {"removed": True}

    @api.model
    def _portal_choose_indicator(self, application, row):
        """Use a row that was kept beside another one instead of it."""
        case = self._portal_case(application)
        found = case._portal_row(row)
        self._portal_writable(application, f"indicator:{found.code}")
        if found.beside_id:
            found.beside_id._keep(found._cells())
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
                            "chart": Markup(row._chart(row._cells(), years)),
                            "token": row.token or "",
                            "beside": beside.get(row, none),
                        }
                        for row in by_item.get(item.number, none)
                    ],
                }
                for item in self._result_items()
            ],
        }
