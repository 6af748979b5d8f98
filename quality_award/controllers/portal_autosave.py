from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import Controller, request, route


class AwardPortalAutosave(Controller):
    """What the pages of an application keep by themselves, as JSON.

    A refusal is an answer like any other (`refused`, in words), so that a page can show
    it beside the text and keep the text; a record of somebody else is not found.
    """

    @route(
        "/my/award/<int:application_id>/chapter/<string:code>/save",
        type="jsonrpc",
        auth="user",
    )
    def award_autosave_chapter(
        self, application_id, code, revision=None, html=None, text=None, **_kwargs
    ):
        return self._answer(
            "_portal_autosave", application_id, code, revision, html, text
        )

    @route(
        "/my/award/<int:application_id>/field/<string:name>/save",
        type="jsonrpc",
        auth="user",
    )
    def award_autosave_field(
        self, application_id, name, value=None, was=None, **_kwargs
    ):
        return self._answer(
            "_portal_autosave_field", application_id, name, value, was
        )

    @route("/my/award/<int:application_id>/clean", type="jsonrpc", auth="user")
    def award_clean(self, application_id, html="", **_kwargs):
        """What may stay of something pasted."""
        return self._answer("_portal_clean", application_id, html)

    @route(
        "/my/award/<int:application_id>/copy/<int:copy_id>/drop",
        type="jsonrpc",
        auth="user",
    )
    def award_drop_copy(self, application_id, copy_id, **_kwargs):
        done = self._answer("_portal_drop_copy", application_id, copy_id)
        return done if isinstance(done, dict) else {"dropped": done}

    def _answer(self, method, *args):
        """What the method of the application returns, whole or not at all."""
        act = getattr(request.env["award.application"], method)
        try:
            with request.env.cr.savepoint():
                return act(*args)
        except (MissingError, AccessError) as error:
            raise request.not_found() from error
        except UserError as error:
            request.env.invalidate_all()
            return {"refused": str(error)}
