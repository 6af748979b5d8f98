from odoo.http import content_disposition, request, route

from ..models.application.evidence import FORM
from .portal_files import AwardPortalFiles, sent_files

#: Prefix of the form fields that hold pages of the report.
PAGES = "pages_"


class AwardPortalDocuments(AwardPortalFiles):
    """Pages of documents and indicators, and what is done on them."""

    @route(
        "/my/award/<int:application_id>/documents",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_documents(self, application_id, **_kwargs):
        return self._award_documents(application_id)

    @route(
        "/my/award/<int:application_id>/evidence/<int:evidence_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_evidence_save(self, application_id, evidence_id, **post):
        values = {name: post.get(name) for name in FORM}
        values["codes"] = request.httprequest.form.getlist("codes")
        _done, refusal = self._try(
            self._applications()._portal_save_evidence, evidence_id, values
        )
        return self._award_after_files(application_id, refusal=refusal)

    @route(
        "/my/award/<int:application_id>/evidence/<int:evidence_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_evidence_remove(self, application_id, evidence_id, **_kwargs):
        _done, refusal = self._try(
            self._applications()._portal_remove_evidence, evidence_id
        )
        return self._award_after_files(application_id, refusal=refusal)

    @route(
        "/my/award/<int:application_id>/report/pages",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_report_pages(self, application_id, **post):
        """Keep which pages of the report answer which item."""
        typed = {
            name.removeprefix(PAGES): text
            for name, text in post.items()
            if name.startswith(PAGES)
        }
        _done, refusal = self._try(
            self._applications()._portal_map_pages, application_id, typed
        )
        return self._award_after_files(application_id, refusal=refusal)

    @route(
        "/my/award/<int:application_id>/commit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_commit(self, application_id, kind="", code="", **_post):
        """Tick a commitment, or hand in the statement of declassification."""
        refused, refusal = self._try(
            self._applications()._portal_commit,
            application_id,
            kind,
            code,
            sent_files(),
        )
        return self._award_after_files(application_id, refused or (), refusal)

    @route(
        "/my/award/<int:application_id>/uncommit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_uncommit(self, application_id, kind="", code="", **_post):
        _done, refusal = self._try(
            self._applications()._portal_uncommit, application_id, kind, code
        )
        return self._award_after_files(application_id, refusal=refusal)

    @route(
        "/my/award/<int:application_id>/fact/<int:fact_id>/prove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_fact_prove(self, application_id, fact_id, code="", **_post):
        """Put a file beside a fact; refusals are shown on the page of conditions."""
        refused, refusal = self._try(
            self._applications()._portal_prove,
            application_id,
            fact_id,
            code,
            sent_files(),
        )
        sentences = [refusal] if refusal else [text for _name, text in refused]
        if sentences:
            return self._award_page(application_id, "conditions", "\n".join(sentences))
        return request.redirect(f"/my/award/{application_id}/conditions?saved=1")

    # -- the sealed version ---------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/print",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_print(self, application_id, page=None, **_kwargs):
        """The version in force, or the draft, as a document; as a page without it."""
        version = self._found(self._applications()._portal_print, application_id)
        if page or not version._can_print():
            return request.make_response(
                version._print_page(), [("Content-Type", "text/html; charset=utf-8")]
            )
        name = f"{version.version_code or 'draft'}.pdf"
        return request.make_response(
            version._printed(),
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "private, no-store"),
            ],
        )

    @route(
        "/my/award/<int:application_id>/seal",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_seal(self, application_id, version_code="", **_post):
        """Take the scan of the sealed version, for the code that is typed."""
        refused, refusal = self._try(
            self._applications()._portal_seal,
            application_id,
            version_code,
            sent_files(),
        )
        return self._award_after_files(application_id, refused or (), refusal)

    # -- indicators -------------------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/indicators",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_indicators(self, application_id, **_kwargs):
        return self._award_indicators(application_id)

    def _award_indicators(self, application_id, refusal=None):
        state = self._found(self._applications()._portal_indicators, application_id)
        return self._award_part("indicators", state, refusal)

    @route(
        "/my/award/<int:application_id>/indicator/<string:code>/save",
        type="jsonrpc",
        auth="user",
        methods=["POST"],
    )
    def award_indicator_save(self, application_id, code, values=None, **sent):
        """Keep one row; see `_portal_save_indicator` for what it answers."""
        unheard = sent.get("unheard")
        answer, refusal = self._try(
            self._applications()._portal_save_indicator,
            application_id,
            code,
            values if isinstance(values, dict) else {},
            sent.get("row"),
            sent.get("revision", 0),
            sent.get("token"),
            unheard if isinstance(unheard, dict) else None,
        )
        return {"refused": refusal} if refusal else answer

    @route(
        "/my/award/<int:application_id>/indicator/row/<int:row_id>/drop",
        type="jsonrpc",
        auth="user",
        methods=["POST"],
    )
    def award_indicator_drop(self, application_id, row_id, revision=0, **_kwargs):
        """Remove a row, unless somebody else has changed it meanwhile."""
        answer, refusal = self._try(
            self._applications()._portal_remove_indicator,
            application_id,
            row_id,
            revision,
        )
        return {"refused": refusal} if refusal else answer

    @route(
        "/my/award/<int:application_id>/indicator/row/<int:row_id>/<string:act>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_indicator_act(self, application_id, row_id, act, **_kwargs):
        """Remove a row, or choose one that was kept beside another."""
        acts = {
            "remove": self._applications()._portal_remove_indicator,
            "choose": self._applications()._portal_choose_indicator,
        }
        if act not in acts:
            raise request.not_found()
        _done, refusal = self._try(acts[act], application_id, row_id)
        if refusal:
            return self._award_indicators(application_id, refusal)
        return request.redirect(f"/my/award/{application_id}/indicators")
