"""How many: the funnel of the demonstration, as data.

The figures are those of the first edition of a large city: 541 online
registrations, 170 submissions, at most 10 on site, at most 6 winners. `SMALL` is the
same edition in miniature, for the tests.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Funnel:
    """Every number that the run must reproduce; `problems` checks the sums.

    :param tie_place: rank shared by two cases (teaching case)
    :param repeat_place: rank of the winner of an earlier edition
    :param adverse_place: rank of the case a department reports on, rightly
    :param severe_panel: number (from 1) of the panel 40 points severer than the rest
    :param flat_panel: number of the panel with one expert who gives 50 % everywhere
    :param quality: how much better all applicants are (in the miniature, most of them
        must be good enough for the site visit)
    """

    registered: int
    submitted: int
    gave_up: int
    declined: int
    late: int
    answered: int
    lapsed: int
    withdrew: int
    refused_years: int
    refused_penalty: int
    refused_person: int
    refused_other: int
    panels: int
    panel_size: int
    pool: int
    declared: int
    declared_coaching: int
    found: int
    found_dismissed: int
    shortlisted: int
    below: int
    held_back: int
    adverse: int
    repeats: int
    winners: int
    judges: int
    committee: int
    tie_place: int
    repeat_place: int
    adverse_place: int
    severe_panel: int
    flat_panel: int
    historic: int
    open_registered: int
    open_submitted: int
    quality: float = 0.0

    @property
    def never_finished(self):
        return self.registered - self.submitted - self.gave_up

    @property
    def recommended(self):
        return self.submitted - self.declined

    @property
    def supplements(self):
        return self.answered + self.lapsed + self.withdrew

    @property
    def refused(self):
        return (
            self.refused_years
            + self.refused_penalty
            + self.refused_person
            + self.refused_other
        )

    @property
    def accepted(self):
        return self.recommended - self.refused - self.lapsed - self.withdrew

    @property
    def put_forward(self):
        return self.shortlisted - self.below - self.held_back

    @property
    def candidates(self):
        return self.put_forward - self.adverse

    def problems(self):
        """Sums that do not hold, as texts; empty when the funnel is sound."""
        rules = {
            "more submissions than registrations": self.never_finished >= 0,
            "candidates are not the winners": (
                self.candidates == self.winners + self.repeats
            ),
            "panels of an even size": self.panel_size % 2 == 1,
            "pool too small": self.pool >= self.panels * self.panel_size,
            "supplements of refused cases": (
                self.answered <= self.accepted
            ),
        }
        return [text for text, holds in rules.items() if not holds]


FULL = Funnel(
    registered=541, submitted=170, gave_up=159, declined=5, late=3,
    answered=42, lapsed=3, withdrew=2,
    refused_years=4, refused_penalty=5, refused_person=2, refused_other=1,
    panels=12, panel_size=5, pool=260, declared=37, declared_coaching=6,
    found=22, found_dismissed=9,
    shortlisted=10, below=1, held_back=1, adverse=1, repeats=1, winners=6,
    judges=9, committee=18,
    tie_place=6, repeat_place=3, adverse_place=5, severe_panel=4, flat_panel=2,
    historic=6, open_registered=24, open_submitted=9,
)

SMALL = Funnel(
    registered=24, submitted=9, gave_up=7, declined=1, late=1,
    answered=1, lapsed=1, withdrew=0,
    refused_years=1, refused_penalty=0, refused_person=0, refused_other=0,
    panels=2, panel_size=3, pool=12, declared=1, declared_coaching=1,
    found=2, found_dismissed=1,
    shortlisted=5, below=1, held_back=1, adverse=1, repeats=1, winners=1,
    judges=5, committee=7,
    tie_place=2, repeat_place=1, adverse_place=2, severe_panel=2, flat_panel=1,
    historic=2, open_registered=6, open_submitted=3, quality=1.6,
)
