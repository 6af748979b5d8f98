from odoo import api, fields, models

from ...rules import rich_text
from ...rules.refusal import Refusal
from .portal_applicant import clean_text
from .refusals import refuse

#: Characters of one chapter at most, as `rich_text.characters` counts them.
CHAPTER_MAX = 50_000
#: What is kept of a text that is too long: its characters and its bytes at most.
KEPT_MAX = 4 * CHAPTER_MAX
BYTES_MAX = 4_000_000


class AwardChapter(models.Model):
    """A chapter of the self-assessment while the applicant writes it.

    `text` is what is counted, compared and asked for. A chapter with tables or pictures
    keeps them in `html`; its text is always derived from that.
    """

    _name = "award.chapter"
    _description = "Chapter of an Application"
    _inherit = ["award.confidential", "award.closing"]
    _order = "application_id, sequence, id"
    _rec_name = "code"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "award.criterion", ondelete="restrict", index="btree_not_null"
    )
    code = fields.Char(required=True, help="Item number, or `profile`.")
    sequence = fields.Integer(required=True)
    text = fields.Text()
    html = fields.Html("Text with Tables and Pictures", sanitize=False)
    revision = fields.Integer(
        readonly=True, default=1, help="Counts the times that the text was changed."
    )
    saved_at = fields.Datetime(readonly=True)
    saved_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    copy_ids = fields.One2many("award.chapter.copy", "chapter_id")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id, code)")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._written(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._written(vals))

    @api.model
    def _written(self, vals):
        """Values with the HTML cut down to what may stay, and the text it says."""
        if not {"text", "html"} & vals.keys():
            return vals
        vals = dict(vals)
        if vals.get("html"):
            cleaned, _lost = rich_text.clean(clean_text(vals["html"]))
            vals["text"] = rich_text.plain(cleaned)
            vals["html"] = cleaned if rich_text.is_rich(cleaned) else False
        elif "text" in vals:
            vals["html"] = False
        return vals

    @api.constrains("text", "html")
    def _check_length(self):
        for chapter in self:
            length = rich_text.characters(chapter.text)
            size = len((chapter.html or chapter.text or "").encode())
            if length > KEPT_MAX or size > BYTES_MAX:
                refuse(
                    self.env,
                    "chapter_too_large",
                    chapter=chapter.code,
                    length=length,
                    most=KEPT_MAX,
                )

    def _length(self):
        return rich_text.characters(self.text)

    def _as_html(self):
        """The chapter for the editor: HTML, also where only plain text is kept."""
        return self.html or rich_text.paragraphs(self.text or "")


class AwardChapterCopy(models.Model):
    """What somebody wrote while somebody else saved: kept beside the chapter.

    It is shown until one of the applicant's people has taken what he needs from it.
    """

    _name = "award.chapter.copy"
    _description = "Text Kept Beside a Chapter"
    _inherit = ["award.confidential", "award.closing"]
    _order = "id desc"

    chapter_id = fields.Many2one(
        "award.chapter", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        related="chapter_id.application_id", store=True, index=True
    )
    html = fields.Html(sanitize=False, readonly=True)
    text = fields.Text(readonly=True)
    base_revision = fields.Integer(
        readonly=True, help="Revision of the chapter that the writer began with."
    )
    written_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    written_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one(
        related="chapter_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(chapter_id, written_by_id, base_revision)")

    @api.depends("chapter_id", "written_at")
    def _compute_display_name(self):
        for kept in self:
            kept.display_name = f"{kept.chapter_id.code} · {kept.written_at or ''}"


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _chapter_max(self, code):
        """Characters that a chapter may have at most, when it is handed in."""
        return CHAPTER_MAX

    def _guard_chapters_fit(self):
        """No chapter is handed in that is longer than it may be."""
        for chapter in self.chapter_ids:
            length, most = chapter._length(), self._chapter_max(chapter.code)
            if length > most:
                title = self._chapters().get(chapter.code, chapter.code)
                values = {"chapter": title, "length": length, "most": most}
                clause = self._clause_of_kind("submission")
                return Refusal("chapter_too_long", clause, values)
        return None
