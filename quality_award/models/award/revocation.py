from odoo import api, fields, models

from ...rules import aftermath
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

RECOVERIES = [
    ("certificate", "Certificate Recovered"),
    ("plaque", "Plaque Recovered"),
    ("trophy", "Trophy Recovered"),
    ("money", "Prize Money Recovered"),
    ("announce", "Announced to the Public"),
    ("credit", "Entered in the Credit System"),
]


class AwardRevocation(models.Model):
    """Taking a title away on one ground of the scheme, and what follows from it.

    The winner is notified before and may speak; the government decides on paper;
    what has to come back is a check list, and the ban is told to new applications.
    """

    _name = "award.revocation"
    _description = "Revocation of an Award"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"
    _rec_name = "award_id"

    state = state_field("award.revocation")
    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    applicant_id = fields.Many2one(related="award_id.applicant_id", store=True)
    ground_id = fields.Many2one(
        "award.ground",
        required=True,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('id', 'in', possible_ground_ids)]",
    )
    possible_ground_ids = fields.Many2many("award.ground", compute="_compute_possible")
    procedure = fields.Selection(related="ground_id.procedure")
    happened_on = fields.Date(required=True, help="When what it rests on happened.")
    facts = fields.Text(required=True)
    notified_on = fields.Date("Prior Notification")
    statement = fields.Text("Statement of the Winner")
    document_number = fields.Char()
    document_date = fields.Date()
    recovery_ids = fields.One2many("award.recovery", "revocation_id")
    open_count = fields.Integer("Still to Recover", compute="_compute_open_count")
    ban_text = fields.Char("Ban", compute="_compute_ban_text")
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    _one_running = models.UniqueIndex(
        "(award_id) WHERE state IN ('opened', 'notified', 'decided', 'completed')",
        "A revocation of this award is under way or decided.",
    )

    def _scheme_of(self):
        return self.award_id._scheme_of()

    @api.model
    def _open_fields(self):
        opened = "award_id ground_id happened_on facts notified_on statement"
        return {
            "opened": frozenset(opened.split()),
            "notified": frozenset({"statement", "document_number", "document_date"}),
            "decided": frozenset({"recovery_ids"}),
        }

    @api.depends("award_id")
    def _compute_possible(self):
        for record in self:
            record.possible_ground_ids = record.award_id._scheme_of().ground_ids

    @api.depends("recovery_ids.done_on")
    def _compute_open_count(self):
        counts = dict(
            self.env["award.recovery"]._read_group(
                [("revocation_id", "in", self.ids), ("done_on", "=", False)],
                ["revocation_id"],
                ["__count"],
            )
        )
        for record in self:
            record.open_count = counts.get(record, 0)

    @api.depends("ground_id", "document_date")
    def _compute_ban_text(self):
        for record in self:
            record.ban_text = record._shown_ban()

    def _shown_ban(self):
        ban = self._sanctions()
        if ban["ban_for_ever"]:
            return self.env._("For ever")
        parts = []
        if ban["ban_years"]:
            parts.append(self.env._("%(years)s years", years=ban["ban_years"]))
        if ban["ban_terms"]:
            parts.append(self.env._("%(terms)s editions", terms=ban["ban_terms"]))
        return ", ".join(parts) or self.env._("None")

    def _sanctions(self):
        """What the ground says; where it is silent, the parameters of the scheme."""
        ground, award = self.ground_id, self.award_id
        scheme = self._scheme_of()
        names = ("watch_years", "ban_years", "ban_terms", "ban_for_ever")
        found = {name: ground[name] for name in names}
        if scheme and not any(found[name] for name in names[1:]):
            at = {"award_class": award._class()}
            found |= {name: scheme._value(name, **at) for name in names[1:]}
        return found

    # -- acts ----------------------------------------------------------------
    def action_notify(self):
        """The winner was told before of facts, ground and right to speak."""
        return self._apply_move("notify")

    def action_decide(self, document_number=None, document_date=None):
        """Register the decision; the title ends and the check list is drawn up."""
        if document_number is not None or document_date is not None:
            self.write(
                {"document_number": document_number, "document_date": document_date}
            )
        return self._apply_move("decide")

    def _after_decide(self):
        for record in self:
            award = record.award_id
            award.write({"revocation_number": record.document_number})
            award._apply_move(
                "revoke",
                reason=record.ground_id.display_name,
                clause=record.ground_id.clause_id.code or None,
            )
            record._draw_up_recoveries()

    def _draw_up_recoveries(self):
        asked = self.ground_id._recoveries() or (
            self._scheme_of()._value("recovery", award_class=self.award_id._class())
            or []
        )
        paid = self.award_id.prize_ids.filtered(lambda prize: prize.state == "paid")
        self.env["award.recovery"].sudo().create(  # sudo: drawn up by the act only
            [
                {"revocation_id": self.id, "kind": kind}
                for kind, _label in RECOVERIES
                if kind in asked and (kind != "money" or paid)
            ]
        )

    def action_dismiss(self, reason=None):
        """The title stays, for a stated reason."""
        return self._with_reason("dismiss", reason)

    def action_complete(self):
        """Everything on the check list is done."""
        return self._apply_move("complete")

    # -- guards --------------------------------------------------------------
    def _guard_ground_fits(self):
        """A known ground of the scheme, within the time of watching winners."""
        ground, award = self.ground_id, self.award_id
        clause = ground.clause_id.code or None
        if ground not in self._scheme_of().ground_ids:
            return Refusal("ground_of_other_scheme")
        if not ground.known:
            return Refusal("ground_unknown", clause)
        years = self._sanctions()["watch_years"]
        if not aftermath.in_window(award.awarded_on, self.happened_on, years):
            values = {
                "on": self.happened_on,
                "first": award.awarded_on,
                "years": years or "∞",
            }
            return Refusal("watch_over", clause, values)
        return None

    def _guard_notified(self):
        today = self.env["award.clock"]._today()
        if not self.notified_on or self.notified_on > today:
            return Refusal("notification_missing")
        return None

    def _guard_document_given(self):
        today = self.env["award.clock"]._today()
        clause = self.ground_id.clause_id.code or None
        if not (self.document_number or "").strip() or not self.document_date:
            return Refusal("document_missing", clause)
        if self.document_date > today:
            return Refusal("document_date_future", values={"date": self.document_date})
        return None

    def _guard_all_recovered(self):
        waiting = self.recovery_ids.filtered(lambda step: not step.done_on)
        if waiting:
            labels = dict(waiting._fields["kind"]._description_selection(self.env))
            steps = ", ".join(str(labels[step.kind]) for step in waiting)
            return Refusal("recovery_open", values={"steps": steps})
        return None

    # -- what new applications ask ------------------------------------------------
    def _as_ban(self):
        ban = self._sanctions()
        return aftermath.Ban(
            decided_on=self.document_date,
            term=self.award_id.term,
            years=ban["ban_years"] or None,
            terms=ban["ban_terms"] or None,
            for_ever=bool(ban["ban_for_ever"]),
        )


