from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules import rich_text
from ...rules.refusal import Refusal
from .portal_applicant import known_id


class AwardApplication(models.Model):
    """Chapters taken over from an earlier application of the same applicant."""

    _inherit = "award.application"

    def _earlier_cases(self):
        """Applications of the same applicant made before this one, newest first."""
        self.ensure_one()
        return self.search(
            [("applicant_id", "=", self.applicant_id.id), ("id", "<", self.id)],
            order="id desc",
        )

    @api.model
    def _portal_earlier(self, application):
        """Earlier applications from which chapters can be copied, newest first.

        :return: list of dicts: `case`, `written` (chapters that say something)
        """
        case = self._portal_writable(application, "chapters")
        earlier = case._earlier_cases()
        case._portal_seen(earlier)
        says = [("application_id", "in", earlier.ids), ("text", "not in", ["", False])]
        written = {
            one.id: count
            for one, count in case.env["award.chapter"]._read_group(
                says, ["application_id"], ["__count"]
            )
        }
        return [
            {"case": one, "written": written[one.id]}
            for one in earlier
            if one.id in written
        ]

    @api.model
    def _portal_copying(self, application, source):
        """What copying from an earlier application would change, chapter by chapter.

        :param source: id of the earlier application
        :return: dict with `case`, `source`, `rows`: list of dicts `code`, `title`,
            `from_title`, `is_same_title`, `is_empty` (nothing is written here yet),
            `length` (characters there), `rows` (as `rich_text.differences` has them);
            `rest`: chapters there that answer to none here (title, text)
        """
        case, earlier = self._portal_copied(application, source)
        case._portal_seen(earlier.chapter_ids)
        there = {c.code: c for c in earlier.chapter_ids if (c.text or "").strip()}
        here = {c.code: c for c in case.chapter_ids}
        rows, titles = [], earlier._chapters()
        matches = case._chapters_alike(earlier)
        for code, title in case._chapters().items():
            found = there.get(matches.get(code))
            if not found:
                continue
            own = here.get(code)
            text = own.text or "" if own else ""
            if (text, own and own.html or "") == (found.text, found.html or ""):
                continue
            rows.append(
                {
                    "code": code,
                    "title": title,
                    "from_title": titles.get(found.code, found.code),
                    "is_same_title": titles.get(found.code) == title,
                    "is_empty": not text.strip(),
                    "length": rich_text.characters(found.text),
                    "rows": rich_text.differences(text, found.text),
                }
            )
        rest = [
            (titles.get(code, code), chapter.text)
            for code, chapter in there.items()
            if code not in matches.values()
        ]
        return {"case": case, "source": earlier, "rows": rows, "rest": rest}

    def _portal_copied(self, application, source):
        """The own application being written, and the earlier one of its applicant."""
        case = self._portal_writable(application, "chapters")
        earlier = case._earlier_cases().filtered(lambda c: c.id == known_id(source))
        if not earlier:
            error = MissingError(self.env._("There is no such application."))
            raise self._asked_in_vain(error, self._name, known_id(source))
        return case, earlier

    def _chapters_alike(self, earlier):
        """Which chapter there answers to which one here: by title, then by number.

        Criteria are renumbered from edition to edition; the same words are the same
        question, wherever they stand. A number alone is a guess that a person judges.

        :return: dict of own code -> code there
        """
        own, there = self._chapters(), earlier._chapters()
        by_words = {_words(title): code for code, title in there.items()}
        found = {
            code: by_words[_words(title)]
            for code, title in own.items()
            if _words(title) in by_words
        }
        taken = set(found.values())
        for code in own:
            if code not in found and code in there and code not in taken:
                found[code] = code
        return found

    @api.model
    def _portal_copy(self, application, source, codes):
        """Take chapters over; a text that stood here is kept beside its chapter.

        :param codes: own codes of the chapters to take over
        :return: number of chapters taken over
        """
        case, earlier = self._portal_copied(application, source)
        matches = case._chapters_alike(earlier)
        there = {c.code: c for c in earlier.chapter_ids}
        chosen = {
            code: there[matches[code]]
            for code in codes
            if matches.get(code) in there
        }
        if not chosen:
            case._refuse(Refusal("nothing_chosen"))
        case._take_over(chosen)
        return len(chosen)

    def _take_over(self, chosen):
        """Write the chosen texts.

        :param chosen: dict own code -> award.chapter of the earlier application
        """
        Copy = self.env["award.chapter.copy"]
        for code, source in chosen.items():
            chapter = self._portal_chapter(code)
            if (chapter.text or "").strip():
                Copy.create(self._replaced(chapter))
            values = {"html": source.html} if source.html else {"text": source.text}
            self._portal_keep_chapter(chapter, values)

    def _replaced(self, chapter):
        """The text of a chapter as it stood, to be kept beside it."""
        return {
            "chapter_id": chapter.id,
            "written_by_id": chapter.saved_by_id.id or self.env.uid,
            "written_at": chapter.saved_at or fields.Datetime.now(),
            # Below zero: no writer has begun with it, as those in conflict have.
            "base_revision": -1 - chapter.revision,
            "html": chapter.html,
            "text": chapter.text,
        }


def _words(title):
    """A title without its number and punctuation: the words of the question."""
    words = title.split(" ", 1)
    if len(words) == 2 and words[0].replace(".", "").isdigit():
        title = words[1]
    return "".join(char for char in title if char.isalnum())
