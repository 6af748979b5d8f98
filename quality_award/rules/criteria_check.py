"""Whether review criteria add up: points, tree, grid of percentages, bands."""

from .scheme_format import CRITERIA_SECTIONS, Problem, duplicates

SCORED = {"process", "result"}


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
    if not 1 <= data["step"] <= 100 or 100 % data["step"]:
        found.append(Problem("bad_step", "step", {"step": data["step"]}))
    else:
        for kind in sorted({row["kind"] for row in data["items"]} & SCORED):
            found += _bands(data, kind)
    return [problem._replace(path=prefix + problem.path) for problem in found]


def _points(data):
    found = []
    scored = [row for row in data["items"] if row["kind"] in SCORED]
    total = sum(row["points"] for row in scored)
    if total != data["total"]:
        values = {"sum": total, "total": data["total"]}
        found.append(Problem("points_sum", "total", values))
    for index, row in enumerate(data["items"]):
        values = {"number": row["number"], "points": row["points"]}
        path = f"items[{index}].points"
        if row["kind"] == "unscored":
            if row["points"]:
                found.append(Problem("unscored_points", path, values))
            continue
        if row["points"] < 1:
            found.append(Problem("points_zero", path, values))
        if row["kind"] == "category":
            below = sum(r["points"] for r in scored if r.get("parent") == row["number"])
            if below != row["points"]:
                values = {**values, "sum": below}
                found.append(Problem("category_sum", path, values))
        elif row["points"] * data["step"] % 100:
            found.append(Problem("points_off_grid", path, values))
    return found


def tree(data):
    """Parents are categories that stand before their items."""
    found, categories = [], set()
    for index, row in enumerate(data["items"]):
        if row.get("parent") and row["parent"] not in categories:
            values = {"number": row["number"], "parent": row["parent"]}
            found.append(Problem("unknown_parent", f"items[{index}].parent", values))
        if row["kind"] == "category":
            categories.add(row["number"])
    return found


def _bands(data, kind):
    """The bands of a kind cover the grid from 0 to 100, each step once."""
    covered = []
    for row in sorted(
        (row for row in data["bands"] if row["kind"] == kind),
        key=lambda row: row["low"],
    ):
        covered += range(row["low"], row["high"] + 1, data["step"])
    if covered == list(range(0, 101, data["step"])):
        return []
    return [Problem("bands_gap", "bands", {"kind": kind})]
