from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.refusal import role_labels
from ..experts import seats

#: What a line says, as a level (`rules.scales`).
_LEVEL = SQL(
    """CASE WHEN i.kind IN ('indicator', 'veto') THEN (l.verdict = 'passed')::integer
            WHEN COALESCE(i.scale, c.scale) = 'points' THEN
                 -- of an earlier version: the points of the percentage asked for
                 COALESCE(NULLIF(l.given, 0), NULLIF(i.points * l.percent / 100, 0),
                 CASE WHEN l.is_scored THEN 0 END)
            WHEN COALESCE(i.scale, c.scale) = 'rating' THEN CASE
                 WHEN r.id IS NOT NULL THEN (
                 SELECT count(*)::integer FROM award_rating w
                  WHERE w.criteria_id = r.criteria_id
                    AND (w.sequence, w.id) > (r.sequence, r.id)) END
            ELSE l.percent END"""
)


class AwardAssignment(models.Model):
    """What happens to a case in its panel: locks are counted, the consensus opened."""

    _inherit = "award.assignment"

    member_count = fields.Integer("Members", compute="_compute_locks")
    locked_count = fields.Integer("Locked", compute="_compute_locks")
    can_ask_unlock = fields.Boolean(compute="_compute_locks")
    is_consensus_open = fields.Boolean(compute="_compute_locks")
    can_open_consensus = fields.Boolean(compute="_compute_locks")
    sheet_status = fields.Json(
        compute="_compute_sheet_status",
        groups="quality_award.group_office,quality_award.group_supervisor",
        help="Who has locked, without any score.",
    )

    status_text = fields.Text(
        "Who Has Locked",
        compute="_compute_sheet_status",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    @api.depends_context("uid")
    def _compute_locks(self):
        counts = self._lock_counts()
        roles = self._roles_on()
        for record in self:
            members, locked, opened = counts.get(record.id, (0, 0, False))
            record.member_count = members
            record.locked_count = locked
            record.is_consensus_open = opened
            record.can_ask_unlock = (
                bool({"panel_leader", "office_head"} & roles.get(record.id, set()))
                and locked > 0
                and not opened
            )
            record.can_open_consensus = (
                "panel_leader" in roles.get(record.id, ())
                and not opened
                and 0 < members == locked
            )

    def _lock_counts(self):
        """Dict of id -> (members who count, sheets locked, consensus opened).

        Plain SQL, because nobody may read the sheets while they are counted; no
        score leaves it.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT seat.assignment_id, count(*),
                          count(*) FILTER (WHERE s.state = 'locked' AND seat.is_free),
                          EXISTS (SELECT FROM award_consensus c
                                   WHERE c.submission_id = seat.submission_id)
                     FROM (%s) AS seat
                     LEFT JOIN award_sheet s ON s.submission_id = seat.submission_id
                                            AND s.expert_id = seat.expert_id
                    WHERE seat.assignment_id IN %s
                    GROUP BY seat.assignment_id, seat.submission_id""",
                seats.live_seats(self.env),
                tuple(self.ids) or (0,),
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _sheet_rows(self):
        """Rows (assignment, expert, name, declaration, sheet, request to unlock)."""
        return self.env.execute_query(
            SQL(
                """SELECT seat.assignment_id, seat.expert_id, e.name,
                          i.state, s.state, s.unlock_request
                     FROM (%s) AS seat
                     JOIN award_expert e ON e.id = seat.expert_id
                     LEFT JOIN award_interest i ON i.submission_id = seat.submission_id
                                               AND i.expert_id = seat.expert_id
                     LEFT JOIN award_sheet s ON s.submission_id = seat.submission_id
                                            AND s.expert_id = seat.expert_id
                    WHERE seat.assignment_id IN %s
                    ORDER BY seat.expert_id""",
                seats.live_seats(self.env),
                tuple(self.ids) or (0,),
            )
        )

    @api.depends_context("uid")
    def _compute_sheet_status(self):
        rows = self._sheet_rows()
        names = ("expert_id", "expert", "declaration", "sheet", "unlock_request")
        labels = {
            model: dict(
                self.env[model]._fields["state"]._description_selection(self.env)
            )
            for model in ("award.interest", "award.sheet")
        }
        for record in self:
            status = [
                dict(zip(names, row[1:], strict=True))
                for row in rows
                if row[0] == record.id
            ]
            record.sheet_status = status
            record.status_text = "\n".join(
                " · ".join(
                    filter(
                        None,
                        [
                            line["expert"],
                            labels["award.interest"].get(line["declaration"]),
                            labels["award.sheet"].get(line["sheet"]),
                            line["unlock_request"],
                        ],
                    )
                )
                for line in status
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        sheets = (
            self.env["award.sheet"]
            .sudo()  # sudo: sheets are blind, but that there are some fixes the case
            .search(
                [
                    ("submission_id", "in", self.submission_id.ids),
                    ("panel_id", "in", self.panel_id.ids),
                    ("panel_id.state", "!=", "dissolved"),
                ],
                limit=1,
            )
        )
        if sheets:
            self._refuse(Refusal("case_scored", values={"title": sheets.title}))

    def action_open_unlock(self):
        """Ask which member's sheet is meant, and why."""
        self.ensure_one()
        wizard = self.env["award.unlock"].create({"assignment_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Unlock a Score Sheet"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    # -- unlocking without seeing ---------------------------------------------
    def action_request_unlock(self, expert_id, reason):
        """Ask, as leader, that the sheet of one member of this case be unlocked."""
        return self._sheet_of(expert_id).action_request_unlock(reason)

    def action_unlock_sheet(self, expert_id, reason):
        """Unlock the sheet of one member, as head of the office."""
        self.check_access("read")
        self._sheet_of(expert_id).action_unlock(reason)

    def _sheet_of(self, expert_id):
        self.ensure_one()
        version = self.sudo().submission_id.id  # sudo: found by its owner
        domain = [("submission_id", "=", version), ("expert_id", "=", expert_id)]
        sheets = self.env["award.sheet"].sudo()  # sudo: as above; given back without
        return sheets.search(domain).sudo(False)

    # -- consensus ------------------------------------------------------------
    def action_open_consensus(self):
        """Open the sheets to the panel and propose a score for each item.

        The proposal is the median of what the members chose (of an even number the
        lower of the middle two, which is on the scale). Lines whose scores lie too
        far apart must be discussed.

        :return: the consensus records
        :raise AwardRefusal: `wrong_role`, `case_not_in_review`, `panel_not_locked`
        """
        self._check_may_open()
        names = self._sealed_scores()
        consensus = (
            self.env["award.consensus"]
            .sudo()  # sudo: created by this act only, from the sheets
            .create(
                [
                    {
                        "phase": "document",
                        "title": record.submission_id.title,
                        "submission_id": record.submission_id.id,
                        "panel_id": record.panel_id.id,
                    }
                    for record in self.sudo()  # sudo: as above
                ]
            )
        )
        self.env["award.consensus.line"].sudo().create(  # sudo: as above
            [
                line
                for record in consensus
                for line in record._proposals(names.get(record.submission_id.id, {}))
            ]
        )
        self.env.invalidate_all()  # the sheets are open to the panel now
        return consensus.sudo(False)

    def _check_may_open(self):
        roles = self._roles_on()
        counts = self._lock_counts()
        for record in self.sudo():  # sudo: facts for the refusals only
            title = record.submission_id.title
            members, locked, opened = counts.get(record.id, (0, 0, False))
            application = record.submission_id.application_id
            if "panel_leader" not in roles[record.id]:
                shown = {"roles": role_labels(self.env, {"panel_leader"})}
                record._refuse(Refusal("wrong_role", values=shown))
            if opened:
                record._refuse(Refusal("consensus_open", values={"title": title}))
            live = application.state not in application._lifecycle.final
            if not live or application.stage_id.kind != "document_review":
                record._refuse(Refusal("case_not_in_review", values={"title": title}))
            if not members or locked < members:
                shown = {"title": title, "members": members, "locked": locked}
                record._refuse(Refusal("panel_not_locked", values=shown))

    def _sealed_scores(self):
        """Dict of submission id -> item id -> levels of the members who count."""
        rows = self.env.execute_query(
            SQL(
                """SELECT s.submission_id, l.criterion_id,
                          array_agg(%s ORDER BY %s)
                     FROM (%s) AS seat
                     JOIN award_sheet s ON s.submission_id = seat.submission_id
                                       AND s.expert_id = seat.expert_id
                                       AND s.state = 'locked'
                     JOIN award_sheet_line l ON l.sheet_id = s.id
                     JOIN award_criterion i ON i.id = l.criterion_id
                     JOIN award_criteria c ON c.id = i.criteria_id
                     LEFT JOIN award_rating r ON r.id = l.rating_id
                    WHERE seat.assignment_id IN %s
                    GROUP BY s.submission_id, l.criterion_id""",
                _LEVEL,
                _LEVEL,
                seats.live_seats(self.env),
                tuple(self.ids) or (0,),
            )
        )
        found = {}
        for submission, item, levels in rows:
            found.setdefault(submission, {})[item] = levels
        return found
