"""Refusals of recommendations in words."""

from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

REFUSAL_TEXTS.update(
    {
        "steps_apart": _lt(
            "%(who)s has taken a step before. Here preparing, checking and signing off "
            "are done by different people: ask a colleague."
        ),
        "steps_differ": _lt(
            "The opinions chosen are not all at one step. Choose those to prepare, to "
            "check or to sign off, and forward them together."
        ),
        "not_of_recommender": _lt(
            "This belongs to the people of the recommender. Ask one of them."
        ),
        "substitute_missing": _lt(
            "Name the colleague who acts on the case instead of you."
        ),
        "contested_without_note": _lt(
            "Write a note to each condition that you contest: %(conditions)s."
        ),
        "conditions_open": _lt(
            "Confirm or contest each condition. Open: %(conditions)s."
        ),
        "rank_missing": _lt(
            "The recommender ranks those whom it names: give this applicant its rank."
        ),
        "rank_twice": _lt(
            "Rank %(rank)s is taken by %(other)s. Each place is given once."
        ),
        "ranks_with_gaps": _lt(
            "The ranks of one class run from 1 to %(most)s without gaps; they are "
            "%(ranks)s. Correct them before the letter is written."
        ),
        "rank_kept": _lt(
            "The opinion is signed off; its rank and its notice stay as they are."
        ),
        "local_notice_missing": _lt(
            "A recommendation needs a local notice of %(needed)s days. Record it with "
            "its proof and choose it here."
        ),
        "notice_proof_missing": _lt(
            "The local notice (%(place)s) has no proof. Add the page or the photo."
        ),
        "local_notice_short": _lt(
            "The local notice counts %(days)s days; %(needed)s are needed. Show it "
            "longer."
        ),
        "local_notice_running": _lt(
            "The local notice runs through %(last)s. Sign off when it is over."
        ),
        "local_notice_used": _lt(
            "A recommendation signed off rests on this notice; it stays as it is."
        ),
        "notice_of_another": _lt(
            "The notice is of another recommender or edition. Choose one of your own."
        ),
        "notice_result_missing": _lt(
            "Say what came of the local notice, and write down the objections received."
        ),
        "notice_objection_upheld": _lt(
            "An objection was upheld. Send the opinion back and do not recommend."
        ),
        "outside_jurisdiction": _lt(
            "%(recommender)s recommends applicants of %(where)s only. Correct your "
            "district or trade, or name another recommender."
        ),
        "nobody_recommended": _lt(
            "No recommendation is signed off that is not in a letter already."
        ),
        "letter_details_missing": _lt(
            "Enter what was given when the letter was issued: %(missing)s."
        ),
        "letter_from_future": _lt("The date of the document lies in the future."),
        "scan_of_other_type": _lt(
            "The scan must be a PDF, PNG or JPEG file. Scan the sealed letter again."
        ),
        "letter_registered": _lt(
            "The letter is registered with its number, date and scan, which stay. "
            "Later recommendations go into a letter of their own."
        ),
    }
)
