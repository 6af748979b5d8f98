from markupsafe import Markup

from odoo import api, fields, models

from .applicant_fields import HANDED_IN


class AwardSubmission(models.Model):
    """A version as a page: the same for applicant, recommender, office and experts.

    Parts of an application add themselves by overriding `_render_chapter` and
    `_render_parts`; what stands in `content` is the only source.
    """

    _inherit = "award.submission"

    content_html = fields.Html(
        "Handed In", compute="_compute_content_html", sanitize=False
    )

    @api.depends("content")
    @api.depends_context("lang")
    def _compute_content_html(self):
        for submission in self:
            submission.content_html = submission._render()

    @api.model
    def _draft_of(self, case):
        """A version that is not kept: what would be handed in now.

        :param case: award.application that the caller may read
        """
        return self.new(
            {
                "application_id": case.id,
                "content": self._content_of(case),
                "criteria_id": case.criteria_id.id,
            }
        )

    @api.model
    def _preview(self, case):
        """What a version of the case would show if it were handed in now, as Markup."""
        return self._draft_of(case)._render()

    def _render(self):
        """The version as a page; every word of the applicant is escaped."""
        content = self.content or {}
        parts = [self._render_applicant(content.get("applicant") or {})]
        parts.append(
            self._render_chapter("profile", self.env._("Organisational Profile"))
        )
        for item in self.criteria_id._items().sorted("sequence"):
            parts.append(self._render_chapter(item.number, item.display_name))
        parts.extend(self._render_parts())
        return Markup().join(parts)

    def _render_chapter(self, code, title):
        """One chapter with its title.

        :param code: item number, or `profile`
        :return: Markup
        """
        content = self.content or {}
        texts = content.get("chapters") or {}
        text = content.get("profile") if code == "profile" else texts.get(code)
        return self._render_text(title, text or "")

    def _render_parts(self):
        """What stands after the chapters.

        :return: list of Markup, in order
        """
        return [
            self._render_text(
                self.env._("Supplement: %(items)s", items=supplement["items"]),
                supplement["answer"],
            )
            for supplement in (self.content or {}).get("supplements") or ()
        ]

    @staticmethod
    def _render_text(title, text):
        return Markup(
            '<h3>%s</h3><div style="white-space: pre-wrap; overflow-wrap: anywhere;">'
            "%s</div>"
        ) % (title, text)

    def _render_applicant(self, values):
        Applicant = self.env["award.applicant"]
        rows = []
        for name in HANDED_IN[values.get("subject") or "organisation"]:
            value, field = values.get(name), Applicant._fields[name]
            if isinstance(value, bool):
                value = self.env._("Yes") if value else self.env._("No")
            elif field.type == "selection":
                options = dict(field._description_selection(self.env))
                value = options.get(value, value)
            label = field._description_string(self.env)
            rows.append(
                Markup("<tr><th>%s</th><td>%s</td></tr>") % (label, value or "—")
            )
        trade = values.get("trade") or {}
        rows.append(
            Markup("<tr><th>%s</th><td>%s</td></tr>")
            % (self.env._("Trade"), trade.get("name") or "—")
        )
        return Markup('<table class="table table-sm">%s</table>') % Markup().join(rows)
