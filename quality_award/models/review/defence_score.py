from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import scoring, survey
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from . import seal


class AwardDefenceScore(models.Model):
    """What one deliberator gives one defence; others see it when all have locked."""

    _name = "award.defence.score"
    _description = "Score of a Defence"
    _inherit = [
        "award.visible",
        "award.lifecycle",
        "award.confidential",
        "award.closing",
    ]
    _case_field = "defence_id"
    _order = "id"
    _rec_name = "title"

    _seen_by = frozenset()

    state = state_field("award.defence.score")
    title = fields.Char("Applicant", required=True, readonly=True)
    defence_id = fields.Many2one(
        "award.defence", required=True, ondelete="cascade", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    points = fields.Integer("Points (hundredths)", aggregator=None)
    points_text = fields.Char(
        "Points", compute="_compute_points_text", inverse="_inverse_points_text"
    )
    is_scored = fields.Boolean()
    highest_text = fields.Char("Highest Possible", compute="_compute_highest_text")
    content_html = fields.Html(
        related="defence_id.submission_id.content_html",
        related_sudo=False,
        sanitize=False,
    )
    company_id = fields.Many2one(
        related="defence_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(defence_id, expert_id)")
    _sealed = models.Constraint(
        "CHECK (points >= 0)", "The score is locked and changes no more."
    )

    def init(self):
        super().init()
        fixed = ("defence_id", "expert_id", "points", "is_scored")
        seal.seal_head(self.env.cr, self._table, fixed, "locked")

    def _scheme_of(self):
        return self.defence_id.sudo()._scheme_of()  # sudo: the regulation is no secret

    def _neutral_word(self):
        return self.env._("Defence Score")

    @api.depends("points", "is_scored")
    def _compute_points_text(self):
        for score in self:
            score.points_text = scoring.to_text(score.points) if score.is_scored else ""

    def _compute_highest_text(self):
        for score in self:
            highest, _clause = score._scheme_of()._figure("defence_max", "defence")
            score.highest_text = scoring.to_text(highest) if highest else ""

    def _inverse_points_text(self):
        for score in self:
            points = survey.read_points(score.points_text)
            if points is None:
                shown = {"text": score.points_text or ""}
                score._refuse(Refusal("score_not_a_number", values=shown))
            score.write({"points": points})

    # -- who ------------------------------------------------------------------
    def _open_to_me_sql(self):
        found = self._mine_to_edit_sql()
        if {"office", "supervisor"} & self._my_group_roles():
            found.append(self._all_locked_sql())
        return found

    def _all_locked_sql(self):
        return SQL(
            """SELECT id FROM award_defence_score WHERE defence_id IN (
                   SELECT judged.defence_id FROM (%s) AS judged
                     JOIN award_defence_score s ON s.id = judged.score_id
                    GROUP BY judged.defence_id HAVING bool_and(s.state = 'locked'))""",
            self.env["award.defence"]._judged_sql(),
        )

    def _mine_to_edit_sql(self):
        mine = self.env["award.defence"]._my_scores_sql()
        return [SQL("SELECT score_id FROM (%s) AS mine", mine)]

    def _roles_on(self):
        roles = super()._roles_on()
        for score in self.sudo():  # sudo: which role one has is asked, not shown
            if score.expert_id.user_id.id == self.env.uid:
                roles[score.id].add("owner")
        return roles

    def write(self, vals):
        """A score is in range at once; points make it scored."""
        vals = dict(vals)
        if not self.env.su:
            self.check_access("write")  # strangers learn nothing of the state
            if locked := set(vals) - {"points", "points_text", "is_scored"}:
                shown = {"fields": ", ".join(sorted(locked))}
                self._refuse(Refusal("not_editable", values=shown))
            if any(score.state == "locked" for score in self):
                self._refuse(Refusal("score_locked"))
        if "points" in vals:
            for score in self:
                if refusal := score._out_of_range(vals["points"]):
                    score._refuse(refusal)
            vals["is_scored"] = True
        return super().write(vals)

    def _out_of_range(self, points):
        highest, clause = self._scheme_of()._figure("defence_max", "defence")
        fits = isinstance(points, int) and not isinstance(points, bool)
        if fits and 0 <= points and (highest is None or points <= highest):
            return None
        shown = {
            "points": scoring.to_text(points) if fits else points,
            "highest": "∞" if highest is None else scoring.to_text(highest),
        }
        return Refusal("score_out_of_range", clause, shown)

    def action_lock(self):
        """Lock the scores; they change no more."""
        return self._apply_move("lock")

    def _after_lock(self):
        self.env.invalidate_all()  # the last lock opens the scores to the office

    # -- guards ---------------------------------------------------------------
    def _guard_may_score(self):
        defence = self.defence_id.sudo()  # sudo: its standing only
        if defence.state == "held":
            return Refusal("defence_held")
        return None if self.is_mine_to_edit else Refusal("case_closed_to_you")

    def _guard_in_range(self):
        if not self.is_scored:
            return Refusal("score_missing_own")
        return self._out_of_range(self.points)
