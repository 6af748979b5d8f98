from odoo import api, models
from odoo.exceptions import MissingError

from ...rules import parts
from ...rules.refusal import Refusal
from .portal import WRITING
from .portal_applicant import known_id

#: Kind of part -> the page on which it is completed; form fields are completed on the
#: page of the supplement itself.
PAGE_OF = {
    "chapter": "chapters",
    "fact": "conditions",
    "evidence": "documents",
    "report": "documents",
    "indicator": "indicators",
}


class AwardApplication(models.Model):
    """Completing what a supplement has opened, and nothing else."""

    _inherit = "award.application"

    def _portal_open_parts(self):
        """What may be written on the portal now.

        :return: None while the application is being written (everything), else the
            set of the parts that a supplement has opened and whose time runs
        """
        self.ensure_one()
        if self.state in WRITING:
            return None
        return set(self._portal_lines_out().mapped("part"))

    def _portal_lines_out(self):
        """The parts asked for by supplements that are out and whose time runs."""
        self.ensure_one()
        if self.state != "submitted":
            return self.env["award.supplement.line"]
        out = self.supplement_ids.filtered(
            lambda one: one.state == "sent" and not one._is_over()
        )
        return out.line_ids

    def _portal_opened_rows(self):
        """The opened parts as the pages on which they are completed show them.

        :return: list of dicts: `part`, `tab`, `label`, `reason`, `address` of the
            page, `back` to the page of the supplement, `until`
        """
        rows = []
        for line in self._portal_lines_out():
            asked = line.supplement_id
            rows.append(
                {
                    "part": line.part,
                    "tab": PAGE_OF.get(parts.split(line.part)[0], "supplement"),
                    "label": line.label,
                    "reason": line.reason,
                    "address": self._portal_address(line.part),
                    "back": f"/my/award/{self.id}/supplement/{asked.id}",
                    "until": asked.due_on,
                }
            )
        return rows

    @api.model
    def _portal_state(self, application):
        """Adds `opened`; of the conditions those that a supplement asks about."""
        state = super()._portal_state(application)
        case = state["case"]
        rows = state["opened"] = case._portal_opened_rows()
        codes = {
            parts.split(row["part"])[1] for row in rows if row["tab"] == "conditions"
        }
        if codes:
            state["conditions"] = [
                row for row in case._portal_conditions() if row["code"] in codes
            ]
        return state

    def _portal_tabs(self, writing):
        """The page of conditions is back while a supplement asks about one."""
        pages = super()._portal_tabs(writing)
        kinds = {parts.split(one)[0] for one in self._portal_open_parts() or ()}
        if not writing and "fact" in kinds:
            address = f"/my/award/{self.id}/conditions"
            label = self.env._("Conditions")
            added = {"tab": "conditions", "address": address, "label": label}
            pages.insert(1, added)
        return pages

    @api.model
    def _portal_save(self, application, chapters, applicant_values=None):
        """While a supplement is out, the chapters that it has opened."""
        case = self._portal_case(application)
        if not case._portal_open_parts() or applicant_values or not chapters:
            return super()._portal_save(application, chapters, applicant_values)
        for code in chapters:
            self._portal_writable(application, f"chapter:{code}")
        case._portal_save_chapters(chapters)
        return True

    def _portal_check_parts(self, *codes):
        """Refuse to write parts that are not open.

        :raise AwardRefusal: `application_closed` where nothing is, else `part_closed`
        """
        opened = self._portal_open_parts()
        closed = set() if opened is None else set(codes) - opened
        if closed and not opened:
            self._refuse(Refusal("application_closed"))
        if closed:
            labels = self._parts()
            named = ", ".join(labels.get(code, code) for code in sorted(closed))
            self._refuse(Refusal("part_closed", values={"part": named}))

    @api.model
    def _portal_supplement(self, supplement):
        """A supplement of an own application, access rights lifted.

        :param supplement: id or record
        :raise MissingError: unknown, not sent, or of somebody else's application
        """
        id_ = known_id(getattr(supplement, "id", supplement))
        found = self.env["award.supplement"].sudo()  # sudo: _portal_case asks who
        asked = found.browse(id_).exists()
        if not asked or asked.state == "draft":
            error = MissingError(self.env._("There is no such supplement."))
            raise self._asked_in_vain(error, asked._name, id_)
        case = self._portal_case(asked.application_id)
        return asked.with_company(case.company_id)

    @api.model
    def _portal_save_parts(self, supplement, values):
        """Keep what was typed for the parts that a supplement has opened.

        :param values: dict code of a part (`field:…` or `chapter:…`) -> text
        """
        asked = self._portal_supplement(supplement)
        case = asked.application_id
        if asked.state == "sent" and (late := asked._guard_in_time()):
            asked._refuse(late)
        case._portal_check_parts(*values)
        fields_, chapters = {}, {}
        for part, text in values.items():
            kind, code = parts.split(part)
            if kind == "field":
                fields_[code] = text
            elif kind == "chapter":
                chapters[code] = text
        if fields_:
            subject = case.applicant_id.subject
            checked = case._portal_values(case.edition_id, subject, fields_)
            case.applicant_id.write(checked)
            if "trade_id" in checked:
                case.trade_id = case.applicant_id.trade_id
        if chapters:
            case._portal_save_chapters(chapters)
        return True

    @api.model
    def _portal_answer(self, supplement, text):
        """As before; where parts were asked for, those count as the answer.

        A part that stays as it was needs a word why.
        """
        asked = self._portal_supplement(supplement)
        if asked.line_ids and asked.state == "sent" and not (text or "").strip():
            case = asked.application_id
            same = asked.line_ids.filtered(
                lambda line: (line.before or "") == case._part_text(line.part)
            )
            if same:
                named = ", ".join(same.mapped("label"))
                asked._refuse(Refusal("parts_untouched", values={"parts": named}))
            text = self.env._("Completed as asked.")
        return super()._portal_answer(asked, text)

    def _add_answer(self, supplement):
        """The next version: the opened parts as they are now, all else as it was."""
        if not supplement.line_ids:
            return super()._add_answer(supplement)
        Submission = self.env["award.submission"]
        codes = supplement.line_ids.mapped("part")
        before = self._current_submission()[self.id].content
        content = parts.merged(before, Submission._content_of(self), codes)
        said = {"items": supplement._asked_text(), "answer": supplement.answer}
        content["supplements"] = [*before.get("supplements", []), said]
        return Submission._add_versions({self: content})

    def _portal_supplement_rows(self, supplement):
        """What the page of a supplement shows for each part.

        :return: list of dicts: `part`, `label`, `reason`, `kind`, `code`, `input`
            (as in `_portal_form`), `text` of a chapter, `is_open`, `is_changed` since
            it was asked for, `address` of its page, `line`
        """
        opened = self._portal_open_parts() or set()
        form = {
            row["name"]: row
            for row in self._portal_form(
                self.edition_id, self.applicant_id.subject, self.applicant_id
            )
        }
        texts = {chapter.code: chapter.text or "" for chapter in self.chapter_ids}
        rows = []
        for line in supplement.line_ids:
            kind, code = parts.split(line.part)
            rows.append(
                {
                    "line": line,
                    "part": line.part,
                    "label": line.label,
                    "reason": line.reason,
                    "kind": kind,
                    "code": code,
                    "input": form.get(code) if kind == "field" else None,
                    "text": texts.get(code, "") if kind == "chapter" else "",
                    "is_open": line.part in opened,
                    "is_changed": (line.before or "") != self._part_text(line.part),
                    "address": self._portal_address(line.part),
                }
            )
        return rows
