from odoo.http import request, route

from .portal import AwardPortal

PROFILE_FIELDS = (
    "legal_representative",
    "industry_code",
    "name",
    "post",
    "phone",
    "mobile",
    "email",
)
OPINION_FIELDS = (
    "text",
    "sealed_by",
    "sealed_on",
    "notice_from",
    "notice_to",
    "notice_place",
    "notice_result",
)


class AwardPortalPeople(AwardPortal):
    """Profile, colleagues, invitations, questions and the employer's opinion."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "award_count" in counters:
            values["award_count"] = self._applications()._portal_count()
        return values

    # -- profile ---------------------------------------------------------------
    @route(
        "/my/award/profile/<int:applicant_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_profile(self, applicant_id, **post):
        if request.httprequest.method == "GET":
            return self._award_profile(applicant_id)
        values = {name: post[name] for name in PROFILE_FIELDS if name in post}
        done = self._applications()._portal_save_profile
        return self._after(
            self._try(done, applicant_id, values),
            f"/my/award/profile/{self._number(applicant_id)}?saved=1",
            self._award_profile,
            applicant_id,
            values,
        )

    @route(
        "/my/award/profile/<int:applicant_id>/deputy",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_deputy(self, applicant_id, **post):
        values = {name: post[name] for name in PROFILE_FIELDS if name in post}
        return self._after(
            self._try(self._applications()._portal_add_deputy, applicant_id, values),
            f"/my/award/profile/{self._number(applicant_id)}?saved=1",
            self._award_profile,
            applicant_id,
            {"deputy": values},
        )

    @route(
        "/my/award/profile/<int:applicant_id>/deputy/<int:officer_id>/end",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_deputy_end(self, applicant_id, officer_id, **_kwargs):
        done = self._applications()._portal_end_deputy
        return self._after(
            self._try(done, applicant_id, officer_id),
            f"/my/award/profile/{self._number(applicant_id)}?saved=1",
            self._award_profile,
            applicant_id,
        )

    def _award_profile(self, applicant_id, typed=None, refusal=None):
        state = self._found(self._applications()._portal_profile, applicant_id)
        return self._people_page(
            "quality_award.portal_award_profile", state, typed, refusal
        )

    # -- colleagues ------------------------------------------------------------
    @route(
        "/my/award/colleagues/<int:applicant_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_colleagues(self, applicant_id, **_kwargs):
        return self._award_colleagues(applicant_id)

    @route(
        "/my/award/colleagues/<int:applicant_id>/invite",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_invite(self, applicant_id, email="", right="", **_kwargs):
        done = self._applications()._portal_invite
        return self._after(
            self._try(done, applicant_id, email, right),
            f"/my/award/colleagues/{self._number(applicant_id)}?saved=1",
            self._award_colleagues,
            applicant_id,
            {"email": email, "right": right},
        )

    @route(
        "/my/award/colleagues/<int:applicant_id>/withdraw/<int:invitation_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_uninvite(self, applicant_id, invitation_id, **_kwargs):
        return self._after(
            self._try(self._applications()._portal_uninvite, invitation_id),
            f"/my/award/colleagues/{self._number(applicant_id)}?saved=1",
            self._award_colleagues,
            applicant_id,
        )

    @route(
        "/my/award/colleagues/<int:applicant_id>/change/<int:member_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_colleague_change(self, applicant_id, member_id, right="", **_kwargs):
        applications = self._applications()
        if right == "remove":
            tried = self._try(applications._portal_remove_colleague, member_id)
        else:
            tried = self._try(applications._portal_change_colleague, member_id, right)
        path = f"/my/award/colleagues/{self._number(applicant_id)}?saved=1"
        if not tried[1] and not applications._portal_acts_for(applicant_id):
            path = "/my/award"  # who has removed himself sees the page no more
        return self._after(tried, path, self._award_colleagues, applicant_id)

    def _award_colleagues(self, applicant_id, typed=None, refusal=None):
        state = self._found(self._applications()._portal_colleagues, applicant_id)
        return self._people_page(
            "quality_award.portal_award_colleagues", state, typed, refusal
        )

    @route(
        "/my/award/invitation/<int:invitation_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_invitation(self, invitation_id, code="", decline="", **_kwargs):
        applications = self._applications()
        show = self._award_invitation
        if request.httprequest.method == "GET":
            return show(invitation_id)
        if decline:
            tried = self._try(applications._portal_decline, invitation_id)
        else:
            tried = self._try(applications._portal_accept, invitation_id, code)
        return self._after(tried, "/my/award", show, invitation_id, {"code": code})

    def _award_invitation(self, invitation_id, typed=None, refusal=None):
        found = self._applications()._portal_invitation_shown
        state = {"invitation": self._found(found, invitation_id)}
        return self._people_page(
            "quality_award.portal_award_invitation", state, typed, refusal
        )

    # -- questions -------------------------------------------------------------
    @route(
        "/my/award/questions",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_questions(self, edition="", category="", text="", **_kwargs):
        typed = {"edition": edition, "category": category, "text": text}
        if request.httprequest.method == "GET":
            return self._award_questions({"edition": edition})
        tried = self._try(
            request.env["award.question"]._portal_ask, edition, category, text
        )
        if tried[1]:
            return self._award_questions(typed, tried[1])
        return request.redirect("/my/award/questions?saved=1")

    def _award_questions(self, typed=None, refusal=None):
        questions = request.env["award.question"]
        options = questions._fields["category"]._description_selection(request.env)
        state = {
            "questions": questions._portal_questions(),
            "categories": options,
            "editions": self._applications()._portal_asked_about(),
        }
        return self._people_page(
            "quality_award.portal_award_questions", state, typed, refusal
        )

    # -- the employer ----------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/opinion",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_opinion(self, application_id, **post):
        if request.httprequest.method == "GET":
            return self._award_opinion(application_id)
        values = {name: post[name] for name in OPINION_FIELDS if name in post}
        done = self._applications()._portal_save_opinion
        return self._after(
            self._try(done, application_id, values),
            f"/my/award/{self._number(application_id)}/opinion?saved=1",
            self._award_opinion,
            application_id,
            values,
        )

    def _award_opinion(self, application_id, typed=None, refusal=None):
        state = self._found(self._applications()._portal_opinion_page, application_id)
        return self._people_page(
            "quality_award.portal_award_opinion", state, typed, refusal
        )

    # -- helpers ---------------------------------------------------------------
    @staticmethod
    def _number(value):
        """An id as part of an address."""
        return int(value)

    def _after(self, tried, path, page, id_, typed=None):
        """Go on where an act is done; show the page with the refusal where not."""
        _done, refusal = tried
        if refusal:
            return page(id_, typed, refusal)
        return request.redirect(path)

    def _people_page(self, template, state, typed=None, refusal=None):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "award",
            "edition": state["case"].edition_id if "case" in state else None,
            "kept": [],
            "typed": typed or {},
            "refusal": refusal,
            "saved": not refusal and "saved" in request.httprequest.args,
            **state,
        }
        return request.render(template, values)
