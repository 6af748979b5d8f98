from odoo import fields, models

SUBJECTS = [
    ("organisation", "Organisation"),
    ("individual", "Individual"),
    ("team", "Team"),
    ("project", "Project"),
    ("unit", "Unit without Legal Personality"),
]


class AwardTitle(models.Model):
    """One of the awards of a scheme; its classes are what is applied for."""

    _name = "award.title"
    _description = "Award of a Scheme"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "awards"
    _frozen_columns = "code name_zh name_en clause_id company_id".split()

    class_ids = fields.One2many("award.class", "title_id", "Classes")


class AwardClass(models.Model):
    """A class of the award: who may win it, and by which criteria."""

    _name = "award.class"
    _description = "Award Class"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "classes"
    _frozen_columns = (
        "code title_id subject criteria_id criteria_family criteria_latest entry "
        "graded name_zh name_en clause_id company_id"
    ).split()

    title_id = fields.Many2one(
        "award.title",
        "Award of the Scheme",
        ondelete="restrict",
        index="btree_not_null",
    )
    subject = fields.Selection(
        SUBJECTS, "Kind of Applicant", required=True, default="organisation"
    )
    criteria_id = fields.Many2one("award.criteria", ondelete="restrict", index=True)
    criteria_latest = fields.Boolean(
        "Latest Criteria",
        help="The newest edition of a family on the day of the announcement.",
    )
    criteria_family = fields.Char("Family of Criteria")
    entry = fields.Selection(
        [
            ("open", "By Application"),
            ("transfer", "By Transfer from Another Class"),
            ("both", "By Application or Transfer"),
        ],
        "How to Enter",
        required=True,
        default="open",
    )
    graded = fields.Selection(
        [("points", "Points"), ("rating", "Ratings without Points")],
        required=True,
        default="points",
    )
    choice_ids = fields.One2many("award.class.choice", "class_id", "Choices")

    def _criteria_on(self, date):
        """The criteria of the class on a day, none where no edition is in force.

        :param date: day of the announcement; the edition pins what is returned
        """
        self.ensure_one()
        if not self.criteria_latest:
            return self.criteria_id
        return self.env["award.criteria"]._latest(
            self.criteria_family, self.company_id, date
        )

    def _is_voted_on(self):
        """Whether a ballot decides on the class, and no ranking by points.

        So it is where it is graded by ratings, or where the scheme says so.
        """
        self.ensure_one()
        says = self.scheme_id._value("vote_instead_of_ranking", award_class=self)
        return self.graded == "rating" or bool(says)


class AwardClassChoice(models.Model):
    """What an applicant picks within a class, with criteria of its own or not."""

    _name = "award.class.choice"
    _description = "Choice within a Class"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "choices"
    _frozen_columns = (
        "class_id code by criteria_id name_zh name_en clause_id company_id"
    ).split()

    class_id = fields.Many2one(
        "award.class", required=True, ondelete="cascade", index=True
    )
    by = fields.Selection(
        [("role", "Role"), ("sector", "Sector"), ("category", "Category")],
        "Picked by",
        required=True,
    )
    criteria_id = fields.Many2one(
        "award.criteria", ondelete="restrict", index="btree_not_null"
    )

    _code_unique = models.UniqueIndex(
        "(class_id, code)", "This code is taken by another choice of the class."
    )

    def _criteria_on(self, date):
        """The criteria of the choice, else those of its class, on a day."""
        self.ensure_one()
        return self.criteria_id or self.class_id._criteria_on(date)
