from odoo.http import request, route

from .portal import AwardPortal

#: Prefix of the form fields that hold parts.
PART = "part-"


class AwardPortalSupplement(AwardPortal):
    """The page on which the opened parts are completed, each beside its reason."""

    @route(
        "/my/award/<int:application_id>/supplement/<int:supplement_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
    )
    def award_supplement(self, application_id, supplement_id, **post):
        """Show the parts; keep what was typed; with `hand_in`, answer."""
        if request.httprequest.method == "GET":
            return self._award_supplement(application_id, supplement_id)
        typed = {
            name.removeprefix(PART): text
            for name, text in post.items()
            if name.startswith(PART)
        }
        applications = self._applications()
        asked = self._found(applications._portal_supplement, supplement_id)
        parts = {line.part for line in asked.line_ids}
        typed = {part: text for part, text in typed.items() if part in parts}
        if "field:is_legal_person" in parts:
            typed.setdefault("field:is_legal_person", "")  # an empty box sends nothing
        _done, refusal = self._try(
            applications._portal_save_parts, supplement_id, typed
        )
        if not refusal and "hand_in" in post:
            answer = post.get("answer", "")
            _done, refusal = self._try(
                applications._portal_answer, supplement_id, answer
            )
            if not refusal:
                return request.redirect(f"/my/award/{application_id}")
        if refusal:
            return self._award_supplement(
                application_id, supplement_id, refusal, typed, post.get("answer", "")
            )
        return request.redirect(
            f"/my/award/{application_id}/supplement/{supplement_id}?saved=1"
        )

    def _award_supplement(
        self, application_id, supplement_id, refusal=None, typed=None, answer=""
    ):
        applications = self._applications()
        asked = self._found(applications._portal_supplement, supplement_id)
        case = asked.application_id
        if case.id != application_id:
            raise request.not_found()
        case._portal_seen(case, asked, asked.line_ids)
        rows = case._portal_supplement_rows(asked)
        for row in rows:
            if row["part"] in (typed or {}):
                row["text"] = typed[row["part"]]
                if row["input"]:
                    row["input"]["value"] = typed[row["part"]]
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "award",
            "edition": case.edition_id,
            "case": case,
            "supplement": asked,
            "rows": rows,
            "is_open": bool(case._portal_open_parts()),
            "answer": answer,
            "refusal": refusal,
            "saved": not refusal and "saved" in request.httprequest.args,
        }
        return request.render("quality_award.portal_award_supplement", values)
