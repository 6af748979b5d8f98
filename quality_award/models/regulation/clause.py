from odoo import api, fields, models


class AwardClause(models.Model):
    """A clause of the scheme in our own words, or a decision of the agency."""

    _name = "award.clause"
    _description = "Clause"
    _inherit = ["award.frozen"]
    _section = "clauses"
    _order = "scheme_id, sequence, id"
    _rec_names_search = ["code", "citation_zh", "summary_zh", "summary_en"]

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer()
    citation_zh = fields.Char("Citation (Chinese)", required=True)
    citation_en = fields.Char("Citation (English)")
    summary_zh = fields.Text("In Our Words (Chinese)")
    summary_en = fields.Text("In Our Words (English)")
    licensed_text = fields.Text(help="The agency's own copy of the official wording.")
    licensed_public = fields.Boolean(
        "Wording May Be Shown",
        help="The public pages show the official wording only where the agency may.",
    )
    mark = fields.Selection(
        [
            ("rule", "Rule"),
            ("agency_decision", "Agency Decision"),
            ("doubtful", "Doubtful Text"),
            ("not_for_software", "Not for Software"),
        ],
        required=True,
        default="rule",
    )
    company_id = fields.Many2one(
        related="scheme_id.company_id", store=True, precompute=True, index=True
    )

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another clause of the scheme."
    )
    #: without `licensed_…`, which is the agency's own copy and no content
    _frozen_columns = (
        "code sequence citation_zh citation_en summary_zh summary_en mark company_id"
    ).split()

    @api.depends("citation_zh", "citation_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for clause in self:
            clause.display_name = (english and clause.citation_en) or clause.citation_zh
