from odoo import models
from odoo.tools import SQL

from . import seats


class AwardSubmission(models.Model):
    _inherit = "award.submission"

    def _open_to_me_sql(self):
        """Adds the cases of the panels in which the user sits."""
        mine = SQL("SELECT submission_id FROM (%s) AS mine", seats.my_cases(self.env))
        return [*super()._open_to_me_sql(), mine]
