"""Whether a scheme contradicts itself, and what it leaves open.

Everything is told at once, as problems with a code and a path. `check_scheme` names
contradictions, which forbid publishing; `open_points` names what the stages need and
the scheme does not say, which the agency must decide in a layer before an edition
comes to that point.
"""

from .criteria_check import check_criteria
from .scheme_format import SECTIONS, Problem, duplicates

FULL_WEIGHT = 10_000  # ten-thousandths

#: Stage kind -> (what must have been made before, what it makes).
KINDS = {
    "submission": ((), ("file",)),
    "recommendation": (("file",), ("opinion",)),
    "qualification": (("file",), ("checked_file",)),
    "document_review": (("file",), ("document_score", "list")),
    "site_visit": (("document_score",), ("site_score",)),
    "defence": (("file",), ("defence_score",)),
    "public_evaluation": (("file",), ("public_score",)),
    "composite": (("document_score",), ("ranking", "list")),
    "consultation": (("list",), ("opinions",)),
    "deliberation": (("list",), ("decision", "list")),
    "notice": (("list",), ("notice",)),
    "approval": (("decision",), ("approval",)),
    "award": (("approval",), ("award",)),
}
#: Stage kind that is scored -> parameter that weighs it in the composite score.
WEIGHTS = {
    "document_review": "weight_document",
    "site_visit": "weight_site",
    "defence": "weight_defence",
    "public_evaluation": "weight_public",
}
#: Event -> kinds of stage in which it happens.
EVENTS = {
    "recommender_receipt": {"recommendation"},
    "office_receipt": {"qualification"},
    "supplement_sent": {"qualification"},
    "site_end": {"site_visit"},
    "last_scoring_end": {"defence"},
    "list_receipt": {"consultation"},
    "letter_receipt": {"consultation"},
    "notice_published": {"notice"},
    "objection_receipt": {"notice"},
    "award_granted": {"award"},
}
#: Parameter that repeats the length of a time limit -> (event, unit).
SAME_FIGURE = {
    "notice_days": ("notice_published", "calendar_day"),
    "supplement_working_days": ("supplement_sent", "working_day"),
    "objection_working_days": ("objection_receipt", "working_day"),
    "prize_report_days": ("award_granted", "calendar_day"),
}
#: Figures that mean nothing at zero.
POSITIVE = (
    "quota_max",
    "cycle_months",
    "onsite_max",
    "panel_min",
    "notice_days",
    "defence_max",
    "certificate_years",
)
#: Value of the parameter `threshold_score` -> the stage that gives this score.
SCORED_IN = {
    "document": "document_review",
    "site": "site_visit",
    "composite": "composite",
}
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
    "composite": ("tie_rule", "missing_stage"),
    "consultation": ("silence",),
    "deliberation": ("vote_pass", "quorum"),
    "notice": ("notice_first_day", "objection_anonymous"),
}


class _Scheme:
    """A complete dict with the look-ups that the checks share."""

    def __init__(self, data, criteria=None):
        self.data = data
        self.criteria = criteria or {}
        self.kinds = [stage["kind"] for stage in data["stages"]]

    def each(self, code):
        """Path and value of every record of a parameter."""
        return [
            (f"parameters[{index}].value", row["value"])
            for index, row in enumerate(self.data["parameters"])
            if row["code"] == code
        ]

    def value(self, code, award_class=None):
        """What holds for a class: its own value, else the common one, else None."""
        found = {
            row.get("class"): row["value"]
            for row in self.data["parameters"]
            if row["code"] == code and not row.get("stage")
        }
        return found.get(award_class, found.get(None))

    def by_class(self, *codes):
        """For each class its code, path, and the values of parameters."""
        for index, row in enumerate(self.data["classes"]):
            values = [self.value(code, row["code"]) for code in codes]
            yield (row, f"classes[{index}]", *values)


