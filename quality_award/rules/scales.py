"""The scales on which an item is judged, each with whole numbers only.

A *level* is what somebody chose, as an integer that compares: the higher, the better.
On the scale ``percent`` it is a percentage, on ``points`` hundredths of a point, on
``rating`` the place of the rating counted from the worst (0), on ``passed`` 0 or 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import scoring

#: Kinds of item that are passed or not, whatever the scale of the criteria.
PASSED = frozenset({"indicator", "veto"})
#: Kinds of item that give points or a rating.
SCORED = frozenset({"process", "result"})
#: All that an expert is asked.
JUDGED = SCORED | PASSED


def scale_of(kind: str, own: str | None, common: str) -> str | None:
    """Return the scale of an item: percent, points, rating, passed; None: not asked.

    :param kind: kind of the item
    :param own: scale that the item names itself
    :param common: scale of the criteria
    """
    if kind in PASSED:
        return "passed"
    return (own or common) if kind in SCORED else None


@dataclass(frozen=True)
class Item:
    """What these rules need to know of an item.

    :param scale: as :func:`scale_of` gives it
    :param points: full value, hundredths
    :param grid: bands and step of percentages; None on other scales
    :param step: distance of two values on the scale ``points``, hundredths
    :param ratings: percent of each rating, the worst first; None: it gives no points
    """

    scale: str
    points: int = 0
    grid: scoring.Scale | None = None
    step: int = 1
    ratings: tuple = ()


def problem(item: Item, level) -> str | None:
    """Tell why a level is not on the scale of an item, or return None.

    :param level: as it came in, of any type
    :return: ``"not_a_number"``, ``"out_of_range"``, ``"off_grid"`` or None
    """
    if item.scale == "percent":
        found = scoring.check_grid(level, item.grid)
        return found or ("off_grid" if item.points * level % 100 else None)
    if not isinstance(level, int) or isinstance(level, bool):
        return "not_a_number"
    highest = {"points": item.points, "passed": 1}.get(
        item.scale, len(item.ratings) - 1
    )
    if not 0 <= level <= highest:
        return "out_of_range"
    return "off_grid" if item.scale == "points" and level % item.step else None


def points(item: Item, level: int) -> int:
    """Return the points of a level in hundredths, exactly.

    :raises ScoreError: ``"not_exact"``, as :func:`scoring.item_points`
    """
    if item.scale == "percent":
        return scoring.item_points(item.points, level)
    if item.scale == "points":
        return level
    if item.scale == "passed" or item.ratings[level] is None:
        return 0
    return scoring.item_points(item.points, item.ratings[level])


def apart(item: Item, levels: Sequence[int], flag_range=None, flag_gap=None) -> list:
    """Tell why the members of a panel must discuss an item before they agree.

    On ratings a step from one to the next is a band; where members differ on whether
    an item is passed, they always discuss it.

    :param levels: one a member
    :param flag_range: a spread of at least this many percent of the points is flagged
    :param flag_gap: bands or ratings at least this far apart are flagged
    :return: list of ``"range_too_wide"``, ``"bands_apart"``; empty: no need
    :raises ScoreError: ``"no_scores"``, ``"off_grid"``, as
        :func:`scoring.needs_discussion`
    """
    if item.scale == "percent":
        bands = item.grid.bands
        return scoring.needs_discussion(levels, bands, flag_range, flag_gap)
    width = scoring.spread(levels)
    if item.scale == "passed":
        return ["bands_apart"] if width else []
    codes = []
    share = Fraction(0)
    if item.scale == "points":
        share = Fraction(100 * width, item.points or 1)
    elif None not in (percents := [item.ratings[level] for level in levels]):
        share = Fraction(scoring.spread(percents))
    if flag_range is not None and width and share >= flag_range:
        codes.append("range_too_wide")
    if item.scale == "rating" and flag_gap is not None and width >= flag_gap:
        codes.append("bands_apart")
    return codes


def proposal(levels: Sequence[int]) -> int:
    """The level proposed to the panel: the median, of two in the middle the lower.

    :param levels: one a member, ascending
    :raises ScoreError: ``"no_scores"``
    """
    if not levels:
        raise scoring.ScoreError("no_scores")
    return levels[(len(levels) - 1) // 2]


def shares(counts: Sequence[int]) -> tuple:
    """How many of the items of a case have each rating, as fractions of all.

    Cases judged by criteria of different length compare by them.

    :param counts: number of items with each rating, the best first
    :return: tuple of Fractions in the same order; zeros where nothing was rated
    """
    whole = sum(counts) or 1
    return tuple(Fraction(count, whole) for count in counts)


def order(cases) -> list:
    """Put cases in the order of their ratings: more of the best first, then the next.

    :param cases: ``{key: counts, the best rating first}``, all of one length
    :return: ``[(rank, key, tied)]`` as :func:`scoring.rank`
    """
    found = {key: shares(counts) for key, counts in cases.items()}
    return scoring.rank(
        {key: (share or (Fraction(0),))[0] for key, share in found.items()},
        {key: share[1:] for key, share in found.items()},
    )
