from odoo import api, fields, models

from ...rules import scales, scoring, survey
from ...rules.refusal import Refusal
from .criterion import ANSWER, SCALES, VERDICTS

ANSWERS = frozenset(ANSWER.values())


class AwardScoredLine(models.AbstractModel):
    """The answer on one item, on its scale, with exact points.

    The model that takes this over names in `_free_fields` what people may write, and
    says in `_refuse_if_sealed` when nobody may any more.
    """

    _name = "award.scored.line"
    _description = "Score of an Item"

    _free_fields = frozenset()

    criterion_id = fields.Many2one(
        "award.criterion", required=True, readonly=True, ondelete="restrict", index=True
    )
    criteria_id = fields.Many2one(related="criterion_id.criteria_id")
    scale = fields.Selection(SCALES, compute="_compute_scale")
    percent = fields.Integer("Score (%)", aggregator=None)
    given = fields.Integer("Points Given (hundredths)", aggregator=None)
    given_text = fields.Char(
        "Points Given", compute="_compute_points_text", inverse="_inverse_given_text"
    )
    rating_id = fields.Many2one(
        "award.rating",
        domain="[('criteria_id', '=', criteria_id)]",
        ondelete="restrict",
        index="btree_not_null",
    )
    verdict = fields.Selection(VERDICTS)
    is_scored = fields.Boolean(
        "Scored", help="0 % is a score; an untouched line is not."
    )
    points = fields.Integer(
        "Points (hundredths)", compute="_compute_points", store=True, aggregator=None
    )
    points_text = fields.Char("Points", compute="_compute_points_text")
    value_text = fields.Char("Out of", compute="_compute_points_text")
    item_kind = fields.Selection(related="criterion_id.kind")

    @api.depends("criterion_id")
    def _compute_scale(self):
        for line in self:
            line.scale = line.criterion_id._scale_name()

    @api.depends(*ANSWERS, "is_scored", "criterion_id")
    def _compute_points(self):
        for line in self:
            item = line.criterion_id._as_item()
            if percent := line._earlier_percent():
                line.points = scoring.item_points(item.points, percent)
                continue
            level = line._level()
            fits = level is not None and scales.problem(item, level) is None
            line.points = scales.points(item, level) if fits else 0

    @api.depends("points", "is_scored", "given")
    def _compute_points_text(self):
        for line in self:
            whole = line.criterion_id.points
            line.points_text = (
                scoring.to_text(line.points) if line.is_scored and whole else ""
            )
            line.value_text = scoring.to_text(whole) if whole else ""
            given = line.given or line._earlier_points() or 0
            line.given_text = scoring.to_text(given) if line.is_scored else ""

    def _inverse_given_text(self):
        for line in self:
            text = (line.given_text or "").strip()
            points = survey.read_points(text)
            if text and points is None:
                shown = {"text": text}
                line._head()._refuse(Refusal("score_not_a_number", values=shown))
            line.write({"given": points} if text else {"is_scored": False})

    def write(self, vals):
        """Refuse what is off the scale at once; an answer makes a line scored."""
        vals = dict(vals)
        if not self.env.su:
            self._check_free(set(vals))
        self._refuse_if_sealed()
        if names := ANSWERS & vals.keys():
            self._check_answers({name: vals[name] for name in names})
            for asked, lines in self.grouped(AwardScoredLine._asked_field).items():
                super(AwardScoredLine, lines).write(lines._with_answer(vals, asked))
            return True
        return super().write(vals)

    def _asked_field(self):
        """The field that the answer on the item stands in."""
        return ANSWER.get(self.criterion_id._scale_name())

    @staticmethod
    def _with_answer(vals, asked):
        """`vals` with what they make of a line that is asked for one field.

        Only that field tells whether there is an answer: a form sends blanks of the
        other scales along. Nothing chosen is False or None; 0 is an answer, and takes
        the place of a percentage from before the item had a scale of its own.
        """
        if asked not in vals:
            return vals
        given = vals[asked] is not False and vals[asked] is not None
        earlier = {} if asked == "percent" else {"percent": 0}
        return {**vals, **earlier, "is_scored": given}

    def _check_answers(self, values):
        """Each answer is on the scale of its item, and of no other scale."""
        for criterion in self.criterion_id:
            clause = self._clause()
            asked = ANSWER.get(criterion._scale_name())
            for name, value in values.items():
                blank = value is False and name in {"rating_id", "verdict"}
                if blank or (name != asked and not value):
                    continue
                if name != asked:
                    self._head()._refuse(self._other_scale(criterion, clause))
                if refusal := criterion._off_scale(value, clause):
                    self._head()._refuse(refusal)

    def _other_scale(self, criterion, clause):
        labels = dict(self._fields["scale"]._description_selection(self.env))
        shown = {
            "item": criterion.number,
            "scale": labels[criterion._scale_name()],
        }
        return Refusal("other_scale", clause, shown)

    def _level(self):
        """The answer as a whole number on the scale of the item, None without one."""
        name = self.criterion_id._scale_name()
        if not self.is_scored:
            return None
        if name == "rating":
            return self.rating_id.worse_count if self.rating_id else None
        if name == "passed":
            return {"passed": 1, "failed": 0}.get(self.verdict)
        return self._earlier_points() or self[ANSWER[name]]

    def _earlier_percent(self):
        """The percentage of a line from before its item had a scale of its own, or 0.

        Version 0.1.0 asked for percentages only. Its points stand; on a scale of
        points they are the level, while a rating is never guessed from them.
        """
        scale = self.criterion_id._scale_name()
        own = {"points": self.given, "rating": self.rating_id.id}
        earlier = self.is_scored and scale in own and not own[scale]
        return self.percent if earlier else 0

    def _earlier_points(self):
        """The level, on a scale of points, that such a percentage stands for, or 0."""
        percent = self._earlier_percent()
        if not percent or self.criterion_id._scale_name() != "points":
            return 0
        return scoring.item_points(self.criterion_id.points, percent)

    def _stored_answer(self):
        """The values that say the same answer on another line of the item."""
        said = {name: self[name] for name in ("percent", "given", "verdict")}
        return {**said, "rating_id": self.rating_id.id, "is_scored": self.is_scored}

    def _hashed_answer(self):
        """The answer as it goes into a seal."""
        name = self.criterion_id._scale_name()
        if earlier := self._earlier_percent():
            return earlier
        if name == "rating":
            return self.rating_id.code or ""
        return self.percent if name == "percent" else self[ANSWER[name]] or ""

    def _summary(self):
        """The sum of the points; where no item has any, how often each rating."""
        if not self or any(self.criterion_id.mapped("points")):
            return scoring.to_text(sum(self.mapped("points")))
        rated = self.filtered("is_scored").grouped("rating_id")
        return " · ".join(
            f"{rating.display_name} {len(rated[rating])}"
            for rating in self.criterion_id.criteria_id.rating_ids.sorted()
            if rating in rated
        )

    def _check_free(self, names):
        if locked := names - self._free_fields:
            self.check_access("write")  # strangers learn nothing of the rules
            shown = {"fields": ", ".join(sorted(locked))}
            self._head()._refuse(Refusal("not_editable", values=shown))

    def _clause(self):
        """Code of the clause of the stage at which these scores are given."""
        head = self._head()[:1]
        kind = head._scored_at()
        stages = head._scheme_of().stage_ids.filtered(lambda stage: stage.kind == kind)
        return stages[:1].clause_id.code or None

    def _head(self):
        """The record that the lines belong to, with a lifecycle."""
        raise NotImplementedError

    def _refuse_if_sealed(self):
        raise NotImplementedError

    def _incomplete(self):
        """The lines without an answer, in order."""
        return self.filtered(lambda line: line._level() is None)

    def _first_off_grid(self):
        """Refusal of the first line whose answer is not on its scale, or None."""
        for line in self:
            answer = line[ANSWER[line.criterion_id._scale_name()]]
            value = answer.id if isinstance(answer, models.Model) else answer
            refusal = line.criterion_id._off_scale(value)
            if refusal:
                return line.criterion_id._off_scale(value, line._clause())
        return None

    def _failed_vetoes(self):
        """The lines of items that must be passed and were not."""
        return self.filtered(
            lambda line: line.item_kind == "veto" and line.verdict == "failed"
        )
