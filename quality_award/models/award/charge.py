from odoo import models
from odoo.tools import SQL

from ...rules.refusal import Refusal

#: Models with which the host charges money.
BILLING = (
    "account.move",
    "account.payment",
    "payment.transaction",
    "pos.order",
    "sale.order",
)


class AwardEdition(models.Model):
    """Where the scheme says that nothing is charged, nothing can be."""

    _inherit = "award.edition"

    def _guard_no_charge(self):
        """No field of the database ties an application to an invoice or a payment."""
        scheme = self.scheme_id
        if scheme._value("fee") != 0:
            return None
        if linked := self._fields_that_charge():
            return Refusal(
                "charge_linked", scheme._clause_of("fee"), {"fields": ", ".join(linked)}
            )
        return None

    def _fields_that_charge(self):
        """Fields between our records and those that charge money, whoever made them."""
        rows = self.env.execute_query(
            SQL(
                """SELECT model || '.' || name FROM ir_model_fields
                    WHERE model LIKE 'award.%%' AND relation IN %s
                       OR model IN %s AND relation LIKE 'award.%%' ORDER BY 1""",
                BILLING,
                BILLING,
            )
        )
        return [name for (name,) in rows]
