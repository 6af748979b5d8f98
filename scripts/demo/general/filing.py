"""The window: applicants register, state their facts, write, and hand in."""

from datetime import datetime, time

from scripts.demo import documents, sentences
from scripts.demo.applicants import AtThePage, Inside
from scripts.demo.general import cast_list, opening, proofs


def window(run, _stop, _classes):
    """Everybody registers in the first days and hands in two days before the end."""
    with run.progress.stage("Applications", 2 * len(run.entrants)) as step:
        run.step(2, 10)
        for one in run.entrants:
            run.later(5)
            _as(run, one, _register)
            step()
        run.go(datetime.combine(run.ids["filed_on"], time(9)))
        for one in run.entrants:
            run.later(5)
            _as(run, one, _hand_in)
            step()
    _paper(run)
    run.after(run.ids["window_end"])
    _numbers(run)


def _as(run, one, act):
    """An act of an applicant: at the portal's pages, or as the pages call it."""
    key = cast_list.key_of(one)
    if one.web:
        act(run, one, AtThePage(run.cast.browser(key)))
        return
    with run.cast.room() as room:
        act(run, one, Inside(room.person(run.cast.uids[key])))


def _register(run, one, applicant):
    values = {**one.registration, **_recommenders(run, one)}
    one.application = applicant.register(run.ids["edition"], values)


def _recommenders(run, one):
    """As many recommenders as the scheme asks for, of the kinds that it asks for."""
    applied = one.moved_from or one.award_class
    found = run.ids["recommenders"]
    if not found or not applied.first("recommendation"):
        return {}
    needed = applied.values["recommenders_per_application"]
    needed = 1 if needed is None else needed
    bodies = {code: row["id"] for code, row in run.book.bodies.items()}
    asked = [need for need in applied.needs
             if need.kind == "recommendation" and need.fields]
    fitting = [
        id_ for id_, (body, _keys) in zip(found, run.ids["recommending"], strict=True)
        if all(
            "recommender" in need.fields
            or body["id"] in {bodies.get(code) for code in need.fields}
            for need in asked)
    ] or found
    # The first recommender has logins: the entrants with a browser are its own.
    place = 0 if one.web else one.key
    chosen = [fitting[(place + number) % len(fitting)] for number in range(needed)]
    names = ["recommender_id", *(f"recommender_{n + 1}" for n in range(1, needed))]
    return dict(zip(names, chosen, strict=False))


def _hand_in(run, one, applicant):
    applied = one.moved_from or one.award_class
    look_back = run.ids["filed_on"]
    if applied.values["look_back_base"] in {"announcement", "window_end"}:
        names = {"announcement": "announce", "window_end": "window_end"}
        look_back = run.ids[names[applied.values["look_back_base"]]]
    factor = 2 if applied.values["notice_unit"] == "working_day" else 1
    said, facts = proofs.of_employer(proofs.stated(
        one, run.ids["filed_on"], look_back, run.ids["announce"].year, factor))
    applicant.state(one.application, facts)
    if said:
        applicant.employer_says(one.application, said)
    chapters = applicant.chapters(one.application)
    applicant.save(one.application, {
        code: sentences.PROFILE if code == "profile"
        else sentences.chapter(code, title, "本")
        for code, title in chapters.items()
    })
    content = documents.certificate(one.name, run.ids["announce"].year - 1)
    applicant.bring(one.application, documents.NAME, content)
    applicant.submit(one.application)


def _paper(run):
    """Where paper counts, the office notes when the sealed sets came in."""
    late = [
        one.application for one in run.entrants
        if (one.moved_from or one.award_class).values["submission_moment"] == "paper"
    ]
    if late:
        run.later()
        with run.at("office_b") as office:
            office.write("award.application", late, {
                "paper_received_at": opening.text(run.clock.now)})


def _numbers(run):
    """The numbers and versions that the office finds."""
    by_id = {one.application: one for one in run.entrants}
    with run.at("office_a") as office:
        for row in office.read("award.application", list(by_id), ["name"]):
            by_id[row["id"]].number = row["name"]
    versions(run, run.entrants)


def versions(run, some):
    """Take note of the versions in force."""
    by_id = {one.application: one for one in some}
    with run.at("office_a") as office:
        for row in office.read(
            "award.submission",
            [("application_id", "in", list(by_id)), ("is_current", "=", True)],
            ["application_id"],
        ):
            by_id[row["application_id"]].submission = row["id"]


def applicant_of(run, one, act):
    """Let another module's act be done by an applicant, see `_as`."""
    _as(run, one, act)
