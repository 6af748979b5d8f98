"""What a scheme can fix, as a catalogue: code -> kind of value and meaning.

The figures are data of the schemes; this table only says what may be said.
Points are integers in hundredths, weights integers in ten-thousandths, money
integers in yuan.
"""

from typing import Any, NamedTuple


class Parameter(NamedTuple):
    kind: str  # "int", "bool", or the allowed words separated by "|"
    label: str


CATALOG: dict[str, Parameter] = {
    "quota_max": Parameter("int", "Awards at most"),
    "quota_scope": Parameter("class|pool", "What the quota counts"),
    "threshold": Parameter("int", "Lowest winning score (hundredths)"),
    "threshold_score": Parameter(
        "document|site|composite", "Score it is compared with"
    ),
    "cycle_months": Parameter("int", "Months between editions"),
    "onsite_max": Parameter("int", "Applicants on site at most"),
    "onsite_scope": Parameter("total|per_panel", "What the on-site cap counts"),
    "onsite_soft": Parameter("bool", "On-site cap may be passed with a reason"),
    "site_days_min": Parameter("int", "Days on site at least"),
    "site_days_max": Parameter("int", "Days on site at most"),
    "site_days_soft": Parameter("bool", "Days on site may differ with a reason"),
    "panel_min": Parameter("int", "Members of a panel at least"),
    "panel_odd": Parameter("bool", "Panels have an odd number of members"),
    "notice_days": Parameter("int", "Days of the public notice at least"),
    "notice_first_day": Parameter("exclude|include", "First day of a notice"),
    "weight_document": Parameter("int", "Weight of the documents"),
    "weight_site": Parameter("int", "Weight of the site visit"),
    "weight_defence": Parameter("int", "Weight of the defence"),
    "weight_public": Parameter("int", "Weight of the public evaluation"),
    "missing_stage": Parameter("refuse|renormalise", "A stage without score"),
    "defence_combiner": Parameter("mean|trimmed_mean|median", "Scores of the defence"),
    "defence_max": Parameter("int", "Highest defence score (hundredths)"),
    "defence_judges_min": Parameter("int", "Deliberators at least"),
    "spread_flag": Parameter("int", "Spread that needs discussion (percentage points)"),
    "band_gap_flag": Parameter("int", "Band gap that needs discussion"),
    "tie_rule": Parameter("results_then_committee|committee", "Equal scores"),
    "prize_amount": Parameter("int", "Prize money (yuan)"),
    "prize_amount_repeat": Parameter("int", "Prize money of a repeat winner (yuan)"),
    "repeat_quota_exempt": Parameter("bool", "A repeat winner takes no place"),
    "reapply_lock_terms": Parameter("int", "Editions before a winner may apply again"),
    "reapply_lock_reading": Parameter("skip|wait", "How those editions are counted"),
    "reapply_lock_years": Parameter("int", "Years before a winner may apply again"),
    "certificate_years": Parameter("int", "Validity of the certificate (years)"),
    "certificate_numbered": Parameter("bool", "Certificates carry a number"),
    "prize_report_days": Parameter("int", "Prize-use report due after (days)"),
    "supplement_working_days": Parameter("int", "Supplement due after (working days)"),
    "supplement_suspends": Parameter("bool", "A supplement suspends the check"),
    "supplement_lapse": Parameter("bool", "An unanswered supplement ends the case"),
    "silence": Parameter("no_comment|open", "A department that does not reply"),
    "vote_pass": Parameter("two_thirds|half|all", "Votes in favour needed"),
    "quorum": Parameter("two_thirds|half|all", "Members who must be present"),
    "fill_up": Parameter("bool", "Places set free are filled in order of rank"),
    "fee": Parameter("int", "Fee of an application (yuan)"),
    "retention_years": Parameter("int", "Dossiers are kept for (years)"),
    "objection_anonymous": Parameter("refuse|lead", "Objections without a name"),
    "objection_working_days": Parameter(
        "int", "Objection checked within (working days)"
    ),
}

SELECTION = [(code, parameter.label) for code, parameter in CATALOG.items()]


def problem(code: str, value: Any) -> str | None:
    """What is expected where `value` does not fit the parameter `code`, else None."""
    kind = CATALOG[code].kind
    if kind == "int":
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    elif kind == "bool":
        fits = isinstance(value, bool)
    else:
        fits = value in kind.split("|")
    return None if fits else kind
