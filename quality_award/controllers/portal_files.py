from odoo.http import request, route

from ..rules.content_check import SHOWN
from .portal import AwardPortal

#: Bytes of one request at most; each file is measured again while it is read.
REQUEST_MAX = 256 * 2**20
#: What a browser may do with a picture that it shows: nothing.
NOTHING = "default-src 'none'; sandbox"


def sent_files():
    """(name, stream) of each file of the request that has a name."""
    return [
        (found.filename, found.stream)
        for _field, found in request.httprequest.files.items(multi=True)
        if found.filename
    ]


class AwardPortalFiles(AwardPortal):
    """Files of an application: upload, download, removal."""

    @route(
        "/my/award/<int:application_id>/upload",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=REQUEST_MAX,
    )
    def award_upload(self, application_id, kind="", part="", **post):
        """Take the files of the form; says of each what became of it, as JSON.

        A form without script sends `page` and gets the page of documents instead.
        """
        result, refusal = self._try(
            self._applications()._portal_upload,
            application_id,
            kind,
            part,
            sent_files(),
        )
        taken, refused = result or ((), [])
        if post.get("page"):
            return self._award_after_files(application_id, refused, refusal)
        return request.make_json_response(
            {
                "files": [self._file_answer(file) for file in taken],
                "refused": [
                    {"name": name, "because": because} for name, because in refused
                ],
                **({"error": refusal} if refusal else {}),
            },
            status=422 if refusal else 200,
        )

    @staticmethod
    def _file_answer(file):
        return {
            "id": file.id,
            "name": file.name,
            "size": file.size,
            "mimetype": file.mimetype,
            "url": f"/award/file/{file.id}",
        }

    @route("/award/file/<int:file_id>", type="http", auth="user", methods=["GET"])
    def award_file(self, file_id, download=None, **_kwargs):
        """Give a file to those who may open it; the stream leaves the entry.

        Pictures and documents are shown, all else is saved; the type is the one that
        the content had when it was taken in, and the browser guesses none.
        """
        file = self._found(request.env["award.file"]._opened, file_id)
        stream = request.env["ir.binary"]._get_stream_from(
            file, "content", filename=file.name, mimetype=file.mimetype
        )
        shown = file.mimetype in SHOWN and not download
        # Browsers show no document in a sandbox; it may load nothing all the same.
        is_picture = file.mimetype.startswith("image/")
        response = stream.get_response(
            as_attachment=not shown,
            content_security_policy=NOTHING if is_picture else "default-src 'none'",
        )
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    @route(
        "/my/award/<int:application_id>/file/<int:file_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_file_remove(self, application_id, file_id, **_kwargs):
        """Remove an own file that nothing handed in names."""
        _done, refusal = self._try(self._applications()._portal_remove_file, file_id)
        return self._award_after_files(application_id, refusal=refusal)

    def _award_after_files(self, application_id, refused=(), refusal=None):
        """Back to the page of documents, with what was refused."""
        sentences = [refusal] if refusal else [because for _name, because in refused]
        if sentences:
            return self._award_documents(application_id, "\n".join(sentences))
        return request.redirect(f"/my/award/{application_id}/documents?saved=1")

    def _award_documents(self, application_id, refusal=None):
        state = self._found(self._applications()._portal_documents, application_id)
        return self._award_part("documents", state, refusal)

    def _award_part(self, tab, state, refusal=None):
        values = {
            **self._prepare_portal_layout_values(),
            **state,
            "page_name": "award",
            "tab": tab,
            "typed": {},
            "refusal": refusal,
            "saved": not refusal and "saved" in request.httprequest.args,
        }
        return request.render(f"quality_award.portal_award_{tab}", values)

