from odoo import api, fields, models

from ...rules.refusal import Refusal

#: What is written when: the reply on entry, the finding after the check.
OPEN = {
    "draft": frozenset(),
    "sent": frozenset({"verdict", "evidence"}),
    "answered": frozenset({"finding", "finding_note"}),
}


class AwardConsultationOpinion(models.Model):
    """What a department says about one case, and what the office finds on it."""

    _name = "award.consultation.opinion"
    _description = "Opinion of a Department"
    _inherit = ["award.confidential"]
    _order = "consultation_id, id"
    _rec_name = "application_id"

    consultation_id = fields.Many2one(
        "award.consultation", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    verdict = fields.Selection([("none", "No Comment"), ("adverse", "Adverse")])
    evidence = fields.Text()
    finding = fields.Selection(
        [("substantiated", "Substantiated"), ("unsubstantiated", "Not Substantiated")]
    )
    finding_note = fields.Text("Grounds of the Finding")
    can_enter = fields.Boolean(compute="_compute_open")
    can_judge = fields.Boolean(compute="_compute_open")
    company_id = fields.Many2one(
        related="consultation_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(consultation_id, application_id)")

    @api.depends("consultation_id.state", "verdict")
    def _compute_open(self):
        for record in self:
            state = record.consultation_id.state
            record.can_enter = state == "sent"
            record.can_judge = state == "answered" and record.verdict == "adverse"

    @api.model
    def _open_when(self):
        """dict of state of the letter -> fields that are written while it lasts."""
        return OPEN

    def _is_judged(self):
        """The office has a finding with its grounds."""
        return bool(self.finding and (self.finding_note or "").strip())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            if (
                record.consultation_id.state != "draft"
                or record.verdict
                or record.finding
            ):
                record._refuse_closed({"application_id"})
        return records

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        for record in self:
            case = record.sudo().application_id  # sudo: whether it is closed
            if case.is_closed_to_me:
                shown = {"cases": case.display_name}
                record.consultation_id._refuse(Refusal("withdrawn_from", values=shown))
            letter = record.consultation_id
            closed = set(vals) - self._open_when().get(letter.state, frozenset())
            if closed or letter._finding_is_used():
                record._refuse_closed(set(vals))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        for record in self:
            if record.consultation_id.state != "draft":
                record._refuse_closed({"application_id"})

    def _refuse_closed(self, fields_):
        labels = ", ".join(
            self._fields[name]._description_string(self.env) for name in sorted(fields_)
        )
        self.consultation_id._refuse(Refusal("field_closed", values={"fields": labels}))


class AwardConsultation(models.Model):
    _inherit = "award.consultation"

    def _finding_is_used(self):
        """Whether a list has been adopted on the strength of the findings."""
        return bool(self.list_id) and bool(
            self.env["award.list"]
            .sudo()  # sudo: a yes or no, whoever writes
            .search_count(
                [
                    ("previous_id", "=", self.list_id.id),
                    ("state", "=", "adopted"),
                ],
                limit=1,
            )
        )
