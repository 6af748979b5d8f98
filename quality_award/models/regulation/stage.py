from odoo import fields, models

#: Kinds of stage that the code knows; order, names and clauses are the scheme's.
STAGE_KINDS = [
    ("submission", "Submission"),
    ("recommendation", "Recommendation"),
    ("qualification", "Qualification Check"),
    ("document_review", "Document Review"),
    ("site_visit", "Site Visit"),
    ("defence", "Oral Defence"),
    ("public_evaluation", "Public Evaluation"),
    ("composite", "Composite Evaluation"),
    ("consultation", "Consultation"),
    ("deliberation", "Deliberation"),
    ("notice", "Public Notice"),
    ("approval", "Approval"),
    ("award", "Award"),
]


class AwardStage(models.Model):
    """A stage of the procedure, of a kind known to the code."""

    _name = "award.stage"
    _description = "Stage of a Scheme"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True)
    sequence = fields.Integer(required=True)
    kind = fields.Selection(STAGE_KINDS, required=True)
    accepts = fields.Boolean(
        "Acceptance", help="Who passes this stage has been accepted (受理)."
    )
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another stage of the scheme."
    )
    _frozen_columns = (
        "code sequence kind accepts name_zh name_en clause_id company_id"
    ).split()

    def _next(self):
        """The stage after this one in the scheme, none after the last."""
        self.ensure_one()
        stages = self.scheme_id.stage_ids.sorted("sequence")
        return stages.filtered(lambda stage: stage.sequence > self.sequence)[:1]
