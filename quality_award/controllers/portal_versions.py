from odoo.http import request, route

from .portal import AwardPortal


class AwardPortalVersions(AwardPortal):
    """Handing in, and what was handed in: confirm, receipt, versions, copies."""

    # -- handing in ------------------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_confirm(self, application_id, **_kwargs):
        """The last question before handing in; what stands against it comes first."""
        asked = self._found(self._applications()._portal_submission, application_id)
        if asked["against"] or not asked["may_submit"]:
            return request.redirect(f"/my/award/{application_id}/preview")
        return self._award_shell(application_id, "confirm", **asked)

    @route(
        "/my/award/<int:application_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_submit(self, application_id, digest="", confirmed="", **_kwargs):
        """Hand in what was seen; a second click on the button finds it handed in."""
        _done, refusal = self._try(
            self._applications()._portal_submit_seen,
            application_id,
            digest,
            bool(confirmed),
        )
        if not refusal or self._handed_in(application_id):
            return request.redirect(f"/my/award/{application_id}?submitted=1")
        return self._award_page(application_id, "preview", refusal)

    def _handed_in(self, application_id):
        case = self._found(self._applications()._portal_case, application_id)
        return case.state == "submitted"

    # -- versions --------------------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/versions",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_versions(self, application_id, **_kwargs):
        versions = self._found(self._applications()._portal_versions, application_id)
        return self._award_shell(application_id, "versions", versions=versions)

    @route(
        "/my/award/<int:application_id>/versions/<int:version>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_version(self, application_id, version, **_kwargs):
        shown = self._found(
            self._applications()._portal_version, application_id, version
        )
        return self._award_shell(application_id, "version", **shown)

    # -- copies ----------------------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/earlier",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_earlier(self, application_id, **_kwargs):
        return self._award_copying(
            application_id, "earlier", self._applications()._portal_earlier
        )

    @route(
        "/my/award/<int:application_id>/earlier/<int:source_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_copying(self, application_id, source_id, **_kwargs):
        return self._award_copying(
            application_id, "copying", self._applications()._portal_copying, source_id
        )

    @route(
        "/my/award/<int:application_id>/earlier/<int:source_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_copy(self, application_id, source_id, **_kwargs):
        codes = request.httprequest.form.getlist("chapter")
        _done, refusal = self._try(
            self._applications()._portal_copy, application_id, source_id, codes
        )
        if refusal:
            return self._award_copying(
                application_id,
                "copying",
                self._applications()._portal_copying,
                source_id,
                refusal=refusal,
            )
        return request.redirect(f"/my/award/{application_id}/chapters?saved=1")

    def _award_copying(self, application_id, page, method, *args, refusal=None):
        """A page on copying; where nothing may be written, the case's first page."""
        shown, closed = self._try(method, application_id, *args)
        if closed:
            return self._award_page(application_id, "where", closed)
        if page == "earlier":
            shown = {"earlier": shown}
        return self._award_shell(application_id, page, refusal=refusal, **shown)
