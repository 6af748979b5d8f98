"""What happened, read back from the database: tables, and a file for other programs."""

import json

from scripts import paths
from scripts.demo import findings, people
from scripts.demo.findings import Findings

#: Databases whose summary is the one of the demo that is served.
SERVED = (paths.database("demo"), paths.database("demo_new"))
MOVES = {
    "refuse": "不予受理", "eliminate": "未进入下一阶段", "withdraw": "撤回",
    "lapse": "补正逾期", "disqualify": "取消资格",
}


def summary_path(database):
    """Where the summary of the run in this database lies."""
    word = "" if database in SERVED else f"-{database}"
    return paths.RUNTIME / f"demo-summary{word}.json"


def outcome(world):
    """Everything that is printed, as plain data, read as the supervisor."""
    with world.cast.desk("supervisor") as reader:
        found = Findings(reader.env, world.ids["edition"])
        numbers = findings.numbers(found)
        return {
            "edition": found.edition.name_zh,
            "numbers": numbers,
            "expected": findings.expected(world),
            "stages": found.stages(),
            "endings": found.endings(),
            "clocks": found.clocks(),
            "panels": found.panels(),
            "ranking": [
                {"rank": line.rank, "tied": line.is_tied, "score": line.score_text,
                 "exact": line.score_exact, "meets": line.meets_threshold,
                 "title": line.application_id.applicant_id.name}
                for line in found.ranking()
            ],
            "awards": [
                {"title": title, "certificate": number, "repeat": repeat,
                 "prize": prize, "score": line.score_text, "exact": line.score_exact,
                 "rank": line.rank}
                for title, number, repeat, prize, line in found.awards()
            ],
            "moves": found.moves(),
            "access_entries": found.access_entries(),
        }


def differences(result):
    """What the database holds otherwise than planned, one sentence each."""
    return [
        f"{name}: {wanted} planned, {result['numbers'].get(name)} in the database"
        for name, wanted in result["expected"].items()
        if result["numbers"].get(name) != wanted
    ]


def publish(world, result, options):
    """Print the tables and write the summary; return the differences."""
    found = differences(result)
    result |= {
        "database": options.database, "seed": options.seed,
        "start": str(world.timetable["announce"]), "end": str(world.timetable.end),
        "seconds": round(world.progress.total_seconds, 1),
        "stage_seconds": world.progress.seconds,
        "http_requests": world.cast.requests, "differences": found,
    }
    summary_path(options.database).write_text(
        json.dumps(result, ensure_ascii=False, indent=1, default=str) + "\n"
    )
    print("\n".join(lines(world, result)), flush=True)
    return found


def lines(world, result):
    """The outcome as text."""
    yield ""
    yield f"{result['edition']}: {result['start'][:10]} – {result['end'][:10]}"
    yield from _funnel(result)
    yield from _panels(result)
    yield from _ranking(result)
    yield from _clocks(result)
    yield ""
    yield (f"{result['moves']} entries in the register of moves, "
           f"{result['access_entries']} in the access log, "
           f"{result['http_requests']} HTTP requests, {result['seconds']} s")
    yield from _next(world)


def _pad(text, width):
    """Fill up to `width` columns; a Chinese character takes two."""
    used = sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(text))
    return str(text) + " " * max(width - used, 0)


def _funnel(result):
    numbers = result["numbers"]
    yield ""
    yield _pad("Stage 阶段", 34) + f"{'in':>6}{'out':>6}{'ended':>7}{'open':>6}"
    yield _pad("Online registration 网上申报", 34) + (
        f"{numbers['registered']:>6}{numbers['submitted']:>6}"
        f"{numbers['registered'] - numbers['submitted']:>7}{0:>6}")
    for chinese, english, entered, passed, failed, open_ in result["stages"][1:]:
        yield _pad(f"{english} {chinese}", 34) + (
            f"{entered:>6}{passed:>6}{failed:>7}{open_:>6}")
    yield ""
    yield "Ended by reason 终止原因"
    yield f"  {numbers['never_finished']:>4}  never finished the profile 未完成填报"
    for stage, move, citation, count in result["endings"]:
        yield f"  {count:>4}  {stage} · {MOVES[move]} {citation}"


def _panels(result):
    yield ""
    yield _pad("Panels 评审组", 34) + f"{'cases':>6}{'mean':>9}"
    for name, count, mean in result["panels"]:
        yield _pad(name, 34) + f"{count:>6}{mean:>9}"


def _ranking(result):
    yield ""
    yield "Ranking 综合排序"
    exact = [line["exact"] for line in result["ranking"]]
    for line in result["ranking"]:
        equal = exact.count(line["exact"]) > 1
        marks = " (equal 同分)" * equal + " (tied 并列)" * line["tied"]
        marks += " (below the threshold 低于分数线)" * (not line["meets"])
        yield f"  {line['rank']:>3}  {line['score']:>10}  {line['title']}{marks}"
    yield ""
    yield "Winners 获奖名单"
    for award in result["awards"]:
        prize = "plaque and certificate only 再次获奖" if award["repeat"] else (
            f"{award['prize']:,} yuan")
        yield (f"  {award['certificate']:18} {award['score']:>10}  "
               f"{_pad(award['title'], 44)} {prize}")


def _clocks(result):
    yield ""
    yield _pad("Clocks 时限", 40) + (
        f"{'met':>6}{'late':>6}{'running':>9}{'overdue':>9}{'void':>6}")
    for name, _code, met, late, running, overdue, void in result["clocks"]:
        yield _pad(name, 40) + f"{met:>6}{late:>6}{running:>9}{overdue:>9}{void:>6}"


def _next(world):
    ids = world.ids
    yield ""
    yield "Where to click next 下一步 (after `make serve`, http://127.0.0.1:8069)"
    places = (
        ("office.a", f"/odoo/m-award.edition/{ids['edition']}", "the edition"),
        ("office.a", f"/odoo/m-award.composite/{ids['composite_final']}",
         "the ranking with exact scores"),
        ("committee", f"/odoo/m-award.list/{ids['final']}", "the final list"),
        ("reviewer.leader", "/odoo/m-award.consensus", "consensus of the own panel"),
        ("supervisor", "/odoo/m-award.access.entry", "the access log"),
        ("finance", "/odoo/m-award.prize", "the prizes"),
        ("applicant", "/my/award", "the winner's page"),
    )
    for login, path, what in places:
        yield f"  {login:18} {path:36} {what}"
    yield ""
    yield "Logins 登录"
    yield people.logins_table()
