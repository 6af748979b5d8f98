"""Panels, undertakings, declarations of interest and what the office makes of them."""

from datetime import timedelta

from scripts.demo import fates, people, tables

COACHED = "申报单位曾参加本人所在认证机构的免费辅导"
FOUND = "评审办比对:近三年内曾在该单位任职或为其竞争者服务"
DISMISSED = "经核实为同名人员,与该单位无利害关系"


def submissions(world):
    """The versions in force of the accepted cases, as the office reads them."""
    keys = {world.applications[case.key]: case.key for case in world.cases}
    with world.cast.desk("office_a") as office:
        rows = office.read(
            "award.submission",
            [("application_id", "in", list(keys)), ("is_current", "=", True)],
            ["application_id"],
        )
    world.submissions = {keys[row["application_id"]]: row["id"] for row in rows}
    world.key_of = {id_: key for key, id_ in world.submissions.items()}


def panels(world):
    """The office forms the panels, gives them their cases and confirms them."""
    funnel, experts = world.funnel, world.ids["experts"]
    world.go("panels")
    submissions(world)
    with world.progress.stage("Panels and assignments", len(world.cases)) as step:
        for number in range(funnel.panels):
            cases = [case for case in world.cases if case.panel == number]
            with world.cast.at("office_a", web=number == 0) as office:
                panel = office.create("award.panel", [{
                    "name": fates.panel_name(world, number),
                    "edition_id": world.ids["edition"],
                    "mode": "select",
                    "trade_ids": [(6, 0, _trades(world, number))],
                    "member_ids": [
                        (0, 0, {"expert_id": experts[member],
                                "is_leader": place == 0,
                                "selected_by": "评审办",
                                "reason": "按行业和专业遴选"})
                        for place, member in enumerate(cases[0].members)
                    ],
                }])[0]
                office.call("award.panel", "action_confirm", [panel])
                office.call("award.panel", "action_assign", [panel],
                            [world.submissions[case.key] for case in cases])
            world.ids.setdefault("panels", []).append(panel)
            step(len(cases))


def _trades(world, number):
    if world.small:
        return [world.ids["trades"]["01"]]
    return [world.ids["trades"][code] for code in tables.PANELS[number][1]]


def undertakings(world):
    """Every expert signs the undertaking of the edition."""
    keys = people.reviewer_keys(world.funnel) + people.judge_keys(world.funnel)
    world.go("undertakings")
    edition = world.ids["edition"]
    with world.progress.stage("Undertakings", len(keys)) as step:
        with world.cast.room() as room:
            for number, key in enumerate(keys):
                if key in world.cast.logins:
                    continue
                world.clock.go(world.timetable["undertakings"]
                               + timedelta(minutes=4 * number))
                room.person(world.cast.uids[key]).call(
                    "award.undertaking", "action_sign", None, edition)
                step()
        for key in keys:
            if key in world.cast.logins:
                world.cast.browser(key).call(
                    "award.undertaking", "action_sign", None, edition)
                step()


def declarations(world):
    """Every member declares on every case of the panel, before anything opens."""
    world.go("interests")
    members = people.reviewer_keys(world.funnel)
    total = sum(len(case.members) for case in world.cases)
    size = world.funnel.panel_size
    with world.progress.stage("Declarations of interest", total) as step:
        for place in range(0, len(members), size):
            with world.cast.room() as room:
                for member in members[place : place + size]:
                    if member not in world.cast.logins:
                        me = room.person(world.cast.uids[member])
                        step(_declare(world, me, member))
            for member in members[place : place + size]:
                if member in world.cast.logins:
                    step(_declare(world, world.cast.browser(member), member))


def _declare(world, me, member):
    rows = me.read("award.interest", [("state", "=", "draft")], ["title"])
    names = {world.organisation(case.key).name: case.key for case in world.cases}
    free = []
    for row in rows:
        outcome, kind = world.interests.get((names[row["title"]], member), (None, None))
        if outcome != "declared":
            free.append(row["id"])
            continue
        me.write("award.interest", [row["id"]], {"kind": kind, "note": COACHED
                                                 if kind == "coaching" else False})
        me.call("award.interest", "action_declare", [row["id"]])
    me.call("award.interest", "action_declare_none", free)
    return len(rows)


def found(world):
    """The office enters what it found from data, and decides on everything."""
    experts = world.ids["experts"]
    wanted = {
        (world.submissions[key], experts[member]): outcome
        for (key, member), outcome in world.interests.items()
    }
    with world.progress.stage("Interests judged", len(wanted)) as step:
        world.go("found_interests")
        with world.cast.at("office_a", web=True) as office:
            rows = office.read(
                "award.interest",
                [("submission_id", "in", [key for key, _expert in wanted]),
                 ("expert_id", "in", list({expert for _key, expert in wanted}))],
                ["submission_id", "expert_id"],
            )
        ids = {(r["submission_id"], r["expert_id"]): r["id"] for r in rows}
        by_outcome = {}
        for pair, (outcome, kind) in wanted.items():
            by_outcome.setdefault(outcome, []).append((ids[pair], kind))
        with world.cast.desk("office_a") as office:
            for id_, kind in by_outcome["found"] + by_outcome.get("dismissed", []):
                office.write("award.interest", [id_], {"kind": kind, "note": FOUND})
                office.call("award.interest", "action_declare", [id_])
                step()
        world.go("judge_interests")
        confirmed = [id_ for id_, _kind in by_outcome["declared"] + by_outcome["found"]]
        with world.cast.at("office_b", web=True) as office:
            office.call("award.interest", "action_confirm", confirmed)
            if dismissed := [id_ for id_, _kind in by_outcome.get("dismissed", [])]:
                office.call("award.interest", "action_dismiss", dismissed,
                            reason=DISMISSED)
        step(len(by_outcome["declared"]))
