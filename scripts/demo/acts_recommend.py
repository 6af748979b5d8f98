"""The districts' opinions: prepared, checked, signed off, each by another person."""

from datetime import datetime, time

from scripts.demo import people, sentences, tables
from scripts.demo.timetable import case_days

HOURS = {"prepare": 10, "check": 11, "sign": 15}


def plan_cases(world):
    """The days of every submitted case."""
    world.days_of = {
        key: case_days(
            world.received[key].date(), world.timetable, key in world.late, kind
        )
        for key, kind in world.kinds.items()
    }


def agenda(world):
    """(time, act, district, keys) of all districts."""
    groups = {}
    for key, days in world.days_of.items():
        district = world.organisation(key).district
        for act, day in (
            ("prepare", days.prepared), ("check", days.checked), ("sign", days.signed)
        ):
            groups.setdefault(
                (datetime.combine(day, time(HOURS[act])), act, district), []
            ).append(key)
    return groups


def work(world, group, keys):
    """One step of one district on the cases of one day."""
    _moment, act, district = group
    person = dict(zip(HOURS, people.district_keys(district), strict=True))[act]
    titles = {world.organisation(key).name: key for key in keys}
    shown = district == tables.SHOWN_DISTRICT and not world.web_done.get(act)
    with world.cast.at(person, web=shown) as me:
        rows = me.read(
            "award.recommendation",
            [("state", "=", {"prepare": "draft", "check": "prepared",
                             "sign": "checked"}[act]),
             ("submission_id.edition_id", "=", world.ids["edition"])],
            ["title"],
        )
        mine = {titles[row["title"]]: row["id"] for row in rows
                if row["title"] in titles}
        _act(world, me, act, mine)
    if shown:
        world.web_done[act] = True
    return len(mine)


def _act(world, me, act, mine):
    model = "award.recommendation"
    if act == "prepare":
        for declined in (False, True):
            ids = [id_ for key, id_ in mine.items()
                   if (world.kinds[key] == "declined") is declined]
            if ids:
                me.write(model, ids, {
                    "verdict": "decline" if declined else "recommend",
                    "opinion": sentences.DECLINE if declined else sentences.RECOMMEND,
                })
        me.call(model, "action_confirm_rest", list(mine.values()))
    me.call(model, f"action_{act}", list(mine.values()))
