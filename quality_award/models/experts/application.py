from odoo import models
from odoo.tools import SQL

from . import seats


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _roles_on(self):
        """Adds panel leader and member, by the panel that has the case."""
        roles = super()._roles_on()
        if not self.ids:
            return roles
        rows = self.env.execute_query(
            SQL(
                """SELECT s.application_id, bool_or(mine.leads)
                     FROM (%s) AS mine
                     JOIN award_submission s ON s.id = mine.submission_id
                    WHERE s.application_id IN %s
                    GROUP BY s.application_id""",
                seats.my_cases(self.env),
                tuple(self.ids),
            )
        )
        for application_id, leads in rows:
            roles[application_id] |= seats._roles(leads)
        return roles
