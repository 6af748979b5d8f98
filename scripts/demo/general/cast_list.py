"""The users of one agency: a login for each role, people without one for the rest."""

from scripts.demo import people
from scripts.demo.general import entrants
from scripts.demo.organisations import person_name

#: Steps of a recommender, each by a person of its own.
STEPS = ("prepare", "check", "sign")
#: key -> (end of the login, title, group)
ROLES = {
    "office_a": ("office.a", "评审办·甲", "office"),
    "office_b": ("office.b", "评审办·乙", "office"),
    "head": ("office.head", "评审办·主任", "office_head"),
    "prepare": ("recommender.prepare", "推荐单位·经办", "recommender"),
    "check": ("recommender.check", "推荐单位·审核", "recommender"),
    "sign": ("recommender.sign", "推荐单位·签发", "recommender"),
    "leader": ("reviewer.leader", "评审组长", "reviewer"),
    "reviewer": ("reviewer", "评审员", "reviewer"),
    "deliberator": ("deliberator", "审议员", "deliberator"),
    "committee": ("committee", "委员", "committee"),
    "approver": ("government", "批准机关·经办", "approver"),
    "finance": ("finance", "财政·经办", "finance"),
    "supervisor": ("supervisor", "纪检监察", "supervisor"),
    "handling": ("handling", "受托机构·经办", "handling"),
}
#: Roles that have a login in the run in miniature; a password takes a second.
FEW = ("office_a", "head", "leader", "committee", "approver")
JUDGES = 3
PANEL = 3


def key_of(one):
    """The key of an entrant's portal user."""
    return f"entrant{one.key}"


def create(run):
    """Create everybody in two batches; who has a login gets a password."""
    shown = [
        people.Spec(key, f"{run.prefix}.{end}",
                    f"{person_name(900 + number)}({title})", group)
        for number, (key, (end, title, group)) in enumerate(ROLES.items())
    ]
    shown += _shown_entrants(run)
    rest = [*_recommenders(run), *_panels(run), *_judges(run), *_entrants(run)]
    with run.progress.stage("Users of every role", len(shown) + len(rest)) as step:
        run.cast.create(shown, run.ids["company"])
        shown = [spec for spec in shown
                 if not run.small or spec.key in FEW or spec.group is None]
        run.cast.open_sessions(shown)
        run.cast.create(rest, run.ids["company"])
        step(len(shown) + len(rest))
    run.ids["logins"] = [(spec.login, spec.name) for spec in shown]


def _spec(run, key, number, group):
    return people.Spec(
        key, f"{run.prefix}.{key.replace('_', '.')}", person_name(number), group)


def _shown_entrants(run):
    """A winner of each kind of applicant works at the portal's pages.

    In miniature one does: a page takes a while.
    """
    seen, found = set(), []
    for one in sorted(run.entrants, key=lambda one: (not one.wins, one.key)):
        subject = (one.moved_from or one.award_class).subject
        if subject in seen or (run.small and seen):
            continue
        seen.add(subject)
        one.web = True
        found.append(people.Spec(
            key_of(one), f"{run.prefix}.applicant.{subject}",
            f"{person_name(entrants.number_of(run, one.key))}(申报联络员)", None))
    return found


def _entrants(run):
    return [
        people.Spec(
            key_of(one), f"{run.prefix}.applicant.{one.key}",
            person_name(entrants.number_of(run, one.key)), None)
        for one in run.entrants if not one.web
    ]


def _recommenders(run):
    """Three people of each recommender; those of the first one have logins."""
    bodies = list(run.book.of_role("recommender").values())
    if not bodies:
        run.ids["recommending"] = []
        return []
    most = min([
        row["maximum"] for row in run.book.quotas
        if row["per"] == "recommender" and row["maximum"]
    ], default=len(run.entrants))
    named = max([
        one.values["recommenders_per_application"] or 1 for one in run.book.classes])
    count = max(len(bodies), named, -(-named * len(run.entrants) // most))
    specs, run.ids["recommending"] = [], []
    for number in range(count):
        keys = STEPS
        if number:
            keys = tuple(f"recommender{number + 1}_{step}" for step in STEPS)
            specs += [
                _spec(run, key, 1000 + 3 * number + place, "recommender")
                for place, key in enumerate(keys)
            ]
        run.ids["recommending"].append((bodies[number % len(bodies)], keys))
    return specs


def _panels(run):
    """(class code, number) -> members of a panel; the very first ones have logins."""
    specs, run.ids["panels"], free = [], {}, ["leader", "reviewer"]
    for award_class in run.book.classes:
        for number in range(_panels_of(run, award_class)):
            size = max(award_class.values["panel_min"] or PANEL, 1)
            if award_class.values["panel_odd"] and size % 2 == 0:
                size += 1
            keys = []
            for _place in range(size):
                key = free.pop(0) if free else f"reviewer_{len(specs) + 3}"
                if key not in ROLES:
                    specs.append(_spec(run, key, 1200 + len(specs), "reviewer"))
                keys.append(key)
            run.ids["panels"][award_class.code, number] = keys
    return specs


def _panels_of(run, award_class):
    """Panels of a class: two where each ranks its own cases and there are enough."""
    stop = award_class.first("document_review")
    cases = run.at_stage(stop, award_class) if stop else []
    if not cases:
        return 0
    apart = award_class.values["panel_ranking"] == "per_panel" and len(cases) > 3
    for place, one in enumerate(cases):
        one.panel = place % 2 if apart else 0
    return 2 if apart else 1


def _judges(run):
    least = max([
        one.values["defence_judges_min"] or JUDGES for one in run.book.classes])
    run.ids["judges"] = ["deliberator", *(f"judge_{n}" for n in range(2, least + 1))]
    return [
        _spec(run, key, 1500 + number, "deliberator")
        for number, key in enumerate(run.ids["judges"][1:])
    ]
