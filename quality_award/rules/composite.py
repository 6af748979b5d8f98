"""The composite evaluation: parts weighed together and ranked, exactly.

Nothing is rounded; what is missing is named. Made for many cases at once: where all
parts are whole hundredths, one multiplication and one addition a part is all.
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
        for place, weight in counted:
            value = values[place]
            if value is not None:
                total += value * weight
                whole += weight
        if not whole or (whole != scoring.WHOLE and missing == "refuse"):
            lacking.append(key)
        else:
            scores[key] = _quotient(total, whole)
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
    if isinstance(total, int):
        quotient, rest = divmod(total, whole)
        return Fraction(total, whole) if rest else quotient
    return total / whole


def to_scale(score, highest, whole):
    """Return a score out of ``highest`` as one out of ``whole``, exactly.

    :param highest: best score possible of the part, hundredths; None: already on the
        scale
    :param whole: best score possible of the composite, hundredths
    """
    if highest is None or highest == whole:
        return score
    return Fraction(score) * whole / highest
