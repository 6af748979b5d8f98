from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..application.recusal import INTEREST_KINDS
from ..base.lifecycle import state_field


class AwardInterest(models.Model):
    """What one person declares about one case before its material opens (回避).

    A declared or confirmed interest closes the case to the person at once.
    """

    _name = "award.interest"
    _description = "Declaration of Interest"
    _inherit = ["award.visible", "award.lifecycle"]
    _order = "id"
    _rec_name = "title"

    _edited_by = frozenset({"office"})

    state = state_field("award.interest")
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", required=True, readonly=True)
    kind = fields.Selection(INTEREST_KINDS)
    note = fields.Char()
    is_signed = fields.Boolean("Undertaking Signed", compute="_compute_is_signed")
    declared_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one(
        related="submission_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(expert_id, submission_id)")

    def _scheme_of(self):
        return self.submission_id._scheme_of()

    @api.depends_context("uid")
    def _compute_is_signed(self):
        for interest in self:
            edition = interest.sudo().submission_id.edition_id  # sudo: not open yet
            interest.is_signed = edition.undertaking_signed

    def _neutral_word(self):
        return self.env._("Declaration")

    def _open_to_me_sql(self):
        """One's own, once the panel is confirmed (without a panel: at once)."""
        return [
            SQL(
                """SELECT i.id FROM award_interest i
                     JOIN award_expert e ON e.id = i.expert_id
                    WHERE e.user_id = %s
                      AND NOT EXISTS (
                            SELECT FROM award_assignment a
                              JOIN award_panel p
                                ON p.id = a.panel_id AND p.state = 'draft'
                             WHERE a.submission_id = i.submission_id)""",
                self.env.uid,
                to_flush=self.env["award.expert"]._fields["user_id"],
            )
        ]

    def _mine_to_edit_sql(self):
        return self._open_to_me_sql()

    def _roles_on(self):
        roles = super()._roles_on()
        for interest in self.sudo():  # sudo: whom it is about is asked, not shown
            if interest.expert_id.user_id.id == self.env.uid:
                roles[interest.id].add("owner")
        return roles

    @api.model_create_multi
    def create(self, vals_list):
        submissions = self.env["award.submission"].browse(
            vals["submission_id"] for vals in vals_list
        )
        named = submissions.sudo()  # sudo: the name of the applicant is all we take
        titles = {record.id: record.title for record in named}
        for vals in vals_list:
            vals["title"] = titles[vals["submission_id"]]
        return super().create(vals_list)

    def write(self, vals):
        """People write kind and note until they declare; the rest is for the acts."""
        if not self.env.su:
            self.check_access("write")  # strangers learn nothing of the state
            if locked := set(vals) - {"kind", "note"}:
                names = ", ".join(sorted(locked))
                self._refuse(Refusal("not_editable", values={"fields": names}))
            if any(record.state not in {"draft", "none"} for record in self):
                self._refuse(Refusal("interest_settled"))
        return super().write(vals)

    # -- buttons --------------------------------------------------------------
    def action_sign_undertaking(self):
        """Sign the undertaking of the edition that the cases belong to."""
        cases = self.sudo().submission_id  # sudo: not open before it is signed
        cases.edition_id.sudo(False).action_sign_undertaking()

    def action_declare_none(self):
        """Declare that there is no interest; the case opens."""
        now = fields.Datetime.now()
        return self._apply_move("declare_none", values={"declared_at": now})

    def action_declare(self):
        """Declare the interest noted in `kind` and `note`; the case closes."""
        now = fields.Datetime.now()
        return self._apply_move("declare", values={"declared_at": now})

    def action_confirm(self):
        """Recuse the person from the case."""
        return self._apply_move("confirm")

    def action_dismiss(self, reason=None):
        """Decide that what was declared does not stand in the way."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "dismiss")
        return self._apply_move("dismiss", reason=reason)

    # Whatever changes a declaration changes what its person may see; answers of the
    # predicates that this transaction holds are out of date.
    def _after_declare_none(self):
        self.env.invalidate_all()

    def _after_declare(self):
        self.env.invalidate_all()

    def _after_confirm(self):
        self.env.invalidate_all()

    def _after_dismiss(self):
        self.env.invalidate_all()

    # -- guards ---------------------------------------------------------------
    def _guard_undertaking_signed(self):
        record = self.sudo()  # sudo: the material is not open yet
        edition = record.submission_id.edition_id
        signed = self.env["award.undertaking"].search_count(
            [("user_id", "=", self.env.uid), ("edition_id", "=", edition.id)]
        )
        if signed:
            return None
        shown = {"edition": edition.display_name}
        return Refusal("undertaking_missing", values=shown)

    def _guard_kind_named(self):
        if not self.kind or (self.kind == "other" and not (self.note or "").strip()):
            return Refusal("interest_kind_missing")
        return None
