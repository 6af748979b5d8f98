"""What the current request asked, in words fit for the access log.

Only names that the server knows (methods, patterns of routes), never what a client
typed: the log holds no personal data.
"""

from odoo import models
from odoo.http import request
from odoo.service.server import thread_local

_CALL_KW = ("/web/dataset/call_kw", "/web/dataset/call_button")
_JSON_2 = "/json/2/<__model__>/<__method__>"
_OLD_RPC = ("/xmlrpc/", "/jsonrpc")  # may be served without a database: no route


def _route():
    return getattr(request, "award_route", None) if request else None


def rpc_call():
    """(model, method) of the RPC call that is being answered, (None, None) if none."""
    route = _route() or ""
    if route.startswith(_CALL_KW):
        return request.params.get("model"), request.params.get("method")
    if route == _JSON_2:
        return request.params.get("__model__"), request.params.get("__method__")
    if not route or route.startswith(_OLD_RPC):
        called = getattr(thread_local, "rpc_model_method", "")
        model, _dot, method = called.rpartition(".")
        return model or None, method or None
    return None, None


def door_of_request():
    """The RPC method, or else the pattern of the route, or `server` without one."""
    return rpc_call()[1] or _route() or "server"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        request.award_route = rule.rule
        return super()._pre_dispatch(rule, args)
