from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "nobody_asked_about": _lt(
            "The letter names no applicant. Choose the cases in check it asks about."
        ),
        "no_department_chosen": _lt("Choose at least one department to ask."),
        "case_not_in_check": _lt(
            "No qualification check is open on: %(cases)s. Departments are asked while "
            "the check runs."
        ),
        "adverse_kind_missing": _lt(
            "The reply is adverse on %(cases)s: enter whether it tells of an accident "
            "or complaint, or of a penalty."
        ),
        "departments_open": _lt(
            "These departments have been asked and their replies are not checked: "
            "%(bodies)s. Check them, or record that no reply came."
        ),
        "field_closed": _lt(
            "These fields cannot be changed by hand in the present status: "
            "%(fields)s. Use the buttons of the record."
        ),
        # -- lists ---------------------------------------------------------
        "ranking_not_frozen": _lt(
            "There is no frozen ranking for this list yet. Compute and freeze the "
            "composite evaluation first."
        ),
        "panel_report_missing": _lt(
            "The report of these panels is not filed yet: %(panels)s. Ask the panel "
            "leaders to file it."
        ),
        "not_ranked": _lt(
            "These cases are not in the frozen ranking: %(cases)s. Take them off the "
            "list."
        ),
        "previous_list_missing": _lt(
            "The list before this one has not been adopted. Adopt it first."
        ),
        "name_added": _lt(
            "A later list may strike names but not add any; these were not put forward "
            "by “%(previous)s”: %(cases)s. Take them off the list."
        ),
        "cap_exceeded": _lt(
            "%(counted)s cases are put forward for the site visits and at most %(cap)s "
            "are allowed. Take cases off the list."
        ),
        "cap_needs_reason": _lt(
            "%(counted)s cases are put forward for the site visits, in principle at "
            "most %(cap)s. Take cases off the list or give the reason for more."
        ),
        "panel_missing": _lt(
            "The cap holds for each panel and this case belongs to none: %(key)s. "
            "Assign it to a panel."
        ),
        "tie_at_cut": _lt(
            "The cut divides cases of equal score (%(score)s): %(cases)s. Treat them "
            "alike, or give a reason for each one left out."
        ),
        "quota_exceeded": _lt(
            "%(counted)s awards would be given and at most %(maximum)s are allowed "
            "(repeat winners not counted: %(exempt)s). Take names off the list."
        ),
        "score_missing": _lt(
            "%(case)s has no score to compare with the threshold of %(threshold)s. "
            "Take it off the list."
        ),
        "below_threshold": _lt(
            "%(case)s has %(score)s points; at least %(threshold)s are needed. "
            "Take it off the list."
        ),
        "outcome_missing": _lt(
            "It is not decided yet whether these are put forward: %(cases)s. "
            "Decide each line."
        ),
        "withdrawn_from": _lt(
            "You have withdrawn from this case (%(cases)s). A colleague who has no "
            "interest in it acts on the paper."
        ),
        "list_with_closed_case": _lt(
            "You have withdrawn from cases of this list (%(cases)s). A colleague who "
            "has no interest in them adopts it."
        ),
        "reason_for_out_missing": _lt(
            "Whoever is not put forward must know why. Give the reason for: %(cases)s."
        ),
        "case_not_at_stage": _lt(
            "These cases are not at the stage “%(stage)s”: %(cases)s. Fill the list "
            "again."
        ),
        "case_missing_from_list": _lt(
            "Every case at the stage “%(stage)s” must be on the list; missing: "
            "%(cases)s. Fill the list again."
        ),
        "list_changed": _lt(
            "The list no longer has the content it was adopted with. Do not go on; "
            "tell the supervisor."
        ),
        "list_not_adopted": _lt(
            "The list “%(list)s” is not adopted yet. Adopt it first."
        ),
        "list_not_to_consult": _lt(
            "The departments are asked about an adopted list that is followed by the "
            "consultation. Choose that list."
        ),
        "list_not_to_decide": _lt(
            "This list is not before a body for its decision, or it is decided "
            "already. Choose a draft at a stage of deliberation."
        ),
        "letters_not_sent": _lt(
            "These applicants have not been told yet why they do not go on: "
            "%(cases)s. Send the letters first."
        ),
        "rule_exceeded": _lt(
            "%(counted)s names count for “%(quota)s” and at most %(limit)s are "
            "allowed. Take names off the list."
        ),
        "rule_not_reached": _lt(
            "%(counted)s names count for “%(quota)s” and at least %(limit)s are "
            "demanded. Put more names forward."
        ),
        "rule_needs_reason": _lt(
            "%(counted)s names count for “%(quota)s”; the rule in principle is "
            "%(limit)s. Change the list or give the reason."
        ),
        "committee_votes": _lt(
            "The award committee decides by vote in a meeting, not by a document. "
            "Hold the meeting."
        ),
        "roster_of_another_body": _lt(
            "%(body)s decides on this list. Choose its roster."
        ),
        "resolution_differs": _lt(
            "The list is not as the two clerks compared it with the document. Correct "
            "the list, or send the entry back and compare again."
        ),
        "list_in_work": _lt(
            "The case is not put forward by an adopted list of this stage. Adopt the "
            "list; it moves its cases."
        ),
        "adverse_substantiated": _lt(
            "A substantiated adverse opinion stands against: %(cases)s. Put them on "
            "the list as not put forward, with the reason."
        ),
        "objection_upheld": _lt(
            "An objection was upheld against: %(cases)s. Leave them out, or give the "
            "reason for keeping them."
        ),
        # -- consultation --------------------------------------------------
        "consultation_missing": _lt(
            "These departments have not been asked yet: %(bodies)s. Prepare and send "
            "the letters."
        ),
        "consultation_open": _lt(
            "The reply of these departments is not settled: %(bodies)s. Enter and "
            "check it, or record that none came."
        ),
        "finding_missing": _lt(
            "The adverse opinion on %(cases)s has not been judged. State the finding "
            "of the office with its grounds."
        ),
        "reply_incomplete": _lt(
            "Number and date of the reply and an opinion on every case are needed; "
            "still missing: %(missing)s."
        ),
        "evidence_missing": _lt(
            "The adverse opinion on %(cases)s comes without evidence. Enter the "
            "evidence, or ask the department for it."
        ),
        "second_clerk": _lt(
            "The check must be made by another person than the entry (%(first)s)."
        ),
        "not_overdue": _lt(
            "The time of the department is not over (%(due)s). Wait for the reply."
        ),
        "silence_means_nothing": _lt(
            "The scheme does not count silence as “no comment”. Obtain a reply."
        ),
        # -- committee and meeting -----------------------------------------
        "approval_document_missing": _lt(
            "The roster must be approved: enter number and date of the document and "
            "at least one member."
        ),
        "committee_not_approved": _lt(
            "The roster of the committee is not approved or its term has ended. "
            "Choose the committee in office."
        ),
        "not_a_member": _lt(
            "These are not members of the committee: %(names)s. Correct the entry."
        ),
        "quorum_missing": _lt(
            "%(present)s of %(members)s members are present; the scheme asks for "
            "%(rule)s. Call the meeting again."
        ),
        "vote_rule_missing": _lt(
            "The scheme does not say how many votes are needed. Have it decided and "
            "entered in the scheme."
        ),
        "meeting_not_open": _lt(
            "Votes can be entered only while the meeting is open. Open it first."
        ),
        "ballots_do_not_add_up": _lt(
            "The count of %(case)s does not add up: %(problem)s. Count again."
        ),
        "ballots_issued_wrong": _lt(
            "%(issued)s ballots were issued on %(case)s, but %(base)s members were "
            "present and not recused. Correct the number or the recusals."
        ),
        "entries_differ": _lt(
            "The second count of %(case)s differs from the first in: %(fields)s. "
            "Nothing was changed; count again, or send the first entry back."
        ),
        "tally_missing": _lt(
            "The vote on these cases is not entered and checked: %(cases)s."
        ),
        "minutes_missing": _lt("The meeting has no minutes yet. Enter them."),
        "meeting_not_closed": _lt(
            "The committee has not closed its meeting on this list. Hold and close it."
        ),
        "vote_not_passed": _lt(
            "These did not get the votes they need: %(cases)s. They cannot be put "
            "forward."
        ),
        # -- notice and objection ------------------------------------------
        "channel_missing": _lt(
            "A notice needs at least one channel with its proof. Enter where it "
            "appears."
        ),
        "channels_missing": _lt(
            "The scheme asks for these channels too: %(channels)s. Enter each with its "
            "proof."
        ),
        "notice_of_other_list": _lt(
            "The notice at the stage “%(stage)s” shows another list (%(kind)s). Choose "
            "that list."
        ),
        "notice_calendar_missing": _lt(
            "The official calendar of a year that the notice reaches is not loaded. "
            "Load it, then publish."
        ),
        "in_house_missing": _lt(
            "The proof that the notice hung inside these applicants is missing: "
            "%(cases)s. Enter file and days of each."
        ),
        "in_house_too_short": _lt(
            "Inside these applicants the notice hung shorter than %(minimum)s days: "
            "%(cases)s. Have it posted again and enter the new days."
        ),
        "proof_days_wrong": _lt(
            "The notice hung from %(first)s to %(last)s, which is reversed or not over "
            "yet. Correct the days."
        ),
        "proof_too_large": _lt(
            "The file is larger than %(most)s MB. Hand in a smaller one."
        ),
        "notice_length_missing": _lt(
            "The scheme does not fix the length of the notice. Enter the days decided."
        ),
        "notice_too_short": _lt(
            "The notice would last %(days)s days; at least %(minimum)s are needed."
        ),
        "case_not_at_notice": _lt(
            "These cases are not at a stage of public notice: %(cases)s."
        ),
        "notice_running": _lt(
            "The notice runs until %(last)s, 24:00. Close it on the day after."
        ),
        "objection_open": _lt(
            "%(count)s objection(s) are not settled (%(receipts)s). Settle each with a "
            "written report or a reason for not admitting it."
        ),
        "notice_in_work": _lt(
            "The public notice on this case is not closed. Close it; it moves its "
            "cases."
        ),
        "objection_out_of_period": _lt(
            "The objection came on %(on)s; the notice runs from %(first)s through "
            "%(last)s. It can only be not admitted, with the reason."
        ),
        "objection_anonymous": _lt(
            "The objection has no name and the scheme does not admit such. It can only "
            "be not admitted, with the reason."
        ),
        "case_not_on_notice": _lt(
            "The objection names a case that is not on this notice. Correct the case."
        ),
        "report_missing": _lt(
            "The written report and its outcome are needed. Enter both."
        ),
        # -- approval ------------------------------------------------------
        "approval_list_not_final": _lt(
            "Only an adopted final list is submitted for approval."
        ),
        "document_missing": _lt(
            "Number and date of the document are needed. Enter them as printed."
        ),
        "document_date_future": _lt(
            "The document is dated %(date)s, which lies ahead. Correct the date."
        ),
        "approval_in_work": _lt(
            "The government has not approved a list with this case. Register the "
            "approval; it moves its cases."
        ),
    }
)
