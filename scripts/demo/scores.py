"""Scores: how good the applicants are and what the experts see of it.

Latent quality u ~ N(0, 1), 4 % of them one better. The true percentage of an item is
45 (process) or 41.5 (results), an offset of the item, 6.8 u (results a little more)
and noise; an expert adds severity and noise and rounds to the grid. Percentages are
integers, points are integers in hundredths.
"""

import random
import statistics
from dataclasses import dataclass, field

STEP = 5
OFFSETS = {
    "4.1.2": 3, "4.2.3": -2, "4.4.4": -3, "4.6.2": -4, "4.7.2": 3, "4.7.5": -4,
    "4.7.6": -3, "4.7.7": -5,
}
#: The severe panel takes 4 % of 1000 points: it is 40 points below the others.
SEVERE = -4
FLAT = 50
#: From so many cases on, a panel's mean says something.
MANY = 50


@dataclass(frozen=True)
class Item:
    """An item of the criteria: number, `process` or `result`, points (hundredths)."""

    number: str
    kind: str
    points: int


@dataclass
class Case:
    """One accepted application before its panel.

    :param key: the organisation's key
    :param members: keys of the panel's members, the leader first
    :param recused: keys of the members who are recused
    :param sheets: expert key -> percentages in the order of the items
    :param agreed: percentages of the consensus
    :param document: its total in hundredths
    """

    key: int
    panel: int
    members: list[str]
    recused: set[str] = field(default_factory=set)
    sheets: dict[str, list[int]] = field(default_factory=dict)
    agreed: list[int] = field(default_factory=list)
    document: int = 0


def grid(value):
    """The nearest percentage of the grid."""
    return max(0, min(100, STEP * round(value / STEP)))


def total(items, percents):
    """Points of a sheet in hundredths."""
    return sum(
        item.points * percent // 100
        for item, percent in zip(items, percents, strict=True)
    )


def _true_percents(rng, items, offsets, better):
    quality = better + rng.gauss(0, 1) + (1 if rng.random() < 0.04 else 0)
    return [
        (45 if item.kind == "process" else 41.5)
        + offsets[item.number]
        + 6.8 * quality * (1 if item.kind == "process" else 1.15)
        + rng.gauss(0, 4.5)
        for item in items
    ]


def review(cases, items, funnel, seed):
    """Fill in the sheets and the consensus of every case; return the cases ranked.

    :param cases: list of :class:`Case` with members and recusals
    :raises ValueError: when no draw separates the on-site list from the rest
    """
    for attempt in range(400):
        rng = random.Random(f"scores {seed} {attempt}")
        ranked = _draw(rng, cases, items, funnel)
        last, first_out = ranked[funnel.shortlisted - 1 : funnel.shortlisted + 1]
        apart = last.document > first_out.document and last.document >= 50000
        if apart and _severity_shows(cases, funnel):
            return ranked
    raise ValueError("no draw separates the on-site list")


def _severity_shows(cases, funnel):
    """Whether the severe panel's mean lies below the others'; a few cases prove none.

    Its applicants are not always as good as the others': luck may hide severity.
    """
    if len(cases) < MANY:
        return True
    severe = [c.document for c in cases if c.panel + 1 == funnel.severe_panel]
    others = [c.document for c in cases if c.panel + 1 != funnel.severe_panel]
    gap = statistics.mean(others) - statistics.mean(severe)
    return 3000 <= gap <= 5000


def _draw(rng, cases, items, funnel):
    offsets = {
        item.number: OFFSETS.get(item.number, rng.randint(-2, 3)) for item in items
    }
    severity = {}
    for case in cases:
        truth = _true_percents(rng, items, offsets, funnel.quality)
        case.sheets = {}
        for place, member in enumerate(case.members):
            if member not in severity:
                severity[member] = rng.gauss(0, 3) + (
                    SEVERE if case.panel + 1 == funnel.severe_panel else 0
                )
            noise = [rng.gauss(0, 5) for _ in items]
            if member in case.recused:
                continue
            flat = case.panel + 1 == funnel.flat_panel and place == 1
            case.sheets[member] = [
                FLAT if flat else grid(value + severity[member] + wrong)
                for value, wrong in zip(truth, noise, strict=True)
            ]
        case.agreed = [
            # The median; of an even number the lower of the middle two.
            statistics.median_low(column)
            for column in zip(*case.sheets.values(), strict=True)
        ]
        case.document = total(items, case.agreed)
    return sorted(cases, key=lambda case: (-case.document, case.key))
