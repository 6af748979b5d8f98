from odoo import api, fields, models


class AwardClause(models.Model):
    """A clause of the scheme in our own words, or a decision of the agency."""

    _name = "award.clause"
    _description = "Clause"
    _inherit = ["award.frozen"]
    _order = "scheme_id, sequence, id"
    _rec_names_search = ["code", "citation_zh", "summary_zh", "summary_en"]

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer()
    citation_zh = fields.Char(required=True)
    citation_en = fields.Char()
    summary_zh = fields.Text()
    summary_en = fields.Text()
    licensed_text = fields.Text(help="The agency's own copy of the official wording.")
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
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another clause of the scheme."
    )
    #: without `licensed_text`, which is the agency's own copy and no content
    _frozen_columns = (
        "code sequence citation_zh citation_en summary_zh summary_en mark company_id"
    ).split()

    @api.depends("citation_zh", "citation_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for clause in self:
            clause.display_name = (english and clause.citation_en) or clause.citation_zh


class AwardBody(models.Model):
    """A body that the scheme names in its own words, with today's name."""

    _name = "award.body"
    _description = "Body of a Scheme"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "scheme_id, id"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    role = fields.Selection(
        [
            ("government", "Approving Government"),
            ("leading_group", "Leading Group"),
            ("committee", "Award Committee"),
            ("office", "Award Office"),
            ("handling", "Handling Body"),
            ("recommender", "Recommender"),
            ("department", "Consulted Department"),
            ("finance", "Finance"),
            ("supervision", "Supervision"),
        ],
        required=True,
    )
    successor_zh = fields.Char("Name Today (Chinese)")
    successor_en = fields.Char("Name Today (English)")
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another body of the scheme."
    )
    _frozen_columns = (
        "code role name_zh name_en successor_zh successor_en clause_id company_id"
    ).split()


class AwardClass(models.Model):
    """A class of the award: for organisations or individuals, with its criteria."""

    _name = "award.class"
    _description = "Award Class"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "scheme_id, id"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    subject = fields.Selection(
        [("organisation", "Organisation"), ("individual", "Individual")],
        required=True,
        default="organisation",
    )
    criteria_id = fields.Many2one("award.criteria", ondelete="restrict", index=True)
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another class of the scheme."
    )
    _frozen_columns = (
        "code subject criteria_id name_zh name_en clause_id company_id"
    ).split()


class AwardRequirement(models.Model):
    """A condition of eligibility or a ground of exclusion."""

    _name = "award.requirement"
    _description = "Requirement"
    _inherit = ["award.frozen"]
    _order = "scheme_id, sequence, id"
    _rec_name = "text_zh"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    class_id = fields.Many2one(
        "award.class", ondelete="cascade", index="btree_not_null"
    )
    code = fields.Char(required=True)
    sequence = fields.Integer()
    kind = fields.Selection(
        [
            ("years_registered", "Years registered here"),
            ("legal_person", "Independent legal person"),
            ("no_incident", "No incident in the look-back period"),
            ("document", "Document handed in"),
            ("finding", "Finding of the office"),
        ],
        required=True,
    )
    years = fields.Integer()
    on_fail = fields.Selection(
        [("refuse", "Refuse"), ("judge", "Office judges")],
        required=True,
        default="refuse",
    )
    text_zh = fields.Char(required=True)
    text_en = fields.Char()
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another requirement of the scheme."
    )
    _frozen_columns = (
        "class_id code sequence kind years on_fail text_zh text_en clause_id company_id"
    ).split()
