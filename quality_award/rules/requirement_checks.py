"""One check for each kind of requirement: what the facts say on it."""

from dataclasses import replace

from . import eligibility
from .clock import ClockError
from .facts import (
    JUDGE,
    MET,
    NOT_MET,
    SERIOUS,
    SEVERITIES,
    Fact,
    Finding,
    Requirement,
    window,
)


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


def _days_of(fact, facts):
    """Days of a notice; None where they cannot be counted (no calendar, no order)."""
    try:
        return facts.count_days(fact.first, fact.last)
    except ClockError:
        return None


def _given(kind):
    """The check of a consent or of a notice with its days."""

    def checked(requirement, facts):
        found = facts.of(kind)
        if not found:
            return _say(requirement, JUDGE, "nothing_recorded")
        if not requirement.count:
            return _say(requirement, MET, "given", found)
        spans = [
            _days_of(fact, facts)
            for fact in found
            if fact.first and fact.last and fact.last <= facts.base
        ]
        if not spans or None in spans:
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


#: Kind of requirement -> its check, a function of requirement and facts.
CHECKS = {
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
