"""The composite evaluation: parts weighed together and ranked, exactly.

This is the definition, made to be read. Where thousands of cases are ranked the
database follows it in one statement (`models/review/composite_sql.py`), and a test
compares the two on random cases. Nothing is rounded; what is missing is named.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from . import scoring

PARTS = ("document", "site", "defence", "public")
#: Of one or two scores none can be dropped; they are averaged.
COMBINERS = {
    **scoring.COMBINERS,
    "trimmed_mean": partial(scoring.trimmed_mean, trim_from=3),
}


class Terms(NamedTuple):
    """What a scheme says on the composite of a class.

    :param weights: ``{part: ten-thousandths}`` summing to 10000; None: the scheme
        gives no weights, and the score after the site visit stands for the whole,
        without a visit that of the documents
    :param missing: ``"refuse"`` or ``"renormalise"``, as in :func:`scoring.weighted`
    :param combiner: how the judges' points become one score, a key of ``COMBINERS``
    :param scale: what a point of a defence is worth in the whole
    :param results_break_ties: among equal scores the points of the results decide
    :param threshold: hundredths; None: there is none
    :param threshold_part: the part held against the threshold; None: the whole
    :param public_combiner: how the points of several surveys become one score
    :param public_scale: what a point of the public is worth in the whole
    :param panels_apart: each panel ranks its own cases
    """

    weights: Mapping | None
    missing: str = "refuse"
    combiner: str = "mean"
    scale: Fraction = Fraction(1)
    results_break_ties: bool = False
    threshold: int | None = None
    threshold_part: str | None = None
    public_combiner: str = "mean"
    public_scale: Fraction = Fraction(1)
    panels_apart: bool = False


class Case(NamedTuple):
    """What is known of a case, hundredths; None or empty where there is nothing."""

    document: int | None
    site: int | None
    judges: tuple = ()
    results: int | None = None
    public: tuple = ()
    panel: object = None


class Line(NamedTuple):
    """A case in its place: parts and score in hundredths, int or Fraction."""

    rank: int
    key: object
    tied: bool
    document: int | None
    site: int | None
    defence: Fraction | None
    public: Fraction | None
    score: Fraction
    meets: bool


def scale_of(highest, whole):
    """Return what a point is worth, out of ``highest``, in one out of ``whole``.

    :param highest: best score possible of the part, hundredths; None: already on the
        scale
    :param whole: best score possible of the composite, hundredths
    """
    return Fraction(1) if highest is None else Fraction(whole, highest)


def check_weights(terms):
    """Raise what :func:`scoring.weighted` would, whatever the cases.

    :raises ScoreError: ``"weights_sum"``, ``"bad_weight"``, ``"bad_missing"``
    """
    if terms.weights is not None:
        zeros = dict.fromkeys(terms.weights, 0)
        scoring.weighted(zeros, terms.weights, terms.missing)


def evaluate(cases: Mapping, terms: Terms):
    """Weigh the parts of each case together, and rank them.

    :param cases: ``{key: Case}``
    :return: (lines in order of rank, keys that lack a part which the scheme demands)
    :raises ScoreError: as :func:`check_weights`
    """
    check_weights(terms)
    parts, scores, lacking = {}, {}, []
    for key, case in cases.items():
        defence = public = None
        if case.judges:
            defence = COMBINERS[terms.combiner](case.judges) * terms.scale
        if case.public:
            public = COMBINERS[terms.public_combiner](case.public) * terms.public_scale
        values = (case.document, case.site, defence, public)
        parts[key] = dict(zip(PARTS, values, strict=True))
        score = _whole(parts[key], terms)
        if score is None:
            lacking.append(key)
        else:
            scores[key] = score
    ranked = _ranked(scores, cases, terms)
    lines = [
        Line(place, key, tied, *parts[key].values(), scores[key],
             _meets(parts[key], scores[key], terms))
        for place, key, tied in ranked
    ]
    return lines, lacking


def _ranked(scores, cases, terms):
    """``[(rank, key, tied)]``, of each panel apart where the terms say so."""
    breakers = {key: (cases[key].results,) for key in scores}
    groups = {}
    for key, score in scores.items():
        name = cases[key].panel if terms.panels_apart else None
        groups.setdefault(name, {})[key] = score
    found = [
        line
        for group in groups.values()
        for line in scoring.rank(group, breakers if terms.results_break_ties else None)
    ]
    return sorted(found, key=lambda line: line[0])


def _whole(parts, terms):
    """Score of a case in hundredths, None where a part is missing."""
    if terms.weights is None:
        return parts["document"] if parts["site"] is None else parts["site"]
    counted = {part: parts[part] for part in terms.weights}
    try:
        return scoring.weighted(counted, terms.weights, terms.missing)
    except scoring.ScoreError as error:
        if error.code in {"missing_part", "no_scores"}:
            return None
        raise


def _meets(parts, score, terms):
    held = parts[terms.threshold_part] if terms.threshold_part else score
    return terms.threshold is None or (
        held is not None and scoring.meets(terms.threshold, held)
    )
