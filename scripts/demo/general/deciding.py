"""Lists of the office and of bodies, consultation, notices, approval, awards."""

from datetime import datetime, time

from scripts.demo import sentences
from scripts.demo.general import checking, opening
from scripts.demo.general.run import CannotRun, day_of

KEPT = "经审议,本届暂不列入。"
NAMES = {
    "shortlist": "现场评审名单", "recommended": "推荐获奖名单",
    "candidate": "候选名单", "proposed": "拟奖名单", "final": "获奖名单",
}
CHANNELS = {
    "web": ("government_site", "https://example.com/demo/notice"),
    "media": ("media", "演示日报第3版"),
    "in_house": ("inside_applicant", "申报单位公告栏"),
}


def is_voted_on(award_class):
    """Whether the committee votes on a class instead of a ranking by points."""
    return award_class.rated or bool(award_class.values["vote_instead_of_ranking"])


def _draft(run, office, stop, award_class):
    """A list for a stage and class, filled, with the outcomes of the plan."""
    kind = award_class.lists[stop.code]
    id_ = office.create("award.list", [{
        "name": f"{NAMES[kind]} {award_class.code}", "edition_id": run.ids["edition"],
        "class_id": award_class.id, "kind": kind, "stage_id": stop.id,
    }])[0]
    office.call("award.list", "action_fill", [id_])
    _outcomes(run, office, stop, award_class, id_)
    run.ids.setdefault("lists", {}).setdefault(award_class.code, []).append(id_)
    return id_


def _outcomes(run, office, stop, award_class, id_):
    by_case = {one.application: one for one in run.at_stage(stop, award_class)}
    lines = office.read("award.list.line", [("list_id", "=", id_)], [
        "application_id", "outcome", "reason"])
    stay, leave = [], []
    for line in lines:
        out = by_case[line["application_id"]].end == stop
        if out and not (line["outcome"] == "out" and line["reason"]):
            leave.append(line["id"])
        elif not out and line["outcome"] != "in":
            stay.append(line["id"])
    if leave:
        office.write("award.list.line", leave, {"outcome": "out", "reason": KEPT})
    if stay:
        office.write("award.list.line", stay, {"outcome": "in"})


def office_lists(run, stop, classes):
    """A list of each class, drawn up by the office and adopted by its head."""
    run.step(1, 15)
    with run.progress.stage(f"Lists: {stop.code}", len(classes)) as step:
        for award_class in classes:
            with run.at("office_a") as office:
                id_ = _draft(run, office, stop, award_class)
            run.later(10)
            run.call("head", "award.list", "action_adopt", [id_])
            step()
    run.step(1, 10)
    checking.send_letters(run)


def _last_list(run, award_class):
    found = run.ids.get("lists", {}).get(award_class.code)
    if not found:
        raise CannotRun(f"Class {award_class.code} has no list to go on with.")
    return found[-1]


# -- consultation ------------------------------------------------------------------
def consultation(run, stop, classes):
    """Letters to the departments about every list; replies entered by two clerks."""
    run.step(1, 10)
    asked = [_last_list(run, award_class) for award_class in classes]
    with run.at("office_a") as office:
        office.call("award.list", "action_consult", asked)
        letters = office.read("award.consultation", [("list_id", "in", asked)], [
            "body_id"])
        ids = [row["id"] for row in letters]
        if ids:
            office.call("award.consultation", "action_send", ids)
    if ids:
        _replies(run, stop, ids, _silent(run, letters))
    office_lists(run, stop, classes)


def _silent(run, letters):
    """Letters of a department that never answers, where silence means something."""
    bodies = sorted({row["body_id"] for row in letters})
    if run.book.silence != "no_comment" or len(bodies) < 3:
        return []
    return [row["id"] for row in letters if row["body_id"] == bodies[-1]]


def _replies(run, stop, ids, silent):
    with run.progress.stage("Letters to departments", len(ids)) as step:
        run.step(1, 10)
        answered = [id_ for id_ in ids if id_ not in silent]
        with run.at("office_a") as office:
            office.call("award.consultation", "action_receive", ids)
            due = [day_of(row["due_on"]) for row in office.read(
                "award.consultation", ids, ["due_on"]) if row["due_on"]]
        run.step(3, 9, by=min(due, default=None))
        with run.at("office_a") as office:
            for number, id_ in enumerate(answered):
                _enter(run, stop, office, id_, number)
                step()
        run.step(1, 15)
        with run.at("office_b") as second:
            second.call("award.consultation", "action_check", answered)
            rows = second.search("award.consultation.opinion", [
                ("verdict", "=", "adverse"), ("consultation_id", "in", answered)])
            if rows:
                second.write("award.consultation.opinion", rows, {
                    "finding": "substantiated", "finding_note": sentences.FINDING})
        if silent:
            run.after(max(due, default=run.today), 10)
            with run.at("office_b") as second:
                second.call("award.consultation", "action_record_silence", silent)
            step(len(silent))


