from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import scoring
from ...rules.refusal import Refusal

MARKS = [("good", "Good"), ("fair", "Fair"), ("poor", "Poor")]


class AwardAppraisal(models.Model):
    """The office's appraisal of one expert's work in one edition, kept with him.

    It is no secret among those who build panels, and nobody else reads it, the
    expert neither.
    """

    _name = "award.appraisal"
    _description = "Appraisal of an Expert"
    _inherit = ["award.confidential"]
    _order = "edition_id desc, id desc"
    _rec_name = "expert_id"

    expert_id = fields.Many2one(
        "award.expert", required=True, ondelete="restrict", index=True
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    timeliness = fields.Selection(MARKS, required=True, default="good")
    quality = fields.Selection(
        MARKS, "Quality of Comments", required=True, default="good"
    )
    conduct = fields.Selection(
        MARKS, "Discipline and Conduct", required=True, default="good"
    )
    conclusion = fields.Selection(
        [
            ("keep", "Stays in the Pool"),
            ("train", "Trained Before the Next Edition"),
            ("leave", "Leaves the Pool"),
        ],
        required=True,
        default="keep",
    )
    remark = fields.Text()
    appraised_on = fields.Date(
        required=True, default=lambda self: self.env["award.clock"]._today()
    )
    sheet_count = fields.Integer("Sheets Locked", compute="_compute_facts")
    deviation_text = fields.Char(
        "Mean Distance from the Consensus (points)", compute="_compute_facts"
    )
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(expert_id, edition_id)", "This expert is appraised for this edition already."
    )

    @api.depends("expert_id", "edition_id")
    def _compute_facts(self):
        """What the sheets show, of cases whose panel has agreed."""
        self.flush_model()
        rows = self.ids and self.env.execute_query(
            SQL(
                """SELECT a.id, count(*), sum(abs(s.total - c.total))
                     FROM award_appraisal a
                     JOIN award_panel p ON p.edition_id = a.edition_id
                     JOIN award_sheet s ON s.panel_id = p.id
                                       AND s.expert_id = a.expert_id
                     JOIN award_consensus c ON c.submission_id = s.submission_id
                                           AND c.phase = 'document'
                    WHERE a.id IN %s AND s.state = 'locked' AND c.state = 'agreed'
                    GROUP BY a.id""",
                tuple(self.ids),
            )
        )
        found = {id_: (count, away) for id_, count, away in rows or ()}
        for appraisal in self:
            count, away = found.get(appraisal.id, (0, 0))
            appraisal.sheet_count = count
            mean = count and round(away / count)
            appraisal.deviation_text = scoring.to_text(mean) if count else False

    @api.constrains("expert_id", "edition_id")
    def _check_served(self):
        """Who took no part in an edition is not appraised for it."""
        for appraisal in self:
            if not appraisal.expert_id._served_in(appraisal.edition_id):
                appraisal.edition_id._refuse(Refusal("expert_did_not_serve"))

    @api.constrains("timeliness", "quality", "conduct", "conclusion", "remark")
    def _check_grounds(self):
        """An adverse appraisal says why."""
        for appraisal in self:
            marks = {appraisal.timeliness, appraisal.quality, appraisal.conduct}
            adverse = "poor" in marks or appraisal.conclusion != "keep"
            if adverse and not (appraisal.remark or "").strip():
                appraisal.edition_id._refuse(Refusal("appraisal_without_grounds"))


class AwardExpert(models.Model):
    _inherit = "award.expert"

    appraisal_ids = fields.One2many(
        "award.appraisal",
        "expert_id",
        "Appraisals",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def _served_in(self, edition):
        """Whether the expert sat on a panel of the edition, or judged a defence."""
        member = self.env["award.panel.member"].sudo().search_count(  # sudo: a number
            [("expert_id", "=", self.id), ("panel_id.edition_id", "=", edition.id)],
            limit=1,
        )
        return bool(member or self._judged_in(edition))

    def _judged_in(self, edition):
        return self.env["award.defence.score"].sudo().search_count(  # sudo: as above
            [
                ("expert_id", "=", self.id),
                ("defence_id.submission_id.edition_id", "=", edition.id),
            ],
            limit=1,
        )
