from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import clock as clock_rules
from ...rules import deadline
from ...rules.lifecycle import GROUP_ROLES


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    def _clock_party(self, role):
        """The body or person outside the roles that owes a clock of this record.

        :param role: role that the time limit names
        :return: a record whose model has `_clock_people`, or None
        """
        return None


class ResCompany(models.Model):
    """The agency's ladder: after how many working days a delay is told to whom."""

    _inherit = "res.company"

    award_days_owner = fields.Integer("Award: Urge the Owner After", default=1)
    award_days_section_head = fields.Integer(
        "Award: Urge the Section Head After", default=2
    )
    award_days_office_head = fields.Integer(
        "Award: Urge the Head of Office After", default=3
    )
    award_days_leading_body = fields.Integer(
        "Award: Supervised Order After",
        default=5,
        help="Working days after the last day; 0 leaves the rung out.",
    )
    award_section_head_ids = fields.Many2many(
        "res.users", "award_section_head_rel", string="Award: Section Heads"
    )
    award_leading_body_ids = fields.Many2many(
        "res.users", "award_leading_body_rel", string="Award: Leading Body"
    )

    @api.constrains(
        "award_days_owner",
        "award_days_section_head",
        "award_days_office_head",
        "award_days_leading_body",
    )
    def _check_award_ladder(self):
        for company in self:
            try:
                company._award_ladder()
            except clock_rules.ClockError as error:
                raise ValidationError(
                    self.env._(
                        "The rungs of the ladder follow one another: no later one "
                        "has fewer working days than one before it, and none is "
                        "negative. 0 leaves a rung out."
                    )
                ) from error

    def _award_ladder(self):
        """The rungs in use, as `deadline.ladder` returns them."""
        self.ensure_one()
        days = {rung: self[f"award_days_{rung}"] for rung in deadline.RUNGS}
        return deadline.ladder(days)


class AwardClock(models.Model):
    """Who is told: the owner first, then up the owner's own line."""

    _inherit = "award.clock"

    def _people(self, rung):
        """Users to be told of each clock at a rung, as a dict clock id -> users.

        The supervisor has the register and is told of nothing. Where a rung is not
        staffed, the office hears in its place.

        :param rung: one of `deadline.RUNGS`
        """
        found = {}
        for company, clocks in self.grouped("company_id").items():
            office = self._group_people("office", company)
            watching = self._group_people("supervisor", company)
            for clock, people in clocks._people_in(rung, company).items():
                found[clock] = (people or office) - watching
        return found

    def _people_in(self, rung, company):
        if rung == "office_head":
            return dict.fromkeys(self.ids, self._group_people(rung, company))
        if rung == "leading_body":
            return dict.fromkeys(self.ids, company.award_leading_body_ids)
        found = self._party_people(rung)
        if rung == "section_head":
            heads = company.award_section_head_ids
            return {clock.id: heads | found.get(clock.id, heads) for clock in self}
        by_role = {
            role: self._group_people(role, company)
            for role in set(self.mapped("owner_role"))
        }
        for clock in self:
            if clock.owner_user_id:
                found[clock.id] = clock.owner_user_id
            elif not clock.party_model:
                found[clock.id] = by_role[clock.owner_role]
        return {clock.id: found.get(clock.id, clock.owner_user_id) for clock in self}

    def _party_people(self, rung):
        """Users of the bodies outside that owe clocks, as a dict clock id -> users."""
        found = {}
        outside = self.filtered("party_model")
        for (model, role), clocks in outside.grouped(
            lambda clock: (clock.party_model, clock.owner_role)
        ).items():
            if model not in self.env:
                continue
            parties = self.env[model].browse(set(clocks.mapped("party_id"))).exists()
            people = parties._clock_people(role, rung)
            for clock in clocks:
                if clock.party_id in people:
                    found[clock.id] = people[clock.party_id]
        return found

    @api.model
    def _group_people(self, role, company):
        """Users who hold a role of the addon in an agency; none for other words."""
        Users = self.env["res.users"]
        if role not in GROUP_ROLES:
            return Users
        group = self.env.ref(f"quality_award.group_{role}")
        return Users.search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", company.ids)]
        )
