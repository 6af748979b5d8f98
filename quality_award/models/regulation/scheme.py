import json

from odoo import fields, models

from ...rules import parameters
from ..base.lifecycle import state_field


class AwardScheme(models.Model):
    """A regulation (办法) as a version: clauses, bodies, classes, stages, figures.

    Publishing freezes it; an edition pins one published version. Everything it says
    is a record that names its clause.
    """

    _name = "award.scheme"
    _description = "Award Scheme"
    _inherit = ["award.frozen", "award.bilingual", "award.lifecycle"]
    _order = "code, version desc"

    state = state_field("award.scheme")
    code = fields.Char(required=True)
    version = fields.Char(required=True)
    parent_id = fields.Many2one("award.scheme", "Layered On", index="btree_not_null")
    document_number = fields.Char()
    document_date = fields.Date()
    issued_by = fields.Char()
    valid_from = fields.Date()
    valid_to = fields.Date()
    timezone = fields.Char(required=True, default="Asia/Shanghai")
    content_hash = fields.Char(readonly=True, copy=False)
    clause_ids = fields.One2many("award.clause", "scheme_id")
    word_ids = fields.One2many("award.word", "scheme_id", "Words")
    body_ids = fields.One2many("award.body", "scheme_id")
    successor_ids = fields.One2many("award.body.successor", "scheme_id")
    adoption_ids = fields.One2many("award.adoption.rule", "scheme_id")
    title_ids = fields.One2many("award.title", "scheme_id", "Awards")
    class_ids = fields.One2many("award.class", "scheme_id")
    choice_ids = fields.One2many("award.class.choice", "scheme_id")
    quota_ids = fields.One2many("award.quota", "scheme_id")
    threshold_ids = fields.One2many("award.threshold", "scheme_id")
    stage_ids = fields.One2many("award.stage", "scheme_id")
    parameter_ids = fields.One2many("award.parameter", "scheme_id")
    requirement_ids = fields.One2many("award.requirement", "scheme_id")
    clock_rule_ids = fields.One2many("award.clock.rule", "scheme_id")
    obligation_ids = fields.One2many("award.obligation.rule", "scheme_id")
    ground_ids = fields.One2many("award.ground", "scheme_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _version_unique = models.UniqueIndex(
        "(company_id, code, version)", "The agency has this version of the scheme."
    )
    _frozen_owner = "id"
    _frozen_columns = (
        "code version parent_id document_number document_date issued_by valid_from "
        "valid_to timezone content_hash name_zh name_en company_id"
    ).split()

    def _scheme_of(self):
        return self

    def _citation(self, code):
        """How the scheme cites its clause `code`; the code itself when unknown."""
        clause = self.clause_ids.filtered(lambda c: c.code == code)[:1]
        return clause.display_name or code

    def _parameter(self, code, *, award_class=None, stage=None):
        """The parameter record that applies, the most particular one, or none.

        :param code: key of `rules.parameters.CATALOG`
        """
        if code not in parameters.CATALOG:
            raise KeyError(code)  # a misspelt code is an error, not "silent"
        found = self.parameter_ids.filtered(
            lambda p: (
                p.code == code
                and (not p.class_id or p.class_id == award_class)
                and (not p.stage_id or p.stage_id == stage)
            )
        )
        best = found.sorted(lambda p: (bool(p.class_id), bool(p.stage_id)))[-1:]
        # The clauses of all parameters are fetched with the first that is asked for.
        return best.with_prefetch(self.parameter_ids._prefetch_ids)

    def _value(self, code, *, award_class=None, stage=None):
        """Value of a parameter in Python, None where the scheme is silent."""
        found = self._parameter(code, award_class=award_class, stage=stage)
        return json.loads(found.value) if found else None

    def _clause_of(self, code, *, award_class=None, stage=None):
        """Code of the clause behind a parameter, None where there is none."""
        found = self._parameter(code, award_class=award_class, stage=stage)
        return found.clause_id.code or None
