"""Refused reads leave an entry as well, written after the rollback.

A refusal undoes its transaction and would undo its entry with it. So the error
carries what was asked; when the cursor has rolled back because of that error, the
entry is written through a cursor of its own. That holds for every door alike (RPC,
JSON-2, pages, files, scheduled actions), costs nothing where nothing is refused,
and an error that somebody caught and lived with leaves nothing.
"""

import logging
import sys
from functools import partial

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError

from .asked import door_of_request
from .confidential import _open_for_writing

_logger = logging.getLogger(__name__)
#: Attribute of an error: what was asked, as tuples (uid, model, ids).
ASKED = "award_asked"
REFUSED = "refused"


def _possible(ids):
    """Those of `ids` that a record can have: saved, and an integer of the database."""
    return tuple(id_ for id_ in ids if id_ and 0 < id_ < 2**31)


def _marked_cause(error):
    """The marked error behind `error`, itself included; None without."""
    while error is not None and not getattr(error, ASKED, None):
        error = error.__cause__ or error.__context__
    return error


def _write_refused(registry, silent):
    """Write the entries of the error that has rolled the transaction back, once.

    :param silent: refusals without an error, whose entries were rolled back with it;
        a transaction that is tried again leaves them again by itself
    """
    error = sys.exc_info()[1]
    marked = _marked_cause(error)
    asked = vars(marked).pop(ASKED) if marked else []
    if error is not None and not isinstance(error, (psycopg2.Error, ConcurrencyError)):
        asked += silent
    if not asked:
        return
    try:
        with registry.cursor() as cr:
            for uid, model, ids in dict.fromkeys(asked):
                env = api.Environment(cr, uid, {})
                env["award.access.entry"]._leave(
                    door_of_request(), model, ids, outcome=REFUSED
                )
    except Exception:
        # Nothing was given out; the refusal must reach the person all the same.
        _logger.exception("A refused read could not be written: %s", asked)


class AwardAccessEntry(models.Model):
    _inherit = "award.access.entry"

    @api.model
    def _refused_later(self):
        """The list of silent refusals that a rollback of this cursor writes again."""
        callbacks = self.env.cr.postrollback
        if ASKED not in callbacks.data:
            silent = callbacks.data[ASKED] = []
            callbacks.add(partial(_write_refused, self.pool, silent))
        return callbacks.data[ASKED]

    @api.model
    def _mark_refused(self, error, model, ids):
        """Have `error` leave an entry if it undoes this transaction.

        :param error: the refusal that is about to be raised
        :param model: technical name of the confidential model that was asked
        :param ids: ids that were asked for, none where a whole model was refused
        :return: `error`
        """
        self._refused_later()
        asked = vars(error).setdefault(ASKED, [])
        asked.append((self.env.uid, model, _possible(ids)))
        return error

    @api.model
    def _mark_asked(self, error, records):
        """Have `error` leave entries on what a read of `records` asked for.

        :return: `error`, as it is where it says so already or nothing is of ours
        """
        if not getattr(error, ASKED, None):
            for model, ids in records._asked_of().items():
                self._mark_refused(error, model, ids)
        return error

    @api.model
    def _leave_refused(self, model, ids):
        """Leave the entry of a refusal that raises no error."""
        ids = _possible(ids)
        self._leave(door_of_request(), model, ids, outcome=REFUSED)
        self._refused_later().append((self.env.uid, model, ids))


class Base(models.AbstractModel):
    _inherit = "base"

    def _asked_of(self):
        """The confidential records that a read of `self` asks for, model -> ids."""
        return {self._name: self.ids} if self._is_confidential() else {}


class AwardConfidential(models.AbstractModel):
    _inherit = "award.confidential"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is None or operation != "read":
            return result
        forbidden, make_error = result
        Entry = self.env["award.access.entry"]
        return forbidden, lambda: Entry._mark_asked(make_error(), forbidden)

    def _check_field_access(self, field, operation):
        try:
            return super()._check_field_access(field, operation)
        except AccessError as error:
            if operation == "read":
                self.env["award.access.entry"]._mark_asked(error, self)
            raise

    @_open_for_writing
    def read(self, fields=None, load="_classic_read"):
        try:
            return super().read(fields, load)
        except AccessError as error:
            self._name_ids(error)
            raise

    def _name_ids(self, error):
        """Put the ids into `error`: a whole model is refused before they are seen."""
        asked = getattr(error, ASKED, None)
        whole = (self.env.uid, self._name, ())
        if asked and whole in asked:
            asked[asked.index(whole)] = (*whole[:2], _possible(self.ids))


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """`fetch` refuses without asking the model: by this method alone."""
        error = super()._make_access_error(operation, records)
        if operation == "read":
            self.env["award.access.entry"]._mark_asked(error, records)
        return error
