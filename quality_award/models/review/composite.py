from functools import partial

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ...rules import composite as composite_rules
from ...rules import scoring
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from . import composite_sql, seal

#: Kind of stage at which the cases stand that a phase ranks.
_STAGE_KIND = {"document": "document_review", "final": "composite"}
#: Columns of a line that the ranking gives.
_STORED = (
    "application_id panel_id document site defence public score_exact score_text rank "
    "is_tied meets_threshold"
).split()
_EVENTS = {"site_end", "last_scoring_end"}


class AwardComposite(models.Model):
    """The composite evaluation of an edition: every case, its exact score, its rank.

    Phase `document` ranks the cases in document review by their consensus; phase
    `final` weighs documents, site visit, defence and public evaluation as the scheme
    says for the class. Where the scheme says so each panel ranks its own cases.
    """

    _name = "award.composite"
    _description = "Composite Evaluation"
    _inherit = ["award.visible", "award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "edition_id"

    _edited_by = frozenset({"office"})

    state = state_field("award.composite")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one("award.class", required=True, ondelete="restrict")
    phase = fields.Selection(
        [("document", "Document Review"), ("final", "Whole")],
        required=True,
        default="final",
    )
    line_ids = fields.One2many("award.composite.line", "composite_id", readonly=True)
    line_count = fields.Integer("Cases", compute="_compute_line_count")
    computed_at = fields.Datetime(readonly=True, copy=False)
    frozen_at = fields.Datetime(readonly=True, copy=False)
    content_hash = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(edition_id, class_id, phase)",
        "There already is a composite evaluation of this kind.",
    )
    _sealed = models.Constraint(
        "CHECK (phase IS NOT NULL)", "The composite evaluation is frozen."
    )

    def init(self):
        super().init()
        fixed = ("edition_id", "class_id", "phase", "frozen_at", "content_hash")
        seal.seal_head(self.env.cr, self._table, fixed, "frozen")

    def _scheme_of(self):
        return self.edition_id.scheme_id

    def _neutral_word(self):
        return self.env._("Composite Evaluation")

    def _open_to_me_sql(self):
        """The committee sees what is frozen."""
        if "committee" not in self._my_group_roles():
            return []
        return [SQL("SELECT id FROM award_composite WHERE state = 'frozen'")]

    def _compute_line_count(self):
        found = self.env["award.composite.line"]._read_group(
            [("composite_id", "in", self.ids)], ["composite_id"], ["__count"]
        )
        counts = {composite.id: count for composite, count in found}
        for composite in self:
            composite.line_count = counts.get(composite.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        taken = {"computed_at", "frozen_at", "content_hash"}
        return super().create(
            [
                {name: value for name, value in vals.items() if name not in taken}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """What is ranked is fixed when the record is made."""
        if not self.env.su and vals:
            self.check_access("write")  # strangers learn nothing of the rules
            shown = {"fields": ", ".join(sorted(vals))}
            self._refuse(Refusal("not_editable", values=shown))
        return super().write(vals)

    # -- buttons --------------------------------------------------------------
    def action_compute(self):
        """Compute scores and ranks of all cases that stand at the stage, anew."""
        self.check_access("write")
        for composite in self:
            if composite.state == "frozen":
                composite._refuse(Refusal("composite_frozen"))
            if composite.class_id.graded == "rating":
                clause = composite.class_id.clause_id.code or None
                composite._refuse(Refusal("class_without_points", clause))
            composite._store_lines()
        self.sudo().write({"computed_at": fields.Datetime.now()})  # sudo: of the act
        return self

    def action_freeze(self):
        """Fix the ranking; it changes no more."""
        for composite in self:
            sealed = {
                "content_hash": composite._hash_of(composite._stored_rows()),
                "frozen_at": fields.Datetime.now(),
            }
            composite._apply_move("freeze", values=sealed)
        return self

    def _after_freeze(self):
        """The time limit for the composite evaluation has been kept."""
        Clock = self.env["award.clock"]
        for composite in self.filtered(lambda c: c.phase == "final"):
            rules = composite._scheme_of().clock_rule_ids
            for rule in rules.filtered(lambda r: r.start_event in _EVENTS):
                Clock._stop(composite.edition_id, rule.code)
        self.env.invalidate_all()  # the committee sees it now

    # -- computing ------------------------------------------------------------
    def _terms(self):
        """What the scheme says for this phase and class.

        :return: `rules.composite.Terms`
        :raise AwardRefusal: `composite_weights`
        """
        scheme = self._scheme_of()
        # What carries a hash is frozen, its criteria too.
        read = self._published_terms if scheme.content_hash else self._read_terms
        total = self.edition_id._criteria_of(self.class_id).total
        return read(scheme, self.class_id, self.phase, total)

    @tools.ormcache(
        "scheme.id", "scheme.content_hash", "award_class.id", "phase", "total"
    )
    def _published_terms(self, scheme, award_class, phase, total):
        return self._read_terms(scheme, award_class, phase, total)

    def _read_terms(self, scheme, award_class, phase, total):
        says = partial(scheme._says, award_class=award_class)
        tie_rule = says("tie_rule", _STAGE_KIND[phase])
        terms = composite_rules.Terms(
            weights={"document": scoring.WHOLE},
            results_break_ties=tie_rule == "results_then_committee",
            threshold=says("threshold", "composite"),
            panels_apart=says("panel_ranking", _STAGE_KIND[self.phase]) == "per_panel",
        )
        if phase == "document":
            return terms
        weights = {
            part: weight
            for part in composite_rules.PARTS
            if (weight := says(f"weight_{part}", "composite")) is not None
        }
        which = says("threshold_score", "composite")
        terms = terms._replace(
            weights=weights or None,
            missing=says("missing_stage", "composite") or "refuse",
            combiner=says("defence_combiner", "defence") or "mean",
            scale=composite_rules.scale_of(
                says("defence_max", "defence"), total
            ),
            threshold_part=which if which in {"document", "site"} else None,
            public_combiner=says("public_evaluation_combiner", "public_evaluation")
            or "mean",
            public_scale=composite_rules.scale_of(
                says("public_evaluation_max", "public_evaluation"), total
            ),
        )
        self._check_weights(terms)
        return terms

    def _check_weights(self, terms):
        try:
            composite_rules.check_weights(terms)
        except scoring.ScoreError:
            _value, clause = self._scheme_of()._figure(
                "weight_document", "composite", self.class_id
            )
            self._refuse(Refusal("composite_weights", clause))

    def _ranking(self):
        """The statement that scores and ranks the cases of this evaluation."""
        self.ensure_one()
        terms = self._terms()
        self.env.flush_all()  # the scores are read by SQL
        final = self.phase == "final"
        return composite_sql.ranking(
            composite_sql.cases_at(self, _STAGE_KIND[self.phase]),
            composite_sql.judged_points(self) if final else composite_sql.no_points(),
            composite_sql.asked_points(self) if final else composite_sql.no_points(),
            composite_sql.result_points(),
            terms,
        )

    def _compute_lines(self):
        """Scores and ranks of the cases, nothing stored.

        :return: (rows in order of rank, ids of applications that lack a part);
            a row is a dict of the columns of `award.composite.line`
        :raise AwardRefusal: `composite_weights`
        """
        rows = self.env.execute_query_dict(self._ranking())
        scored = [row for row in rows if row["score_exact"] is not None]
        return scored, [row["application_id"] for row in rows[len(scored) :]]

    def _store_lines(self):
        """Replace the lines, with two statements however many there are."""
        ranking = self._ranking()
        columns = SQL(", ").join(map(SQL.identifier, _STORED))
        cr = self.env.cr
        cr.execute(
            SQL("DELETE FROM award_composite_line WHERE composite_id = %s", self.id)
        )
        cr.execute(
            SQL(
                """INSERT INTO award_composite_line
                          (composite_id, company_id, create_uid, create_date, %s)
                   SELECT %s, %s, %s, %s, %s FROM (%s) AS ranking
                    WHERE score_exact IS NOT NULL""",
                columns,
                self.id,
                self.company_id.id,
                self.env.uid,
                fields.Datetime.now(),
                columns,
                ranking,
            )
        )
        self.invalidate_recordset(["line_ids", "line_count"])
        self.env["award.composite.line"].invalidate_model()

    # -- freezing -------------------------------------------------------------
    _HASHED = (
        "application_id document site defence public score_exact rank is_tied "
        "meets_threshold"
    ).split()

    def _stored_rows(self):
        self.env["award.composite.line"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM award_composite_line WHERE composite_id = %s",
                SQL(", ").join(map(SQL.identifier, self._HASHED)),
                self.id,
            )
        )

    def _hash_of(self, rows):
        head = ["composite", self.edition_id.id, self.class_id.code, self.phase]
        return scoring.sheet_hash(
            [head, *([row[name] for name in self._HASHED] for row in rows)]
        )

    def _guard_inputs_complete(self):
        """All parts are there, and nothing has changed since the computation."""
        rows, lacking = self._compute_lines()
        if lacking:
            shown = {"count": len(lacking), "case": f"#{lacking[0]}"}
            return Refusal("composite_part_missing", values=shown)
        stored = self._stored_rows()
        if not rows or not stored:
            return Refusal("composite_empty")
        if self._hash_of(rows) != self._hash_of(stored):
            return Refusal("composite_stale")
        return None
