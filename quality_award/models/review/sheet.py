from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import scoring
from ...rules.refusal import Refusal
from ..base.lifecycle import asked_once, state_field
from ..base.refusal import role_labels
from ..experts import seats
from . import seal

_FIXED = (
    "submission_id",
    "panel_id",
    "expert_id",
    "total",
    "locked_at",
    "content_hash",
)


class AwardSheet(models.Model):
    """One expert's own scores of one case, blind until the whole panel has locked.

    The owner sees it while the case is open to him, the panel once its leader has
    opened the consensus, the office once all have locked, the supervisor with the
    consensus. What an unlocked sheet said before is kept in `earlier`.
    """

    _name = "award.sheet"
    _description = "Score Sheet"
    _inherit = ["award.visible", "award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "title"

    _seen_by = frozenset()

    state = state_field("award.sheet")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("award.sheet.line", "sheet_id")
    total = fields.Integer("Total (hundredths)", readonly=True, copy=False)
    total_text = fields.Char("Total", compute="_compute_progress")
    progress_text = fields.Char("Items Scored", compute="_compute_progress")
    progress = fields.Integer("Progress (%)", compute="_compute_progress")
    locked_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    content_html = fields.Html(
        related="submission_id.content_html", related_sudo=False, sanitize=False
    )
    band_ids = fields.Many2many(
        "award.band", compute="_compute_guide", string="Scoring Guide"
    )
    scales = fields.Json(compute="_compute_guide", help="On which items are judged.")
    unlock_request = fields.Char(
        help="Reason given by the panel leader.", readonly=True, copy=False
    )
    earlier = fields.Json("Earlier Versions", readonly=True, copy=False)
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id, expert_id)")
    _sealed = models.Constraint(
        "CHECK (total >= 0)", "The score sheet is locked and changes no more."
    )

    def init(self):
        super().init()
        seal.seal_head(self.env.cr, self._table, _FIXED, "locked")

    def _scheme_of(self):
        return self.panel_id.sudo()._scheme_of()  # sudo: the regulation is no secret

    def _neutral_word(self):
        return self.env._("Score Sheet")

    def _scored_at(self):
        """Kind of the stage at which the sheet is filled."""
        return "document_review"

    @api.depends("line_ids.points", "line_ids.is_scored", "line_ids.rating_id")
    def _compute_progress(self):
        for sheet in self:
            scored = sheet.line_ids.filtered("is_scored")
            count = len(sheet.line_ids)
            sheet.progress_text = f"{len(scored)}/{count}"
            sheet.progress = 100 * len(scored) // (count or 1)
            sheet.total_text = sheet.line_ids._summary()

    @api.depends("submission_id")
    def _compute_guide(self):
        for sheet in self:
            criteria = sheet.submission_id.criteria_id
            sheet.band_ids = criteria.band_ids
            sheet.scales = sorted(
                {item._scale_name() for item in criteria._judged_items()}
            )

    # -- who ------------------------------------------------------------------
    def _open_to_me_sql(self):
        found = [
            SQL(
                """SELECT s.id FROM award_sheet s
                     JOIN (%s) AS mine ON mine.submission_id = s.submission_id
                    WHERE s.expert_id = mine.expert_id
                       OR EXISTS (SELECT FROM award_consensus c
                                   WHERE c.submission_id = s.submission_id
                                     AND c.phase = 'document')
                      AND EXISTS (SELECT FROM (%s) AS seat
                                   WHERE seat.submission_id = s.submission_id
                                     AND seat.expert_id = s.expert_id)""",
                seats.my_cases(self.env),
                seats.live_seats(self.env),
            )
        ]
        roles = self._my_group_roles()
        if "office" in roles:
            found.append(self._all_locked_sql())
        if "supervisor" in roles:
            found.append(
                SQL(
                    """SELECT s.id FROM award_sheet s
                         JOIN award_consensus c ON c.submission_id = s.submission_id
                                               AND c.phase = 'document'"""
                )
            )
        return found

    def _all_locked_sql(self):
        """Sheets of the cases in which every member who counts has locked."""
        return SQL(
            """SELECT s.id FROM award_sheet s WHERE s.submission_id IN (
                   SELECT seat.submission_id FROM (%s) AS seat
                     LEFT JOIN award_sheet o ON o.submission_id = seat.submission_id
                                            AND o.expert_id = seat.expert_id
                    GROUP BY seat.submission_id
                   HAVING bool_and(seat.is_free
                                   AND o.state IS NOT DISTINCT FROM 'locked'))""",
            seats.live_seats(self.env),
        )

    def _mine_to_edit_sql(self):
        return [
            SQL(
                """SELECT s.id FROM award_sheet s
                     JOIN (%s) AS mine ON mine.submission_id = s.submission_id
                                      AND mine.expert_id = s.expert_id""",
                seats.my_cases(self.env),
            )
        ]

    def _roles_on(self):
        roles = super()._roles_on()
        sheets = self.sudo()  # sudo: which role one has is asked, nothing is shown
        cases = seats.roles_by_case(self.env, sheets.submission_id.ids)
        for sheet in sheets:
            roles[sheet.id] |= cases.get(sheet.submission_id.id, set())
            if sheet.expert_id.user_id.id == self.env.uid:
                roles[sheet.id].add("owner")
        return roles

    def write(self, vals):
        """People write lines only; the rest is for the acts."""
        if not self.env.su and (locked := set(vals) - {"line_ids"}):
            self.check_access("write")  # strangers learn nothing of the rules
            shown = {"fields": ", ".join(sorted(locked))}
            self._refuse(Refusal("not_editable", values=shown))
        return super().write(vals)

    # -- buttons --------------------------------------------------------------
    def action_lock(self):
        """Lock the sheets: they are added up, hashed and change no more."""
        return self._apply_move("lock", values=lambda sheet: sheet._sealed_values())

    def action_unlock(self, reason=None):
        """Open locked sheets again; what they said is kept."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "unlock")
        self.sudo()._apply_move(  # sudo: who unlocks sees no score
            "unlock",
            reason=reason,
            values=lambda sheet: {
                "unlock_request": False,
                "earlier": [*(sheet.earlier or []), sheet._version()],
            },
        )
        return self

    def action_request_unlock(self, reason):
        """Ask, as panel leader, that the head of the office unlock a sheet.

        :param reason: why, shown to the head of the office
        """
        for sheet_id, roles in self._roles_on().items():
            if "panel_leader" not in roles:
                shown = {"roles": role_labels(self.env, {"panel_leader"})}
                self._refuse(Refusal("wrong_role", values=shown))
            sheet = self.sudo().browse(sheet_id)  # sudo: asked without seeing it
            if not (reason or "").strip():
                sheet._refuse(Refusal("reason_missing"))
            sheet.unlock_request = reason.strip()

    def _after_lock(self):
        self.env.invalidate_all()  # the last lock opens the sheets to the office

    def _after_unlock(self):
        self.env.invalidate_all()  # and an unlock closes them

    def _content(self):
        """What the hash covers: a row for each item."""
        return [
            [
                line.criterion_id.number,
                line._hashed_answer(),
                line.strengths or "",
                line.improvements or "",
                line.site_issues or "",
            ]
            for line in self.line_ids
        ]

    def _sealed_values(self):
        version = self.submission_id.sudo()  # sudo: its hash only goes into the seal
        head = ["sheet", version.content_hash, self.expert_id.id]
        return {
            "total": sum(self.line_ids.mapped("points")),
            "content_hash": scoring.sheet_hash([head, *self._content()]),
            "locked_at": fields.Datetime.now(),
        }

    def _version(self):
        return {
            "locked_at": fields.Datetime.to_string(self.locked_at),
            "total": self.total,
            "content_hash": self.content_hash,
            "lines": self._content(),
        }

    # -- guards ---------------------------------------------------------------
    @asked_once
    def _guard_may_score(self):
        sheets = self.sudo()  # sudo: the conditions lie in records he does not see
        mine = seats.roles_by_case(self.env, sheets.submission_id.ids)
        found = self._guard_no_consensus()
        for sheet in sheets:
            application = sheet.submission_id.application_id
            live = application.state not in application._lifecycle.final
            if sheet.submission_id.id not in mine:
                found[sheet] = Refusal("case_closed_to_you")
            elif not live or application.stage_id.kind != "document_review":
                shown = {"title": sheet.title}
                found[sheet] = Refusal("case_not_in_review", values=shown)
        return found

    def _guard_complete(self):
        missing = self.line_ids._incomplete()
        if not missing:
            return None
        shown = {"count": len(missing), "item": missing[0].criterion_id.number}
        return Refusal("sheet_incomplete", values=shown)

    def _guard_on_grid(self):
        return self.line_ids._first_off_grid()

    def _guard_leader_asked(self):
        return None if self.unlock_request else Refusal("unlock_not_asked")

    @asked_once
    def _guard_no_consensus(self):
        sheets = self.sudo()  # sudo: the consensus may not be open to the one who asks
        cases = ("submission_id", "in", sheets.submission_id.ids)
        domain = [cases, ("phase", "=", "document")]
        consensus = self.env["award.consensus"].sudo()  # sudo: as above
        opened = consensus.search(domain).submission_id
        return {
            sheet: Refusal("consensus_open", values={"title": sheet.title})
            for sheet in sheets
            if sheet.submission_id in opened
        }
