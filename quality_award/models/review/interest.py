from odoo import models
from odoo.tools import SQL


class AwardInterest(models.Model):
    _inherit = "award.interest"

    def _after_declare_none(self):
        super()._after_declare_none()
        self._open_sheets()

    def _after_dismiss(self):
        super()._after_dismiss()
        self._open_sheets()

    def _open_sheets(self):
        """Give each member of the panel a blind sheet with every item, once.

        None after the consensus has been opened: what is agreed rests on the sheets
        that were there.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT i.submission_id, a.panel_id, i.expert_id, s.title,
                          s.criteria_id
                     FROM award_interest i
                     JOIN award_submission s ON s.id = i.submission_id
                     JOIN award_assignment a ON a.submission_id = i.submission_id
                     JOIN award_panel_member m
                       ON m.panel_id = a.panel_id AND m.expert_id = i.expert_id
                    WHERE i.id IN %s
                      AND NOT EXISTS (SELECT FROM award_sheet t
                                       WHERE t.submission_id = i.submission_id
                                         AND t.expert_id = i.expert_id)
                      AND NOT EXISTS (SELECT FROM award_consensus c
                                       WHERE c.submission_id = i.submission_id)
                    ORDER BY i.id""",
                tuple(self.ids),
            )
        )
        names = ("submission_id", "panel_id", "expert_id", "title")
        sheets = (
            self.env["award.sheet"]
            .sudo()  # sudo: sheets come from the roster, nobody types them
            .create([dict(zip(names, row, strict=False)) for row in rows])
        )
        items = {
            criteria.id: criteria._judged_items().sorted("sequence").ids
            for criteria in self.env["award.criteria"].browse({row[4] for row in rows})
        }
        self.env["award.sheet.line"].sudo().create(  # sudo: as above
            [
                {"sheet_id": sheet.id, "criterion_id": item}
                for sheet, row in zip(sheets, rows, strict=True)
                for item in items[row[4]]
            ]
        )
