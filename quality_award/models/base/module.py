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
        """Dossiers of announced editions must be kept; uninstalling drops them.

        Uninstalling what the addon depends on takes the addon with it, and must be
        refused before Odoo notes it down: later it could not load any more.
        """
        gone = self | self.downstream_dependencies()
        if "quality_award" not in gone.mapped("name"):
            return
        Edition = self.env["award.edition"].with_context(active_test=False)
        editions = Edition.sudo()  # sudo: asked of the whole database, all agencies
        announced = editions.search([("state", "!=", "draft")])
        if held := announced.filtered(lambda edition: edition._is_retained()):
            raise UserError(
                self.env._(
                    "Quality Award cannot be uninstalled: %(count)s edition(s) have "
                    "been announced and their dossiers are under retention.",
                    count=len(held),
                )
            )
