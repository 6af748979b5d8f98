"""How many apply for each class, and how each of them ends: the plan of the run.

The plan is made from the scheme before anything happens. `numbers` says what must then
be in the database; `counting` compares.
"""

from dataclasses import dataclass, field

from scripts.demo.general.run import CannotRun

#: Fate -> kind of stage at which it ends a case.
ENDS = {
    "declined": ("recommendation",),
    "refused": ("qualification",),
    "cut": ("document_review",),
    "below": ("composite",),
    "adverse": ("consultation",),
    "voted_down": ("deliberation",),
}
#: Fates of the first class of a kind of applicant, then of every other class.
FULL = ("wins", "answers", "wins", "cut", "refused", "declined", "below", "adverse",
        "voted_down")
OTHERS = ("wins", "answers", "cut")
SMALL = ("answers", "cut", "refused")
SMALL_FIRST = ("answers", "moves", "cut", "refused", "declined", "below", "adverse",
               "voted_down")
SMALL_OTHERS = ("wins",)
WINNING = ("wins", "answers", "moves")
#: Percentages that the panels give: the best winner, and whoever is cut.
BEST, WORST = 85, 30


@dataclass
class Entrant:
    """Somebody who applies.

    :param key: number of the entrant, from 1
    :param fate: `wins`, `answers` (a supplement, and wins), `moves` (to another class
        by transfer, and wins), or a key of `ENDS`
    :param end: stage at which the case ends, None for a winner
    :param level: percentage that the panels find
    :param missing: the :class:`Need` that a refused one lacks
    """

    key: int
    award_class: object
    fate: str
    end: object = None
    level: int = 0
    missing: object = None
    name: str = ""
    registration: dict = field(default_factory=dict)
    web: bool = False
    moved_from: object = None
    application: int = 0
    submission: int = 0
    number: str = ""
    panel: int = 0

    @property
    def wins(self):
        return self.end is None

    @property
    def turn(self):
        """Place of the stage at which the case moves to its other class, or None."""
        return self.moved_from and self.moved_from.first("document_review").sequence

    def class_at(self, stop):
        """The class in which the case comes to a stage."""
        earlier = self.turn and stop.sequence < self.turn
        return self.moved_from if earlier else self.award_class

    def reaches(self, stop):
        """Whether the case comes to stand at a stage, or beside one that it does."""
        if not stop.is_for(self.class_at(stop).id):
            return False
        return self.wins or stop.sequence <= self.end.sequence


def plan(book, small):
    """All entrants of an edition, class by class.

    :raise CannotRun: where nobody can be left out and not all can win
    """
    entrants, seen, moved = [], set(), False
    target = _target(book)
    for award_class in book.classes:
        if award_class.entry == "transfer":
            continue
        first = award_class.subject not in seen
        if small:
            fates = SMALL_OTHERS if not first else SMALL if seen else SMALL_FIRST
        else:
            fates = FULL if first else OTHERS
            if target and not moved and award_class is not target:
                fates = ("moves", *fates)
        seen.add(award_class.subject)
        fates = [fate for fate in fates if _possible(book, award_class, fate, target)]
        moved = moved or "moves" in fates
        entrants += _of_class(book, award_class, fates, len(entrants), target)
    _spare_quotas(book, entrants)
    return entrants


def _target(book):
    """The class that takes cases by transfer, where there is one."""
    takers = [one for one in book.classes if one.entry in {"transfer", "both"}]
    return next(iter(takers), None)


def _possible(book, award_class, fate, target):
    if fate == "moves":
        return bool(
            target and target is not award_class and not target.choices
            and award_class.entry == "open" and award_class.first("document_review")
            and target.first("document_review")
        )
    if fate == "answers":
        return bool(award_class.first("qualification"))
    if fate == "below":
        return bool(award_class.first("composite")) and _floor(book, award_class) > 0
    if fate == "adverse":
        return bool(award_class.first("consultation") and book.of_role("department"))
    if fate == "refused":
        return bool(award_class.first("qualification") and award_class.needs)
    return fate in WINNING or bool(award_class.first(*ENDS[fate]))


