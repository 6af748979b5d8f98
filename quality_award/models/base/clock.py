from odoo import api, fields, models
from odoo.tools import SQL, LazyTranslate

from ...rules import clock as clock_rules
from ...rules import deadline
from ...rules.lifecycle import GROUP_ROLES, RECORD_ROLES
from .refusal import role_labels, translated

_lt = LazyTranslate(__name__)

#: Standing of a clock, computed from its dates only.
STANDINGS = [
    ("running", "Running"),
    ("due_today", "Due Today"),
    ("overdue", "Overdue"),
    ("suspended", "Suspended"),
    ("unknown", "Calendar Not Out"),
    ("edition", "Ends with an Edition"),
    ("met", "Done in Time"),
    ("missed", "Done Late"),
    ("expired", "Ended by the Scheme"),
    ("void", "Void"),
]
#: Why a clock has no date -> how it stands.
UNDATED_STANDING = {
    "calendar_unknown": "unknown",
    "suspended": "suspended",
    "edition": "edition",
}
#: What happens by itself after the last day, where the scheme says so.
CONSEQUENCES = [
    ("none", "Nothing"),
    ("lapse", "Lapses"),
    ("deemed_no_comment", "Deemed No Comment"),
    ("close_notice", "Notice Closes"),
    ("expire", "Certificate Expires"),
]
UNITS = [
    ("working_day", "Working Days"),
    ("calendar_day", "Calendar Days"),
    ("month", "Months"),
    ("year", "Years"),
    ("edition", "Editions"),
]
#: Who owes it, beyond the roles of the addon: a department is asked by letter.
DEPARTMENT = "department"
#: A clock with no more calendar days left than these is shown as urgent.
URGENT_DAYS = 3


