"""Words for what messages, calls, service and conditions refuse."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        # conditions
        "override_clause_missing": _lt(
            "Name the clause of this scheme that allows the override."
        ),
        "override_idle": _lt(
            "“%(condition)s” is met, or not asked of this case: there is nothing to "
            "override."
        ),
        "override_kept": _lt(
            "An override stays as it was proposed. Have it dismissed or revoked, and "
            "propose another one."
        ),
        "override_own": _lt(
            "Who proposed the override does not confirm it. Ask another officer."
        ),
        "override_other_finding": _lt(
            "“%(condition)s”: the facts have changed since it was proposed (now: "
            "%(now)s). Dismiss this override and propose another one."
        ),
        "override_missing": _lt(
            "“%(condition)s” is not met by the facts: %(because)s Find it not met, or "
            "propose an override that a second officer confirms."
        ),
        "standing_unmet": _lt(
            "“%(condition)s”: %(because)s Do not accept the case for this (tick it in "
            "the check), or propose an override that a second officer confirms."
        ),
        "condition_fails": _lt(
            "%(case)s fails “%(condition)s”: %(because)s Nothing is granted. Take the "
            "case out, or propose an override that a second officer confirms."
        ),
    }
)
