"""Lists of the office: on-site list, recommended list, consultation, candidates."""

from scripts.demo import sentences

#: A department that never answers, where the scheme says what silence means.
SILENT = "construction"
ADVERSE = "environment"
LETTERS = 46
NAMES = {
    "shortlist": "现场评审名单", "recommended": "推荐获奖名单",
    "candidate": "候选名单", "proposed": "拟奖名单", "final": "获奖名单",
}


def draft(world, office, kind):
    """Create a list and fill it; return its id."""
    id_ = office.create("award.list", [{
        "name": f"{NAMES[kind]}(演示届)", "edition_id": world.ids["edition"],
        "class_id": world.ids["class"], "kind": kind,
    }])
    office.call("award.list", "action_fill", id_)
    world.ids[kind] = id_[0]
    return id_[0]


def shortlist(world):
    """At most ten on site; the others are told in writing."""
    world.go("shortlist")
    with world.cast.at("office_a", web=True) as office:
        id_ = draft(world, office, "shortlist")
        chosen = {world.applications[final.case.key] for final in world.finals}
        lines = office.read("award.list.line", [("list_id", "=", id_)],
                            ["application_id", "outcome"])
        # The cap is an upper bound: the run in miniature stays below it.
        surplus = [line["id"] for line in lines
                   if line["outcome"] == "in" and line["application_id"] not in chosen]
        if surplus:
            office.write("award.list.line", surplus, {
                "outcome": "out", "reason": sentences.NOT_SHORTLISTED})
    world.cast.at("head", web=True).call("award.list", "action_adopt", [id_])


def notices(world):
    """The written notices to whoever is not visited: sent, then served."""
    with world.cast.desk("office_b") as office:
        letters = office.search("award.letter", [
            ("kind", "=", "not_shortlisted"), ("state", "=", "draft"),
            ("application_id.edition_id", "=", world.ids["edition"])])
    with world.progress.stage("Written notices", len(letters)) as step:
        for place in range(0, len(letters), LETTERS):
            some = letters[place : place + LETTERS]
            world.go("letters")
            with world.cast.at("office_b", web=place == 0) as office:
                office.call("award.letter", "action_send", some)
            world.go("letters_served")
            with world.cast.at("office_b", web=place == 0) as office:
                office.write("award.letter", some, {
                    "served_on": str(world.clock.now.date()),
                    "served_how": "hand", "served_to": "联络员"})
                office.call("award.letter", "action_serve", some)
            step(len(some))


def recommended(world):
    """Who reaches the threshold, but for the one whom the panels hold back."""
    world.go("recommended")
    with world.cast.at("office_a", web=True) as office:
        id_ = draft(world, office, "recommended")
        held = world.finals[world.funnel.put_forward :][: world.funnel.held_back]
        cases = [world.applications[final.case.key] for final in held]
        lines = office.search("award.list.line", [
            ("list_id", "=", id_), ("application_id", "in", cases)])
        office.write("award.list.line", lines, {
            "outcome": "out", "reason": sentences.HELD_BACK})
    head = world.cast.at("head", web=True)
    head.call("award.list", "action_adopt", [id_])
    world.go("consult")
    world.cast.at("office_a", web=True).call("award.list", "action_consult", [id_])


def consultation(world):
    """Letters to the departments, their replies entered by two clerks."""
    departments = {
        id_: code for code, id_ in world.ids["bodies"].items()
    }
    world.go("letters_sent")
    office = world.cast.at("office_a", web=True)
    letters = office.read("award.consultation",
                          [("list_id", "=", world.ids["recommended"])], ["body_id"])
    code_of = {row["id"]: departments[row["body_id"]] for row in letters}
    with world.progress.stage("Letters to departments", len(letters)) as step:
        with world.cast.desk("office_a") as me:
            me.call("award.consultation", "action_send", list(code_of))
        world.go("letters_received")
        with world.cast.desk("office_a") as me:
            me.call("award.consultation", "action_receive", list(code_of))
        replied = [id_ for id_, code in code_of.items() if code != SILENT]
        world.go("replies")
        for number, id_ in enumerate(replied):
            web = code_of[id_] == ADVERSE
            with world.cast.at("office_a", web=web) as me:
                _enter(world, me, id_, number, code_of[id_] == ADVERSE)
            step()
        world.go("replies_checked")
        with world.cast.at("office_b", web=True) as second:
            second.call("award.consultation", "action_check", replied)
            _find(world, second)
        world.go("candidates")
        silent = [id_ for id_ in code_of if id_ not in replied]
        if silent:
            with world.cast.at("office_b", web=True) as second:
                second.call("award.consultation", "action_record_silence", silent)
            step(len(silent))


def _enter(world, office, letter, number, adverse):
    day = world.clock.now
    office.write("award.consultation", [letter], {
        "reply_number": f"演示函〔{day.year}〕{20 + number}号",
        "reply_date": str(day.date()),
    })
    opinions = office.read("award.consultation.opinion",
                           [("consultation_id", "=", letter)], ["application_id"])
    against = world.applications[world.adverse.case.key]
    none = [row["id"] for row in opinions
            if not (adverse and row["application_id"] == against)]
    office.write("award.consultation.opinion", none, {
        "verdict": "none", "evidence": sentences.NO_COMMENT})
    if adverse:
        rows = [row["id"] for row in opinions if row["application_id"] == against]
        office.write("award.consultation.opinion", rows, {
            "verdict": "adverse", "evidence": sentences.ADVERSE})
    office.call("award.consultation", "action_enter", [letter])


def _find(world, office):
    """The office judges the adverse opinion: substantiated."""
    rows = office.search("award.consultation.opinion", [
        ("verdict", "=", "adverse"),
        ("consultation_id.list_id", "=", world.ids["recommended"])])
    office.write("award.consultation.opinion", rows, {
        "finding": "substantiated", "finding_note": sentences.FINDING})


def candidates(world):
    """What the office puts before the committee."""
    world.go("candidates")
    with world.cast.at("office_a", web=True) as office:
        id_ = draft(world, office, "candidate")
    world.cast.at("head", web=True).call("award.list", "action_adopt", [id_])
