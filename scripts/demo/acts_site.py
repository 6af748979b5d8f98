"""Site visits of three to five days, the oral defence, scored by deliberators."""

from datetime import datetime, time, timedelta

from scripts.demo import people, sentences


def visits(world):
    """The panels go, score what they saw with the evidence for it, and report."""
    agenda = _visit_days(world)
    with world.progress.stage("Site visits", len(agenda)) as step:
        for first, last, final in agenda:
            leader_key = final.case.members[0]
            web = leader_key == "leader"
            world.clock.go(datetime.combine(first, time(8)) - timedelta(days=1))
            with world.cast.at(leader_key, web=web) as leader:
                visit = _visit_of(world, leader, final)
                leader.write("award.visit", [visit], {
                    "date_start": str(first), "date_end": str(last)})
            world.clock.go(datetime.combine(last, time(17)))
            with world.cast.at(leader_key, web=web) as leader:
                _report(world, leader, visit, final)
            step()


def _visit_days(world):
    """(first day, last day, final): each panel makes its visits one after another."""
    days, figures = world.timetable.days, world.figures
    free, found = {}, []
    for number, final in enumerate(sorted(world.finals, key=lambda f: f.case.key)):
        first = free.get(final.case.panel, world.timetable["visits"].date())
        span = range(figures.site_days_min, figures.site_days_max + 1)
        last = days.after(first, 0) + timedelta(days=span[number % len(span)] - 1)
        while not days.calendar.is_working_day(last):
            last -= timedelta(days=1)
        length = (last - first).days + 1
        if length < figures.site_days_min:
            first = days.after(last + timedelta(days=1), 0)
            last = first + timedelta(days=figures.site_days_min - 1)
        free[final.case.panel] = days.after(last, 1)
        found.append((first, last, final))
    return sorted(found, key=lambda visit: (visit[1], visit[2].case.key))


def _visit_of(world, leader, final):
    return leader.search("award.visit", [
        ("submission_id", "=", world.submissions[final.case.key])])[0]


def _report(world, leader, visit, final):
    leader.call("award.visit", "action_hold", [visit])
    site = leader.search("award.consensus", [
        ("submission_id", "=", world.submissions[final.case.key]),
        ("phase", "=", "site")])
    lines = leader.search("award.consensus.line", [("consensus_id", "in", site)],
                          order="sequence, id")
    for number, place in enumerate(final.changed):
        leader.write("award.consensus.line", [lines[place]], {
            "percent": final.site[place],
            "evidence": sentences.SITE_EVIDENCE[number % 3],
        })
    leader.call("award.consensus", "action_agree", site)
    leader.write("award.visit", [visit], {"report": sentences.SITE_REPORT})
    leader.call("award.visit", "action_report", [visit])


def defence(world):
    """All finalists on one day, in drawn order; each judge scores alone."""
    judges = people.judge_keys(world.funnel)
    order = list(world.finals)
    world.rng("order").shuffle(order)
    begin = world.timetable["defence"]
    world.clock.go(begin - timedelta(hours=16))
    with world.progress.stage("Defences", len(order) * len(judges)) as step:
        with world.cast.at("office_a", web=True) as office:
            ids = _invite(world, office, order, judges, begin)
        for place, judge in enumerate(judges):
            world.clock.go(begin + timedelta(hours=8, minutes=place))
            with world.cast.at(judge, web=True) as me:
                step(_judge(world, me, place))
        with world.cast.at("office_b", web=True) as office:
            world.clock.go(begin + timedelta(hours=9))
            office.call("award.defence", "action_hold", ids)


def _invite(world, office, order, judges, begin):
    ids = []
    for position, final in enumerate(order, 1):
        defence_id = office.search("award.defence", [
            ("submission_id", "=", world.submissions[final.case.key])])
        office.write("award.defence", defence_id, {
            "held_on": str(begin.date()), "position": position,
            "judge_ids": [(6, 0, [world.ids["experts"][key] for key in judges])],
        })
        ids += defence_id
    office.call("award.defence", "action_invite", ids)
    return ids


def _judge(world, me, place):
    points = {
        world.organisation(final.case.key).name: final.judges[place]
        for final in world.finals
    }
    rows = me.read("award.defence.score", [("state", "=", "draft")], ["title"])
    for row in rows:
        me.write("award.defence.score", [row["id"]], {"points": points[row["title"]]})
    me.call("award.defence.score", "action_lock", [row["id"] for row in rows])
    return len(rows)
