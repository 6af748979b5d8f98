"""Whether the stages of each class can be passed in the order they have."""

from .scheme_facts import KINDS, WEIGHTS, lists_of
from .scheme_format import Problem

FULL_WEIGHT = 10_000  # ten-thousandths
#: Population of a public evaluation -> the list that names those people.
POPULATIONS = {"on_site": "shortlist", "recommended": "recommended"}
#: Kinds of stage in which somebody decides.
DECIDING = {"deliberation", "approval"}


def _order(scheme):
    """Each stage finds made what it needs, for each class that passes it."""
    found = {}
    for award_class in scheme.classes or [None]:
        stages, made = scheme.stages_of(award_class), set()
        all_made = {thing for row, _path in stages for thing in KINDS[row["kind"]][1]}
        for row, path in stages:
            needs, makes = KINDS[row["kind"]]
            for thing in needs:
                if thing not in made:
                    code = "stage_order" if thing in all_made else "stage_missing"
                    key = (path, code, row["code"], thing)
                    found.setdefault(key, []).append(award_class)
            made.update(makes)
    problems = []
    for (path, code, stage, thing), classes in found.items():
        values = {"code": stage, "needed": ", ".join(_makers(thing))}
        if len(classes) < len(scheme.classes):
            code, values = f"{code}_class", {**values, "classes": ", ".join(classes)}
        problems.append(Problem(code, f"{path}.kind", values))
    return sorted(problems, key=lambda problem: _place(problem.path))


def _place(path):
    return int(path.partition("[")[2].partition("]")[0])


def _makers(thing):
    return sorted(kind for kind, (_needs, makes) in KINDS.items() if thing in makes)


def _once(scheme):
    """Each class is applied for once, accepted once, and awarded at the end."""
    found = {}
    second = scheme.value("second_submission_stage")
    for award_class in scheme.classes or [None]:
        stages = [row for row, _path in scheme.stages_of(award_class)]
        kinds = [row["kind"] for row in stages if row["code"] != second]
        for kind in ("submission", "award"):
            if (number := kinds.count(kind)) != 1:
                values = {"kind": kind, "number": number}
                found["stage_once", kind, number] = Problem(
                    "stage_once", "stages", values
                )
        if "award" in kinds[:-1]:
            found["award_not_last"] = Problem("award_not_last", "stages")
        accepting = sum(row["accepts"] for row in stages)
        if accepting != 1:
            values = {"number": accepting}
            found["acceptance", accepting] = Problem("acceptance", "stages", values)
    return list(found.values())


def _second_submission(scheme):
    """The stage of the second submission is there."""
    return [
        Problem("second_submission_unknown", path, {"code": value})
        for path, value in scheme.each("second_submission_stage")
        if scheme.stage(value) is None
    ]


def _parallel(scheme):
    """What runs beside the next stage has a next stage."""
    stages = scheme.data["stages"]
    if not stages or not stages[-1].get("in_parallel"):
        return []
    path = f"stages[{len(stages) - 1}].in_parallel"
    return [Problem("parallel_last", path, {"code": stages[-1]["code"]})]


def _lists(scheme):
    """A notice shows a list that an earlier stage has adopted, for each class."""
    found = {}
    for award_class in scheme.classes:
        adopted = set()
        for row, path in scheme.stages_of(award_class):
            shown = row.get("of_list")
            if shown and row["kind"] != "notice":
                values = {"code": row["code"]}
                found[path] = Problem("of_list_no_notice", f"{path}.of_list", values)
            elif shown and shown not in adopted:
                values = {"code": row["code"], "list": shown}
                found[path] = Problem("notice_list_missing", f"{path}.of_list", values)
            adopted |= lists_of(row)
    return list(found.values())


def _bodies(scheme):
    """A handling body decides nothing, and is not there where it is forbidden."""
    found, forbidden = [], scheme.value("handling_body_forbidden")
    for row, path in scheme.rows("stages"):
        if scheme.roles.get(row.get("body")) != "handling":
            continue
        if row["kind"] in DECIDING:
            values = {"code": row["code"]}
            found.append(Problem("handling_decides", f"{path}.body", values))
    if forbidden:
        found += [
            Problem("handling_forbidden", f"{path}.{key}", {"code": row["code"]})
            for section, key in (("bodies", "role"), ("clock_rules", "owner_role"))
            for row, path in scheme.rows(section)
            if row.get(key) == "handling"
        ]
    return found


