"""How the figures and choices of a scheme are shown to people."""

import json

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...rules import parameters, scoring
from ..base.refusal import translated
from .frozen import EDITABLE

_lt = LazyTranslate(__name__)

#: Parameters in hundredths of a point, and in yuan; weights are ten-thousandths.
POINTS = {"threshold", "defence_max", "public_evaluation_max"}
YUAN = {"prize_amount", "prize_amount_repeat", "fee"}
#: Figures where nothing means without end.
FOR_EVER = {
    "retention_decision_years",
    "retention_review_years",
    "retention_application_years",
    "recommender_ban_years",
}

#: Words that the catalogue of parameters allows; some mean another thing elsewhere.
WORDS = {
    "class": _lt("each class of award"),
    "pool": _lt("all classes together"),
    "document": _lt("score of the documents"),
    "site": _lt("score of the site visit"),
    "composite": _lt("composite score"),
    "total": _lt("all panels together"),
    "per_panel": _lt("each panel"),
    "per_edition": _lt("all panels together"),
    "exclude": _lt("not counted"),
    "include": _lt("counted"),
    "refuse": _lt("refused"),
    "mark": _lt("taken, and marked"),
    "separate": _lt("three people, one for each step"),
    "one_person": _lt("one person may hold all steps"),
    "renormalise": _lt("the other weights are scaled up"),
    "mean": _lt("mean"),
    "trimmed_mean": _lt("mean without the highest and the lowest"),
    "median": _lt("median"),
    "results_then_committee": _lt("score of the results, then the committee"),
    "committee": _lt("the committee decides"),
    "skip": _lt("that many whole editions lie between"),
    "wait": _lt("the time of that many editions passes"),
    "award_date": _lt("day of the award"),
    "award_year": _lt("award year"),
    "no_comment": _lt("deemed to have no comment"),
    "open": _lt("stays open"),
    "two_thirds": _lt("two thirds"),
    "half": _lt("more than half"),
    "all": _lt("all"),
    "lead": _lt("kept as a lead"),
    "web": _lt("website"),
    "media": _lt("media"),
    "in_house": _lt("inside the unit"),
    "customers": _lt("customers"),
    "suppliers": _lt("suppliers"),
    "staff": _lt("staff"),
    "public": _lt("the public"),
    "working_day": _lt("working days"),
    "calendar_day": _lt("calendar days"),
    "surname_strokes": _lt("by strokes of the surname"),
    "no_order": _lt("in no order"),
    "electronic": _lt("handed in online"),
    "paper": _lt("handed in on paper"),
    "announcement": _lt("day of the announcement"),
    "window_end": _lt("end of the window for applications"),
    "submission": _lt("day of the application"),
    "recommendation_end": _lt("end of the recommendation"),
    "draw": _lt("by draw"),
    "select": _lt("by selection"),
    "mixed": _lt("leader selected, members drawn"),
    "tally": _lt("open tally"),
    "secret_ballot": _lt("secret ballot"),
    "same_year": _lt("year of the award"),
    "next_year": _lt("year after the award"),
    "forbidden_any_level": _lt("forbidden at any level"),
    "forbidden_same": _lt("forbidden for the same award"),
    "allowed": _lt("allowed"),
    "award": _lt("the same award"),
    "scheme": _lt("every award of the scheme"),
    "choice": _lt("each choice of a class"),
    "edition": _lt("the whole edition"),
    "fixed_dates": _lt("fixed dates"),
    "publication_plus_days": _lt("days after the publication"),
    "warn": _lt("a warning"),
    "forbid": _lt("forbidden"),
    "allow": _lt("allowed"),
    "on_site": _lt("those visited on site"),
    "recommended": _lt("those recommended"),
    "submitted": _lt("all who have applied"),
    "certificate": _lt("certificate taken back"),
    "plaque": _lt("plaque taken back"),
    "trophy": _lt("trophy taken back"),
    "money": _lt("prize money recovered"),
    "announce": _lt("made public"),
    "credit": _lt("entered in the credit system"),
}
WORDS_OF = {
    ("reapply_scope", "class"): _lt("the same class of award"),
    ("prize_tokens", "certificate"): _lt("certificate"),
    ("prize_tokens", "plaque"): _lt("plaque"),
    ("prize_tokens", "trophy"): _lt("trophy"),
}


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    is_editable = fields.Boolean(
        compute="_compute_is_editable", export_string_translation=False
    )
    export_file = fields.Binary(compute="_compute_export_file", string="File")
    export_name = fields.Char(compute="_compute_export_file")

    @api.depends("state")
    def _compute_is_editable(self):
        for scheme in self:
            scheme.is_editable = (scheme.state or "draft") in EDITABLE

    def _compute_export_file(self):
        for scheme in self:
            scheme.export_name = f"{scheme.code}_{scheme.version}.json"
            scheme.export_file = scheme.id and scheme._as_file()

    def action_export(self):
        """Download the scheme as a file."""
        return self._download(self.export_name)

    @api.depends("name_zh", "name_en", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        super()._compute_display_name()
        for scheme in self:
            name = scheme.display_name or self.env._("New Scheme")
            named = f"{name} ({scheme.version})"
            scheme.display_name = named if scheme.version else name


class AwardCriteria(models.Model):
    _inherit = "award.criteria"

    total_text = fields.Char("Total", compute="_compute_total_text")
    is_frozen = fields.Boolean("In Force", compute="_compute_is_frozen")
    export_file = fields.Binary(compute="_compute_export_file", string="File")
    export_name = fields.Char(compute="_compute_export_file")

    @api.depends("total")
    def _compute_total_text(self):
        for criteria in self:
            criteria.total_text = scoring.to_text(criteria.total)

    def _compute_is_frozen(self):
        used = self.browse()
        for model in ("award.class", "award.class.choice"):
            every = self.env[model].sudo()  # sudo: also in schemes hidden from the user
            found = every.search([("criteria_id", "in", self.ids)])
            used |= found.filtered(lambda c: not c.scheme_id.is_editable).criteria_id
        for criteria in self:
            criteria.is_frozen = criteria.is_pinned or criteria in used

    def _compute_export_file(self):
        for criteria in self:
            criteria.export_name = f"{criteria.code}.json"
            criteria.export_file = criteria.id and criteria._as_file()

    def action_export(self):
        """Download the criteria as a file."""
        return self._download(self.export_name)


class AwardCriterion(models.Model):
    _inherit = "award.criterion"

    points_text = fields.Char("Points", compute="_compute_points_text")

    @api.depends("points")
    def _compute_points_text(self):
        for criterion in self:
            criterion.points_text = scoring.to_text(criterion.points)


class AwardParameter(models.Model):
    _inherit = "award.parameter"

    value_text = fields.Char("Says", compute="_compute_value_text")

    @api.depends("code", "value")
    @api.depends_context("lang")
    def _compute_value_text(self):
        for parameter in self:
            parameter.value_text = parameter._shown_value()

    def _label(self):
        """What the parameter is about, in the language of the user."""
        labels = dict(self._fields["code"]._description_selection(self.env))
        return labels.get(self.code, self.code)

    def _shown_value(self):
        """The value in words, with its unit; as typed where it does not fit."""
        try:
            value = json.loads(self.value or "")
        except ValueError:
            return self.value
        if not self.code or parameters.problem(self.code, value):
            return self.value
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, list):
            return self.env._(", ").join(map(self._shown_word, value))
        if isinstance(value, str):
            return self._shown_word(value)
        if self.code in FOR_EVER and not value:
            return self.env._("for ever")
        if self.code in POINTS:
            return self.env._("%(points)s points", points=scoring.to_text(value))
        if self.code.startswith("weight_"):
            return f"{value / 100:g} %"
        if self.code in YUAN:
            return self.env._("%(yuan)s yuan", yuan=f"{value:,}")
        return str(value)


    def _shown_word(self, word):
        """A word of the catalogue in the language of the user; others as they are."""
        label = WORDS_OF.get((self.code, word)) or WORDS.get(word)
        return translated(self.env, label) if label else word


