from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        self._refuse_uninstall_under_retention()
        return super().button_uninstall()

    def button_immediate_uninstall(self):
        self._refuse_uninstall_under_retention()
        return super().button_immediate_uninstall()

    def module_uninstall(self):
        self._refuse_uninstall_under_retention()
        return super().module_uninstall()

    def _refuse_uninstall_under_retention(self):
        """Dossiers of announced editions must be kept; uninstalling drops them."""
        if "quality_award" not in self.mapped("name"):
            return
        # sudo: the question is asked of the whole database, whoever uninstalls
        held = self.env["award.edition"].sudo().search([("state", "!=", "draft")])
        if held:
            raise UserError(
                self.env._(
                    "Quality Award cannot be uninstalled: %(count)s edition(s) have "
                    "been announced and their dossiers are under retention.",
                    count=len(held),
                )
            )
