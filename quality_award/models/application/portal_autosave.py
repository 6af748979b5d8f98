from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import rich_text
from ...rules.refusal import Refusal
from .portal_applicant import clean_text, known_id


class AwardApplication(models.Model):
    """What the pages keep by themselves, while somebody types.

    Nothing is overwritten that the writer has not seen: each save names the revision it
    began with. Who comes second gets both texts, and his own is kept beside the chapter
    until a person has chosen.
    """

    _inherit = "award.application"

    # -- chapters ----------------------------------------------------------------------
    def _portal_chapter(self, code):
        """The chapter of a code, held until the end of the transaction.

        Two that begin the same chapter at the same moment get the same record.
        """
        order = {known: place for place, known in enumerate(self._chapters())}
        if code not in order:
            self._refuse(Refusal("chapter_unknown", values={"chapter": code}))
        items = {item.number: item.id for item in self.criteria_id._items()}
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO award_chapter (application_id, company_id, code,
                               sequence, criterion_id, revision, create_uid,
                               create_date)
                        VALUES (%s, %s, %s, %s, %s, 0, %s, %s)
                   ON CONFLICT (application_id, code) DO NOTHING""",
                self.id,
                self.company_id.id,
                code,
                order[code],
                items.get(code) or None,
                self.env.uid,
                fields.Datetime.now(),
            )
        )
        self.env.cr.execute(
            SQL(
                """SELECT id FROM award_chapter
                    WHERE application_id = %s AND code = %s FOR UPDATE""",
                self.id,
                code,
            )
        )
        chapter = self.env["award.chapter"].browse(self.env.cr.fetchone())
        chapter.invalidate_recordset()
        self.invalidate_recordset(["chapter_ids"])
        return chapter

    def _portal_keep_chapter(self, chapter, values):
        chapter.write(
            {
                **values,
                "revision": chapter.revision + 1,
                "saved_at": fields.Datetime.now(),
                "saved_by_id": self.env.uid,
            }
        )

    @api.model
    def _portal_autosave(self, application, code, revision, html=None, text=None):
        """Keep a chapter that is being written.

        :param revision: of the chapter that the writer began with, 0 for none
        :param html: what the editor holds; or `text`, where it is plain
        :return: dict `revision`, `length`, `most`, `saved_at` (local, hh:mm), `lost`
            (what could not be kept of it); and where somebody else has saved meanwhile
            `conflict`: his `html`, `revision`, `by`, `at`, the `differences` line by
            line, and the number of the `copy` that keeps the writer's text
        """
        case = self._portal_writable(application, f"chapter:{code}")
        chapter = case._portal_chapter(code)
        lost = set()
        if html is not None:
            html, lost = rich_text.clean(clean_text(html))
            case._portal_check_pictures(html)
            if not rich_text.is_rich(html):
                html, text = None, rich_text.plain(html)
        values = {"html": html} if html else {"text": clean_text(text)}
        wanted = chapter._written(values)
        same = (wanted["text"] or "") == (chapter.text or "") and (
            (wanted.get("html") or "") == (chapter.html or "")
        )
        answer = {"lost": sorted(lost)}
        if not same and known_revision(revision) != chapter.revision:
            answer["conflict"] = case._portal_conflict(chapter, wanted, revision)
        elif not same:
            case._portal_keep_chapter(chapter, values)
        return {**answer, **case._portal_standing(chapter)}

    def _portal_standing(self, chapter):
        at = chapter.saved_at or fields.Datetime.now()
        return {
            "revision": chapter.revision,
            "length": chapter._length(),
            "most": self._chapter_max(chapter.code),
            "saved_at": self.edition_id._local(at)[11:16],
        }

    def _portal_conflict(self, chapter, wanted, revision):
        """Keep the text of him who comes second, and show both."""
        Copy = self.env["award.chapter.copy"]
        key = {
            "chapter_id": chapter.id,
            "written_by_id": self.env.uid,
            "base_revision": known_revision(revision),
        }
        kept = Copy.search([(name, "=", value) for name, value in key.items()])
        values = {
            "html": wanted.get("html") or False,
            "text": wanted["text"],
            "written_at": fields.Datetime.now(),
        }
        if kept:
            kept.write(values)
        else:
            kept = Copy.create({**key, **values})
        return {
            "html": chapter._as_html(),
            "revision": chapter.revision,
            "by": chapter.saved_by_id.name or "",
            "at": self.edition_id._local(chapter.saved_at) if chapter.saved_at else "",
            "differences": rich_text.differences(chapter.text or "", wanted["text"]),
            "copy": kept.id,
        }

    def _portal_check_pictures(self, html):
        """Pictures must be files of this application; the room's files know them."""

    @api.model
    def _portal_clean(self, application, html):
        """What may stay of something pasted, before it enters a chapter.

        :return: dict `html`, `lost`
        """
        self._portal_case(application)
        cleaned, lost = rich_text.clean(clean_text(html))
        return {"html": cleaned, "lost": sorted(lost)}

    # -- texts kept beside -------------------------------------------------------------
    def _portal_copies(self, code):
        """Texts kept beside a chapter, newest first, as its page shows them."""
        chapter = self.chapter_ids.filtered(lambda c: c.code == code)
        return [
            {
                "id": kept.id,
                "by": kept.written_by_id.name or "",
                "at": self.edition_id._local(kept.written_at),
                "html": kept.html or rich_text.paragraphs(kept.text or ""),
                "differences": rich_text.differences(
                    chapter.text or "", kept.text or ""
                ),
            }
            for kept in chapter.copy_ids
        ]

    @api.model
    def _portal_drop_copy(self, application, copy):
        """Put away a text that was kept beside a chapter."""
        case = self._portal_case(application)
        kept = case.env["award.chapter.copy"].browse(known_id(copy)).exists()
        if not kept or kept.application_id != case:
            case._refuse(Refusal("copy_unknown"))
        self._portal_writable(case, f"chapter:{kept.chapter_id.code}")
        kept.unlink()
        return True

    # -- fields of the form ------------------------------------------------------------
    @api.model
    def _portal_autosave_field(self, application, name, value, was=None):
        """Keep one field of the application form.

        :param was: what the field showed when the writer began
        :return: dict `value` as it is kept, `saved_at`; or `conflict` with the `value`
            that somebody else has given meanwhile
        """
        case = self._portal_writable(application, f"field:{name}")
        case.applicant_id.lock_for_update(allow_referencing=True)
        case.invalidate_recordset()
        case.applicant_id.invalidate_recordset()
        before = case._portal_shown(name)
        if before not in (_shown(was), _shown(value)):
            return {"conflict": {"value": before}}
        values = {name: value}
        for place, recommender in enumerate(case._recommenders()):
            other = "recommender_id" if not place else f"recommender_{place + 1}"
            if name.startswith("recommender_"):
                values.setdefault(other, recommender.id)
        case._portal_save_applicant(values)
        at = case.edition_id._local(fields.Datetime.now())[11:16]
        return {"value": case._portal_shown(name), "saved_at": at}

    def _portal_shown(self, name):
        """A field of the form as the page shows its value: always a string."""
        if name == "choice_code":
            return self.choice_id.code or ""
        if name == "recommender_id":
            return _shown(self.recommender_id.id)
        if name.startswith("recommender_"):
            place = known_id(name.removeprefix("recommender_"))
            found = self._recommenders()[place - 1 : place] if place > 1 else None
            return _shown(found and found.id)
        if name not in self._portal_asked():
            self._portal_unknown_field(name)
        value = self.applicant_id[name]
        is_record = isinstance(value, models.BaseModel)
        return _shown(value.id if is_record else value)

    def _portal_asked(self):
        form = self._portal_form(self.edition_id, self.applicant_id.subject)
        return {field["name"] for field in form}

    def _portal_unknown_field(self, name):
        self._refuse(Refusal("field_unknown", values={"field": name}))


def known_revision(value):
    """A revision as a whole number, -1 for what is none."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value < 2**31 else -1


def _shown(value):
    if value in (None, False, ""):
        return ""
    return "1" if value is True else str(value)
