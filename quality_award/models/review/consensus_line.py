from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from . import seal

_SEALED = (
    "criterion_id",
    "percent",
    "given",
    "rating_id",
    "verdict",
    "is_scored",
    "points",
    "note",
    "evidence",
)


class AwardConsensusLine(models.Model):
    """The agreed answer on one item, and what it rests on."""

    _name = "award.consensus.line"
    _description = "Consensus Score of an Item"
    _inherit = [
        "award.visible",
        "award.scored.line",
        "award.confidential",
        "award.closing",
    ]
    _case_field = "consensus_id"
    _order = "consensus_id, sequence, id"
    _rec_name = "criterion_id"

    _free_fields = frozenset(
        "percent given given_text rating_id verdict is_scored note evidence".split()
    )

    consensus_id = fields.Many2one(
        "award.consensus", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    low = fields.Integer(
        "Lowest (level)", readonly=True, aggregator=None, help="On the item's scale."
    )
    high = fields.Integer(
        "Highest (level)", readonly=True, aggregator=None, help="On the item's scale."
    )
    low_text = fields.Char("Lowest", compute="_compute_level_texts")
    high_text = fields.Char("Highest", compute="_compute_level_texts")
    needs_note = fields.Boolean("To Discuss", readonly=True)
    note = fields.Text("Reason")
    evidence = fields.Char(help="Interview or document on site that a change rests on.")
    company_id = fields.Many2one(
        related="consensus_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(consensus_id, criterion_id)")
    _sealed = models.Constraint(
        "CHECK (points >= 0)", "The consensus is agreed and changes no more."
    )

    def init(self):
        super().init()
        seal.seal_lines(
            self.env.cr,
            self._table,
            _SEALED,
            "award_consensus",
            "consensus_id",
            "agreed",
        )

    def _neutral_word(self):
        return self.env._("Item of a Consensus")

    def _open_to_me_sql(self):
        return self._of_consensus(self.env["award.consensus"]._open_to_me_sql())

    def _mine_to_edit_sql(self):
        return self._of_consensus(self.env["award.consensus"]._mine_to_edit_sql())

    @staticmethod
    def _of_consensus(found):
        return [
            SQL(
                "SELECT id FROM award_consensus_line WHERE consensus_id IN (%s)",
                SQL(" UNION ").join(found),
            )
        ]

    @api.depends("low", "high", "criterion_id")
    def _compute_level_texts(self):
        for line in self:
            line.low_text = line.criterion_id._level_text(line.low)
            line.high_text = line.criterion_id._level_text(line.high)

    def _range(self):
        """Lowest and highest level; of an earlier version, which kept percentages
        whatever the scale, the level agreed on.
        """
        if self._earlier_percent():
            level = self._level() or 0
            return {"low": level, "high": level}
        return {"low": self.low, "high": self.high}

    def _head(self):
        return self.consensus_id

    def _refuse_if_sealed(self):
        self.check_access("write")  # strangers learn nothing of the state
        if any(consensus.state == "agreed" for consensus in self.consensus_id):
            self.consensus_id._refuse(Refusal("consensus_agreed"))

    def _undiscussed(self):
        """Lines whose scores lie far apart and that carry no reason yet."""
        return self.filtered(
            lambda line: line.needs_note and not (line.note or "").strip()
        )
