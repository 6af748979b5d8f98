from odoo import fields, models

#: Kinds of stage that the code knows; order, names and clauses are the scheme's.
STAGE_KINDS = [
    ("submission", "Submission of Applications"),
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
LISTS = [
    ("shortlist", "On-Site List"),
    ("recommended", "Recommended List"),
    ("candidate", "Candidate List"),
    ("proposed", "Proposed List"),
    ("final", "Final List"),
]


class AwardStage(models.Model):
    """A stage of the procedure, of a kind known to the code."""

    _name = "award.stage"
    _description = "Stage of a Scheme"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _order = "scheme_id, sequence, id"
    _section = "stages"
    _frozen_columns = (
        "code sequence kind accepts body_id list_kind of_list in_parallel optional "
        "name_zh name_en clause_id company_id"
    ).split()
    _frozen_links = ("class_ids",)

    sequence = fields.Integer(required=True)
    kind = fields.Selection(STAGE_KINDS, required=True)
    accepts = fields.Boolean(
        "Acceptance", help="Who passes this stage has been accepted (受理)."
    )
    class_ids = fields.Many2many(
        "award.class",
        "award_stage_class_rel",
        "stage_id",
        "class_id",
        "Classes",
        help="Empty: the stage is for all classes.",
    )
    body_id = fields.Many2one(
        "award.body",
        "Decided by",
        ondelete="restrict",
        index="btree_not_null",
        help="Who decides or approves here.",
    )
    list_kind = fields.Selection(LISTS, "Adopts")
    of_list = fields.Selection(LISTS, "Shows", help="The list that a notice shows.")
    in_parallel = fields.Boolean(help="It runs beside the next stage.")
    optional = fields.Boolean(
        help="An edition may leave it out, with a reason that is recorded."
    )

    def _next(self, award_class=None, left_out=()):
        """The stage at which a case stands next, none after the last.

        :param award_class: stages that are not for this class are passed over, as are
            those that run beside the next one
        :param left_out: stages that the edition leaves out
        """
        self.ensure_one()
        stages = self.scheme_id._stages(award_class).filtered(
            lambda stage: stage not in left_out
        )
        return stages.filtered(
            lambda stage: stage.sequence > self.sequence and not stage.in_parallel
        )[:1]

    def _beside(self, following, award_class, left_out=()):
        """The stages in between that run beside `following`, as `_next` passes them."""
        self.ensure_one()
        return self.scheme_id._stages(award_class).filtered(
            lambda stage: (
                self.sequence < stage.sequence < following.sequence
                and stage.in_parallel
                and stage not in left_out
            )
        )
