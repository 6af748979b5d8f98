import re

from odoo import fields, models

from ...rules import rich_text
from ...rules.refusal import Refusal
from .portal_applicant import known_id

_SOURCE = re.compile(r'(src="/award/file/)(\d+)"')


class AwardApplication(models.Model):
    """Pictures in chapters: files of this very application, and of no other."""

    _inherit = "award.application"

    def _pictures(self):
        """Ids of the files that the chapters show."""
        return [
            id_
            for chapter in self.chapter_ids
            if chapter.html
            for id_ in rich_text.files_of(chapter.html)
        ]

    def _portal_check_pictures(self, html):
        """Refuse a picture that is no file of this application."""
        asked = {known_id(id_) for id_ in rich_text.files_of(html)}
        if asked - set(self.file_ids.ids):
            self._refuse(Refusal("picture_foreign"))
        return super()._portal_check_pictures(html)

    def _take_over(self, chosen):
        """Pictures of an earlier application become files of this one."""
        done = super()._take_over(chosen)
        for code in chosen:
            chapter = self._portal_chapter(code)
            html = self._with_own_pictures(chapter.html or "")
            if html != (chapter.html or ""):
                chapter.html = html
        return done

    def _with_own_pictures(self, html):
        """The same text with copies of pictures that were the applicant's elsewhere."""
        Files = self.env["award.file"]
        found = Files.browse(rich_text.files_of(html) if html else []).exists()
        names = {}
        for file in found - self.file_ids:
            if file.application_id.applicant_id == self.applicant_id:
                names[str(file.id)] = file._copied_to(self).id
        return _SOURCE.sub(
            lambda src: f'{src[1]}{names.get(src[2], src[2])}"',
            html,
        )


class AwardFile(models.Model):
    _inherit = "award.file"

    def _used_in(self):
        """A picture is used where a chapter, or a text kept beside one, shows it."""
        for file in self:
            shown = [("html", "like", f'/award/file/{file.id}"')]
            own = [("application_id", "=", file.application_id.id), *shown]
            chapter = self.env["award.chapter"].search(own, limit=1)
            if chapter:
                return chapter.code
        return super()._used_in()

    def _copied_to(self, case):
        """The same content as a file of `case`, not frozen."""
        whole = self.with_context(image_no_postprocess=True)
        names = ("name", "kind", "part", "mimetype", "size", "pages", "sha256")
        values = {name: self[name] for name in names}
        return whole.create(
            {
                **values,
                "application_id": case.id,
                "content": self.with_context(bin_size=False).content,
                "uploaded_by_id": self.env.uid,
                "uploaded_at": fields.Datetime.now(),
            }
        )
