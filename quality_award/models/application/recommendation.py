from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardRecommendation(models.Model):
    """The recommender's opinion on one version: prepared, checked, signed off.

    A version that was returned and handed in again needs an opinion of its own.
    """

    _name = "award.recommendation"
    _description = "Recommendation Opinion"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id"

    state = state_field("award.recommendation")
    application_id = fields.Many2one(
        "award.application",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    submission_id = fields.Many2one(
        "award.submission", readonly=True, ondelete="restrict", index=True
    )
    recommender_id = fields.Many2one(
        "award.recommender",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    title = fields.Char(related="submission_id.title", related_sudo=False)
    content_html = fields.Html(
        related="submission_id.content_html", related_sudo=False, sanitize=False
    )
    verdict = fields.Selection(
        [("recommend", "Recommended"), ("decline", "Not Recommended")]
    )
    opinion = fields.Text()
    quota_reason = fields.Char(
        "Reason for Passing the Quota",
        help="Where the scheme lets a recommender pass its quota with a reason.",
    )
    received_on = fields.Date(readonly=True)
    signed_on = fields.Date(readonly=True)
    due_on = fields.Date(compute="_compute_due_on")
    may_write = fields.Boolean(compute="_compute_may_write")
    is_signed = fields.Boolean(compute="_compute_may_write")
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")
    is_demo = fields.Boolean(related="submission_id.edition_id.is_demo")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(application_id, recommender_id, submission_id)")

    def _scheme_of(self):
        return self.sudo().application_id._scheme_of()  # sudo: only the scheme is read

    def _leave_entry(self, door_name, scope=None):
        """Who reads the opinion's page reads the version handed in as well."""
        super()._leave_entry(door_name, scope)
        versions = self.sudo().submission_id  # sudo: only the ids, for the log
        versions._leave_entry(door_name)

    @api.depends("submission_id.version_code")
    def _compute_display_name(self):
        for opinion in self:
            opinion.display_name = self.env._(
                "Opinion %(code)s",
                code=opinion.submission_id.version_code or opinion.id,
            )

    # -- who -----------------------------------------------------------------------
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(
            "recommender_id",
            "in",
            SQL(
                "(SELECT recommender_id FROM award_recommender_member "
                "WHERE user_id = %s)",
                self.env.uid,
            ),
        )

    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.env["award.recommender.member"]._roles_by_recommender()
        for opinion in self:
            opinion.is_mine = opinion.recommender_id.id in mine

    def _roles_on(self):
        roles = super()._roles_on()
        by_recommender = self.env["award.recommender.member"]._roles_by_recommender()
        for opinion in self.sudo():  # sudo: roles come before the right to read
            roles[opinion.id] |= by_recommender.get(opinion.recommender_id.id, set())
        return roles

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_write(self):
        """Verdict and opinion are the preparer's until he passes them on."""
        roles = self._roles_on()
        for opinion in self:
            mine = "recommender_prepare" in roles.get(opinion.id, set())
            opinion.may_write = mine and opinion.state == "draft"
            opinion.is_signed = opinion.state == "signed"

    def _compute_due_on(self):
        clocks = self.env["award.clock"]._of(self)
        due = {clock.res_id: clock.due_on for clock in clocks}
        for opinion in self:
            opinion.due_on = due.get(opinion.id)

    # -- acts ------------------------------------------------------------------------
    def action_prepare(self):
        return self._apply_move("prepare")

    def action_check(self):
        return self._apply_move("check")

    def action_sign(self):
        """Sign off: the case goes to the office, or ends here."""
        today = self.env["award.clock"]._today()
        return self._apply_move("sign", values={"signed_on": today})

    def action_send_back(self, reason=None):
        if reason is None:
            return self.env["award.reason"]._ask(self, "send_back")
        return self._apply_move("send_back", reason=reason)

    def action_return(self, reason=None):
        """Return the application to the applicant for correction, in the window."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "return")
        self.check_access("write")
        for opinion in self:
            if refusal := opinion._guard_current():
                self._refuse(refusal)
        self._cases()._apply_move("return", reason=reason)
        return True

    def _cases(self):
        """The cases; access rights lifted, the user is who he is."""
        return self.sudo().application_id  # sudo: the office's case is not his to read

    def _after_sign(self):
        opinions = self.sudo()  # sudo: as in `_cases`
        self.env["award.clock"]._stop(opinions, None)
        for verdict, signed in opinions.grouped("verdict").items():
            for stage, some in signed.grouped(
                lambda o: o.application_id.stage_id
            ).items():
                cases = some.application_id
                if verdict == "recommend":
                    cases.filtered(lambda case: case._all_recommend())._advance()
                    continue
                reasons = {o.application_id.id: o.opinion for o in some}
                clause = stage.clause_id.code or None
                cases._eliminate(reasons, clause)
                cases._draft_letters("not_recommended", reasons, clause)

    # -- guards ----------------------------------------------------------------------
    def _guard_opinion_given(self):
        if not self.verdict or not (self.opinion or "").strip():
            return Refusal("opinion_missing")

    def _guard_may_recommend(self):
        """Of a kind that may recommend, not barred, and within its quota."""
        own = self.sudo()  # sudo: the case is the office's; only counts are asked
        if own.verdict != "recommend":
            return None
        case, scheme = own.application_id, own._scheme_of()
        if own.recommender_id._kind_in(scheme) == "nominator":
            values = {"recommender": own.recommender_id.display_name}
            clause = case._clause_of_kind("recommendation")
            return Refusal("may_not_recommend", clause, values)
        barred = own.recommender_id._bar_refusal(scheme, case.edition_id.term)
        if barred:
            return barred
        for quota in scheme._quotas("recommended", case.class_id):
            if refusal := own._quota_refusal(quota):
                return refusal
        return None

    def _quota_refusal(self, quota):
        """Why this recommendation is one too many for a quota, or None.

        A soft quota is passed with a reason.
        """
        excused = quota.soft and (self.quota_reason or "").strip()
        if quota.per != "recommender" or not quota.maximum or excused:
            return None
        case = self.application_id
        if not quota._counts_case(case):
            return None
        # who signs at the same moment waits for this one
        self.recommender_id.lock_for_update(allow_referencing=True)
        others = self.search(
            [
                ("recommender_id", "=", self.recommender_id.id),
                ("application_id.edition_id", "=", case.edition_id.id),
                ("application_id", "!=", case.id),
                ("state", "=", "signed"),
                ("verdict", "=", "recommend"),
                ("submission_id.is_current", "=", True),
            ]
        ).application_id
        counted = sum(
            quota._counts_case(other) for other in others if other.state != "withdrawn"
        )
        if counted < quota.maximum:
            return None
        values = {"most": quota.maximum, "whose": self.recommender_id.display_name}
        code = "quota_needs_reason" if quota.soft else "quota_of_recommendations"
        return Refusal(code, quota.clause_id.code or None, values)

    def _guard_current(self):
        """The version is in force and the case is waiting for this opinion."""
        own = self.sudo()  # sudo: only whether the version is still in force is asked
        case = own.application_id
        waiting = case.state == "submitted" and case.stage_id.kind == "recommendation"
        if not (own.submission_id.is_current and waiting):
            return Refusal("version_superseded")

    def write(self, vals):
        if {"verdict", "opinion", "quota_reason"} & vals.keys():
            self.check_access("write")
            roles = self._roles_on()
            for opinion in self:
                mine = "recommender_prepare" in roles[opinion.id]
                if opinion.state != "draft" or not mine:
                    opinion._refuse(Refusal("opinion_closed"))
        return super().write(vals)


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _on_enter_recommendation(self):
        """Give the version handed in to the recommender; his time begins."""
        today = self.env["award.clock"]._today()
        versions = self._current_submission()
        opinions = self.env["award.recommendation"].create(
            [
                {
                    "application_id": case.id,
                    "submission_id": versions[case.id].id,
                    "recommender_id": recommender.id,
                    "received_on": today,
                }
                for case in self
                for recommender in case._recommenders()
            ]
        )
        self.env["award.clock"]._start(opinions, "recommender_receipt", today)

    def _all_recommend(self):
        """Whether all recommenders named have signed off on the version in force."""
        signed = self.recommendation_ids.filtered(
            lambda opinion: (
                opinion.state == "signed"
                and opinion.verdict == "recommend"
                and opinion.submission_id.is_current
            )
        )
        named = self._recommenders()
        return bool(named) and named <= signed.recommender_id

    def _work_refusal_recommendation(self):
        if not self._all_recommend():
            return Refusal(
                "recommendation_missing", self._clause_of_kind("recommendation")
            )
