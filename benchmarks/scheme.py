"""Import and self-check of a scheme with many clauses, against the time allowed.

The scheme is of no city: clauses, and of everything else so much that each clause has
its share. It contradicts itself nowhere, so that every check comes to its end.
"""

import json
from functools import partial

from benchmarks import ground
from benchmarks.harness import Result, timed
from scripts.demo import house

CLAUSES = 500
SMALL = 100
TIMES = 7
#: Seconds for import and self-check together.
ALLOWED = 2.0
CODE, CRITERIA = "bench_scheme", "bench_criteria"
_CLAUSE = {"citation_zh": "条款", "summary_zh": "条款的内容,用自己的话写成。" * 8}


def criteria() -> dict:
    """Two categories of ten items each, 1000 points."""
    items, bands = [], []
    for number, kind in ((1, "process"), (2, "result")):
        items.append({"number": f"{number}", "kind": "category", "points": 50_000,
                      "name_zh": "类目"})
        items += [
            {"number": f"{number}.{i}", "parent": f"{number}", "kind": kind,
             "points": 5000, "name_zh": "条款"}
            for i in range(10)
        ]
        bands.append({"kind": kind, "low": 0, "high": 100, "text_zh": "说明"})
    return {"format": "quality_award.criteria/1", "code": CRITERIA, "total": 100_000,
            "name_zh": "准则", "items": items, "bands": bands}


def scheme(clauses: int) -> dict:
    """A scheme file; one record of a section for every so many clauses."""

    def of(code: str, number: int, **values) -> list[dict]:
        return [
            {"code": f"{code}{i}", "name_zh": f"{code} {i}",
             "clause": f"c{i % clauses}", **values}
            for i in range(number)
        ]

    classes = of("class", 8, criteria=CRITERIA)
    names = [row["code"] for row in classes]
    some = names[:3]
    requirements = [
        {"text_zh": row.pop("name_zh"), **row}
        for row in of("need", clauses // 4, kind="years_registered", years=3,
                      classes=some)
    ]
    bodies = of("body", clauses // 8, role="department")
    return {
        "format": "quality_award.scheme/1",
        "code": CODE,
        "version": f"{clauses}",
        "name_zh": "办法",
        "clauses": [{"code": f"c{i}", **_CLAUSE} for i in range(clauses)],
        "bodies": bodies,
        "successors": [
            {"body": row["code"], "since": "2030-01-01", "name_zh": "今名",
             "clause": "c0"}
            for row in bodies
        ],
        "classes": classes,
        "choices": [
            {**row, "class": "class0"}
            for row in of("choice", clauses // 20, by="sector")
        ],
        "quotas": of("quota", clauses // 20, counts="awards", max=50, classes=some),
        "thresholds": of("line", clauses // 20, score="document", min=600,
                         classes=some, at="shortlist"),
        "stages": _stages(clauses),
        "parameters": _parameters(names),
        "requirements": requirements,
        "clock_rules": of("limit", clauses // 8, start_event="office_receipt",
                          owner_role="office", unit="working_day", length=5,
                          classes=some),
        "obligations": of("duty", clauses // 20, kind="sharing", classes=some,
                          to=[row["code"] for row in bodies[:3]]),
        "grounds": of("ground", clauses // 20, procedure="revoke", ban_years=3,
                      recover=["certificate", "money"]),
    }


def _stages(clauses: int) -> list[dict]:
    kinds = ["submission", "recommendation", "qualification", "document_review",
             "site_visit", "composite", "consultation"]
    kinds += ["deliberation", "notice"] * (clauses // 20) + ["approval", "award"]
    return [
        {"code": f"stage{i}", "kind": kind, "name_zh": kind, "clause": f"c{i}",
         "accepts": kind == "qualification"}
        for i, kind in enumerate(kinds)
    ]


def _parameters(names: list[str]) -> list[dict]:
    figures = {"weight_document": 6000, "weight_site": 4000, "threshold": 60_000,
               "notice_days": 10, "panel_min": 5, "prize_amount": 500_000,
               "certificate_years": 4, "ban_years": 3}
    return [
        {"code": code, "class": name, "value": value, "clause": "c1"}
        for code, value in figures.items()
        for name in names
    ]


def _records(content: dict) -> int:
    return sum(len(rows) for rows in content.values() if isinstance(rows, list))


def _load(registry, user: int, content: str):
    """What the officer waits for: the file read and checked, nothing kept."""
    cursor = registry.cursor()
    env = ground.environment(cursor, user)
    loaded = env["award.scheme"]._import(json.loads(content))
    env.flush_all()
    problems = loaded._problems()
    if problems:
        raise SystemExit(f"The scheme contradicts itself: {problems[:3]}")

    def undo():
        cursor.rollback()
        cursor.close()

    return undo


def run(database: str) -> list[Result]:
    """Two sizes: the larger against the time allowed, and how the time grows."""
    registry = house.registry(database)
    user = ground.lay(registry).users["administrator"]
    with registry.cursor() as cursor:
        ground.environment(cursor, user)["award.criteria"]._import(criteria())
    found = {}
    for clauses in (SMALL, CLAUSES):
        content = scheme(clauses)
        act = partial(_load, registry, user, json.dumps(content))
        timed(act)
        found[clauses] = [timed(act) for _turn in range(TIMES)]
        print(f"  {clauses} clauses, {_records(content)} records", flush=True)
    large, small = found[CLAUSES], found[SMALL]
    records = _records(scheme(CLAUSES))
    return [
        Result(
            f"import and self-check, {CLAUSES} clauses, {records} records",
            "time allowed", 1.0, large, [ALLOWED] * TIMES,
            note="against a fixed time, not a peer",
        ),
        Result(
            f"time per clause, {CLAUSES} clauses", f"{SMALL} clauses", 1.2,
            [seconds / CLAUSES for seconds in large],
            [seconds / SMALL for seconds in small],
            note="not interleaved; linear growth stays at or below 1",
        ),
    ]
