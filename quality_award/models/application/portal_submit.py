import hashlib

from odoo import api, models
from odoo.tools import SQL

from ...rules import rich_text
from ...rules.refusal import Refusal
from ..base.refusal import refusal_text
from .submission import canonical

#: Refusals of a submission -> the part of the application that mends them.
MENDED_IN = {
    "choice_missing": "field:choice_code",
    "recommenders_differ": "field:recommender_id",
    "may_not_recommend": "field:recommender_id",
    "recommender_barred": "field:recommender_id",
    "quota_of_applications": "field:recommender_id",
    "new_result_missing": "fact:new_result",
}
#: Kinds of requirement that a field of the form answers; the others rest on facts.
ANSWERED_BY = {
    "years_registered": "field:registered_on",
    "years_operating": "field:operating_since",
    "years_working": "field:working_since",
    "legal_person": "field:is_legal_person",
    "recommendation": "field:recommender_id",
}


class AwardApplication(models.Model):
    """What stands against a submission, each with its clause and its place."""

    _inherit = "award.application"

    @api.model
    def _portal_submission(self, application):
        """Everything the pages on handing in show.

        :return: dict with `against` (what refuses a submission), `doubts` (conditions
            that the office will find not met), both lists of `text`, `clause`,
            `address` (of the page and field, None where nothing can be mended),
            `label`; `may_submit`, `signers`: names of those who may; `digest` of what
            would be handed in, `version` it would be, `written` chapters, `characters`
        """
        case = self._portal_case(application)
        signers = case.applicant_id.member_ids.filtered("can_sign").user_id
        chapters = case.chapter_ids.filtered(lambda c: (c.text or "").strip())
        return {
            "against": case._against_submission(),
            "doubts": case._doubts(),
            "may_submit": "submit" in (case.allowed_moves or ()),
            "signers": signers.sorted("id").mapped("name"),
            "digest": case._content_digest(),
            "version": max(case.submission_ids.mapped("version"), default=0) + 1,
            "written": len(chapters),
            "characters": sum(rich_text.characters(c.text) for c in chapters),
        }

    def _content_digest(self):
        """SHA-256 of what would be handed in now; the version will carry the same."""
        content = self.env["award.submission"]._content_of(self)
        return hashlib.sha256(canonical(content).encode()).hexdigest()

    @api.model
    def _portal_submit_seen(self, application, digest, confirmed):
        """Hand in what the user has seen and confirmed, nothing else.

        :param digest: `digest` of the page on which it was confirmed
        :raise AwardRefusal: `not_confirmed`; `preview_outdated` where somebody has
            changed the application since; what `_portal_submit` refuses
        """
        case = self._portal_case(application)
        # Of two clicks the second waits here for the first, and finds it handed in.
        self.env.execute_query(
            SQL(
                "SELECT id FROM award_application WHERE id = %s FOR NO KEY UPDATE",
                case.id,
            )
        )
        case.invalidate_recordset(["state"])
        case._check_move("submit")
        if not confirmed:
            case._refuse(Refusal("not_confirmed"))
        if digest != case._content_digest():
            case._refuse(Refusal("preview_outdated"))
        return self._portal_submit(case)

    def _against_submission(self):
        """All that refuses to hand in now, not only what the door finds first."""
        found = []
        for name in self._lifecycle.move("submit").guards:
            refusals = self._ask_guard(getattr(type(self), f"_guard_{name}"))
            for refusal in refusals.values():
                found += self._mending(refusal)
        return found

    def _mending(self, refusal):
        """One refusal as the page shows it; what is missing, part by part."""
        if refusal.code == "profile_incomplete":
            clause = self._cite(refusal.clause)
            return [
                {
                    "text": self.env._("“%(part)s” is empty.", part=label),
                    "clause": clause,
                    "address": self._portal_address(part),
                    "label": label,
                }
                for part, label in self._missing_parts()
            ]
        part = MENDED_IN.get(refusal.code)
        return [self._shown_refusal(refusal, part)]

    def _shown_refusal(self, refusal, part):
        return {
            "text": refusal_text(self.env, refusal),
            "clause": self._cite(refusal.clause),
            "address": self._portal_address(part) if part else None,
            "label": self.env._("Mend it") if part else "",
        }

    def _doubts(self):
        """Conditions that are not met by what is known; the office decides on them."""
        return [
            {
                "text": requirement.display_name,
                "because": self._finding_text(finding),
                "clause": requirement.clause_id.display_name or "",
                "address": self._portal_address(self._part_of(requirement)),
                "label": self.env._("Mend it"),
                "blocks": finding.blocks,
            }
            for requirement, finding in self._conditions()
            if finding.verdict == "not_met"
        ]

    def _part_of(self, requirement):
        """Code of the part in which the applicant answers a requirement."""
        return ANSWERED_BY.get(requirement.kind) or f"fact:{requirement.code}"

    def _withdrawing_means(self):
        """What withdrawing means now, in one sentence."""
        if self.edition_id._window_refusal():
            return self.env._(
                "The window for applications is closed: this applicant can make no new "
                "application in this edition."
            )
        return self.env._(
            "A new application can be made while the window is open, until %(end)s.",
            end=self.edition_id._local(self.edition_id.window_end),
        )
