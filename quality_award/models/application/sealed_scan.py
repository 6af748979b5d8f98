import re

from odoo import api, models

from ...rules.refusal import Refusal

#: States in which a version is in force and a scan of it may come in.
HANDED_IN_STATES = ("submitted", "accepted")


class AwardApplication(models.Model):
    """The sealed scan: accepted for the code of the version in force, and no other.

    The code is typed or scanned by a person. What the pictures of the scan show cannot
    be verified here, and no page says that it was.
    """

    _inherit = "award.application"

    @api.model
    def _clean_version_code(self, typed):
        """A code as versions carry it: capital letters and digits in three groups."""
        plain = re.sub(r"[^0-9A-F]", "", str(typed or "").upper())[:12]
        return "-".join((plain[:4], plain[4:8], plain[8:]))

    def _version_of_code(self, typed):
        """The version in force, whose code was typed; refuses any other code.

        :param typed: as a person read it, with or without hyphens
        :return: award.submission
        """
        self.ensure_one()
        current = self._current_submission().get(self.id)
        if not current:
            self._refuse(Refusal("version_missing"))
        code = self._clean_version_code(typed)
        if code == current.version_code:
            return current
        values = {"code": code.strip("-") or "–"}
        known = code in self.submission_ids.mapped("version_code")
        refused = "version_code_old" if known else "version_code_wrong"
        self._refuse(Refusal(refused, None, values))

    def _take_scan(self, typed, files, **noted):
        """Take the scan of the sealed version, frozen at once.

        :param typed: code on the paper, as a person read it
        :param files: list of (name, stream)
        :param noted: other values that the files keep
        :return: (award.file, list of (name, sentence) refused)
        """
        if self.state not in HANDED_IN_STATES:
            self._refuse(Refusal("version_missing"))
        version = self._version_of_code(typed)
        taken, refused = self._portal_take("sealed_scan", "sealed_scan", files)
        code = version.version_code
        taken.write({**noted, "version_code": code, "is_frozen": True})
        return taken, refused

    def _sealed_scans(self):
        """Scans of the version in force."""
        current = self._current_submission().get(self.id)
        code = current.version_code if current else None
        return self.file_ids.filtered(
            lambda file: file.kind == "sealed_scan" and file.version_code == code
        )

    @api.model
    def _portal_seal(self, application, typed, files):
        """Hand in the scan of the sealed version, as one who may sign.

        :param typed: code on the paper, as a person read it
        :param files: list of (name, stream)
        :return: list of (name, sentence) refused
        """
        case = self._portal_case(application)
        case._portal_may_sign()
        _taken, refused = case._take_scan(typed, files)
        return refused
