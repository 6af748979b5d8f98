from odoo.tools import LazyTranslate

from ...rules.refusal import Refusal
from ..base.refusal import REFUSAL_TEXTS, AwardRefusal, refusal_text

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "stage_not_optional": _lt(
            "The scheme does not let an edition leave out “%(stage)s”. It must be held."
        ),
        "edition_over": _lt(
            "The edition is over: “%(stage)s” can no longer be left out."
        ),
        "stage_reached": _lt(
            "A case has reached “%(stage)s” or gone past it. The stage can be left out "
            "only before the first case gets there, and then for all."
        ),
        "stage_needs_left_out": _lt(
            "“%(stage)s” needs what a stage that would be left out makes. Leave that "
            "one out as well, or keep both."
        ),
        # edition
        "scheme_not_published": _lt(
            "The scheme of this edition is not published. Publish it first."
        ),
        "scheme_not_in_force": _lt(
            "On %(day)s the scheme is not in force (%(first)s to %(last)s). Record who "
            "decided to continue it, with number and date."
        ),
        "window_missing": _lt(
            "The window for applications is not set, or ends before it begins. Give "
            "both instants."
        ),
        "window_not_later": _lt(
            "The window can only be extended to a later instant, and only while it is "
            "open (now until %(end)s)."
        ),
        "edition_frozen": _lt(
            "Scheme, number and window of an announced edition are published and "
            "cannot be changed. Extend the window by its own act, or cancel the "
            "edition."
        ),
        "cases_open": _lt(
            "%(count)s application(s) of this edition are not settled yet. Bring them "
            "to a decision first."
        ),
        # registration and submission
        "edition_not_announced": _lt(
            "This edition does not take applications. Look for an announced one."
        ),
        "window_not_open": _lt(
            "The window for applications opens at %(start)s. Come back then."
        ),
        "window_closed": _lt(
            "The window for applications closed at %(end)s. Nothing can be handed in "
            "or returned for correction after it."
        ),
        "credit_code_invalid": _lt(
            "“%(code)s” is not a valid unified social credit code (18 characters, the "
            "last one is a check character). Compare it with the business licence."
        ),
        "credit_code_held": _lt(
            "The applicant with the code %(code)s is already registered. Ask your "
            "colleague who acts for it, or the award office, to add you."
        ),
        "credit_code_foreign": _lt(
            "Only organisations and units have a credit code of their own. Give the "
            "code of the employer or responsible organisation in its own field."
        ),
        "identity_number_invalid": _lt(
            "This is not a valid resident identity number (18 characters, the last one "
            "is a check character). Compare it with the card."
        ),
        "identity_number_foreign": _lt("Only individuals have an identity number."),
        "applicant_held": _lt(
            "Registration is not possible with these data. Ask your colleague who acts "
            "for the applicant already, or the award office, to add you."
        ),
        "responsible_missing": _lt(
            "Name the organisation that answers for the team, project or unit, with "
            "its unified social credit code."
        ),
        "second_application": _lt(
            "%(applicant)s already has an application in this edition. Continue "
            "that one, or withdraw it."
        ),
        "class_unknown": _lt("Choose the class of the award that you apply for."),
        "value_unknown": _lt(
            "“%(value)s” is not possible for “%(field)s”. Choose or write another one."
        ),
        "value_missing": _lt("“%(field)s” is missing. Please fill it in."),
        "value_too_long": _lt(
            "“%(field)s” is too long; at most %(most)s characters are possible."
        ),
        "profile_incomplete": _lt(
            "The application is not complete. Still missing: %(missing)s."
        ),
        "chapter_too_long": _lt(
            "Chapter %(chapter)s has %(length)s characters; at most %(most)s are "
            "possible. Please shorten it."
        ),
        "chapter_too_large": _lt(
            "Chapter %(chapter)s is too large to be kept: %(length)s characters, at "
            "most %(most)s. Remove a part, or put it into a file."
        ),
        "copy_unknown": _lt("This text has been put away already. Reload the page."),
        "field_unknown": _lt(
            "The form has no field “%(field)s”. Reload the page."
        ),
        "chapter_unknown": _lt(
            "There is no chapter “%(chapter)s” in the criteria of this class. Reload "
            "the page."
        ),
        "application_closed": _lt(
            "The application has been handed in and cannot be changed. Ask your "
            "recommender or the award office to return it for correction."
        ),
        "part_closed": _lt(
            "This part (%(part)s) is not open. Only what the supplement asks for can "
            "be written now."
        ),
        "locked_after_award": _lt(
            "%(applicant)s holds an award and may apply again from %(open)s."
        ),
        "banned": _lt("%(applicant)s may not apply before %(open)s."),
        "case_frozen": _lt(
            "Edition and applicant of an application that was handed in cannot be "
            "changed."
        ),
        "subject_differs": _lt(
            "This class is for applicants of another kind: %(subject)s. Register "
            "again for a class of your kind."
        ),
        "choice_missing": _lt("Choose what you apply for within this class."),
        "recommenders_differ": _lt(
            "%(needed)s recommender(s) must be named; %(named)s are. Correct this."
        ),
        "may_not_recommend": _lt(
            "%(recommender)s nominates and cultivates, but may not recommend under "
            "this scheme. Choose another recommender."
        ),
        "recommender_barred": _lt(
            "%(recommender)s may not recommend before %(open)s. Choose another "
            "recommender."
        ),
        "applied_elsewhere": _lt(
            "%(applicant)s has another application in the year %(year)s: %(others)s. "
            "Only one is allowed; withdraw that one first."
        ),
        "group_applies": _lt(
            "%(other)s, of the same group of companies, has applied. Of a group one "
            "may apply; agree on who does."
        ),
        "quota_of_applications": _lt(
            "%(whose)s has all %(most)s applications that are possible. Ask the award "
            "office."
        ),
        "quota_of_recommendations": _lt(
            "%(whose)s has recommended %(most)s already, which is all it may."
        ),
        "quota_needs_reason": _lt(
            "%(whose)s has recommended %(most)s already. More need a reason; write it "
            "beside the opinion."
        ),
        "new_result_missing": _lt(
            "%(applicant)s won in %(year)s and may apply again with a new result only. "
            "Add the result with its date."
        ),
        "paper_missing": _lt(
            "Under this scheme the sealed paper set counts, and none is registered. "
            "Register when it came in."
        ),
        "paper_late": _lt(
            "The paper set counts as received on %(day)s; the last day was %(last)s."
        ),
        "may_not_sign": _lt("You may not sign for this applicant. Ask who may."),
        # facts and bans
        "fact_kept": _lt(
            "A fact that was recorded stays as it was said. Record another one, or "
            "have the award office set it aside with a reason."
        ),
        "fact_of_applicant": _lt(
            "Only the applicant states facts of its own. Record it as the office’s."
        ),
        "fact_empty": _lt("Fill in what the fact says."),
        "office_only": _lt("Only the award office may do this."),
        "ban_kept": _lt(
            "A ban stays as it was imposed. Lift it by a document of its own."
        ),
        # opening of an edition
        "adoption_missing": _lt(
            "Not adopted yet, or not recorded with body, document, day and, where "
            "needed, publication: %(missing)s."
        ),
        "media_missing": _lt(
            "The announcement is not recorded as published in: %(channels)s. Publish "
            "it there and note where, beside the announcement."
        ),
        "criteria_missing": _lt(
            "No criteria are in force today for: %(classes)s. Load them first."
        ),
        # stage engine
        "acceptance_not_due": _lt(
            "The scheme does not place acceptance before this stage."
        ),
        "transfer_not_open": _lt(
            "“%(class)s” takes no transfers, is of another scheme, or is the class of "
            "the case already."
        ),
        "transfer_not_agreed": _lt(
            "No transfer is proposed to which the applicant has consented. Propose "
            "one and wait for the answer."
        ),
        "transfer_answered": _lt(
            "This proposal is answered, or the answer is neither consent nor refusal. "
            "What was answered stays."
        ),
        "stages_differ": _lt(
            "These applications are not all at the same stage. Move them separately."
        ),
        "last_stage": _lt("There is no stage after “%(stage)s”."),
        "ground_missing": _lt(
            "Name the clause that is the ground, from the scheme of this edition."
        ),
        "approval_missing": _lt(
            "The approval of the award is not registered. Register it first."
        ),
        "supplement_not_lapsed": _lt(
            "The scheme ends an application only after a supplement has lapsed; none "
            "has, or the scheme does not say so."
        ),
        # recommendation
        "recommendation_missing": _lt(
            "The recommender has not signed off a recommendation of the version handed "
            "in."
        ),
        "opinion_missing": _lt(
            "Verdict and opinion are missing. The recommender states both."
        ),
        "opinion_closed": _lt(
            "Verdict and opinion can be changed by those who prepare, before they pass "
            "the opinion on. Have it sent back first."
        ),
        "version_superseded": _lt(
            "This opinion belongs to a version that was returned or is no longer with "
            "the recommender. Work on the current one."
        ),
        # recusal of staff
        "interest_kind_missing": _lt(
            "The kind of interest is missing. Choose one; for “Other”, add a note."
        ),
        "only_for_oneself": _lt(
            "You declare your own interests only. The head of the office may order "
            "somebody to withdraw."
        ),
        "declared_already": _lt(
            "What was declared stays as it was declared. The head of the office "
            "confirms or dismisses it."
        ),
        "member_is_staff": _lt(
            "%(name)s works in the award office, the handling body or the supervision "
            "and cannot act for an applicant. Choose somebody of the applicant."
        ),
        "staff_is_member": _lt(
            "%(name)s acts for %(applicants)s on the portal and cannot be given a role "
            "of the award office, the handling body or the supervision. Let another "
            "person act for the applicant first."
        ),
        "own_recusal": _lt(
            "Nobody decides on his own recusal. Another head of the office does."
        ),
        # qualification
        "qualification_missing": _lt(
            "The qualification check is not decided, or a requirement is not met."
        ),
        "findings_missing": _lt(
            "Findings are missing, or a requirement is not met without a note: "
            "%(missing)s."
        ),
        "qualification_decided": _lt(
            "The qualification check is decided; its findings cannot be changed."
        ),
        "supplement_open": _lt(
            "A supplement is still open. Wait for the answer, or let it lapse when it "
            "is overdue."
        ),
        "supplement_sent": _lt(
            "The supplement was sent and cannot be changed. Write another one."
        ),
        "items_missing": _lt("Write what the applicant has to complete."),
        "answer_missing": _lt("Write an answer to the supplement."),
        "supplement_late": _lt(
            "The supplement was due on %(due)s and can no longer be answered here. "
            "Call the award office."
        ),
        "supplement_not_overdue": _lt(
            "The supplement is due on %(due)s and has not lapsed."
        ),
        # letters
        "letter_text_missing": _lt("Subject and text of the letter are missing."),
        "letter_sent": _lt(
            "The letter was sent and cannot be changed. Write another one."
        ),
        "proof_missing": _lt(
            "Say on which day and how the letter was served; without it nothing counts "
            "as served."
        ),
        "submission_frozen": _lt(
            "A version handed in cannot be changed. A correction is a new version."
        ),
    }
)


def refuse(env, code, clause=None, /, **values):
    """Raise the refusal `code` where no record with a scheme is at hand."""
    refusal = Refusal(code, clause, values)
    raise AwardRefusal(refusal_text(env, refusal, clause), [refusal])
