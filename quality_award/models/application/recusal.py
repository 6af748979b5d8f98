from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

INTEREST_KINDS = [
    ("employed", "Employed by the applicant"),
    ("adviser", "Adviser or certifier"),
    ("coaching", "Coached or trained the applicant, paid or not"),
    ("financial", "Financial interest"),
    ("competitor", "Competitor, key supplier or customer"),
    ("family", "Family"),
    ("recommender", "Handled the recommendation"),
    ("other", "Other"),
]


class AwardRecusal(models.Model):
    """That a person of the office or the handling body withdraws from a case.

    The case closes to him at once, with all that hangs on it; a head of the office
    other than himself confirms, or decides that the interest does not stand in the way.
    """

    _name = "award.recusal"
    _description = "Recusal of Staff"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.recusal")
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Who Withdraws",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    kind = fields.Selection(INTEREST_KINDS, required=True)
    note = fields.Char()
    declared_at = fields.Datetime(readonly=True)
    is_declared = fields.Boolean(compute="_compute_is_declared")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(user_id, application_id) WHERE state != 'dismissed'",
        "This person has withdrawn from the case already.",
    )

    @api.depends("declared_at")
    def _compute_is_declared(self):
        for recusal in self:
            recusal.is_declared = bool(recusal.declared_at)

    @api.model
    def _closed_cases_sql(self):
        """Ids of the cases from which the current user has withdrawn."""
        wanted = [self._fields[name] for name in ("user_id", "application_id", "state")]
        return SQL(
            "SELECT application_id FROM award_recusal "
            "WHERE user_id = %s AND state != 'dismissed'",
            self.env.uid,
            to_flush=wanted,
        )

    def _scheme_of(self):
        return self.sudo().application_id._scheme_of()  # sudo: the case may be closed

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # strangers learn nothing of the rules
        now = fields.Datetime.now()
        recusals = super().create(
            [{**vals, "declared_at": now} for vals in vals_list]
        )
        for recusal in recusals:
            recusal._refuse_for_others()
            if recusal.kind == "other" and not (recusal.note or "").strip():
                recusal._refuse(Refusal("interest_kind_missing"))
            case = recusal.sudo().application_id  # sudo: closed from this moment
            recusal.sudo().title = case.applicant_id.name  # sudo: set by the act
        recusals.flush_recordset()
        self.env.invalidate_all()  # what is open to the user has changed
        return recusals

    def _refuse_for_others(self):
        """One withdraws oneself; the head orders others to (责令回避)."""
        head = "office_head" in self._group_roles()
        if self.user_id != self.env.user and not (head or self.env.su):
            self._refuse(Refusal("only_for_oneself"))

    def write(self, vals):
        """What was declared stays as it was declared."""
        if not self.env.su:
            self.check_access("write")
            self._refuse(Refusal("declared_already"))
        return super().write(vals)

    # -- buttons -----------------------------------------------------------------
    def action_confirm(self):
        """Keep the person out of the case for good."""
        return self._apply_move("confirm")

    def action_dismiss(self, reason=None):
        """Decide that what was declared does not stand in the way."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "dismiss")
        return self._apply_move("dismiss", reason=reason)

    def _after_confirm(self):
        self.env.invalidate_all()  # what is open to the person has changed

    def _after_dismiss(self):
        self.env.invalidate_all()  # as above

    # -- guards ------------------------------------------------------------------
    def _guard_another_person(self):
        if self.user_id == self.env.user:
            return Refusal("own_recusal")
        return None


class AwardApplication(models.Model):
    _inherit = "award.application"

    def action_withdraw_from(self):
        """Ask what interest the user has in the case; declaring it closes the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw from the Case"),
            "res_model": "award.recusal",
            "view_mode": "form",
            "target": "new",
            "context": {"default_application_id": self.id},
        }
