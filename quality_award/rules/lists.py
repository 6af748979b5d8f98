"""Which lists a procedure adopts, at which of its stages, and what they count for.

A list belongs to a stage; the list before it is the last one adopted at an earlier
stage. Its kind is a name only.
"""

from collections.abc import Iterable
from typing import NamedTuple

#: Kinds of list, in the order in which they usually follow each other.
KINDS = ("shortlist", "recommended", "candidate", "proposed", "final")
#: Kind of stage -> kind of the list adopted there, where the scheme does not say.
NAMED = {
    "document_review": "shortlist",
    "composite": "recommended",
    "consultation": "candidate",
}
#: Kind of stage -> what its list counts for in quotas and thresholds.
COUNTS = {
    "document_review": "shortlist",
    "composite": "recommended",
    "consultation": "recommended",
    "deliberation": "awards",
    "approval": "awards",
}


class Stage(NamedTuple):
    """What these rules need to know of a stage.

    :param key: what the caller knows it by
    :param kind: kind of stage
    :param adopts: kind of list that the scheme names here, None where it is silent
    """

    key: object
    kind: str
    adopts: str | None = None


def kinds_of_lists(stages: Iterable[Stage]) -> dict:
    """Tell which stages adopt a list, and what it is called.

    Of several deliberations the last one fixes the final list, the others propose;
    a single one proposes.

    :param stages: the stages of one class of award, in order
    :return: ``{key: kind of list}`` in order of the stages
    """
    stages = list(stages)
    deliberations = [stage.key for stage in stages if stage.kind == "deliberation"]
    found = {}
    for stage in stages:
        kind = stage.adopts or NAMED.get(stage.kind)
        if not kind and stage.kind == "deliberation":
            last = len(deliberations) > 1 and stage.key == deliberations[-1]
            kind = "final" if last else "proposed"
        if kind:
            found[stage.key] = kind
    return found


def counts_for(stage_kind: str) -> str | None:
    """Return what a list of this kind of stage counts for, None for nothing."""
    return COUNTS.get(stage_kind)
