from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from ..base.refusal import role_labels


class AwardObligation(models.Model):
    """Something a winner owes afterwards: a prize-use report, an annual report."""

    _name = "award.obligation"
    _description = "Obligation of a Winner"
    _inherit = ["award.stamped"]
    _order = "id"
    _rec_name = "kind"

    state = state_field("award.obligation")
    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("prize_report", "Prize-use Report"),
            ("annual_report", "Annual Report"),
            ("sharing", "Sharing of Experience"),
            ("publicity", "Publicity"),
        ],
        required=True,
    )
    due_on = fields.Date()
    delivered_on = fields.Date(readonly=True)
    content = fields.Text()
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.award_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"delivered_on"})

    @api.model
    def _open_fields(self):
        return {"owed": frozenset({"content"})}

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = self.env["award.clock"]._today()
        for record in self:
            record.is_overdue = bool(
                record.state == "owed" and record.due_on and record.due_on < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["award.clock"]._today()
        late = fields.Domain([("state", "=", "owed"), ("due_on", "<", today)])
        return late if True in value else ~late

    def _roles_on(self):
        """Persons who act for the winner deliver as applicants."""
        roles = super()._roles_on()
        people = self.env["award.applicant.member"]._mine()
        mine = people.filtered("can_write").applicant_id
        for record in self.sudo():  # sudo: whose award it is
            if record.award_id.applicant_id in mine:
                roles[record.id].add("applicant")
        return roles

    # -- acts ----------------------------------------------------------------
    def action_deliver(self, content=None):
        """Take the report in."""
        if content is not None:
            self.write({"content": content})
        today = self.env["award.clock"]._today()
        return self._apply_move("deliver", values={"delivered_on": today})

    def _after_deliver(self):
        for record in self.sudo():  # sudo: clocks are kept by acts
            self.env["award.clock"]._stop(record.award_id, record.kind)

    def action_waive(self, reason=None):
        """Nothing is owed any more, for a stated reason."""
        return self._with_reason("waive", reason)

    def _after_waive(self):
        for record in self.sudo():  # sudo: clocks are kept by acts
            self.env["award.clock"]._void(record.award_id, record.kind)

    def _portal_deliver(self, content):
        """The winner hands the report in; called by the portal's own route.

        Portal users have no right on the model: the role is asked first.
        """
        self.ensure_one()
        if "applicant" not in self._roles_on()[self.id]:
            roles = role_labels(self.env, {"applicant"})
            self._refuse(Refusal("wrong_role", values={"roles": roles}))
        return self.sudo().action_deliver(content)  # sudo: a member of the winner

    @api.model
    def _follow(self, clocks):
        """Take over the last day of the clocks, kind by kind."""
        for (kind, due), some in clocks.grouped(lambda c: (c.code, c.due_on)).items():
            owed = self.sudo().search(  # sudo: dates follow from the clock
                [
                    ("award_id", "in", some.mapped("res_id")),
                    ("kind", "=", kind),
                    ("state", "=", "owed"),
                ]
            )
            owed._set_due(due)

    def _set_due(self, due):
        """Write the last day; it is no field that people write."""
        self.flush_recordset()
        if self:
            self.env.execute_query(
                SQL(
                    "UPDATE award_obligation SET due_on = %s WHERE id IN %s",
                    due or None,
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["due_on"])

    def _guard_content_given(self):
        return None if (self.content or "").strip() else Refusal("content_missing")


class AwardClock(models.Model):
    _inherit = "award.clock"

    def _after_recount(self):
        """What a winner owes is due when its clock is."""
        result = super()._after_recount()
        clocks = self.filtered(lambda clock: clock.res_model == "award.award")
        self.env["award.obligation"]._follow(clocks)
        return result