def _population(scheme):
    """The public evaluates people who are known by then."""
    found = {}
    for award_class in scheme.classes:
        adopted = set()
        for row, path in scheme.stages_of(award_class):
            if row["kind"] == "public_evaluation":
                population = scheme.value(
                    "public_evaluation_population", award_class, row["code"]
                )
                needed = POPULATIONS.get(population)
                if needed and needed not in adopted:
                    values = {
                        "code": row["code"],
                        "population": population,
                        "list": needed,
                    }
                    found[path] = Problem("population_circular", path, values)
            adopted |= lists_of(row)
    return list(found.values())


def _weights(scheme):
    """The weights of a class make a whole, over the stages that it passes."""
    found = []
    for row, path, *weights in scheme.by_class(*WEIGHTS.values()):
        given = [weight for weight in weights if weight is not None]
        if not given or row.get("graded") == "rating":
            continue
        kinds = scheme.kinds_of(row["code"])
        scaled = scheme.value("missing_stage", row["code"]) == "renormalise"
        if sum(given) != FULL_WEIGHT:
            values = {"code": row["code"], "total": sum(given), "whole": FULL_WEIGHT}
            found.append(Problem("weights_sum", path, values))
        for kind, weight in zip(WEIGHTS, weights, strict=True):
            values = {"code": row["code"], "kind": kind}
            elsewhere = scaled and kind in scheme.kinds
            if weight and kind not in kinds and not elsewhere:
                found.append(Problem("weight_without_stage", path, values))
            elif weight is None and kind in kinds:
                found.append(Problem("weight_missing", path, values))
    return found


def _scored_in_time(scheme):
    """What counts in the composite score is scored before it, and cannot be missed."""
    found = {}
    for row, _path, *weights in scheme.by_class(*WEIGHTS.values()):
        counted = {k for k, w in zip(WEIGHTS, weights, strict=True) if w}
        stages = scheme.stages_of(row["code"])
        scaled = scheme.value("missing_stage", row["code"]) == "renormalise"
        computed = False
        for stage, path in stages:
            computed = computed or stage["kind"] == "composite"
            values = {"code": stage["code"]}
            if stage["kind"] not in counted:
                continue
            if computed:
                found[path] = Problem("scored_after_composite", path, values)
            elif stage.get("optional") and not scaled:
                found[path] = Problem("optional_weighted", path, values)
    return list(found.values())


def _optional(scheme):
    """What must happen waits for nothing that an edition may leave out."""
    found = {}
    for award_class in scheme.classes or [None]:
        sure, maybe, listed, maybe_listed = set(), {}, set(), {}
        for row, path in scheme.stages_of(award_class):
            needs, makes = KINDS[row["kind"]]
            if row.get("optional"):
                if row["accepts"] or row["kind"] in {"submission", "award"}:
                    values = {"code": row["code"]}
                    found[path] = Problem("optional_obligatory", path, values)
                maybe |= {thing: (row, path) for thing in makes if thing not in maybe}
                maybe_listed |= {kind: (row, path) for kind in lists_of(row)}
                continue
            missing = [maybe[n] for n in needs if n not in sure and n in maybe]
            shown = row.get("of_list")
            if shown and shown not in listed and shown in maybe_listed:
                missing.append(maybe_listed[shown])
            for other, where in missing:
                values = {"code": other["code"], "needed_by": row["code"]}
                key = (where, row["code"])
                found.setdefault(key, Problem("optional_needed", where, values))
            sure.update(makes)
            listed |= lists_of(row)
    return list(found.values())


CHECKS = (
    _order,
    _once,
    _second_submission,
    _parallel,
    _lists,
    _bodies,
    _population,
    _weights,
    _scored_in_time,
    _optional,
)
