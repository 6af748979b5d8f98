"""Whether a scheme contradicts itself, and what it leaves open.

Everything is told at once, as problems with a code, a path and the record at fault.
`check_scheme` names contradictions, which forbid publishing; `open_points` names what
the stages need and the scheme does not say, which the agency must decide in a layer
before an edition comes to that point.
"""

import re

from .criteria_check import check_criteria
from .criteria_sections import CRITERIA_SECTIONS
from .scheme_check_classes import CHECKS as CLASSES
from .scheme_check_figures import CHECKS as FIGURES
from .scheme_check_limits import CHECKS as LIMITS
from .scheme_check_stages import CHECKS as STAGES
from .scheme_check_time import CHECKS as TIME
from .scheme_facts import KINDS, WEIGHTS, Scheme
from .scheme_format import Problem, key_of
from .scheme_references import references
from .scheme_sections import SECTIONS

#: Stage kind -> role of the body without which nobody does its work.
BODIES = {
    "recommendation": "recommender",
    "consultation": "department",
    "deliberation": "committee",
    "approval": "government",
}
#: Stage kind -> parameters without which its work cannot be done.
NEEDED = {
    "qualification": ("supplement_working_days",),
    "document_review": ("panel_min", "spread_flag", "band_gap_flag"),
    "defence": ("defence_combiner", "defence_judges_min"),
    "public_evaluation": (
        "public_evaluation_population",
        "public_evaluation_combiner",
        "public_evaluation_max",
    ),
    "composite": ("tie_rule", "missing_stage"),
    "consultation": ("silence",),
    "deliberation": ("vote_pass", "quorum"),
    "notice": ("notice_first_day", "objection_anonymous"),
}
_RECORD = re.compile(r"(\w+)\[(\d+)\]")
_OF_CRITERIA = re.compile(r"criteria\[(.*?)\]\.(.*)")


def check_scheme(data, criteria, parent=None):
    """Every contradiction in a scheme.

    :param data: complete dict of a scheme (`scheme_format.read_scheme`)
    :param criteria: ``{scheme_references.criteria_key: complete dict of criteria}``
    :param parent: complete dict of the scheme that it is layered on, whose figures
        it may not fall short of
    :return: list of `Problem`, empty when nothing speaks against publishing
    """
    found = references(data, criteria)
    if not any(problem.code == "unknown_reference" for problem in found):
        # the figures of what is not there could not be compared
        scheme = Scheme(data, criteria, parent)
        for check in (_frame, _clauses, *STAGES, *FIGURES, *LIMITS, *CLASSES, *TIME):
            found += check(scheme)
        for code in sorted(criteria):
            found += check_criteria(criteria[code], f"criteria[{code}].")
    return [_located(problem, data, criteria) for problem in found]


def _located(problem, data, criteria):
    """A problem with the model and the key of the record at fault, where it is one."""
    sections, path, first = SECTIONS, problem.path, ()
    if inside := _OF_CRITERIA.match(path):
        code, path = inside.groups()
        sections, data, first = CRITERIA_SECTIONS, criteria[code], (code,)
        problem = problem._replace(model="award.criteria", key=first)
    place = _RECORD.match(path)
    section = sections.get(place[1]) if place else None
    if section is None:
        return problem
    key = key_of(section, data[place[1]][int(place[2])])
    return problem._replace(model=section.model, key=(*first, *key))


def _frame(scheme):
    data, found = scheme.data, []
    first, last = data.get("valid_from"), data.get("valid_to")
    if first and last and last < first:  # ISO dates sort as text
        found.append(
            Problem("validity_reversed", "valid_to", {"first": first, "last": last})
        )
    if not data["classes"]:
        found.append(Problem("no_classes", "classes"))
    return found


def _clauses(scheme):
    """Every rule names its clause."""
    return [
        Problem(
            "clause_missing",
            f"{path}.clause",
            {"code": " ".join(filter(None, key_of(section, row)))},
        )
        for name, section in SECTIONS.items()
        if "clause" in section.fields
        for row, path in scheme.rows(name)
        if not row.get("clause")
    ]


def open_points(data):
    """What the stages need and the scheme leaves open; no contradiction by itself.

    :param data: complete dict of a scheme without unknown references
    """
    scheme = Scheme(data)
    kinds = list(dict.fromkeys(scheme.kinds))
    found = [
        Problem("silent", "parameters", {"parameter": code, "kind": kind})
        for kind in kinds
        for code in NEEDED.get(kind, ())
        if not scheme.each(code)
    ]
    found += [
        Problem("body_missing", "bodies", {"role": BODIES[kind], "kind": kind})
        for kind in kinds
        if kind in BODIES and not _has_body(scheme, kind)
    ]
    if scheme.each("reapply_lock_terms") and not scheme.each("reapply_lock_reading"):
        values = {"parameter": "reapply_lock_reading", "kind": "submission"}
        found.append(Problem("silent", "parameters", values))
    if "composite" in kinds and not any(map(scheme.each, WEIGHTS.values())):
        found += [
            Problem("silent", "parameters", {"parameter": code, "kind": "composite"})
            for kind, code in WEIGHTS.items()
            if kind in kinds
        ]
    found += _early_clock(scheme)
    return [_located(problem, data, {}) for problem in found]


def _has_body(scheme, kind):
    """Whether somebody does the work of a kind: by role, or named at each stage."""
    named = [s.get("body") for s in scheme.data["stages"] if s["kind"] == kind]
    return BODIES[kind] in scheme.roles.values() or all(named)


def _early_clock(scheme):
    """A clock from the end of the site visits runs while a later stage is scored."""
    if "site_visit" not in scheme.kinds or "composite" not in scheme.kinds:
        return []
    between = scheme.kinds[
        scheme.kinds.index("site_visit") + 1 : scheme.kinds.index("composite")
    ]
    late = [kind for kind in between if kind in WEIGHTS]
    return [
        Problem(
            "clock_during_scoring",
            f"{path}.start_event",
            {"code": rule["code"], "kind": ", ".join(late)},
        )
        for rule, path in scheme.rows("clock_rules")
        if late and rule["start_event"] == "site_end"
    ]


__all__ = ["KINDS", "WEIGHTS", "check_scheme", "open_points"]