def check_scheme(data, criteria):
    """Every contradiction in a scheme.

    :param data: complete dict of a scheme (`scheme_format.read_scheme`)
    :param criteria: ``{code: complete dict of criteria}``
    :return: list of `Problem`, empty when nothing speaks against publishing
    """
    found = references(data, criteria)
    if any(problem.code == "unknown_reference" for problem in found):
        return found  # the figures of what is not there cannot be compared
    scheme = _Scheme(data, criteria)
    for check in (_frame, _clauses, _stages, _weights, _figures, _scores, _repeat):
        found += check(scheme)
    found += _clocks(scheme)
    for code in sorted({row["criteria"] for row in data["classes"]}):
        found += check_criteria(criteria[code], f"criteria[{code}].")
    return found


def references(data, criteria):
    """Codes that nothing in the scheme has, and codes that two records have."""
    known = {
        "clause": {row["code"] for row in data["clauses"]},
        "class": {row["code"] for row in data["classes"]},
        "stage": {row["code"] for row in data["stages"]},
        "criteria": set(criteria),
    }
    found = []
    for name, section in SECTIONS.items():
        found += duplicates(name, section, data[name])
        found += [
            Problem("unknown_reference", f"{name}[{index}].{key}", {"code": row[key]})
            for index, row in enumerate(data[name])
            for key, codes in known.items()
            if key in row and row[key] not in codes
        ]
    return found


def _frame(scheme):
    data, found = scheme.data, []
    first, last = data.get("valid_from"), data.get("valid_to")
    if first and last and last < first:  # ISO dates sort as text
        found.append(
            Problem("validity_reversed", "valid_to", {"first": first, "last": last})
        )
    if not data["classes"]:
        found.append(Problem("no_classes", "classes"))
    found += [
        Problem("years_missing", f"requirements[{index}].years", {"code": row["code"]})
        for index, row in enumerate(data["requirements"])
        if row["kind"] == "years_registered" and row["years"] < 1
    ]
    return found


def _clauses(scheme):
    """Every rule names its clause."""
    return [
        Problem("clause_missing", f"{name}[{index}].clause", {"code": row["code"]})
        for name, section in SECTIONS.items()
        if "clause" in section.fields
        for index, row in enumerate(scheme.data[name])
        if not row.get("clause")
    ]


def _stages(scheme):
    """Each stage finds made what it needs; the case begins, is accepted, and ends."""
    found, made = [], set()
    all_made = {thing for kind in scheme.kinds for thing in KINDS[kind][1]}
    for index, stage in enumerate(scheme.data["stages"]):
        needs, makes = KINDS[stage["kind"]]
        for thing in needs:
            if thing not in made:
                code = "stage_order" if thing in all_made else "stage_missing"
                values = {"code": stage["code"], "needed": ", ".join(_makers(thing))}
                found.append(Problem(code, f"stages[{index}].kind", values))
        made.update(makes)
    for kind in ("submission", "award"):
        if (number := scheme.kinds.count(kind)) != 1:
            values = {"kind": kind, "number": number}
            found.append(Problem("stage_once", "stages", values))
    if scheme.kinds and "award" in scheme.kinds[:-1]:
        found.append(Problem("award_not_last", "stages"))
    accepting = [row["code"] for row in scheme.data["stages"] if row["accepts"]]
    if len(accepting) != 1:
        found.append(Problem("acceptance", "stages", {"number": len(accepting)}))
    return found


def _makers(thing):
    return sorted(kind for kind, (_needs, makes) in KINDS.items() if thing in makes)


def _weights(scheme):
    """The weights of a class make a whole, over the stages that it scores."""
    found = []
    for row, path, *weights in scheme.by_class(*WEIGHTS.values()):
        given = [weight for weight in weights if weight is not None]
        if not given:
            continue
        if sum(given) != FULL_WEIGHT:
            values = {"code": row["code"], "total": sum(given), "whole": FULL_WEIGHT}
            found.append(Problem("weights_sum", path, values))
        for kind, weight in zip(WEIGHTS, weights, strict=True):
            values = {"code": row["code"], "kind": kind}
            if weight and kind not in scheme.kinds:
                found.append(Problem("weight_without_stage", path, values))
            elif weight is None and kind in scheme.kinds:
                found.append(Problem("weight_missing", path, values))
    return found


