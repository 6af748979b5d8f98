"""Site visits with their voices, oral defences, the evaluation by the public."""

from datetime import datetime, time, timedelta

from odoo.addons.quality_award.rules import scoring

from scripts.demo import sentences
from scripts.demo.general import reviewing

HEARD = "随机访谈,反映真实。"


def site(run, stop, _classes):
    """Each panel makes its visits one after another, all panels at a time."""
    agenda = _agenda(run, run.at_stage(stop))
    with run.progress.stage("Site visits", len(agenda)) as step:
        for first, last, one in agenda:
            leader_key = run.ids["panels"][one.award_class.code, one.panel][0]
            run.go(max(run.clock.now, datetime.combine(last, time(16))))
            with run.at(leader_key) as leader:
                _visit(run, leader, one, first, last)
            step()


def _agenda(run, some):
    """(first day, last day, entrant), in order of the last days."""
    free, found = {}, []
    start = run.days.after(run.today, 2)
    for one in some:
        first = free.get((one.award_class.code, one.panel), start)
        length = one.award_class.values["site_days_min"] or 1
        last = first + timedelta(days=length - 1)
        while not run.days.calendar.is_working_day(last):
            # A weekend would lie in between: begin after it.
            first = run.days.after(last + timedelta(days=1), 0)
            last = first + timedelta(days=length - 1)
        free[one.award_class.code, one.panel] = run.days.after(last, 1)
        found.append((first, last, one))
    return sorted(found, key=lambda visit: (visit[1], visit[2].key))


def _visit(run, leader, one, first, last):
    [visit] = leader.search("award.visit", [("submission_id", "=", one.submission)])
    leader.write("award.visit", [visit], {
        "date_start": str(first), "date_end": str(last)})
    leader.call("award.visit", "action_hold", [visit])
    site_ = leader.search("award.consensus", [
        ("submission_id", "=", one.submission), ("phase", "=", "site")])
    reviewing.settle(leader, site_, {one.submission: one})
    leader.call("award.consensus", "action_agree", site_)
    voices = one.award_class.values["site_voices"]
    voices = voices or ("customers", "suppliers", "staff", "public")
    leader.create("award.visit.voice", [{
        "visit_id": visit, "voice": voice, "heard_on": str(last), "persons": 3,
        "summary": HEARD} for voice in voices])
    leader.write("award.visit", [visit], {"report": sentences.SITE_REPORT})
    leader.call("award.visit", "action_report", [visit])
    leader.call("award.visit", "action_give_feedback", [visit], "kept", "good")


def defence(run, stop, _classes):
    """All defences on one day; every deliberator scores alone."""
    some = run.at_stage(stop)
    judges = run.ids["judges"]
    run.step(1, 16)
    names = {one.name: one for one in some}
    with run.progress.stage("Defences", len(some) * len(judges)) as step:
        held_on = run.days.after(run.today, 1)
        with run.at("office_a") as office:
            ids = []
            for position, one in enumerate(some, 1):
                found = office.search("award.defence", [
                    ("submission_id", "=", one.submission)])
                office.write("award.defence", found, {
                    "held_on": str(held_on), "position": position,
                    "judge_ids": [(6, 0, [run.ids["experts"][key] for key in judges])],
                })
                ids += found
            office.call("award.defence", "action_invite", ids)
        run.step(1, 17)
        for place, key in enumerate(judges):
            run.later(10)
            with run.at(key) as judge:
                step(_judge(judge, place, names))
        run.later(30)
        with run.at("office_b") as office:
            office.call("award.defence", "action_hold", ids)


def _judge(judge, place, names):
    rows = judge.read("award.defence.score", [("state", "=", "draft")], ["title"])
    mine = {row["id"]: names[row["title"]] for row in rows if row["title"] in names}
    for id_, one in mine.items():
        most = one.award_class.values["defence_max"] or one.award_class.total
        share = one.level * 100 + (50 * (place - 1) if one.wins else 0)
        judge.write("award.defence.score", [id_], {
            "points": min(most * share // 10000, most)})
    judge.call("award.defence.score", "action_lock", list(mine))
    return len(mine)


def public(run, _stop, classes):
    """One survey of each class: its method and sample, points entered twice."""
    run.step(3, 10)
    with run.progress.stage("Public evaluation", len(classes)) as step:
        for award_class in classes:
            run.later(10)
            _survey(run, award_class)
            step()


def _survey(run, award_class):
    model = "award.public.evaluation"
    first = run.days.before(run.today, 3)
    with run.at("office_a") as office:
        id_ = office.create(model, [{
            "name": f"公众评价:{award_class.code}", "edition_id": run.ids["edition"],
            "class_id": award_class.id, "method": "survey", "sample": 400,
            "date_start": str(first), "date_end": str(run.days.before(run.today, 1)),
            "carried_out_by": "演示调查机构",
            "report": "随机抽样电话访问,每个对象不少于一百份有效问卷。",
        }])
        office.call(model, "action_prepare", id_)
        listed = office.read("award.public.evaluation.line", [
            ("evaluation_id", "in", id_)], ["application_id"])
        table = _table(run, award_class, {row["application_id"] for row in listed})
        office.call(model, "action_import", id_, table)
        office.call(model, "action_enter", id_)
    with run.at("office_b") as second:
        second.call(model, "action_check", id_, table)


def _table(run, award_class, listed):
    most = award_class.values["public_evaluation_max"] or award_class.total or 10000
    return "\n".join(
        f"{one.number}\t{scoring.to_text(most * one.level // 100)}"
        for one in run.entrants if one.application in listed
    )
