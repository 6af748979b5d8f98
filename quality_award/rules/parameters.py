"""What a scheme can fix, as a catalogue: code -> kind of value and meaning.

The figures are data of the schemes; this table only says what may be said.
Points are integers in hundredths, weights integers in ten-thousandths, money
integers in yuan.
"""

from typing import Any, NamedTuple

from . import values


class Parameter(NamedTuple):
    """One thing that a scheme can fix.

    :param kind: a kind of `rules.values`: int, bool, date, month_day, time, texts,
        code, ``list:a|b`` or the allowed words separated by "|"
    """

    kind: str
    label: str


CATALOG: dict[str, Parameter] = {
    "quota_max": Parameter("int", "Awards at most"),
    "quota_scope": Parameter("class|pool", "What the quota counts"),
    "threshold": Parameter("int", "Lowest winning score (hundredths)"),
    "threshold_score": Parameter(
        "document|site|composite", "Score it is compared with"
    ),
    # -- editions and their validity ------------------------------------------
    "cycle_months": Parameter("int", "Months between editions"),
    "cycle_soft": Parameter("bool", "An edition may be postponed with a reason"),
    "validity_basis": Parameter(
        "fixed_dates|publication_plus_days", "How the dates of validity are known"
    ),
    # -- application ------------------------------------------------------------
    "submission_moment": Parameter(
        "electronic|paper", "What counts as handing in an application"
    ),
    "opening_hours_from": Parameter("time", "Paper is taken in from"),
    "opening_hours_to": Parameter("time", "Paper is taken in until"),
    "look_back_base": Parameter(
        "announcement|window_end|submission|recommendation_end",
        "Day from which years are counted back",
    ),
    "recommenders_per_application": Parameter("int", "Recommenders of an application"),
    "recommendation_steps": Parameter(
        "separate|one_person", "Preparing, checking and signing off a recommendation"
    ),
    "recommendation_check_list": Parameter(
        "bool", "A recommender answers each condition"
    ),
    "recommendation_ranking": Parameter("bool", "A recommender ranks whom it names"),
    "recommendation_notice_days": Parameter(
        "int", "Days of the recommender's local notice at least"
    ),
    "recommendation_notice_unit": Parameter(
        "working_day|calendar_day", "Days of the local notice are"
    ),
    "recommender_jurisdiction": Parameter(
        "refuse|mark", "A recommender named outside its jurisdiction"
    ),
    "group_exclusion": Parameter("bool", "One applicant of a group at most"),
    "second_award_same_year": Parameter(
        "forbidden_any_level|forbidden_same|allowed",
        "Second application in the same year",
    ),
    "second_submission_stage": Parameter("code", "Stage of a second submission"),
    "fee": Parameter("int", "Fee of an application (yuan)"),
    "supplement_working_days": Parameter("int", "Supplement due after (working days)"),
    "supplement_suspends": Parameter("bool", "A supplement suspends the check"),
    "supplement_lapse": Parameter("bool", "An unanswered supplement ends the case"),
    "handling_body_forbidden": Parameter("bool", "No handling body may take part"),
    # -- review -----------------------------------------------------------------
    "onsite_max": Parameter("int", "Applicants on site at most"),
    "onsite_scope": Parameter("total|per_panel", "What the on-site cap counts"),
    "onsite_soft": Parameter("bool", "On-site cap may be passed with a reason"),
    "site_days_min": Parameter("int", "Days on site at least"),
    "site_days_max": Parameter("int", "Days on site at most"),
    "site_days_soft": Parameter("bool", "Days on site may differ with a reason"),
    "site_voices": Parameter(
        "list:customers|suppliers|staff|public", "Who is heard on site"
    ),
    "panel_min": Parameter("int", "Members of a panel at least"),
    "panel_odd": Parameter("bool", "Panels have an odd number of members"),
    "panel_selection": Parameter("draw|select|mixed", "How a panel is formed"),
    "panel_ranking": Parameter("per_edition|per_panel", "Where cases are ranked"),
    "composite_scope": Parameter("class|choice|edition", "Which cases rank together"),
    "weight_document": Parameter("int", "Weight of the documents"),
    "weight_site": Parameter("int", "Weight of the site visit"),
    "weight_defence": Parameter("int", "Weight of the defence"),
    "weight_public": Parameter("int", "Weight of the public evaluation"),
    "missing_stage": Parameter("refuse|renormalise", "A stage without score"),
    "defence_combiner": Parameter("mean|trimmed_mean|median", "Scores of the defence"),
    "defence_max": Parameter("int", "Highest defence score (hundredths)"),
    "defence_judges_min": Parameter("int", "Deliberators at least"),
    "public_evaluation_population": Parameter(
        "on_site|recommended|submitted", "Who is evaluated by the public"
    ),
    "public_evaluation_max": Parameter(
        "int", "Highest score of the public evaluation (hundredths)"
    ),
    "public_evaluation_combiner": Parameter(
        "mean|trimmed_mean|median", "Scores of the public evaluation"
    ),
    "spread_flag": Parameter("int", "Spread that needs discussion (percentage points)"),
    "band_gap_flag": Parameter("int", "Band gap that needs discussion"),
    "tie_rule": Parameter("results_then_committee|committee", "Equal scores"),
    # -- decision ---------------------------------------------------------------
    "silence": Parameter("no_comment|open", "A department that does not reply"),
    "vote_pass": Parameter("two_thirds|half|all", "Votes in favour needed"),
    "quorum": Parameter("two_thirds|half|all", "Members who must be present"),
    "committee_vote": Parameter("tally|secret_ballot", "How the committee votes"),
    "vote_instead_of_ranking": Parameter("bool", "The vote decides, not the ranking"),
    "fill_up": Parameter("bool", "Places set free are filled in order of rank"),
    "notice_days": Parameter("int", "Days of the public notice at least"),
    "notice_unit": Parameter("working_day|calendar_day", "Days of a notice are"),
    "notice_first_day": Parameter("exclude|include", "First day of a notice"),
    "notice_channels": Parameter("list:web|media|in_house", "Where a notice is shown"),
    "notice_list_order": Parameter(
        "surname_strokes|no_order", "Order of the names in a notice"
    ),
    "objection_anonymous": Parameter("refuse|lead", "Objections without a name"),
    "objection_working_days": Parameter(
        "int", "Objection checked within (working days)"
    ),
    # -- prize, certificate and title ---------------------------------------------
    "prize_amount": Parameter("int", "Prize money (yuan)"),
    "prize_amount_repeat": Parameter("int", "Prize money of a repeat winner (yuan)"),
    "prize_tokens": Parameter(
        "list:certificate|plaque|trophy", "What a winner is given"
    ),
    "prize_uses": Parameter("texts", "What prize money may be spent on"),
    "prize_report_days": Parameter("int", "Prize-use report due after (days)"),
    "certificate_years": Parameter("int", "Validity of the certificate (years)"),
    "certificate_numbered": Parameter("bool", "Certificates carry a number"),
    "title_correction_days": Parameter(
        "int", "Wrong use of the title corrected within (days)"
    ),
    "title_after_expiry": Parameter(
        "warn|forbid|allow", "Use of the title after it has expired"
    ),
    "volunteer_list": Parameter("bool", "Winners are listed as volunteers"),
    "annual_report_due": Parameter("month_day", "Annual report due on"),
    "annual_report_first": Parameter(
        "same_year|next_year", "Year of the first annual report"
    ),
    "annual_report_years": Parameter("int", "Annual reports for (years)"),
    "reassessment_years": Parameter("int", "Winners are assessed again every (years)"),
    # -- former winners -----------------------------------------------------------
    "repeat_quota_exempt": Parameter("bool", "A repeat winner takes no place"),
    "reapply_lock_terms": Parameter("int", "Editions before a winner may apply again"),
    "reapply_lock_reading": Parameter("skip|wait", "How those editions are counted"),
    "reapply_lock_years": Parameter("int", "Years before a winner may apply again"),
    "reapply_lock_basis": Parameter(
        "award_date|award_year", "From what those years are counted"
    ),
    "reapply_scope": Parameter("class|award|scheme", "What a winner is barred from"),
    "reapply_new_result": Parameter("bool", "A winner needs a new result"),
    # -- revocation and ban ---------------------------------------------------------
    "watch_years": Parameter("int", "Winners are watched for (years)"),
    "ban_years": Parameter("int", "Barred from applying for (years)"),
    "ban_terms": Parameter("int", "Barred from applying for (editions)"),
    "ban_for_ever": Parameter("bool", "Barred from applying for ever"),
    "recommender_ban_years": Parameter(
        "int", "Recommender barred after abuse for (years, 0 for ever)"
    ),
    "recovery": Parameter(
        "list:certificate|plaque|trophy|money|announce|credit",
        "What follows a revocation",
    ),
    # -- retention --------------------------------------------------------------------
    "retention_years": Parameter("int", "Dossiers are kept for (years)"),
    "retention_decision_years": Parameter(
        "int", "Decisions are kept for (years, 0 for ever)"
    ),
    "retention_review_years": Parameter(
        "int", "Review papers are kept for (years, 0 for ever)"
    ),
    "retention_application_years": Parameter(
        "int", "Application papers are kept for (years, 0 for ever)"
    ),
}

SELECTION = [(code, parameter.label) for code, parameter in CATALOG.items()]


def problem(code: str, value: Any) -> str | None:
    """What is expected where `value` does not fit the parameter `code`, else None."""
    kind = CATALOG[code].kind
    return None if values.fits(kind, value) else kind
