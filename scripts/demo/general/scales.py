"""Answers on score sheets, whatever the scale of an item is."""

from dataclasses import dataclass

from scripts.demo.general.run import CannotRun

#: Names that a place for an answer may have on a line, by kind of answer.
PLACES = {
    "points": ("given_points", "points_given", "given"),
    "pass": ("is_passed", "passed", "is_met", "met", "result", "outcome"),
}
PASSED = ("pass", "passed", "met", "yes")


@dataclass
class Sheet:
    """What the lines of a model offer, and the criteria that they are about.

    :param model: a model of lines of scores
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
        if item["kind"] in {"indicator", "veto"}:
            return self._pass()
        scale = item["scale"] or head["scale"]
        if scale == "rating" and (name := self._rating()):
            return {name: self._best(item["criteria_id"], level)}
        if scale == "points" and (name := self._place("points")):
            step = head["step"] or 1
            return {name: item["points"] * level // 100 // step * step}
        if "percent" not in self.fields:
            raise CannotRun(f"{self.model} has no place for an answer ({scale}).")
        # Without a place of its own every scale is one of percentages.
        step = head["step"] or 5
        return {"percent": max(min(step * ((level + step // 2) // step), 100), 0)}

    def _pass(self):
        name = self._place("pass")
        if not name:
            raise CannotRun(f"{self.model} has no place for pass or fail.")
        if self.fields[name]["type"] == "boolean":
            return {name: True}
        words = [key for key, _label in self.fields[name]["selection"]]
        return {name: next((word for word in PASSED if word in words), words[0])}

    def _place(self, kind):
        return next((
            name for name in PLACES[kind]
            if name in self.fields and not self.fields[name]["readonly"]), None)

    def _rating(self):
        return next((
            name for name, field in self.fields.items()
            if field.get("relation") == "award.rating" and not field["readonly"]), None)

    def _best(self, criteria, level):
        """The rating for a percentage: the best first, the worst last."""
        found = self.ratings[criteria]
        return found[min((100 - level) * len(found) // 100, len(found) - 1)]


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
            "type", "relation", "readonly", "selection"]),
        items={row["id"]: row for row in items},
        criteria={row["id"]: row for row in me.read("award.criteria", heads, [
            "scale", "step"])},
        ratings=by_head,
    )
