from odoo import fields, models


class AwardQuota(models.Model):
    """How many there may be, or must be: awards, cases on a list, applications."""

    _name = "award.quota"
    _description = "Quota of a Scheme"
    _inherit = ["award.provision.named"]
    _section = "quotas"
    _frozen_columns = (
        "code counts per tag minimum maximum soft outside name_zh name_en clause_id "
        "company_id"
    ).split()
    _frozen_links = ("class_ids",)

    counts = fields.Selection(
        [
            ("applications", "Applications"),
            ("recommended", "Recommended"),
            ("shortlist", "On the On-Site List"),
            ("awards", "Awards"),
        ],
        required=True,
    )
    per = fields.Selection(
        [
            ("edition", "Edition"),
            ("recommender", "Recommender"),
            ("panel", "Panel"),
            ("group", "Group of Companies"),
        ],
        required=True,
        default="edition",
    )
    class_ids = fields.Many2many(
        "award.class", "award_quota_class_rel", "quota_id", "class_id", "Classes"
    )
    tag = fields.Char(help="Only these count: size:…, subject:… or choice:….")
    minimum = fields.Integer("At Least")
    maximum = fields.Integer("At Most", help="Zero where it is not limited.")
    soft = fields.Boolean(help="May be passed with a reason.")
    outside = fields.Boolean(
        "Outside the Pool", help="These classes take no place of a pool."
    )


class AwardThreshold(models.Model):
    """A lowest score, of the whole or of one block of the criteria."""

    _name = "award.threshold"
    _description = "Threshold of a Scheme"
    _inherit = ["award.provision.named"]
    _section = "thresholds"
    _frozen_columns = (
        "code score block minimum at name_zh name_en clause_id company_id"
    ).split()
    _frozen_links = ("class_ids",)

    class_ids = fields.Many2many(
        "award.class",
        "award_threshold_class_rel",
        "threshold_id",
        "class_id",
        "Classes",
    )
    score = fields.Selection(
        [
            ("document", "Documents"),
            ("site", "Site Visit"),
            ("composite", "Composite"),
            ("public", "Public Evaluation"),
        ],
        required=True,
    )
    block = fields.Char(help="Number of a category of the criteria.")
    minimum = fields.Integer("At Least (hundredths)", required=True)
    at = fields.Selection(
        [
            ("shortlist", "On-Site List"),
            ("recommended", "Recommended List"),
            ("award", "Award"),
        ],
        "Needed for",
        required=True,
        default="award",
    )
