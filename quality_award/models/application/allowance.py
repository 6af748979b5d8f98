from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base import door
from .portal import WRITING

KINDS = [
    ("extension", "Extension"),
    ("late", "Late Acceptance"),
    ("reopening", "Re-opening for Correction"),
    ("supplement", "Extension of a Supplement"),
]
#: Kinds that keep the window of a case open.
OF_WINDOW = ("extension", "late", "reopening")
#: Setting, and days from today, within which a new date may lie.
DAYS_MAX = "quality_award.allowance_days_max"
DAYS_DEFAULT = 60


class AwardAllowance(models.Model):
    """That one case may do something later than others: until when, why, on what basis.

    Granted by the head of the office through one dialogue, never changed; the guards
    ask for it, for exactly that case.
    """

    _name = "award.allowance"
    _description = "Allowance"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "id desc"
    _rec_name = "kind"
    _allow_sudo_commands = False

    application_id = fields.Many2one(
        "award.application",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    supplement_id = fields.Many2one(
        "award.supplement", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    former_until = fields.Datetime("Until Now", readonly=True)
    until_on = fields.Date("New Last Day", required=True, readonly=True)
    until = fields.Datetime("New End", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    clause = fields.Char(readonly=True)
    decision = fields.Char("Decided By Document", readonly=True)
    told = fields.Char("Who Is Told", readonly=True)
    granted_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index=True
    )
    granted_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )

    def init(self):
        door.append_only(self.env.cr, self._table, SQL("UPDATE OR DELETE"))

    def write(self, vals):
        self.check_access("write")
        for allowance in self if vals else ():
            allowance.application_id._refuse(Refusal("allowance_kept"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_granted(self):
        for allowance in self:
            allowance.application_id._refuse(Refusal("allowance_kept"))


class AwardApplication(models.Model):
    """Granting, and what the guards of the case make of it."""

    _inherit = "award.application"

    allowance_ids = fields.One2many("award.allowance", "application_id", "Allowances")

    # -- granting --------------------------------------------------------------------
    @api.model
    def _allowance_bounds(self):
        """First and last day that an allowance may name, from today on."""
        settings = self.env["ir.config_parameter"].sudo()  # sudo: settings are closed
        most = int(settings.get_param(DAYS_MAX) or DAYS_DEFAULT)
        today = self.env["award.clock"]._today()
        return today, today + timedelta(days=most)

    def _allowance_refusals(self, kind, until_on):
        """What stands against allowing it: dict case -> Refusal.

        :param kind: key of `award.allowance.kind`
        :param until_on: new last day; None asks for the rest only
        """
        first, last = self._allowance_bounds()
        labels = dict(self._fields["state"]._description_selection(self.env))
        kinds = dict(
            self.env["award.allowance"]._fields["kind"]._description_selection(self.env)
        )
        found = {}
        for case in self:
            refusal = case._allowance_state_refusal(kind)
            if refusal and refusal.code == "allowance_not_possible":
                named = {"kind": kinds[kind], "state": labels[case.state]}
                refusal = Refusal(refusal.code, None, named)
            if not refusal and until_on and not first <= until_on <= last:
                values = {"first": first, "last": last}
                refusal = Refusal("allowance_date", None, values)
            former = case._allowance_former(kind)
            if not refusal and until_on and former:
                if case._allowance_end(until_on) <= former:
                    values = {"until": case.edition_id._local(former)}
                    refusal = Refusal("allowance_not_later", None, values)
            if refusal:
                found[case] = refusal
        return found

    def _allowance_state_refusal(self, kind):
        """Whether the case is where an allowance of this kind is for."""
        if kind == "supplement":
            out = self.supplement_ids.filtered(lambda one: one.state == "sent")
            return None if out else Refusal("no_supplement_out")
        if kind == "reopening":
            return None if self.state == "submitted" else Refusal(
                "allowance_not_possible"
            )
        late_paper = kind == "late" and self.state == "submitted" and (
            self._paper_counts()
        )
        if self.state not in WRITING and not late_paper:
            return Refusal("allowance_not_possible")
        end = self._window_end()
        values = {"until": self.edition_id._local(end)}
        is_open = fields.Datetime.now() <= end
        if kind == "extension" and not is_open:
            return Refusal("allowance_too_late", None, values)
        if kind == "late" and is_open:
            return Refusal("allowance_not_needed", None, values)
        return None

    def _allowance_former(self, kind):
        """The instant that holds before, None where there is none."""
        if kind == "supplement":
            out = self.supplement_ids.filtered(lambda one: one.state == "sent")
            ends = out._clocks().filtered("is_open").mapped("due_at")
            return max(filter(None, ends), default=None)
        return self._window_end()

    def _allowance_end(self, day):
        """The last instant of a day where the scheme applies, in UTC."""
        zone = self._scheme_of().timezone or clock_rules.TIME_ZONE
        return clock_rules.end_instant(day, zone) - timedelta(seconds=1)

    def _allow(self, kind, until_on, reason, *, clause=None, decision=None, told=None):
        """Grant the cases of `self` something later than others, all or none.

        :param kind: key of `award.allowance.kind`
        :param until_on: new last day, where the scheme applies
        :param clause: code of the clause it rests on
        :param decision: the document that decides it, where no clause does
        :param told: who is told, in words
        :return: the allowances
        """
        if not clause and not (decision or "").strip():
            self._refuse(Refusal("allowance_basis"))
        if not until_on:
            first, last = self._allowance_bounds()
            values = {"first": first, "last": last}
            self._refuse(Refusal("allowance_date", None, values))
        if refusals := self._allowance_refusals(kind, until_on):
            self._refuse(*refusals.values())
        self._apply_move("allow", reason=reason, clause=clause)
        granted = self.env["award.allowance"].sudo().create(  # sudo: the door has asked
            [
                case._allowance_values(kind, until_on, reason, clause, decision, told)
                for case in self.sudo()  # sudo: as above
            ]
        )
        granted.flush_recordset()
        for allowance in granted.filtered("supplement_id"):
            allowance.supplement_id._extend_until(until_on, reason)
        if kind == "reopening":
            self.action_return(reason=reason)
        return granted

    def _allowance_values(self, kind, until_on, reason, clause, decision, told):
        out = self.supplement_ids.filtered(lambda one: one.state == "sent")
        return {
            "application_id": self.id,
            "supplement_id": out[:1].id if kind == "supplement" else False,
            "kind": kind,
            "former_until": self._allowance_former(kind),
            "until_on": until_on,
            "until": self._allowance_end(until_on),
            "reason": reason.strip(),
            "clause": clause,
            "decision": (decision or "").strip(),
            "told": told,
            "granted_by_id": self.env.uid,
            "granted_at": fields.Datetime.now(),
            "company_id": self.company_id.id,
        }

    # -- what it does ------------------------------------------------------------------
    def _window_end(self):
        """The instant until which this case may be handed in."""
        own = self.sudo().allowance_ids  # sudo: applicants and recommenders ask too
        ends = own.filtered(lambda one: one.kind in OF_WINDOW).mapped("until")
        return max([self.edition_id.window_end or datetime.min, *ends])

    def _guard_window_open(self):
        refusal = super()._guard_window_open()
        if refusal and refusal.code == "window_closed":
            if fields.Datetime.now() <= self._window_end():
                return None
        return refusal

    def _guard_paper_in_time(self):
        refusal = super()._guard_paper_in_time()
        if refusal and refusal.code == "paper_late":
            end = self._window_end()
            last = self.edition_id._local_date(end)
            if self.paper_received_at <= end and self._submission_day() <= last:
                return None
        return refusal

    def _next_step(self, supplements, known, clock):
        step, who, until = super()._next_step(supplements, known, clock)
        if self.state in WRITING:
            until = self.edition_id._local_date(self._window_end())
        return step, who, until


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _guard_cases_settled(self):
        """Who may still hand in by an allowance is not settled."""
        if refusal := super()._guard_cases_settled():
            return refusal
        running = [
            ("application_id.edition_id", "=", self.id),
            ("application_id.state", "in", WRITING),
            ("kind", "in", OF_WINDOW),
            ("until", ">=", fields.Datetime.now()),
        ]
        own = self.env["award.allowance"].sudo()  # sudo: a number
        count = len(own.search(running).application_id)
        return Refusal("cases_open", values={"count": count}) if count else None


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    def _extend_until(self, day, reason):
        """Let the time of a supplement end on `day`; its clock keeps the old date."""
        clocks = self._clocks().filtered("is_open")
        for clock in clocks:
            clock.write(
                {
                    "unit": "calendar_day",
                    "length": (day - clock.started_on).days,
                    "first_day": "exclude",
                    "roll": "none",
                    "cut_off": False,
                }
            )
        clocks._recount("length", reason)
        self._take_due()


class AwardLetter(models.Model):
    _inherit = "award.letter"

    kind = fields.Selection(
        selection_add=[("allowance", "Extension or Re-opening")],
        ondelete={"allowance": "cascade"},
    )
