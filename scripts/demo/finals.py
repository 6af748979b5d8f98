"""Site visits, defences and composites of the shortlisted cases, to the hundredth.

The teaching cases are built here: the composite of one case is exactly the threshold,
of one a quarter of a point below it, and two cases tie.
"""

import random
from dataclasses import dataclass, field
from fractions import Fraction

from scripts.demo import scores

#: A quarter of a point below the threshold.
JUST_BELOW = 25


@dataclass(frozen=True)
class Weighing:
    """How the scheme combines: ten-thousandths, combiner, bounds in hundredths."""

    document: int
    site: int
    defence: int
    combiner: str
    defence_max: int
    threshold: int


@dataclass
class Final:
    """One shortlisted case: what the site visit and the defence give.

    :param place: rank in the composite, from 1 (a tie shares the first of its places)
    :param site: percentages after the visit; `document` are those before
    :param judges: points of the deliberators in hundredths
    :param composite: the exact composite in hundredths
    """

    case: scores.Case
    place: int = 0
    site: list[int] = field(default_factory=list)
    site_total: int = 0
    judges: list[int] = field(default_factory=list)
    composite: Fraction = Fraction(0)

    @property
    def changed(self):
        """Places of the items that the visit changed."""
        return [
            place
            for place, pair in enumerate(zip(self.case.agreed, self.site, strict=True))
            if pair[0] != pair[1]
        ]


def _visit(rng, final, items, aim):
    """Move single items by a step until the total has moved by about `aim`."""
    final.site = list(final.case.agreed)
    order = list(range(len(items)))
    rng.shuffle(order)
    left = aim
    for place in order[:7]:
        step = scores.STEP if left > 0 else -scores.STEP
        gain = items[place].points * step // 100
        if abs(left) < abs(gain) or not 0 <= final.site[place] + step <= 100:
            continue
        final.site[place] += step
        left -= gain
    final.site_total = scores.total(items, final.site)


def _defence_for(final, weighing, target):
    """The defence score that makes the composite exactly `target`."""
    rest = (
        target * 10000
        - weighing.document * final.case.document
        - weighing.site * final.site_total
    )
    return Fraction(rest, weighing.defence)


def _judges(rng, mean, count, weighing):
    """Points of `count` judges whose combined score is exactly `mean`."""
    counted = count - 2 if weighing.combiner == "trimmed_mean" else count
    sum_ = mean * counted
    if sum_.denominator != 1:
        return None
    points = [int(mean) + 50 * rng.randint(-60, 60) for _ in range(counted - 1)]
    points.append(int(sum_) - sum(points))
    if weighing.combiner == "trimmed_mean":
        points += [min(points) - 50 * rng.randint(10, 60),
                   max(points) + 50 * rng.randint(10, 60)]
    rng.shuffle(points)
    good = all(0 <= point <= weighing.defence_max for point in points)
    return points if good else None


def _targets(natural, funnel, threshold):
    """The composites to reach, highest first, from what would come out by itself."""
    forward = funnel.put_forward
    targets, ceiling = [], None
    for place, value in enumerate(sorted(natural, reverse=True)[:forward], 1):
        floor = threshold + 500 + 300 * (forward - place)
        value = max(value, floor)
        if place == funnel.tie_place + 1:
            value = targets[-1]
        elif ceiling is not None:
            value = min(value, ceiling)
        targets.append(value)
        ceiling = value - 150
    return (
        targets
        + [threshold] * funnel.held_back
        + [threshold - JUST_BELOW] * funnel.below
    )


def make(shortlist, items, funnel, weighing, seed):
    """The finals of the shortlisted cases in the order of their composite.

    :param shortlist: cases, best documents first
    :return: list of :class:`Final`
    :raises ValueError: when no draw reaches the targets
    """
    for attempt in range(200):
        rng = random.Random(f"finals {seed} {attempt}")
        finals = [Final(case) for case in shortlist]
        natural = {}
        for final in finals:
            _visit(rng, final, items, round(rng.gauss(-1200, 1200)))
            natural[final.case.key] = (
                weighing.document * final.case.document
                + (weighing.site + weighing.defence) * final.site_total
            ) // 10000 + rng.randint(-800, 800)
        finals.sort(key=lambda final: -natural[final.case.key])
        targets = _targets(natural.values(), funnel, weighing.threshold)
        if _settle(rng, finals, targets, funnel, weighing):
            return finals
    raise ValueError("no draw reaches the composites that are wanted")


def _settle(rng, finals, targets, funnel, weighing):
    for place, (final, target) in enumerate(zip(finals, targets, strict=True), 1):
        final.place = place
        final.composite = Fraction(target)
        mean = _defence_for(final, weighing, target)
        final.judges = _judges(rng, mean, funnel.judges, weighing)
        if final.judges is None:
            return False
    return True
