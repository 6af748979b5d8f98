from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..application.chapter import CHAPTER_MAX
from ..application.portal_applicant import clean_text

#: What either side says of the other, field by field.
ASKED = ("discipline", "conduct")


class AwardVisitFeedbackEntry(models.TransientModel):
    """The form in which a member of the panel speaks of the visited unit."""

    _name = "award.visit.feedback.entry"
    _description = "Feedback on a Visit"

    visit_id = fields.Many2one("award.visit", required=True, ondelete="cascade")
    discipline = fields.Selection(
        selection=lambda self: self._choices("discipline"), required=True
    )
    conduct = fields.Selection(
        selection=lambda self: self._choices("conduct"), required=True
    )
    remark = fields.Text()

    @api.model
    def _choices(self, name):
        field = self.env["award.visit.feedback"]._fields[name]
        return field._description_selection(self.env)

    def action_give(self):
        """Hand it to the supervisors; it is not shown to anybody else, nor again."""
        self.visit_id.action_give_feedback(
            self.discipline, self.conduct, self.remark
        )
        self.sudo().unlink()  # sudo: what was said is kept where supervisors read
        return {"type": "ir.actions.act_window_close"}


class AwardVisit(models.Model):
    _inherit = "award.visit"

    may_give_feedback = fields.Boolean(compute="_compute_may_give_feedback")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_give_feedback(self):
        """Whether the user sat on the panel of a visit that took place."""
        roles = self._roles_on()
        given = self._rated_by_me()
        for visit in self:
            sat = {"panel_member", "panel_leader"} & roles.get(visit.id, set())
            visit.may_give_feedback = bool(
                sat and visit.state != "planned" and visit not in given
            )

    def _rated_by_me(self):
        """Visits on which the current user has given feedback already."""
        found = self.env["award.visit.feedback"].sudo().search(  # sudo: counted only
            [("visit_id", "in", self.ids), ("author_id", "=", self.env.uid)]
        )
        return self.browse(found.visit_id.ids)

    def action_open_feedback(self):
        """Open the form for the panel's word on the unit."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Feedback on a Visit"),
            "res_model": "award.visit.feedback.entry",
            "view_mode": "form",
            "target": "new",
            "context": {"default_visit_id": self.id},
        }


class AwardApplication(models.Model):
    """The unit's word on the panel, given on the pages of the application."""

    _inherit = "award.application"

    @api.model
    def _portal_state(self, application):
        """Also `visits`: those on which the user may still speak, and the choices."""
        state = super()._portal_state(application)
        entry = self.env["award.visit.feedback.entry"]
        return {
            **state,
            "visits": state["case"]._visits_to_rate(),
            "feedback_choices": {name: entry._choices(name) for name in ASKED},
        }

    def _visits_to_rate(self):
        visits = self.env["award.visit"].search(
            [
                ("submission_id.application_id", "in", self.ids),
                ("state", "!=", "planned"),
            ]
        )
        return visits - visits._rated_by_me()

    @api.model
    def _portal_give_feedback(self, application, visit, values):
        """Take in what the unit says of the panel after a visit.

        :param application: id of a case of the user's applicant
        :param visit: id of a visit of that case
        :param values: dict with `discipline`, `conduct` and perhaps `remark`
        :raise AwardRefusal: `feedback_incomplete`, and as the visit refuses
        """
        case = self._portal_case(application)
        found = case._visits_to_rate().filtered(lambda v: v.id == visit)
        if not found:
            case._refuse(Refusal("feedback_not_open"))
        entry = self.env["award.visit.feedback.entry"]
        if any(values.get(name) not in dict(entry._choices(name)) for name in ASKED):
            case._refuse(Refusal("feedback_incomplete"))
        told = [values[name] for name in ASKED]
        remark = clean_text(values.get("remark"))[:CHAPTER_MAX]
        return found._portal_feedback(*told, remark)
