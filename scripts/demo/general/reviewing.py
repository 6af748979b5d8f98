"""Panels and what they do: interests, sheets of any scale, consensus, reports."""

from scripts.demo import sentences
from scripts.demo.general import checking, deciding, filing, scales

COACHED = "申报单位曾参加本人所在机构的辅导"


def documents(run, stop, classes):
    """Document review of every class, up to the list that is adopted there."""
    some = run.at_stage(stop)
    checking.transfers(run, some)
    filing.versions(run, some)  # whoever answered a supplement has a newer one
    _form(run, some)
    _undertakings(run)
    _declare(run, some)
    _score(run, some)
    _agree(run, some)
    report(run, "document", some)
    for award_class in classes:
        if not deciding.is_voted_on(award_class):
            ranking(run, award_class, "document")
    deciding.office_lists(run, stop, classes)


def _members(run, one):
    return run.ids["panels"][one.award_class.code, one.panel]


def _panels(run, some):
    """(class code, number) -> entrants of the panel, in order of the panels."""
    found = {}
    for one in some:
        found.setdefault((one.award_class.code, one.panel), []).append(one)
    return {key: found[key] for key in run.ids["panels"] if key in found}


def _form(run, some):
    run.step(1, 10)
    panels = _panels(run, some)
    with run.progress.stage("Panels and assignments", len(some)) as step:
        with run.at("office_a") as office:
            for (code, number), cases in panels.items():
                panel = office.create("award.panel", [{
                    "name": f"{code} 第{number + 1}评审组",
                    "edition_id": run.ids["edition"],
                    "trade_ids": [(6, 0, run.ids["trades"])],
                    "member_ids": [
                        (0, 0, {"expert_id": run.ids["experts"][key],
                                "is_leader": place == 0,
                                "selected_by": "评审办",
                                "reason": "按行业和专业遴选"})
                        for place, key in enumerate(run.ids["panels"][code, number])
                    ],
                }])[0]
                office.call("award.panel", "action_confirm", [panel])
                office.call("award.panel", "action_assign", [panel],
                            [one.submission for one in cases])
                run.ids.setdefault("panel_ids", {})[code, number] = panel
                step(len(cases))


def _undertakings(run):
    run.step(1, 9)
    keys = [key for number in run.ids["panel_ids"] for key in run.ids["panels"][number]]
    keys += run.ids["judges"]
    with run.progress.stage("Undertakings", len(keys)) as step:
        for key in keys:
            run.later(3)
            with run.at(key) as me:
                me.call("award.undertaking", "action_sign", None, run.ids["edition"])
            step()


def _declare(run, some):
    """Everybody declares on every case; one member has an interest and is recused."""
    run.step(1, 14)
    told = next((one for one in some if one.fate == "cut"), None)
    if told and len(_members(run, told)) < 3:
        told = None
    with run.progress.stage("Declarations of interest", len(some)) as step:
        for key, cases in _panels(run, some).items():
            for place, member in enumerate(run.ids["panels"][key]):
                mine = told if place == 1 and told in cases else None
                with run.at(member) as me:
                    _declare_each(me, mine)
            step(len(cases))
    if told:
        run.later(60)
        with run.at("office_b") as office:
            ids = office.search("award.interest", [
                ("submission_id", "=", told.submission), ("state", "=", "declared")])
            office.call("award.interest", "action_confirm", ids)


def _declare_each(me, told):
    rows = me.read("award.interest", [("state", "=", "draft")], ["title"])
    mine = [row["id"] for row in rows if told and row["title"] == told.name]
    if mine:
        me.write("award.interest", mine, {"kind": "coaching", "note": COACHED})
        me.call("award.interest", "action_declare", mine)
    if free := [row["id"] for row in rows if row["id"] not in mine]:
        me.call("award.interest", "action_declare_none", free)


# -- scores ------------------------------------------------------------------------
def level(one, place, number):
    """What the member at a place finds of the item with a number, in percent.

    Who is below a threshold gets nothing on top; the others differ a little, so that
    equal levels need not be equal scores.
    """
    found = one.level
    if one.wins and (number + one.key) % 9 == 0:
        found += 5
    if number % 4 == 1:
        found += {1: 5 if one.wins else 0, 2: -5}.get(place, 0)
    return max(min(found, 100), 0)


