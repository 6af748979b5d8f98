from fractions import Fraction

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import scoring
from . import seal

_SEALED = (
    "application_id",
    "document",
    "site",
    "defence",
    "public",
    "score_exact",
    "score_text",
    "rank",
    "is_tied",
    "meets_threshold",
)


class AwardCompositeLine(models.Model):
    """One case: its parts in hundredths, the composite as an exact fraction."""

    _name = "award.composite.line"
    _description = "Composite Score"
    _inherit = ["award.visible", "award.confidential"]
    _order = "composite_id, rank, id"
    _rec_name = "rank"

    composite_id = fields.Many2one(
        "award.composite", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", compute="_compute_title")
    panel_id = fields.Many2one("award.panel", ondelete="restrict")
    document = fields.Char(readonly=True, help="Hundredths, exact.")
    site = fields.Char(readonly=True, help="Hundredths, exact.")
    defence = fields.Char(readonly=True, help="Hundredths, exact.")
    public = fields.Char("Public (exact)", readonly=True, help="Hundredths, exact.")
    document_text = fields.Char("Document Score", compute="_compute_texts")
    site_text = fields.Char("Site-visit Score", compute="_compute_texts")
    defence_text = fields.Char("Oral Defence", compute="_compute_texts")
    public_text = fields.Char("Public Evaluation", compute="_compute_texts")
    score_exact = fields.Char(
        "Exact Score", required=True, help="Fraction in hundredths, e.g. 100001/2."
    )
    score_text = fields.Char("Score", required=True)
    rank = fields.Integer(required=True, aggregator=None)
    is_tied = fields.Boolean("Tied")
    meets_threshold = fields.Boolean()
    company_id = fields.Many2one(
        related="composite_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(composite_id, application_id)")
    _sealed = models.Constraint(
        "CHECK (rank > 0)", "The composite evaluation is frozen and changes no more."
    )

    def init(self):
        super().init()
        seal.seal_lines(
            self.env.cr,
            self._table,
            _SEALED,
            "award_composite",
            "composite_id",
            "frozen",
        )

    def _neutral_word(self):
        return self.env._("Composite Score")

    def _open_to_me_sql(self):
        found = self.env["award.composite"]._open_to_me_sql()
        return [
            SQL("SELECT id FROM award_composite_line WHERE composite_id IN (%s)", part)
            for part in found
        ]

    @api.depends("application_id")
    def _compute_title(self):
        for line in self.sudo():  # sudo: whose it is, not the office's file
            line.title = line.application_id.applicant_id.name

    @api.depends("document", "site", "defence", "public")
    def _compute_texts(self):
        for line in self:
            for part in ("document", "site", "defence", "public"):
                value = line[part]
                line[f"{part}_text"] = (
                    scoring.to_text(Fraction(value)) if value else False
                )
