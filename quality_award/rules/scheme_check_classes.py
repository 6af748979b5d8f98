"""Whether every class can be entered, judged and won, and what its winners owe."""

from .scheme_facts import Scheme
from .scheme_format import Problem

#: Requirements that count years.
IN_YEARS = {"years_registered", "years_operating", "years_working"}


def _requirements(scheme):
    """A requirement says what it asks for."""
    found = []
    for row, path in scheme.rows("requirements"):
        values = {"code": row["code"]}
        if row["kind"] in IN_YEARS and row["years"] < 1:
            found.append(Problem("years_missing", f"{path}.years", values))
        if row["kind"] == "rank" and not row.get("rank_max"):
            found.append(Problem("rank_missing", f"{path}.rank_max", values))
        if row["kind"] == "prior_award" and not row.get("prior"):
            found.append(Problem("prior_missing", f"{path}.prior", values))
    return found


def _alternatives(scheme):
    """Alternatives are two or more, and for the same classes."""
    groups, found = {}, []
    for row, path in scheme.rows("requirements"):
        if row.get("group"):
            groups.setdefault(row["group"], []).append((row, path))
    for name, rows in groups.items():
        row, path = rows[0]
        values = {"code": row["code"], "group": name}
        if len(rows) == 1:
            found.append(Problem("alternative_alone", f"{path}.group", values))
        elif len({tuple(scheme.classes_of(row)) for row, _path in rows}) > 1:
            found.append(Problem("alternative_classes", f"{path}.group", values))
    return found


def _winners(scheme: Scheme, code: str) -> set[str]:
    """The classes by which an award is won that a requirement names."""
    return {
        row["code"]
        for row in scheme.data["classes"]
        if code in {row["code"], row.get("award")}
    }


def _priors(scheme):
    """An award that must have been won before is given by some class."""
    found = []
    for row, path in scheme.rows("requirements"):
        prior = row.get("prior")
        if prior and not _winners(scheme, prior):
            values = {"code": row["code"], "prior": prior}
            found.append(Problem("prior_not_given", f"{path}.prior", values))
    return found + _circular_priors(scheme)


def _circular_priors(scheme):
    """Classes that can only be won by who has won them, or each other, before."""
    needs = [
        (_winners(scheme, row["prior"]), scheme.classes_of(row), path, row)
        for row, path in scheme.rows("requirements")
        if row.get("prior") and not row.get("group") and row["on_fail"] == "refuse"
    ]
    open_to, grown = set(), True
    while grown:
        grown = {
            award_class
            for award_class in scheme.classes
            if award_class not in open_to
            and all(
                not winners or winners & open_to
                for winners, classes, _path, _row in needs
                if award_class in classes
            )
        }
        open_to |= grown
    return [
        Problem("prior_circular", f"{path}.prior", {"code": row["code"]})
        for winners, classes, path, row in needs
        if winners and set(classes) - open_to and not winners & open_to
    ]


def _entries(scheme):
    """A class that is entered by transfer has a class to be transferred from."""
    found = []
    for row, path in scheme.rows("classes"):
        sources = [
            other
            for other in scheme.data["classes"]
            if other is not row
            and other["entry"] != "transfer"
            and other.get("award") == row.get("award")
        ]
        if row["entry"] != "open" and not sources:
            values = {"code": row["code"]}
            found.append(Problem("transfer_without_source", f"{path}.entry", values))
    return found


def _grading(scheme):
    """Points need criteria with points, ratings a scale of ratings."""
    found = []
    for row, path in scheme.rows("classes"):
        if not row.get("criteria"):
            values = {"code": row["code"]}
            found.append(Problem("criteria_missing", f"{path}.criteria", values))
            continue
        criteria = scheme.criteria_of(row["code"])
        values = {"code": row["code"], "criteria": criteria["code"]}
        if row["graded"] == "points" and not criteria["total"]:
            found.append(Problem("class_without_points", f"{path}.graded", values))
        if row["graded"] == "rating" and not criteria["ratings"]:
            found.append(Problem("class_without_ratings", f"{path}.graded", values))
    return found


def _awards(scheme):
    """Each award has a class by which it is won."""
    used = {row.get("award") for row in scheme.data["classes"]}
    return [
        Problem("award_without_class", path, {"code": row["code"]})
        for row, path in scheme.rows("awards")
        if row["code"] not in used
    ]


def _obligations(scheme):
    """What winners owe has a day, and where it follows the prize there is one."""
    found = []
    for row, path in scheme.rows("obligations"):
        values = {"code": row["code"]}
        due = row.get("due_month_day") or scheme.value("annual_report_due")
        if row["kind"] == "annual_report" and not due:
            found.append(
                Problem("obligation_without_day", f"{path}.due_month_day", values)
            )
        amounts = [
            scheme.value("prize_amount", code) for code in scheme.classes_of(row)
        ]
        if row["only_with_prize"] and not any(amounts):
            found.append(
                Problem("obligation_without_prize", f"{path}.only_with_prize", values)
            )
    return found


CHECKS = (
    _grading,
    _requirements,
    _alternatives,
    _priors,
    _entries,
    _awards,
    _obligations,
)
