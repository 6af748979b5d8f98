"""Every state of every record and the moves between them, as one table.

Buttons, guards, the database's door, the generated `docs/lifecycle.md` and the
tests read this table; nothing else in the addon knows which state follows which.
Each room writes its part in `lifecycle_<room>.py`, in the shape of
`lifecycle_shape.py`.
"""

from . import (
    lifecycle_application,
    lifecycle_award,
    lifecycle_decision,
    lifecycle_experts,
    lifecycle_regulation,
    lifecycle_review,
)
from .lifecycle_shape import GROUP_ROLES, RECORD_ROLES, Lifecycle, Move

__all__ = ["GROUP_ROLES", "LIFECYCLES", "RECORD_ROLES", "Lifecycle", "Move"]

#: Tables of the rooms, from the floor upwards.
_ROOMS = (
    lifecycle_regulation,
    lifecycle_application,
    lifecycle_experts,
    lifecycle_review,
    lifecycle_decision,
    lifecycle_award,
)


def _all_rooms() -> dict[str, Lifecycle]:
    table: dict[str, Lifecycle] = {}
    for room in _ROOMS:
        twice = table.keys() & room.LIFECYCLES.keys()
        if twice:
            raise ValueError(f"{room.__name__}: already has a lifecycle: {twice}")
        table.update(room.LIFECYCLES)
    return table


#: model name -> lifecycle
LIFECYCLES: dict[str, Lifecycle] = _all_rooms()
