from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from . import seats


class AwardExpert(models.Model):
    """A person of one of the pools; not a partner of the host."""

    _name = "award.expert"
    _description = "Expert"
    _inherit = ["award.visible", "award.confidential"]
    _order = "id"

    _seen_by = frozenset({"office", "supervisor", "finance"})
    _edited_by = frozenset({"office"})

    name = fields.Char(required=True)
    user_id = fields.Many2one("res.users", ondelete="restrict", index="btree_not_null")
    pool_kind = fields.Selection(
        [
            ("reviewer", "Reviewers"),
            ("deliberator", "Deliberators"),
            ("observer", "Observers"),
        ],
        required=True,
    )
    employer = fields.Char()
    city = fields.Char()
    background = fields.Char()
    is_leader_grade = fields.Boolean("Leader's Grade")
    trade_ids = fields.Many2many("award.trade")
    training_until = fields.Date("Training Valid Until")
    standing = fields.Selection(
        [
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("disqualified", "Disqualified"),
        ],
        required=True,
        default="active",
    )
    identity_number = fields.Char(groups="quality_award.group_finance")
    bank_account = fields.Char(groups="quality_award.group_finance")
    phone = fields.Char(groups="quality_award.group_office,quality_award.group_finance")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _user_unique = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL",
        "This login already belongs to an expert: one person is in one pool.",
    )

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # Who may know an expert knows the name; others meet the number only.
        # The predicate decides, also where the label is computed with full rights.
        for expert in self:
            expert.display_name = (
                expert.name if expert.is_open_to_me else f"#{expert.id}"
            )

    def _open_to_me_sql(self):
        """Oneself, and the members of the confirmed panels in which one sits."""
        return [
            SQL("SELECT id FROM award_expert WHERE user_id = %s", self.env.uid),
            SQL(
                """SELECT m.expert_id FROM award_panel_member m
                    WHERE m.panel_id IN (SELECT panel_id FROM (%s) AS mine)""",
                seats.my_panels(self.env),
            ),
        ]


class AwardUndertaking(models.Model):
    """The confidentiality and integrity undertaking of one person for one edition."""

    _name = "award.undertaking"
    _description = "Undertaking"
    _inherit = ["award.visible"]
    _order = "id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", index=True
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    signed_at = fields.Datetime(required=True, readonly=True)
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(user_id, edition_id)")

    def _open_to_me_sql(self):
        return [
            SQL("SELECT id FROM award_undertaking WHERE user_id = %s", self.env.uid)
        ]

    def _neutral_word(self):
        return self.env._("Undertaking")

    @api.model
    def action_sign(self, edition_id):
        """Sign the undertaking of an edition as the current user.

        Signing twice changes nothing.

        :param edition_id: id of an announced edition of the user's agency
        :return: the undertaking
        :raise AwardRefusal: `not_an_expert`, `edition_not_announced`
        """
        edition = self.env["award.edition"].browse(edition_id).exists()
        edition.check_access("read")
        expert = (
            self.env["award.expert"]
            .sudo()  # sudo: whether one is an expert is asked before anything is open
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("standing", "=", "active"),
                    ("company_id", "=", edition.company_id.id),
                ]
            )
        )
        if not expert:
            self._refuse_signing(Refusal("not_an_expert"))
        if edition.state != "announced":
            name = edition.display_name
            self._refuse_signing(
                Refusal("edition_not_running", values={"edition": name})
            )
        signed = self.sudo().search(  # sudo: nobody may create one for others
            [("user_id", "=", self.env.uid), ("edition_id", "=", edition.id)]
        ) or self.sudo().create(  # sudo: as above
            {
                "user_id": self.env.uid,
                "edition_id": edition.id,
                "signed_at": fields.Datetime.now(),
            }
        )
        self.env.invalidate_all()  # what is open to the user has changed
        return signed.sudo(False)

    def _refuse_signing(self, refusal):
        raise AwardRefusal(refusal_text(self.env, refusal), [refusal])