class AwardClause(models.Model):
    _inherit = "award.clause"

    is_editable = fields.Boolean(
        compute="_compute_is_editable", export_string_translation=False
    )
    word_ids = fields.One2many("award.word", "clause_id", "Words")
    body_ids = fields.One2many("award.body", "clause_id", "Bodies")
    adoption_ids = fields.One2many("award.adoption.rule", "clause_id", "Adoptions")
    title_ids = fields.One2many("award.title", "clause_id", "Awards")
    class_ids = fields.One2many("award.class", "clause_id", "Classes")
    choice_ids = fields.One2many("award.class.choice", "clause_id", "Choices")
    quota_ids = fields.One2many("award.quota", "clause_id", "Quotas")
    threshold_ids = fields.One2many("award.threshold", "clause_id", "Thresholds")
    parameter_ids = fields.One2many("award.parameter", "clause_id", "Figures")
    requirement_ids = fields.One2many("award.requirement", "clause_id", "Requirements")
    stage_ids = fields.One2many("award.stage", "clause_id", "Stages")
    clock_rule_ids = fields.One2many("award.clock.rule", "clause_id", "Time Limits")
    obligation_ids = fields.One2many(
        "award.obligation.rule", "clause_id", "Obligations"
    )
    ground_ids = fields.One2many("award.ground", "clause_id", "Grounds")
    drives_text = fields.Char(
        "Drives", compute="_compute_drives_text", help="What rests on this clause."
    )

    @api.depends("scheme_id.state")
    def _compute_is_editable(self):
        for clause in self:
            clause.is_editable = not clause.scheme_id or clause.scheme_id.is_editable

    def _compute_drives_text(self):
        for clause in self:
            records = [
                *clause.stage_ids,
                *clause.clock_rule_ids,
                *clause.requirement_ids,
                *clause.title_ids,
                *clause.class_ids,
                *clause.choice_ids,
                *clause.quota_ids,
                *clause.threshold_ids,
                *clause.obligation_ids,
                *clause.ground_ids,
                *clause.adoption_ids,
                *clause.body_ids,
                *clause.word_ids,
            ]
            figures = [
                f"{parameter._label()}: {parameter.value_text}"
                for parameter in clause.parameter_ids
            ]
            clause.drives_text = "; ".join(
                [*figures, *(record.display_name for record in records)]
            )
