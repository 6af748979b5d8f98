"""What the acts share: people, simulated time, the scheme, the ids of what was made."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


def day_of(value):
    """A date as a client gets it: text over HTTP, a date in this process."""
    return date.fromisoformat(str(value)) if value else None


class CannotRun(Exception):
    """A condition under which the scheme cannot be run, in words."""


@dataclass
class Run:
    """One run of the driver.

    :param chain: the files, parents first
    :param now: local time of this moment; nothing may happen after it
    :param start: local time of the first act, where it is asked for
    :param book: :class:`~scripts.demo.general.rulebook.Rulebook`
    :param entrants: everybody who applies
    :param ids: name -> id or dict of ids of what was made
    """

    chain: list
    cast: object
    clock: object
    progress: object
    now: datetime
    small: bool = False
    start: datetime | None = None
    book: object = None
    days: object = None
    entrants: list = field(default_factory=list)
    ids: dict = field(default_factory=dict)
    where: str = ""

    @property
    def prefix(self):
        """What logins of this agency begin with."""
        return str(self.chain[-1][1].get("code"))

    @property
    def today(self):
        return self.clock.now.date()

    # -- time ------------------------------------------------------------------------
    def go(self, moment):
        """Move to a local time; nothing happens in the future or twice."""
        moment = max(moment, self.clock.now + timedelta(seconds=1))
        if moment > self.now:
            raise CannotRun(
                f"The edition would last until {moment:%Y-%m-%d}, beyond today. "
                "Name an earlier start, e.g. START=2024-03-01."
            )
        self.clock.go(moment)

    def step(self, count=1, hour=9, by=None):
        """The morning `count` working days on, not later than the day `by`."""
        day = self.days.after(self.today, count)
        if by and day > by:
            day = max(by, self.today)
        self.go(datetime.combine(day, time(hour)))

    def after(self, day, hour=9):
        """The first working day after `day`."""
        day = self.days.after(max(day, self.today) + timedelta(days=1), 0)
        self.go(datetime.combine(day, time(hour)))

    def later(self, minutes=20):
        self.go(self.clock.now + timedelta(minutes=minutes))

    # -- people ----------------------------------------------------------------------
    def at(self, key):
        """A person over HTTP where there is a login, else in this process."""
        return self.cast.at(key, web=True)

    def call(self, key, model, method, ids, *args):
        """One act of one person, a transaction of its own."""
        with self.at(key) as me:
            return me.call(model, method, ids, *args)

    def create(self, key, model, values):
        """Records that one person makes from a list of values; their ids."""
        with self.at(key) as me:
            return me.create(model, values)

    # -- cases -----------------------------------------------------------------------
    def at_stage(self, stage, award_class=None):
        """Entrants who reach a stage, by the plan; of one class where it is given."""
        return [
            one for one in self.entrants
            if one.reaches(stage) and award_class in (None, one.award_class)
        ]
