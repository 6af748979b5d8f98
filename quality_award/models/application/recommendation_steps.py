from odoo import api, fields, models

from ...rules.refusal import Refusal
from .recusal import INTEREST_KINDS


class AwardRecommendation(models.Model):
    """Who of the recommender has taken which step, and who has withdrawn."""

    _inherit = "award.recommendation"

    prepared_by_id = fields.Many2one("res.users", "Prepared by", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    signed_by_id = fields.Many2one("res.users", "Signed off by", readonly=True)
    withdrawn_text = fields.Text("Withdrawn", compute="_compute_withdrawn_text")

    def _compute_withdrawn_text(self):
        """People of the same recommender who do not act on the case, and who does."""
        own = self.sudo()  # sudo: names of colleagues, of the same recommender
        found = own.env["award.recusal"].search(
            [
                ("application_id", "in", own.application_id.ids),
                ("state", "!=", "dismissed"),
            ]
        )
        kinds = dict(found._fields["kind"]._description_selection(self.env))
        by_case = found.grouped("application_id")
        for opinion in self:
            case = opinion.sudo().application_id  # sudo: as above
            people = opinion.sudo().recommender_id.member_ids.user_id  # sudo: as above
            lines = [
                self.env._(
                    "%(who)s (%(kind)s); acts instead: %(substitute)s",
                    who=recusal.user_id.name,
                    kind=kinds[recusal.kind],
                    substitute=recusal.substitute or "–",
                )
                for recusal in by_case.get(case, ())
                if recusal.user_id in people
            ]
            opinion.withdrawn_text = "\n".join(lines) or False

    # -- guards ----------------------------------------------------------------------
    def _guard_not_withdrawn(self):
        """Nobody acts on a case from which he has withdrawn."""
        if self.is_closed_to_me:
            return Refusal("withdrawn_from", values={"cases": self.title})
        return None

    def _guard_another_person(self):
        """Where the scheme keeps the steps apart, each is another person's."""
        scheme = self._scheme_of()
        if scheme._value("recommendation_steps") != "separate":
            return None
        before = self.prepared_by_id
        if self.state == "checked":
            before |= self.checked_by_id
        if self.env.user in before:
            clause = scheme._clause_of("recommendation_steps")
            return Refusal("steps_apart", clause, {"who": self.env.user.name})
        return None

    # -- interests -------------------------------------------------------------------
    def action_withdraw_from(self):
        """Ask what interest the user has in the applicant; saying it closes the case.

        :return: the dialogue
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw from the Case"),
            "res_model": "award.recommendation.withdraw",
            "view_mode": "form",
            "target": "new",
            "context": {"default_recommendation_id": self.id},
        }

    def _withdraw(self, kind, note, substitute):
        """Declare the user's interest in the applicant.

        :param kind: key of `award.recusal.kind`
        :param substitute: name of who acts instead
        :raise AwardRefusal: `not_of_recommender`, `reason_missing`,
            `substitute_missing`
        """
        self.ensure_one()
        self.check_access("read")
        roles = self.env["award.recommender.member"]._roles_by_recommender()
        if self.recommender_id.id not in roles:
            self._refuse(Refusal("not_of_recommender"))
        if not (note or "").strip():
            self._refuse(Refusal("reason_missing"))
        if not (substitute or "").strip():
            self._refuse(Refusal("substitute_missing"))
        everything = self.env["award.recusal"].sudo()  # sudo: one's own, asked above
        return everything.create(
            {
                "application_id": self.sudo().application_id.id,  # sudo: as above
                "user_id": self.env.uid,
                "kind": kind,
                "note": note.strip(),
                "substitute": substitute.strip(),
            }
        )


class AwardRecusal(models.Model):
    _inherit = "award.recusal"

    substitute = fields.Char("Acts Instead", help="Who takes over the case (AB角).")


class AwardRecommendationWithdraw(models.TransientModel):
    """Asks a person of a recommender for the interest he has in an applicant."""

    _name = "award.recommendation.withdraw"
    _description = "Withdraw from a Recommendation"

    recommendation_id = fields.Many2one(
        "award.recommendation", required=True, readonly=True
    )
    title = fields.Char(related="recommendation_id.title", related_sudo=False)
    kind = fields.Selection(INTEREST_KINDS, "Interest", required=True)
    note = fields.Char("Reason", required=True)
    substitute = fields.Char("Who Acts Instead", required=True)

    def action_apply(self):
        """Close the case to the user."""
        self.ensure_one()
        self.recommendation_id._withdraw(self.kind, self.note, self.substitute)
        return self.env["award.recommender"].action_desk()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.recommendation_id.check_access("read")
        return records