def _of_class(book, award_class, fates, count, target):
    found, place = [], 0
    for fate in fates:
        one = Entrant(count + len(found) + 1, award_class, fate)
        if fate in ENDS:
            one.end = award_class.first(*ENDS[fate])
        if fate == "moves":
            one.moved_from, one.award_class = award_class, target
        if fate == "cut":
            one.level = WORST
        elif fate == "below":
            one.level = _just_below(_floor(book, award_class))
        else:
            one.level = max(BEST - 5 * place, _enough(_floor(book, award_class)))
            place += 1
        if fate == "refused":
            one.missing = _missing(award_class)
        found.append(one)
    return found


# -- scores --------------------------------------------------------------------------
def _floor(book, award_class):
    """The highest threshold of a class as a percentage of its points, rounded up."""
    if not award_class.total or award_class.rated:
        return 0
    found = [award_class.values["threshold"] or 0]
    found += [
        row["minimum"] for row in book.thresholds
        if row["score"] == "composite" and not row["block"]
        and (not row["class_ids"] or award_class.id in row["class_ids"])
    ]
    return -(-100 * max(found) // award_class.total)


def _just_below(floor):
    """The highest step of five that lies below a percentage."""
    return 5 * ((floor - 1) // 5)


def _enough(floor):
    return min(5 * -(-floor // 5) + 5, 100)


#: Kinds of requirement that an applicant can be seen to miss, the clearest first.
MISSED = (
    "years_operating", "years_registered", "years_working", "rank", "no_loss",
    "certificate", "honour", "prior_award", "in_house_notice", "finding", "document",
)


def _missing(award_class):
    """The requirement that the refused applicant of a class does not meet."""
    known = [
        need for kind in MISSED for need in award_class.needs
        if need.kind == kind and need.on_fail != "warn" and not need.group
        and not need.applies_to
    ]
    return (known or award_class.needs)[0]


# -- quotas --------------------------------------------------------------------------
def _spare_quotas(book, entrants):
    """Leave no more winners than the quotas of awards have places for."""
    for row in [*_single_quotas(book), *book.quotas]:
        if row["counts"] != "awards" or not row["maximum"]:
            continue
        inside = [
            one for one in entrants
            if one.wins and (
                not row["class_ids"] or one.award_class.id in row["class_ids"])
        ]
        for one in inside[::-1][: max(len(inside) - row["maximum"], 0)]:
            end = one.award_class.first("deliberation", "composite")
            if not end:
                raise CannotRun(
                    f"Class {one.award_class.code} has no stage at which somebody can "
                    "be left out, and fewer places than applicants."
                )
            one.fate = "voted_down" if end.kind == "deliberation" else "held_back"
            one.end = end


def _single_quotas(book):
    """The quotas that stand as a figure of a class, in the form of the others."""
    pool = {}
    for one in book.classes:
        most = one.values["quota_max"]
        if most and one.values["quota_scope"] == "pool":
            pool["maximum"] = most
        elif most:
            yield {"counts": "awards", "maximum": most, "class_ids": [one.id]}
    if pool:
        yield {"counts": "awards", "class_ids": [], **pool}


# -- what must come out ---------------------------------------------------------------
def numbers(book, entrants):
    """(class, stage) -> (cases that entered it, passed it, ended at it)."""
    found = {}
    for one in entrants:
        for stop in book.stops:
            if one.reaches(stop) and not (stop.parallel and stop.optional):
                row = found.setdefault((one.award_class.code, stop.code), [0, 0, 0])
                row[0] += 1
                row[1 + (one.end is not None and stop == one.end)] += 1
    return {key: tuple(row) for key, row in found.items()}

