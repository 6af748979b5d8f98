"""Whether the quotas and thresholds of a scheme can be kept."""

from .scheme_facts import SCORED_IN
from .scheme_format import Problem
from .scheme_sections import SUBJECTS

#: Beginnings of a tag -> the words that may follow, None for any.
TAGS = {"size": None, "subject": SUBJECTS.split("|"), "choice": None}


def _quotas(scheme):
    """A quota says something that can be true."""
    found = []
    choices = {row["code"] for row in scheme.data["choices"]}
    for row, path in scheme.rows("quotas"):
        low, high = row.get("min"), row.get("max")
        values = {"code": row["code"], "low": low, "high": high}
        if low is None and high is None:
            found.append(Problem("quota_empty", path, values))
        if low is not None and high is not None and low > high:
            found.append(Problem("quota_reversed", path, values))
        if row.get("tag") and not _is_tag(row["tag"], choices):
            values = {"code": row["code"], "tag": row["tag"]}
            found.append(Problem("tag_unknown", f"{path}.tag", values))
    return found


def _is_tag(tag, choices):
    kind, _colon, word = tag.partition(":")
    if kind not in TAGS or not word:
        return False
    allowed = choices if kind == "choice" else TAGS[kind]
    return allowed is None or word in allowed


def _pools(scheme):
    """What must be in a pool finds a place there."""
    found = []
    rows = list(scheme.rows("quotas"))
    for pool, path in rows:
        if not pool.get("max") or pool.get("tag") or pool["per"] != "edition":
            continue
        within = [
            row
            for row, _path in rows
            if row is not pool
            and row.get("min")
            and not row.get("outside")
            and (row["counts"], row["per"]) == (pool["counts"], "edition")
            and set(scheme.classes_of(row)) <= set(scheme.classes_of(pool))
        ]
        most = max((_least(scheme, of) for of in _by_tag(within)), default=0)
        if most > pool["max"]:
            values = {"code": pool["code"], "sum": most, "high": pool["max"]}
            found.append(Problem("quota_sum", f"{path}.max", values))
    return found


def _by_tag(rows):
    """Quotas by what they tell apart: those of one group exclude each other."""
    groups = {}
    for row in rows:
        groups.setdefault((row.get("tag") or "").partition(":")[0], []).append(row)
    return groups.values()


def _least(scheme, rows):
    """What the minimums of a group come to, each class and tag counted once."""
    total, seen = 0, set()
    for row in sorted(rows, key=lambda row: -row["min"]):
        cells = {(c, row.get("tag")) for c in scheme.classes_of(row)}
        if not cells & seen:
            total += row["min"]
            seen |= cells
    return total


def _twice(scheme):
    """The places of one class are limited once."""
    found = []
    for row, path in scheme.rows("quotas"):
        if row["counts"] != "awards" or row["per"] != "edition" or row.get("tag"):
            continue
        classes = scheme.classes_of(row)
        said = scheme.value("quota_max", classes[0]) if len(classes) == 1 else None
        if row.get("max") and said is not None and said != row["max"]:
            values = {"code": row["code"], "high": row["max"], "said": said}
            found.append(Problem("quota_twice", f"{path}.max", values))
    return found


def _thresholds(scheme):
    """A threshold can be reached, in a score that its classes are given in time."""
    found = []
    for row, path in scheme.rows("thresholds"):
        for award_class in scheme.classes_of(row):
            problem = _threshold(scheme, row, path, award_class)
            if problem:
                found.append(problem)
                break  # one class is enough to see it
    return found


def _threshold(scheme, row, path, award_class):
    criteria = scheme.criteria_of(award_class)
    kind, values = SCORED_IN[row["score"]], {"code": row["code"], "class": award_class}
    if kind not in scheme.kinds_of(award_class):
        values["kind"] = kind
        return Problem("limit_without_stage", f"{path}.score", values)
    if row["at"] == "shortlist" and row["score"] != "document":
        return Problem("limit_too_early", f"{path}.at", values)
    if criteria is None:
        return None
    highest = criteria["total"]
    if row["score"] == "public":
        highest = scheme.value("public_evaluation_max", award_class) or highest
    if not highest:
        return Problem("limit_without_points", path, values)
    if row.get("block"):
        return _block(row, path, criteria, values)
    if row["min"] > highest:
        values |= {"threshold": row["min"], "total": highest}
        return Problem("limit_above_total", f"{path}.min", values)
    return None


def _block(row, path, criteria, values):
    points = {
        item["number"]: item["points"]
        for item in criteria["items"]
        if item["kind"] == "category"
    }
    values["block"] = row["block"]
    if row["block"] not in points:
        return Problem("block_unknown", f"{path}.block", values)
    if row["min"] > points[row["block"]]:
        values |= {"threshold": row["min"], "total": points[row["block"]]}
        return Problem("limit_above_block", f"{path}.min", values)
    return None


CHECKS = (_quotas, _pools, _twice, _thresholds)
