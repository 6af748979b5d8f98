"""Points, percentages and ranks, exact to the last fraction.

Units: points are integers in hundredths (600 points are 60000), percentages are
integers, weights are integers in ten-thousandths (30 % is 3000). Means and weighted
sums are ``Fraction`` values of hundredths. A binary float is refused at every door:
a sum that should be 500 may lie a hair below it. Nothing here is rounded.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import lcm

#: Weights of one composite add up to this many ten-thousandths.
WHOLE = 10000
#: Version of the canonical form of a sheet; kept in front of each hash.
HASH_TAG = "$1$"
_SHOWN_DECIMALS = 4


class ScoreError(ValueError):
    """A score that cannot be computed; ``code`` is the reason, never a text.

    :param code: stable reason code, such as ``"not_exact"``
    :param details: values that the words of the refusal need
    """

    def __init__(self, code, **details):
        super().__init__(code, details)
        self.code = code
        self.details = details


def _is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _exact(value):
    """Return an int or Fraction as Fraction; anything else is no exact number."""
    if type(value) is Fraction:
        return value
    if not _is_int(value) and not isinstance(value, Fraction):
        raise ScoreError("not_a_number", value=repr(value)[:80])
    return Fraction(value)


def _exact_list(values):
    """Ints and Fractions as they came; arithmetic of ints is the fastest there is."""
    numbers = list(values)
    for value in numbers:
        if type(value) is not int:
            _exact(value)
    if not numbers:
        raise ScoreError("no_scores")
    return numbers


@dataclass(frozen=True)
class Scale:
    """The values an expert may choose.

    :param bands: scoring bands (得分档) ``((lo, hi), …)``, both ends inclusive, in
        ascending order; a scale without bands is one band
    :param step: distance between two values, counted from the lowest one
    :raises ScoreError: ``"bad_scale"``
    """

    bands: tuple
    step: int

    def __post_init__(self):
        ends = [end for band in self.bands for end in band]
        ascending = ends == sorted(ends)
        # Bands that share a value would put it in two of them.
        apart = all(a[1] < b[0] for a, b in pairwise(self.bands))
        if not (ends and ascending and apart and _is_int(self.step) and self.step > 0):
            raise ScoreError("bad_scale", bands=self.bands, step=self.step)


def item_points(points_hundredths, percent):
    """Return the points of an item in hundredths: its value times the percentage.

    :param points_hundredths: full value of the item, hundredths of a point
    :param percent: 0 to 100
    :raises ScoreError: ``"not_a_number"``, ``"out_of_range"``; ``"not_exact"`` when
        the product is no whole number of hundredths
    Source: GB/Z 19579, item score = item value × percentage.
    """
    if not _is_int(points_hundredths) or not _is_int(percent):
        raise ScoreError("not_a_number", points=points_hundredths, percent=percent)
    if points_hundredths < 0 or not 0 <= percent <= 100:
        raise ScoreError("out_of_range", points=points_hundredths, percent=percent)
    whole, rest = divmod(points_hundredths * percent, 100)
    if rest:
        raise ScoreError("not_exact", points=points_hundredths, percent=percent)
    return whole


def check_grid(percent, scale):
    """Tell why a value is not on the scale, or return None.

    :param percent: the value as it came in, of any type
    :param scale: a :class:`Scale`
    :return: ``"not_a_number"`` for anything but an integer, ``"out_of_range"``,
        ``"off_grid"``, or None
    Source: GB/Z 19579, percentages in steps inside scoring bands.
    """
    if not _is_int(percent):
        return "not_a_number"
    lowest, highest = scale.bands[0][0], scale.bands[-1][1]
    if not lowest <= percent <= highest:
        return "out_of_range"
    if (percent - lowest) % scale.step or band_of(percent, scale.bands) is None:
        return "off_grid"
    return None


def band_of(percent, bands):
    """Return the index (from 0) of the band that holds ``percent``, or None.

    :param bands: ``((lo, hi), …)``, both ends inclusive
    """
    for index, (lo, hi) in enumerate(bands):
        if lo <= percent <= hi:
            return index
    return None


def spread(percents):
    """Return the highest minus the lowest percentage.

    :raises ScoreError: ``"no_scores"``, ``"not_a_number"``
    """
    values = list(percents)
    _exact_list(values)
    return max(values) - min(values)


def needs_discussion(percents, bands, flag_range_pct=None, flag_band_gap=None):
    """Tell why the members of a panel must discuss an item before they agree.

    :param percents: one percentage a member
    :param flag_range_pct: a spread of at least this many percent is flagged
    :param flag_band_gap: bands at least this far apart are flagged; None: no flag
    :return: list of ``"range_too_wide"``, ``"bands_apart"``; empty: no need
    :raises ScoreError: ``"no_scores"``, ``"not_a_number"``, ``"off_grid"`` for a
        percentage in no band
    """
    values = list(percents)
    codes = []
    if flag_range_pct is not None and spread(values) >= flag_range_pct:
        codes.append("range_too_wide")
    if flag_band_gap is not None:
        indexes = [band_of(value, bands) for value in values]
        if None in indexes:
            raise ScoreError("off_grid", percents=values)
        if spread(indexes) >= flag_band_gap:
            codes.append("bands_apart")
    return codes


def mean(values):
    """Return the arithmetic mean of ints or Fractions as Fraction.

    :raises ScoreError: ``"no_scores"``, ``"not_a_number"``
    """
    numbers = _exact_list(values)
    return Fraction(sum(numbers), len(numbers))


def trimmed_mean(values, *, drop=1, trim_from=None):
    """Return the mean without the ``drop`` highest and ``drop`` lowest values.

    :param trim_from: with fewer values than this the plain mean is taken; None:
        always trim
    :raises ScoreError: ``"too_few_to_trim"`` when nothing would be left,
        ``"no_scores"``, ``"not_a_number"``
    """
    numbers = sorted(_exact_list(values))
    if trim_from is not None and len(numbers) < trim_from:
        return mean(numbers)
    if len(numbers) <= 2 * drop:
        raise ScoreError("too_few_to_trim", count=len(numbers), drop=drop)
    return mean(numbers[drop : len(numbers) - drop])


def median(values):
    """Return the median; of an even number, the mean of the middle two.

    :raises ScoreError: ``"no_scores"``, ``"not_a_number"``
    """
    numbers = sorted(_exact_list(values))
    half = len(numbers) // 2
    if len(numbers) % 2:
        return Fraction(numbers[half])
    return Fraction(numbers[half - 1] + numbers[half], 2)


COMBINERS = {"mean": mean, "trimmed_mean": trimmed_mean, "median": median}


def weighted(
    parts: Mapping, weights_ten_thousandths: Mapping, missing="refuse"
) -> Fraction:
    """Return the weighted sum of the parts of a composite, in hundredths.

    :param parts: ``{part: score in hundredths | None}``; None or absent: missing
    :param weights_ten_thousandths: ``{part: weight}``, summing to 10000
    :param missing: ``"refuse"``, or ``"renormalise"``: the weights of the parts
        which are there are scaled up to the whole. A missing part without weight
        does no harm
    :raises ScoreError: ``"bad_weight"``, ``"weights_sum"``, ``"unknown_part"``,
        ``"missing_part"``, ``"no_scores"``, ``"not_a_number"``, ``"bad_missing"``
    """
    weights = dict(weights_ten_thousandths)
    if missing not in {"refuse", "renormalise"}:
        raise ScoreError("bad_missing", missing=missing)
    if any(not _is_int(weight) or weight < 0 for weight in weights.values()):
        raise ScoreError("bad_weight", weights=weights)
    if sum(weights.values()) != WHOLE:
        raise ScoreError("weights_sum", total=sum(weights.values()))
    unknown = [part for part in parts if part not in weights]
    if unknown:
        raise ScoreError("unknown_part", parts=unknown)
    counted = {part: weight for part, weight in weights.items() if weight}
    absent = [part for part in counted if parts.get(part) is None]
    if absent and missing == "refuse":
        raise ScoreError("missing_part", parts=absent)
    present = {part: w for part, w in counted.items() if part not in absent}
    if not present:
        raise ScoreError("no_scores")
    total = sum((_exact(parts[part]) * w for part, w in present.items()), Fraction(0))
    return total / sum(present.values())


def meets(threshold_hundredths, score):
    """Tell whether a score is not below (不低于) a threshold, without rounding.

    :param threshold_hundredths: int; None: there is no threshold
    :param score: int or Fraction, hundredths
    :raises ScoreError: ``"not_a_number"``
    Source: Civil Code 1259: 以上, 以下 include the figure itself.
    """
    number = _exact(score)
    return threshold_hundredths is None or number >= _exact(threshold_hundredths)


def rank(scores: Mapping, tie_breakers: Mapping | None = None):
    """Rank by score, highest first: 1, 2, 2, 4.

    :param scores: ``{key: score}``
    :param tie_breakers: ``{key: (value, …)}``, compared in turn, higher first, among
        equal scores only. Where one member of a tie lacks a value (None, or a tuple
        that is too short), that value and all after it break nothing for that tie
    :return: ``[(rank, key, tied)]``; ``tied`` marks those that share their rank with
        another. Unresolved ties keep the order in which they came in, which means
        nothing
    :raises ScoreError: ``"not_a_number"``
    """
    breakers = tie_breakers or {}
    marks = {
        key: (score, *breakers.get(key, ()))
        for key, score in comparable(scores).items()
    }
    ranked = []
    for group in _split(list(marks), marks, 0):
        place = len(ranked) + 1
        ranked.extend((place, key, len(group) > 1) for key in group)
    return ranked


def comparable(scores):
    """Return scores as whole multiples of a common fraction: quick to compare.

    :param scores: ``{key: int or Fraction}``
    :return: ``{key: int}``; ints compare as the scores do
    :raises ScoreError: ``"not_a_number"``
    """
    numbers = {
        key: score if type(score) is int else _exact(score)
        for key, score in scores.items()
    }
    whole = lcm(*{number.denominator for number in numbers.values()})
    return {
        key: number.numerator * (whole // number.denominator)
        for key, number in numbers.items()
    }


def _split(keys, marks, depth):
    """Split keys, equal so far, by their marks from ``depth`` on; best group first."""
    if len(keys) < 2:
        return [keys] if keys else []
    values = [marks[key][depth] if depth < len(marks[key]) else None for key in keys]
    if None in values:
        return [keys]
    groups = {}
    for key, value in zip(keys, values, strict=True):
        groups.setdefault(
            value if type(value) is int else _exact(value), []
        ).append(key)
    return [
        part
        for value in sorted(groups, reverse=True)
        for part in _split(groups[value], marks, depth + 1)
    ]


def to_text(score):
    """Return a score as points in decimals, cut off visibly, never rounded.

    :param score: int or Fraction, hundredths
    :return: ``"499.75"``, ``"500.00"``, ``"428.3333…"``: two to four decimals, with
        ``…`` when more follow
    :raises ScoreError: ``"not_a_number"``
    """
    number = score if type(score) is int else _exact(score)
    sign = "-" if number < 0 else ""
    units, rest = divmod(
        abs(number.numerator) * 10**_SHOWN_DECIMALS, number.denominator * 100
    )
    whole, decimals = divmod(units, 10**_SHOWN_DECIMALS)
    text = f"{decimals:0{_SHOWN_DECIMALS}d}"
    if rest:
        return f"{sign}{whole}.{text}…"
    return f"{sign}{whole}.{text[:2]}{text[2:].rstrip('0')}"


def to_exact_text(score):
    """Return a score as points, exactly: a decimal, else a reduced fraction.

    :param score: int or Fraction, hundredths
    :return: ``"499.75"`` or ``"1285/3"``; ``Fraction(text) * 100`` is the score again
    :raises ScoreError: ``"not_a_number"``
    """
    text = to_text(score)
    return str(_exact(score) / 100) if text.endswith("…") else text


def sheet_hash(lines: Iterable[Sequence]) -> str:
    """Return the hash that seals a score sheet, printed on paper and kept with it.

    :param lines: one sequence of str, int, bool or None a line (say item, percent,
        comment); the order of the lines does not matter, the order inside one does
    :return: ``"$1$"`` and 64 hexadecimal digits; the tag names the canonical form:
        each line as compact UTF-8 JSON, lines sorted and joined by newlines, SHA-256
    :raises ScoreError: ``"not_canonical"`` for a float or any other type
    Source: FIPS 180-4 (SHA-256); RFC 8259 (JSON).
    """
    texts = []
    for line in lines:
        if isinstance(line, str) or any(
            not (value is None or isinstance(value, (str, int))) for value in line
        ):
            raise ScoreError("not_canonical", line=repr(line)[:80])
        texts.append(json.dumps(list(line), ensure_ascii=False, separators=(",", ":")))
    payload = "\n".join(sorted(texts)).encode()
    return HASH_TAG + sha256(payload).hexdigest()
