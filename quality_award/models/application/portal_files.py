from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from .file import UPLOADS
from .portal_applicant import clean_text

#: Kind of file -> the part that must be open for it; None: named by the upload.
PART_OF = {"report": "report", "evidence": "evidence", "statement": "evidence"}


class AwardApplication(models.Model):
    """Files that applicants bring: their own door, since they have no other right."""

    _inherit = "award.application"

    file_ids = fields.One2many("award.file", "application_id", "Files")

    @api.model
    def _portal_upload(self, application, kind, part, files):
        """Take several files at once; each for itself.

        :param kind: one of `UPLOADS`, except the scan of the sealed version
        :param part: code of the part that it belongs to, as `chapter:4.1.2`
        :param files: list of (name, stream)
        :return: (award.file taken, list of (name, sentence) refused)
        """
        if kind not in UPLOADS or kind == "sealed_scan":
            self._portal_case(application)._refuse(Refusal("file_part_unknown"))
        part = PART_OF.get(kind) or clean_text(part)[:64]
        case = self._portal_writable(application, part)
        case._portal_known_part(kind, part)
        return case._portal_take(kind, part, files)

    def _portal_known_part(self, kind, part):
        """Refuse a part that is none of this application."""
        word, _colon, code = part.partition(":")
        if kind == "picture":
            known = word == "chapter" and code in self._chapters()
        elif kind == "proof":
            asked = self._scheme_of()._requirements(self.class_id)
            known = word == "fact" and code in asked.mapped("code")
        else:
            known = True
        if not known:
            self._refuse(Refusal("file_part_unknown"))

    def _portal_take(self, kind, part, files):
        """Each of `files` whole or not at all, the others notwithstanding."""
        File = self.env["award.file"]
        taken, refused = File, []
        room = File._files_max() - File.search_count([("application_id", "=", self.id)])
        if not files:
            self._refuse(Refusal("files_missing"))
        for name, stream in files:
            if len(taken) >= room:
                values = {"most": File._files_max()}
                too_many = Refusal("files_too_many", None, values)
                refused.append((name, refusal_text(self.env, too_many)))
                continue
            try:
                with self.env.cr.savepoint():
                    taken |= File._take(self, kind, part, name, stream)
            except AwardRefusal as refusal:
                refused.append((name, str(refusal)))
        self._place(taken)
        return taken, refused

    def _place(self, files):
        """Put new files where their part keeps them; parts override this."""

    @api.model
    def _portal_remove_file(self, file):
        """Remove an own file that nothing handed in names, while its part is open."""
        found = self.env["award.file"]._opened(file)
        case = self._portal_writable(found.application_id, found.part)
        found = case.env["award.file"].browse(found.id)
        if where := found._used_in():
            case._refuse(Refusal("file_used", None, {"where": where}))
        found.unlink()
        return case
