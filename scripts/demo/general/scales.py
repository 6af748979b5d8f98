"""Answers on score sheets, whatever the scale of an item is."""

from dataclasses import dataclass

from scripts.demo.general.run import CannotRun

#: Scale of an item -> field of a line that holds the answer.
PLACES = {"percent": "percent", "points": "given", "rating": "rating_id",
          "passed": "verdict"}
#: Kinds of item that are passed or not, whatever the scale of the criteria.
PASSED = {"indicator", "veto"}


@dataclass
class Sheet:
    """What the lines of a model offer, and the criteria that they are about.

    :param model: a model of lines of scores
    :param ratings: criteria -> ratings, the best first
    """

    model: str
    fields: dict
    items: dict
    criteria: dict
    ratings: dict

    def answer(self, criterion, level):
        """Values of a line that give its item about `level` percent."""
        item = self.items[criterion]
        head = self.criteria[item["criteria_id"]]
        scale = item["scale"] or head["scale"]
        if item["kind"] in PASSED:
            scale = "passed"
        name = PLACES.get(scale)
        if name not in self.fields:
            # Lines that know percentages only take every answer as one.
            scale, name = "percent", "percent"
        if name not in self.fields:
            raise CannotRun(f"{self.model} has no place for an answer ({scale}).")
        return {name: getattr(self, f"_{scale}")(item, head, level)}

    def _percent(self, _item, head, level):
        step = head["step"] or 5
        return max(min(step * ((level + step // 2) // step), 100), 0)

    def _points(self, item, head, level):
        step = head["step"] or 1
        return item["points"] * level // 100 // step * step

    def _rating(self, item, _head, level):
        found = self.ratings[item["criteria_id"]]
        return found[min((100 - level) * len(found) // 100, len(found) - 1)]

    def _passed(self, _item, _head, _level):
        return "passed"


def of(me, model, line_criteria):
    """The `Sheet` for lines that are about some criteria, as `me` reads them.

    :param line_criteria: ids of award.criterion
    """
    items = me.read("award.criterion", list(line_criteria), [
        "criteria_id", "kind", "scale", "points"])
    heads = sorted({row["criteria_id"] for row in items})
    ratings = me.read("award.rating", [("criteria_id", "in", heads)], [
        "criteria_id", "sequence"], order="criteria_id, sequence, id")
    by_head = {}
    for row in ratings:
        by_head.setdefault(row["criteria_id"], []).append(row["id"])
    return Sheet(
        model=model,
        fields=me.call(model, "fields_get", None, attributes=[
            "type"]),
        items={row["id"]: row for row in items},
        criteria={row["id"]: row for row in me.read("award.criteria", heads, [
            "scale", "step"])},
        ratings=by_head,
    )
