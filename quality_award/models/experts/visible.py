"""Who may see and change a record: one boolean each, answered by SQL.

Record rules ask these fields and nothing else. A path through relations in a rule
would be walked with full rights and leave hidden ids in the cache, and a list of ids
held by the user would be cached, so that a recusal would not close the case at once.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class AwardVisible(models.AbstractModel):
    """Gives a model `is_open_to_me` and `is_mine_to_edit` for its record rules.

    The model lists subselects of its ids in `_open_to_me_sql` and
    `_mine_to_edit_sql`, and names in `_seen_by` and `_edited_by` the group roles to
    whom every record is open (of those that the access rights let in at all).
    """

    _name = "award.visible"
    _description = "Record Opened by a Predicate"

    _seen_by = frozenset({"office", "supervisor"})
    _edited_by = frozenset()

    is_open_to_me = fields.Boolean(
        compute="_compute_is_open_to_me",
        search="_search_is_open_to_me",
        export_string_translation=False,
    )
    is_mine_to_edit = fields.Boolean(
        compute="_compute_is_mine_to_edit",
        search="_search_is_mine_to_edit",
        export_string_translation=False,
    )

    def _open_to_me_sql(self):
        """Subselects of the ids that the current user may see, a list of SQL."""
        return []

    def _mine_to_edit_sql(self):
        """Subselects of the ids that the current user may change, a list of SQL."""
        return []

    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        self._answer("is_open_to_me", self._seen_by, self._open_to_me_sql)

    @api.depends_context("uid")
    def _compute_is_mine_to_edit(self):
        self._answer("is_mine_to_edit", self._edited_by, self._mine_to_edit_sql)

    def _search_is_open_to_me(self, operator, value):
        return self._ask(operator, value, self._seen_by, self._open_to_me_sql)

    def _search_is_mine_to_edit(self, operator, value):
        return self._ask(operator, value, self._edited_by, self._mine_to_edit_sql)

    def _answer(self, name, roles, subselects):
        if roles & self._my_group_roles():
            self[name] = True
            return
        self[name] = False
        found = subselects()
        ids = [id_ for id_ in self.ids if id_]
        if not found or not ids:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS seen(id) WHERE id IN %s",
                SQL(" UNION ").join(found),
                tuple(ids),
            )
        )
        self.browse(row[0] for row in rows)[name] = True

    def _ask(self, operator, value, roles, subselects):
        if operator != "in":
            return NotImplemented
        if roles & self._my_group_roles():
            return Domain(True in value)
        found = subselects()
        if not found:
            return Domain(False in value)
        seen = SQL("(%s)", SQL(" UNION ").join(found))
        return Domain("id", "in" if True in value else "not in", seen)

    @api.model
    def _my_group_roles(self):
        return self.env["award.lifecycle"]._group_roles()

    # -- names ----------------------------------------------------------------
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Neutral: an error about a hidden record shows its name."""
        word = self._neutral_word()
        for record in self:
            record.display_name = f"{word} {record.id}" if record.id else word

    def _neutral_word(self):
        """What a record of this model is called where its content must not show."""
        return self._description
