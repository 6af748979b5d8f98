from odoo import api, fields, models

KINDS = [
    ("years_registered", "Years registered here"),
    ("years_operating", "Years in operation"),
    ("years_working", "Years of work"),
    ("legal_person", "Independent legal person"),
    ("no_loss", "No loss in the look-back period"),
    ("no_incident", "No incident in the look-back period"),
    ("rank", "Rank in the trade"),
    ("prior_award", "Award won before"),
    ("certificate", "Certificate in force"),
    ("honour", "Honour received"),
    ("pool_member", "Member of the cultivation pool"),
    ("employer_consent", "Consent of the employer"),
    ("in_house_notice", "Notice inside the unit"),
    ("lower_level_notice", "Notice of the lower level"),
    ("recommendation", "Recommended"),
    ("new_result", "New result since the last award"),
    ("no_second_application", "No second application in the year"),
    ("document", "Document handed in"),
    ("declaration", "Declaration of the applicant"),
    ("finding", "Finding of the office"),
]


class AwardRequirement(models.Model):
    """A condition of eligibility or a ground of exclusion."""

    _name = "award.requirement"
    _description = "Requirement"
    _inherit = ["award.provision.coded"]
    _order = "scheme_id, sequence, id"
    _section = "requirements"
    _rec_name = "text_zh"
    _frozen_columns = (
        "code sequence kind alternative applies_to penalty_fields years basis count "
        "rank_max prior penalties exceptions on_fail text_zh text_en clause_id "
        "company_id"
    ).split()
    _frozen_links = ("class_ids",)

    class_ids = fields.Many2many(
        "award.class",
        "award_requirement_class_rel",
        "requirement_id",
        "class_id",
        "Classes",
    )
    sequence = fields.Integer()
    kind = fields.Selection(KINDS, required=True)
    alternative = fields.Char(
        "Alternatives", help="Of the requirements with the same word, one suffices."
    )
    applies_to = fields.Char(help="Kinds of applicant; empty for all.")
    penalty_fields = fields.Char("Fields", help="Fields of law; empty for all.")
    years = fields.Integer()
    basis = fields.Selection(
        [
            ("date", "From Day to Day"),
            ("full_years", "Whole Calendar Years"),
            ("award_years", "Award Years"),
        ],
        "Years Are Counted",
        required=True,
        default="date",
    )
    count = fields.Integer("At Least So Many")
    rank_max = fields.Integer("Lowest Rank")
    prior = fields.Char("Won Before", help="Code of the award or class.")
    penalties = fields.Selection(
        [("none", "None"), ("serious", "Serious Ones"), ("any", "All")],
        "Penalties That Count",
    )
    exceptions = fields.Char("Except")
    on_fail = fields.Selection(
        [("refuse", "Refuse"), ("judge", "Office judges"), ("warn", "Warn")],
        required=True,
        default="refuse",
    )
    text_zh = fields.Char(required=True)
    text_en = fields.Char()

    @api.depends("text_zh", "text_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for record in self:
            record.display_name = (english and record.text_en) or record.text_zh
