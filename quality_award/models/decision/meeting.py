from odoo import api, fields, models

from ...rules.refusal import Refusal
from ...rules.votes import reaches
from ..base.lifecycle import state_field
from .list_guards import names


class AwardMeeting(models.Model):
    """A meeting of a body on a list: who was there, tallies, minutes.

    The vote is on paper or by hands; one clerk enters the counts and another one again.
    """

    _name = "award.meeting"
    _description = "Committee Meeting"
    _inherit = ["award.stamped", "award.confidential"]
    _order = "id"

    state = state_field("award.meeting")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    committee_id = fields.Many2one(
        "award.committee", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one("award.list", ondelete="restrict", index="btree_not_null")
    held_on = fields.Date()
    present_ids = fields.Many2many("award.committee.member")
    tally_ids = fields.One2many("award.tally", "meeting_id")
    minutes = fields.Text()
    present_count = fields.Integer("Present Members", compute="_compute_counts")
    member_count = fields.Integer(related="committee_id.member_count")
    can_prepare = fields.Boolean(compute="_compute_counts")
    by_hands = fields.Boolean("Votes by Show of Hands", compute="_compute_by_hands")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _open_fields(self):
        draft = (
            "name edition_id committee_id list_id held_on present_ids tally_ids minutes"
        )
        return {
            "draft": frozenset(draft.split()),
            "opened": frozenset({"tally_ids", "minutes"}),
        }

    def _at(self):
        """Class and stage that figures of the vote are asked for."""
        return {"award_class": self.list_id.class_id, "stage": self.list_id.stage_id}

    @api.depends("present_ids", "state", "list_id")
    def _compute_counts(self):
        for record in self:
            record.present_count = len(record.present_ids)
            record.can_prepare = bool(record.list_id) and record.state != "closed"

    @api.depends("list_id", "edition_id")
    def _compute_by_hands(self):
        for record in self:
            says = record._scheme_of()._value("committee_vote", **record._at())
            record.by_hands = says == "tally"

    def _all_tallies(self):
        """The tallies, also of cases that are closed to who asks: they count, too."""
        return self.sudo().tally_ids  # sudo: for outcomes and what is missing

    # -- acts ----------------------------------------------------------------
    def action_prepare(self):
        """Put every case of the list on the table: one tally for each."""
        self._need_role("office")
        for record in self:
            if not record.list_id._is_deciding() or record.list_id.state != "draft":
                record._refuse(Refusal("list_not_to_decide"))
            cases = record.list_id.line_ids.application_id
            record.env["award.tally"].create(
                [
                    {"meeting_id": record.id, "application_id": case.id}
                    for case in cases - record._all_tallies().application_id
                ]
            )
        return True

    def action_open(self):
        """Open the meeting: the roster is in office and enough members are here."""
        for record in self:
            today = self.env["award.clock"]._today()
            record._apply_move("open", values={"held_on": record.held_on or today})
        return True

    def action_close(self, minutes=None):
        """Close the meeting; the counts decide the outcome of each case."""
        if minutes is not None:
            self.write({"minutes": minutes})
        return self._apply_move("close")

    def _after_close(self):
        for record in self:
            if record.list_id.state == "draft":
                record._write_outcomes()

    def _write_outcomes(self):
        """Who got the votes is put forward unless left out before, with a reason."""
        tallies = {tally.application_id: tally for tally in self._all_tallies()}
        for line in self.list_id.line_ids:
            tally = tallies[line.application_id]
            explained = line.outcome == "out" and (line.reason or "").strip()
            if tally.passed and not explained:
                line.write({"outcome": "in"})
            elif not tally.passed:
                line.write(
                    {
                        "outcome": "out",
                        "clause": line.clause
                        or self._scheme_of()._clause_of("vote_pass", **self._at()),
                        "reason": (line.reason or "").strip()
                        or self._no_majority(tally),
                    }
                )

    def _no_majority(self, tally):
        votes = {"votes": tally.in_favour, "base": tally._base()}
        body = self.committee_id.body_id
        if body and body.role != "committee":
            return self.env._(
                "%(body)s did not vote for it: %(votes)s of %(base)s.",
                body=body.display_name,
                **votes,
            )
        return self.env._(
            "The committee did not vote for it: %(votes)s of %(base)s.", **votes
        )

    # -- guards --------------------------------------------------------------
    def _guard_committee_approved(self):
        if self.committee_id.state != "approved" or (
            self.committee_id.scheme_id != self._scheme_of()
        ):
            return Refusal("committee_not_approved")
        body = self.list_id._facts()._deliberating_body()
        if self.list_id and not self.committee_id._is_of(body):
            return Refusal(
                "roster_of_another_body",
                self.list_id.stage_id.clause_id.code,
                {"body": body.display_name},
            )
        return None

    def _guard_quorum(self):
        scheme = self._scheme_of()
        members = self.committee_id.member_ids
        if strangers := self.present_ids - members:
            return Refusal(
                "not_a_member", values={"names": ", ".join(strangers.mapped("name"))}
            )
        at = self._at()
        if scheme._value("vote_pass", **at) is None:
            return Refusal("vote_rule_missing")
        rule = scheme._value("quorum", **at)
        present = len(self.present_ids)
        if not present or (rule and not reaches(present, len(members), rule)):
            return Refusal(
                "quorum_missing",
                scheme._clause_of("quorum", **at),
                {
                    "present": present,
                    "members": len(members),
                    "rule": majority_text(self.env, rule),
                },
            )
        return None

    def _guard_tallies_checked(self):
        tallies = self._all_tallies()
        cases = self.sudo().list_id.line_ids.application_id  # sudo: names those left
        checked = tallies.filtered(lambda tally: tally.state == "checked")
        if missing := (cases | tallies.application_id) - checked.application_id:
            return Refusal("tally_missing", values={"cases": names(missing)})
        return None

    def _guard_minutes_given(self):
        if not (self.minutes or "").strip():
            return Refusal("minutes_missing")
        return None


def majority_text(env, rule):
    """A majority in words."""
    return {
        "two_thirds": env._("at least two thirds"),
        "half": env._("more than half"),
        "all": env._("all"),
    }.get(rule, env._("at least one"))
