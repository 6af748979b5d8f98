from odoo import fields, models
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
        found = self.search(domain, order=order)
        rows = self._list_sheet_rows(found, names)
        title = self._description
        return write_table_to(target, headings, rows, title=title)

    def _list_sheet_rows(self, found, names):
        """One tuple of values for each record, with a bounded number in memory."""
        fields_ = [self._fields[name] for name in names]
        self.env.flush_all()
        ids = found._ids
        for start in range(0, len(ids), BATCH):
            yield from self.browse(ids[start : start + BATCH])._sheet_batch(fields_)
            # names of the records that were pointed to are put away as well
            self.env.invalidate_all()

    def _sheet_batch(self, fields_):
        """The rows of some records; nothing of them stays behind."""
        self.fetch([field.name for field in fields_ if not self._is_plain(field)])
        if self._is_confidential():
            self._leave_entry("export_data")
        plain = self._sheet_plain([f for f in fields_ if self._is_plain(f)])
        columns = [self._sheet_column(field, plain) for field in fields_]
        del plain
        yield from zip(*columns, strict=True)

    @staticmethod
    def _is_plain(field):
        """Whether cells may come from the column, without records in between."""
        kept = field.store and field.column_type and not field.company_dependent
        return kept and field.type in PLAIN and not field.translate

    def _sheet_plain(self, fields_):
        """The columns of these fields: dict name -> values in the order of `self`.

        The user's rules are part of the query; of what they hide nothing is shown.

        :raise AccessError: a model or field that the user may not read
        """
        self.browse().check_access("read")
        everyone = self.with_context(active_test=False)  # as a list finds them
        query = everyone._search([("id", "in", self._ids)])
        columns = [self._field_to_sql(query.table, field.name) for field in fields_]
        id_column = SQL.identifier(query.table, "id")
        rows = self.env.execute_query(query.select(id_column, *columns))
        found = {id_: values for id_, *values in rows}
        empty = [None] * len(fields_)
        values = zip(*(found.get(id_, empty) for id_ in self._ids), strict=True)
        return dict(zip((field.name for field in fields_), values, strict=False))

    def _sheet_column(self, field, plain):
        """The cells of one column, for each record.

        :param plain: what `_sheet_plain` has given
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
            return [value and self._sheet_instant(value) for value in values]
        if field.type == "many2one":
            ids = [getattr(value, "id", value) for value in values]
            others = self.env[field.comodel_name].browse(set(ids) - {None, False})
            names = others._sheet_names()
            return [names.get(id_) or "" for id_ in ids]
        if field.relational:
            return ["; ".join(value.mapped("display_name")) for value in values]
        return [value or "" for value in values]

    def _sheet_names(self):
        """What the records are called: dict id -> name.

        A name that is a column and nothing else is read as one.
        """
        named = self._fields.get(self._rec_name)
        own = type(self)._compute_display_name
        if own is models.BaseModel._compute_display_name and named:
            if named.type == "char" and self._is_plain(named):
                names = self._sheet_plain([named])[named.name]
                return dict(zip(self._ids, names, strict=True))
        return {one.id: one.display_name for one in self}

    def _sheet_instant(self, value):
        """An instant in the user's time, as cells know it."""
        return fields.Datetime.context_timestamp(self, value).replace(tzinfo=None)
