from odoo import fields, models
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
    "strengths",
    "improvements",
    "site_issues",
)


class AwardSheetLine(models.Model):
    """One item on a score sheet: the answer, findings, what to ask on site."""

    _name = "award.sheet.line"
    _description = "Score of an Item"
    _inherit = ["award.visible", "award.scored.line", "award.confidential"]
    _order = "sheet_id, sequence, id"
    _rec_name = "criterion_id"

    _seen_by = frozenset()
    _free_fields = frozenset(
        "percent given given_text rating_id verdict is_scored strengths improvements "
        "site_issues".split()
    )

    sheet_id = fields.Many2one(
        "award.sheet", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(related="criterion_id.sequence", store=True)
    strengths = fields.Text()
    improvements = fields.Text("Opportunities for Improvement")
    site_issues = fields.Text("Site-visit Issues")
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(sheet_id, criterion_id)")
    _sealed = models.Constraint(
        "CHECK (points >= 0)", "The score sheet is locked and changes no more."
    )

    def init(self):
        super().init()
        seal.seal_lines(
            self.env.cr, self._table, _SEALED, "award_sheet", "sheet_id", "locked"
        )

    def _neutral_word(self):
        return self.env._("Item of a Score Sheet")

    def _open_to_me_sql(self):
        return self._of_sheets(self.env["award.sheet"]._open_to_me_sql())

    def _mine_to_edit_sql(self):
        return self._of_sheets(self.env["award.sheet"]._mine_to_edit_sql())

    @staticmethod
    def _of_sheets(found):
        return [
            SQL(
                "SELECT id FROM award_sheet_line WHERE sheet_id IN (%s)",
                SQL(" UNION ").join(found),
            )
        ]

    def _head(self):
        return self.sheet_id

    def _refuse_if_sealed(self):
        self.check_access("write")  # strangers learn nothing of the state
        if any(sheet.state == "locked" for sheet in self.sheet_id):
            self.sheet_id._refuse(Refusal("sheet_locked"))