class AwardClock(models.Model):
    """Something that must happen by a date: what, who owes it, and on what basis.

    Clocks are started and stopped by acts, never typed; nobody has write rights.
    What a clock stands at follows from its dates, so it cannot disagree with them.
    A clock without a last day says why; its end is never guessed.
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
    # who owes it
    owner_role = fields.Selection(
        "_selection_owner_role", "Who Owes It", readonly=True
    )
    owner_user_id = fields.Many2one(
        "res.users", "Owner", readonly=True, index="btree_not_null"
    )
    party_model = fields.Char(readonly=True)
    party_id = fields.Many2oneReference(model_field="party_model", readonly=True)
    party_name = fields.Char("Owing Body", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")
    # on what basis, and how it is counted
    clause = fields.Char(readonly=True)
    citation = fields.Char("Legal Basis", readonly=True)
    citation_en = fields.Char(readonly=True)
    started_on = fields.Date(required=True, readonly=True)
    unit = fields.Selection(UNITS, required=True, readonly=True)
    length = fields.Integer(required=True, readonly=True)
    first_day = fields.Selection(
        [("exclude", "Not Counted"), ("include", "Counted")],
        required=True,
        readonly=True,
        default="exclude",
    )
    roll = fields.Selection(
        [("none", "None"), ("next_working_day", "To the Next Working Day")],
        "Roll Over",
        required=True,
        readonly=True,
        default="none",
    )
    timezone = fields.Char(readonly=True, default=clock_rules.TIME_ZONE)
    cut_off = fields.Char(
        readonly=True, help="Local time at which the last day closes; else 24:00."
    )
    edition_scheme = fields.Char(readonly=True)
    edition_term = fields.Integer("Ends with Edition No.", readonly=True)
    suspended_by = fields.Json(readonly=True)
    remind_days = fields.Json(
        readonly=True,
        help="Working days before the last day on which the owner is reminded.",
    )
    on_expiry = fields.Selection(
        CONSEQUENCES, "When It Expires", required=True, readonly=True, default="none"
    )
    # what came of it
    suspension_ids = fields.One2many(
        "award.clock.suspension", "clock_id", readonly=True
    )
    revision_ids = fields.One2many("award.clock.revision", "clock_id", readonly=True)
    escalation_ids = fields.One2many(
        "award.clock.escalation", "clock_id", readonly=True
    )
    suspended_days = fields.Integer(readonly=True)
    calendar_stamp = fields.Char(readonly=True)
    due_on = fields.Date(readonly=True, index=True)
    due_at = fields.Datetime(
        "Too Late From", compute="_compute_due_at", store=True, precompute=True
    )
    undated_because = fields.Selection(
        [
            ("calendar_unknown", "The official calendar is not out"),
            ("suspended", "The time limit is suspended"),
            ("edition", "It ends with a later edition"),
        ],
        "No Date Because",
        readonly=True,
    )
    unknown_year = fields.Integer("Calendar Missing", readonly=True, aggregator=None)
    done_on = fields.Date(readonly=True, index=True)
    done_at = fields.Datetime(readonly=True)
    void = fields.Boolean(readonly=True)
    expired_at = fields.Datetime(readonly=True)
    overdue_at = fields.Datetime("Marked Overdue", readonly=True)
    tried_on = fields.Date(readonly=True)
    trouble = fields.Char(
        readonly=True, help="Why what the scheme states could not be carried out."
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True, precompute=True)
    late = fields.Boolean(compute="_compute_late", store=True, precompute=True)
    # how it stands
    standing = fields.Selection(
        STANDINGS, compute="_compute_standing", search="_search_standing"
    )
    days_left = fields.Integer(
        compute="_compute_standing", help="Calendar days; negative when overdue."
    )
    is_overdue = fields.Boolean(compute="_compute_standing")
    is_urgent = fields.Boolean(compute="_compute_standing")
    is_unknown = fields.Boolean(compute="_compute_standing")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    _by_record = models.Index("(res_model, res_id, code)")
    _open_due = models.Index("(due_at, id) WHERE is_open")
    _not_marked = models.Index("(due_at, id) WHERE is_open AND overdue_at IS NULL")

    @api.depends("name", "name_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        english = not (self.env.lang or "").startswith("zh")
        for clock in self:
            clock.display_name = (english and clock.name_en) or clock.name

    # -- who -----------------------------------------------------------------
    @api.model
    def _selection_owner_role(self):
        """The roles of the addon, and the departments that are asked by letter."""
        labels = [
            (role, role_labels(self.env, {role}))
            for role in (*GROUP_ROLES, *RECORD_ROLES)
        ]
        department = translated(self.env, _lt("Consulted Department"))
        return [*labels, (DEPARTMENT, department)]

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.filtered_domain(self._mine())
        for clock in self:
            clock.is_mine = clock in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._mine() if True in value else ~self._mine()

    @api.model
    def _mine(self):
        """Clocks of the user himself, or of a role of his with no one named."""
        roles = self.env["award.lifecycle"]._group_roles()
        by_role = fields.Domain(
            [("owner_user_id", "=", False), ("owner_role", "in", sorted(roles))]
        )
        return fields.Domain("owner_user_id", "=", self.env.uid) | by_role

    # -- when ----------------------------------------------------------------
    @api.model
    def _today(self):
        """Today where the agency is, from the server's clock."""
        return clock_rules.local_date(fields.Datetime.now(), self._zone())

    @api.model
    def _zone(self):
        """Name of the agency's time zone."""
        agency = self.env.company.sudo()  # sudo: its partner is closed to outsiders
        return agency.partner_id.tz or clock_rules.TIME_ZONE

    @api.depends("due_on", "timezone", "cut_off")
    def _compute_due_at(self):
        for clock in self:
            clock.due_at = clock.due_on and self._end_of(
                clock.due_on, clock.timezone, clock.cut_off
            )

    @api.model
    def _end_of(self, day, zone, cut_off):
        """The first instant that is too late for a clock due on `day`, in UTC."""
        return clock_rules.end_instant(
            day, zone or clock_rules.TIME_ZONE, deadline.cut_off_time(cut_off)
        )

    @api.depends("done_on", "void", "expired_at")
    def _compute_is_open(self):
        for clock in self:
            clock.is_open = not (clock.done_on or clock.void or clock.expired_at)

    @api.depends("due_on", "due_at", "done_on", "done_at")
    def _compute_late(self):
        """Judged by the instant; an act known by its date only, by the date."""
        for clock in self:
            done = clock.done_on and clock.due_on
            clock.late = bool(done) and (
                clock.done_at >= clock.due_at
                if clock.done_at
                else clock.done_on > clock.due_on
            )

    # -- how it stands -------------------------------------------------------
    @api.depends(
        "due_on", "due_at", "done_on", "void", "expired_at", "undated_because", "late"
    )
    def _compute_standing(self):
        now, today = fields.Datetime.now(), self._today()
        for clock in self:
            clock.standing = clock._standing_at(now, today)
            pending = bool(clock.due_on) and clock.is_open
            left = (clock.due_on - today).days if pending else 0
            clock.days_left = left
            clock.is_overdue = clock.standing in {"overdue", "missed"}
            clock.is_urgent = (
                pending and clock.standing != "overdue" and 0 <= left <= URGENT_DAYS
            )
            clock.is_unknown = clock.standing == "unknown"

    def _standing_at(self, now, today):
        if self.void:
            return "void"
        if self.done_on:
            return "missed" if self.late else "met"
        if self.expired_at:
            return "expired"
        if not self.due_on:
            return UNDATED_STANDING.get(self.undated_because, "running")
        if self.due_at <= now:
            return "overdue"
        return "due_today" if self.due_on == today else "running"

    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        now, today = fields.Datetime.now(), self._today()
        return fields.Domain.OR(
            self._standing_domain(standing, now, today) for standing in value
        )

    @staticmethod
    def _standing_domain(standing, now, today):
        Domain = fields.Domain
        live = Domain("void", "=", False)
        still_open = Domain("is_open", "=", True)
        undated = still_open & Domain("due_on", "=", False)
        coming = still_open & Domain("due_at", ">", now)
        ended = live & Domain("done_on", "!=", False)
        unnamed = Domain("undated_because", "not in", list(UNDATED_STANDING))
        domains = {
            "void": Domain("void", "=", True),
            "running": (coming & Domain("due_on", "!=", today)) | (undated & unnamed),
            "due_today": coming & Domain("due_on", "=", today),
            "overdue": still_open & Domain("due_at", "<=", now),
            "met": ended & Domain("late", "=", False),
            "missed": ended & Domain("late", "=", True),
            "expired": live
            & Domain("done_on", "=", False)
            & Domain("expired_at", "!=", False),
        }
        domains |= {
            shown: undated & Domain("undated_because", "=", because)
            for because, shown in UNDATED_STANDING.items()
        }
        return domains.get(standing, Domain.FALSE)

    def _field_to_sql(self, alias, field_expr, query=None):
        """The standing in SQL, so that the register can be grouped by it."""
        if field_expr != "standing":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["standing"], "read")
        columns = {
            name: SQL.identifier(alias, name)
            for name in (
                "void done_on late expired_at due_on due_at undated_because"
            ).split()
        }
        return SQL(
            """CASE WHEN %(void)s THEN 'void'
                    WHEN %(done_on)s IS NOT NULL
                    THEN CASE WHEN %(late)s THEN 'missed' ELSE 'met' END
                    WHEN %(expired_at)s IS NOT NULL THEN 'expired'
                    WHEN %(due_on)s IS NULL
                    THEN CASE %(undated_because)s
                         WHEN 'calendar_unknown' THEN 'unknown'
                         WHEN 'suspended' THEN 'suspended'
                         WHEN 'edition' THEN 'edition' ELSE 'running' END
                    WHEN %(due_at)s <= %(now)s THEN 'overdue'
                    WHEN %(due_on)s = %(today)s THEN 'due_today'
                    ELSE 'running' END""",
            # Ends lie on whole minutes; the same text twice in one statement.
            now=fields.Datetime.now().replace(second=0),
            today=self._today(),
            **columns,
        )

    # -- clocks of records ---------------------------------------------------
    @api.model
    def _of(self, records, code=None):
        """The clocks of `records` that are not void; of one code, or all."""
        domain = [
            ("res_model", "=", records._name),
            ("res_id", "in", records.ids),
            ("void", "=", False),
        ]
        if code:
            domain.append(("code", "=", code))
        return self.sudo().search(domain)  # sudo: clocks are kept by acts, not people

    @api.model
    def _stop(self, records, code, on=None):
        """Note that what the clocks `code` of `records` ask for is done.

        :param on: date on which it was done; None: at this instant
        """
        clocks = self._of(records, code).filtered("is_open")
        now = fields.Datetime.now()
        clocks.write(
            {"done_on": on or self._today(), "done_at": False if on else now}
        )
        return clocks

    @api.model
    def _void(self, records, code=None):
        """The clocks no longer matter (case withdrawn, stage closed otherwise)."""
        self._of(records, code).filtered("is_open").write({"void": True})

    @api.model
    def _expired(self, records, code=None):
        """What the scheme states for the end of the clocks has been carried out."""
        clocks = self._of(records, code).filtered("is_open")
        clocks.write({"expired_at": fields.Datetime.now(), "trouble": False})
        return clocks
