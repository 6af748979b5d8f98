from odoo import fields, models
from odoo.exceptions import UserError

from .spreadsheet import write_table_to

#: Records that are in memory at a time.
BATCH = 500


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
        """One list of values for each record, with a bounded number in memory."""
        writers = [self._sheet_value(self._fields[name]) for name in names]
        columns = list(zip(names, writers, strict=True))
        for start in range(0, len(found), BATCH):
            batch = self.browse(found.ids[start : start + BATCH])
            batch.fetch(names)
            if self._is_confidential():
                batch._leave_entry("export_data")
            for record in batch:
                yield [write(record[name]) for name, write in columns]
            batch.invalidate_recordset(flush=False)

    def _sheet_value(self, field):
        """A function that turns a value of the field into that of a cell."""
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return lambda value: labels.get(value, value or "")
        if field.type == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return lambda value: words[bool(value)]
        if field.type == "datetime":
            return lambda value: value and fields.Datetime.context_timestamp(
                self, value
            ).replace(tzinfo=None)
        if field.type == "many2one":
            return self._sheet_names()
        if field.relational:
            return lambda value: "; ".join(value.mapped("display_name"))
        if field.type in ("integer", "float", "monetary"):
            return lambda value: value
        if field.type in ("binary", "json", "properties"):
            return lambda value: ""
        return lambda value: value or ""

    @staticmethod
    def _sheet_names():
        """Names of records, each asked for once."""
        known = {}

        def name_of(value):
            key = value.id
            if key not in known:
                known[key] = value.display_name or ""
            return known[key]

        return name_of
