from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.quota import panel_size
from ...rules.refusal import Refusal
from ..base.lifecycle import GROUP_ROLES, state_field
from . import seats

#: Group roles that one person may hold beside that of a reviewer.
_HARMLESS_ROLES = frozenset({"reviewer"})

#: What a confirmed panel keeps of its members.
FIXED = {"panel_id", "expert_id", "is_leader", "reason", "selected_by"}


class AwardPanel(models.Model):
    """A review panel (专家评审组): members, one of them the leader, and its cases."""

    _name = "award.panel"
    _description = "Review Panel"
    _inherit = ["award.visible", "award.lifecycle"]
    _order = "id"

    _edited_by = frozenset({"office"})

    state = state_field("award.panel")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    trade_ids = fields.Many2many("award.trade")
    mode = fields.Selection(
        [("select", "Selection (遴选)"), ("draw", "Draw (抽取)"), ("mixed", "Mixed")],
        required=True,
        compute="_compute_mode",
        store=True,
        readonly=False,
        precompute=True,
    )
    member_ids = fields.One2many("award.panel.member", "panel_id")
    assignment_ids = fields.One2many("award.assignment", "panel_id")
    is_forming = fields.Boolean(compute="_compute_is_forming")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.depends("state")
    def _compute_is_forming(self):
        """Members may change now."""
        for panel in self:
            panel.is_forming = panel.state == self._lifecycle.initial

    @api.depends("edition_id")
    def _compute_mode(self):
        """As the scheme says; selection where it is silent."""
        for panel in self:
            said = panel._scheme_of()._says("panel_selection", "document_review")
            panel.mode = said or panel.mode or "select"

    @api.depends("name")
    def _compute_display_name(self):
        for panel in self:
            panel.display_name = panel.name

    def _open_to_me_sql(self):
        return [SQL("SELECT panel_id FROM (%s) AS mine", seats.my_panels(self.env))]

    def _roles_on(self):
        roles = super()._roles_on()
        for panel_id, found in seats.roles_by_panel(self.env, self.ids).items():
            roles[panel_id] |= found
        return roles

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        if "edition_id" in vals and any(
            not panel.is_forming or panel.assignment_ids for panel in self
        ):
            self._refuse(Refusal("panel_confirmed"))
        if "mode" in vals:
            self._refuse_unless_forming()
        return super().write(vals)

    def _refuse_unless_forming(self):
        """Members are fixed once a panel is confirmed."""
        if not all(panel.is_forming for panel in self):
            self._refuse(Refusal("panel_confirmed"))

    # -- buttons --------------------------------------------------------------
    def action_confirm(self):
        """Fix the members; they see the panel and are asked for declarations."""
        return self._apply_move("confirm")

    def action_reopen(self, reason=None):
        """Let the members change again."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "reopen")
        return self._apply_move("reopen", reason=reason)

    def action_dissolve(self, reason=None):
        """End the panel; its cases close to its members."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "dissolve")
        return self._apply_move("dissolve", reason=reason)

    def action_open_assign(self):
        """Offer the free cases."""
        self.ensure_one()
        return self.env["award.panel.assign"].create({"panel_id": self.id})._again()

    def action_assign(self, submission_ids):
        """Give cases to the panel, with a declaration for each member and case.

        :param submission_ids: ids of current versions of live applications
        :return: the assignments
        :raise AwardRefusal: `panel_dissolved`, `case_assigned`,
            `case_other_edition`, `case_not_live`
        """
        self.ensure_one()
        return self.env["award.assignment"].create(
            [
                {"panel_id": self.id, "submission_id": submission_id}
                for submission_id in submission_ids
            ]
        )

    def _after_confirm(self):
        self.assignment_ids._ask_declarations()
        self.env.invalidate_all()  # what is open to the members has changed

    def _after_reopen(self):
        self.env.invalidate_all()  # as above

    def _after_dissolve(self):
        self.env.invalidate_all()  # as above

    # -- guards ---------------------------------------------------------------
    def _guard_size(self):
        scheme = self._scheme_of()
        minimum, clause = scheme._figure("panel_min", "document_review")
        odd, odd_clause = scheme._figure("panel_odd", "document_review")
        count = len(self.member_ids)
        code = panel_size(count, minimum=minimum, odd=bool(odd))
        if code is None:
            return None
        return Refusal(
            code,
            odd_clause if code == "panel_even" else clause,
            {"count": count, "minimum": minimum or 1},
        )

    def _guard_leader(self):
        _minimum, clause = self._scheme_of()._figure("panel_min", "document_review")
        leader = self.member_ids.filtered("is_leader").expert_id
        if len(leader) != 1:
            return Refusal("panel_no_leader", clause)
        if not leader.is_leader_grade:
            return Refusal("leader_not_of_grade", clause, {"name": leader.name})
        return None

    def _guard_selection(self):
        """Formed as the scheme says; who was selected, by whom and why is noted."""
        said, clause = self._scheme_of()._figure("panel_selection", "document_review")
        if said and said != self.mode:
            modes = dict(self._fields["mode"]._description_selection(self.env))
            return Refusal("panel_mode_differs", clause, {"mode": modes[said]})
        selected = {
            "select": self.member_ids,
            "mixed": self.member_ids.filtered("is_leader"),
        }.get(self.mode, self.member_ids.browse())
        unsaid = selected.filtered(
            lambda one: not (one.reason or "").strip() or not one.selected_by
        )
        if unsaid:
            names = ", ".join(unsaid.expert_id.mapped("name"))
            return Refusal("selection_unsaid", clause, {"names": names})
        return None

    def _guard_members_free(self):
        today = self.env["award.clock"]._today()
        for expert in self.member_ids.expert_id:
            shown = {"name": expert.name, "today": today}
            if expert.standing != "active":
                return Refusal("member_not_active", values=shown)
            if expert.pool_kind != "reviewer":
                return Refusal("member_not_reviewer", values=shown)
            if not expert.training_until or expert.training_until < today:
                return Refusal("member_untrained", values=shown)
            if not expert.user_id:
                return Refusal("member_without_login", values=shown)
        recused = self.env["award.interest"].search(
            [
                ("state", "=", "confirmed"),
                ("expert_id", "in", self.member_ids.expert_id.ids),
                ("submission_id", "in", self.assignment_ids.submission_id.ids),
            ],
            limit=1,
        )
        if recused:
            shown = {"name": recused.expert_id.name, "title": recused.title}
            return Refusal("member_recused", values=shown)
        return None

    def _guard_one_role(self):
        members = self.member_ids.expert_id
        others = self._other_roles(members.user_id)
        for expert in members:
            if role := others.get(expert.user_id.id):
                shown = {"name": expert.name, "role": role}
                return Refusal("member_other_role", values=shown)
        persons = members.sudo().filtered("identity_number")  # sudo: only compared
        twice = (
            self.env["award.expert"]
            .sudo()  # sudo: as above
            .search(
                [
                    ("identity_number", "in", persons.mapped("identity_number")),
                    ("pool_kind", "!=", "reviewer"),
                    ("standing", "=", "active"),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )
        if twice:
            return Refusal("member_two_pools", values={"name": twice.name})
        return None

    def _other_roles(self, users):
        """Which other role in the award a user has: dict of user id -> its name.

        Later rooms add the offices that they know of.
        """
        names = {
            self.env.ref(f"quality_award.group_{role}"): role
            for role in GROUP_ROLES
            if role not in _HARMLESS_ROLES
        }
        found = {}
        for user in users.sudo():  # sudo: groups of people outside the office
            for group in user.all_group_ids:
                if group in names:
                    found[user.id] = group.name
                    break
        people = (
            self.env["award.recommender.member"]
            .sudo()  # sudo: people of recommenders of all territories
            .search([("user_id", "in", users.ids)])
        )
        for person in people:
            found[person.user_id.id] = person.recommender_id.display_name
        return found


class AwardPanelMember(models.Model):
    _name = "award.panel.member"
    _description = "Member of a Panel"
    _inherit = ["award.visible"]
    _order = "panel_id, id"
    _rec_name = "expert_id"

    _edited_by = frozenset({"office"})

    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="cascade", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    is_leader = fields.Boolean("Panel Leader")
    reason = fields.Char(help="Why this person was selected.")
    selected_by = fields.Char(help="The body or person that selected.")
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(panel_id, expert_id)", "This expert is already a member of the panel."
    )
    _one_leader = models.UniqueIndex(
        "(panel_id) WHERE is_leader", "A panel has one leader."
    )

    def _open_to_me_sql(self):
        return [
            SQL(
                """SELECT id FROM award_panel_member
                    WHERE panel_id IN (SELECT panel_id FROM (%s) AS mine)""",
                seats.my_panels(self.env),
            )
        ]

    def _neutral_word(self):
        return self.env._("Panel Member")

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.panel_id._refuse_unless_forming()
        return members

    def write(self, vals):
        fixed = vals.keys() & FIXED
        if fixed:
            self.check_access("write")  # strangers learn nothing of the state
            self.panel_id._refuse_unless_forming()
        result = super().write(vals)
        if fixed:
            self.panel_id._refuse_unless_forming()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self.panel_id._refuse_unless_forming()
