from markupsafe import Markup

from odoo import api, fields, models

from ..base.refusal import refusal_text
from .allowance import KINDS


class AwardAllowanceDialog(models.TransientModel):
    """Extension, late acceptance, re-opening: for which cases, until when, and why."""

    _name = "award.allowance.dialog"
    _description = "Extension, Late Acceptance, Re-opening"

    application_ids = fields.Many2many("award.application", readonly=True)
    scheme_id = fields.Many2one("award.scheme", readonly=True)
    kind = fields.Selection(KINDS, required=True, default="extension")
    until_on = fields.Date("New Last Day")
    reason = fields.Text()
    clause_id = fields.Many2one("award.clause")
    decision = fields.Char(
        "Decided By Document", help="Where no clause provides for it."
    )
    tell_applicant = fields.Boolean("Draft a Letter to Each Applicant", default=True)
    tell_others = fields.Char(
        "Who Else Is Told", help="The recommender by telephone, the supervisor …"
    )
    count = fields.Integer(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_possible = fields.Boolean(compute="_compute_preview")
    day_warning = fields.Char(compute="_compute_day_warning")

    @api.model
    def _ask(self, cases, kind):
        """The dialogue for cases of one scheme.

        :param kind: the kind that it begins with
        """
        cases.check_access("read")
        cases.edition_id.scheme_id.ensure_one()
        dialog = self.create(
            {
                "application_ids": [fields.Command.set(cases.ids)],
                "scheme_id": cases.edition_id.scheme_id.id,
                "kind": kind,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Extension, Late Acceptance, Re-opening"),
            "res_model": self._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("application_ids", "kind", "until_on")
    def _compute_preview(self):
        """The cases by name; beside each that it is not possible for, why."""
        for dialog in self:
            cases = dialog.application_ids
            against = cases._allowance_refusals(dialog.kind, dialog.until_on or None)
            dialog.count = len(cases)
            dialog.is_possible = not against
            dialog.preview = Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s%s</li>")
                % (
                    case.display_name,
                    Markup(' <span class="text-danger">%s</span>')
                    % refusal_text(self.env, against[case])
                    if case in against
                    else "",
                )
                for case in cases
            )

    @api.depends("until_on")
    def _compute_day_warning(self):
        calendar = self.env["award.calendar.year"]._calendar(self.env.company)
        for dialog in self:
            day = dialog.until_on
            if not day:
                dialog.day_warning = False
            elif not calendar.is_known(day):
                dialog.day_warning = self.env._(
                    "The official calendar of that year is not out; whether this is a "
                    "working day is not known."
                )
            elif not calendar.is_working_day(day):
                dialog.day_warning = self.env._(
                    "This is not a working day. Nobody may be there to help or to take "
                    "paper in."
                )
            else:
                dialog.day_warning = False

    def action_grant(self):
        """Grant it to all cases of the dialogue, or to none."""
        self.ensure_one()
        cases = self.application_ids
        told = [self.env._("Applicant, by letter")] if self.tell_applicant else []
        told += [self.tell_others] if self.tell_others else []
        clause = self.clause_id.code or None
        cases._allow(
            self.kind,
            self.until_on,
            self.reason or "",
            clause=clause,
            decision=self.decision,
            told="; ".join(told),
        )
        if self.tell_applicant:
            kinds = dict(self._fields["kind"]._description_selection(self.env))
            text = self.env._(
                "%(kind)s: the last day is now %(day)s. Reason: %(reason)s",
                kind=kinds[self.kind],
                day=self.until_on,
                reason=self.reason,
            )
            cases._draft_letters("allowance", text, clause)
        return {"type": "ir.actions.act_window_close"}


class AwardApplication(models.Model):
    _inherit = "award.application"

    def action_allow(self):
        """Extension, late acceptance or re-opening of these cases, in one dialogue."""
        supplement_out = self.supplement_ids.filtered(lambda one: one.state == "sent")
        kind = "extension"
        if supplement_out:
            kind = "supplement"
        elif set(self.mapped("state")) == {"submitted"}:
            kind = "reopening"
        elif any(fields.Datetime.now() > case._window_end() for case in self):
            kind = "late"
        return self.env["award.allowance.dialog"]._ask(self, kind)


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    def action_allow(self):
        """Let the time of this supplement end later."""
        return self.env["award.allowance.dialog"]._ask(
            self.application_id, "supplement"
        )
