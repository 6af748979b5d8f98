from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.refusal import Refusal

STEPS = {"prepare": "draft", "check": "prepared", "sign": "checked"}
#: Working days before the last one at which an opinion is said to be urgent.
SOON = 2


class AwardRecommender(models.Model):
    """The desk of a recommender: what waits, at which step, by when."""

    _inherit = "award.recommender"

    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        export_string_translation=False,
    )
    prepare_count = fields.Integer("To Prepare", compute="_compute_desk")
    check_count = fields.Integer("To Check", compute="_compute_desk")
    sign_count = fields.Integer("To Sign Off", compute="_compute_desk")
    signed_count = fields.Integer("Signed Off", compute="_compute_desk")
    overdue_count = fields.Integer("Overdue", compute="_compute_desk")
    soon_count = fields.Integer("Due Soon", compute="_compute_desk")
    next_due_text = fields.Char("Next", compute="_compute_desk")
    my_steps = fields.Json(compute="_compute_desk")
    quota_text = fields.Text("Places Used", compute="_compute_quota_text")

    @api.model
    def _mine(self):
        """The recommenders of the user."""
        return self.search([("is_mine", "=", True)])

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "id",
            "in" if True in value else "not in",
            SQL(
                "(SELECT recommender_id FROM award_recommender_member "
                "WHERE user_id = %s)",
                self.env.uid,
            ),
        )

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.env["award.recommender.member"]._roles_by_recommender()
        for recommender in self:
            recommender.is_mine = recommender.id in mine

    def _editions(self):
        """Editions that run, the latest first."""
        return self.env["award.edition"].search(
            [("state", "=", "announced"), ("company_id", "in", self.company_id.ids)],
            order="id desc",
        )

    def _desk_domain(self):
        """Opinions of the desk: on versions in force, of editions that run."""
        return [
            ("recommender_id", "in", self.ids),
            ("edition_id.state", "=", "announced"),
            ("submission_id.is_current", "=", True),
            ("is_waiting", "=", True),
        ]

    @api.depends_context("uid", "lang")
    def _compute_desk(self):
        """All of it in the same number of queries, with the rights of the user."""
        Opinion = self.env["award.recommendation"]
        running = [
            ("recommender_id", "in", self.ids),
            ("edition_id.state", "=", "announced"),
            ("submission_id.is_current", "=", True),
        ]
        opinions = Opinion.search(running)
        by_recommender = opinions.grouped("recommender_id")
        roles = self.env["award.recommender.member"]._roles_by_recommender()
        for recommender in self:
            own = by_recommender.get(recommender, Opinion)
            waiting = own.filtered("is_waiting")
            by_state = waiting.grouped("state")
            for step, state in STEPS.items():
                recommender[f"{step}_count"] = len(by_state.get(state, ()))
            recommender.signed_count = len(own.filtered("is_signed"))
            recommender.overdue_count = len(waiting.filtered("is_overdue"))
            recommender.soon_count = len(waiting.filtered("is_soon"))
            due = waiting.filtered("due_on").sorted("due_on")[:1]
            recommender.next_due_text = due.time_left_text
            mine = roles.get(recommender.id, set())
            recommender.my_steps = sorted(
                step for step in STEPS if f"recommender_{step}" in mine
            )

    def _compute_quota_text(self):
        lines = {recommender: [] for recommender in self}
        for edition in self._editions():
            own = self.filtered("is_mine")
            for recommender, quota, taken in self._quota_uses(own, edition):
                lines[recommender].append(
                    self.env._(
                        "%(quota)s: %(taken)s of %(most)s",
                        quota=quota.display_name,
                        taken=taken,
                        most=quota.maximum,
                    )
                )
        for recommender in self:
            recommender.quota_text = "\n".join(lines[recommender]) or False

    # -- links ---------------------------------------------------------------------
    @api.model
    def action_desk(self):
        """The desk of the user."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "quality_award.award_recommender_desk_action"
        )

    def _open(self, title, *domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "quality_award.award_recommendation_action"
        )
        return {
            **action,
            "name": title,
            "domain": [
                ("recommender_id", "in", self.ids),
                ("edition_id.state", "=", "announced"),
                ("submission_id.is_current", "=", True),
                *domain,
            ],
            "context": {},
        }

    def action_open_prepare(self):
        """Opinions to prepare."""
        waiting = ("is_waiting", "=", True)
        return self._open(self.env._("To Prepare"), ("state", "=", "draft"), waiting)

    def action_open_check(self):
        """Opinions to check."""
        waiting = ("is_waiting", "=", True)
        return self._open(self.env._("To Check"), ("state", "=", "prepared"), waiting)

    def action_open_sign(self):
        """Opinions to sign off."""
        waiting = ("is_waiting", "=", True)
        return self._open(self.env._("To Sign Off"), ("state", "=", "checked"), waiting)

    def action_open_signed(self):
        """Opinions signed off."""
        return self._open(self.env._("Signed Off"), ("state", "=", "signed"))

    def action_open_urgent(self):
        """Opinions overdue or due soon."""
        own = self.env["award.recommendation"].search(self._desk_domain())
        urgent = own.filtered(lambda opinion: opinion.is_overdue or opinion.is_soon)
        return self._open(self.env._("Overdue or Due Soon"), ("id", "in", urgent.ids))

    def action_open_notices(self):
        """Local notices of the recommender."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "quality_award.award_recommendation_notice_action"
        )
        context = {
            "default_recommender_id": self[:1].id,
            "default_edition_id": self._editions()[:1].id,
        }
        domain = [("recommender_id", "in", self.ids)]
        return {**action, "domain": domain, "context": context}

    def action_letter(self):
        """Draft the letter for all signed off of the edition that runs, and open it."""
        self.ensure_one()
        if not self.is_mine:
            self.env["award.recommendation"]._refuse(Refusal("not_of_recommender"))
        edition = self._letter_edition()
        letter = self.env["award.recommendation.letter"]._draft(self, edition)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recommendation Letter"),
            "res_model": letter._name,
            "res_id": letter.id,
            "view_mode": "form",
        }

    def _letter_edition(self):
        """The latest edition with something to send, else the latest that runs."""
        editions = self._editions()
        waiting = self._named(editions, signed=True).filtered(
            lambda opinion: not opinion.letter_id
        )
        return (editions & waiting.edition_id)[:1] or editions[:1]


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    is_waiting = fields.Boolean(
        "Waiting for the Recommender",
        compute="_compute_is_waiting",
        search="_search_is_waiting",
    )
    is_overdue = fields.Boolean(compute="_compute_time_left")
    is_soon = fields.Boolean(compute="_compute_time_left")
    time_left_text = fields.Char("Time Left", compute="_compute_time_left")
    strip = fields.Json("Days", compute="_compute_strip")

    @api.model
    def _search_is_waiting(self, operator, value):
        """The case stands where it waits for this opinion; said without the case."""
        if operator != "in":
            return NotImplemented
        waiting = SQL(
            """(SELECT r.id FROM award_recommendation r
                  JOIN award_application a ON a.id = r.application_id
                  JOIN award_stage s ON s.id = a.stage_id
                 WHERE a.state = 'submitted' AND s.kind = 'recommendation'
                   AND r.state != 'signed')"""
        )
        return Domain("id", "in" if True in value else "not in", waiting)

    @api.depends("state")
    def _compute_is_waiting(self):
        for opinion in self:
            case = opinion.sudo().application_id  # sudo: where the case stands
            opinion.is_waiting = (
                opinion.state != "signed"
                and case.state == "submitted"
                and case.stage_id.kind == "recommendation"
            )

    @api.depends_context("lang")
    def _compute_time_left(self):
        clocks = self.env["award.clock"]._of(self).filtered("is_open")
        lefts = {clock.res_id: clock.working_days_left for clock in clocks}
        for opinion in self:
            left = lefts.get(opinion.id)
            days = int(left) if left else None
            opinion.is_overdue = days is not None and days < 0
            opinion.is_soon = days is not None and 0 <= days <= SOON
            opinion.time_left_text = days is not None and self._left_text(days)

    @api.model
    def _left_text(self, days):
        if days < 0:
            return self.env._("overdue by %(days)s working days", days=-days)
        if days == 0:
            return self.env._("today is the last day")
        return self.env._("%(days)s working days left", days=days)

    def _compute_strip(self):
        clocks = self.env["award.clock"]._of(self).grouped("res_id")
        for opinion in self:
            own = clocks.get(opinion.id)
            opinion.strip = own and own[-1:]._strips()
