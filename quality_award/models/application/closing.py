"""Cases that are closed to people of the agency or of a recommender (回避).

The office sees every case by its role, a recommender those that name it. One from
which somebody has withdrawn is taken out again, by a global rule on each model that
shows the case: one boolean, answered by one subselect over that person's few rows.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Roles to whom cases are open because of their office.
STAFF = frozenset({"office", "office_head", "handling"})
#: Roles that see the cases of others because of their office: nobody who holds one of
#: them acts for an applicant.
AGENCY = STAFF | {"supervisor"}
#: Roles whose people may withdraw from a case: those, and a recommender's own.
WITHDRAWING = STAFF | {"recommender"}


class AwardClosing(models.AbstractModel):
    """Gives a model `is_closed_to_me`, by the many2one that leads to the case."""

    _name = "award.closing"
    _description = "Closed with its Case"

    #: Field that leads to a model with this mixin; on the case itself, its own id.
    _case_field = "application_id"

    is_closed_to_me = fields.Boolean(
        compute="_compute_is_closed_to_me",
        search="_search_is_closed_to_me",
        export_string_translation=False,
    )

    @api.model
    def _is_staff(self):
        return bool(WITHDRAWING & self.env["award.lifecycle"]._group_roles())

    @api.model
    def _closed_keys_sql(self):
        """Values of the case field that are closed to the current user."""
        if self._case_field == "id":
            return self.env["award.recusal"]._closed_cases_sql()
        return self.env[self._fields[self._case_field].comodel_name]._closed_ids_sql()

    @api.model
    def _closed_ids_sql(self):
        """Ids of this model that are closed to the current user."""
        keys = self._closed_keys_sql()
        if self._case_field == "id":
            return keys
        return SQL(
            "SELECT id FROM %s WHERE %s IN (%s)",
            SQL.identifier(self._table),
            SQL.identifier(self._case_field),
            keys,
        )

    @api.depends_context("uid")
    def _compute_is_closed_to_me(self):
        self.is_closed_to_me = False
        if not self.ids or not self._is_staff():
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id IN %s AND %s IN (%s)",
                SQL.identifier(self._table),
                tuple(self.ids),
                SQL.identifier(self._case_field),
                self._closed_keys_sql(),
            )
        )
        self.browse(row[0] for row in rows).is_closed_to_me = True

    def _search_is_closed_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        if not self._is_staff():
            return Domain(False in value)
        closed = SQL("(%s)", self._closed_keys_sql())
        return Domain(self._case_field, "in" if True in value else "not in", closed)
