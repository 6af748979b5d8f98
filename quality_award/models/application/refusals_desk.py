"""Words for what the desk of the office and of the handling body refuses."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        # supplement by part
        "part_unknown": _lt(
            "“%(part)s” is no part of this application. Choose it from the list."
        ),
        # allowances
        "allowance_kept": _lt(
            "What was allowed stays as it was granted. Grant another one."
        ),
        "allowance_basis": _lt(
            "Name the clause that lets you do this, or the document that decides it."
        ),
        "allowance_date": _lt(
            "The new date must lie between %(first)s and %(last)s."
        ),
        "allowance_not_later": _lt(
            "The new date must be later than the one that holds now (%(until)s)."
        ),
        "allowance_not_needed": _lt(
            "The window is open until %(until)s: an extension, not a late acceptance."
        ),
        "allowance_too_late": _lt(
            "The window closed at %(until)s: a late acceptance, not an extension."
        ),
        "allowance_not_possible": _lt(
            "“%(kind)s” is not possible while the application is “%(state)s”."
        ),
        "no_supplement_out": _lt(
            "No supplement of this application is waiting for an answer."
        ),
        # completeness and proposals
        "handling_forbidden": _lt(
            "Under this scheme no handling body takes part. The award office checks."
        ),
        "parts_unchecked": _lt(
            "Not checked yet: %(missing)s. Mark each part as complete or incomplete; "
            "an incomplete one needs a note."
        ),
        "proposal_missing": _lt(
            "Choose what you propose, and give the reason unless it is acceptance."
        ),
        "proposal_differs": _lt(
            "Parts are marked as incomplete: propose a supplement or a refusal."
        ),
        "proposal_without_parts": _lt(
            "A supplement is proposed and no part is marked as incomplete. Mark what "
            "has to be completed."
        ),
        "completeness_kept": _lt(
            "What was proposed stays as it was proposed. The office confirms it, or "
            "rejects it with a reason."
        ),
        "check_not_open": _lt(
            "The qualification check is not open. A supplement cannot be drafted."
        ),
        # entry on behalf
        "not_on_behalf": _lt(
            "This application was not entered by the office. The applicant submits it."
        ),
        "claimed_already": _lt(
            "The applicant has an account by now and submits the application itself."
        ),
        "entry_unchecked": _lt(
            "A second clerk has to compare the entry with the paper first."
        ),
        "same_clerk": _lt(
            "Who entered the application does not check it. Ask a colleague."
        ),
        # imports
        "import_no_file": _lt("Choose an XLSX file first."),
        "import_other_file": _lt(
            "This is not the file that was examined. Examine it first."
        ),
        "import_errors": _lt(
            "%(count)s row(s) have errors; nothing was written. Correct them in the "
            "file and examine it again."
        ),
        "import_twice": _lt(
            "The same applicant stands in row %(row)s of this file already."
        ),
        "parts_untouched": _lt(
            "Not changed yet: %(parts)s. Complete what was asked for, or write in the "
            "answer why it stays as it is."
        ),
    }
)
