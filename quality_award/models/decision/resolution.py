from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .award_list import list_hash
from .list_guards import names as shown


class AwardResolution(models.Model):
    """What a body decided on a list, registered from its document by two clerks.

    The award committee votes in a meeting; any other body that deliberates may send
    a document instead. One clerk enters what it says on the list and its number,
    another compares both with the paper. The list is adopted as it was compared.
    """

    _name = "award.resolution"
    _description = "Decision of a Body on a List"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"
    _rec_name = "document_number"

    state = state_field("award.resolution")
    list_id = fields.Many2one(
        "award.list", required=True, ondelete="restrict", index=True
    )
    edition_id = fields.Many2one(related="list_id.edition_id", store=True, index=True)
    body_id = fields.Many2one("award.body", compute="_compute_body_id", store=True)
    document_number = fields.Char()
    document_date = fields.Date()
    summary = fields.Text(help="What the document says, in short.")
    scan = fields.Binary(attachment=True)
    scan_name = fields.Char()
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    outcomes_hash = fields.Char("Seal", readonly=True)
    line_ids = fields.One2many(related="list_id.line_ids", string="Names")
    company_id = fields.Many2one(related="list_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(list_id)", "The decision on this list is registered already."
    )

    def _scheme_of(self):
        return self.list_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"entered_by_id", "checked_by_id", "outcomes_hash"})

    @api.model
    def _open_fields(self):
        draft = "list_id document_number document_date summary scan scan_name"
        return {"draft": frozenset(draft.split())}

    @api.depends("list_id")
    def _compute_body_id(self):
        for record in self:
            record.body_id = record.list_id._deliberating_body()

    # -- acts ----------------------------------------------------------------
    def action_enter(self):
        """The first clerk has entered the document and its outcomes on the list."""
        return self._apply_move("enter", values={"entered_by_id": self.env.uid})

    def action_check(self):
        """The second clerk has compared list and entry with the document."""
        for record in self:
            record._apply_move(
                "check",
                values={
                    "checked_by_id": self.env.uid,
                    "outcomes_hash": record.list_id._outcomes_hash(),
                },
            )
        return True

    def action_correct(self, reason=None):
        """Send the entry back to be made again."""
        return self._with_reason("correct", reason)

    # -- guards --------------------------------------------------------------
    def _guard_body_decides(self):
        """The list waits for a body, and for another one than the committee."""
        award_list = self.list_id
        if not award_list._is_deciding() or award_list.state != "draft":
            return Refusal("list_not_to_decide")
        if award_list._deliberating_body().role in {False, "committee"}:
            return Refusal("committee_votes", award_list.stage_id.clause_id.code)
        return None

    def _guard_document_given(self):
        if not (self.document_number or "").strip() or not self.document_date:
            return Refusal("document_missing", self.list_id.stage_id.clause_id.code)
        if self.document_date > self.env["award.clock"]._today():
            return Refusal("document_date_future", values={"date": self.document_date})
        return None

    def _guard_second_clerk(self):
        if self.entered_by_id == self.env.user:
            return Refusal("second_clerk", values={"first": self.env.user.name})
        return None


class AwardList(models.Model):
    _inherit = "award.list"

    resolution_ids = fields.One2many(
        "award.resolution",
        "list_id",
        "Decision on Paper",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def _open_fields(self):
        found = super()._open_fields()
        return {**found, "draft": found["draft"] | {"resolution_ids"}}

    def _outcomes_hash(self):
        """Fingerprint of who is on the list and with which outcome."""
        lines = self._facts().line_ids.sorted(lambda line: line.application_id.id)
        rows = ((line.application_id.id, line.outcome or None) for line in lines)
        return list_hash(rows)

    def _with_resolution(self):
        """Those of `self` on which a decision on paper was checked."""
        found = self.env["award.resolution"]._read_group(
            [("list_id", "in", self.ids), ("state", "=", "checked")], ["list_id"]
        )
        return self.browse(award_list.id for (award_list,) in found)

    # -- guards: the decision behind the list -----------------------------------
    def _refusal_decision(self):
        """A closed meeting with the votes, or a document that two clerks registered."""
        resolution = self.resolution_ids.filtered(lambda r: r.state == "checked")
        if resolution:
            if resolution.outcomes_hash != self._outcomes_hash():
                return Refusal("resolution_differs", self.stage_id.clause_id.code)
            return None
        return self._refusal_meeting()

    def _refusal_meeting(self):
        clause = self.stage_id.clause_id.code
        meeting = self.meeting_ids.filtered(lambda m: m.state == "closed")[-1:]
        if not meeting:
            return Refusal("meeting_not_closed", clause)
        tallies = meeting._all_tallies().filtered(lambda t: t.state == "checked")
        cases = self.line_ids.application_id
        if missing := cases - tallies.application_id:
            return Refusal("tally_missing", clause, {"cases": shown(missing)})
        passed = tallies.filtered("passed").application_id
        if lost := self._in_cases() - passed:
            return Refusal("vote_not_passed", clause, {"cases": shown(lost)})
        return None

    def _refusal_letters(self):
        """Whoever an earlier list left out has been told before the next one."""
        unsent = self.env["award.letter"].search(
            [
                ("application_id.edition_id", "=", self.edition_id.id),
                ("application_id.class_id", "=", self.class_id.id),
                ("kind", "=", "not_shortlisted"),
                ("state", "=", "draft"),
            ]
        )
        if unsent and self._counts_for() != "shortlist":
            return Refusal(
                "letters_not_sent",
                self.stage_id.clause_id.code,
                {"cases": shown(unsent.application_id)},
            )
        return None
