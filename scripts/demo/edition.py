"""The main edition from the first user to the last letter: which act follows which."""

from datetime import timedelta

from scripts.demo import (
    acts_check,
    acts_decide,
    acts_filing,
    acts_lists,
    acts_panels,
    acts_recommend,
    acts_review,
    acts_setup,
    acts_site,
    fates,
    finals,
    organisations,
)
from scripts.demo.timetable import Days, latest, plan

#: Before the plan is known, people and schemes are set up this long before its start.
HEADSTART = timedelta(days=20)
LENGTH = timedelta(days=240)


def run(world, start, now):
    """Drive the edition.

    :param start: date of the announcement, or None: the edition ends at `now`
    :param now: local time of this moment
    """
    prepare(world, start, now)
    acts_setup.users(world)
    acts_setup.authorities(world)
    acts_setup.experts(world)
    acts_setup.committee(world)
    acts_filing.applicants(world)
    acts_setup.history(world)
    acts_filing.edition(world)
    acts_filing.window(world)
    districts_and_office(world)
    experts(world)
    decision(world)


def prepare(world, start, now):
    """Schemes first: the plan is computed with their figures."""
    world.clock.go(_noon(start, now))
    acts_setup.company(world)
    acts_setup.schemes(world)
    with world.cast.desk("admin") as admin:
        days = Days(admin.env["award.calendar.year"]._calendar())
    visits = 1 + -(-world.funnel.shortlisted // world.funnel.panels)
    if start:
        world.timetable = plan(start, world.figures, days, visits=visits)
    else:
        world.timetable = latest(now, world.figures, days, visits=visits)
    world.historic = world.timetable.start.year < 2015
    world.organisations = organisations.make(world.funnel, world.seed)
    fates.decide(world)
    fates.panels(world)
    world.finals = finals.make(
        world.ranked[: world.funnel.shortlisted], world.items, world.funnel,
        world.weighing, world.seed,
    )
    world.go("found")


def _noon(start, now):
    if start:
        return now.replace(
            year=start.year, month=start.month, day=start.day, hour=12
        ) - HEADSTART
    return now - LENGTH - HEADSTART


def districts_and_office(world):
    """Opinions and checks interleave: each case goes on as soon as it is signed."""
    acts_recommend.plan_cases(world)
    agenda = [
        (group, keys, acts_recommend.work)
        for group, keys in acts_recommend.agenda(world).items()
    ] + [
        (group, keys, acts_check.work)
        for group, keys in acts_check.agenda(world).items()
    ]
    agenda.sort(key=lambda entry: entry[0])
    total = sum(len(keys) for _group, keys, _work in agenda)
    with world.progress.stage("Recommendation and office check", total) as step:
        for group, keys, work in agenda:
            world.clock.go(group[0])
            work(world, group, keys)
            step(len(keys))
    acts_check.declined_letters(world)


def experts(world):
    """From the panels to the frozen ranking."""
    acts_panels.panels(world)
    acts_panels.undertakings(world)
    acts_panels.declarations(world)
    acts_panels.found(world)
    acts_review.score(world)
    acts_review.consensus(world)
    every = range(world.funnel.panels)
    acts_review.reports(world, "document", "document_reports", list(every))
    acts_review.composite(world, "document", "document_composite")
    acts_lists.shortlist(world)
    acts_lists.notices(world)
    acts_site.visits(world)
    acts_site.defence(world)
    acts_review.composite(world, "final", "composite")
    numbers = sorted({final.case.panel for final in world.finals})
    acts_review.reports(world, "composite", "composite_reports", numbers)


def decision(world):
    """From the recommended list to the prizes."""
    acts_lists.recommended(world)
    acts_lists.consultation(world)
    acts_lists.candidates(world)
    acts_decide.meeting(world, "proposed", "first_meeting")
    acts_decide.notice(world)
    acts_decide.meeting(world, "final", "second_meeting")
    acts_decide.approval(world)
    acts_decide.awards(world)
    acts_decide.results(world)
