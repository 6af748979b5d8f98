"""Why a requirement is met, not met, or for the office to judge: code -> sentence."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

WORDS = {
    "alternative_met": _lt("Met by the alternative “%(other)s”."),
    "date_missing": _lt("The date is missing."),
    "years_reached": _lt(
        "%(years)s full years from %(since)s to %(base)s; %(needed)s are needed."
    ),
    "years_short": _lt(
        "Only %(years)s full years from %(since)s to %(base)s; %(needed)s are needed."
    ),
    "legal_person": _lt("Independent legal person."),
    "no_legal_person": _lt("No independent legal person."),
    "loss": _lt("Loss in %(years)s."),
    "no_loss": _lt("No loss in %(years)s."),
    "loss_spared": _lt("No loss in %(years)s but for one that the rule excepts."),
    "figures_missing": _lt("Figures of %(years)s are missing."),
    "exception_unproved": _lt(
        "The exception for %(years)s has no document with its issuing body."
    ),
    "nothing_recorded": _lt("Nothing is recorded."),
    "ranks_reached": _lt(
        "%(found)s indicators of %(year)s within the first %(rank)s; %(needed)s are "
        "needed."
    ),
    "ranks_incomplete": _lt(
        "Ranks of %(year)s are claimed whose trade, number of those ranked or issuing "
        "body is missing; %(found)s of %(needed)s are complete."
    ),
    "ranks_short": _lt(
        "%(found)s indicators of %(year)s within the first %(rank)s; %(needed)s are "
        "needed."
    ),
    "valid_on_day": _lt("Valid on %(base)s."),
    "validity_unknown": _lt("The last day of validity is missing."),
    "expired": _lt("Not valid on %(base)s."),
    "honour_given": _lt("The honour was given in the time that counts."),
    "honour_too_old": _lt("No honour was given in the time that counts."),
    "won_before": _lt("Won in %(years)s."),
    "not_won_before": _lt("The award “%(prior)s” was not won before."),
    "given": _lt("Recorded."),
    "days_reached": _lt("Shown for %(days)s days."),
    "days_short": _lt("Shown for %(days)s days; %(needed)s are needed."),
    "days_unknown": _lt("First or last day is missing, or the time is not over."),
    "recommended": _lt("Recommended by %(found)s that may recommend."),
    "not_recommended": _lt(
        "%(found)s that may recommend are named; %(needed)s are needed."
    ),
    "first_application": _lt("No award was won before."),
    "new_result": _lt("A result since the award of %(year)s."),
    "no_new_result": _lt("No result since the award of %(year)s."),
    "incident": _lt("Recorded between %(first)s and %(last)s."),
    "penalty": _lt(
        "Recorded between %(first)s and %(last)s, the gravest being %(severity)s. "
        "The office judges."
    ),
    "nothing_adverse": _lt("Checked; nothing adverse from %(first)s to %(last)s."),
    "not_checked": _lt(
        "Nothing adverse is recorded from %(first)s to %(last)s; the departments have "
        "not been asked."
    ),
    "applied_elsewhere": _lt("Another application of this year: %(others)s."),
    "register_searched": _lt("The register of this year has no other application."),
    "declared": _lt("Declared."),
    "document_filed": _lt("The document is recorded."),
    "office_finds": _lt("The office finds."),
}
