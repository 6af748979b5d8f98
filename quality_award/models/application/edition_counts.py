from odoo import fields, models

READERS = "quality_award.group_office,quality_award.group_supervisor"


class AwardEdition(models.Model):
    """How many cases there are, and where; for the office and the supervisor only."""

    _inherit = "award.edition"

    count_registered = fields.Integer(
        "Registered Online", compute="_compute_counts", groups=READERS
    )
    count_submitted = fields.Integer(
        "Handed In", compute="_compute_counts", groups=READERS
    )
    count_live = fields.Integer("Under Way", compute="_compute_counts", groups=READERS)
    count_ended = fields.Integer("Ended", compute="_compute_counts", groups=READERS)
    stage_counts = fields.Text(
        "Cases by Stage", compute="_compute_stage_counts", groups=READERS
    )

    def _compute_counts(self):
        """Two grouped queries for all editions; submitted means ever handed in."""
        groups = self.env["award.application"].sudo()._read_group(  # sudo: numbers only
            [("edition_id", "in", self.ids)],
            ["edition_id", "state"],
            ["__count", "submitted_at:count"],
        )
        counts = {edition.id: {} for edition in self}
        handed_in = dict.fromkeys(self.ids, 0)
        for edition, state, count, submitted in groups:
            counts[edition.id][state] = count
            handed_in[edition.id] += submitted
        for edition in self:
            found = counts.get(edition.id, {})
            live = sum(found.get(state, 0) for state in ("submitted", "accepted"))
            waiting = sum(found.get(state, 0) for state in ("draft", "returned"))
            edition.count_registered = sum(found.values())
            edition.count_submitted = handed_in.get(edition.id, 0)
            edition.count_live = live
            edition.count_ended = edition.count_registered - live - waiting

    def _compute_stage_counts(self):
        """One line for each stage at which a case is: name and number."""
        groups = self.env["award.application"].sudo()._read_group(  # sudo: as above
            [
                ("edition_id", "in", self.ids),
                ("state", "in", ("submitted", "accepted")),
            ],
            ["edition_id", "stage_id"],
            ["__count"],
        )
        lines = {edition.id: [] for edition in self}
        for edition, stage, count in groups:
            lines[edition.id].append((stage.sequence, stage.display_name, count))
        for edition in self:
            edition.stage_counts = "\n".join(
                f"{name}: {count}" for _seq, name, count in sorted(lines[edition.id])
            )

    def action_cases(self):
        """The cases of the edition."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "award.application",
            "view_mode": "list,kanban,form",
            "domain": [("edition_id", "=", self.id)],
        }
