"""Majorities in exact integers: quorum of a meeting, votes in favour.

Which majority applies is handed in; it is a parameter of the scheme.
"""

from collections.abc import Mapping
from fractions import Fraction

from . import scoring

#: Parts of a base that a rule may ask for.
MAJORITIES = ("two_thirds", "half", "all")


def reaches(count: int, base: int, majority: str) -> bool:
    """Tell whether `count` of `base` is the majority asked for.

    :param majority: ``"two_thirds"``: at least two thirds (三分之二以上, the figure
        itself included); ``"half"``: more than half (过半数, the figure itself not
        included); ``"all"``
    :return: False for an empty base: nobody can decide
    :raises ValueError: for another majority or negative numbers
    Source: Civil Code 1259 for 以上 and 过.
    """
    if majority not in MAJORITIES or count < 0 or base < 0:
        raise ValueError((count, base, majority))
    if not base:
        return False
    if majority == "two_thirds":
        return 3 * count >= 2 * base
    if majority == "half":
        return 2 * count > base
    return count >= base


def ballot_problem(issued, returned, valid, in_favour, against, abstained):
    """Name what does not add up in a count of ballots, or return None.

    :return: ``"negative"``, ``"returned_above_issued"``, ``"valid_above_returned"``,
        ``"votes_differ_from_valid"`` or None
    """
    if min(issued, returned, valid, in_favour, against, abstained) < 0:
        return "negative"
    if returned > issued:
        return "returned_above_issued"
    if valid > returned:
        return "valid_above_returned"
    if in_favour + against + abstained != valid:
        return "votes_differ_from_valid"
    return None


def rank_by_votes(ballots: Mapping, breakers: Mapping | None = None) -> list:
    """Rank by votes in favour, as a share of those who could vote, highest first.

    Who is recused leaves a smaller base, so that counts alone would not compare.

    :param ballots: ``{key: (in favour, base)}``; a base of 0 is no vote at all
    :param breakers: ``{key: (value, …)}``, compared in turn among equal shares
    :return: ``[(rank, key, tied)]`` as :func:`scoring.rank`
    """
    shares = {
        key: Fraction(in_favour, base) if base else Fraction(0)
        for key, (in_favour, base) in ballots.items()
    }
    return scoring.rank(shares, breakers)


def hand_problem(base, in_favour, against, abstained):
    """Name what does not add up in a count of hands, or return None.

    :param base: members who vote
    :return: ``"negative"``, ``"votes_differ_from_base"`` or None
    """
    if min(base, in_favour, against, abstained) < 0:
        return "negative"
    if in_favour + against + abstained != base:
        return "votes_differ_from_base"
    return None
