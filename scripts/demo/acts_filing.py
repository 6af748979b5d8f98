"""Announcement, online registrations, submissions inside the window."""

from datetime import datetime, timedelta

from scripts.demo import acts_setup, documents, people, sentences, tables
from scripts.demo.applicants import AtThePage, Inside, chapters, registration
from scripts.demo.timetable import filing_times, to_utc

BATCH = 25
#: Chapters that an applicant writes who never finishes.
FIRST_CHAPTERS = 4


def edition(world):
    """The head of the office sets up the edition, and announces it on its day."""
    table = world.timetable
    year = table.start.year
    start, end = table.window
    values = {
        "name_zh": f"第{acts_setup.TERM}届成都市政府质量奖(演示届)",
        "name_en": f"Chengdu Government Quality Award, edition {acts_setup.TERM} "
        "(demonstration)",
        "scheme_id": world.ids["scheme"], "term": acts_setup.TERM,
        "award_year": year, "is_demo": True,
        "window_start": _text(start), "window_end": _text(end),
        **continuation(world, year),
    }
    world.go("edition")
    head = world.cast.at("head", web=True)
    world.ids["edition"] = head.create("award.edition", [values])[0]
    adopt(head, world.ids["edition"], table["committee"].date())
    world.go("announce")
    head.call("award.edition", "action_announce", [world.ids["edition"]])


def adopt(head, edition, day):
    """Record what the scheme wants adopted before the announcement."""
    head.call("award.edition", "action_fill_adoptions", [edition])
    lines = head.search("award.adoption", [("edition_id", "=", edition)])
    head.write("award.adoption", lines, {
        "meeting": "评审委员会第一次全体会议(演示)",
        "number": f"演示决〔{day.year}〕3号(演示)",
        "adopted_on": str(day), "published_on": str(day),
        "published_in": "https://example.com/demo/adopted",
        "published_media": "演示日报(演示)",
    })


def continuation(world, year):
    """A recorded decision to continue the scheme, where it has expired."""
    first, last = world.in_force
    day = world.timetable["announce"].date()
    if (not first or first <= day) and (not last or day <= last):
        return {}
    return {
        "continuation_body": "成都市质量强市工作领导小组(演示)",
        "continuation_number": f"演示决〔{year}〕1号(演示)",
        "continuation_date": str(world.timetable["publish"].date()),
    }


def _text(local):
    return to_utc(local).strftime("%Y-%m-%d %H:%M:%S")


def applicants(world):
    """The applicants' portal users, invited by the administrator."""
    shown = {world.shown}
    specs = people.applicant_specs(range(1, len(world.organisations) + 1), shown)
    with world.progress.stage("Portal users", len(specs)) as step:
        for place in range(0, len(specs), 200):
            world.cast.create(specs[place : place + 200], world.ids["company"])
            step(len(specs[place : place + 200]))
    world.cast.alias("applicant", people.applicant_key(world.shown))


def events(world):
    """(time, order, act, organisation) of the window, in the order they happen."""
    rng, table = world.rng("filing"), world.timetable
    start, _end = table.window
    found = []
    submitted = [o for o in world.organisations if o.fate == "submitted"]
    rng.shuffle(submitted)
    times = filing_times(table, tables.FILING_CURVE, len(submitted), rng)
    for organisation, time in zip(submitted, times, strict=True):
        begun = start + timedelta(minutes=30) + (time - start) * (rng.random() * 0.7)
        found.append((min(begun, time), 0, "register", organisation))
        found.append((time, 1, "submit", organisation))
        world.received[organisation.key] = time
    rest = [o for o in world.organisations if o.fate != "submitted"]
    for organisation, time in zip(
        rest, filing_times(table, tables.FILING_CURVE, len(rest), rng), strict=True
    ):
        begun = start + timedelta(minutes=45) + (time - start) * (rng.random() * 0.9)
        found.append((min(begun, time), 0, "register", organisation))
        if organisation.fate == "gave_up":
            found.append((time, 1, "withdraw", organisation))
    return sorted(found, key=lambda event: (event[0], event[1], event[3].key))


def window(world):
    """Everything that applicants do until the window closes."""
    world.received = {}
    agenda = events(world)
    with world.progress.stage("Registrations and submissions", len(agenda)) as step:
        for place in range(0, len(agenda), BATCH):
            _batch(world, agenda[place : place + BATCH])
            step(len(agenda[place : place + BATCH]))


def _batch(world, agenda):
    """A stretch of the agenda in one transaction, but for who sits at a browser."""
    here = []
    for event in agenda:
        if event[3].key == world.shown:
            _inside(world, here)
            here = []
            browser = world.cast.browser(people.applicant_key(world.shown))
            _do(world, event, AtThePage(browser))
        else:
            here.append(event)
    _inside(world, here)


def _inside(world, agenda):
    if not agenda:
        return
    with world.cast.room() as room:
        for event in agenda:
            uid = world.cast.uids[people.applicant_key(event[3].key)]
            _do(world, event, Inside(room.person(uid)))


def _do(world, event, applicant):
    moment, _order, act, organisation = event
    world.clock.go(moment)
    key = organisation.key
    if act == "register":
        world.applications[key] = applicant.register(
            world.ids["edition"], registration(world, organisation)
        )
        if organisation.fate == "unfinished":
            applicant.save(
                world.applications[key],
                chapters(world, organisation, FIRST_CHAPTERS),
            )
    elif act == "submit":
        applicant.save(world.applications[key], chapters(world, organisation))
        _bring(world, applicant, organisation)
        applicant.submit(world.applications[key])
    else:
        applicant.withdraw(world.applications[key], sentences.GAVE_UP)


def _bring(world, applicant, organisation):
    """Figures for the results items, and a certificate."""
    case, year = world.applications[organisation.key], world.timetable.start.year
    rng = world.rng(f"figures {organisation.key}")
    for code, cells in documents.figures(world.items, year, rng):
        applicant.measure(case, code, cells)
    content = documents.certificate(organisation.name, year - 1)
    applicant.bring(case, documents.NAME, content)


def received_day(world, key) -> datetime:
    """The day on which the district received the application."""
    return world.received[key].date()
