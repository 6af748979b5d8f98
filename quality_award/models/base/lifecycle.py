from odoo import api, fields, models, tools
from odoo.exceptions import LockError, UserError
from odoo.tools import OrderedSet

from ...rules.lifecycle import GROUP_ROLES, LIFECYCLES
from ...rules.refusal import Refusal
from . import door
from .refusal import AwardRefusal, refusal_text, role_labels


def state_field(model, **kwargs):
    """The `state` field of `model`, with the states of its lifecycle."""
    lifecycle = LIFECYCLES[model]
    options = {
        "selection": list(lifecycle.states),
        "string": "Status",
        "default": lifecycle.initial,
        "required": True,
        "readonly": True,
        "copy": False,
        "index": True,
    }
    return fields.Selection(**{**options, **kwargs})


def asked_once(guard):
    """Mark a guard that answers for all records at once: a dict record -> Refusal."""
    guard.asked_once = True
    return guard


class AwardLifecycle(models.AbstractModel):
    """Gives a model the moves of its lifecycle table and the door in the database.

    The model declares `state = state_field("award.x")`, guards `_guard_<name>` and,
    where roles depend on the record, `_roles_on`. Public `action_…` methods are one
    line: `self._apply_move("…")`.
    """

    _name = "award.lifecycle"
    _description = "Lifecycle Kept by a Register"

    _door = models.Constraint(
        "CHECK (state IS NOT NULL)",
        "This status can only be reached by an act that the register records. "
        "Use the buttons of the record.",
    )

    allowed_moves = fields.Json(compute="_compute_allowed_moves")
    transition_ids = fields.One2many(
        "award.transition",
        compute="_compute_transition_ids",
        string="Register",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def init(self):
        if self._abstract or self._name not in LIFECYCLES:
            return
        door.install_door(
            self.env.cr, self._table, self._name, "stage_id" in self._guarded_columns()
        )

    @api.model
    def _guarded_columns(self):
        """Columns that only a move may write: `state`, for some models the stage."""
        return ("state",)

    @property
    def _lifecycle(self):
        return LIFECYCLES[self._name]

    # -- who -----------------------------------------------------------------
    @api.model
    @tools.ormcache("self.env.uid")
    def _group_roles(self):
        """Roles that the current user holds by group, whatever the record.

        Kept as long as Odoo keeps the user's groups: both caches are emptied at once.
        """
        user = self.env.user
        return frozenset(
            role
            for role in GROUP_ROLES
            if user.has_group(f"quality_award.group_{role}")
        )

    def _roles_on(self):
        """Roles of the current user towards each record.

        :return: dict of record id -> set of roles (group roles included)
        """
        roles = self._group_roles()
        return {record.id: set(roles) for record in self}

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        roles = self._roles_on()
        for record in self:
            record.allowed_moves = [
                move.name
                for move in self._lifecycle.moves_from(record.state)
                if move.roles & roles.get(record.id, set())
            ]

    def _compute_transition_ids(self):
        Transition = self.env["award.transition"]
        found = Transition.search(
            [("model", "=", self._name), ("res_id", "in", self.ids)]
        ).grouped("res_id")
        for record in self:
            record.transition_ids = found.get(record.id, Transition)

    # -- the regulation behind the record ------------------------------------
    def _scheme_of(self):
        """The scheme that governs the (single) record; None where there is none."""
        return None

    def _cite(self, code):
        """The clause `code` as the scheme of the record cites it."""
        scheme = self[:1]._scheme_of() if code else None
        return scheme._citation(code) if scheme else code

    # -- the door ------------------------------------------------------------
    def _refusals(self, move, reason=None):
        """Everything that stands against `move`, as a dict record -> Refusal."""
        roles = self._roles_on()
        labels = dict(self._fields["state"]._description_selection(self.env))
        found = {}
        for record in self:
            if record.state not in move.sources:
                found[record] = Refusal(
                    "wrong_state", values={"state": labels[record.state]}
                )
            elif not move.roles & roles.get(record.id, set()):
                found[record] = Refusal(
                    "wrong_role",
                    values={"roles": role_labels(self.env, move.roles)},
                )
            elif move.needs_reason and not (reason or "").strip():
                found[record] = Refusal("reason_missing")
        for name in move.guards:
            rest = self.filtered(lambda record: record not in found)
            found.update(rest._ask_guard(getattr(type(self), f"_guard_{name}")))
        return found

    def _ask_guard(self, guard):
        """What one guard has against the records, as a dict record -> Refusal."""
        if getattr(guard, "asked_once", False):
            return guard(self)
        answers = ((record, guard(record)) for record in self)
        return {record: refusal for record, refusal in answers if refusal}

    def _refuse(self, *refusals):
        """Raise `refusals` in words, each with its clause."""
        texts = OrderedSet(
            refusal_text(self.env, refusal, self._cite(refusal.clause))
            for refusal in refusals
        )
        raise AwardRefusal("\n".join(texts), list(refusals))

    def _check_move(self, name, reason=None):
        """Ask what `_apply_move` would ask; raise `AwardRefusal` where it would."""
        try:
            move = self._lifecycle.move(name)
        except KeyError:
            self._refuse(Refusal("no_such_move", values={"move": name}))
        if found := self._refusals(move, reason):
            self._refuse(*found.values())
        return move

    def _apply_move(self, name, *, reason=None, clause=None, values=None, stage=None):
        """Make one move on all records of `self`, or none.

        Locks the records, asks graph, role and guards, writes the register and only
        then the state; `_after_<name>` follows where the model has it.

        :param name: name of the move
        :param reason: why, kept in the register
        :param clause: code of the clause the move rests on
        :param values: other fields written together with the state, or a function
            that gives those of each record once it is locked
        :param stage: stage record to go to (models with a guarded stage)
        :raise AwardRefusal: with every refusal found
        """
        if not self:
            return self
        # Records reached through another one are fetched together, not one by one.
        self = self.with_prefetch()
        # The cache may hold what a read with lifted rights left: ask, not try.
        self.check_access("read")
        self.env.flush_all()
        try:
            locked = self.sudo()  # sudo: a lock, no data read
            locked.lock_for_update(allow_referencing=True)
        except LockError:
            self._refuse(Refusal("acted_on_now"))
        self.invalidate_recordset()
        move = self._check_move(name, reason)
        self._write_register(move, reason, clause, stage)
        written = {"state": move.target} if move.target else {}
        if stage is not None and "stage_id" in self._guarded_columns():
            written["stage_id"] = stage.id
        if callable(values):
            own = [(record, values(record)) for record in self]
        else:
            own = [(self, values or {})]
        for records, more in own:
            if more or written:
                records.sudo().write({**more, **written})  # sudo: the door has asked
        self.env.flush_all()
        if after := getattr(self, f"_after_{name}", None):
            after()
        return self

    def _write_register(self, move, reason, clause, stage):
        """Write the register row of each record, before the state it allows."""
        with_stage = "stage_id" in self._guarded_columns()
        roles = self._roles_on()
        rows = [
            {
                "model": self._name,
                "res_id": record.id,
                "move": move.name,
                "state_from": record.state,
                "state_to": move.target or record.state,
                "stage_from": record.stage_id.id or None if with_stage else None,
                "stage_to": self._stage_after(record, stage) if with_stage else None,
                "roles": ",".join(sorted(move.roles & roles[record.id])),
                "clause": clause or None,
                "reason": (reason or "").strip() or None,
                "company_id": record._move_company().id or None,
            }
            for record in self
        ]
        self.env["award.transition"]._record_moves(rows)

    @staticmethod
    def _stage_after(record, stage):
        return (record.stage_id.id if stage is None else stage.id) or None

    def _move_company(self):
        return self.company_id if "company_id" in self._fields else self.env.company

    # -- deletion and copies -------------------------------------------------
    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        register = self.env["award.transition"].sudo()  # sudo: only whether rows exist
        moved = [("model", "=", self._name), ("res_id", "in", self.ids)]
        if register.search_count(moved, limit=1):
            raise UserError(
                self.env._(
                    "A record that has been acted on is part of the dossier and cannot "
                    "be deleted. Withdraw or cancel it instead."
                )
            )
