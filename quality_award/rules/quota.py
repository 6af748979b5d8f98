"""Quotas of lists, caps of shortlists, sizes of panels, cuts through ties.

Every figure is handed in. Checks return ``[(code, details)]``: each entry is one
reason why the list cannot stand; an empty list means that nothing is against it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .scoring import meets


@dataclass(frozen=True)
class Line:
    """One name on a list.

    :param key: what the caller knows it by
    :param score: int or Fraction in hundredths, None if it has none
    :param panel: review panel the name comes from, None if unknown
    :param tags: sub-quotas it counts for (size, kind, recommender, …)
    """

    key: object
    score: object = None
    panel: object = None
    tags: frozenset = frozenset()


def check_list(
    lines: Iterable[Line],
    *,
    maximum=None,
    minimum=None,
    exempt: Collection = (),
    threshold=None,
    sub_quotas: Mapping | None = None,
):
    """Tell why a list of candidates, proposed or final winners cannot stand.

    :param maximum: most places, None: no limit
    :param minimum: fewest places where a rule demands some, None: a list may be
        short or empty (宁缺毋滥)
    :param exempt: keys that use no place (such as repeat winners where the rule says
        so); they must reach the threshold all the same
    :param threshold: hundredths, inclusive; None: no threshold
    :param sub_quotas: ``{tag: (fewest | None, most | None)}`` over non-exempt lines
    :return: ``[(code, details)]`` of ``"duplicate_line"``, ``"quota_exceeded"``,
        ``"quota_not_reached"``, ``"sub_quota_exceeded"``,
        ``"sub_quota_not_reached"``, ``"score_missing"``, ``"below_threshold"``
    :raises ScoreError: ``"not_a_number"`` for a score that is not exact
    """
    lines = list(lines)
    spared = set(exempt)
    counted = [line for line in lines if line.key not in spared]
    seen = Counter(line.key for line in lines)
    reasons = [("duplicate_line", {"key": k}) for k, n in seen.items() if n > 1]
    shown = {"exempt": len(lines) - len(counted)}
    reasons += _bounds("quota", len(counted), minimum, maximum, shown)
    for tag, (fewest, most) in (sub_quotas or {}).items():
        count = sum(tag in line.tags for line in counted)
        reasons += _bounds("sub_quota", count, fewest, most, {"tag": tag})
    if threshold is not None:
        for line in lines:
            reasons += _threshold(line, threshold)
    return reasons


def _bounds(name, count, fewest, most, shown):
    if most is not None and count > most:
        return [(f"{name}_exceeded", {**shown, "maximum": most, "counted": count})]
    if fewest is not None and count < fewest:
        return [(f"{name}_not_reached", {**shown, "minimum": fewest, "counted": count})]
    return []


def _threshold(line, threshold):
    if line.score is None:
        return [("score_missing", {"key": line.key, "threshold": threshold})]
    if meets(threshold, line.score):
        return []
    details = {"key": line.key, "score": line.score, "threshold": threshold}
    return [("below_threshold", details)]


def check_cap(
    lines: Iterable[Line], *, cap, scope="total", soft=False, reason: str | None = None
):
    """Tell why a shortlist is too long.

    :param cap: most names, None: no limit
    :param scope: ``"total"``, or ``"per_panel"``: the cap holds for each panel
    :param soft: 原则上: the cap may be passed with a reason
    :param reason: the reason given; blank is none
    :return: ``[(code, details)]`` of ``"cap_exceeded"``, ``"cap_needs_reason"``, and
        ``"panel_missing"`` for a name without panel where panels are counted
    :raises ValueError: for another scope
    """
    if scope not in {"total", "per_panel"}:
        raise ValueError(scope)
    lines = list(lines)
    reasons = []
    if scope == "per_panel":
        lost = [line.key for line in lines if line.panel is None]
        reasons += [("panel_missing", {"key": key}) for key in lost]
        counts = Counter(line.panel for line in lines if line.panel is not None)
    else:
        counts = Counter({None: len(lines)})
    if cap is None or (soft and (reason or "").strip()):
        return reasons
    code = "cap_needs_reason" if soft else "cap_exceeded"
    return reasons + [
        (code, {"scope": scope, "panel": panel, "cap": cap, "counted": count})
        for panel, count in counts.items()
        if count > cap
    ]


def places_left(maximum, counted):
    """Return the free places, never below 0; None when there is no limit."""
    return None if maximum is None else max(maximum - counted, 0)


def vacant(count):
    """Tell whether an award class stays vacant (空缺): nobody is on its list."""
    return count == 0


def panel_size(n, minimum=None, odd=False):
    """Tell why a panel of ``n`` members cannot work, or return None.

    :param minimum: fewest members, None: no limit
    :param odd: the number of members must be odd (单数)
    :return: ``"panel_too_small"``, ``"panel_even"`` or None; nobody is too small
    """
    if n < max(minimum or 1, 1):
        return "panel_too_small"
    return "panel_even" if odd and n % 2 == 0 else None


class Cut(NamedTuple):
    """How a cap divides a ranking.

    ``code`` is ``"tie_at_cut"`` or None; ``taken`` are surely inside, ``left`` surely
    outside, ``tied`` share the rank that the cap cuts through and need a decision.
    """

    code: str | None
    taken: list
    tied: list
    left: list


def cut_with_ties(ranked: Sequence, cap) -> Cut:
    """Cut a ranking after ``cap`` names and tell whether that splits a tie.

    :param ranked: ``[(rank, key, tied)]`` as ``scoring.rank`` returns it
    :param cap: most names, None: all
    :raises ValueError: for a negative cap
    """
    if cap is not None and cap < 0:
        raise ValueError(cap)
    places = Counter(place for place, _key, _tied in ranked)
    taken, tied, left = [], [], []
    for place, key, _tied in ranked:
        if cap is None or place + places[place] - 1 <= cap:
            taken.append(key)
        else:
            (tied if place <= cap else left).append(key)
    return Cut("tie_at_cut" if tied else None, taken, tied, left)
