from odoo.http import request, route

from .portal import AwardPortal

FIELDS = ("discipline", "conduct", "remark")


class AwardPortalFeedback(AwardPortal):
    """The visited unit speaks of the panel; only the supervisors read it."""

    @route(
        "/my/award/<int:application_id>/feedback/<int:visit_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_feedback(self, application_id, visit_id, **post):
        values = {name: post[name] for name in FIELDS if name in post}
        _done, refusal = self._try(
            self._applications()._portal_give_feedback,
            application_id,
            visit_id,
            values,
        )
        if refusal:
            return self._award_page(application_id, "where", refusal, values)
        return request.redirect(f"/my/award/{application_id}")
