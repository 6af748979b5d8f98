"""What becomes of each applicant before the panels, decided before anything starts."""

from datetime import timedelta

from odoo.addons.quality_award.rules import clock

from scripts.demo import people, scores, tables

#: Requirements behind a refusal: fate -> code of the requirement.
REQUIREMENT = {
    "years": "registered", "person": "legal_person", "penalty": "no_penalty",
    "other": "own_brand",
}


def decide(world):
    """Give every submitted application its kind; found, date and code the rest.

    Kinds: `declined`, the refusals of `REQUIREMENT`, `lapsed`, `withdrew`,
    `answered`, `plain`; `late` beside any kind that is recommended.
    """
    funnel, rng = world.funnel, world.rng("fates")
    submitted = [o for o in world.organisations if o.fate == "submitted"]
    late = [o for o in submitted if o.district == tables.LATE_DISTRICT][: funnel.late]
    others = [o for o in submitted if o not in late]
    rng.shuffle(others)
    plan = (
        ("declined", funnel.declined), ("years", funnel.refused_years),
        ("penalty", funnel.refused_penalty), ("person", funnel.refused_person),
        ("other", funnel.refused_other), ("lapsed", funnel.lapsed),
        ("withdrew", funnel.withdrew), ("answered", funnel.answered),
    )
    kinds = [kind for kind, count in plan for _ in range(count)]
    kinds += ["plain"] * (len(others) - len(kinds))
    world.kinds = {o.key: kind for o, kind in zip(others, kinds, strict=True)}
    world.kinds |= {o.key: "plain" for o in late}
    world.late = {o.key for o in late}
    for organisation in world.organisations:
        _date(world, organisation, rng)


def _date(world, organisation, rng):
    """Registered here at least five years ago, except where that is the ground."""
    end = world.timetable["window_end"].date()
    years = rng.randint(6, 24)
    if world.kinds.get(organisation.key) == "years":
        years = rng.randint(2, 3)
    months = -12 * years
    organisation.registered_on = clock.corresponding_day(end, months) - timedelta(
        days=rng.randint(1, 300)
    )
    if world.kinds.get(organisation.key) == "person":
        organisation.is_legal_person = False


def accepted(world):
    """The organisations that reach the panels."""
    stays = {"plain", "answered"}
    return [
        organisation for organisation in world.organisations
        if world.kinds.get(organisation.key) in stays
    ]


def panels(world):
    """Cases by panel, with members and recusals; then everybody's scores."""
    funnel = world.funnel
    members = people.reviewer_keys(funnel)
    size = funnel.panel_size
    slices = [members[p * size : (p + 1) * size] for p in range(funnel.panels)]
    load = [0] * funnel.panels
    cases = []
    for organisation in accepted(world):
        panel = min(
            _panels_of(world, organisation.trade), key=lambda number: load[number]
        )
        load[panel] += 1
        cases.append(scores.Case(organisation.key, panel, slices[panel]))
    _recuse(world, cases)
    ranked = scores.review(cases, world.items, funnel, world.seed)
    world.cases = sorted(cases, key=lambda case: (case.panel, case.key))
    world.ranked = ranked


def _panels_of(world, trade):
    if world.small:
        return range(world.funnel.panels)
    return [
        number for number, (_name, trades) in enumerate(tables.PANELS)
        if trade in trades
    ]


def panel_name(world, number):
    return f"第{number + 1}评审组" if world.small else tables.PANELS[number][0]


def _recuse(world, cases):
    """Declared and found interests, at most one on each case, never the leader's."""
    funnel, rng = world.funnel, world.rng("interests")
    chosen = rng.sample(cases, funnel.declared + funnel.found)
    kinds = ["coaching"] * funnel.declared_coaching + [
        rng.choice(("employed", "financial", "competitor", "family"))
        for _ in range(funnel.declared - funnel.declared_coaching)
    ]
    world.interests = {}
    for number, case in enumerate(chosen):
        member = rng.choice(case.members[1:])
        if number < funnel.declared:
            outcome, kind = "declared", kinds[number]
        elif number < funnel.declared + funnel.found_dismissed:
            outcome, kind = "dismissed", "employed"
        else:
            outcome, kind = "found", "competitor"
        world.interests[case.key, member] = (outcome, kind)
        if outcome != "dismissed":
            case.recused.add(member)
