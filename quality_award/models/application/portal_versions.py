from odoo import api, models
from odoo.exceptions import MissingError

from ...rules import rich_text
from .applicant_fields import HANDED_IN
from .portal_applicant import known_id


class AwardSubmission(models.Model):
    """What one version says, section by section, and what a later one says instead."""

    _inherit = "award.submission"

    def _sections(self):
        """The version as plain text.

        :return: dict of a stable key -> (title, text, HTML where there is some)
        """
        content = self.content or {}
        rich = content.get("html") or {}
        applicant = content.get("applicant") or {}
        found = {
            "applicant": (self.env._("Applicant"), self._applicant_text(applicant), "")
        }
        texts = {"profile": content.get("profile") or "", **content.get("chapters", {})}
        titles = self._chapter_titles()
        for code in (*titles, *(code for code in texts if code not in titles)):
            text = texts.get(code, "")
            found[code] = (titles.get(code, code), text, rich.get(code, ""))
        for number, supplement in enumerate(content.get("supplements") or (), 1):
            title = self.env._("Supplement: %(items)s", items=supplement["items"])
            found[f"supplement {number}"] = (title, supplement["answer"] or "", "")
        return found

    def _chapter_titles(self):
        items = self.criteria_id._items().sorted("sequence")
        return {
            "profile": self.env._("Organisational Profile"),
            **{item.number: item.display_name for item in items},
        }

    def _applicant_text(self, values):
        """What is handed in of the applicant, a line for each field."""
        subject = values.get("subject") or "organisation"
        lines = [
            (self.env["award.application"]._portal_label(subject, name), values[name])
            for name in HANDED_IN[subject]
            if values.get(name) not in (None, "")
        ]
        trade = (values.get("trade") or {}).get("name")
        lines += [(self.env._("Trade"), trade)] if trade else []
        return "\n".join(f"{label}: {value}" for label, value in lines)

    def _changes_since(self, earlier):
        """What this version says differently, section by section.

        :param earlier: award.submission of the same case
        :return: list of dicts: `title`, `rows` (as `rich_text.differences` has them),
            `is_layout`: only tables, headings or pictures differ
        """
        before, now = earlier._sections(), self._sections()
        changes = []
        for key in (*now, *(key for key in before if key not in now)):
            title, old, old_html = before.get(key) or (now[key][0], "", "")
            title, new, new_html = now.get(key) or (title, "", "")
            if (old, old_html) != (new, new_html):
                rows = rich_text.differences(old, new) if old != new else []
                changes.append({"title": title, "rows": rows, "is_layout": not rows})
        return changes


class AwardApplication(models.Model):
    _inherit = "award.application"

    @api.model
    def _portal_versions(self, application):
        """The versions handed in, newest first.

        :return: award.submission, access rights lifted
        """
        case = self._portal_case(application)
        versions = case.submission_ids.sorted("version", reverse=True)
        case._portal_seen(versions)
        return versions

    @api.model
    def _portal_version(self, application, version):
        """One version, and what it says differently from the one before.

        :param version: its number within the application
        :return: dict with `version`, `earlier` (none for the first), `changes` as
            `award.submission._changes_since` has them
        """
        versions = self._portal_versions(application)
        number = known_id(version)
        found = versions.filtered(lambda one: one.version == number)
        if not found:
            raise MissingError(self.env._("There is no such version."))
        earlier = versions.filtered(lambda one: one.version < number)[:1]
        changes = found._changes_since(earlier) if earlier else []
        return {"version": found, "earlier": earlier, "changes": changes}
