from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: The preparer's; and what is completed beside the opinion until it is signed off.
OPINION = frozenset({"verdict", "opinion", "quota_reason"})
BESIDE = frozenset({"rank", "notice_id", "objection", "objection_note"})
STEPS = {"recommender_prepare", "recommender_check", "recommender_sign"}


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
        "award.of.recommender",
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
    edition_id = fields.Many2one(
        related="application_id.edition_id", store=True, index=True
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
    may_complete = fields.Boolean(compute="_compute_may_write")
    is_signed = fields.Boolean(compute="_compute_may_write")
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
            own = roles.get(opinion.id, set())
            opinion.is_signed = opinion.state == "signed"
            opinion.may_write = (
                "recommender_prepare" in own and opinion.state == "draft"
            )
            opinion.may_complete = bool(STEPS & own) and not opinion.is_signed

    def _compute_due_on(self):
        clocks = self.env["award.clock"]._of(self)
        due = {clock.res_id: clock.due_on for clock in clocks}
        for opinion in self:
            opinion.due_on = due.get(opinion.id)

    # -- acts ------------------------------------------------------------------------
    def action_prepare(self):
        """Pass the opinion on to whoever checks it."""
        return self._apply_move("prepare", values={"prepared_by_id": self.env.uid})

    def action_check(self):
        """Pass the opinion on to whoever signs it off."""
        return self._apply_move("check", values={"checked_by_id": self.env.uid})

    def action_sign(self):
        """Sign off: the case goes to the office, or ends here."""
        today = self.env["award.clock"]._today()
        signed = {"signed_on": today, "signed_by_id": self.env.uid}
        return self._apply_move("sign", values=signed)

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

    def _guard_current(self):
        """The version is in force and the case is waiting for this opinion."""
        own = self.sudo()  # sudo: only whether the version is still in force is asked
        case = own.application_id
        waiting = case.state == "submitted" and case.stage_id.kind == "recommendation"
        if not (own.submission_id.is_current and waiting):
            return Refusal("version_superseded")

    def write(self, vals):
        """Verdict and opinion are the preparer's, the rest open until signed off."""
        if OPINION & vals.keys():
            self.check_access("write")
            roles = self._roles_on()
            for opinion in self:
                mine = "recommender_prepare" in roles[opinion.id]
                if opinion.state != "draft" or not mine:
                    opinion._refuse(Refusal("opinion_closed"))
        if BESIDE & vals.keys():
            self.check_access("write")
            roles = self._roles_on()
            for opinion in self:
                if opinion.state == "signed" or not STEPS & roles[opinion.id]:
                    opinion._refuse(Refusal("rank_kept"))
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
        opinions._fill_check_list()
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
