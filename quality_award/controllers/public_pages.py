from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, content_disposition, request, route


class AwardPublicPages(Controller):
    """What everybody may read without a login: announced editions and nothing else.

    Each page is built of plain values (`award.edition._public_…`); a page that is not
    there, and an edition that is not announced, are the same “not found”.
    """

    @route("/award", type="http", auth="public", website=True, methods=["GET"])
    def public_editions(self, **_kwargs):
        editions = request.env["award.edition"]._public_editions()
        heads = [one.with_company(one.company_id)._public_head() for one in editions]
        agencies = {}
        for head in heads:
            agencies.setdefault(head["agency"], []).append(head)
        company = editions[:1].company_id or request.env.company
        return self._public_page(
            "quality_award.public_editions", None, company, agencies=agencies
        )

    @route(
        "/award/<int:edition_id>",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_edition(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_edition",
            edition,
            bodies=edition._public_bodies(),
            classes=edition._public_classes(),
        )

    @route(
        "/award/<int:edition_id>/regulation",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_regulation(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_regulation",
            edition,
            clauses=edition._public_regulation(),
        )

    @route(
        "/award/<int:edition_id>/calendar",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_calendar(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_calendar", edition, **edition._public_calendar()
        )

    @route(
        "/award/<int:edition_id>/calendar.ics",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_calendar_file(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        name = f"{edition.scheme_id.code}-{edition.term}.ics"
        headers = [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(edition._public_timetable()._ics(), headers)

    @route(
        "/award/<int:edition_id>/criteria",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_criteria(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_criteria",
            edition,
            criteria=edition._public_criteria(),
        )

    @route(
        [
            "/award/<int:edition_id>/prepare",
            "/award/<int:edition_id>/prepare/<string:class_code>",
        ],
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_preparation(self, edition_id, class_code=None, **_kwargs):
        """The full list of questions of a class, made to be printed."""
        edition = self._public_found(edition_id)
        award_class = self._public_class(edition, class_code)
        return self._public_page(
            "quality_award.public_preparation",
            edition,
            classes=edition._public_classes(),
            sheet=award_class and edition._public_preparation(award_class),
        )

    @route(
        "/award/<int:edition_id>/recommenders",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_recommenders(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_recommenders",
            edition,
            recommenders=edition._public_recommenders(),
        )

    @route(
        "/award/<int:edition_id>/questions",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def public_questions(self, edition_id, **_kwargs):
        edition = self._public_found(edition_id)
        return self._public_page(
            "quality_award.public_questions",
            edition,
            questions=request.env["award.question"]._public_list(edition),
        )

    @route(
        [
            "/award/<int:edition_id>/self-test",
            "/award/<int:edition_id>/self-test/<string:class_code>",
        ],
        type="http",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        csrf=False,  # nothing is kept, so there is nothing to forge
    )
    def public_self_test(self, edition_id, class_code=None, **typed):
        """The self-test; answers come by POST, so that no log of addresses has them."""
        edition = self._public_found(edition_id)
        award_class = self._public_class(edition, class_code)
        answered = award_class and request.httprequest.method == "POST"
        typed = {k: v for k, v in typed.items() if isinstance(v, str)}
        return self._public_page(
            "quality_award.public_self_test",
            edition,
            classes=edition._public_classes(),
            award_class=award_class
            and {"code": award_class.code, "name": award_class.display_name},
            fields=edition._self_test_form(award_class) if award_class else [],
            typed=typed if answered else {},
            result=edition._self_test(award_class, typed) if answered else None,
        )

    # -- helpers ---------------------------------------------------------------
    def _public_found(self, edition_id):
        try:
            return request.env["award.edition"]._public_edition(edition_id)
        except (MissingError, AccessError) as error:
            raise request.not_found() from error

    def _public_class(self, edition, code):
        """The class named, the only one there is, or None while it is to be chosen."""
        if code is None:
            classes = edition._open_classes()
            return classes if len(classes) == 1 else None
        try:
            return edition._public_class(code)
        except MissingError as error:
            raise request.not_found() from error

    def _public_page(self, template, edition, company=None, **values):
        company = company or edition.company_id
        shown = {
            "page_name": "award_public",
            "title": edition.display_name if edition else company.name,
            "award_head": edition and edition._public_head(),
            "award_footer": company._award_footer(),
            **values,
        }
        response = request.render(template, shown)
        response.headers["Cache-Control"] = "no-cache, private"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
