"""Conditions of eligibility: what the facts of a case say about each of them.

A requirement says what is asked, `Facts` what is known. The answer is `met`,
`not_met` or `judge`: a person has to look. Silence of the record is never held
against an applicant, and a penalty alone never refuses him: both are `judge`.
Every figure, look-back and alternative is handed in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
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


def applies(requirement: Requirement, facts: Facts) -> bool:
    """Tell whether the requirement is asked of a case with these tags."""
    return not requirement.applies_to or bool(requirement.applies_to & facts.tags)


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


def check(requirements: Iterable[Requirement], facts: Facts) -> list[Finding]:
    """The finding on each requirement that is asked of the case, in order.

    :raises KeyError: for a kind that is not known
    """
    asked = [one for one in requirements if applies(one, facts)]
    found = [(one, _CHECKS[one.kind](one, facts)) for one in asked]
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


def _say(requirement, verdict, reason, used=(), **values):
    keys = tuple(fact.key for fact in used)
    return Finding(requirement.code, verdict, reason, values, keys)


# -- time ------------------------------------------------------------------------
def _full_years(start, base, basis, award_year):
    if basis == "full_years":
        first = start.year if (start.month, start.day) == (1, 1) else start.year + 1
        return max(base.year - first, 0)
    if basis == "award_years":
        return max(award_year - start.year, 0)
    return eligibility.years_since(start, base) if start <= base else 0


def _since(name):
    """The check of a length of time that began on the day called `name`."""

    def checked(requirement, facts):
        start = getattr(facts, name)
        if not start:
            return _say(requirement, JUDGE, "date_missing")
        years = _full_years(start, facts.base, requirement.basis, facts.award_year)
        met = start <= facts.base and years >= requirement.years
        reason = "years_reached" if met else "years_short"
        return _say(
            requirement,
            MET if met else NOT_MET,
            reason,
            since=start,
            base=facts.base,
            years=years,
            needed=requirement.years,
        )

    return checked


def _legal_person(requirement, facts):
    if facts.legal_person:
        return _say(requirement, MET, "legal_person")
    return _say(requirement, NOT_MET, "no_legal_person")


# -- figures ---------------------------------------------------------------------
def _accounts(requirement, facts):
    """The calendar years of accounts that are asked for, oldest first."""
    last = facts.look_back.year
    if requirement.basis == "award_years":
        last = facts.award_year
    return range(last - (requirement.years or 1), last)


def _no_loss(requirement, facts):
    by_year = {fact.year: fact for fact in facts.of("profit") if fact.value is not None}
    years = _accounts(requirement, facts)
    used = [by_year[year] for year in years if year in by_year]
    losses = [fact for fact in used if fact.value < 0]
    spared = [fact for fact in losses if fact.exception in requirement.spares]
    hard = [fact.year for fact in losses if fact not in spared]
    if hard:
        return _say(requirement, NOT_MET, "loss", used, years=hard)
    missing = [year for year in years if year not in by_year]
    if missing:
        return _say(requirement, JUDGE, "figures_missing", used, years=missing)
    if unproved := [fact.year for fact in spared if not (fact.number and fact.issuer)]:
        return _say(requirement, JUDGE, "exception_unproved", used, years=unproved)
    reason = "loss_spared" if spared else "no_loss"
    return _say(requirement, MET, reason, used, years=list(years))


def _is_complete(fact):
    """A rank says something only with population, trade and who issued it."""
    return bool(
        fact.rank and fact.population and fact.trade and fact.issuer and fact.indicator
    ) and (fact.population >= fact.rank)


def _rank(requirement, facts):
    """At least `count` indicators of the last year, each within `rank_max`."""
    year = _accounts(replace(requirement, years=1), facts)[0]
    ranks = [f for f in facts.of("rank") if f.year == year and f.rank]
    needed = requirement.count or 1
    values = {"needed": needed, "rank": requirement.rank_max, "year": year}
    if not ranks:
        return _say(requirement, JUDGE, "nothing_recorded", **values)
    within = [
        f for f in ranks if not requirement.rank_max or f.rank <= requirement.rank_max
    ]
    proved = {fact.indicator: fact for fact in within if _is_complete(fact)}
    values["found"] = len(proved)
    if len(proved) >= needed:
        return _say(requirement, MET, "ranks_reached", proved.values(), **values)
    claimed = {fact.indicator or fact.key for fact in within}
    if len(claimed) >= needed:
        return _say(requirement, JUDGE, "ranks_incomplete", within, **values)
    return _say(requirement, NOT_MET, "ranks_short", ranks, **values)


# -- what is held on a day, or was given in a time ------------------------------------
def _in_field(requirement, found):
    return [f for f in found if not requirement.fields or f.field in requirement.fields]


def _holds(kind):
    """The check of something that must be valid on the base day (证书, 培育库)."""

    def checked(requirement, facts):
        held = _in_field(requirement, facts.of(kind))
        if not held:
            return _say(requirement, JUDGE, "nothing_recorded")
        valid = [
            fact
            for fact in held
            if fact.last
            and fact.last >= facts.base
            and (not fact.first or fact.first <= facts.base)
        ]
        if len(valid) >= (requirement.count or 1):
            return _say(requirement, MET, "valid_on_day", valid, base=facts.base)
        if any(not fact.last for fact in held):
            return _say(requirement, JUDGE, "validity_unknown", held)
        return _say(requirement, NOT_MET, "expired", held, base=facts.base)

    return checked


def _honour(requirement, facts):
    honours = _in_field(requirement, facts.of("honour"))
    if not honours:
        return _say(requirement, JUDGE, "nothing_recorded")
    first, last = window(requirement, facts)
    given = [fact for fact in honours if fact.on and first <= fact.on <= last]
    if len(given) >= (requirement.count or 1):
        return _say(requirement, MET, "honour_given", given)
    if any(not fact.on for fact in honours):
        return _say(requirement, JUDGE, "date_missing", honours)
    return _say(requirement, NOT_MET, "honour_too_old", honours)


def _prior_award(requirement, facts):
    """The award or class named must have been won in an earlier award year."""
    won = [
        prior
        for prior in facts.awards
        if requirement.prior in {prior.award, prior.award_class}
        and prior.year < facts.award_year
        and (
            not requirement.years or prior.year >= facts.award_year - requirement.years
        )
    ]
    if won:
        years = sorted(prior.year for prior in won)
        return _say(requirement, MET, "won_before", years=years)
    return _say(requirement, NOT_MET, "not_won_before", prior=requirement.prior)


def _given(kind):
    """The check of a consent or of a notice with its days."""

    def checked(requirement, facts):
        found = facts.of(kind)
        if not found:
            return _say(requirement, JUDGE, "nothing_recorded")
        if not requirement.count:
            return _say(requirement, MET, "given", found)
        spans = [
            facts.count_days(fact.first, fact.last)
            for fact in found
            if fact.first and fact.last and fact.last <= facts.base
        ]
        if not spans:
            return _say(requirement, JUDGE, "days_unknown", found)
        days, needed = max(spans), requirement.count
        if days >= needed:
            return _say(requirement, MET, "days_reached", found, days=days)
        return _say(requirement, NOT_MET, "days_short", found, days=days, needed=needed)

    return checked


def _recommendation(requirement, facts):
    needed = requirement.count or 1
    found = [
        kinds
        for kinds in facts.recommenders
        if not requirement.fields or requirement.fields & set(kinds)
    ]
    if not facts.recommenders:
        return _say(requirement, JUDGE, "nothing_recorded")
    if len(found) >= needed:
        return _say(requirement, MET, "recommended", found=len(found))
    return _say(
        requirement, NOT_MET, "not_recommended", found=len(found), needed=needed
    )


def _new_result(requirement, facts):
    """Who has won before applies again with what is new since then."""
    won = [p for p in facts.awards if p.year < facts.award_year]
    if not won:
        return _say(requirement, MET, "first_application")
    results = facts.of("new_result")
    if not results:
        return _say(requirement, JUDGE, "nothing_recorded")
    last = max(won, key=lambda prior: prior.year)
    new = [
        fact
        for fact in results
        if (fact.on and last.on and fact.on > last.on)
        or (fact.year and fact.year > last.year)
    ]
    if new:
        return _say(requirement, MET, "new_result", new, year=last.year)
    return _say(requirement, NOT_MET, "no_new_result", results, year=last.year)


# -- exclusions --------------------------------------------------------------------
def counts_as_adverse(requirement: Requirement, fact: Fact) -> bool:
    """Tell whether an incident or penalty is one that the requirement looks at.

    One of an unknown field is: somebody has to find out.
    """
    if requirement.fields and fact.field and fact.field not in requirement.fields:
        return False
    if fact.kind == "incident":
        return True
    if requirement.penalties == "serious":
        return fact.severity in SERIOUS or not fact.severity
    return requirement.penalties == "any"


def _no_incident(requirement, facts):
    """Accidents as the rule says; penalties are always for the office to judge."""
    first, last = window(requirement, facts)
    adverse = [
        fact
        for fact in facts.of("incident", "penalty")
        if counts_as_adverse(requirement, fact)
        and (not fact.on or first <= fact.on <= last)
    ]
    shown = {"first": first if requirement.years else "…", "last": last}
    incidents = [fact for fact in adverse if fact.kind == "incident"]
    if any(f.on and (f.field or not requirement.fields) for f in incidents):
        return _say(requirement, NOT_MET, "incident", incidents, **shown)
    if adverse:
        worst = max(
            (f.severity for f in adverse if f.severity in SEVERITIES),
            key=SEVERITIES.index,
            default="",
        )
        return _say(requirement, JUDGE, "penalty", adverse, severity=worst, **shown)
    return _clean(requirement, facts, shown)


def _clean(requirement, facts, shown):
    """Nothing adverse: met when a department has looked, for every field asked."""
    checks = facts.of("check")
    looked = {fact.field for fact in checks}
    fields = requirement.fields
    if checks and ("" in looked or (fields and fields <= looked)):
        return _say(requirement, MET, "nothing_adverse", checks, **shown)
    return _say(requirement, JUDGE, "not_checked", checks, **shown)


def _no_second(requirement, facts):
    if facts.elsewhere:
        others = ", ".join(facts.elsewhere)
        return _say(requirement, NOT_MET, "applied_elsewhere", others=others)
    if facts.elsewhere_known:
        return _say(requirement, MET, "register_searched")
    return _stated(requirement, facts)


def _stated(requirement, facts):
    stated = [f for f in facts.of("declaration") if f.indicator == requirement.code]
    if stated:
        return _say(requirement, MET, "declared", stated)
    return _say(requirement, JUDGE, "nothing_recorded")


def _document(requirement, facts):
    filed = [f for f in facts.of("document") if f.indicator == requirement.code]
    if filed:
        return _say(requirement, MET, "document_filed", filed)
    return _say(requirement, JUDGE, "nothing_recorded")


def _office(requirement, _facts):
    return _say(requirement, JUDGE, "office_finds")


_CHECKS = {
    "years_registered": _since("registered_on"),
    "years_operating": _since("operating_since"),
    "years_working": _since("working_since"),
    "legal_person": _legal_person,
    "no_loss": _no_loss,
    "no_incident": _no_incident,
    "rank": _rank,
    "prior_award": _prior_award,
    "certificate": _holds("certificate"),
    "honour": _honour,
    "pool_member": _holds("pool"),
    "employer_consent": _given("employer_consent"),
    "in_house_notice": _given("in_house_notice"),
    "lower_level_notice": _given("lower_level_notice"),
    "recommendation": _recommendation,
    "new_result": _new_result,
    "no_second_application": _no_second,
    "document": _document,
    "declaration": _stated,
    "finding": _office,
}
#: The kinds of requirement that have a check.
KINDS = tuple(_CHECKS)
