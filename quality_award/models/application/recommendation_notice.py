from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal

#: What stays once an opinion that rests on the notice is signed off.
KEPT = frozenset(
    "recommender_id edition_id first_day last_day place proof_file file_name".split()
)


class AwardRecommendationNotice(models.Model):
    """The notice that a recommender shows in its place, with the proof of it (公示).

    One notice names many applicants; what was objected is kept with each of them.
    """

    _name = "award.recommendation.notice"
    _description = "Local Notice of a Recommender"
    _inherit = ["award.confidential", "award.of.recommender"]
    _order = "id desc"
    _rec_name = "place"

    recommender_id = fields.Many2one(
        "award.recommender",
        required=True,
        ondelete="restrict",
        index=True,
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    first_day = fields.Date("First Day Shown", required=True)
    last_day = fields.Date("Last Day Shown", required=True)
    place = fields.Char(
        "Where", required=True, help="Address of the page, medium and issue, or place."
    )
    proof_file = fields.Binary("Proof", attachment=True)
    file_name = fields.Char()
    opinion_ids = fields.One2many("award.recommendation", "notice_id", "Applicants")
    days_text = fields.Char("Length", compute="_compute_days_text")
    is_used = fields.Boolean(compute="_compute_is_used")
    company_id = fields.Many2one(
        related="recommender_id.company_id", store=True, index=True
    )

    _days = models.Constraint(
        "CHECK (first_day <= last_day)", "The last day lies before the first one."
    )

    @api.depends("first_day", "last_day", "edition_id")
    @api.depends_context("lang")
    def _compute_days_text(self):
        units = {
            "working_day": self.env._("working days"),
            "calendar_day": self.env._("days"),
        }
        for notice in self:
            days, needed, unit = notice._count()
            notice.days_text = days is not None and (
                self.env._(
                    "%(days)s %(unit)s of %(needed)s",
                    days=days,
                    unit=units[unit],
                    needed=needed,
                )
                if needed
                else f"{days} {units[unit]}"
            )

    def _compute_is_used(self):
        for notice in self:
            notice.is_used = "signed" in notice.opinion_ids.mapped("state")

    def _count(self):
        """(days that count, days needed, unit); no days where none can be counted."""
        scheme = self.edition_id.scheme_id
        unit = (
            scheme._value("recommendation_notice_unit")
            or scheme._value("notice_unit")
            or clock_rules.CALENDAR_DAY
        )
        needed = scheme._value("recommendation_notice_days") or 0
        if not (self.first_day and self.last_day) or self.last_day < self.first_day:
            return None, needed, unit
        try:
            days = clock_rules.notice_days(
                self.first_day,
                self.last_day,
                first_day=scheme._value("notice_first_day") or "exclude",
                unit=unit,
                calendar=self.env["award.calendar.year"]._calendar(),
            )
        except clock_rules.CalendarUnknown:
            days = None
        return days, needed, unit

    def _shown_refusal(self):
        """Why the notice does not yet bear a recommendation, or None."""
        scheme = self.edition_id.scheme_id
        clause = scheme._clause_of("recommendation_notice_days")
        days, needed, _unit = self._count()
        if not self.proof_file:
            return Refusal("notice_proof_missing", clause, {"place": self.place})
        if days is None or days < needed:
            shown = {"days": days or 0, "needed": needed}
            return Refusal("local_notice_short", clause, shown)
        if self.last_day >= self.env["award.clock"]._today():
            return Refusal("local_notice_running", clause, {"last": self.last_day})
        return None

    def write(self, vals):
        """What a signed recommendation rests on stays."""
        if KEPT & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for notice in self:
                if notice.is_used:
                    notice._refuse(Refusal("local_notice_used"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for notice in self:
            if notice.is_used:
                notice._refuse(Refusal("local_notice_used"))

    def _refuse(self, refusal):
        self.env["award.recommendation"]._refuse(refusal)


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    notice_id = fields.Many2one(
        "award.recommendation.notice",
        "Local Notice",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('recommender_id', '=', recommender_id), "
        "('edition_id', '=', edition_id)]",
    )
    objection = fields.Selection(
        [
            ("none", "No Objection"),
            ("not_upheld", "Objection Not Upheld"),
            ("upheld", "Objection Upheld"),
        ],
        "Result of the Notice",
    )
    objection_note = fields.Text("Objections Received")
    needs_notice = fields.Boolean(compute="_compute_needs_notice")

    @api.depends("submission_id")
    def _compute_needs_notice(self):
        for opinion in self:
            days = opinion._scheme_of()._value("recommendation_notice_days")
            opinion.needs_notice = bool(days) or bool(opinion.notice_id)

    @api.constrains("notice_id", "recommender_id")
    def _check_own_notice(self):
        for opinion in self.filtered("notice_id"):
            notice = opinion.notice_id.sudo()  # sudo: whose it is, whoever writes
            if (notice.recommender_id, notice.edition_id) != (
                opinion.recommender_id,
                opinion.edition_id,
            ):
                opinion._refuse(Refusal("notice_of_another"))

    def _guard_notice_shown(self):
        """Where the scheme asks for it: shown long enough, proved, with its result."""
        scheme = self._scheme_of()
        needed = scheme._value("recommendation_notice_days")
        if self.verdict != "recommend" or not (needed or self.notice_id):
            return None
        clause = scheme._clause_of("recommendation_notice_days")
        notice = self.notice_id.sudo()  # sudo: its days, whoever asks
        if not notice:
            return Refusal("local_notice_missing", clause, {"needed": needed})
        if refusal := notice._shown_refusal():
            return refusal
        told = self.objection == "none" or (self.objection_note or "").strip()
        if not self.objection or not told:
            return Refusal("notice_result_missing", clause)
        if self.objection == "upheld":
            return Refusal("notice_objection_upheld", clause)
        return None
