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
    :param award_class: class of award it competes in
    :param recommender: who recommended it, None if nobody did
    :param group: parent and subsidiaries it belongs to, None if it stands alone
    """

    key: object
    score: object = None
    panel: object = None
    tags: frozenset = frozenset()
    award_class: object = None
    recommender: object = None
    group: object = None


@dataclass(frozen=True)
class Rule:
    """One quota of a scheme.

    :param code: what the scheme knows it by
    :param counts: applications, recommended, shortlist or awards
    :param per: ``"edition"``, or the field of :class:`Line` that is counted apart
    :param classes: classes counted together (one pool); empty: all
    :param tag: only lines with this tag count; None: all
    :param minimum: fewest, None: none are demanded
    :param maximum: most, None: no limit
    :param soft: it may be passed with a reason
    :param outside: these classes take no place of a pool
    """

    code: str
    counts: str
    per: str = "edition"
    classes: frozenset = frozenset()
    tag: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    soft: bool = False
    outside: bool = False


def check_rules(
    lines: Iterable[Line],
    rules: Iterable[Rule],
    *,
    exempt: Collection = (),
    reason: str | None = None,
    settled: Collection | None = None,
):
    """Tell which quotas of a scheme a set of lists passes or misses.

    :param lines: the names of all lists that count, of whatever class
    :param rules: the quotas that count these lists
    :param exempt: keys that use no place
    :param reason: why a soft quota is passed; blank is none
    :param settled: classes whose lists are all there; fewest are demanded only when
        the classes of a quota are. None: all are
    :return: ``[(code, details)]`` of ``"rule_exceeded"``, ``"rule_not_reached"``,
        ``"rule_needs_reason"``; an empty list means that nothing is against them
    :raises ValueError: for another `per`
    """
    rules, spared = list(rules), set(exempt)
    lines = [line for line in lines if line.key not in spared]
    outside = {name for rule in rules if rule.outside for name in rule.classes}
    found = []
    for rule in rules:
        counted = [line for line in lines if _counts(rule, line, outside)]
        ready = settled is None or bool(
            rule.classes and rule.classes <= set(settled)
        )
        for name, count in _parts(rule, counted).items():
            problem = None
            if rule.maximum is not None and count > rule.maximum:
                problem = ("rule_exceeded", rule.maximum)
            elif rule.minimum is not None and count < rule.minimum and ready:
                problem = ("rule_not_reached", rule.minimum)
            if not problem or (rule.soft and (reason or "").strip()):
                continue
            code = "rule_needs_reason" if rule.soft else problem[0]
            details = {"rule": rule.code, "limit": problem[1], "counted": count}
            found.append((code, {**details, "of": name}))
    return found


def _counts(rule, line, outside):
    inside = (
        line.award_class in rule.classes
        if rule.classes
        else line.award_class not in outside
    )
    # A class outside the quota takes no place of a pool that names it either.
    pooled = len(rule.classes) > 1 and not rule.outside
    if pooled and line.award_class in outside:
        return False
    return inside and (not rule.tag or rule.tag in line.tags)


def _parts(rule, lines):
    """How many lines each part holds that is counted apart."""
    if rule.per == "edition":
        return {None: len(lines)}
    if rule.per not in {"recommender", "panel", "group"}:
        raise ValueError(rule.per)
    names = [getattr(line, rule.per) for line in lines]
    return Counter(name for name in names if name is not None)


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