def _figures(scheme):
    found = [
        Problem("figure_zero", path, {"parameter": code})
        for code in POSITIVE
        for path, value in scheme.each(code)
        if value == 0
    ]
    for row, path, low, high, size, odd in scheme.by_class(
        "site_days_min", "site_days_max", "panel_min", "panel_odd"
    ):
        if low is not None and high is not None and low > high:
            values = {"code": row["code"], "low": low, "high": high}
            found.append(Problem("site_days_reversed", path, values))
        if odd and size is not None and size % 2 == 0:
            values = {"code": row["code"], "size": size}
            found.append(Problem("panel_even", path, values))
    for kind, code in (("notice", "notice_days"), ("defence", "defence_max")):
        if kind in scheme.kinds and not scheme.each(code):
            values = {"parameter": code, "kind": kind}
            found.append(Problem("figure_missing", "parameters", values))
    return found


def _scores(scheme):
    """The lowest winning score can be reached, in a score that is given."""
    found = []
    for row, path, threshold, of in scheme.by_class("threshold", "threshold_score"):
        total = scheme.criteria[row["criteria"]]["total"]
        if threshold is not None and threshold > total:
            values = {"code": row["code"], "threshold": threshold, "total": total}
            found.append(Problem("threshold_above_total", path, values))
        kind = SCORED_IN.get(of)
        if kind and kind not in scheme.kinds:
            values = {"code": row["code"], "kind": kind}
            found.append(Problem("threshold_without_stage", path, values))
    return found


def _repeat(scheme):
    """What a former winner may have fits what a winner has."""
    found = []
    codes = "prize_amount prize_amount_repeat repeat_quota_exempt quota_max".split()
    codes += ["reapply_lock_terms", "reapply_lock_years", "reapply_lock_reading"]
    for (
        row,
        path,
        prize,
        again,
        exempt,
        quota,
        terms,
        years,
        reading,
    ) in scheme.by_class(*codes):
        values = {"code": row["code"]}
        if again is not None and (prize is None or again > prize):
            found.append(Problem("repeat_prize", path, values))
        if exempt and quota is None:
            found.append(Problem("exempt_without_quota", path, values))
        if terms is not None and years is not None:
            found.append(Problem("reapply_twice", path, values))
        if reading is not None and terms is None:
            found.append(Problem("reading_without_terms", path, values))
    return found


def _clocks(scheme):
    found = []
    for index, rule in enumerate(scheme.data["clock_rules"]):
        path, values = f"clock_rules[{index}]", {"code": rule["code"]}
        if not EVENTS[rule["start_event"]] & set(scheme.kinds):
            values = {**values, "event": rule["start_event"]}
            found.append(Problem("event_never", f"{path}.start_event", values))
        if rule["length"] < 1:
            found.append(Problem("length_zero", f"{path}.length", values))
        for code, what in SAME_FIGURE.items():
            said = scheme.value(code)
            if what == (rule["start_event"], rule["unit"]) and (
                said is not None and said != rule["length"]
            ):
                values = {
                    **values,
                    "parameter": code,
                    "said": said,
                    "length": rule["length"],
                }
                found.append(Problem("figures_differ", f"{path}.length", values))
    return found


def open_points(data):
    """What the stages need and the scheme leaves open; no contradiction by itself.

    :param data: complete dict of a scheme without unknown references
    """
    scheme = _Scheme(data)
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
        if kind in BODIES
        and BODIES[kind] not in {body["role"] for body in data["bodies"]}
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
    return found + _early_clock(scheme)


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
            f"clock_rules[{index}].start_event",
            {"code": rule["code"], "kind": ", ".join(late)},
        )
        for index, rule in enumerate(scheme.data["clock_rules"])
        if late and rule["start_event"] == "site_end"
    ]
