"""The shape of a lifecycle: states, the moves between them, and who makes them.

A *role* is a group of the addon (`group_<role>`) or one that depends on the
record (`applicant`, `panel_leader` …, see each model's `_roles_on`). A *guard*
`x` is the method `_guard_x` of the model: it returns a `Refusal` or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Roles that exist as groups of the addon.
GROUP_ROLES = (
    "recommender",
    "handling",
    "office",
    "office_head",
    "reviewer",
    "deliberator",
    "observer",
    "committee",
    "approver",
    "finance",
    "supervisor",
    "admin",
    "clock",
)
#: Roles that a person has towards one record.
RECORD_ROLES = (
    "applicant",
    "recommender_prepare",
    "recommender_check",
    "recommender_sign",
    "panel_member",
    "panel_leader",
    "owner",
)


@dataclass(frozen=True)
class Move:
    """One arrow of a lifecycle.

    :param name: name of the act, also the key in `allowed_moves`
    :param sources: states it starts from
    :param target: state it leads to; None keeps the state (the stage changes)
    :param roles: who may do it, any of them
    :param guards: conditions, asked in this order
    :param needs_reason: a reason must be given and is kept in the register
    """

    name: str
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    guards: tuple[str, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The states of one model, the first being the only one a record is born in."""

    states: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]

    @property
    def initial(self) -> str:
        return self.states[0][0]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key for key, _label in self.states)

    @property
    def final(self) -> frozenset[str]:
        """States that no move leaves for another state."""
        left = {
            source
            for move in self.moves
            for source in move.sources
            if move.target is not None and move.target != source
        }
        return self.keys - left

    def move(self, name: str) -> Move:
        """The move called `name`; KeyError when the table has none."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.sources)

    def edges(self) -> frozenset[tuple[str, str]]:
        """All (from, to) pairs that some move makes; kept in the database too."""
        return frozenset(
            (source, source if move.target is None else move.target)
            for move in self.moves
            for source in move.sources
        )


def move(name, sources, target, roles, guards=(), needs_reason=False):
    """A `Move` from words: sources, roles and guards as text with blanks between.

    :param sources: states it starts from, e.g. ``"draft returned"``
    :param target: state it leads to, or None
    """

    def words(text: str | Iterable[str]) -> list[str]:
        return text.split() if isinstance(text, str) else list(text)

    return Move(
        name,
        frozenset(words(sources)),
        target,
        frozenset(words(roles)),
        tuple(words(guards)),
        needs_reason,
    )


def lifecycle(states, *moves):
    """A `Lifecycle` from {state: label} and its moves."""
    return Lifecycle(tuple(states.items()), tuple(moves))
