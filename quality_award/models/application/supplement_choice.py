from odoo import api, fields, models

from ...rules import parts
from ...rules.refusal import Refusal

GROUPS = [
    ("field", "Application Form"),
    ("chapter", "Self-assessment"),
    ("report", "Self-assessment"),
    ("indicator", "Indicators"),
    ("evidence", "Evidence"),
    ("fact", "Conditions"),
]
#: Characters of a part that are shown beside its name.
EXCERPT = 60


class AwardSupplementChoice(models.TransientModel):
    """All parts of an application; those that get a reason are asked for."""

    _name = "award.supplement.choice"
    _description = "Parts to Choose From"

    supplement_id = fields.Many2one("award.supplement", required=True, readonly=True)
    line_ids = fields.One2many("award.supplement.choice.line", "choice_id")

    @api.model
    def _ask(self, supplement):
        """The dialogue for a supplement that was not sent yet."""
        supplement.check_access("write")
        if supplement.state != "draft":
            supplement._refuse(Refusal("supplement_sent"))
        case = supplement.application_id
        known = {line.part: line.reason for line in supplement.line_ids}
        choice = self.create(
            {
                "supplement_id": supplement.id,
                "line_ids": [
                    fields.Command.create(
                        {
                            "part": part,
                            "group": parts.split(part)[0],
                            "label": label,
                            "said": self._excerpt(case._part_text(part)),
                            "reason": known.get(part, False),
                        }
                    )
                    for part, label in case._parts().items()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Is to Be Completed"),
            "res_model": self._name,
            "res_id": choice.id,
            "view_mode": "form",
            "target": "new",
        }

    @staticmethod
    def _excerpt(text):
        line = " ".join(text.split())
        return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"

    def action_take(self):
        """Ask for the parts that have a reason, and for no other."""
        self.ensure_one()
        supplement = self.supplement_id
        chosen = {
            line.part: (line.reason or "").strip()
            for line in self.line_ids
            if (line.reason or "").strip()
        }
        order = {line.part: place for place, line in enumerate(self.line_ids)}
        present = {line.part: line for line in supplement.line_ids}
        supplement.line_ids = [
            *(
                fields.Command.delete(line.id)
                for part, line in present.items()
                if part not in chosen
            ),
            *(
                fields.Command.update(present[part].id, {"reason": reason})
                if part in present
                else fields.Command.create(
                    {"part": part, "reason": reason, "sequence": order[part]}
                )
                for part, reason in chosen.items()
            ),
        ]
        return {"type": "ir.actions.act_window_close"}


class AwardSupplementChoiceLine(models.TransientModel):
    _name = "award.supplement.choice.line"
    _description = "Part to Choose"
    _order = "id"

    choice_id = fields.Many2one(
        "award.supplement.choice", required=True, ondelete="cascade"
    )
    part = fields.Char(required=True, readonly=True)
    group = fields.Selection(GROUPS, "Where", readonly=True)
    label = fields.Char("What", readonly=True)
    said = fields.Char("Says Now", readonly=True)
    reason = fields.Char("Why, and What to Complete")