def _enter(run, stop, office, letter, number):
    office.write("award.consultation", [letter], {
        "reply_number": f"演示函〔{run.today.year}〕{20 + number}号",
        "reply_date": str(run.today)})
    opinions = office.read("award.consultation.opinion", [
        ("consultation_id", "=", letter)], ["application_id"])
    against = {one.application for one in run.entrants
               if one.fate == "adverse" and one.end == stop}
    for verdict, evidence, wanted in (
        ("none", sentences.NO_COMMENT, False), ("adverse", sentences.ADVERSE, True)
    ):
        ids = [row["id"] for row in opinions
               if (row["application_id"] in against) is wanted]
        if ids:
            office.write("award.consultation.opinion", ids, {
                "verdict": verdict, "evidence": evidence})
    office.call("award.consultation", "action_enter", [letter])


# -- bodies ------------------------------------------------------------------------
def deliberation(run, stop, classes):
    """The body of the stage decides on the list of every class, one after another."""
    with run.progress.stage(f"Deliberation: {stop.code}", len(classes)) as step:
        run.step(2, 9)
        for award_class in classes:
            run.later(30)
            _decide(run, stop, award_class)
            step()


def _role_of(run, stop, award_class):
    """Role of the body that deliberates; at an approval whoever did so last."""
    places = [one for one in award_class.way
              if one.kind == "deliberation" and one.sequence <= stop.sequence]
    body = places[-1].body if places else None
    role = next((row["role"] for row in run.book.bodies.values()
                 if row["id"] == body), "committee")
    return role


def _decide(run, stop, award_class):
    """A vote of the committee on paper, or another body's document."""
    with run.at("office_a") as office:
        id_ = _draft(run, office, stop, award_class)
    if _role_of(run, stop, award_class) == "committee":
        _meeting(run, stop, award_class, id_)
        run.call("committee", "award.list", "action_adopt", [id_])
    else:
        _document(run, id_)
        run.call("head", "award.list", "action_adopt", [id_])


def _meeting(run, stop, award_class, list_id):
    whole = "all" in (award_class.values["quorum"], award_class.values["vote_pass"])
    with run.at("office_a") as office:
        members = office.search("award.committee.member", [
            ("committee_id", "in", run.ids["committee"])], order="sequence, id")
        present = members if whole else members[:-1]
        id_ = office.create("award.meeting", [{
            "name": f"评审委员会会议 {stop.code} {award_class.code}",
            "edition_id": run.ids["edition"], "committee_id": run.ids["committee"][0],
            "list_id": list_id, "held_on": str(run.today),
            "present_ids": [(6, 0, present)],
        }])
        office.call("award.meeting", "action_prepare", id_)
        office.call("award.meeting", "action_open", id_)
        tallies = office.read("award.tally", [("meeting_id", "in", id_)], [
            "application_id"], order="id")
    ends = {one.application for one in run.at_stage(stop, award_class)
            if one.end == stop}
    counts = {row["id"]: _count(len(present), row["application_id"] in ends)
              for row in tallies}
    for key, act in (("office_a", "action_enter"), ("office_b", "action_check")):
        with run.at(key) as clerk:
            for tally, figures in counts.items():
                clerk.call("award.tally", act, [tally], figures)
    run.call("office_a", "award.meeting", "action_close", id_, sentences.MINUTES)


def _count(ballots, lost):
    against = ballots - 1 if lost else 0
    return {"issued": ballots, "returned": ballots, "valid": ballots,
            "in_favour": ballots - against, "against": against, "abstained": 0}


def _document(run, list_id):
    """What a body other than the committee decided, registered by two clerks."""
    year = run.today.year
    made = run.create("office_a", "award.resolution", [{
        "list_id": list_id, "document_number": f"演示纪要〔{year}〕{list_id}号",
        "document_date": str(run.today), "summary": "审议并同意所列名单。"}])
    run.call("office_a", "award.resolution", "action_enter", made)
    run.call("office_b", "award.resolution", "action_check", made)


# -- notices -----------------------------------------------------------------------
def notice(run, stop, classes):
    """The list of every class in public; one objection is raised and found untrue."""
    run.step(1, 9)
    with run.progress.stage(f"Notices: {stop.code}", len(classes)) as step:
        made, last = {}, run.today
        for award_class in classes:
            if run.at_stage(stop, award_class):
                id_, day = _publish(run, stop, award_class)
                made[award_class.code] = id_
                last = max(last, day)
        first = next((code for code in made), None)
        if first and not run.ids.get("objection"):
            _object(run, made[first], run.at_stage(stop, run.book.class_of(first)))
        run.after(last)
        with run.at("office_a") as office:
            for code, id_ in made.items():
                _prove(run, office, id_, stop, run.book.class_of(code))
                office.call("award.notice", "action_close", [id_])
                step()


def _channels(run, stop, award_class):
    asked = run.book.channels.get((award_class.code, stop.code)) or ["web"]
    found = [CHANNELS[name] for name in asked]
    if {"in_house"} == set(asked):
        found.append(CHANNELS["web"])
    return found


