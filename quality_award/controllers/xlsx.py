import json
import tempfile

from werkzeug.exceptions import InternalServerError
from werkzeug.wsgi import wrap_file

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route, serialize_exception
from odoo.tools import osutil

from odoo.addons.web.controllers.export import ExcelExport

from ..models.base.spreadsheet import MIMETYPE, write_table

#: Bytes of a table that stay in memory before they go to a file.
IN_MEMORY = 2**20
#: Letters in one file at most.
LETTERS_MAX = 500
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _attached(response, title):
    name = osutil.clean_filename(f"{title}.xlsx")
    response.headers["Content-Type"] = MIMETYPE
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class AwardExcelExport(ExcelExport):
    """Lists of the addon as XLSX, streamed; other exports are Odoo's own."""

    @route()
    def web_export_xlsx(self, data):
        asked = json.loads(data)
        if not self._is_plain_list(asked):
            return super().web_export_xlsx(data)
        model = request.env[asked["model"]].with_context(**asked.get("context", {}))
        domain = [("id", "in", asked["ids"])] if asked["ids"] else asked["domain"]
        columns = [(one["name"], one["label"]) for one in asked["fields"]]
        table = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        try:
            model._list_to_sheet(table, domain, columns)
        except UserError as error:  # what the web client's download can show
            data = serialize_exception(error)
            told = json.dumps({"code": 0, "message": str(error), "data": data})
            raise InternalServerError(told) from error
        table.seek(0)
        body = wrap_file(request.httprequest.environ, table)
        response = request.make_response(None)
        response.response, response.direct_passthrough = body, True
        response.call_on_close(table.close)
        return _attached(response, model._description)

    @staticmethod
    def _is_plain_list(asked):
        """A list of the addon without groups, columns of its own model only."""
        name = asked.get("model") or ""
        if not name.startswith("award.") or name not in request.env:
            return False
        if asked.get("import_compat") or asked.get("groupby"):
            return False
        if not request.env.user.has_group("base.group_allow_export"):
            return False  # Odoo says so in its own words
        known = request.env[name]._fields
        return all(one["name"] in known for one in asked.get("fields") or ())

    @route(
        "/award/xlsx/template/<string:model>/<int:dialog_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def award_xlsx_template(self, model, dialog_id):
        """The empty table that an import dialogue of the user takes."""
        known = model in request.env and request.env[model]
        if known is False or "award.sheet.import" not in (known._inherit or ()):
            raise request.not_found()
        dialog = known.browse(dialog_id).exists()
        if not dialog or not dialog.has_access("read"):
            raise request.not_found()
        head = [names[0] for names in dialog._head().values()]
        response = request.make_response(write_table(head, []))
        return _attached(response, dialog._description)

    @route(
        "/award/letters.docx", type="http", auth="user", methods=["GET"], readonly=False
    )
    def award_letters(self, ids="", **_kwargs):
        """Letters as one file; only those that the user may read."""
        asked = ids.split(",")[:LETTERS_MAX]
        if not all(one.isdecimal() for one in asked):
            raise request.not_found()
        wanted = [number for one in asked if (number := int(one)) < 2**31]
        letters = request.env["award.letter"].browse(wanted).exists()
        if not letters or not letters.has_access("read"):
            raise request.not_found()
        letters._leave_entry("letters_docx")
        response = request.make_response(letters._docx())
        _attached(response, request.env._("Letters"))
        response.headers["Content-Type"] = DOCX
        name = osutil.clean_filename(f"{request.env._('Letters')}.docx")
        response.headers["Content-Disposition"] = content_disposition(name)
        return response
