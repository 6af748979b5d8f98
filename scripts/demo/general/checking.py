"""Recommenders' opinions, the office's check with supplements, transfers, letters."""

from scripts.demo import acts_check, sentences
from scripts.demo.general import cast_list, filing
from scripts.demo.general.run import CannotRun, day_of

REFUSED = "经核查,不符合该项申报条件。"
MODEL = "award.qualification"
HANDLED = "award.completeness"
#: The part that supplements ask for.
PART = sentences.SUPPLEMENTED_PARTS[0]


def recommendation(run, stop, _classes):
    """Three people of each recommender, one step after the other, in its time."""
    some = run.at_stage(stop)
    with run.progress.stage("Recommendations", 3 * len(some)) as step:
        for act in cast_list.STEPS:
            run.step(1, 10, by=_due(run, some))
            for _body, keys in run.ids["recommending"]:
                person = keys[cast_list.STEPS.index(act)]
                with run.at(person) as me:
                    step(_opinions(run, me, act, some))
    send_letters(run)


def _due(run, some):
    """The day by which the first opinion is due, None without a time limit."""
    with run.cast.desk("office_a") as office:
        rows = office.read("award.recommendation", [
            ("application_id", "in", [one.application for one in some]),
            ("state", "!=", "signed")], ["due_on"])
    return min([day_of(row["due_on"]) for row in rows if row["due_on"]], default=None)


def _opinions(run, me, act, some):
    before = {"prepare": "draft", "check": "prepared", "sign": "checked"}[act]
    names = {one.name: one for one in some}
    rows = me.read("award.recommendation", [
        ("state", "=", before),
        ("submission_id.edition_id", "=", run.ids["edition"])], ["title"])
    mine = {row["id"]: names[row["title"]] for row in rows if row["title"] in names}
    if not mine:
        return 0
    if act == "prepare":
        for declined in (False, True):
            ids = [id_ for id_, one in mine.items()
                   if (one.fate == "declined") is declined]
            if ids:
                me.write("award.recommendation", ids, {
                    "verdict": "decline" if declined else "recommend",
                    "opinion": sentences.DECLINE if declined else sentences.RECOMMEND,
                })
    me.call("award.recommendation", f"action_{act}", list(mine))
    return len(mine)


# -- the office's check ----------------------------------------------------------------
def qualification(run, stop, _classes):
    """One supplement that is answered in time, then a finding on each requirement."""
    some = run.at_stage(stop)
    with run.progress.stage("Qualification check", len(some)) as step:
        run.step(1, 9)
        _departments(run, some)
        _completeness(run, some)
        asked = _ask(run, [one for one in some if one.fate == "answers"])
        if asked:
            _answer(run, asked)
        run.step(1, 14)
        _decide(run, some)
        step(len(some))
    send_letters(run)


def _checks(run, office, some):
    """id of the open check -> entrant."""
    by_case = {one.application: one for one in some}
    rows = office.read(MODEL, [
        ("application_id", "in", list(by_case)), ("state", "=", "draft")],
        ["application_id"])
    return {row["id"]: by_case[row["application_id"]] for row in rows}


def _departments(run, some):
    """What departments found of one applicant: nothing adverse, field by field."""
    one = next((one for one in some if one.web), None)
    fields = {
        field for need in (one.award_class.needs if one else ())
        if need.kind == "no_incident" for field in need.fields
    }
    if not fields:
        return
    with run.at("office_a") as office:
        office.create("award.fact", [{
            "application_id": one.application, "kind": "check",
            "origin": "department", "field": field,
            "happened_on": str(run.today), "issuer": "演示主管部门",
            "number": f"演示函〔{run.today.year}〕9号",
        } for field in sorted(fields)])
        office.call(MODEL, "action_refresh", list(_checks(run, office, [one])))


def _completeness(run, some):
    """The handling body checks and proposes, the office takes its proposals up.

    Nothing to do where the scheme allows no handling body.
    """
    numbers = {one.number: one for one in some}
    with run.at("handling") as clerk:
        rows = clerk.read(HANDLED, [
            ("edition_id", "=", run.ids["edition"]), ("state", "=", "draft"),
        ], ["number"])
        mine = {row["id"]: numbers[row["number"]] for row in rows
                if row["number"] in numbers}
        if not mine:
            return
        clerk.call(HANDLED, "action_begin", list(mine))
        asked = [id_ for id_, one in mine.items() if one.fate == "answers"]
        lines = clerk.search(f"{HANDLED}.line", [
            ("completeness_id", "in", asked), ("part", "=", PART)])
        clerk.write(f"{HANDLED}.line", lines, {
            "result": "incomplete", "note": sentences.SUPPLEMENTS[0]})
        clerk.call(HANDLED, "action_rest_complete", list(mine))
        clerk.write(HANDLED, list(mine), {"proposal": "accept"})
        clerk.write(HANDLED, asked, {"proposal": "supplement"})
        clerk.call(HANDLED, "action_propose", list(mine))
    run.later()
    with run.at("office_a") as office:
        office.call(HANDLED, "action_confirm", list(mine))


