from odoo import api, fields, models

from ...rules import scoring
from ...rules.refusal import Refusal


class AwardScoredLine(models.AbstractModel):
    """A percentage for one item: on its scale, with exact points.

    The model that takes this over names in `_free_fields` what people may write, and
    says in `_refuse_if_sealed` when nobody may any more.
    """

    _name = "award.scored.line"
    _description = "Score of an Item"

    _free_fields = frozenset()

    criterion_id = fields.Many2one(
        "award.criterion", required=True, readonly=True, ondelete="restrict", index=True
    )
    percent = fields.Integer("Score (%)", aggregator=None)
    is_scored = fields.Boolean(
        "Scored", help="0 % is a score; an untouched line is not."
    )
    points = fields.Integer(
        "Points (hundredths)", compute="_compute_points", store=True, aggregator=None
    )
    points_text = fields.Char("Points", compute="_compute_points_text")
    value_text = fields.Char("Out of", compute="_compute_points_text")
    item_kind = fields.Selection(related="criterion_id.kind")

    @api.depends("percent", "is_scored", "criterion_id")
    def _compute_points(self):
        for line in self:
            line.points = (
                scoring.item_points(line.criterion_id.points, line.percent)
                if line.is_scored and not line.criterion_id._off_grid(line.percent)
                else 0
            )

    @api.depends("points", "is_scored")
    def _compute_points_text(self):
        for line in self:
            line.points_text = scoring.to_text(line.points) if line.is_scored else ""
            line.value_text = scoring.to_text(line.criterion_id.points)

    def write(self, vals):
        """Refuse what is off the scale at once; a percentage makes a line scored."""
        vals = dict(vals)
        if not self.env.su:
            self._check_free(set(vals))
        self._refuse_if_sealed()
        if "percent" in vals:
            self._check_percent(vals["percent"])
            vals["is_scored"] = True
        return super().write(vals)

    def _check_percent(self, percent):
        for criterion in self.criterion_id:
            if criterion._off_grid(percent):
                self._head()._refuse(criterion._off_grid(percent, self._clause()))

    def _check_free(self, names):
        if locked := names - self._free_fields:
            self.check_access("write")  # strangers learn nothing of the rules
            shown = {"fields": ", ".join(sorted(locked))}
            self._head()._refuse(Refusal("not_editable", values=shown))

    def _clause(self):
        """Code of the clause of the stage at which these scores are given."""
        head = self._head()[:1]
        kind = head._scored_at()
        stages = head._scheme_of().stage_ids.filtered(lambda stage: stage.kind == kind)
        return stages[:1].clause_id.code or None

    def _head(self):
        """The record that the lines belong to, with a lifecycle."""
        raise NotImplementedError

    def _refuse_if_sealed(self):
        raise NotImplementedError

    def _incomplete(self):
        """The lines without a score, in order."""
        return self.filtered(lambda line: not line.is_scored)

    def _first_off_grid(self):
        """Refusal of the first line whose percentage is not on its scale, or None."""
        for line in self:
            if line.criterion_id._off_grid(line.percent):
                return line.criterion_id._off_grid(line.percent, line._clause())
        return None
