"""What programs of the portal's pages learn of an error: what it is, not where.

Odoo sends the traceback of the server along with every error of a JSON route, to
whoever asks. Pages for strangers keep it to the log.
"""

import json
import re

from odoo import models
from odoo.http import request

#: Addresses of the add-on's own pages, with or without a language before them.
OURS = re.compile(r"(/[a-z]{2,3}(_[\w@]+)?)?(/my)?/award(/|$)")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        response = super()._handle_error(exception)
        if request.dispatcher.routing_type != "jsonrpc":
            return response
        if not OURS.match(request.httprequest.path):
            return response
        answer = response.get_json(silent=True)
        if isinstance(answer, dict) and "data" in answer.get("error", {}):
            answer["error"]["data"]["debug"] = ""
            response.set_data(json.dumps(answer))
        return response
