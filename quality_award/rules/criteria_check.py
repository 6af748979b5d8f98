"""Whether review criteria add up: points, tree, scales, bands, ratings."""

from .criteria_sections import CRITERIA_SECTIONS
from .scheme_format import Problem, duplicates

SCORED = {"process", "result"}
#: Passed or not passed, or not judged at all: without points.
UNSCORED = {"unscored", "indicator", "veto"}


def check_criteria(data, prefix=""):
    """Every contradiction in review criteria.

    :param data: complete dict of criteria (`scheme_format.read_criteria`)
    :param prefix: put before each path
    """
    found = []
    for name, section in CRITERIA_SECTIONS.items():
        found += duplicates(name, section, data[name])
    found += _points(data)
    found += tree(data)
    found += _scales(data)
    found += _ratings(data)
    return [problem._replace(path=prefix + problem.path) for problem in found]


def scale_of(data, item):
    """The scale on which an item is judged."""
    return item.get("scale") or data["scale"]


def _points(data):
    found = []
    scored = [row for row in data["items"] if row["kind"] in SCORED]
    total, below = sum(row["points"] for row in scored), _below(data)
    if total != data["total"]:
        values = {"sum": total, "total": data["total"]}
        found.append(Problem("points_sum", "total", values))
    for index, row in enumerate(data["items"]):
        values = {"number": row["number"], "points": row["points"]}
        path = f"items[{index}].points"
        if row["kind"] in UNSCORED:
            if row["points"]:
                found.append(Problem("unscored_points", path, values))
            continue
        if row["points"] < 1 and data["total"]:
            found.append(Problem("points_zero", path, values))
        if row["kind"] == "category":
            if below[row["number"]] != row["points"]:
                values = {**values, "sum": below[row["number"]]}
                found.append(Problem("category_sum", path, values))
        elif _off_grid(data, row):
            found.append(Problem("points_off_grid", path, values))
    return found


def _below(data):
    """Points of the scored items below each number, at any depth."""
    above = {row["number"]: row.get("parent") for row in data["items"]}
    found = dict.fromkeys(above, 0)
    for row in data["items"]:
        seen, number = set(), row.get("parent")
        while row["kind"] in SCORED and number in found and number not in seen:
            seen.add(number)
            found[number] += row["points"]
            number = above[number]
    return found


def _off_grid(data, item):
    """Whether some step of an item is no whole hundredth of a point."""
    scale = scale_of(data, item)
    if scale == "percent":
        return item["points"] * data["step"] % 100
    if scale == "rating":
        return any(
            item["points"] * row["percent"] % 100
            for row in data["ratings"]
            if "percent" in row
        )
    # The step of criteria in percent says nothing about their items in points.
    return data["scale"] == "points" and data["step"] and item["points"] % data["step"]


def tree(data):
    """Parents are categories that stand before their items."""
    found, categories = [], set()
    above = {row["number"]: row.get("parent") for row in data["items"]}
    for index, row in enumerate(data["items"]):
        if row.get("parent") and row["parent"] not in categories:
            values = {"number": row["number"], "parent": row["parent"]}
            code = "parent_cycle" if _is_circular(row, above) else "unknown_parent"
            found.append(Problem(code, f"items[{index}].parent", values))
        if row["kind"] == "category":
            categories.add(row["number"])
    return found


def _is_circular(row, above):
    """Whether an item is above itself."""
    seen, number = set(), row["number"]
    while number and number not in seen:
        seen.add(number)
        number = above.get(number)
    return number == row["number"]


def _scales(data):
    """The step fits the scale, and the bands of percentages cover it."""
    scales = {scale_of(data, row) for row in data["items"] if row["kind"] in SCORED}
    step, values = data["step"], {"step": data["step"]}
    if data["scale"] == "points":
        return [] if step >= 1 else [Problem("bad_step_points", "step", values)]
    if "percent" not in scales:
        return []
    if not 1 <= step <= 100 or 100 % step:
        return [Problem("bad_step", "step", values)]
    found = []
    for kind in sorted(SCORED):
        if any(
            row["kind"] == kind and scale_of(data, row) == "percent"
            for row in data["items"]
        ):
            found += _bands(data, kind)
    return found


def _bands(data, kind):
    """The bands of a kind cover the grid from 0 to 100, each step once."""
    covered = []
    for row in sorted(
        (row for row in data["bands"] if row["kind"] == kind),
        key=lambda row: row["low"],
    ):
        covered += range(row["low"], min(row["high"], 101) + 1, data["step"])
    if covered == list(range(0, 101, data["step"])):
        return []
    return [Problem("bands_gap", "bands", {"kind": kind})]


def _ratings(data):
    """Items that are rated have ratings, which give points where there are points."""
    rated = [
        row
        for row in data["items"]
        if row["kind"] in SCORED and scale_of(data, row) == "rating"
    ]
    found = []
    if rated and not data["ratings"]:
        found.append(Problem("ratings_missing", "ratings"))
    for index, row in enumerate(data["ratings"]):
        percent, path = row.get("percent"), f"ratings[{index}].percent"
        values = {"code": row["code"], "percent": percent}
        if percent is None and any(item["points"] for item in rated):
            found.append(Problem("rating_without_percent", path, values))
        if percent is not None and percent > 100:
            found.append(Problem("rating_above", path, values))
    return found