def _ask(run, some):
    """Send what the handling body's proposals have drafted, else the office's own."""
    if not some:
        return {}
    by_case = {one.application: one for one in some}
    with run.at("office_a") as office:
        ids = office.search("award.supplement", [
            ("application_id", "in", list(by_case)), ("state", "=", "draft")])
        ids = ids or office.create("award.supplement", [
            acts_check.supplement(check) for check in _checks(run, office, some)
        ])
        office.call("award.supplement", "action_send", ids)
        rows = office.read("award.supplement", ids, ["application_id", "due_on"])
    send_letters(run)
    return {
        row["id"]: (by_case[row["application_id"]], day_of(row["due_on"]))
        for row in rows
    }


def _answer(run, asked):
    due = min([day for _one, day in asked.values() if day], default=None)
    run.step(2, 10, by=due)
    for supplement, (one, _day) in asked.items():
        run.later(10)
        filing.applicant_of(run, one, lambda _run, one, applicant, id_=supplement: (
            _complete(one, applicant, id_)))


def _complete(one, applicant, supplement):
    """The chapter that was opened, on its page, and a word to the office."""
    said = sentences.ANSWERS[0]
    text = f"{sentences.PROFILE}\n{said}"
    applicant.save(one.application, {PART.partition(":")[2]: text})
    applicant.complete(one.application, supplement, said)


def _decide(run, some):
    with run.at("office_b") as office:
        checks = _checks(run, office, some)
        codes = {row["id"]: row["code"] for row in office.read(
            "award.requirement", [("scheme_id", "=", run.ids["scheme"])], ["code"])}
        lines = office.read(
            "award.qualification.line", [("qualification_id", "in", list(checks))],
            ["qualification_id", "requirement_id", "proposal", "basis", "verdict"])
        met = []
        for line in lines:
            one = checks[line["qualification_id"]]
            code = codes[line["requirement_id"]]
            if one.missing and code == one.missing.code:
                office.write("award.qualification.line", [line["id"]], {
                    "verdict": "not_met", "note": line["basis"] or REFUSED})
            elif line["proposal"] == "not_met" and not one.missing:
                raise CannotRun(
                    f"The facts of {one.name} do not meet requirement {code}: "
                    f"{line['basis']}"
                )
            elif line["verdict"] not in ("met", "not_met"):
                met.append(line["id"])
        if met:
            office.write("award.qualification.line", met, {"verdict": "met"})
        office.call(MODEL, "action_decide", list(checks))


# -- transfer ----------------------------------------------------------------------
def transfers(run, some):
    """Cases that move to another class: proposed, agreed to at the portal, done."""
    moving = [one for one in some if one.moved_from]
    if not moving:
        return
    with run.progress.stage("Transfers", len(moving)) as step:
        run.step(1, 10)
        with run.at("office_b") as office:
            ids = office.create("award.transfer", [{
                "application_id": one.application, "to_class_id": one.award_class.id,
                "proposed_by": "评审组(演示)",
                "reason": "该单位的创新成果更适合按本类别评审。",
            } for one in moving])
        run.step(1, 10)
        for id_, one in zip(ids, moving, strict=True):
            filing.applicant_of(run, one, lambda _run, one, applicant, id_=id_: (
                applicant.consent(one.application, id_)))
            step()
        run.later()
        with run.at("office_b") as office:
            for id_ in ids:
                office.call("award.transfer", "action_transfer", [id_])


# -- letters -----------------------------------------------------------------------
def send_letters(run):
    """Send and serve the letters that acts have drafted."""
    with run.at("office_b") as office:
        letters = office.search("award.letter", [
            ("application_id.edition_id", "=", run.ids["edition"]),
            ("state", "=", "draft")])
        if letters:
            office.call("award.letter", "action_send", letters)
            office.write("award.letter", letters, {
                "served_on": str(run.today),
                "served_how": "hand", "served_to": "联络员"})
            office.call("award.letter", "action_serve", letters)
