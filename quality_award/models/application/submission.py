from odoo import fields, models


class AwardChapter(models.Model):
    """A chapter of the self-assessment while the applicant writes it."""

    _name = "award.chapter"
    _description = "Chapter of an Application"
    _inherit = ["award.confidential"]
    _order = "application_id, sequence, id"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="cascade", index=True
    )
    criterion_id = fields.Many2one(
        "award.criterion", ondelete="restrict", index="btree_not_null"
    )
    code = fields.Char(required=True, help="Item number, or `profile`.")
    sequence = fields.Integer(required=True)
    text = fields.Text()
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id, code)")


class AwardSubmission(models.Model):
    """A frozen version of what the applicant handed in; this is what experts read.

    The case points here, never back: from a submission nothing of the office's case
    can be reached by an expert.
    """

    _name = "award.submission"
    _description = "Submitted Version"
    _inherit = ["award.confidential"]
    _order = "id"

    application_id = fields.Many2one(
        "award.application",
        required=True,
        ondelete="restrict",
        index=True,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    criteria_id = fields.Many2one("award.criteria", required=True, ondelete="restrict")
    title = fields.Char("Applicant", required=True, readonly=True)
    trade_id = fields.Many2one("award.trade", readonly=True)
    version = fields.Integer(required=True, readonly=True)
    version_code = fields.Char(required=True, readonly=True)
    content = fields.Json(readonly=True)
    content_hash = fields.Char(required=True, readonly=True)
    submitted_at = fields.Datetime(required=True, readonly=True)
    is_current = fields.Boolean(readonly=True, default=True)
    company_id = fields.Many2one("res.company", required=True, index=True)

    _version_unique = models.UniqueIndex("(application_id, version)")

    def _scheme_of(self):
        return self.edition_id.scheme_id
