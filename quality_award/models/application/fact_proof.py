from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .portal_applicant import known_id


class AwardFact(models.Model):
    """Figures, ranks and other facts with the file that proves them."""

    _inherit = "award.fact"

    proof_id = fields.Many2one(
        "award.file",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    def _proofs_as_content(self):
        """What is handed in of the facts that have a proof, as plain data."""
        proven = self.filtered(lambda fact: fact.proof_id and not fact.is_void)
        return [
            {"fact": fact.display_name, "file": fact.proof_id.sha256}
            for fact in proven.sorted("id")
        ]


class AwardFile(models.Model):
    _inherit = "award.file"

    def _used_in(self):
        facts = self.env["award.fact"].search([("proof_id", "in", self.ids)], limit=1)
        return facts.display_name or super()._used_in()


class AwardApplication(models.Model):
    _inherit = "award.application"

    @api.model
    def _portal_prove(self, application, fact, code, files):
        """Put a file beside a fact that the applicant has stated.

        :param code: code of the requirement under which the fact is shown
        :param files: list of (name, stream); the last one taken counts
        :return: list of (name, sentence) refused
        """
        case = self._portal_case(application)
        found = case.fact_ids.filtered(lambda one: one.id == known_id(fact))
        if not found or found.origin != "applicant":
            error = MissingError(self.env._("There is no such fact."))
            raise self._asked_in_vain(error, "award.fact", known_id(fact))
        self._portal_writable(application, f"fact:{code}")
        case._portal_known_part("proof", f"fact:{code}")
        if found.is_void:
            case._refuse(Refusal("fact_kept"))
        taken, refused = case._portal_take("proof", f"fact:{code}", files)
        before = found.proof_id
        if taken:
            found.proof_id = taken[-1:]
            if before and not before.is_frozen and not before._used_in():
                before.unlink()
        return refused
