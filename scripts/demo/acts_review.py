"""Independent review of 23 items, consensus, reports, ranking of the documents."""

from datetime import timedelta

from scripts.demo import sentences


def score(world):
    """Every member writes findings, scores all items alone, and locks."""
    table = world.timetable
    total = sum(len(case.sheets) for case in world.cases)
    begin, end = table["score_from"], table["score_to"]
    with world.progress.stage("Score sheets of 23 items", total) as step:
        for number in range(world.funnel.panels):
            cases = [case for case in world.cases if case.panel == number]
            members = cases[0].members
            for place, member in enumerate(members):
                share = (number + place / len(members)) / world.funnel.panels
                world.clock.go(begin + (end - begin) * share)
                with world.cast.at(member, web=True) as me:
                    step(_score(world, me, member, cases))


def _score(world, me, member, cases):
    names = {world.organisation(case.key).name: case for case in cases}
    sheets = me.read("award.sheet", [("state", "=", "draft")], ["title"])
    mine = {row["id"]: names[row["title"]] for row in sheets if row["title"] in names}
    lines = me.read("award.sheet.line", [("sheet_id", "in", list(mine))],
                    ["sheet_id"], order="sheet_id, sequence, id")
    rows = {}
    for line in lines:
        rows.setdefault(line["sheet_id"], []).append(line["id"])
    by_value = {}
    for sheet, ids in rows.items():
        for line, percent in zip(ids, mine[sheet].sheets[member], strict=True):
            by_value.setdefault(("percent", percent), []).append(line)
    for found, ids in _findings(world, member, rows.values()).items():
        by_value[found] = ids
    # Lines that get the same are written together, as in a list.
    for (name, value), ids in by_value.items():
        me.write("award.sheet.line", ids, {name: value})
    me.call("award.sheet", "action_lock", list(mine))
    return len(mine)


def _findings(world, member, sheets):
    """Findings of one expert: (field, sentence) -> lines.

    Every sheet gets a strength and two opportunities of what this expert looks for,
    now and then a question for the visit.
    """
    rng = world.rng(f"findings {member}")
    places = {item.number: place for place, item in enumerate(world.items)}
    strengths = rng.sample(sentences.STRENGTHS, 2)
    improvements = rng.sample(sentences.IMPROVEMENTS, 3)
    found = {}
    for lines in sheets:
        picked = [("strengths", rng.choice(strengths))]
        picked += [("improvements", pair) for pair in rng.sample(improvements, 2)]
        if rng.random() < 0.25:
            picked.append(("site_issues", rng.choice(sentences.SITE_ISSUES)))
        for name, (number, sentence) in picked:
            found.setdefault((name, sentence), []).append(lines[places[number]])
    return found


def consensus(world):
    """The leaders open the sheets; the panels discuss what lies apart, and agree."""
    begin = world.timetable["consensus"]
    with world.progress.stage("Consensus", len(world.cases)) as step:
        for number in range(world.funnel.panels):
            cases = [case for case in world.cases if case.panel == number]
            world.clock.go(begin + timedelta(minutes=30 * number))
            with world.cast.at(cases[0].members[0], web=True) as leader:
                step(_agree(world, leader, number))


def _agree(world, leader, number):
    panel = world.ids["panels"][number]
    rows = leader.search("award.assignment", [("panel_id", "=", panel)])
    leader.call("award.assignment", "action_open_consensus", rows)
    ids = leader.search("award.consensus", [
        ("panel_id", "=", panel), ("phase", "=", "document")])
    apart = leader.search("award.consensus.line", [
        ("consensus_id", "in", ids), ("needs_note", "=", True)])
    if apart:
        leader.write("award.consensus.line", apart, {"note": sentences.DISCUSSION})
    leader.call("award.consensus", "action_agree", ids)
    return len(ids)


def reports(world, kind, step_name, numbers):
    """The leaders file the report of their panel."""
    begin = world.timetable[step_name]
    label = {"document": "Document reports", "composite": "Composite reports"}[kind]
    with world.progress.stage(label, len(numbers)) as step:
        for place, number in enumerate(numbers):
            leader_key = next(
                case.members[0] for case in world.cases if case.panel == number)
            world.clock.go(begin + timedelta(minutes=5 * place))
            with world.cast.at(leader_key, web=True) as leader:
                report = leader.create("award.panel.report", [{
                    "panel_id": world.ids["panels"][number], "kind": kind,
                    "text": sentences.PANEL_REPORT,
                }])
                leader.call("award.panel.report", "action_file", report)
            step()


def composite(world, phase, step_name):
    """The office computes the ranking from the inputs and freezes it."""
    world.go(step_name)
    with world.cast.at("office_a", web=True) as office:
        id_ = office.create("award.composite", [{
            "edition_id": world.ids["edition"], "class_id": world.ids["class"],
            "phase": phase,
        }])
        office.call("award.composite", "action_compute", id_)
        office.call("award.composite", "action_freeze", id_)
    world.ids[f"composite_{phase}"] = id_[0]
