from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardDefence(models.Model):
    """The oral defence of one case, scored by deliberators."""

    _name = "award.defence"
    _description = "Oral Defence"
    _inherit = [
        "award.visible",
        "award.lifecycle",
        "award.confidential",
        "award.closing",
    ]
    _case_field = "submission_id"
    _order = "id"
    _rec_name = "title"

    _edited_by = frozenset({"office"})

    state = state_field("award.defence")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    held_on = fields.Date()
    position = fields.Integer("Order", aggregator=None)
    judge_ids = fields.Many2many(
        "award.expert",
        string="Deliberators",
        domain="[('pool_kind', '=', 'deliberator'), ('standing', '=', 'active')]",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    score_ids = fields.One2many(
        "award.defence.score", "defence_id", groups="quality_award.group_office"
    )
    judge_count = fields.Integer("Invited", compute="_compute_locks")
    locked_count = fields.Integer("Locked", compute="_compute_locks")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(submission_id)")

    def _scheme_of(self):
        return self.edition_id.scheme_id

    def _neutral_word(self):
        return self.env._("Oral Defence")

    # -- who ------------------------------------------------------------------
    def _judged_sql(self):
        """Rows (score_id, defence_id, expert_id, user_id …): scores that count.

        Everybody invited who has declared no interest that stands or is undecided.
        """
        return SQL(
            """SELECT s.id AS score_id, s.defence_id, s.expert_id, e.user_id,
                      d.submission_id, d.edition_id, s.points,
                      s.state AS score_state, d.state AS defence_state
                 FROM award_defence_score s
                 JOIN award_defence d ON d.id = s.defence_id
                 JOIN award_expert e ON e.id = s.expert_id AND e.standing = 'active'
                WHERE NOT EXISTS (SELECT FROM award_interest i
                                   WHERE i.expert_id = s.expert_id
                                     AND i.submission_id = d.submission_id
                                     AND i.state IN ('declared', 'confirmed'))""",
            to_flush=[
                self.env["award.expert"]._fields["user_id"],
                self.env["award.expert"]._fields["standing"],
            ],
        )

    def _my_scores_sql(self):
        """Rows of `_judged_sql` of the current user, under a signed undertaking."""
        return SQL(
            """SELECT * FROM (%s) AS judged WHERE judged.user_id = %s
                  AND EXISTS (SELECT FROM award_undertaking u
                               WHERE u.user_id = judged.user_id
                                 AND u.edition_id = judged.edition_id)""",
            self._judged_sql(),
            self.env.uid,
        )

    def _open_to_me_sql(self):
        return [SQL("SELECT defence_id FROM (%s) AS mine", self._my_scores_sql())]

    def _lock_counts(self):
        """Dict of id -> (scores that count, locked ones); no score leaves it."""
        rows = self.env.execute_query(
            SQL(
                """SELECT judged.defence_id, count(*),
                          count(*) FILTER (WHERE s.state = 'locked')
                     FROM (%s) AS judged
                     JOIN award_defence_score s ON s.id = judged.score_id
                    WHERE judged.defence_id IN %s GROUP BY judged.defence_id""",
                self._judged_sql(),
                tuple(self.ids) or (0,),
            )
        )
        return {row[0]: row[1:] for row in rows}

    @api.depends_context("uid")
    def _compute_locks(self):
        counts = self._lock_counts()
        for defence in self:
            judges, locked = counts.get(defence.id, (0, 0))
            defence.judge_count = judges
            defence.locked_count = locked

    def write(self, vals):
        """Day, order and judges are arranged until the defence is held."""
        if not self.env.su:
            self.check_access("write")  # strangers learn nothing of the state
            if locked := set(vals) - {"held_on", "position", "judge_ids"}:
                shown = {"fields": ", ".join(sorted(locked))}
                self._refuse(Refusal("not_editable", values=shown))
            if any(defence.state == "held" for defence in self):
                self._refuse(Refusal("defence_held"))
        return super().write(vals)

    # -- buttons --------------------------------------------------------------
    def action_invite(self):
        """Open a score for each judge chosen; nobody is asked twice.

        :return: the scores created
        :raise AwardRefusal: `judge_not_deliberator`, `judge_without_login`,
            `defence_held`
        """
        self.check_access("write")
        for defence in self:
            if defence.state == "held":
                defence._refuse(Refusal("defence_held"))
            defence._check_judges()
        Score = self.env["award.defence.score"].sudo()  # sudo: blind to all
        asked = {
            (score.defence_id.id, score.expert_id.id)
            for score in Score.search([("defence_id", "in", self.ids)])
        }
        scores = Score.create(
            [
                {
                    "title": defence.title,
                    "defence_id": defence.id,
                    "expert_id": judge.id,
                }
                for defence in self
                for judge in defence.judge_ids
                if (defence.id, judge.id) not in asked
            ]
        )
        self.env.invalidate_all()  # the case is open to the judges now
        return scores.sudo(False)

    def _check_judges(self):
        for judge in self.judge_ids:
            shown = {"name": judge.name}
            if judge.pool_kind != "deliberator" or judge.standing != "active":
                self._refuse(Refusal("judge_not_deliberator", values=shown))
            if not judge.user_id:
                self._refuse(Refusal("judge_without_login", values=shown))

    def action_hold(self):
        """Close the defence when all judges have locked; the case goes on."""
        return self._apply_move("hold")

    def _after_hold(self):
        self.submission_id.application_id._advance()
        final = tuple(self.env["award.application"]._lifecycle.final)
        for edition in self.edition_id:
            left = self.search_count(
                [
                    ("edition_id", "=", edition.id),
                    ("state", "!=", "held"),
                    ("submission_id.application_id.state", "not in", final),
                ],
                limit=1,
            )
            if not left:
                self.env["award.clock"]._start(edition, "last_scoring_end")

    # -- guards ---------------------------------------------------------------
    def _guard_all_scored(self):
        if not self.held_on:
            return Refusal("defence_date_missing")
        minimum, clause = self._scheme_of()._figure("defence_judges_min", "defence")
        judges, locked = self._lock_counts().get(self.id, (0, 0))
        least = max(minimum or 1, 1)
        if judges < least:
            shown = {"count": judges, "minimum": least}
            return Refusal("too_few_judges", clause, shown)
        if locked < judges:
            shown = {"locked": locked, "judges": judges}
            return Refusal("defence_not_scored", values=shown)
        return None
