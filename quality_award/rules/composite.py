"""The composite evaluation: parts weighed together and ranked, exactly.

Nothing is rounded; what is missing is named. Made for many cases at once: sums are
kept as numerator and denominator, and one fraction a case is made of them at the end.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from . import scoring

PARTS = ("document", "site", "defence")


class Result(NamedTuple):
    """Outcome of :func:`evaluate`.

    ``scores`` is ``{key: int or Fraction, hundredths}``, ``lacking`` the keys that
    miss a part which the scheme demands.
    """

    scores: dict
    lacking: list


def evaluate(parts: Mapping, weights: Mapping | None = None, missing="refuse"):
    """Weigh the parts of each case together.

    :param parts: ``{key: (document, site, defence)}``, hundredths as int or Fraction,
        None where there is none
    :param weights: ``{part: ten-thousandths}`` summing to 10000; None: the scheme
        gives no weights, and the score after the site visit stands for the whole,
        without a visit that of the documents
    :param missing: ``"refuse"`` or ``"renormalise"``, as in :func:`scoring.weighted`
    :return: a :class:`Result`
    :raises ScoreError: ``"weights_sum"``, ``"bad_weight"``, ``"bad_missing"``
    """
    if weights is None:
        return _latest(parts)
    # One case tells whether the weights are in order.
    scoring.weighted(dict.fromkeys(weights, 0), weights, missing)
    counted = [
        (place, weights[part]) for place, part in enumerate(PARTS) if weights.get(part)
    ]
    scores, lacking = {}, []
    for key, values in parts.items():
        total = whole = 0
        parts_of = 1
        for place, weight in counted:
            value = values[place]
            if value is not None:
                share = value.denominator
                total = total * share + value.numerator * weight * parts_of
                parts_of *= share
                whole += weight
        if not whole or (whole != scoring.WHOLE and missing == "refuse"):
            lacking.append(key)
        else:
            scores[key] = _quotient(total, parts_of * whole)
    return Result(scores, lacking)


def _latest(parts):
    scores, lacking = {}, []
    for key, (document, site, _defence) in parts.items():
        score = document if site is None else site
        if score is None:
            lacking.append(key)
        else:
            scores[key] = score
    return Result(scores, lacking)


def _quotient(total, whole):
    """Return ``total / whole``, as int where it comes out even."""
    quotient, rest = divmod(total, whole)
    return Fraction(total, whole) if rest else quotient


def rank(scores: Mapping, break_ties=None):
    """Rank as :func:`scoring.rank` does, asking for tie breakers only where needed.

    :param scores: ``{key: int or Fraction}`` as :func:`evaluate` returns them
    :param break_ties: function of the list of all tied keys, returning
        ``{key: (value, …)}``; None: ties stay
    :return: ``[(rank, key, tied)]``
    """
    marks = scoring.comparable(scores)
    order = sorted(marks, key=marks.__getitem__, reverse=True)
    groups = _runs(order, marks)
    tied = [key for keys in groups if len(keys) > 1 for key in keys]
    breakers = break_ties(tied) if tied and break_ties else {}
    ranked = []
    for keys in groups:
        before = len(ranked)
        if len(keys) == 1:
            ranked.append((before + 1, keys[0], False))
            continue
        inside = _rank_tied(keys, breakers)
        ranked.extend((before + place, key, shared) for place, key, shared in inside)
    return ranked


def _runs(order, values):
    """Split keys sorted by their value into lists of one value each."""
    runs, last = [], None
    for key in order:
        value = values[key]
        if runs and value == last:
            runs[-1].append(key)
        else:
            runs.append([key])
        last = value
    return runs


def _rank_tied(keys, breakers):
    """Rank keys of one score; one exact breaker for each is the usual case."""
    values = {key: breakers.get(key, ()) for key in keys}
    if any(len(v) != 1 or type(v[0]) is not int for v in values.values()):
        return scoring.rank(dict.fromkeys(keys, 0), breakers)
    ranked = []
    order = sorted(keys, key=values.__getitem__, reverse=True)
    for same in _runs(order, values):
        place = len(ranked) + 1
        ranked.extend((place, key, len(same) > 1) for key in same)
    return ranked


def to_text(score):
    """Return a score in decimals as :func:`scoring.to_text`, quickly where it can."""
    if type(score) is int and score >= 0:
        return f"{score // 100}.{score % 100:02d}"
    return scoring.to_text(score)


def to_scale(score, highest, whole):
    """Return a score out of ``highest`` as one out of ``whole``, exactly.

    :param highest: best score possible of the part, hundredths; None: already on the
        scale
    :param whole: best score possible of the composite, hundredths
    """
    if highest is None or highest == whole:
        return score
    return Fraction(score) * whole / highest
