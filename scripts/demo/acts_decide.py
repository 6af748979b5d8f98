"""Two meetings of the committee, the public notice with an objection, the approval."""

from scripts.demo import acts_lists, acts_setup, sentences
from scripts.demo.timetable import to_utc

CHANNELS = (
    ("government_site", "https://example.com/demo/notice"),
    ("media", "演示日报第3版"),
)


def meeting(world, kind, step_name):
    """A vote on paper: one clerk enters the counts, the other counts again.

    One member is absent, one is recused from the third case.
    """
    world.go(step_name)
    office, second = (world.cast.at(key, web=True) for key in ("office_a", "office_b"))
    list_id = acts_lists.draft(world, office, kind)
    members = office.search("award.committee.member", [
        ("committee_id", "=", world.ids["committee"])], order="sequence, id")
    present = members[:-1]
    label = {"proposed": "First meeting", "final": "Second meeting"}[kind]
    with world.progress.stage(label, len(world.candidates)) as step:
        id_ = office.create("award.meeting", [{
            "name": f"评审委员会会议({acts_lists.NAMES[kind]})",
            "edition_id": world.ids["edition"], "committee_id": world.ids["committee"],
            "list_id": list_id, "held_on": str(world.clock.now.date()),
            "present_ids": [(6, 0, present)],
        }])[0]
        office.call("award.meeting", "action_prepare", [id_])
        office.call("award.meeting", "action_open", [id_])
        tallies = office.read("award.tally", [("meeting_id", "=", id_)],
                              ["application_id"], order="application_id")
        for number, tally in enumerate(tallies):
            figures = _count(world, office, tally, number, present)
            office.call("award.tally", "action_enter", [tally["id"]], figures)
            second.call("award.tally", "action_check", [tally["id"]], figures)
            step()
        office.call("award.meeting", "action_close", [id_], sentences.MINUTES)
    world.go(kind)
    world.cast.at("committee", web=True).call("award.list", "action_adopt", [list_id])


def _count(world, office, tally, number, present):
    base = len(present)
    if number == min(2, len(world.candidates) - 1):
        office.write("award.tally", [tally["id"]], {
            "recused_ids": [(6, 0, [present[-1]])]})
        base -= 1
    return {"issued": base, "returned": base, "valid": base,
            "in_favour": base - 1, "against": 1, "abstained": 0}


def notice(world):
    """Ten days in public; one objection, investigated and found untrue."""
    office = world.cast.at("office_a", web=True)
    with world.progress.stage("Public notice", 1) as step:
        world.go("notice")
        id_ = office.create("award.notice", [{
            "name": "拟奖名单公示(演示届)", "edition_id": world.ids["edition"],
            "list_id": world.ids["proposed"],
            "contact": "评审办 000-0000-0001 · 纪检监察 000-0000-0002(演示)",
            "channel_ids": [(0, 0, {"kind": kind, "proof": proof})
                            for kind, proof in CHANNELS],
        }])[0]
        office.call("award.notice", "action_publish", [id_])
        world.ids["notice"] = id_
        world.go("objection")
        accused = world.candidates[-1].case.key
        objection = office.create("award.objection", [{
            "notice_id": id_, "application_id": world.applications[accused],
            "came_by": "letter", "sender_name": "赵己巳", "statement":
            sentences.OBJECTION, "sender_contact": "000-0000-9999",
            "received_at": _now(world),
        }])
        world.go("admitted")
        office.call("award.objection", "action_admit", objection)
        world.go("reported")
        office.call("award.objection", "action_report", objection,
                    sentences.VERIFICATION, "not_upheld")
        world.go("notice_closed")
        office.call("award.notice", "action_close", [id_])
        step()


def _now(world):
    return to_utc(world.clock.now).strftime("%Y-%m-%d %H:%M:%S")


def approval(world):
    """The head submits the final list; the government's clerk registers the reply."""
    year = world.timetable.start.year
    with world.progress.stage("Approval", 1) as step:
        world.go("approval_submitted")
        id_ = world.cast.at("office_a", web=True).create("award.approval", [{
            "edition_id": world.ids["edition"], "list_id": world.ids["final"]}])
        world.cast.at("head", web=True).call("award.approval", "action_submit", id_)
        world.go("approved")
        world.cast.at("approver", web=True).call(
            "award.approval", "action_approve", id_,
            f"演示府函〔{year}〕{acts_setup.TERM}号", str(world.clock.now.date()))
        step()
    world.ids["approval"] = id_[0]


def awards(world):
    """The awards are granted, the prizes paid, the winners told."""
    office, finance = (world.cast.at(key, web=True) for key in ("office_a", "finance"))
    total = world.funnel.winners + world.funnel.repeats
    with world.progress.stage("Awards and prizes", total) as step:
        world.go("granted")
        office.call("award.approval", "action_grant", [world.ids["approval"]])
        step(world.funnel.repeats)
        world.go("paid")
        prizes = finance.read("award.prize", [("state", "=", "due")], ["amount"])
        for number, prize in enumerate(prizes, 1):
            finance.write("award.prize", [prize["id"]], {
                "voucher_number": f"演示凭证{number:04d}", "payee_confirmed": True})
            finance.call("award.prize", "action_pay", [prize["id"]])
            step()


def results(world):
    """The last act: the letters that tell the winners, drafted by the grant."""
    world.go("results")
    office = world.cast.at("office_b", web=True)
    letters = office.search("award.letter", [
        ("kind", "=", "result"), ("state", "=", "draft"),
        ("application_id.edition_id", "=", world.ids["edition"])])
    office.call("award.letter", "action_send", letters)
