from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.application.applicant_fields import ASKED, REGISTERED_BY
from ..models.application.fact import FORM

#: Form fields that reach the model; it asks each of them once more.
APPLICANT_FIELDS = tuple(
    dict.fromkeys(name for asked in ASKED.values() for name in asked)
)
CASE_FIELDS = ("choice_code", "recommender_id", "recommender_2", "recommender_3")
REGISTER_FIELDS = tuple(
    dict.fromkeys(
        (
            "class_code",
            *CASE_FIELDS,
            *(name for keys in REGISTERED_BY.values() for name in keys),
            *APPLICANT_FIELDS,
        )
    )
)
#: Fields of the forms that state a fact.
FACT_FIELDS = tuple(
    dict.fromkeys(("kind", "code", *(name for form in FORM.values() for name in form)))
)
#: Prefix of the form fields that hold chapters.
CHAPTER = "chapter_"


class AwardPortal(CustomerPortal):
    """The applicant's pages. Every act is a `_portal_…` method of the application.

    A refusal is shown on the page with what was typed; a record of somebody else is
    not found.
    """

    # -- pages ---------------------------------------------------------------------
    @route("/my/award", type="http", auth="user", website=True, methods=["GET"])
    def award_home(self, **_kwargs):
        return self._award_home()

    @route(
        "/my/award/register/<int:edition_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_register(self, edition_id, **post):
        edition = self._found(self._applications()._portal_edition, edition_id)
        if request.httprequest.method == "GET":
            return self._award_register(edition, {"class_code": post.get("class")})
        values = {name: post[name] for name in REGISTER_FIELDS if name in post}
        values["is_legal_person"] = bool(post.get("is_legal_person"))
        case, refusal = self._try(
            self._applications()._portal_register, edition_id, values
        )
        if refusal:
            return self._award_register(edition, values, refusal)
        return request.redirect(f"/my/award/{case.id}")

    @route(
        "/my/award/<int:application_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_application(self, application_id, **_kwargs):
        return self._award_application(application_id)

    # -- acts ----------------------------------------------------------------------
    @route(
        "/my/award/<int:application_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_save(self, application_id, **post):
        """Keep what was typed; with the button “submit”, hand it in afterwards."""
        chapters = {
            name.removeprefix(CHAPTER): text
            for name, text in post.items()
            if name.startswith(CHAPTER)
        }
        names = (*APPLICANT_FIELDS, *CASE_FIELDS)
        applicant = {name: post[name] for name in names if name in post}
        if "name" in post:
            applicant["is_legal_person"] = bool(post.get("is_legal_person"))
        applications = self._applications()
        _done, refusal = self._try(
            applications._portal_save, application_id, chapters, applicant
        )
        if not refusal and "submit" in post:
            _done, refusal = self._try(applications._portal_submit, application_id)
            chapters = applicant = {}
        if refusal:
            return self._award_application(
                application_id, refusal, {**applicant, "chapters": chapters}
            )
        return request.redirect(f"/my/award/{application_id}?saved=1")

    @route(
        "/my/award/<int:application_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_withdraw(self, application_id, reason="", **_kwargs):
        _done, refusal = self._try(
            self._applications()._portal_withdraw, application_id, reason
        )
        if refusal:
            return self._award_application(application_id, refusal)
        return request.redirect(f"/my/award/{application_id}")

    @route(
        "/my/award/<int:application_id>/answer/<int:supplement_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_answer(self, application_id, supplement_id, answer="", **_kwargs):
        _done, refusal = self._try(
            self._applications()._portal_answer, supplement_id, answer
        )
        if refusal:
            return self._award_application(application_id, refusal, {"answer": answer})
        return request.redirect(f"/my/award/{application_id}")

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
            return self._award_application(application_id, refusal)
        return request.redirect(f"/my/award/{application_id}#award_conditions")

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
            return self._award_application(application_id, refusal)
        return request.redirect(f"/my/award/{application_id}#award_conditions")

    @route(
        "/my/award/<int:application_id>/transfer/<int:transfer_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def award_transfer(self, application_id, transfer_id, answer="", **_kwargs):
        """Consent to a transfer to another class, or decline it."""
        _done, refusal = self._try(
            self._applications()._portal_answer_transfer, transfer_id, answer
        )
        if refusal:
            return self._award_application(application_id, refusal)
        return request.redirect(f"/my/award/{application_id}")

    # -- helpers -------------------------------------------------------------------
    def _applications(self):
        return request.env["award.application"]

    def _found(self, method, *args):
        """What `method` returns; “not found” for a foreign or unknown record."""
        try:
            return method(*args)
        except (MissingError, AccessError) as error:
            raise request.not_found() from error

    def _try(self, method, *args):
        """Make one act whole or not at all.

        :return: (result, None), or (None, sentence of the refusal)
        """
        try:
            with request.env.cr.savepoint():
                return method(*args), None
        except (MissingError, AccessError) as error:
            raise request.not_found() from error
        except UniqueViolation:
            request.env.invalidate_all()
            return None, request.env._(
                "The same was registered at this very moment. Reload the page."
            )
        except UserError as error:
            request.env.invalidate_all()
            return None, str(error)

    def _award_home(self, refusal=None):
        applications = self._applications()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "award",
            "cases": applications._portal_mine(),
            "editions": applications._portal_open_editions(),
            "refusal": refusal,
        }
        return request.render("quality_award.portal_award_home", values)

    def _award_register(self, edition, typed, refusal=None):
        values = {
            **self._prepare_portal_layout_values(),
            **self._applications()._portal_entry(edition, typed.get("class_code")),
            "page_name": "award",
            "edition": edition,
            "case": None,
            "typed": typed,
            "refusal": refusal,
        }
        return request.render("quality_award.portal_award_register", values)

    def _award_application(self, application_id, refusal=None, typed=None):
        applications = self._applications()
        state = self._found(applications._portal_state, application_id)
        typed = typed or {}
        for chapter in state["chapters"]:
            texts = typed.get("chapters", {})
            chapter["text"] = texts.get(chapter["code"], chapter["text"])
        values = {
            **self._prepare_portal_layout_values(),
            **state,
            "page_name": "award",
            "edition": state["case"].edition_id,
            "applicant": state["case"].applicant_id,
            "typed": typed,
            "refusal": refusal,
            "saved": not refusal and "saved" in request.httprequest.args,
        }
        return request.render("quality_award.portal_award_application", values)
