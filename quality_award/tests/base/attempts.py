"""Attempts of people on records, undone at once, and what they met."""

from contextlib import closing, contextmanager
from unittest.mock import patch

from psycopg2 import Error as DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

#: The attempt went through.
DONE = "done"
#: Rights let it in; a rule of ours, or the database, refused what was asked.
REFUSED = "refused"
#: The access rights or the record rules kept the person out.
DENIED = "denied"
#: Where people may not write just any field, the one that they may.
WRITABLE = {
    "award.application": "trade_id",
    "award.ban": "lifted_number",
    "award.consensus": "line_ids",
    "award.consensus.line": "note",
    "award.defence": "held_on",
    "award.defence.score": "points",
    "award.interest": "note",
    "award.list": "name",
    "award.panel.report": "text",
    "award.sheet": "line_ids",
    "award.sheet.line": "strengths",
    "award.visit": "report",
}
PLAIN = {"boolean", "char", "date", "datetime", "integer", "selection", "text"}
TO_MANY = {"one2many", "many2many"}
LOGGERS = (
    "odoo.sql_db",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.base.models.ir_rule",
    "odoo.models.unlink",
)


class Attempts:
    """Reads, writes, creates and deletes as one user; nothing of it stays.

    One savepoint serves the user for all attempts: an attempt that was kept out has
    written nothing, whatever came further is rolled back.
    """

    def __init__(self, env):
        self.env = env
        self._groups = {}
        self._written = {}

    @contextmanager
    def by(self, user):
        """The attempts in this block are those of `user`."""
        self.user = user
        self.env.flush_all()
        with (
            mute_logger(*LOGGERS),
            patch.object(
                type(self.env["ir.model.access"]),
                "group_names_with_access",
                self._groups_named(self.env["ir.model.access"]),
            ),
            closing(self.env.cr.savepoint()) as self._savepoint,
        ):
            yield self

    def _groups_named(self, access):
        """Each refusal names the groups that may: asked once, not for each attempt."""
        ask = access.group_names_with_access

        def named(_access, model, mode):
            if (model, mode) not in self._groups:
                self._groups[model, mode] = ask(model, mode)
            return self._groups[model, mode]

        return named

    def try_read(self, record):
        """Read what every model has; who may not, does not find the record either."""
        names = ["id", "create_date"] if record._log_access else ["id"]
        found = []

        def act():
            found.extend(record.search([("id", "=", record.id)]))
            record.read(names)

        outcome, words = self._try(act, undo=False)
        assert bool(found) == (outcome == DONE), f"{record}: search and read differ"
        return outcome, words

    def try_write(self, record):
        """Write what a field holds anyway: the door is asked, no rule is broken."""
        if record not in self._written:
            self._written[record] = self._as_it_is(record.sudo())
        written = self._written[record]
        return self._try(lambda: record.with_user(self.user).write(dict(written)))

    def _as_it_is(self, record):
        name = self._writable(record)
        field = record._fields[name]
        if field.type in TO_MANY:
            return {name: []}
        return {name: field.convert_to_write(record[name], record)}

    def try_create(self, model, values):
        """Create a record of `model` with `values`."""
        mine = self.env[model].with_user(self.user)
        may_insert = mine.has_access("create")
        return self._try(lambda: mine.create(dict(values)), undo=may_insert)

    def try_unlink(self, record):
        """Delete the record."""
        return self._try(record.with_user(self.user).unlink)

    def _try(self, act, undo=None):
        """What `act` met: an outcome and the words of whoever stood in the way.

        :param undo: whether to roll back; by default, unless rights were asked first
            and kept the person out, so that nothing has been written
        """
        outcome, said = DONE, ""
        try:
            act()
            self.env.cr.flush()
        except AccessError as error:
            outcome, said = DENIED, str(error)
        except (UserError, DatabaseError) as error:
            outcome, said = REFUSED, str(error)
        if outcome != DENIED if undo is None else undo:
            self._savepoint.rollback()
        return outcome, " ".join(said.split())

    @staticmethod
    def _writable(record):
        """A stored field that forms may write and that every role may see."""
        if name := WRITABLE.get(record._name):
            return name
        names = [
            name
            for name, field in record._fields.items()
            if field.type in PLAIN
            and field.store
            and not (field.readonly or field.related or field.compute)
            and not field.groups
            and name not in ("id", "state")
        ]
        if hasattr(record, "_open_fields"):
            names = sorted(record._open_fields().get(record.state, ())) or names
        return names[0] if names else "company_id"
