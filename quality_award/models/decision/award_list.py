import json
from hashlib import sha256

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: Names of the kinds of list; which one follows which is for the stages to say.
KINDS = [
    ("shortlist", "On-site List"),
    ("recommended", "Recommended List"),
    ("candidate", "Candidate List"),
    ("proposed", "Proposed List"),
    ("final", "Final List"),
]
HASH_TAG = "$1$"


def list_hash(rows):
    """The hash that seals a list.

    :param rows: in the order of the list, tuples (id of the case, fingerprint of
        the applicant, outcome, exact score in hundredths or else the ratings)
    :return: ``"$1$"`` and 64 hexadecimal digits; the tag names the canonical form:
        each row as compact UTF-8 JSON, joined by newlines, SHA-256
    """
    texts = [
        json.dumps(list(row), ensure_ascii=False, separators=(",", ":")) for row in rows
    ]
    return HASH_TAG + sha256("\n".join(texts).encode()).hexdigest()


class AwardList(models.Model):
    """A list of cases that a body adopts; adopting it moves the cases."""

    _name = "award.list"
    _description = "List"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"

    state = state_field("award.list")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one(
        "award.class",
        required=True,
        ondelete="restrict",
        compute="_compute_class_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    stage_id = fields.Many2one(
        "award.stage",
        required=True,
        ondelete="restrict",
        compute="_compute_stage_id",
        store=True,
        precompute=True,
        readonly=False,
        help="Where the cases are when the list is adopted.",
    )
    previous_id = fields.Many2one("award.list", ondelete="restrict", readonly=True)
    kind = fields.Selection(KINDS, required=True)
    line_ids = fields.One2many("award.list.line", "list_id")
    meeting_ids = fields.One2many("award.meeting", "list_id", "Meetings")
    consultation_ids = fields.One2many(
        "award.consultation",
        "list_id",
        "Letters",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    overrun_reason = fields.Char("Reason for Passing the Cap")
    adopted_on = fields.Date(readonly=True)
    content_hash = fields.Char("Seal", readonly=True, copy=False)
    in_count = fields.Integer("Put Forward", compute="_compute_counts")
    out_count = fields.Integer("Not Put Forward", compute="_compute_counts")
    can_consult = fields.Boolean(compute="_compute_flags")
    can_fill = fields.Boolean(compute="_compute_flags")
    is_open_to_me = fields.Boolean(
        compute="_compute_is_open_to_me", search="_search_is_open_to_me"
    )
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _stamps(self):
        return frozenset({"adopted_on", "content_hash"})

    @api.model
    def _open_fields(self):
        draft = (
            "name edition_id class_id stage_id previous_id kind line_ids meeting_ids "
            "consultation_ids overrun_reason"
        )
        return {
            "draft": frozenset(draft.split()),
            "adopted": frozenset({"meeting_ids", "consultation_ids"}),
        }

    @api.model_create_multi
    def create(self, vals_list):
        """A list made for a stage is named as the scheme calls the lists there."""
        for vals in vals_list:
            if vals.get("stage_id") and not vals.get("kind"):
                stage = self.env["award.stage"].browse(vals["stage_id"])
                award_class = self.env["award.class"].browse(vals.get("class_id"))
                edition = self.env["award.edition"].browse(vals.get("edition_id"))
                vals["kind"] = stage._list_kind(award_class, edition)
        return super().create(vals_list)

    @api.depends("edition_id")
    def _compute_class_id(self):
        """Where the scheme has one class there is nothing to choose."""
        for record in self:
            classes = record.edition_id.scheme_id.class_ids
            if record.class_id not in classes:
                record.class_id = classes if len(classes) == 1 else False

    @api.depends("line_ids.outcome")
    def _compute_counts(self):
        counts = {}
        for award_list, outcome, count in self.env["award.list.line"]._read_group(
            [("list_id", "in", self.ids)], ["list_id", "outcome"], ["__count"]
        ):
            counts[award_list.id, outcome] = count
        for record in self:
            record.in_count = counts.get((record.id, "in"), 0)
            record.out_count = counts.get((record.id, "out"), 0)

    @api.depends("state", "stage_id")
    def _compute_flags(self):
        for record in self:
            record.can_fill = record.state == "draft"
            record.can_consult = (
                record.state == "adopted" and record._precedes("consultation")
            )

    # -- who -----------------------------------------------------------------
    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        opened = self.sudo().search(  # sudo: the predicate behind the record rule
            [("id", "in", self.ids), ("is_open_to_me", "=", True)]
        )
        ids = set(opened.ids)
        for record in self:
            record.is_open_to_me = record.id in ids

    def _search_is_open_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        parts = self._open_to_me_sql() or [SQL("SELECT NULL::integer")]
        seen = SQL("(%s)", SQL(" UNION ALL ").join(parts))
        return fields.Domain("id", "in" if True in value else "not in", seen)

    # -- acts ----------------------------------------------------------------
    def action_adopt(self):
        """Adopt the list: seal it and move its cases on, or out with their reason."""
        for record in self:
            record._facts().edition_id.lock_for_update(allow_referencing=True)
            if record.state == "draft":
                facts = record._facts()
                facts.previous_id = facts._previous()
                facts._stamp_lines()
            record._apply_move(
                "adopt",
                values={
                    "adopted_on": self.env["award.clock"]._today(),
                    "content_hash": record._facts()._hash(),
                },
            )
        return True

    def action_send_back(self, reason=None):
        """Send the draft back; a new list is filled instead."""
        return self._with_reason("send_back", reason)

    def _facts(self):
        """Self with the rights to weigh what the acting person may not read.

        A committee adopts a list without reading letters, reports or cases.
        """
        return self.sudo()  # sudo: facts for guards only, roles stay env.user's

    def _hash(self):
        """Seal over the lines in their order, from the rows as they are now."""
        lines = self.line_ids.sorted(
            lambda line: (line.sequence, line.application_id.id)
        )
        return list_hash(
            (
                line.application_id.id,
                line.application_id.applicant_id._fingerprint(),
                line.outcome or None,
                line.score_exact or line.rating_counts or None,
            )
            for line in lines
        )

    def _is_unchanged(self):
        """Whether an adopted list still has the content it was sealed with."""
        facts = self._facts()
        facts.line_ids.invalidate_recordset()
        return bool(facts.content_hash) and facts.content_hash == facts._hash()

    def _in_cases(self):
        """The cases put forward, with full rights."""
        lines = self._facts().line_ids
        return lines.filtered(lambda line: line.outcome == "in").application_id

    def _after_adopt(self):
        for record in self._facts():
            if record.stage_id.kind == "composite":
                self.env["award.clock"]._start(record, "list_receipt")
            record._move_cases()

    def _move_cases(self):
        """Move who is put forward to the next stage and end the other cases.

        At the stage of approval the cases wait for the government.
        """
        cases = self._in_cases()
        if cases and self.stage_id.kind != "approval":
            cases._advance(note=self.name)
        out = self.line_ids.filtered(lambda line: line.outcome == "out")
        for clause, lines in out.grouped(lambda line: line.clause or None).items():
            reasons = {line.application_id.id: line.reason for line in lines}
            lines.application_id._eliminate(reasons, clause)
            if self._counts_for() == "shortlist":
                lines.application_id._draft_letters(
                    "not_shortlisted", reasons, clause or self.stage_id.clause_id.code
                )

    def action_consult(self):
        """Prepare one letter to each department of the scheme about the names."""
        self._need_role("office")
        for record in self:
            if not record.can_consult:
                record._refuse(Refusal("list_not_to_consult"))
            record._create_consultations()
        return True

    def _create_consultations(self):
        bodies = self._scheme_of().body_ids.filtered(
            lambda body: body.role == "department"
        )
        cases = self._in_cases()
        self.env["award.consultation"].create(
            [
                {
                    "list_id": self.id,
                    "body_id": body.id,
                    "opinion_ids": [
                        fields.Command.create({"application_id": case.id})
                        for case in cases
                    ],
                }
                for body in bodies - self.consultation_ids.body_id
            ]
        )
