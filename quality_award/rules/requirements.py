"""Conditions of eligibility: what the facts of a case say about each of them.

A requirement says what is asked, `Facts` what is known. The answer is `met`,
`not_met` or `judge`: a person has to look. Silence of the record is never held
against an applicant, and a penalty alone never refuses him: both are `judge`.
Every figure, look-back and alternative is handed in.
"""

from collections.abc import Iterable
from dataclasses import replace

from .facts import (
    JUDGE,
    MET,
    NOT_MET,
    SEVERITIES,
    Fact,
    Facts,
    Finding,
    Prior,
    Requirement,
    window,
)
from .requirement_checks import CHECKS

__all__ = [
    "KINDS",
    "SEVERITIES",
    "Fact",
    "Facts",
    "Finding",
    "Prior",
    "Requirement",
    "applies",
    "check",
    "window",
]
#: The kinds of requirement that have a check.
KINDS = tuple(CHECKS)


def applies(requirement: Requirement, facts: Facts) -> bool:
    """Tell whether the requirement is asked of a case with these tags."""
    return not requirement.applies_to or bool(requirement.applies_to & facts.tags)


def check(requirements: Iterable[Requirement], facts: Facts) -> list[Finding]:
    """The finding on each requirement that is asked of the case, in order.

    :raises KeyError: for a kind that is not known
    """
    asked = [one for one in requirements if applies(one, facts)]
    found = [(one, CHECKS[one.kind](one, facts)) for one in asked]
    return _alternatives([_consequence(one, finding) for one, finding in found], asked)


def _consequence(requirement, finding):
    if finding.verdict != NOT_MET:
        return finding
    if requirement.on_fail == "judge":
        return replace(finding, verdict=JUDGE)
    return replace(finding, blocks=requirement.on_fail != "warn")


def _alternatives(findings, requirements):
    """Of requirements of one group one suffices."""
    groups = {}
    for one, finding in zip(requirements, findings, strict=True):
        if one.group:
            groups.setdefault(one.group, []).append(finding)
    result = []
    for one, finding in zip(requirements, findings, strict=True):
        others = groups.get(one.group, []) if one.group else []
        met = next((other for other in others if other.verdict == MET), None)
        if finding.verdict != MET and met:
            values = {"other": met.code}
            finding = Finding(one.code, MET, "alternative_met", values, met.used)
        elif finding.verdict == NOT_MET and any(o.verdict == JUDGE for o in others):
            finding = replace(finding, verdict=JUDGE)
        result.append(finding)
    return result
