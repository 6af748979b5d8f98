from odoo import api, fields, models


class AwardCriteria(models.Model):
    """An edition of review criteria: items with points, and scoring bands."""

    _name = "award.criteria"
    _description = "Review Criteria"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "code"

    code = fields.Char(required=True)
    source = fields.Char(help="Standard and how far its figures are confirmed.")
    total = fields.Integer(
        "Total (hundredths)", required=True, help="In hundredths of a point."
    )
    step = fields.Integer("Step (%)", required=True, default=5)
    criterion_ids = fields.One2many("award.criterion", "criteria_id")
    band_ids = fields.One2many("award.band", "criteria_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "This code is taken by other criteria of the agency."
    )
    _frozen_owner = "id"
    _frozen_by = "criteria"
    _frozen_columns = "code source total step name_zh name_en company_id".split()

    def _items(self):
        """The scored leaves in order."""
        return self.criterion_ids.filtered(
            lambda criterion: criterion.kind in {"process", "result"}
        )


class AwardCriterion(models.Model):
    _name = "award.criterion"
    _description = "Criterion"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "criteria_id, sequence, id"

    criteria_id = fields.Many2one(
        "award.criteria", required=True, ondelete="cascade", index=True
    )
    parent_id = fields.Many2one("award.criterion", ondelete="cascade", index=True)
    number = fields.Char(required=True)
    sequence = fields.Integer(required=True)
    kind = fields.Selection(
        [
            ("category", "Category"),
            ("process", "Process"),
            ("result", "Results"),
            ("unscored", "Unscored"),
        ],
        required=True,
    )
    points = fields.Integer("Points (hundredths)", required=True)
    company_id = fields.Many2one(
        related="criteria_id.company_id", store=True, index=True
    )

    _number_unique = models.UniqueIndex(
        "(criteria_id, number)", "This number is taken by another item."
    )
    _frozen_owner = "criteria_id"
    _frozen_by = "criteria"
    _frozen_columns = (
        "parent_id number sequence kind points name_zh name_en company_id"
    ).split()

    @api.depends("number", "name_zh", "name_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        super()._compute_display_name()
        for criterion in self:
            criterion.display_name = f"{criterion.number} {criterion.display_name}"


class AwardBand(models.Model):
    """A range of percentages and what deserves it."""

    _name = "award.band"
    _description = "Scoring Band"
    _inherit = ["award.frozen"]
    _order = "criteria_id, kind, low"
    _rec_name = "text_zh"

    criteria_id = fields.Many2one(
        "award.criteria", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("process", "Process"), ("result", "Results")], required=True
    )
    low = fields.Integer(required=True)
    high = fields.Integer(required=True)
    text_zh = fields.Text(required=True)
    text_en = fields.Text()
    company_id = fields.Many2one(
        related="criteria_id.company_id", store=True, index=True
    )

    _frozen_owner = "criteria_id"
    _frozen_by = "criteria"
    _frozen_columns = "kind low high text_zh text_en company_id".split()
