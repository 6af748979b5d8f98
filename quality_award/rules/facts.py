"""What a scheme asks of an applicant and what is known of him, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import eligibility

MET, NOT_MET, JUDGE = "met", "not_met", "judge"
#: Severity of a penalty or incident, from the least.
SEVERITIES = ("warning", "criticism", "fine", "major_fine", "suspension", "criminal")
#: Those that count where a scheme only looks at serious penalties.
SERIOUS = frozenset({"major_fine", "suspension", "criminal"})
#: How a look-back is counted: from a day, in calendar years, in award years.
BASES = ("date", "full_years", "award_years")


@dataclass(frozen=True)
class Requirement:
    """What a scheme asks; an empty set or 0 is no restriction.

    :param group: requirements of one group are alternatives
    :param applies_to: tags of which the case has one
    :param spares: exceptions that the rule allows (such as ``policy_loss``)
    :param penalties: ``none``, ``serious`` or ``any`` of them count
    :param on_fail: ``refuse``, ``judge`` or ``warn``
    """

    code: str
    kind: str
    years: int = 0
    count: int = 0
    rank_max: int = 0
    basis: str = "date"
    group: str = ""
    applies_to: frozenset = frozenset()
    fields: frozenset = frozenset()
    spares: frozenset = frozenset()
    prior: str = ""
    penalties: str = "any"
    on_fail: str = "refuse"


@dataclass(frozen=True)
class Fact:
    """One recorded fact; `key` is what the caller knows it by.

    :param value: integer in the unit of the indicator (yuan for a profit)
    :param on: day of the event; for what is valid for a time, see `first`, `last`
    """

    key: object
    kind: str
    on: date | None = None
    year: int | None = None
    indicator: str = ""
    value: int | None = None
    rank: int | None = None
    population: int | None = None
    trade: str = ""
    issuer: str = ""
    number: str = ""
    first: date | None = None
    last: date | None = None
    severity: str = ""
    field: str = ""
    exception: str = ""


@dataclass(frozen=True)
class Prior:
    """An award won: codes of its award and class, award year, day."""

    award: str
    award_class: str
    year: int
    on: date | None = None


def _calendar_days(first: date, last: date) -> int:
    return (last - first).days + 1


@dataclass(frozen=True)
class Facts:
    """What is known of a case.

    :param base: day on which the conditions must hold
    :param look_back: day from which look-backs count, as the scheme says
    :param recommenders: roles or codes of the bodies that recommend the case
    :param elsewhere: other applications of the award year, in words
    :param elsewhere_known: whether a register of them was there to be searched
    :param count_days: days of a notice as the scheme counts them
    """

    base: date
    look_back: date
    award_year: int
    tags: frozenset = frozenset()
    registered_on: date | None = None
    operating_since: date | None = None
    working_since: date | None = None
    legal_person: bool = False
    records: tuple[Fact, ...] = ()
    awards: tuple[Prior, ...] = ()
    recommenders: tuple = ()
    elsewhere: tuple = ()
    elsewhere_known: bool = False
    count_days: Callable[[date, date], int] = _calendar_days

    def of(self, *kinds: str) -> list[Fact]:
        """The recorded facts of these kinds."""
        return [fact for fact in self.records if fact.kind in kinds]


@dataclass(frozen=True)
class Finding:
    """What the facts say on one requirement.

    :param reason: code of a sentence
    :param used: keys of the facts that it rests on
    :param blocks: False where failing only warns
    """

    code: str
    verdict: str
    reason: str
    values: dict[str, Any] = field(default_factory=dict)
    used: tuple = ()
    blocks: bool = True


def window(requirement: Requirement, facts: Facts) -> tuple[date, date]:
    """First and last day looked back to; without years everything up to the base.

    :raises ValueError: for another basis
    """
    if requirement.basis not in BASES:
        raise ValueError(requirement.basis)
    if not requirement.years:
        return date.min, facts.look_back
    if requirement.basis == "award_years":
        first = facts.award_year - requirement.years
        return date(first, 1, 1), date(facts.award_year - 1, 12, 31)
    return eligibility.lookback_window(
        facts.look_back, requirement.years, requirement.basis
    )
