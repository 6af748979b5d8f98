"""Refusals of credit checks in words."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "credit_prepared": _lt(
            "The letters of this round are drafted; whom and what it asks stays. Begin "
            "another round for more."
        ),
        "credit_other_edition": _lt(
            "A letter of a round is of the edition of the round."
        ),
        "credit_answers_open": _lt(
            "%(count)s answers are missing (cases %(cases)s). Read the table that came "
            "back, or enter them."
        ),
        "credit_answers_vague": _lt(
            "%(count)s adverse answers (cases %(cases)s) do not say what happened, on "
            "which day and on what evidence. Ask the department."
        ),
        "credit_scan_missing": _lt(
            "Add the scan of the sealed reply; a table alone proves nothing."
        ),
        "credit_file_missing": _lt("Choose the table that came back."),
        "credit_file_changed": _lt(
            "This is not the file that was shown. Show it first, then carry it out."
        ),
        "credit_file_wrong": _lt(
            "%(count)s errors stand in the table; nothing was written. Correct them "
            "and show the file again."
        ),
    }
)
