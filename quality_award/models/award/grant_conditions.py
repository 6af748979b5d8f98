from odoo import models


class AwardApproval(models.Model):
    """No award is granted to a case that fails a condition on that day."""

    _inherit = "award.approval"

    def _cases_to_grant(self):
        cases = super()._cases_to_grant()
        cases._conditions_before_award()
        return cases

    def action_rerun_conditions(self):
        """Ask the conditions of all cases to grant, to see what stands against them."""
        self._need_role("office")
        self.ensure_one()
        cases = self.sudo()._live_cases("award")  # sudo: the role was asked above
        return cases.with_user(self.env.user).action_rerun_conditions()
