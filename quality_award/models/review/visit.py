from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from ..experts import seats

_DAYS = {"date_start", "date_end", "days_reason"}


class AwardVisit(models.Model):
    """A site visit by the panel, with its days and its report."""

    _name = "award.visit"
    _description = "Site Visit"
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

    state = state_field("award.visit")
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    date_start = fields.Date("First Day")
    date_end = fields.Date("Last Day")
    days_reason = fields.Char("Reason for Other Days")
    report = fields.Text()
    are_days_open = fields.Boolean(compute="_compute_open")
    is_report_open = fields.Boolean(compute="_compute_open")
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id)")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_open(self):
        """Which fields the user may still write."""
        for visit in self:
            mine = visit.is_mine_to_edit
            visit.are_days_open = mine and visit.state == "planned"
            visit.is_report_open = mine and visit.state != "reported"

    def _scheme_of(self):
        return self.panel_id.sudo()._scheme_of()  # sudo: the regulation is no secret

    def _neutral_word(self):
        return self.env._("Site Visit")

    def _open_to_me_sql(self):
        return [self._visits_sql(SQL("TRUE"))]

    def _mine_to_edit_sql(self):
        return [self._visits_sql(SQL("mine.leads"))]

    def _visits_sql(self, condition):
        return SQL(
            """SELECT v.id FROM award_visit v
                 JOIN (%s) AS mine ON mine.submission_id = v.submission_id
                WHERE %s""",
            seats.my_cases(self.env),
            condition,
        )

    def _roles_on(self):
        roles = super()._roles_on()
        records = self.sudo()  # sudo: which role one has is asked, nothing is shown
        cases = {record.id: record.submission_id.id for record in records}
        found = seats.roles_by_case(self.env, set(cases.values()))
        for id_, case in cases.items():
            roles[id_] |= found.get(case, set())
        return roles

    def write(self, vals):
        """Days until the visit is held, the report until it is filed."""
        if not self.env.su:
            self.check_access("write")  # strangers learn nothing of the state
            if locked := set(vals) - _DAYS - {"report", "voice_ids"}:
                shown = {"fields": ", ".join(sorted(locked))}
                self._refuse(Refusal("not_editable", values=shown))
            if any(visit.state == "reported" for visit in self):
                self._refuse(Refusal("visit_reported"))
            if _DAYS & set(vals) and any(visit.state == "held" for visit in self):
                self._refuse(Refusal("visit_fixed"))
        return super().write(vals)

    # -- buttons --------------------------------------------------------------
    def action_hold(self):
        """Record that the visit took place; the panel may now change its scores."""
        return self._apply_move("hold")

    def action_report(self):
        """File the report; the case goes on."""
        return self._apply_move("report")

    def _after_hold(self):
        self.env["award.consensus"].sudo().search(  # sudo: created by this act only
            [
                ("submission_id", "in", self.submission_id.ids),
                ("phase", "=", "document"),
            ]
        )._copy_for_site()
        self.env.invalidate_all()

    def _after_report(self):
        cases = self.sudo().submission_id.application_id  # sudo: moved, not read
        # Who has not passed a veto on site has left already.
        cases.filtered(lambda c: c.state not in c._lifecycle.final)._advance()
        for edition in self.sudo().panel_id.edition_id:  # sudo: as above
            if not self._still_on_site(edition):
                self.env["award.clock"]._start(edition, "site_end")

    def _still_on_site(self, edition):
        final = tuple(self.env["award.application"]._lifecycle.final)
        return self.sudo().search_count(  # sudo: visits of all panels count
            [
                ("panel_id.edition_id", "=", edition.id),
                ("state", "!=", "reported"),
                ("submission_id.application_id.state", "not in", final),
            ],
            limit=1,
        )

    # -- guards ---------------------------------------------------------------
    def _guard_days(self):
        if not self.date_start or not self.date_end or self.date_end < self.date_start:
            return Refusal("visit_dates_missing")
        scheme = self._scheme_of()
        least, clause = scheme._figure("site_days_min", "site_visit")
        most, most_clause = scheme._figure("site_days_max", "site_visit")
        soft, _clause = scheme._figure("site_days_soft", "site_visit")
        days = (self.date_end - self.date_start).days + 1
        fits = (least or 1) <= days and (most is None or days <= most)
        if fits or (soft and (self.days_reason or "").strip()):
            return None
        return Refusal(
            "visit_days_soft" if soft else "visit_days",
            clause or most_clause,
            {"days": days, "least": least or 1, "most": days if most is None else most},
        )

    def _guard_report_given(self):
        if not (self.report or "").strip():
            return Refusal("text_missing")
        agreed = (
            self.env["award.consensus"]
            .sudo()  # sudo: the consensus is asked whether it stands, nothing is shown
            .search_count(
                [
                    ("submission_id", "=", self.submission_id.id),
                    ("phase", "=", "site"),
                    ("state", "=", "agreed"),
                ]
            )
        )
        if not agreed:
            return Refusal("consensus_missing", values={"title": self.title})
        return None
