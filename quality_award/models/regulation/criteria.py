from odoo import api, fields, models

SCALES = [
    ("percent", "Percentages in Bands"),
    ("points", "Points"),
    ("rating", "Ratings"),
]


class AwardCriteria(models.Model):
    """An edition of review criteria: items with points, and scoring bands."""

    _name = "award.criteria"
    _description = "Review Criteria"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "code"

    code = fields.Char(required=True)
    family = fields.Char(help="Editions of the same criteria have one family.")
    valid_from = fields.Date(help="From this day the newest edition of its family.")
    source = fields.Char(help="Standard and how far its figures are confirmed.")
    total = fields.Integer(
        "Total (hundredths)",
        required=True,
        help="In hundredths of a point; zero where nothing has points.",
    )
    scale = fields.Selection(SCALES, required=True, default="percent")
    step = fields.Integer(
        required=True,
        default=5,
        help="In percent; on the scale of points in hundredths of a point.",
    )
    is_pinned = fields.Boolean(
        "Pinned", readonly=True, copy=False, help="An edition is judged by them."
    )
    criterion_ids = fields.One2many("award.criterion", "criteria_id")
    band_ids = fields.One2many("award.band", "criteria_id")
    rating_ids = fields.One2many("award.rating", "criteria_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "This code is taken by other criteria of the agency."
    )
    _frozen_owner = "id"
    _frozen_by = "criteria"
    _frozen_columns = (
        "code family valid_from source total scale step is_pinned name_zh name_en "
        "company_id"
    ).split()

    @api.model
    def _latest(self, family, company, date):
        """The newest edition of a family on a day, none where none is in force yet."""
        return self.search(
            [
                ("family", "=", family),
                ("company_id", "=", company.id),
                "|",
                ("valid_from", "=", False),
                ("valid_from", "<=", date),
            ],
            order="valid_from DESC NULLS LAST, id DESC",
            limit=1,
        )

    def _pin(self):
        """Freeze criteria by which an edition is judged, for good."""
        for criteria in self.filtered(lambda c: not c.is_frozen):
            criteria.sudo().is_pinned = True  # sudo: by announcing, not by editing

    def _take_back(self, what):
        """A change of criteria takes the checked schemes that name them back."""
        schemes = self.env["award.scheme"]
        for model in ("award.class", "award.class.choice"):
            every = self.env[model].sudo()  # sudo: also in schemes hidden from the user
            found = every.search([("criteria_id", "in", self.ids)])
            schemes |= found.scheme_id.sudo(False)
        schemes._take_back(what)

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
            ("indicator", "Indicator"),
            ("veto", "Veto"),
        ],
        required=True,
        help="An indicator is met or not; a veto that is not met eliminates.",
    )
    points = fields.Integer("Points (hundredths)", required=True)
    scale = fields.Selection(SCALES, help="Instead of that of the criteria.")
    licensed_text = fields.Text(help="The agency's own copy of the official wording.")
    licensed_public = fields.Boolean(
        "Wording May Be Shown",
        help="The public pages show the official wording only where the agency may.",
    )
    company_id = fields.Many2one(
        related="criteria_id.company_id", store=True, precompute=True, index=True
    )

    _number_unique = models.UniqueIndex(
        "(criteria_id, number)", "This number is taken by another item."
    )
    _frozen_owner = "criteria_id"
    _frozen_by = "criteria"
    _frozen_columns = (
        "parent_id number sequence kind points scale name_zh name_en company_id"
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
        related="criteria_id.company_id", store=True, precompute=True, index=True
    )

    _frozen_owner = "criteria_id"
    _frozen_by = "criteria"
    _frozen_columns = "kind low high text_zh text_en company_id".split()


class AwardRating(models.Model):
    """A step of the scale of ratings, the best first."""

    _name = "award.rating"
    _description = "Rating"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "criteria_id, sequence, id"

    criteria_id = fields.Many2one(
        "award.criteria", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    code = fields.Char(required=True)
    is_scored = fields.Boolean("Gives Points")
    percent = fields.Integer("Percent of the Points")
    company_id = fields.Many2one(
        related="criteria_id.company_id", store=True, precompute=True, index=True
    )

    _code_unique = models.UniqueIndex(
        "(criteria_id, code)", "This code is taken by another rating."
    )
    _frozen_owner = "criteria_id"
    _frozen_by = "criteria"
    _frozen_columns = (
        "code sequence is_scored percent name_zh name_en company_id"
    ).split()
