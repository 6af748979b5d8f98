from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "off_grid": _lt(
            "%(percent)s %% is not on the scale of item %(item)s: choose a step of "
            "%(step)s %% inside a scoring band."
        ),
        "off_points": _lt(
            "%(points)s is not on the scale of item %(item)s: give 0 to %(highest)s "
            "points in steps of %(step)s."
        ),
        "off_ratings": _lt("Item %(item)s has other ratings: %(ratings)s."),
        "other_scale": _lt("Item %(item)s is judged on the scale “%(scale)s”."),
        "veto_not_failed": _lt(
            "“%(title)s” has passed everything that must be passed. Only an agreed "
            "consensus with such an item not passed ends the case."
        ),
        "class_without_points": _lt(
            "The class is graded by ratings: there is no composite score to compute. "
            "The committee sees the ratings on its list and votes."
        ),
        "sheet_locked": _lt(
            "The score sheet is locked. The panel leader can ask the head of the "
            "office to unlock it."
        ),
        "sheet_incomplete": _lt(
            "%(count)s item(s) have no score yet, first %(item)s. Score every item; "
            "0 %% is a score, nothing is not."
        ),
        "case_closed_to_you": _lt(
            "This case is not open to you. It needs your signed undertaking, your "
            "declaration without interest, and your place on its confirmed panel."
        ),
        "case_not_in_review": _lt(
            "“%(title)s” is not in document review. Its scores cannot change now."
        ),
        "consensus_open": _lt(
            "The consensus on “%(title)s” has been opened: the sheets stay as they are."
        ),
        "unlock_not_asked": _lt(
            "The panel leader has not asked for this sheet to be unlocked. Wait for "
            "the leader's request with its reason."
        ),
        "panel_not_locked": _lt(
            "%(locked)s of %(members)s members have locked their sheets of "
            "“%(title)s”. Wait until all have."
        ),
        "consensus_agreed": _lt("The consensus is agreed and changes no more."),
        "consensus_incomplete": _lt(
            "Item %(item)s has no agreed score. Agree on every item."
        ),
        "discussion_note_missing": _lt(
            "What the members chose for item %(item)s lies from %(low)s to %(high)s. "
            "Discuss it and write down the reason for what you agree on."
        ),
        "site_evidence_missing": _lt(
            "The score of item %(item)s differs from the document review. Name the "
            "interview or document on site that the change rests on."
        ),
        "text_missing": _lt("The text is empty. Write the report first."),
        "consensus_missing": _lt(
            "“%(title)s” has no agreed consensus score. Agree on it first."
        ),
        "visit_not_reported": _lt(
            "The site visit of “%(title)s” has no report yet. File it first."
        ),
        "visit_dates_missing": _lt(
            "The days of the site visit are missing. Enter first and last day."
        ),
        "visit_days": _lt(
            "The site visit takes %(days)s day(s); %(least)s to %(most)s are laid "
            "down. Change the dates."
        ),
        "visit_days_soft": _lt(
            "The site visit takes %(days)s day(s); %(least)s to %(most)s are the rule. "
            "Change the dates, or state the reason for other days."
        ),
        "visit_fixed": _lt("The site visit has been held: its days stay as they are."),
        "visit_reported": _lt("The site visit has been reported and changes no more."),
        "report_filed": _lt("The report has been filed and changes no more."),
        "defence_not_held": _lt(
            "The oral defence of “%(title)s” has not been held. Hold it first."
        ),
        "defence_date_missing": _lt("The day of the defence is missing. Enter it."),
        "judge_not_deliberator": _lt(
            "%(name)s is not an active deliberator. Choose deliberators only."
        ),
        "judge_without_login": _lt(
            "%(name)s has no login. Invite this deliberator first."
        ),
        "too_few_judges": _lt(
            "%(count)s deliberator(s) score this defence; at least %(minimum)s are "
            "needed. Invite more."
        ),
        "defence_not_scored": _lt(
            "%(locked)s of %(judges)s deliberators have locked their scores. Wait "
            "until all have."
        ),
        "defence_held": _lt("The defence has been held and changes no more."),
        "score_locked": _lt("The score is locked and changes no more."),
        "score_missing_own": _lt("There is no score yet. Enter it first."),
        "score_out_of_range": _lt(
            "%(points)s points are outside the scale from 0 to %(highest)s."
        ),
        "score_not_a_number": _lt(
            "“%(text)s” is not a number of points with at most two decimals."
        ),
        "survey_not_told": _lt(
            "The report on the survey, the days it ran and the number of persons asked "
            "are needed. Enter them."
        ),
        "survey_running": _lt(
            "The survey runs until %(last)s. Enter its result when it is over."
        ),
        "survey_incomplete": _lt(
            "Every case that the public is asked about needs its points, and no other: "
            "%(cases)s. Prepare the lines again and complete them."
        ),
        "survey_not_read": _lt(
            "These lines are not understood or name no case of this survey: %(lines)s. "
            "Give the number of a case and its points on each line."
        ),
        "survey_differs": _lt(
            "The second entry differs from the first on: %(cases)s. Nothing was "
            "changed; read the report again, or send the first entry back."
        ),
        "survey_second": _lt(
            "The second entry is made by another person than the first (%(first)s)."
        ),
        "survey_missing": _lt(
            "The public evaluation of “%(title)s” is not checked. Enter and check it "
            "first."
        ),
        "voices_missing": _lt(
            "Nobody has been heard yet of: %(voices)s. Hear them on site and note at "
            "least one record of each."
        ),
        "feedback_given": _lt(
            "Feedback stays as it was given. Write to the supervisor instead."
        ),
        "feedback_too_early": _lt(
            "The site visit has not been held yet. Give your feedback after it."
        ),
        "composite_frozen": _lt("The composite evaluation is frozen."),
        "composite_empty": _lt(
            "No case stands at this stage, or nothing has been computed. Compute first."
        ),
        "composite_part_missing": _lt(
            "%(count)s case(s) lack a part of the composite score, first %(case)s. "
            "Complete the scores and compute again."
        ),
        "composite_weights": _lt(
            "The weights of the scheme do not make up one whole, or none fits. "
            "The scheme must be corrected."
        ),
        "composite_stale": _lt(
            "Scores have changed since the last computation. Compute again."
        ),
        "composite_not_frozen": _lt(
            "The composite evaluation is not frozen for “%(title)s”. Freeze it first."
        ),
        "feedback_not_open": _lt(
            "There is no visit on which you may still speak. Each person speaks once, "
            "after the visit took place."
        ),
        "feedback_incomplete": _lt(
            "Say how discipline and conduct were, then send."
        ),
        "expert_did_not_serve": _lt(
            "This expert took no part in the edition. Appraise those who sat on a "
            "panel or judged a defence."
        ),
        "appraisal_without_grounds": _lt(
            "A poor mark, or another conclusion than to stay, needs its grounds. "
            "Enter them as the remark."
        ),
    }
)
