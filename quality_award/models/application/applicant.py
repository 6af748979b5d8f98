from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from .closing import AGENCY


class AwardTrade(models.Model):
    """A trade (行业) that panels are formed by."""

    _name = "award.trade"
    _description = "Trade"
    _inherit = ["award.bilingual"]
    _order = "code"

    code = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex("(company_id, code)")


class AwardApplicant(models.Model):
    """An applicant (申报者) of any kind; not a partner of the host.

    For a person `name` is the person's own. What tells one applicant from another
    depends on the kind, see `applicant_identity`.
    """

    _name = "award.applicant"
    _description = "Applicant"
    _inherit = ["award.confidential", "award.closing"]
    _order = "id"

    _case_field = "id"

    subject = fields.Selection(
        [
            ("organisation", "Organisation"),
            ("individual", "Individual"),
            ("team", "Team"),
            ("project", "Project"),
            ("unit", "Unit without Legal Personality"),
        ],
        "Kind of Applicant",
        required=True,
        default="organisation",
    )
    name = fields.Char(required=True)
    name_en = fields.Char()
    credit_code = fields.Char("Unified Social Credit Code")
    trade_id = fields.Many2one("award.trade", ondelete="restrict", index=True)
    size = fields.Selection(
        [
            ("large", "Large"),
            ("medium", "Medium"),
            ("small", "Small"),
            ("micro", "Micro"),
            ("other", "Not an Enterprise"),
        ]
    )
    territory = fields.Char()
    address = fields.Char()
    registered_on = fields.Date("Registered Here On")
    operating_since = fields.Date()
    is_legal_person = fields.Boolean("Independent Legal Person")
    organisation_name = fields.Char(
        "Employer or Responsible Organisation",
        help="Of a person the employer; of a team, project or unit who answers for it.",
    )
    organisation_code = fields.Char("Credit Code of That Organisation")
    organisation_id = fields.Many2one(
        "award.applicant",
        "That Organisation as an Applicant",
        ondelete="set null",
        index="btree_not_null",
        domain=[("subject", "=", "organisation")],
    )
    post = fields.Char()
    role = fields.Selection(
        [
            ("top_manager", "Top Manager"),
            ("middle_manager", "Middle Manager"),
            ("employee", "Employee"),
            ("other", "Other"),
        ]
    )
    working_since = fields.Date("Quality-related Work Here Since")
    parent_code = fields.Char("Credit Code of the Parent Company")
    parent_id = fields.Many2one(
        "award.applicant",
        "Parent Company as an Applicant",
        ondelete="set null",
        index="btree_not_null",
        domain=[("subject", "=", "organisation")],
    )
    group_name = fields.Char("Group of Companies")
    liaison_name = fields.Char("Liaison Officer")
    liaison_phone = fields.Char()
    liaison_email = fields.Char()
    member_ids = fields.One2many("award.applicant.member", "applicant_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _credit_code_unique = models.UniqueIndex(
        "(company_id, credit_code)",
        "An applicant with this unified social credit code is already registered.",
    )

    @api.model
    def _closed_keys_sql(self):
        """Applicants with a case from which the current user has withdrawn."""
        Application = self.env["award.application"]
        return SQL(
            "SELECT applicant_id FROM award_application WHERE id IN (%s)",
            Application._closed_keys_sql(),
            to_flush=Application._fields["applicant_id"],
        )


class AwardApplicantMember(models.Model):
    """A person who acts for the applicant on the portal.

    Nobody whose office opens the cases of others to him does: he cannot be named, a
    role of the agency cannot be given to who is named already, and a row that is there
    all the same opens nothing.
    """

    _name = "award.applicant.member"
    _description = "Person Acting for an Applicant"
    _inherit = ["award.closing"]
    _order = "id"
    _rec_name = "user_id"

    _case_field = "applicant_id"

    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, ondelete="cascade", index=True
    )
    can_sign = fields.Boolean(default=True)
    company_id = fields.Many2one(
        related="applicant_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(applicant_id, user_id)", "This person already acts for the applicant."
    )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._refuse_staff()
        return members

    def write(self, vals):
        done = super().write(vals)
        if "user_id" in vals:
            self._refuse_staff()
        return done

    def _refuse_staff(self):
        """Nobody handles a case and acts for its applicant."""
        for member in self._of_agency()[:1]:
            shown = {"name": member.user_id.name}
            self.env["award.application"]._refuse(
                Refusal("member_is_staff", values=shown)
            )

    def _of_agency(self):
        """The rows among `self` whose person holds a role of the agency, by now."""
        members = self.sudo()  # sudo: which roles a person has
        ids = {
            self.env.ref(f"quality_award.group_{role}").id for role in sorted(AGENCY)
        }
        return members.filtered(lambda row: ids & {*row.user_id.all_group_ids.ids})

    @api.model
    def _is_agency(self):
        """Whether the current user may act for no applicant, because of a role."""
        return bool(AGENCY & self.env["award.lifecycle"]._group_roles())

    @api.model
    def _mine(self):
        """Rows of the current user, access rights lifted; none for the agency."""
        if self._is_agency():
            return self.sudo().browse()  # sudo: no row
        return self.sudo().search(  # sudo: their own rows only
            [("user_id", "=", self.env.uid)]
        )

    @api.model
    def _signed_for(self):
        """Ids of the applicants that the current user may bind by signature."""
        return set(self._mine().filtered("can_sign").applicant_id.ids)
