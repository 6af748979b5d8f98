from odoo import api, fields, models

from ...rules.refusal import Refusal
from ...rules.votes import ballot_problem, hand_problem, reaches
from ..base.lifecycle import state_field

BALLOTS = ("issued", "returned", "valid")
VOTES = ("in_favour", "against", "abstained")
FIGURES = (*BALLOTS, *VOTES)


class AwardTally(models.Model):
    """The count of the votes on one case, entered twice by two clerks.

    The votes are ballots on paper, or hands where the scheme says that the committee
    votes openly (`committee_vote` is `tally`).
    """

    _name = "award.tally"
    _description = "Tally"
    _inherit = ["award.stamped", "award.confidential", "award.closing"]
    _order = "id"
    _rec_name = "title"

    state = state_field("award.tally")
    meeting_id = fields.Many2one(
        "award.meeting", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", readonly=True)
    recused_ids = fields.Many2many("award.committee.member")
    issued = fields.Integer("Ballots Issued", aggregator=None)
    returned = fields.Integer("Ballots Returned", aggregator=None)
    valid = fields.Integer("Valid Ballots", aggregator=None)
    in_favour = fields.Integer(aggregator=None)
    against = fields.Integer(aggregator=None)
    abstained = fields.Integer(aggregator=None)
    second_entry = fields.Json(readonly=True)
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    passed = fields.Boolean(readonly=True)
    by_hands = fields.Boolean(related="meeting_id.by_hands")
    company_id = fields.Many2one(
        related="meeting_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(meeting_id, application_id)")

    def _scheme_of(self):
        return self.meeting_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"entered_by_id", "checked_by_id", "passed", "second_entry"})

    @api.model
    def _open_fields(self):
        return {
            "draft": frozenset({"recused_ids", *FIGURES}),
            "entered": frozenset({"second_entry"}),
        }

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            case = self.env["award.application"].browse(vals.get("application_id"))
            vals["title"] = case.applicant_id.name
        return super().create(vals_list)

    # -- acts ----------------------------------------------------------------
    def action_enter(self, figures=None):
        """First count, as the tellers signed it.

        :param figures: dict of `FIGURES`, None when they are on the record already
        """
        if figures is not None:
            self.write(figures)
        return self._apply_move("enter", values={"entered_by_id": self.env.uid})

    def action_check(self, second=None):
        """Second count, by another clerk from the same paper.

        :param second: dict of `FIGURES`; None opens a dialogue for them
        """
        self.ensure_one()
        if second is None:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Second Count"),
                "res_model": "award.tally.second",
                "view_mode": "form",
                "target": "new",
                "context": {"default_tally_id": self.id},
            }
        if self.state == "entered":
            figures = {name: int(second.get(name) or 0) for name in self._figures()}
            self.write({"second_entry": figures})
        return self._apply_move(
            "check",
            values={"checked_by_id": self.env.uid, "passed": self._is_passed()},
        )

    def action_correct(self, reason=None):
        """Send the first count back to be made again."""
        return self._with_reason("correct", reason)

    def _is_passed(self):
        """Votes in favour against the members present and not recused."""
        rule = self._scheme_of()._value("vote_pass", **self.meeting_id._at())
        return bool(rule) and reaches(self.in_favour, self._base(), rule)

    def _figures(self):
        """What is counted: ballots and votes, of hands only the votes."""
        return VOTES if self.by_hands else FIGURES

    def _base(self):
        return len(self.meeting_id.present_ids - self.recused_ids)

    # -- guards --------------------------------------------------------------
    def _guard_not_withdrawn(self):
        return self._withdrawn_refusal()

    def _guard_meeting_open(self):
        if self.meeting_id.state != "opened":
            return Refusal("meeting_not_open")
        return None

    def _guard_sums(self):
        if self.by_hands:
            problem = hand_problem(self._base(), *(self[name] for name in VOTES))
        else:
            problem = ballot_problem(*(self[name] for name in FIGURES))
        if problem:
            texts = {
                "negative": self.env._("a number is negative"),
                "returned_above_issued": self.env._(
                    "more ballots came back than were issued"
                ),
                "valid_above_returned": self.env._("more are valid than came back"),
                "votes_differ_from_valid": self.env._(
                    "in favour, against and abstained are not the valid ballots"
                ),
                "votes_differ_from_base": self.env._(
                    "in favour, against and abstained are not the members who vote"
                ),
            }
            return Refusal(
                "ballots_do_not_add_up",
                values={"case": self.title, "problem": texts[problem]},
            )
        return None

    def _guard_recused(self):
        """Recused members are of the committee and hold no ballot on the case."""
        strangers = self.recused_ids - self.meeting_id.committee_id.member_ids
        if strangers:
            return Refusal(
                "not_a_member", values={"names": ", ".join(strangers.mapped("name"))}
            )
        if not self.by_hands and self.issued != self._base():
            return Refusal(
                "ballots_issued_wrong",
                values={
                    "issued": self.issued,
                    "case": self.title,
                    "base": self._base(),
                },
            )
        return None

    def _guard_second_clerk(self):
        if self.entered_by_id == self.env.user:
            return Refusal("second_clerk", values={"first": self.env.user.name})
        return None

    def _guard_same_figures(self):
        second = self.second_entry or {}
        differing = [
            name for name in self._figures() if second.get(name) != self[name]
        ]
        if differing:
            labels = [
                self._fields[name]._description_string(self.env) for name in differing
            ]
            return Refusal(
                "entries_differ",
                values={"case": self.title, "fields": ", ".join(labels)},
            )
        return None


class AwardTallySecond(models.TransientModel):
    """The second count, typed without seeing the first."""

    _name = "award.tally.second"
    _description = "Second Count"

    tally_id = fields.Many2one("award.tally", required=True, readonly=True)
    title = fields.Char(related="tally_id.title")
    by_hands = fields.Boolean(related="tally_id.by_hands")
    issued = fields.Integer("Ballots Issued")
    returned = fields.Integer("Ballots Returned")
    valid = fields.Integer("Valid Ballots")
    in_favour = fields.Integer()
    against = fields.Integer()
    abstained = fields.Integer()

    def action_confirm(self):
        """Compare with the first count and close it when they agree."""
        self.ensure_one()
        self.tally_id.action_check({name: self[name] for name in FIGURES})
        return {"type": "ir.actions.act_window_close"}
