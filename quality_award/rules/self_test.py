"""The eligibility self-test: what to ask for a requirement, and what answers say.

The answers become the same `facts.Fact` records as those of a case, so that the same
checks speak of both. Nobody is asked who he is, and silence is never held against him.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .facts import JUDGE, MET, NOT_MET, SEVERITIES, Fact, Finding, Requirement

#: What an answer can be; the interface has a field for each.
DATE, YES_NO, NUMBER, LOSS, SEVERITY = "date", "yes_no", "number", "loss", "severity"
#: Answers to the question for losses; `policy`: excepted, with a document.
LOSSES = ("none", "policy", "loss")
OPEN, BY_DOCUMENT, BY_OFFICE = "open", "by_document", "by_office"
#: What the self-test says on one requirement.
OUTCOMES = (MET, NOT_MET, BY_DOCUMENT, BY_OFFICE, OPEN)


@dataclass(frozen=True)
class Question:
    """One field of the form.

    :param name: `<code of the requirement>.<part>`, or the part alone where several
        requirements share the answer
    :param code: the (first) requirement that it is asked for
    """

    name: str
    part: str
    kind: str
    code: str


#: Kind of requirement -> (part, kind of answer); `SHARED` parts are asked once.
ASKS = {
    "years_registered": (("registered_on", DATE),),
    "years_operating": (("operating_since", DATE),),
    "years_working": (("working_since", DATE),),
    "legal_person": (("legal_person", YES_NO),),
    "no_loss": (("losses", LOSS),),
    "no_incident": (("incident", YES_NO), ("penalty", SEVERITY), ("last_on", DATE)),
    "rank": (("ranks", NUMBER),),
    "prior_award": (),
    "certificate": (("valid_to", DATE),),
    "pool_member": (("valid_to", DATE),),
    "honour": (("given_on", DATE),),
    "employer_consent": (("held", YES_NO),),
    "in_house_notice": (("first", DATE), ("last", DATE)),
    "lower_level_notice": (("first", DATE), ("last", DATE)),
    "recommendation": (("agreed", YES_NO),),
    "new_result": (("new_on", DATE),),
    "no_second_application": (("elsewhere", YES_NO),),
    "document": (("held", YES_NO),),
    "declaration": (("held", YES_NO),),
    "finding": (),
}
SHARED = ("registered_on", "operating_since", "working_since", "legal_person")
#: Kinds that a paper proves, which has to be handed in.
ON_PAPER = frozenset(
    "rank certificate pool_member honour employer_consent in_house_notice "
    "lower_level_notice recommendation document declaration new_result".split()
)
#: Reasons that only say that nothing was answered.
SILENT = frozenset({"date_missing", "figures_missing", "nothing_recorded"})


def questions(requirements: Iterable[Requirement]) -> list[Question]:
    """The fields for these requirements, in their order, shared ones once."""
    found = {}
    for one in requirements:
        for part, kind in ASKS[one.kind]:
            name = part if part in SHARED else f"{one.code}.{part}"
            found.setdefault(name, Question(name, part, kind, one.code))
    return list(found.values())


def records(
    requirements: Iterable[Requirement],
    answers: Mapping[str, object],
    *,
    look_back: date,
    award_year: int,
) -> tuple[Fact, ...]:
    """What the answers say, as the facts of a case.

    :param answers: name of a question -> date, bool, int or one of its words; what
        is missing or None was not answered
    :param look_back: day from which look-backs count
    """
    found = []
    for one in requirements:
        own = {
            part: answers.get(f"{one.code}.{part}")
            for part, _kind in ASKS[one.kind]
            if part not in SHARED
        }
        make = _RECORDS.get(one.kind)
        if make and any(value is not None for value in own.values()):
            found += make(one, own, look_back, award_year)
    return tuple(found)


#: Kind -> the answer without which nothing can be said: silence is not a "no".
NEEDS = {"legal_person": "legal_person", "prior_award": "won_class"}


def outcome(
    requirement: Requirement, finding: Finding, answers: Mapping[str, object]
) -> str:
    """What to tell: one of `OUTCOMES`."""
    needed = NEEDS.get(requirement.kind)
    if needed and finding.verdict == NOT_MET and answers.get(needed) is None:
        return OPEN
    if finding.verdict != JUDGE:
        return finding.verdict
    if requirement.kind in ON_PAPER:
        return BY_DOCUMENT
    return OPEN if finding.reason in SILENT else BY_OFFICE


def accounts(requirement: Requirement, look_back: date, award_year: int) -> range:
    """The calendar years of accounts that a requirement looks back to."""
    last = award_year if requirement.basis == "award_years" else look_back.year
    return range(last - (requirement.years or 1), last)


# -- one kind each -------------------------------------------------------------------
def _losses(requirement, own, look_back, award_year):
    said = own["losses"]
    years = list(accounts(requirement, look_back, award_year))
    found = [
        Fact(f"{requirement.code}.{year}", "profit", year=year, value=0)
        for year in years[1:]
    ]
    value = 0 if said == "none" else -1
    excepted = {"exception": "policy_loss", "number": "said", "issuer": "said"}
    found.append(
        Fact(
            f"{requirement.code}.{years[0]}",
            "profit",
            year=years[0],
            value=value,
            **(excepted if said == "policy" else {}),
        )
    )
    return found


def _incidents(requirement, own, _look_back, _award_year):
    field = min(requirement.fields, default="")
    found = []
    if own["incident"]:
        found.append(
            Fact(requirement.code, "incident", on=own["last_on"], field=field)
        )
    if own["penalty"] in SEVERITIES:
        found.append(
            Fact(
                f"{requirement.code}.penalty",
                "penalty",
                on=own["last_on"],
                field=field,
                severity=own["penalty"],
            )
        )
    return found


def _ranks(requirement, own, look_back, award_year):
    year = max(accounts(requirement, look_back, award_year))
    best = requirement.rank_max or 1
    if not own["ranks"]:
        return [Fact(requirement.code, "rank", year=year, rank=best + 1)]
    return [
        Fact(
            f"{requirement.code}.{number}",
            "rank",
            year=year,
            rank=best,
            population=best,
            trade="said",
            issuer="said",
            indicator=str(number),
        )
        for number in range(min(own["ranks"], max(requirement.count, 1)))
    ]


def _held_until(kind):
    def made(requirement, own, _look_back, _award_year):
        field = min(requirement.fields, default="")
        last = own["valid_to"]
        return [
            Fact(f"{requirement.code}.{number}", kind, last=last, field=field)
            for number in range(max(requirement.count, 1))
        ]

    return made


def _honour(requirement, own, _look_back, _award_year):
    field = min(requirement.fields, default="")
    return [
        Fact(f"{requirement.code}.{number}", "honour", on=own["given_on"], field=field)
        for number in range(max(requirement.count, 1))
    ]


def _held(kind):
    def made(requirement, own, _look_back, _award_year):
        if not own["held"]:
            return []
        return [Fact(requirement.code, kind, indicator=requirement.code)]

    return made


def _notice(kind):
    def made(requirement, own, _look_back, _award_year):
        return [Fact(requirement.code, kind, first=own["first"], last=own["last"])]

    return made


def _single(requirement, own, _look_back, _award_year):
    if own["elsewhere"]:
        return []
    return [Fact(requirement.code, "declaration", indicator=requirement.code)]


def _new_result(requirement, own, _look_back, _award_year):
    day = own["new_on"]
    return [Fact(requirement.code, "new_result", on=day, year=day.year)]


_RECORDS = {
    "no_loss": _losses,
    "no_incident": _incidents,
    "rank": _ranks,
    "certificate": _held_until("certificate"),
    "pool_member": _held_until("pool"),
    "honour": _honour,
    "employer_consent": _held("employer_consent"),
    "in_house_notice": _notice("in_house_notice"),
    "lower_level_notice": _notice("lower_level_notice"),
    "new_result": _new_result,
    "no_second_application": _single,
    "document": _held("document"),
    "declaration": _held("declaration"),
}
