"""What the database holds, by SQL of its own, beside what was planned."""

from scripts import databases
from scripts.demo.general import fates

ROWS = """
SELECT c.code, s.code, count(*), count(*) FILTER (WHERE r.state = 'passed'),
       count(*) FILTER (WHERE r.state = 'failed')
  FROM award_case_stage r
  JOIN award_application a ON a.id = r.application_id
  JOIN award_class c ON c.id = a.class_id
  JOIN award_stage s ON s.id = r.scheme_stage_id
 WHERE a.edition_id = {edition} GROUP BY 1, 2
"""
AWARDS = """
SELECT w.class_code, count(*), COALESCE(sum(p.amount) FILTER (WHERE p.state = 'paid'),
       0) FROM award_award w LEFT JOIN award_prize p ON p.award_id = w.id
 WHERE w.edition_id = {edition} GROUP BY 1
"""
SINGLE = {
    "edition": "SELECT state FROM award_edition WHERE id = {edition}",
    "applications": "SELECT count(*) FROM award_application "
    "WHERE edition_id = {edition} AND submitted_at IS NOT NULL",
    "decided": "SELECT count(*) FROM award_application WHERE edition_id = {edition} "
    "AND state = 'decided'",
    "left open": "SELECT count(*) FROM award_application WHERE edition_id = {edition} "
    "AND state IN ('draft', 'submitted', 'returned', 'accepted')",
    "clocks of approvals": "SELECT count(*) FROM award_clock "
    "WHERE res_model = 'award.approval'",
    "objections reported": "SELECT count(*) FROM award_objection o JOIN award_notice n "
    "ON n.id = o.notice_id WHERE n.edition_id = {edition} AND o.state = 'reported'",
    "yearly reports delivered": "SELECT count(*) FROM award_obligation o "
    "JOIN award_award w ON w.id = o.award_id WHERE w.edition_id = {edition} "
    "AND o.kind = 'annual_report' AND o.state = 'delivered'",
    "acts by nobody": "SELECT count(*) FROM award_transition WHERE user_id = 1",
}


def held(edition, database):
    """(what, where …) -> what the database holds."""
    found = {}
    for line in _rows(ROWS, edition, database):
        code, stage, *numbers = line.split("|")
        found["cases", code, stage] = tuple(map(int, numbers))
    for line in _rows(AWARDS, edition, database):
        code, count, money = line.split("|")
        found["awards", code] = int(count)
        found["prize money", code] = int(money)
    for name, query in SINGLE.items():
        answer = databases.sql(query.format(edition=edition), database)
        found[(name,)] = answer if name == "edition" else int(answer)
    return found


def _rows(query, edition, database):
    return databases.sql(query.format(edition=edition), database).splitlines()


def planned(run):
    """The same as the plan wants it."""
    found = {
        ("cases", *key): row
        for key, row in fates.numbers(run.book, run.entrants).items()
    }
    repeats = run.ids.get("repeats", set())
    for one in run.entrants:
        if not one.wins:
            continue
        code, values = one.award_class.code, one.award_class.values
        amount = values["prize_amount"] or 0
        if one.key in repeats and values["prize_amount_repeat"] is not None:
            amount = values["prize_amount_repeat"]
        found["awards", code] = found.get(("awards", code), 0) + 1
        found["prize money", code] = found.get(("prize money", code), 0) + amount
    winners = [one for one in run.entrants if one.wins]
    return found | {
        ("edition",): "closed",
        ("applications",): len(run.entrants),
        ("decided",): len(winners),
        ("left open",): 0,
        ("clocks of approvals",): 0,
        ("objections reported",): int(any(
            stop.kind == "notice" and run.at_stage(stop) for stop in run.book.stops)),
        ("yearly reports delivered",): sum(_reports(run, one) for one in winners),
        ("acts by nobody",): 0,
    }


def _reports(run, one):
    """Whether a winner owes yearly reports.

    By the rules of the scheme; only where none of them speaks of yearly reports does
    a single figure do so.
    """
    rules = run.book.duties_of(one.award_class, "annual_report")
    money = one.award_class.values["prize_amount"]
    figure = one.award_class.values["annual_report_due"]
    if any(row["kind"] == "annual_report" for row in run.book.duties):
        return any(
            (money or not row["only_with_prize"]) and (figure or row["due_month_day"])
            for row in rules)
    return bool(figure)


def compare(run, database):
    """Print the table of the edition; return what differs, one sentence each."""
    found, wanted = held(run.ids["edition"], database), planned(run)
    print("\n".join(_table(run, found)), flush=True)
    return [
        f"{' '.join(key)}: {wanted.get(key)} planned, {found.get(key)} in the database"
        for key in sorted({*found, *wanted}, key=str)
        if wanted.get(key) != found.get(key)
    ]


def _table(run, found):
    """The numbers of the database, class by class."""
    yield ""
    name = run.chain[-1][1].get("name_zh") or run.chain[0][1].get("name_zh")
    yield f"{name} ({run.ids['announce']} – {run.today})"
    for award_class in run.book.classes:
        yield ""
        yield f"{award_class.code:32}{'in':>6}{'passed':>8}{'ended':>7}"
        for number, stop in enumerate(award_class.stops, 1):
            row = found.get(("cases", award_class.code, stop.code), (0, 0, 0))
            yield (f"  {number:2} {stop.code:27}{row[0]:>6}{row[1]:>8}{row[2]:>7}")
        yield (f"  awards {found.get(('awards', award_class.code), 0)}, prize money "
               f"{found.get(('prize money', award_class.code), 0):,} yuan")
    yield ""
    for name in SINGLE:
        yield f"{name:32}{found[name,]:>13}"
    yield ""
    yield "Logins 登录 (password demo-award)"
    for login, name in run.ids["logins"]:
        yield f"  {login:36} {name}"
