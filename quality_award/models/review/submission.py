from odoo import models
from odoo.tools import SQL


class AwardSubmission(models.Model):
    _inherit = "award.submission"

    def _open_to_me_sql(self):
        """Adds the cases whose defence the user scores."""
        mine = self.env["award.defence"]._my_scores_sql()
        return [
            *super()._open_to_me_sql(),
            SQL("SELECT submission_id FROM (%s) AS mine", mine),
        ]