class AwardRecovery(models.Model):
    """One step of the check list after a revocation."""

    _name = "award.recovery"
    _description = "Step of a Revocation"
    _inherit = ["award.confidential"]
    _order = "revocation_id, id"
    _rec_name = "kind"

    revocation_id = fields.Many2one(
        "award.revocation", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(RECOVERIES, required=True)
    done_on = fields.Date()
    proof = fields.Char(help="Receipt, voucher, page, or number of the entry.")
    company_id = fields.Many2one(
        related="revocation_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(revocation_id, kind)")

    def write(self, vals):
        """A step is done with its proof, and only while it is the list's turn."""
        result = super().write(vals)
        for step in self if vals else ():
            revocation = step.revocation_id
            if revocation.state != "decided":
                revocation._refuse_closed({"recovery_ids"})
            if step.done_on and not (step.proof or "").strip():
                revocation._refuse(Refusal("recovery_proof_missing"))
        return result


class AwardGround(models.Model):
    _inherit = "award.ground"

    def _recoveries(self):
        """Kinds of steps that the ground names itself."""
        return self._word_list("recover")


class AwardAward(models.Model):
    _inherit = "award.award"

    revocation_ids = fields.One2many(
        "award.revocation",
        "award_id",
        "Revocations",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    violation_ids = fields.One2many("award.violation", "award_id", "Wrong Uses")

    def _class(self):
        """The class of the scheme that the award was given in, or none."""
        return self.edition_id.scheme_id.class_ids.filtered(
            lambda award_class: award_class.code == self.class_code
        )

    def _open_fields(self):
        found = super()._open_fields()
        more = {"revocation_ids", "violation_ids"}
        expired = more | {"revocation_number"}
        return {**found, "valid": found["valid"] | more, "expired": expired}

    def _guard_revocation_document(self):
        """Where the scheme names grounds, a title is taken on one of them only."""
        refusal = super()._guard_revocation_document()
        grounds = self.edition_id.scheme_id.ground_ids
        if refusal or not grounds:
            return refusal
        decided = self.sudo().revocation_ids.filtered(  # sudo: a yes or no
            lambda revocation: revocation.state == "decided"
        )
        return None if decided else Refusal("revocation_by_ground")


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _ban_of(self):
        """The ban in force on the applicant under this scheme, in whatever version."""
        found = self.env["award.revocation"].sudo().search(  # sudo: a yes or no
            [
                ("applicant_id", "=", self.applicant_id.id),
                ("award_id.scheme_code", "=", self._scheme_of().code),
                ("company_id", "=", self.company_id.id),
                ("state", "in", ["decided", "completed"]),
            ]
        )
        today = self.env["award.clock"]._today()
        for revocation in found:
            until = aftermath.banned_until(
                revocation._as_ban(), today, self.edition_id.term
            )
            if until:
                return self._shown_until(until), revocation.ground_id.clause_id.code
        return super()._ban_of()

    def _shown_until(self, until):
        """First day or edition at which the ban does not stand in the way."""
        if until == "for_ever":
            return self.env._("never")
        if isinstance(until, int):
            return self.env._("edition %(term)s", term=until + 1)
        return fields.Date.add(until, days=1)
