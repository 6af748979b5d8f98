from odoo import api, fields, models

from ...rules import scheme_facts
from ...rules.refusal import Refusal


class AwardStageOmission(models.Model):
    """That an edition leaves out a stage which its scheme lets it leave out, and why.

    It is recorded before the first case gets there, and stays: who goes through the
    edition later passes the stage by in the same way.
    """

    _name = "award.stage.omission"
    _description = "Stage Left Out"
    _order = "edition_id, id"
    _rec_name = "stage_id"

    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="cascade", index=True
    )
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    stage_id = fields.Many2one(
        "award.stage",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('scheme_id', '=', scheme_id), ('optional', '=', True)]",
    )
    reason = fields.Char(required=True)
    decided_by = fields.Char(help="Body and document, where one decided it.")
    recorded_on = fields.Date(
        required=True,
        readonly=True,
        default=lambda self: self.env["award.clock"]._today(),
    )
    clause_id = fields.Many2one(related="stage_id.clause_id", string="Clause")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(edition_id, stage_id)", "The edition leaves out this stage already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._check_possible()
        return records

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        self._refuse_when_announced()
        result = super().write(vals)
        for record in self:
            record._check_possible()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_announced(self):
        self._refuse_when_announced()

    def _refuse_when_announced(self):
        """What was published with the edition, or acted upon, stays as recorded."""
        for edition in self.edition_id:
            if edition.state != "draft":
                edition._refuse(Refusal("edition_frozen"))

    def _check_possible(self):
        for refusal in filter(None, (self._not_optional(), self._too_late())):
            self.edition_id._refuse(refusal)
        if refusal := self.edition_id._refusal_omissions():
            self.edition_id._refuse(refusal)

    def _not_optional(self):
        """The scheme of the edition lets it leave the stage out, for a reason."""
        stage = self.stage_id
        clause, shown = stage.clause_id.code or None, {"stage": stage.display_name}
        if stage.scheme_id != self.edition_id.scheme_id or not stage.optional:
            return Refusal("stage_not_optional", clause, shown)
        if not (self.reason or "").strip():
            return Refusal("reason_missing", clause)
        return None

    def _too_late(self):
        """No case is at the stage, or has gone past it."""
        edition, stage = self.edition_id, self.stage_id
        shown = {"stage": stage.display_name}
        if edition.is_over:
            return Refusal("edition_over", stage.clause_id.code or None, shown)
        there = self.env["award.case.stage"].sudo().search_count(  # sudo: a yes or no
            [
                ("application_id.edition_id", "=", edition.id),
                ("scheme_stage_id.sequence", ">=", stage.sequence),
            ],
            limit=1,
        )
        if there:
            return Refusal("stage_reached", stage.clause_id.code or None, shown)
        return None


class AwardEdition(models.Model):
    _inherit = "award.edition"

    omission_ids = fields.One2many(
        "award.stage.omission", "edition_id", "Stages Left Out"
    )
    may_omit = fields.Boolean(compute="_compute_may_omit")
    is_over = fields.Boolean(compute="_compute_may_omit")

    @api.depends("scheme_id", "state")
    def _compute_may_omit(self):
        for edition in self:
            stages = edition.scheme_id.stage_ids
            edition.may_omit = any(stages.mapped("optional"))
            edition.is_over = edition.state in edition._lifecycle.final

    def action_timetable(self):
        """The calendar of the edition is that of the stages which it holds."""
        action = super().action_timetable()
        action["context"]["default_left_out_ids"] = self._left_out().ids
        return action

    def _left_out(self):
        """The stages that the (single) edition leaves out."""
        self.ensure_one()
        if not any(self.scheme_id.stage_ids.mapped("optional")):
            return self.env["award.stage"]  # nothing to ask for
        return self.sudo().omission_ids.stage_id  # sudo: the way of a case is no secret

    def _stages(self, award_class=None):
        """The stages that a class passes in this edition, in order."""
        return self.scheme_id._stages(award_class) - self._left_out()

    def _refusal_omissions(self):
        """Refusal where what remains lacks something that a left out stage makes."""
        for award_class in self.scheme_id.class_ids:
            stages = self._stages(award_class)
            found = scheme_facts.first_unmet((s, s.kind) for s in stages)
            whole = scheme_facts.first_unmet(
                (s, s.kind) for s in self.scheme_id._stages(award_class)
            )
            if found and not whole:
                shown = {"stage": found.display_name}
                return Refusal("stage_needs_left_out", found.clause_id.code, shown)
        return None
