"""Runs of the conditions of a case: what each found, what changed, what stands.

A *line* of a run is a dict: `code`, `kind` (`requirement` or `standing`), `verdict`
(`met`, `not_met`, `judge`), `reason`, `mark`, `blocks`, `text`, `clause` (its code),
`cited` (as people cite it), `because`, `facts`. Runs are kept as they were;
everything here compares them.
"""

from collections.abc import Collection, Iterable, Mapping

from .facts import JUDGE, MET, NOT_MET

#: When conditions are asked. `by_hand` is a look in between that decides nothing.
MOMENTS = ("submission", "qualification", "award", "by_hand")
_WORSE = {MET: 0, JUDGE: 1, NOT_MET: 2}
#: Reasons for which a paper, a date or a figure would settle the condition.
_BY_DOCUMENT = frozenset(
    "date_missing figures_missing exception_unproved nothing_recorded "
    "ranks_incomplete validity_unknown days_unknown".split()
)


def mark(reason: str, used: Iterable = (), values: Mapping | None = None) -> str:
    """What a finding rests on, short enough to compare.

    An override covers a finding with the same mark only: another penalty, another
    loss is another finding.

    :param used: ids of the facts
    :param values: figures, where no fact is behind the finding
    """
    rest = ",".join(sorted(str(key) for key in used))
    if values:
        figures = ",".join(f"{key}={values[key]}" for key in sorted(values))
        rest = f"{rest};{figures}"
    return f"{reason}|{rest}"


def shown_as(verdict: str, reason: str) -> str:
    """`met`, `not_met`, `document` (a paper settles it) or `office` (it judges)."""
    if verdict != JUDGE:
        return verdict
    return "document" if reason in _BY_DOCUMENT else "office"


def changes(before: Iterable[Mapping], after: Iterable[Mapping]) -> list[dict]:
    """What differs between two runs, in the order of the later one.

    :return: dicts `code`, `text`, `was`, `now` (verdicts; None where the condition
        was not asked), `was_because`, `now_because`
    """
    old = {line["code"]: line for line in before}
    new = {line["code"]: line for line in after}
    found = []
    for code in [*new, *(code for code in old if code not in new)]:
        was, now = old.get(code, {}), new.get(code, {})
        same = (was.get("verdict"), was.get("mark")) == (
            now.get("verdict"),
            now.get("mark"),
        )
        if same:
            continue
        found.append(
            {
                "code": code,
                "text": (now or was)["text"],
                "was": was.get("verdict"),
                "now": now.get("verdict"),
                "was_because": was.get("because", ""),
                "now_because": now.get("because", ""),
            }
        )
    return found


def is_covered(line: Mapping, overrides: Mapping[str, Collection[str]]) -> bool:
    """Whether a confirmed override covers the finding as it is now.

    :param overrides: code of the condition -> marks that are covered
    """
    return line["mark"] in overrides.get(line["code"], ())


def against(
    lines: Iterable[Mapping],
    settled: Iterable[Mapping] = (),
    overrides: Mapping[str, Collection[str]] | None = None,
) -> list[Mapping]:
    """The lines that keep a case from the award.

    What is not met does, unless it only warns or an override covers it. What a
    person has to judge does where it is worse, or a graver record, than what the
    office had before it at the qualification check.

    :param settled: lines of that check's run; none where there was no check
    """
    overrides = overrides or {}
    known = {line["code"]: line for line in settled}
    found = []
    for line in lines:
        if line["verdict"] == MET or is_covered(line, overrides):
            continue
        if line["verdict"] == NOT_MET:
            if line["blocks"]:
                found.append(line)
        elif _is_new_to_judge(line, known.get(line["code"])):
            found.append(line)
    return found


def _is_new_to_judge(line, before):
    if before is None:
        return False
    if _WORSE[line["verdict"]] > _WORSE[before["verdict"]]:
        return True
    return line["reason"] == "penalty" and line["mark"] != before["mark"]
