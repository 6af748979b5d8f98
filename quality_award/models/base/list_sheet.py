import uuid
from datetime import UTC

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .spreadsheet import write_table_to

#: Records that are in memory at a time.
BATCH = 500
#: Types whose column in the database holds what the cell shows, or an id.
PLAIN = frozenset(
    "char text selection boolean integer float monetary date datetime many2one".split()
)


class Base(models.AbstractModel):
    """Any list as a table in XLSX: the columns on screen, in the words on screen."""

    _inherit = "base"

    def _list_to_sheet(self, target, domain, columns, *, order=None):
        """Write the records found into an open binary file, batch by batch.

        The user's rights and rules decide what is found; who exports leaves an entry
        on each record.

        :param domain: search of the list
        :param columns: list of (name of a field, heading)
        :return: number of rows
        :raise UserError: without the right to export
        """
        if not self.env.user.has_group("base.group_allow_export"):
            raise UserError(
                self.env._("You may not export data. Ask the administrator.")
            )
        names = [name for name, _heading in columns]
        headings = [heading for _name, heading in columns]
        rows = self._list_sheet_rows(domain, names, order)
        return write_table_to(target, headings, rows, title=self._description)

    def _list_sheet_rows(self, domain, names, order=None):
        """One tuple of values for each record found, a bounded number in memory."""
        self.env.flush_all()
        fields_ = [self._fields[name] for name in names]
        plain = [field for field in fields_ if self._is_plain(field)]
        known = {}  # names of the records that most rows point to
        for batch in self._list_sheet_batches(domain, plain, order):
            ids, *columns = zip(*batch, strict=True)
            values = dict(zip((field.name for field in plain), columns, strict=True))
            records = self.browse(ids)
            records.fetch([field.name for field in fields_ if field not in plain])
            if self._is_confidential():
                records._leave_entry("export_data")
            cells = [records._sheet_column(field, values, known) for field in fields_]
            yield from zip(*cells, strict=True)
            # names of the records that were pointed to are put away as well
            self.env.invalidate_all()

    def _list_sheet_batches(self, domain, plain, order):
        """Lists of (id, value of each field), read batch by batch from the database.

        The user's rights and rules are part of the query, which is run once.

        :param plain: fields whose column holds the value
        :raise AccessError: a model or field that the user may not read
        """
        query = self._search(domain, order=order or self._order)
        columns = [self._field_to_sql(query.table, field.name) for field in plain]
        select = query.select(SQL.identifier(query.table, "id"), *columns)
        cursor = SQL.identifier(f"award_list_{uuid.uuid4().hex}")
        self.env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", cursor, select))
        while batch := self.env.execute_query(SQL("FETCH %s FROM %s", BATCH, cursor)):
            yield batch
        self.env.cr.execute(SQL("CLOSE %s", cursor))

    @staticmethod
    def _is_plain(field):
        """Whether cells may come from the column, without records in between."""
        kept = field.store and field.column_type and not field.company_dependent
        return kept and field.type in PLAIN and not field.translate

    def _sheet_column(self, field, plain, known):
        """The cells of one column, for each record.

        :param plain: dict name of a field -> values read from its column
        :param known: dict name of a field -> dict id -> name; kept over the batches
        """
        if field.type in ("binary", "json", "properties"):
            return [""] * len(self)
        values = plain.get(field.name)
        if values is None:
            values = [record[field.name] for record in self]
        if field.type in ("integer", "float", "monetary"):
            return [value or 0 for value in values]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return [labels.get(value, value or "") for value in values]
        if field.type == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return [words[bool(value)] for value in values]
        if field.type == "datetime":
            zone = self.env.tz
            return [value and _instant(value, zone) for value in values]
        if field.type == "many2one":
            return self._sheet_links(field, values, known)
        if field.relational:
            return ["; ".join(value.mapped("display_name")) for value in values]
        return [value or "" for value in values]

    def _sheet_links(self, field, values, known):
        """What the records are called that one column points to."""
        ids = [getattr(value, "id", value) for value in values]
        names = known.setdefault(field.name, {})
        if len(names) > BATCH:
            names.clear()
        others = self.env[field.comodel_name].browse(
            set(ids) - names.keys() - {None, False}
        )
        names.update(others and others._sheet_names())
        return [names.get(id_) or "" for id_ in ids]

    def _sheet_names(self):
        """What the records are called: dict id -> name.

        A name that is a column and nothing else is read as one. Of what rules hide
        nothing is shown.
        """
        named = self._fields.get(self._rec_name)
        own = type(self)._compute_display_name
        if own is models.BaseModel._compute_display_name and named:
            if named.type == "char" and self._is_plain(named):
                everyone = self.with_context(active_test=False)  # as a list finds them
                query = everyone._search([("id", "in", self._ids)])
                id_column = SQL.identifier(query.table, "id")
                name = self._field_to_sql(query.table, named.name)
                return dict(self.env.execute_query(query.select(id_column, name)))
        return {one.id: one.display_name for one in self}


def _instant(value, zone):
    """An instant in a time zone, as cells know it: without the zone."""
    return value.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
