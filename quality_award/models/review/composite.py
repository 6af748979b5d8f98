import json
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import composite as composite_rules
from ...rules import scoring
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from . import seal
from .composite_inputs import read_defences, read_parts, read_results

#: Kind of stage at which the cases stand that a phase ranks.
_STAGE_KIND = {"document": "document_review", "final": "composite"}
#: Of one or two scores none can be dropped; they are averaged.
_COMBINERS = {
    **scoring.COMBINERS,
    "trimmed_mean": partial(scoring.trimmed_mean, trim_from=3),
}
_EVENTS = {"site_end", "last_scoring_end"}


class AwardComposite(models.Model):
    """The composite evaluation of an edition: every case, its exact score, its rank.

    Phase `document` ranks the cases in document review by their consensus; phase
    `final` weighs documents, site visit and defence as the scheme says.
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
            rows, _lacking = composite._compute_lines()
            composite._store_lines(rows)
        # sudo: a note of the act, not of a person
        self.sudo().write({"computed_at": fields.Datetime.now()})
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
    def _compute_lines(self):
        """Scores and ranks of the cases, in a number of queries that never grows.

        :return: (rows in order of rank, ids of applications that lack a part);
            a row is a dict of the columns of `award.composite.line`
        :raise AwardRefusal: `composite_weights`
        """
        self.ensure_one()
        self.env.flush_all()  # the scores are read by SQL
        kind = _STAGE_KIND[self.phase]
        found = read_parts(self, kind)
        parts = {row[0]: (row[2], row[3], None) for row in found}
        if self.phase == "document":
            result = composite_rules.evaluate(
                {key: (values[0], None, None) for key, values in parts.items()}
            )
        else:
            self._add_defences(parts)
            result = self._weigh(parts)
        scores = result.scores
        ranked = self._rank(scores, kind)
        panels = {row[0]: row[1] for row in found}
        meets = self._threshold_test(parts, scores)
        rows = [
            self._row(place, key, tied, panels[key], parts[key], scores[key], meets)
            for place, key, tied in ranked
        ]
        return rows, result.lacking

    def _add_defences(self, parts):
        """Put the defences, combined and brought to the scale of the whole, in."""
        scheme = self._scheme_of()
        combiner = scheme._says("defence_combiner", "defence", self.class_id)
        highest = scheme._says("defence_max", "defence", self.class_id)
        combine = _COMBINERS[combiner or "mean"]
        whole = self.class_id.criteria_id.total
        for key, points in read_defences(self):
            if key in parts:
                score = composite_rules.to_scale(combine(points), highest, whole)
                parts[key] = (*parts[key][:2], score)

    def _weigh(self, parts):
        scheme = self._scheme_of()
        weights = {
            part: scheme._says(f"weight_{part}", "composite", self.class_id)
            for part in composite_rules.PARTS
        }
        missing = scheme._says("missing_stage", "composite", self.class_id)
        named = {part: weight for part, weight in weights.items() if weight is not None}
        try:
            return composite_rules.evaluate(parts, named or None, missing or "refuse")
        except scoring.ScoreError:
            _value, clause = scheme._figure(
                "weight_document", "composite", self.class_id
            )
            self._refuse(Refusal("composite_weights", clause))

    def _rank(self, scores, kind):
        """Ranks; ties are broken as the scheme says, the others stay visible."""
        rule = self._scheme_of()._says("tie_rule", kind, self.class_id)
        if rule != "results_then_committee":
            return composite_rules.rank(scores)

        def by_results(tied):
            results = read_results(self, tied)
            return {key: (results.get(key),) for key in tied}

        return composite_rules.rank(scores, by_results)

    def _threshold_test(self, parts, scores):
        """Function of a case: does it reach the threshold (without rounding)?"""
        scheme = self._scheme_of()
        threshold = scheme._says("threshold", "composite", self.class_id)
        which = scheme._says("threshold_score", "composite", self.class_id)
        if threshold is None:
            return lambda key: True
        if self.phase == "final" and which in {"document", "site"}:
            place = composite_rules.PARTS.index(which)
            return lambda key: (
                parts[key][place] is not None and parts[key][place] >= threshold
            )
        return lambda key: scores[key] >= threshold

    @staticmethod
    def _row(place, key, tied, panel, parts, score, meets):
        document, site, defence = parts
        return {
            "application_id": key,
            "panel_id": panel,
            "document": None if document is None else str(document),
            "site": None if site is None else str(site),
            "defence": None if defence is None else str(defence),
            "score_exact": str(score),
            "score_text": composite_rules.to_text(score),
            "rank": place,
            "is_tied": tied,
            "meets_threshold": meets(key),
        }

    def _store_lines(self, rows):
        """Replace the lines, with two statements however many there are."""
        self.env["award.composite.line"].flush_model()
        cr = self.env.cr
        cr.execute(
            SQL("DELETE FROM award_composite_line WHERE composite_id = %s", self.id)
        )
        names = (
            "application_id",
            "panel_id",
            "document",
            "site",
            "defence",
            "score_exact",
            "score_text",
            "rank",
            "is_tied",
            "meets_threshold",
        )
        columns = SQL(", ").join(map(SQL.identifier, names))
        cr.execute(
            SQL(
                """INSERT INTO award_composite_line
                          (composite_id, company_id, create_uid, create_date, %s)
                   SELECT %s, %s, %s, %s, %s FROM json_populate_recordset(
                          NULL::award_composite_line, %s)""",
                columns,
                self.id,
                self.company_id.id,
                self.env.uid,
                fields.Datetime.now(),
                columns,
                json.dumps(rows),
            )
        )
        self.invalidate_recordset(["line_ids", "line_count"])
        self.env["award.composite.line"].invalidate_model()

    # -- freezing -------------------------------------------------------------
    _HASHED = (
        "application_id document site defence score_exact rank is_tied meets_threshold"
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
