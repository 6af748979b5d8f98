from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import scales, scoring
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from ..experts import seats
from . import seal

_FIXED = (
    "phase",
    "submission_id",
    "panel_id",
    "total",
    "agreed_at",
    "content_hash",
)


class AwardConsensus(models.Model):
    """The score that the panel agrees on, for the documents or after the site visit."""

    _name = "award.consensus"
    _description = "Consensus Score"
    _inherit = [
        "award.visible",
        "award.lifecycle",
        "award.confidential",
        "award.closing",
    ]
    _case_field = "submission_id"
    _order = "id"
    _rec_name = "title"

    state = state_field("award.consensus")
    phase = fields.Selection(
        [("document", "Document Review"), ("site", "Site Visit")],
        required=True,
        default="document",
    )
    title = fields.Char("Applicant", required=True, readonly=True)
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("award.consensus.line", "consensus_id")
    total = fields.Integer("Total (hundredths)", readonly=True, copy=False)
    total_text = fields.Char("Total", compute="_compute_total_text")
    open_notes = fields.Integer("Still to Discuss", compute="_compute_total_text")
    scales = fields.Json(compute="_compute_scales", help="On which items are judged.")
    agreed_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id, phase)")
    _sealed = models.Constraint(
        "CHECK (total >= 0)", "The consensus is agreed and changes no more."
    )

    def init(self):
        super().init()
        seal.seal_head(self.env.cr, self._table, _FIXED, "agreed")

    def _scheme_of(self):
        return self.panel_id.sudo()._scheme_of()  # sudo: the regulation is no secret

    def _neutral_word(self):
        return self.env._("Consensus Score")

    def _scored_at(self):
        """Kind of the stage at which the consensus is found."""
        return "site_visit" if self.phase == "site" else "document_review"

    @api.depends(
        "line_ids.points", "line_ids.rating_id", "line_ids.needs_note", "line_ids.note"
    )
    def _compute_total_text(self):
        for consensus in self:
            lines = consensus.line_ids
            consensus.total_text = lines._summary()
            consensus.open_notes = len(lines._undiscussed())

    @api.depends("submission_id")
    def _compute_scales(self):
        for consensus in self:
            items = consensus.submission_id.criteria_id._judged_items()
            consensus.scales = sorted({item._scale_name() for item in items})

    # -- who ------------------------------------------------------------------
    def _open_to_me_sql(self):
        return [
            SQL(
                """SELECT c.id FROM award_consensus c
                     JOIN (%s) AS mine ON mine.submission_id = c.submission_id""",
                seats.my_cases(self.env),
            )
        ]

    def _mine_to_edit_sql(self):
        return [
            SQL(
                """SELECT c.id FROM award_consensus c
                     JOIN (%s) AS mine ON mine.submission_id = c.submission_id
                                      AND mine.leads""",
                seats.my_cases(self.env),
            )
        ]

    def _roles_on(self):
        roles = super()._roles_on()
        records = self.sudo()  # sudo: which role one has is asked, nothing is shown
        cases = {record.id: record.submission_id.id for record in records}
        found = seats.roles_by_case(self.env, set(cases.values()))
        for id_, case in cases.items():
            roles[id_] |= found.get(case, set())
        return roles

    def write(self, vals):
        """People write lines only; the rest is for the acts."""
        if not self.env.su and (locked := set(vals) - {"line_ids"}):
            self.check_access("write")  # strangers learn nothing of the rules
            shown = {"fields": ", ".join(sorted(locked))}
            self._refuse(Refusal("not_editable", values=shown))
        return super().write(vals)

    def _proposals(self, scores):
        """Values of the lines of a new consensus.

        :param scores: dict of item id -> ascending levels (`rules.scales`) of the
            members
        """
        scheme = self._scheme_of()
        flag_range, _clause = scheme._figure("spread_flag", "document_review")
        flag_gap, _clause = scheme._figure("band_gap_flag", "document_review")
        lines = []
        for item in self.submission_id.criteria_id._judged_items().sorted("sequence"):
            levels = scores.get(item.id, [])
            if not levels or None in levels:
                # A sheet of an earlier version did not ask for it: the panel answers.
                lines.append(
                    {
                        "consensus_id": self.id,
                        "criterion_id": item.id,
                        "needs_note": True,
                    }
                )
                continue
            flags = scales.apart(item._as_item(), levels, flag_range, flag_gap)
            lines.append(
                {
                    "consensus_id": self.id,
                    "criterion_id": item.id,
                    "low": levels[0],
                    "high": levels[-1],
                    "needs_note": bool(flags),
                    **item._answer(scales.proposal(levels)),
                }
            )
        return lines

    # -- buttons --------------------------------------------------------------
    def action_agree(self):
        """Fix the agreed scores: they are added up, hashed and change no more."""
        return self._apply_move(
            "agree", values=lambda consensus: consensus._sealed_values()
        )

    def _after_agree(self):
        """Whoever has not passed what must be passed is out."""
        for consensus in self.sudo():  # sudo: the case ends by what the panel agreed on
            if failed := consensus.line_ids._failed_vetoes():
                consensus.submission_id.application_id._fail_veto(failed)

    def _sealed_values(self):
        version = self.submission_id.sudo()  # sudo: its hash only goes into the seal
        head = ["consensus", version.content_hash, self.phase]
        rows = [
            [
                line.criterion_id.number,
                line._hashed_answer(),
                line.note or "",
                line.evidence or "",
            ]
            for line in self.line_ids
        ]
        return {
            "total": sum(self.line_ids.mapped("points")),
            "content_hash": scoring.sheet_hash([head, *rows]),
            "agreed_at": fields.Datetime.now(),
        }

    # -- guards ---------------------------------------------------------------
    def _guard_complete(self):
        missing = self.line_ids._incomplete()
        if not missing and self.line_ids:
            return None
        shown = {"item": missing[:1].criterion_id.number or "?"}
        return Refusal("consensus_incomplete", values=shown)

    def _guard_on_grid(self):
        return self.line_ids._first_off_grid()

    def _guard_discussed(self):
        """Far-apart scores need a note, changes on site need their evidence."""
        if line := self.line_ids._undiscussed()[:1]:
            shown = {
                "item": line.criterion_id.number,
                "low": line.low_text,
                "high": line.high_text,
            }
            return Refusal("discussion_note_missing", values=shown)
        if self.phase == "site" and (line := self._unproven()[:1]):
            shown = {"item": line.criterion_id.number}
            return Refusal("site_evidence_missing", values=shown)
        return None

    def _unproven(self):
        """Lines of a site consensus changed without evidence."""
        before = (
            self.env["award.consensus"]
            .sudo()  # sudo: the agreed document scores of the same case, for comparison
            .search(
                [
                    ("submission_id", "=", self.submission_id.id),
                    ("phase", "=", "document"),
                ]
            )
        )
        agreed = {line.criterion_id.id: line._level() for line in before.line_ids}
        return self.line_ids.filtered(
            lambda line: (
                line._level() != agreed.get(line.criterion_id.id)
                and not (line.evidence or "").strip()
            )
        )

    def _copy_for_site(self):
        """Create the site consensus of agreed document scores, unless it is there."""
        known = self.sudo().search(  # sudo: created by the act only
            [("phase", "=", "site"), ("submission_id", "in", self.submission_id.ids)]
        )
        fresh = self.filtered(lambda c: c.submission_id not in known.submission_id)
        names = ("title", "submission_id", "panel_id")
        created = self.sudo().create(  # sudo: as above
            [
                {
                    "phase": "site",
                    **{
                        name: document._fields[name].convert_to_write(
                            document[name], document
                        )
                        for name in names
                    },
                }
                for document in fresh
            ]
        )
        self.env["award.consensus.line"].sudo().create(  # sudo: as above
            [
                {
                    "consensus_id": site.id,
                    "criterion_id": line.criterion_id.id,
                    **line._range(),
                    **line._stored_answer(),
                }
                for site, document in zip(created, fresh, strict=True)
                for line in document.line_ids
            ]
        )
        return created | known