def _publish(run, stop, award_class):
    with run.at("office_a") as office:
        [id_] = office.create("award.notice", [{
            "name": f"公示 {stop.code} {award_class.code}",
            "edition_id": run.ids["edition"], "list_id": _last_list(run, award_class),
            "contact": "评审办 000-0000-0001 · 纪检监察 000-0000-0002(演示)",
            "channel_ids": [
                (0, 0, {"kind": kind, "proof": proof})
                for kind, proof in _channels(run, stop, award_class)
            ],
        }])
        office.call("award.notice", "action_publish", [id_])
        [row] = office.read("award.notice", [id_], ["last_day", "published_on"])
    run.ids.setdefault("posted", {})[id_] = str(row["published_on"]), str(
        row["last_day"])
    return id_, day_of(row["last_day"])


def _object(run, notice_id, some):
    run.step(1, 10)
    with run.at("office_b") as office:
        made = office.create("award.objection", [{
            "notice_id": notice_id, "application_id": some[-1].application,
            "came_by": "letter", "sender_name": "赵己巳",
            "sender_contact": "000-0000-9999", "statement": sentences.OBJECTION,
            "received_at": opening.text(run.clock.now)}])
        run.later(60)
        office.call("award.objection", "action_admit", made)
    run.step(2, 15)
    with run.at("office_b") as office:
        office.call("award.objection", "action_report", made,
                    sentences.VERIFICATION, "not_upheld")
    run.ids["objection"] = made[0]


def _prove(run, office, notice_id, stop, award_class):
    """Where the notice also hung inside each applicant, the proof of it."""
    kinds = [kind for kind, _proof in _channels(run, stop, award_class)]
    if "inside_applicant" not in kinds:
        return
    first, last = run.ids["posted"][notice_id]
    office.create("award.notice.proof", [{
        "notice_id": notice_id, "application_id": one.application,
        "posted_on": first, "posted_until": last, "place": "公告栏",
        "proof_file": "5ryU56S6", "file_name": "posted.txt",
    } for one in run.at_stage(stop, award_class)])


# -- approval and award ------------------------------------------------------------
def approval(run, stop, classes):
    """Submitted by the head; the reply is registered by the approving body's clerk.

    Where the scheme has a list adopted here, the body that deliberated last does so.
    """
    with_list = [one for one in classes if stop.code in one.lists]
    if with_list:
        deliberation(run, stop, with_list)
    with run.progress.stage(f"Approvals: {stop.code}", len(classes)) as step:
        run.step(1, 10)
        made = {}
        for award_class in classes:
            made[award_class.code] = run.create("office_a", "award.approval", [{
                "edition_id": run.ids["edition"],
                "list_id": _last_list(run, award_class)}])
            run.call("head", "award.approval", "action_submit", made[award_class.code])
        run.step(8, 10)
        for number, id_ in enumerate(made.values(), 1):
            run.call("approver", "award.approval", "action_approve", id_,
                f"演示批〔{run.today.year}〕{stop.sequence}-{number}号", str(run.today))
            step()
    run.ids["approvals"] = run.ids.get("approvals", {}) | made


def award(run, stop, classes):
    """Granted class by class; money paid; the winners told."""
    run.step(1, 10)
    some = run.at_stage(stop)
    with run.progress.stage("Awards and prizes", len(some)) as step:
        for award_class in classes:
            run.call("office_a", "award.approval", "action_grant",
                     run.ids["approvals"][award_class.code])
        run.later(120)
        with run.at("finance") as finance:
            _pay(run, finance)
        step(len(some))
    run.step(1, 15)
    checking.send_letters(run)


def _pay(run, finance):
    prizes = finance.search("award.prize", [
        ("state", "=", "due"), ("award_id.edition_id", "=", run.ids["edition"])])
    for number, prize in enumerate(prizes, 1):
        finance.write("award.prize", [prize], {
            "voucher_number": f"演示凭证{run.ids['edition']}-{number:04d}",
            "payee_confirmed": True})
        finance.call("award.prize", "action_pay", [prize])


def close(run):
    """The head closes the edition."""
    run.step(2, 10)
    run.call("head", "award.edition", "action_close", [run.ids["edition"]])


def yearly_reports(run):
    """The first yearly report of each winner that owes one, three weeks before."""
    with run.at("office_a") as office:
        owed = office.read("award.obligation", [
            ("kind", "=", "annual_report"), ("state", "=", "owed"),
            ("award_id.edition_id", "=", run.ids["edition"])],
            ["award_id", "due_on"], order="due_on, id")
    first = {}
    for row in owed:
        first.setdefault(row["award_id"], row)
    if not first:
        return
    day = run.days.before(min(day_of(row["due_on"]) for row in first.values()), 15)
    run.go(max(run.clock.now, datetime.combine(day, time(10))))
    with run.progress.stage("Yearly reports", len(first)) as step:
        for row in first.values():
            run.call("office_a", "award.obligation", "action_deliver", [row["id"]],
                     "年报:主要质量指标保持增长,推广经验两次(演示)。")
            step()
