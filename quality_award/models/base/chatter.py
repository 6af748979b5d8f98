"""Messages and files of a confidential record are doors to it."""

from odoo import api, models
from odoo.exceptions import MissingError

from .confidential import _open_for_writing

#: Fields of a file that hold what is in it.
CONTENT = {"datas", "raw", "db_datas", "index_content"}


def _confidential(env, pairs):
    """The confidential records among `pairs` (model, id), as a dict model -> ids."""
    found = {}
    for model, id_ in pairs:
        if id_ and model in env and env[model]._is_confidential():
            found.setdefault(model, set()).add(id_)
    return {model: sorted(ids) for model, ids in found.items()}


def _leave_for(env, door_name, pairs):
    """Leave an entry on the confidential records among `pairs` (model, id)."""
    for model, ids in _confidential(env, pairs).items():
        env[model].browse(ids)._leave_entry(door_name)


def _marked(records, result, operation):
    """Have the refusal of `records` say which confidential records were asked."""
    if result is None or operation != "read":
        return result
    forbidden, make_error = result
    Entry = records.env["award.access.entry"]
    return forbidden, lambda: Entry._mark_asked(make_error(), forbidden)


def _leave_grouping_of(records, door_name, groupby):
    """A group over messages or files may hold their text: seen by whom has a role."""
    if records.env["award.lifecycle"]._group_roles():
        records.env["award.access.entry"]._leave(
            door_name, records._name, [], [*map(str, groupby)] or ["id"]
        )


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """Whoever may not read the record is given none, without an error."""
        thread = super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
        if not thread and mode == "read" and self._is_confidential():
            self.env["award.access.entry"]._leave_refused(self._name, [thread_id])
        return thread


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _about(self):
        """(model, id) of the record of each message, also where it is hidden."""
        messages = self.sudo()  # sudo: which record it is about, for the log
        return {(message.model, message.res_id) for message in messages}

    def _asked_of(self):
        return _confidential(self.env, self.exists()._about())

    def _check_access(self, operation):
        result = super()._check_access(operation)
        return _marked(self, result, operation)

    @api.model
    def _message_fetch(self, domain, *, thread=None, **kwargs):
        result = super()._message_fetch(domain, thread=thread, **kwargs)
        _leave_for(self.env, "messages", result["messages"]._about())
        return result

    @_open_for_writing
    def read(self, fields=None, load="_classic_read"):
        result = super().read(fields, load)
        seen = self.browse([row["id"] for row in result])
        _leave_for(self.env, "messages", seen._about())
        return result

    @api.model
    @_open_for_writing
    def search_read(self, domain=None, fields=None, *args, **kwargs):
        result = super().search_read(domain, fields, *args, **kwargs)
        seen = self.browse([row["id"] for row in result])
        _leave_for(self.env, "messages", seen._about())
        return result

    @_open_for_writing
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_open_for_writing
    def web_search_read(self, domain, specification, *args, **kwargs):
        return super().web_search_read(domain, specification, *args, **kwargs)

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        _leave_for(self.env, "messages", self._about())
        return result

    @api.model
    def _leave_grouping(self, door_name, groupby):
        result = super()._leave_grouping(door_name, groupby)
        _leave_grouping_of(self, door_name, groupby)
        return result


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _about(self):
        """(model, id) of the record of each file, also where it is hidden."""
        files = self.sudo()  # sudo: which record it belongs to, for the log
        return {(file.res_model, file.res_id) for file in files}

    def _asked_of(self):
        return _confidential(self.env, self.exists()._about())

    def _check_access(self, operation):
        result = super()._check_access(operation)
        return _marked(self, result, operation)

    def _to_http_stream(self):
        stream = super()._to_http_stream()
        if self.res_id and self.res_model in self.env:
            _leave_for(self.env, "file", [(self.res_model, self.res_id)])
        return stream

    def _leave_content(self, names):
        if not names or CONTENT & set(names):
            _leave_for(self.env, "file", self._about())

    @_open_for_writing
    def read(self, fields=None, load="_classic_read"):
        result = super().read(fields, load)
        self.browse([row["id"] for row in result])._leave_content(fields)
        return result

    @api.model
    @_open_for_writing
    def search_read(self, domain=None, fields=None, *args, **kwargs):
        result = super().search_read(domain, fields, *args, **kwargs)
        self.browse([row["id"] for row in result])._leave_content(fields)
        return result

    @_open_for_writing
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_open_for_writing
    def web_search_read(self, domain, specification, *args, **kwargs):
        return super().web_search_read(domain, specification, *args, **kwargs)

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        self._leave_content(fields_to_export)
        return result

    @api.model
    def _leave_grouping(self, door_name, groupby):
        result = super()._leave_grouping(door_name, groupby)
        _leave_grouping_of(self, door_name, groupby)
        return result


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(
        self, xmlid=None, res_model="ir.attachment", res_id=None, *args, **kwargs
    ):
        try:
            return super()._find_record(xmlid, res_model, res_id, *args, **kwargs)
        except MissingError as error:
            if res_model in self.env and self.env[res_model]._is_confidential():
                Entry = self.env["award.access.entry"]
                Entry._mark_refused(error, res_model, [res_id])
            raise

    def _record_to_stream(self, record, field_name):
        """A file kept in a column; one kept as an attachment is seen there."""
        stream = super()._record_to_stream(record, field_name)
        field = record._fields[field_name]
        if record._is_confidential() and not field.attachment:
            record._leave_entry("file")
        return stream
