from odoo import api, fields, models
from odoo.tools import SQL

from . import door


class AwardTransition(models.Model):
    """The register of moves: who, when, from, to, under which clause, and why.

    Rows are written by `award.lifecycle` only, before the state they allow.
    Nobody has write, create or unlink rights, and the table refuses them anyway.
    """

    _name = "award.transition"
    _description = "Register of Moves"
    _inherit = ["award.pointer"]
    _order = "id desc"
    _log_access = False
    _allow_sudo_commands = False
    _rec_name = "move"

    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="model", required=True, readonly=True
    )
    seq = fields.Integer(readonly=True)
    move = fields.Char(required=True, readonly=True)
    state_from = fields.Char(readonly=True)
    state_to = fields.Char(required=True, readonly=True)
    stage_from = fields.Integer(readonly=True)
    stage_to = fields.Integer(readonly=True)
    user_id = fields.Integer(string="User No.", required=True, readonly=True)
    user_name = fields.Char("User", compute="_compute_user_name")
    change = fields.Char(compute="_compute_change")
    stage_change = fields.Char("Stage", compute="_compute_change")
    roles = fields.Char(readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    clause = fields.Char(readonly=True)
    reason = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index=True)

    _one_chain = models.UniqueIndex("(model, res_id, seq)")
    _door = models.Constraint(
        "CHECK (state_to IS NOT NULL)",
        "This state does not follow from the one before it.",
    )

    def init(self):
        door.install_functions(self.env.cr)
        door.append_only(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
                DROP TRIGGER IF EXISTS award_register_row ON award_transition;
                CREATE TRIGGER award_register_row BEFORE INSERT ON award_transition
                FOR EACH ROW EXECUTE FUNCTION award_register_row()
                """
            )
        )

    def _compute_user_name(self):
        names = self.env["award.access.entry"]._names_of_users(self.mapped("user_id"))
        for row in self:
            row.user_name = names[row.user_id]

    @api.depends_context("lang")
    def _compute_change(self):
        stages = self.env["award.stage"].browse(
            {id_ for row in self for id_ in (row.stage_from, row.stage_to) if id_}
        )
        stage_names = {stage.id: stage.display_name for stage in stages.exists()}
        for name, rows in self.grouped("model").items():
            labels = {}
            if name in self.env:
                state = self.env[name]._fields["state"]
                labels = dict(state._description_selection(self.env))
            for row in rows:
                row.change = self._arrow(row.state_from, row.state_to, labels)
                row.stage_change = self._arrow(
                    row.stage_from, row.stage_to, stage_names
                )

    @staticmethod
    def _arrow(before, after, labels):
        """`before → after` in words, once only where nothing changes."""
        words = dict.fromkeys(labels.get(key, key) for key in (before, after) if key)
        return " → ".join(map(str, words)) or False

    @api.model
    def _record_moves(self, rows):
        """Write register rows, one statement for all.

        :param rows: list of dicts with the columns of this table but `seq`, `at`
            and `user_id`
        """
        if not rows:
            return
        columns = (
            "model res_id move state_from state_to stage_from stage_to roles clause "
            "reason company_id"
        ).split()
        now = fields.Datetime.now()
        values = SQL(", ").join(
            SQL(
                "(%s, %s, %s)",
                SQL(", ").join(SQL("%s", row.get(name)) for name in columns),
                self.env.uid,
                now,
            )
            for row in rows
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO award_transition (%s, user_id, at) VALUES %s",
                SQL(", ").join(map(SQL.identifier, columns)),
                values,
            )
        )
