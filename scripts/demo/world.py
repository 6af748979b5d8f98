"""What the acts share: plan, time, people, and the ids of what they made."""

import random
from dataclasses import dataclass, field


@dataclass
class World:
    """One run of the driver.

    :param ids: name -> id or list of ids of what was created (edition, class, …)
    :param organisations: the applicants; `applications` maps their keys to cases
    :param finals: shortlisted cases in the order of their composite
    """

    funnel: object
    seed: int
    registry: object
    clock: object
    cast: object
    progress: object
    timetable: object = None
    ids: dict = field(default_factory=dict)
    organisations: list = field(default_factory=list)
    applications: dict = field(default_factory=dict)
    submissions: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
    cases: list = field(default_factory=list)
    finals: list = field(default_factory=list)
    items: list = field(default_factory=list)
    historic: bool = False
    small: bool = False
    figures: object = None
    weighing: object = None
    figures_of_prize: int = 0
    item_names: dict = field(default_factory=dict)
    lock_terms: int = 0
    in_force: tuple = (None, None)
    received: dict = field(default_factory=dict)
    late: set = field(default_factory=set)
    days_of: dict = field(default_factory=dict)
    supplements: dict = field(default_factory=dict)
    interests: dict = field(default_factory=dict)
    ranked: list = field(default_factory=list)
    web_done: dict = field(default_factory=dict)
    others: list = field(default_factory=list)
    key_of: dict = field(default_factory=dict)

    def rng(self, purpose):
        """A generator of its own for each purpose: acts do not disturb each other."""
        return random.Random(f"{purpose} {self.seed}")

    def go(self, step):
        """Move the simulated time to a step of the timetable."""
        self.clock.go(self.timetable[step])

    def organisation(self, key):
        return self.organisations[key - 1]

    @property
    def shown(self):
        """Key of the applicant with a login, who will win."""
        return self.candidates[0].case.key

    @property
    def put_forward(self):
        return self.finals[: self.funnel.put_forward]

    @property
    def repeat(self):
        """The finalist who won an earlier edition."""
        return self.finals[self.funnel.repeat_place - 1]

    @property
    def adverse(self):
        return self.finals[self.funnel.adverse_place - 1]

    @property
    def candidates(self):
        return [final for final in self.put_forward if final is not self.adverse]
