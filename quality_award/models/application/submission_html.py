from markupsafe import Markup

from odoo import api, models

from ...rules import rich_text


class AwardSubmission(models.Model):
    """Chapters with tables and pictures in the version handed in."""

    _inherit = "award.submission"

    @api.model
    def _content_of(self, case):
        content = super()._content_of(case)
        rich = {c.code: c.html for c in case.chapter_ids if c.html}
        return {**content, "html": rich} if rich else content

    def _render_chapter(self, code, title):
        html = ((self.content or {}).get("html") or {}).get(code)
        if not html:
            return super()._render_chapter(code, title)
        # Cut down once more: what is stored was cut down by the rules of its day.
        cleaned, _lost = rich_text.clean(html)
        return Markup('<h3>%s</h3><div class="o_award_rich">%s</div>') % (
            title,
            Markup(cleaned),
        )
