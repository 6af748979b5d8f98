"""Words of refusals: questions, colleagues, profile, employer's opinion."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        # questions
        "question_empty": _lt("Write your question."),
        "questions_waiting": _lt(
            "%(most)s questions of yours wait for an answer. Wait for them, or call "
            "the award office."
        ),
        "question_unanswered": _lt("Write the answer first."),
        "question_unworded": _lt(
            "Word the question for the public first, in general words and without the "
            "asker."
        ),
        "question_names_asker": _lt(
            "Question or answer name the asker, or how to reach them. Word them so "
            "that nobody can be recognised."
        ),
        "question_published": _lt(
            "What was published or closed cannot be changed. Close the question and "
            "register it anew."
        ),
        "question_kept": _lt(
            "The question was asked on the portal and stays as it was written. Word it "
            "for the public in its own field."
        ),
        # colleagues
        "may_not_write": _lt(
            "You may only read for this applicant. Ask a colleague who may sign to let "
            "you write."
        ),
        "last_signatory": _lt(
            "Somebody has to be able to sign for the applicant. Let another colleague "
            "sign first."
        ),
        "address_invalid": _lt(
            "“%(address)s” is not an e-mail address. Give the one that the colleague "
            "logs in with."
        ),
        "colleague_already": _lt("%(address)s acts for the applicant already."),
        "invited_already": _lt(
            "%(address)s is invited already. Withdraw that invitation to write another "
            "one."
        ),
        "colleagues_too_many": _lt(
            "At most %(members)s people act for an applicant, and at most %(waiting)s "
            "invitations wait. Remove a colleague or withdraw an invitation first."
        ),
        "invitation_over": _lt(
            "The invitation was valid until %(day)s. Ask for another one."
        ),
        "invitation_ended": _lt(
            "The invitation is no longer open: nothing is to be sent about it. Cancel "
            "the message."
        ),
        "invitation_open": _lt(
            "The invitation is open. Its message is kept back when the invitation ends."
        ),
        "code_wrong": _lt(
            "The code is not right. Ask the colleague who invited you for it."
        ),
        # profile
        "industry_code_invalid": _lt(
            "“%(code)s” is not a class of GB/T 4754: four digits, such as 3411. Look "
            "it up in your statistical report."
        ),
        "officer_unnamed": _lt("The liaison officer needs a name. Please fill it in."),
        "deputies_too_many": _lt(
            "At most %(most)s deputies are kept. End one of them first."
        ),
        # employer's opinion
        "opinion_not_asked": _lt(
            "The scheme asks for no opinion of the employer in this class."
        ),
        "notice_reversed": _lt(
            "The notice ends on %(last)s, before it begins on %(first)s. Correct the "
            "days."
        ),
    }
)
