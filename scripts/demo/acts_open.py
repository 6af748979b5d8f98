"""The next edition, left open in mid-process, so that what is served is alive."""

from datetime import datetime, time, timedelta

from scripts.demo import (
    acts_check,
    acts_filing,
    acts_setup,
    organisations,
    people,
    sentences,
)
from scripts.demo.acts_filing import FIRST_CHAPTERS
from scripts.demo.applicants import AtThePage, Inside, chapters, registration
from scripts.demo.timetable import to_utc

#: Working days since the announcement, and calendar days that the window lasts.
SINCE, WINDOW = 9, 30
#: How far the opinions on the first submissions have come, in their order; the rest
#: wait at their district.
PROGRESS = ("asked", "signed", "checked", "prepared")
STEPS = ("prepare", "check", "sign")


def run(world, now):
    """Announce it, let applicants and districts begin, and stop in the middle."""
    world.others = organisations.make_open(world.funnel, world.seed)
    days = world.timetable.days
    first = days.before(now.date(), SINCE)
    shown = world.others[-1].key
    _users(world, shown)
    with world.progress.stage("Next edition, left open", len(world.others)) as step:
        _announce(world, first)
        moment = datetime.combine(first, time(10))
        last = datetime.combine(days.before(now.date(), 4), time(17))
        pace = (last - moment) / len(world.others)
        for number, organisation in enumerate(world.others):
            world.clock.go(moment + pace * number)
            _apply(world, organisation, organisation.key == shown)
            step()
        _districts(world, days, now)
        _supplement(world, days, now)


def _users(world, shown):
    specs = people.applicant_specs([o.key for o in world.others], {shown})
    world.cast.create(specs, world.ids["company"])
    world.cast.alias("applicant_open", people.applicant_key(shown))


def _announce(world, first):
    term, year = acts_setup.TERM + 1, first.year
    opens, closes = datetime.combine(first, time(9)), datetime.combine(
        first + timedelta(days=WINDOW), time(18))
    values = {
        "name_zh": f"第{term}届成都市政府质量奖(演示届·进行中)",
        "name_en": f"Chengdu Government Quality Award, edition {term} "
        "(demonstration, under way)",
        "scheme_id": world.ids["scheme"], "term": term, "award_year": year,
        "is_demo": True,
        "window_start": to_utc(opens).strftime("%Y-%m-%d %H:%M:%S"),
        "window_end": to_utc(closes).strftime("%Y-%m-%d %H:%M:%S"),
        "continuation_body": "成都市质量强市工作领导小组(演示)",
        "continuation_number": f"演示决〔{year}〕2号(演示)",
        "continuation_date": str(first - timedelta(days=5)),
    }
    world.clock.go(opens)
    head = world.cast.at("head", web=True)
    world.ids["open_edition"] = head.create("award.edition", [values])[0]
    acts_filing.adopt(head, world.ids["open_edition"], first - timedelta(days=5))
    head.call("award.edition", "action_announce", [world.ids["open_edition"]])


def _apply(world, organisation, shown):
    key = people.applicant_key(organisation.key)
    if shown:
        _file(world, organisation, AtThePage(world.cast.browser(key)))
        return
    with world.cast.room() as room:
        person = room.person(world.cast.uids[key])
        _file(world, organisation, Inside(person))


def _file(world, organisation, applicant):
    case = applicant.register(
        world.ids["open_edition"], registration(world, organisation))
    world.applications[organisation.key] = case
    if organisation.fate == "submitted":
        applicant.save(case, chapters(world, organisation))
        applicant.submit(case)
    else:
        applicant.save(case, chapters(world, organisation, FIRST_CHAPTERS))


def _districts(world, days, now):
    """The first submissions have come as far as `PROGRESS` says."""
    for number, step in enumerate(STEPS):
        world.clock.go(datetime.combine(days.before(now.date(), 3), time(10 + number)))
        person = people.district_keys("gaoxin")[number]
        wanted = [o.name for o, reached in zip(world.others, PROGRESS, strict=False)
                  if number < {"prepared": 1, "checked": 2}.get(reached, 3)]
        me = world.cast.at(person, web=True)
        rows = me.read("award.recommendation", [
            ("submission_id.edition_id", "=", world.ids["open_edition"])], ["title"])
        ids = [row["id"] for row in rows if row["title"] in wanted]
        if number == 0:
            me.write("award.recommendation", ids, {
                "verdict": "recommend", "opinion": sentences.RECOMMEND})
        me.call("award.recommendation", f"action_{step}", ids)


def _supplement(world, days, now):
    """The office has asked the first case to complete its material."""
    world.clock.go(datetime.combine(days.before(now.date(), 2), time(10)))
    office = world.cast.at("office_a", web=True)
    check = office.search("award.qualification", [
        ("application_id", "=", world.applications[world.others[0].key])])
    supplement = office.create(
        "award.supplement", [acts_check.supplement(check[0])])
    office.call("award.supplement", "action_send", supplement)
    letters = office.search("award.letter", [
        ("application_id", "=", world.applications[world.others[0].key]),
        ("state", "=", "draft")])
    if letters:
        office.call("award.letter", "action_send", letters)
