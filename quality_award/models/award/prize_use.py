from odoo import api, fields, models

from ...rules import aftermath
from ...rules.refusal import Refusal

#: Status of the report -> what may be written on its lines while it lasts.
OPEN = {
    "owed": frozenset({"use", "amount", "words"}),
    "delivered": frozenset({"view", "view_note"}),
}


class AwardPrizeUse(models.Model):
    """What prize money was spent on, one line of a prize-use report.

    The uses that a scheme names are no closed list: any other use is lawful, with
    words and the office's view. Only money diverted is a finding.
    """

    _name = "award.prize.use"
    _description = "Use of Prize Money"
    _order = "obligation_id, id"
    _rec_name = "use"

    obligation_id = fields.Many2one(
        "award.obligation",
        "Report",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('kind', '=', 'prize_report')]",
    )
    award_id = fields.Many2one(related="obligation_id.award_id", store=True, index=True)
    use = fields.Char(required=True, help="As the scheme names it, or another one.")
    is_other = fields.Boolean("Other Use", compute="_compute_is_other", store=True)
    amount = fields.Integer("Amount (yuan)")
    words = fields.Text("What For")
    view = fields.Selection(
        [("proper", "Proper"), ("diverted", "Diverted")], "View of the Office"
    )
    view_note = fields.Char("Grounds of the View")
    open_names = fields.Json(
        compute="_compute_open_names", export_string_translation=False
    )
    company_id = fields.Many2one(
        related="obligation_id.company_id", store=True, index=True
    )

    _not_negative = models.Constraint(
        "CHECK (amount >= 0)", "An amount is not below 0."
    )

    @api.depends("use", "obligation_id")
    def _compute_is_other(self):
        for line in self:
            listed = line.sudo().obligation_id._listed_uses()  # sudo: a yes or no
            line.is_other = aftermath.is_other_use(line.use, listed)

    @api.depends("obligation_id.state", "view")
    def _compute_open_names(self):
        for line in self:
            open_names = OPEN.get(line.obligation_id.state or "owed", frozenset())
            line.open_names = [] if line.view else sorted(open_names)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines:
            report = line.obligation_id
            if report.kind != "prize_report" or report.state != "owed" or line.view:
                line._refuse_closed(["use"])
        return lines

    def write(self, vals):
        """Amounts until the report is taken in, then the office's view, once."""
        self.check_access("write")
        for line in self:
            if closed := vals.keys() - set(line.open_names or ()):
                line._refuse_closed(closed)
        result = super().write(vals)
        if vals.get("view"):
            self._record_views()
        return result

    def _refuse_closed(self, names):
        labels = self.fields_get(sorted(names), ["string"])
        shown = ", ".join(label["string"] for label in labels.values())
        self.obligation_id._refuse(Refusal("field_closed", values={"fields": shown}))

    def _record_views(self):
        """A view has its grounds where it is adverse; diversion becomes a case."""
        diverted = self.filtered(lambda line: line.view == "diverted")
        for line in diverted:
            if not (line.view_note or "").strip():
                line.obligation_id._refuse(Refusal("view_without_grounds"))
        self.env["award.violation"].create(
            [
                {
                    "award_id": line.award_id.id,
                    "kind": "diverted",
                    "found_on": self.env["award.clock"]._today(),
                    "came_from": self.env._("Prize-use report"),
                    "description": f"{line.use}: {line.amount}. {line.view_note}",
                }
                for line in diverted
            ]
        )


class AwardObligation(models.Model):
    """The lines of a prize-use report, and what it takes to be taken in."""

    _inherit = "award.obligation"

    use_ids = fields.One2many("award.prize.use", "obligation_id", "Uses of the Prize")

    @api.model
    def _open_fields(self):
        found = super()._open_fields()
        uses = frozenset({"use_ids"})
        return {**found, "owed": found["owed"] | uses, "delivered": uses}

    def _listed_uses(self):
        """Uses of prize money that the scheme names for the class of the award."""
        award = self.award_id
        scheme = award._scheme_of()
        if not scheme:
            return []
        return scheme._value("prize_uses", award_class=award._class()) or []

    def _draw_up_uses(self):
        """A line for each use that the scheme names, to be filled in."""
        self.env["award.prize.use"].create(
            [
                {"obligation_id": report.id, "use": use}
                for report in self
                if report.kind == "prize_report"
                for use in report._listed_uses()
            ]
        )

    def _guard_uses_told(self):
        """Other uses have their words, and no more is told than was given."""
        lines = self.use_ids.filtered("amount")
        scheme = self._scheme_of()
        clause = scheme._clause_of("prize_uses") if scheme else None
        silent = lines.filtered(lambda li: li.is_other and not (li.words or "").strip())
        if silent:
            uses = ", ".join(silent.mapped("use"))
            return Refusal("use_without_words", clause, {"uses": uses})
        told = sum(lines.mapped("amount"))
        given = sum(self.award_id.prize_ids.mapped("amount"))
        if told > given:
            return Refusal("uses_above_prize", clause, {"told": told, "given": given})
        return None
