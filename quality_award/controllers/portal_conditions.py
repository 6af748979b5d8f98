from odoo.http import request, route

from ..models.application.fact import FORM
from .portal import AwardPortal

#: Fields of the forms that state a fact.
FACT_FIELDS = tuple(
    dict.fromkeys(("kind", "code", *(name for form in FORM.values() for name in form)))
)


class AwardPortalConditions(AwardPortal):
    """What is done on the page of conditions."""

    @route(
        "/my/award/<int:application_id>/fact",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_fact(self, application_id, **post):
        """State a fact for a condition."""
        values = {name: post[name] for name in FACT_FIELDS if name in post}
        _done, refusal = self._try(
            self._applications()._portal_add_fact, application_id, values
        )
        if refusal:
            return self._award_page(application_id, "conditions", refusal)
        return request.redirect(f"/my/award/{application_id}/conditions")

    @route(
        "/my/award/<int:application_id>/fact/<int:fact_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_fact_remove(self, application_id, fact_id, **_kwargs):
        _done, refusal = self._try(
            self._applications()._portal_remove_fact, fact_id
        )
        if refusal:
            return self._award_page(application_id, "conditions", refusal)
        return request.redirect(f"/my/award/{application_id}/conditions")
