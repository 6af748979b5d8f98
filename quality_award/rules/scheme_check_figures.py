"""Whether the figures of a scheme agree with each other and with its stages."""

from .scheme_facts import SCORED_IN
from .scheme_format import Problem

#: Figures that mean nothing at zero.
POSITIVE = (
    "quota_max",
    "cycle_months",
    "onsite_max",
    "panel_min",
    "notice_days",
    "defence_max",
    "public_evaluation_max",
    "certificate_years",
    "recommenders_per_application",
    "reassessment_years",
    "title_correction_days",
)
#: Figures of a law that a layer over it may raise, but not lower.
LEAST = ("notice_days", "retention_years")


def _zeros(scheme):
    return [
        Problem("figure_zero", path, {"parameter": code})
        for code in POSITIVE
        for path, value in scheme.each(code)
        if value == 0
    ]


def _pairs(scheme):
    """What is at least is not above what is at most."""
    found = []
    for row, path, low, high, size, odd in scheme.by_class(
        "site_days_min", "site_days_max", "panel_min", "panel_odd"
    ):
        if low is not None and high is not None and low > high:
            values = {"code": row["code"], "low": low, "high": high}
            found.append(Problem("site_days_reversed", path, values))
        if odd and size is not None and size % 2 == 0:
            values = {"code": row["code"], "size": size}
            found.append(Problem("panel_even", path, values))
    first, last = map(scheme.value, ("opening_hours_from", "opening_hours_to"))
    if first and last and first >= last:
        path = scheme.each("opening_hours_to")[0][0]
        values = {"first": first, "last": last}
        found.append(Problem("hours_reversed", path, values))
    return found


def _missing(scheme):
    return [
        Problem("figure_missing", "parameters", {"parameter": code, "kind": kind})
        for kind, code in (("notice", "notice_days"), ("defence", "defence_max"))
        if kind in scheme.kinds and not scheme.each(code)
    ]


def _unreachable(scheme):
    """A figure for a class at a stage that the class does not pass."""
    found = []
    for row, path in scheme.rows("parameters"):
        stage = scheme.stage(row.get("stage"))
        if stage and row.get("class") and stage.get("classes"):
            if row["class"] not in stage["classes"]:
                values = {"code": row["class"], "stage": stage["code"]}
                found.append(Problem("figure_unreachable", f"{path}.stage", values))
    return found


def _shorter(scheme):
    """A layer does not fall short of the law that it is layered on."""
    if scheme.parent is None:
        return []
    law = type(scheme)(scheme.parent)
    found = []
    for row, path in scheme.rows("parameters"):
        said = law.value(row["code"], row.get("class"), row.get("stage"))
        if row["code"] in LEAST and said is not None and row["value"] < said:
            values = {"parameter": row["code"], "said": row["value"], "least": said}
            found.append(Problem("figure_below_law", f"{path}.value", values))
    return found


def _scores(scheme):
    """The lowest winning score can be reached, in a score that is given."""
    found = []
    for row, path, threshold, of in scheme.by_class("threshold", "threshold_score"):
        if not threshold:
            continue
        total = scheme.total_of(row["code"])
        values = {"code": row["code"], "threshold": threshold, "total": total}
        if total is None:
            continue
        if not total:
            found.append(Problem("threshold_without_points", path, values))
        elif threshold > total:
            found.append(Problem("threshold_above_total", path, values))
        kind = SCORED_IN.get(of)
        if kind and kind not in scheme.kinds_of(row["code"]):
            values = {"code": row["code"], "kind": kind}
            found.append(Problem("threshold_without_stage", path, values))
    return found


def _repeat(scheme):
    """What a former winner may have fits what a winner has."""
    found = []
    for row, path, prize, again, exempt, terms, years, reading in scheme.by_class(
        "prize_amount",
        "prize_amount_repeat",
        "repeat_quota_exempt",
        "reapply_lock_terms",
        "reapply_lock_years",
        "reapply_lock_reading",
    ):
        values = {"code": row["code"]}
        if again is not None and (prize is None or again > prize):
            found.append(Problem("repeat_prize", path, values))
        if exempt and not _is_limited(scheme, row["code"]):
            found.append(Problem("exempt_without_quota", path, values))
        if terms is not None and years is not None:
            found.append(Problem("reapply_twice", path, values))
        by_award_year = scheme.value("reapply_lock_basis", row["code"]) == "award_year"
        counted = terms if terms is not None else years if by_award_year else None
        if reading is not None and counted is None:
            found.append(Problem("reading_without_terms", path, values))
    return found


def _is_limited(scheme, award_class):
    if scheme.value("quota_max", award_class) is not None:
        return True
    return any(
        row["counts"] == "awards"
        and row.get("max")
        and award_class in scheme.classes_of(row)
        for row in scheme.data["quotas"]
    )


def _bans(scheme):
    """Winners are barred in one way, and on a ground that the scheme names."""
    found = []
    for row, path, *ban in scheme.by_class("ban_years", "ban_terms", "ban_for_ever"):
        if sum(map(bool, ban)) > 1:
            found.append(Problem("ban_twice", path, {"code": row["code"]}))
    for row, path in scheme.rows("grounds"):
        ban = [row.get(key) for key in ("ban_years", "ban_terms", "ban_for_ever")]
        if sum(map(bool, ban)) > 1:
            found.append(Problem("ban_twice", path, {"code": row["code"]}))
    if not scheme.data["grounds"]:
        found += [
            Problem("ban_without_ground", path, {"parameter": code})
            for code in ("ban_years", "ban_terms", "ban_for_ever", "watch_years")
            for path, value in scheme.each(code)
            if value
        ]
    return found


CHECKS = (_zeros, _pairs, _missing, _unreachable, _shorter, _scores, _repeat, _bans)
