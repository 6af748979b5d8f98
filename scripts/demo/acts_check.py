"""The office's qualification check, supplements, refusals with their clause."""

from datetime import datetime, time, timedelta

from scripts.demo import documents, people, sentences
from scripts.demo.applicants import AtThePage, Inside
from scripts.demo.fates import REQUIREMENT

CLERKS = ("office_a", "office_b")
HOURS = {"ask": 9, "answer": 14, "withdraw": 14, "lapse": 9, "decide": 16}
SUPPLEMENTED = {"answered", "lapsed", "withdrew"}


def agenda(world):
    """(time, act, "") -> keys, for every case that was recommended."""
    groups = {}
    for key, kind in world.kinds.items():
        if kind == "declined":
            continue
        days = world.days_of[key]
        steps = [("decide", days.decided)]
        if kind in SUPPLEMENTED:
            last = {"answered": ("answer", days.answered),
                    "lapsed": ("lapse", days.lapsed),
                    "withdrew": ("withdraw", days.answered)}[kind]
            steps = [("ask", days.asked), last]
            if kind == "answered":
                steps.append(("decide", days.decided))
        for act, day in steps:
            moment = datetime.combine(day, time(HOURS[act]))
            groups.setdefault((moment, act, ""), []).append(key)
    return groups


def work(world, group, keys):
    """One act of the office, or of applicants, on the cases of one day."""
    moment, act, _nobody = group
    if act in {"answer", "withdraw"}:
        return _applicants(world, act, keys)
    clerk = CLERKS[moment.day % 2]
    web = not world.web_done.get(act)
    with world.cast.at(clerk, web=web) as office:
        {"ask": _ask, "lapse": _lapse, "decide": _decide}[act](world, office, keys)
    world.web_done[act] = True
    return len(keys)


def _checks(world, office, keys):
    """The open checks of cases: id of the check -> key."""
    cases = {world.applications[key]: key for key in keys}
    rows = office.read(
        "award.qualification",
        [("application_id", "in", list(cases)), ("state", "=", "draft")],
        ["application_id"],
    )
    return {row["id"]: cases[row["application_id"]] for row in rows}


def supplement(check, number=0):
    """Values of a supplement that asks for one part, with the reason."""
    line = {
        "part": sentences.SUPPLEMENTED_PARTS[number % 2],
        "reason": sentences.SUPPLEMENTS[number % 2],
    }
    return {"qualification_id": check, "line_ids": [(0, 0, line)]}


def _ask(world, office, keys):
    checks = _checks(world, office, keys)
    ids = office.create("award.supplement", [
        supplement(check, key) for check, key in checks.items()
    ])
    office.call("award.supplement", "action_send", ids)
    world.supplements |= dict(zip(checks.values(), ids, strict=True))
    send_letters(world, office, keys)


def _lapse(world, office, keys):
    office.call(
        "award.supplement", "action_lapse", [world.supplements[key] for key in keys]
    )


def _applicants(world, act, keys):
    with world.cast.room() as room:
        for number, key in enumerate(keys):
            world.clock.go(world.clock.now + timedelta(minutes=number))
            person = people.applicant_key(key)
            if key == world.shown:
                continue
            _reply(world, act, key, Inside(room.person(world.cast.uids[person])))
    if world.shown in keys:
        browser = world.cast.browser(people.applicant_key(world.shown))
        _reply(world, act, world.shown, AtThePage(browser))
    return len(keys)


def _reply(world, act, key, applicant):
    case = world.applications[key]
    if act == "answer":
        _complete(world, key, applicant)
    else:
        applicant.withdraw(case, sentences.WITHDREW)


def _complete(world, key, applicant):
    """The part that was opened, on its own page, and a word to the office."""
    case, said = world.applications[key], sentences.ANSWERS[key % 2]
    if sentences.SUPPLEMENTED_PARTS[key % 2] == "evidence":
        year = world.timetable.start.year
        content = documents.certificate(sentences.REPORT_PAGE, year)
        applicant.bring(case, sentences.REPORT_PAGE, content)
    else:
        applicant.save(case, {"profile": f"{sentences.PROFILE}\n{said}"})
    applicant.complete(case, world.supplements[key], said)


def _decide(world, office, keys):
    checks = _checks(world, office, keys)
    codes = {
        row["id"]: row["code"]
        for row in office.read(
            "award.requirement", [("scheme_id", "=", world.ids["scheme"])], ["code"]
        )
    }
    lines = office.read(
        "award.qualification.line", [("qualification_id", "in", list(checks))],
        ["qualification_id", "requirement_id", "verdict"],
    )
    met = []
    for line in lines:
        kind = world.kinds[checks[line["qualification_id"]]]
        if codes[line["requirement_id"]] == REQUIREMENT.get(kind):
            office.write("award.qualification.line", [line["id"]], {
                "verdict": "not_met", "note": sentences.REFUSED[kind],
            })
        elif line["verdict"] != "met":
            met.append(line["id"])
    office.write("award.qualification.line", met, {"verdict": "met"})
    office.call("award.qualification", "action_decide", list(checks))
    send_letters(world, office, keys)


def send_letters(world, office, keys):
    """Send the letters that acts have drafted; note who took them."""
    letters = office.search("award.letter", [
        ("application_id", "in", [world.applications[key] for key in keys]),
        ("state", "=", "draft"),
    ])
    if letters:
        office.call("award.letter", "action_send", letters)
        office.write("award.letter", letters, {
            "served_on": str(world.clock.now.date()), "served_how": "hand",
            "served_to": "联络员",
        })
        office.call("award.letter", "action_serve", letters)
    return len(letters)


def declined_letters(world):
    """Letters to those whom their district did not recommend."""
    keys = [key for key, kind in world.kinds.items() if kind == "declined"]
    with world.cast.desk("office_a") as office:
        send_letters(world, office, keys)
