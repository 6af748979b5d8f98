"""A form sent after the session is over: a page in words, with what was typed.

Odoo answers with a bare “bad request”, or with the login page, and the text is gone.
An address that no database can hold is answered here as well: it is not found.
"""

from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.http import Response, SessionExpiredException, request

#: Addresses of the add-on's own pages.
PATHS = ("/my/award", "/award")
#: How Odoo's refusal of a token begins.
TOKEN_REFUSED = "Session expired"
#: Characters that are handed back at most; a form of all chapters is below.
TYPED_MAX = 4_000_000


def _is_lost_form(exception):
    """Whether a form of ours was refused for its session or token."""
    http = request.httprequest
    path = http.path
    ours = any(path.startswith((own, *_in_languages(own))) for own in PATHS)
    lost = isinstance(exception, SessionExpiredException) or (
        isinstance(exception, BadRequest)
        and str(exception.description).startswith(TOKEN_REFUSED)
    )
    reader = "text/html" in (http.headers.get("Accept") or "")
    return ours and lost and reader and http.method == "POST"


def _in_languages(path):
    """The address in each language that the site speaks."""
    codes = request.env["res.lang"]._get_frontend()
    return tuple(f"/{lang.url_code}{path}" for lang in codes.values())


def _is_from_here():
    """Whether the form was on a page of this site: another site gets nothing back."""
    http = request.httprequest
    origin = http.headers.get("Origin") or http.headers.get("Referer") or ""
    return urlsplit(origin).netloc == http.host


def _typed():
    """What the form held: (list of (name, value), names of files)."""
    http = request.httprequest
    fields = [
        (name, value)
        for name, value in http.form.items(multi=True)
        if name != "csrf_token"
    ]
    if sum(len(value) for _name, value in fields) > TYPED_MAX:
        fields = []
    files = [file.filename for file in http.files.values() if file.filename]
    return fields, files


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        """An address with a NUL is not found; Odoo would ask the database for it."""
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _handle_error(cls, exception):
        if not getattr(request, "is_frontend", False) or not _is_lost_form(exception):
            return super()._handle_error(exception)
        request.env.cr.rollback()
        if isinstance(exception, SessionExpiredException):
            request.session.logout(keep_db=True)
        if not request.env.uid:
            cls._auth_method_public()
        cls._frontend_pre_dispatch()
        fields, files = _typed() if _is_from_here() else ([], [])
        values = {
            "page_name": "award",
            "path": request.httprequest.path,
            "is_logged_in": not request.env.user._is_public(),
            "typed_fields": fields,
            "lost_files": files,
            "token": request.csrf_token(),
        }
        html = request.env["ir.ui.view"]._render_template(
            "quality_award.portal_award_expired", values
        )
        response = Response(html, status=400, content_type="text/html;charset=utf-8")
        cls._post_dispatch(response)
        return response
