from odoo import api, fields, models

from ...rules import scales, scoring
from ...rules.refusal import Refusal

#: Scale -> field of a line that holds the answer.
ANSWER = {
    "percent": "percent",
    "points": "given",
    "rating": "rating_id",
    "passed": "verdict",
}
VERDICTS = [("passed", "Passed"), ("failed", "Not Passed")]
SCALES = [
    ("percent", "Percentages in Bands"),
    ("points", "Points"),
    ("rating", "Ratings"),
    ("passed", "Passed or Not"),
]


class AwardCriteria(models.Model):
    _inherit = "award.criteria"

    def _judged_items(self):
        """What an expert is asked: the scored leaves, indicators and vetoes."""
        return self.criterion_ids.filtered(lambda item: item.kind in scales.JUDGED)


class AwardCriterion(models.Model):
    _inherit = "award.criterion"

    def _scale_name(self):
        """Scale on which the item is judged: a key of `ANSWER`, None: not asked."""
        return scales.scale_of(self.kind, self.scale, self.criteria_id.scale)

    def _scale(self):
        """The percentages that may be chosen for this item, by the bands of its kind.

        The step of criteria in points is none of percentages.
        """
        criteria = self.criteria_id
        bands = criteria.band_ids.filtered(lambda band: band.kind == self.kind)
        pairs = sorted((band.low, band.high) for band in bands)
        step = 1 if criteria.scale == "points" else criteria.step
        return scoring.Scale(tuple(pairs) or ((0, 100),), step)

    def _ratings(self):
        """The ratings of the item, the worst first."""
        return self.criteria_id.rating_ids.sorted()[::-1]

    def _as_item(self):
        """The item as `rules.scales` reads it."""
        name = self._scale_name()
        criteria = self.criteria_id
        return scales.Item(
            scale=name,
            points=self.points,
            grid=self._scale() if name == "percent" else None,
            step=criteria.step if criteria.scale == "points" else 1,
            ratings=tuple(
                rating.percent if rating.is_scored else None
                for rating in self._ratings()
            )
            if name == "rating"
            else (),
        )

    def _off_grid(self, percent, clause=None):
        """Refusal of a percentage that is not on the scale of this item, or None.

        :param percent: the value as it came in, of any type
        :param clause: code of the clause under which the item is scored
        """
        if scales.problem(self._as_item(), percent) is None:
            return None
        shown = {
            "percent": percent,
            "item": self.number,
            "step": self._scale().step,
        }
        return Refusal("off_grid", clause, shown)

    def _off_scale(self, value, clause=None):
        """Refusal of an answer that is not on the scale of this item, or None.

        :param value: of the field in `ANSWER`, as it came in
        :param clause: code of the clause under which the item is judged
        """
        name = self._scale_name()
        if name == "percent":
            return self._off_grid(value, clause)
        if name == "points":
            return self._off_points(value, clause)
        if name == "rating" and value not in self._ratings().ids:
            shown = {
                "item": self.number,
                "ratings": ", ".join(self._ratings()[::-1].mapped("display_name")),
            }
            return Refusal("off_ratings", clause, shown)
        return None

    def _off_points(self, value, clause):
        item = self._as_item()
        code = scales.problem(item, value)
        if code is None:
            return None
        shown = {
            "points": value if code == "not_a_number" else scoring.to_text(value),
            "item": self.number,
            "highest": scoring.to_text(item.points),
            "step": scoring.to_text(item.step),
        }
        return Refusal("off_points", clause, shown)

    def _level_text(self, level):
        """A level on the scale of the item, in words."""
        name = self._scale_name()
        if name == "percent":
            return f"{level} %"
        if name == "points":
            return scoring.to_text(level)
        if name == "rating":
            return self._ratings()[level : level + 1].display_name or ""
        line = self.env["award.scored.line"]
        labels = dict(line._fields["verdict"]._description_selection(self.env))
        return labels["passed" if level else "failed"]

    def _answer(self, level):
        """The values of a line that say a level."""
        name = self._scale_name()
        value = level
        if name == "rating":
            value = self._ratings()[level].id
        elif name == "passed":
            value = "passed" if level else "failed"
        return {ANSWER[name]: value, "is_scored": True}


class AwardRating(models.Model):
    _inherit = "award.rating"

    worse_count = fields.Integer(compute="_compute_worse_count")

    @api.depends("criteria_id.rating_ids.sequence")
    def _compute_worse_count(self):
        """How many ratings of the same criteria are worse: its place on the scale."""
        for rating in self:
            ratings = rating.criteria_id.rating_ids.sorted().ids[::-1]
            rating.worse_count = ratings.index(rating.id) if rating.id in ratings else 0