def _score(run, some):
    run.step(5, 16)
    names = {one.name: one for one in some}
    panels = _panels(run, some)
    total = sum(len(cases) * len(run.ids["panels"][key])
                for key, cases in panels.items())
    with run.progress.stage("Score sheets", total) as step:
        for key in panels:
            for place, member in enumerate(run.ids["panels"][key]):
                run.later(10)
                with run.at(member) as me:
                    step(_fill(me, place, names))


def _fill(me, place, names):
    sheets = me.read("award.sheet", [("state", "=", "draft")], ["title"])
    mine = {row["id"]: names[row["title"]] for row in sheets if row["title"] in names}
    if not mine:
        return 0
    model = "award.sheet.line"
    lines = me.read(model, [("sheet_id", "in", list(mine))],
                    ["sheet_id", "criterion_id"], order="sheet_id, sequence, id")
    sheet = scales.of(me, model, {line["criterion_id"] for line in lines})
    by_answer, numbers, firsts = {}, {}, []
    for line in lines:
        number = numbers[line["sheet_id"]] = numbers.get(line["sheet_id"], -1) + 1
        if not number:
            firsts.append(line["id"])
        found = level(mine[line["sheet_id"]], place, number)
        answer = sheet.answer(line["criterion_id"], found)
        by_answer.setdefault(tuple(answer.items()), []).append(line["id"])
    # Lines that get the same are written together, as in a list.
    for answer, ids in by_answer.items():
        me.write(model, ids, dict(answer))
    me.write(model, firsts, {
        "strengths": sentences.STRENGTHS[place % 3][1],
        "improvements": sentences.IMPROVEMENTS[place % 3][1]})
    me.call("award.sheet", "action_lock", list(mine))
    return len(mine)


def _agree(run, some):
    """The leaders open the sheets; the panels discuss what lies apart, and agree."""
    run.step(1, 10)
    with run.progress.stage("Consensus", len(some)) as step:
        for key, cases in _panels(run, some).items():
            run.later(20)
            panel = run.ids["panel_ids"][key]
            with run.at(run.ids["panels"][key][0]) as leader:
                rows = leader.search("award.assignment", [("panel_id", "=", panel)])
                leader.call("award.assignment", "action_open_consensus", rows)
                ids = leader.search("award.consensus", [
                    ("panel_id", "=", panel), ("phase", "=", "document")])
                settle(leader, ids, {one.submission: one for one in cases})
                leader.call("award.consensus", "action_agree", ids)
            step(len(cases))


def settle(leader, ids, by_submission):
    """Give a reason where scores lie apart, and a score where none is proposed."""
    model = "award.consensus.line"
    lines = leader.read(model, [("consensus_id", "in", ids)], [
        "consensus_id", "criterion_id", "needs_note", "is_scored"])
    if apart := [line["id"] for line in lines if line["needs_note"]]:
        leader.write(model, apart, {"note": sentences.DISCUSSION})
    bare = [line for line in lines if not line["is_scored"]]
    if not bare:
        return
    of = {row["id"]: by_submission[row["submission_id"]] for row in leader.read(
        "award.consensus", ids, ["submission_id"])}
    sheet = scales.of(leader, model, {line["criterion_id"] for line in bare})
    for line in bare:
        found = level(of[line["consensus_id"]], 0, 0)
        leader.write(model, [line["id"]], sheet.answer(line["criterion_id"], found))


def report(run, kind, some):
    """The leaders file the report of their panel."""
    run.step(1, 15)
    panels = _panels(run, some)
    with run.progress.stage(f"Reports: {kind}", len(panels)) as step:
        for key in panels:
            run.later(5)
            with run.at(run.ids["panels"][key][0]) as leader:
                made = leader.create("award.panel.report", [{
                    "panel_id": run.ids["panel_ids"][key], "kind": kind,
                    "text": sentences.PANEL_REPORT}])
                leader.call("award.panel.report", "action_file", made)
            step()


def ranking(run, award_class, phase):
    """The office computes the ranking from the inputs and freezes it."""
    run.later(30)
    with run.at("office_a") as office:
        id_ = office.create("award.composite", [{
            "edition_id": run.ids["edition"], "class_id": award_class.id,
            "phase": phase}])
        office.call("award.composite", "action_compute", id_)
        office.call("award.composite", "action_freeze", id_)


def composite(run, stop, classes):
    """The ranking on the whole, the panels' reports, and the office's list."""
    some = run.at_stage(stop)
    run.step(1, 10)
    for award_class in classes:
        ranking(run, award_class, "final")
    if any(one.award_class.first("document_review") for one in some):
        report(run, "composite", some)
    deciding.office_lists(run, stop, classes)
