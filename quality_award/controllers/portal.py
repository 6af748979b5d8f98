from urllib.parse import quote

from markupsafe import Markup
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.application.applicant_fields import ASKED, REGISTERED_BY

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
#: Page of an application -> its template.
PAGES = {
    "where": "application",
    "form": "form",
    "chapters": "chapters",
    "chapter": "chapter",
    "conditions": "conditions_page",
    "preview": "preview",
    "confirm": "confirm",
    "versions": "versions",
    "version": "version",
    "earlier": "earlier",
    "copying": "copying",
}
#: Page -> the tab that it belongs to, where that has another name.
TABS = {
    "chapter": "chapters",
    "earlier": "chapters",
    "copying": "chapters",
    "confirm": "preview",
    "version": "versions",
}
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
        return self._award_page(application_id)

    @route(
        "/my/award/<int:application_id>/form",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_form(self, application_id, **_kwargs):
        return self._award_page(application_id, "form")

    @route(
        "/my/award/<int:application_id>/chapters",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_chapters(self, application_id, **_kwargs):
        return self._award_page(application_id, "chapters")

    @route(
        "/my/award/<int:application_id>/chapter/<string:code>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_chapter(self, application_id, code, **_kwargs):
        return self._award_page(application_id, "chapter", code=code)

    @route(
        "/my/award/<int:application_id>/conditions",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_conditions(self, application_id, **_kwargs):
        return self._award_page(application_id, "conditions")

    @route(
        "/my/award/<int:application_id>/preview",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    def award_preview(self, application_id, **_kwargs):
        return self._award_page(application_id, "preview")

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
            if not refusal:
                return request.redirect(f"/my/award/{application_id}?saved=1")
            return self._award_page(application_id, "preview", refusal)
        if refusal:
            typed = {**applicant, "chapters": chapters}
            return self._award_page(application_id, "form", refusal, typed)
        return request.redirect(self._award_back(application_id, post.get("back")))

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
            return self._award_page(application_id, "where", refusal)
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
            return self._award_page(
                application_id, "where", refusal, {"answer": answer}
            )
        return request.redirect(f"/my/award/{application_id}")

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
            return self._award_page(application_id, "where", refusal)
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
            "rows": applications._portal_home(),
            "editions": applications._portal_open_editions(),
            "applicants": applications._portal_my_applicants(),
            "invitations": applications._portal_my_invitations(),
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

    def _award_back(self, application_id, back):
        """Where a saved form leads: a page of the same application, no other."""
        pages = ("form", "chapters", "conditions", "preview")
        tail = f"/{back}" if back in pages else ""
        if (back or "").startswith("chapter/"):
            tail = f"/chapter/{quote(back.removeprefix('chapter/'), safe='')}"
        return f"/my/award/{application_id}{tail}?saved=1"

    def _award_writer(self, state, chapter):
        """What the page of one chapter shows beside its text."""
        if not chapter:
            return {}
        chapters = state["chapters"]
        place = chapters.index(chapter) + 1
        follows = state["is_writing"] and place < len(chapters)
        return {
            # stored only after `rich_text.clean`, or made from plain text
            "chapter_html": Markup(chapter["html"]),
            "next_chapter": chapters[place] if follows else None,
            "copies": [
                {**kept, "html": Markup(kept["html"])}
                for kept in state["case"]._portal_copies(chapter["code"])
            ],
            "guidance": state["case"]._portal_guidance(chapter["code"]),
        }

    def _award_page(
        self, application_id, tab="where", refusal=None, typed=None, code=None
    ):
        """One page of an application, with what was typed and not taken.

        :param tab: name of the page; what is written has none once it is handed in
        :param code: of the chapter, on its page
        """
        state = self._found(self._applications()._portal_state, application_id)
        if not self._award_shows(state, tab, code):
            tab = "preview" if state["submission"] else "where"
        typed = typed or {}
        texts = typed.get("chapters", {})
        for chapter in state["chapters"]:
            chapter["text"] = texts.get(chapter["code"], chapter["text"])
        chapter = next((c for c in state["chapters"] if c["code"] == code), None)
        if tab == "chapter" and not chapter:
            raise request.not_found()
        more = {
            "chapter": chapter,
            **self._award_writer(state, chapter),
            "kept": [c for c in state["chapters"] if c["code"] in texts],
            "typed": typed,
        }
        if tab == "preview" and state["is_writing"]:
            applications = self._applications()
            more["preview"] = applications._portal_preview(application_id)
            more |= applications._portal_submission(application_id)
        return self._award_shell(application_id, tab, state, refusal=refusal, **more)

    def _award_shows(self, state, tab, code):
        """Whether a page has something to show: while writing, or where it is open."""
        if state["is_writing"] or tab == "where":
            return True
        opened = state["opened"]
        if tab == "chapter":
            return any(row["part"] == f"chapter:{code}" for row in opened)
        return tab == "conditions" and any(row["tab"] == tab for row in opened)

    def _award_shell(self, application_id, page, state=None, **values):
        """A page in the frame that all pages of an application share.

        :param page: key of `PAGES`
        :param state: as `_portal_state` gives it, where the caller has asked already
        """
        if not state:
            state = self._found(self._applications()._portal_state, application_id)
        asked = request.httprequest.args
        shown = {
            **self._prepare_portal_layout_values(),
            **state,
            "page_name": "award",
            "tab": TABS.get(page, page),
            "edition": state["case"].edition_id,
            "applicant": state["case"].applicant_id,
            "chapter": None,
            "kept": [],
            "typed": {},
            "refusal": None,
            **values,
        }
        shown["saved"] = not shown["refusal"] and "saved" in asked
        shown["submitted"] = not shown["refusal"] and "submitted" in asked
        return request.render(f"quality_award.portal_award_{PAGES[page]}", shown)
