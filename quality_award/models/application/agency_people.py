"""Roles of the agency are not given to people who act for an applicant.

The refusal tells whoever gives the role that somebody has to be named in that person's
place first: were the membership ended by itself, an applicant could stand there without
anybody to act for it, and nobody would have been told.
"""

from odoo import api, models

from .closing import AGENCY
from .refusals import refuse


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        asked = self if "group_ids" in vals else self.browse()
        before = asked._on_two_sides()
        result = super().write(vals)
        asked._refuse_two_sides(before)
        return result

    def _on_two_sides(self):
        """Who of `self` holds a role of the agency and acts for an applicant."""
        if not self:
            return self
        Member = self.env["award.applicant.member"].sudo()  # sudo: a yes or no
        return Member.search([("user_id", "in", self.ids)])._of_agency().user_id

    def _refuse_two_sides(self, before=()):
        """Refuse what puts somebody on both sides.

        :param before: users who were there before the change: it may come from old data
        """
        for user in self._on_two_sides().filtered(lambda user: user not in before):
            member = self.env["award.applicant.member"].sudo()  # sudo: names applicants
            held = member.search([("user_id", "=", user.id)]).applicant_id
            refuse(
                self.env,
                "staff_is_member",
                name=user.name,
                applicants=", ".join(held.mapped("name")),
            )


class ResGroups(models.Model):
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._people_of_agency()._on_two_sides()
        groups = super().create(vals_list)
        self._people_of_agency()._refuse_two_sides(before)
        return groups

    def write(self, vals):
        """People and implied groups of a group are another way to give a role."""
        if not {"user_ids", "implied_ids", "implied_by_ids"} & vals.keys():
            return super().write(vals)
        before = self._people_of_agency()._on_two_sides()
        result = super().write(vals)
        self._people_of_agency()._refuse_two_sides(before)
        return result

    @api.model
    def _people_of_agency(self):
        """Everybody with a role of the agency; nobody while the module is loaded."""
        self.invalidate_model()  # implications kept from before a change
        people = self.env["res.users"].sudo()  # sudo: which roles people have
        people.invalidate_model(["all_group_ids"])
        for role in sorted(AGENCY):
            group = self.env.ref(f"quality_award.group_{role}", False)
            if group:
                people |= group.sudo().all_user_ids  # sudo: as above
        return people
