from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardRecommendationCheck(models.Model):
    """A condition as the recommender sees it: confirmed, or contested with a note.

    What the facts say is the same finding that the office's check begins with.
    """

    _name = "award.recommendation.check"
    _description = "Condition Checked by a Recommender"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _case_field = "recommendation_id"
    _order = "recommendation_id, id"
    _rec_name = "requirement_id"

    recommendation_id = fields.Many2one(
        "award.recommendation",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    requirement_id = fields.Many2one(
        "award.requirement",
        "Condition",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    clause_id = fields.Many2one(related="requirement_id.clause_id", string="Clause")
    proposal = fields.Selection(
        [("met", "Met"), ("not_met", "Not Met"), ("judge", "Office Judges")],
        "The Facts Say",
        readonly=True,
    )
    basis = fields.Text("Because", readonly=True)
    answer = fields.Selection(
        [("confirmed", "Confirmed"), ("contested", "Contested")],
        "Recommender",
    )
    note = fields.Char()
    may_write = fields.Boolean(
        related="recommendation_id.may_write", related_sudo=False
    )
    is_mine = fields.Boolean(compute="_compute_is_mine", search="_search_is_mine")
    company_id = fields.Many2one(
        related="recommendation_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(recommendation_id, requirement_id)")

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        Opinion = self.env["award.recommendation"]
        return [("recommendation_id", "any!", Opinion._search_is_mine(operator, value))]

    @api.depends_context("uid")
    def _compute_is_mine(self):
        for line in self:
            line.is_mine = line.sudo().recommendation_id.is_mine  # sudo: a yes or no

    def write(self, vals):
        """The preparer's, until he passes the opinion on."""
        if {"answer", "note"} & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for opinion in self.recommendation_id:
                if not opinion.may_write:
                    opinion._refuse(Refusal("opinion_closed"))
        return super().write(vals)


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    check_ids = fields.One2many(
        "award.recommendation.check", "recommendation_id", "Conditions"
    )
    contested_count = fields.Integer(
        "Contested", compute="_compute_contested_count", aggregator=None
    )

    @api.depends("check_ids.answer")
    def _compute_contested_count(self):
        for opinion in self:
            answers = opinion.check_ids.mapped("answer")
            opinion.contested_count = answers.count("contested")

    def _fill_check_list(self):
        """A line for each condition of the cases, with what the facts say now."""
        own = self.sudo()  # sudo: made by acts, whoever hands in or asks again
        found = own.application_id._conditions_by_case()
        lines = {
            (line.recommendation_id, line.requirement_id): line
            for line in own.check_ids
        }
        new = []
        for opinion in own:
            case = opinion.application_id
            for requirement, finding in found[case.id]:
                values = {
                    "proposal": finding.verdict,
                    "basis": case._finding_text(finding),
                }
                if line := lines.get((opinion, requirement)):
                    line.write(values)
                    continue
                values |= {
                    "recommendation_id": opinion.id,
                    "requirement_id": requirement.id,
                }
                new.append(values)
        own.env["award.recommendation.check"].create(new)

    def action_ask_facts(self):
        """Ask the facts again; what was answered stays."""
        self.check_access("write")
        for opinion in self:
            if not opinion.may_write:
                opinion._refuse(Refusal("opinion_closed"))
        self._fill_check_list()

    def action_confirm_rest(self):
        """Confirm what the facts say is met and nobody has answered yet."""
        lines = self.check_ids.filtered(
            lambda line: line.proposal == "met" and not line.answer
        )
        lines.write({"answer": "confirmed"})

    def _guard_conditions_answered(self):
        """What is contested has a note; where the scheme asks, nothing is left out."""
        bare = self.check_ids.filtered(
            lambda line: line.answer == "contested" and not (line.note or "").strip()
        )
        if bare:
            shown = {"conditions": self._names_of(bare)}
            return Refusal("contested_without_note", values=shown)
        scheme = self._scheme_of()
        open_lines = self.check_ids.filtered(lambda line: not line.answer)
        if open_lines and scheme._value("recommendation_check_list"):
            clause = scheme._clause_of("recommendation_check_list")
            shown = {"conditions": self._names_of(open_lines)}
            return Refusal("conditions_open", clause, shown)
        return None

    @staticmethod
    def _names_of(lines):
        return ", ".join(lines.requirement_id.mapped("display_name"))
