from odoo import api, fields, models

from ...rules import clock as clock_rules

#: Standing of a clock, computed from its dates only.
STANDINGS = [
    ("running", "Running"),
    ("due_today", "Due Today"),
    ("overdue", "Overdue"),
    ("met", "Done in Time"),
    ("missed", "Done Late"),
    ("void", "Void"),
]
#: A clock with no more calendar days left than these is shown as urgent.
URGENT_DAYS = 3


class AwardClock(models.Model):
    """Something that must happen by a date: what, who owes it, and on what basis.

    Clocks are started and stopped by acts, never typed; nobody has write rights.
    What a clock stands at follows from its dates, so it cannot disagree with them.
    """

    _name = "award.clock"
    _description = "Deadline"
    _inherit = ["award.pointer"]
    _order = "due_on, id"
    _allow_sudo_commands = False
    _pointer_model = "res_model"

    name = fields.Char(required=True, readonly=True)
    name_en = fields.Char(readonly=True)
    code = fields.Char(required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    owner_role = fields.Char(readonly=True)
    clause = fields.Char(readonly=True)
    citation = fields.Char(readonly=True)
    started_on = fields.Date(required=True, readonly=True)
    unit = fields.Char(required=True, readonly=True)
    length = fields.Integer(required=True, readonly=True)
    first_day = fields.Char(required=True, readonly=True, default="exclude")
    roll = fields.Char(required=True, readonly=True, default="none")
    suspended_days = fields.Integer(readonly=True)
    due_on = fields.Date(readonly=True, index=True)
    done_on = fields.Date(readonly=True, index=True)
    void = fields.Boolean(readonly=True)
    reminded_on = fields.Date(readonly=True)
    standing = fields.Selection(
        STANDINGS, compute="_compute_standing", search="_search_standing"
    )
    days_left = fields.Integer(
        compute="_compute_standing", help="Calendar days; negative when overdue."
    )
    is_overdue = fields.Boolean(compute="_compute_standing")
    is_urgent = fields.Boolean(compute="_compute_standing")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    _by_record = models.Index("(res_model, res_id, code)")

    @api.depends("name", "name_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for clock in self:
            clock.display_name = (english and clock.name_en) or clock.name

    @api.model
    def _today(self):
        """Today where the agency is, from the server's clock."""
        # sudo: the agency's time zone; people from outside may not read its partner
        zone = self.env.company.sudo().partner_id.tz or "Asia/Shanghai"
        return clock_rules.local_date(fields.Datetime.now(), zone)

    @api.depends("due_on", "done_on", "void")
    def _compute_standing(self):
        today = self._today()
        for clock in self:
            clock.standing = (
                "void"
                if clock.void
                else clock_rules.standing(
                    clock.due_on or None, today, clock.done_on or None
                )
            )
            pending = bool(clock.due_on) and not clock.done_on and not clock.void
            left = (clock.due_on - today).days if pending else 0
            clock.days_left = left
            clock.is_overdue = clock.standing in {"overdue", "missed"}
            clock.is_urgent = pending and 0 <= left <= URGENT_DAYS

    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today()
        return fields.Domain.OR(
            fields.Domain(self._standing_domain(standing, today)) for standing in value
        )

    @staticmethod
    def _standing_domain(standing, today):
        live = [("void", "=", False)]
        still_open = [*live, ("done_on", "=", False)]
        return {
            "void": [("void", "=", True)],
            "running": [
                *still_open,
                "|",
                ("due_on", "=", False),
                ("due_on", ">", today),
            ],
            "due_today": [*still_open, ("due_on", "=", today)],
            "overdue": [*still_open, ("due_on", "<", today)],
            "met": [*live, ("done_on", "!=", False), ("late", "=", False)],
            "missed": [*live, ("late", "=", True)],
        }.get(standing, [(0, "=", 1)])

    late = fields.Boolean(compute="_compute_late", store=True)

    @api.depends("due_on", "done_on")
    def _compute_late(self):
        for clock in self:
            clock.late = bool(
                clock.due_on and clock.done_on and clock.done_on > clock.due_on
            )

    @api.model
    def _stop(self, records, code, on=None):
        """Note that what the clocks `code` of `records` ask for is done.

        :param on: date on which it was done, today when None
        """
        clocks = self._of(records, code).filtered(lambda c: not c.done_on)
        clocks.write({"done_on": on or self._today()})
        return clocks

    @api.model
    def _void(self, records, code=None):
        """The clocks no longer matter (case withdrawn, stage closed otherwise)."""
        clocks = self._of(records, code).filtered(lambda c: not c.done_on)
        clocks.write({"void": True})

    @api.model
    def _of(self, records, code=None):
        domain = [
            ("res_model", "=", records._name),
            ("res_id", "in", records.ids),
            ("void", "=", False),
        ]
        if code:
            domain.append(("code", "=", code))
        return self.sudo().search(domain)  # sudo: clocks are kept by acts, not people
