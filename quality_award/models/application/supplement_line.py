from markupsafe import Markup

from odoo import api, fields, models

from ...rules.refusal import Refusal
from ...rules.text_difference import difference

#: How a difference is marked: kind of a piece -> element and class.
MARKS = {
    "same": Markup("<span>%s</span>"),
    "out": Markup('<del class="text-danger">%s</del>'),
    "in": Markup('<ins class="text-success fw-bold">%s</ins>'),
}


class AwardSupplementLine(models.Model):
    """One part of an application that a supplement opens, and why.

    What the part said when it was asked for, and what it said when it was answered,
    are kept here; the versions themselves are in `award.submission`.
    """

    _name = "award.supplement.line"
    _description = "Part to Be Completed"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "supplement_id, sequence, id"
    _rec_name = "part"

    supplement_id = fields.Many2one(
        "award.supplement", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        related="supplement_id.application_id", store=True, index=True
    )
    sequence = fields.Integer()
    part = fields.Char(required=True, help="Code of the part of the application.")
    label = fields.Char("What", compute="_compute_label")
    reason = fields.Text("Why, and What to Complete", required=True)
    before = fields.Text("As Handed In", readonly=True)
    after = fields.Text("As Completed", readonly=True)
    is_changed = fields.Boolean("Changed", compute="_compute_difference_html")
    difference_html = fields.Html(
        "Difference", compute="_compute_difference_html", sanitize=False
    )
    company_id = fields.Many2one(
        related="supplement_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(supplement_id, part)", "This part is asked for in the supplement already."
    )

    @api.depends("part", "application_id")
    @api.depends_context("lang")
    def _compute_label(self):
        for application, lines in self.grouped("application_id").items():
            labels = application._parts() if application else {}
            for line in lines:
                line.label = labels.get(line.part, line.part)

    @api.depends("before", "after", "supplement_id.state")
    def _compute_difference_html(self):
        for line in self:
            answered = line.supplement_id.state == "answered"
            pieces = difference(line.before or "", line.after or "")
            line.is_changed = answered and (line.before or "") != (line.after or "")
            line.difference_html = answered and Markup(
                '<div style="white-space: pre-wrap; overflow-wrap: anywhere">%s</div>'
            ) % Markup().join(MARKS[kind] % text for kind, text in pieces)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._refuse_when_sent()
        for line in lines:
            if line.part not in line.application_id._parts():
                line.supplement_id._refuse(
                    Refusal("part_unknown", values={"part": line.part})
                )
        return lines

    def write(self, vals):
        if vals.keys() - {"before", "after"}:
            self.check_access("write")  # strangers learn nothing of the state
            self._refuse_when_sent()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._refuse_when_sent()

    def _refuse_when_sent(self):
        for supplement in self.supplement_id:
            if supplement.state != "draft":
                supplement._refuse(Refusal("supplement_sent"))


class AwardSupplement(models.Model):
    """A supplement may name the parts to be completed, each with a reason."""

    _inherit = "award.supplement"

    line_ids = fields.One2many("award.supplement.line", "supplement_id", "Parts")
    is_out = fields.Boolean(compute="_compute_is_out")
    asked_for = fields.Text("What Is Asked For", compute="_compute_asked_for")

    @api.depends("items", "line_ids.reason")
    def _compute_asked_for(self):
        for supplement in self:
            said = [supplement.items, *supplement.line_ids.mapped("reason")]
            supplement.asked_for = "\n".join(filter(None, said))

    @api.depends("state")
    def _compute_is_out(self):
        for supplement in self:
            supplement.is_out = supplement.state == "sent"

    def action_choose_parts(self):
        """Choose from all parts of the application."""
        self.ensure_one()
        return self.env["award.supplement.choice"]._ask(self)

    def _asked_text(self):
        """The text, and below it each part with its reason."""
        parts = [f"{line.label}: {line.reason}" for line in self.line_ids]
        return "\n".join(filter(None, [super()._asked_text(), *parts]))

    def _guard_items_named(self):
        if self.line_ids:
            return None
        return super()._guard_items_named()

    def _after_send(self):
        for line in self.sudo().line_ids:  # sudo: kept by the act
            line.before = line.application_id._part_text(line.part)
        return super()._after_send()

    def _after_answer(self):
        for line in self.sudo().line_ids:  # sudo: kept by the act
            line.after = line.application_id._part_text(line.part)
        return super()._after_answer()
