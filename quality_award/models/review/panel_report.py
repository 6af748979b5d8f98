from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from ..experts import seats


class AwardPanelReport(models.Model):
    """A report of a panel: on the documents, or on the whole."""

    _name = "award.panel.report"
    _description = "Report of a Panel"
    _inherit = ["award.visible", "award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "kind"

    state = state_field("award.panel.report")
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("document", "Document-review Report"),
            ("composite", "Composite-evaluation Report"),
        ],
        required=True,
        default="document",
    )
    text = fields.Text()
    filed_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(panel_id, kind)", "The panel already has a report of this kind."
    )

    def _scheme_of(self):
        return self.panel_id.sudo()._scheme_of()  # sudo: the regulation is no secret

    def _neutral_word(self):
        return self.env._("Panel Report")

    def _open_to_me_sql(self):
        return [
            SQL(
                """SELECT id FROM award_panel_report
                    WHERE panel_id IN (SELECT panel_id FROM (%s) AS mine)""",
                seats.my_panels(self.env),
            )
        ]

    def _mine_to_edit_sql(self):
        return [
            SQL(
                """SELECT id FROM award_panel_report WHERE panel_id IN
                       (SELECT panel_id FROM (%s) AS mine WHERE leads)""",
                seats.my_panels(self.env),
            )
        ]

    def _roles_on(self):
        roles = super()._roles_on()
        found = seats.roles_by_panel(self.env, self.panel_id.ids)
        for report in self:
            roles[report.id] |= found.get(report.panel_id.id, set())
        return roles

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop("filed_on", None)
        return super().create(vals_list)

    def write(self, vals):
        """The leader writes the text until the report is filed."""
        if not self.env.su:
            self.check_access("write")  # strangers learn nothing of the state
            if locked := set(vals) - {"text"}:
                shown = {"fields": ", ".join(sorted(locked))}
                self._refuse(Refusal("not_editable", values=shown))
            if any(report.state == "filed" for report in self):
                self._refuse(Refusal("report_filed"))
        return super().write(vals)

    def action_file(self):
        """File the report; it changes no more."""
        today = self.env["award.clock"]._today()
        return self._apply_move("file", values={"filed_on": today})

    def _guard_text_given(self):
        return None if (self.text or "").strip() else Refusal("text_missing")

    def _guard_work_done(self):
        """Every live case of the panel has what the report speaks of."""
        missing = self._unfinished_document() or (
            self.kind == "composite" and self._unfinished_site()
        )
        if missing:
            return Refusal("consensus_missing", values={"title": missing})
        return None

    def _unfinished_document(self):
        return self._first_without(
            """SELECT FROM award_consensus c
                WHERE c.submission_id = s.id AND c.phase = 'document'
                  AND c.state = 'agreed'"""
        )

    def _unfinished_site(self):
        return self._first_without(
            """SELECT FROM award_stage g
                WHERE g.id = p.stage_id AND g.kind NOT IN ('site_visit', 'defence')"""
        )

    def _first_without(self, work):
        """Title of the first live case of the panel for which `work` finds nothing."""
        final = tuple(self.env["award.application"]._lifecycle.final)
        rows = self.env.execute_query(
            SQL(
                f"""SELECT s.title FROM award_assignment a
                     JOIN award_submission s ON s.id = a.submission_id
                     JOIN award_application p ON p.id = s.application_id
                    WHERE a.panel_id = %s AND p.state NOT IN %s
                      AND NOT EXISTS ({work})
                    ORDER BY a.id LIMIT 1""",
                self.panel_id.id,
                final,
            )
        )
        return rows[0][0] if rows else None
