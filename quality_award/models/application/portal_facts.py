from odoo import api, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .fact import ASKED_BY, FORM, OF_ONE_CODE
from .portal_applicant import known_id


class AwardApplication(models.Model):
    """Facts that applicants state, and what stands against them before they submit."""

    _inherit = "award.application"

    def _portal_conditions(self):
        """The conditions of the class as the page shows them, each with its facts.

        :return: list of dicts: `code`, `text`, `clause`, `verdict`, `because`,
            `blocks`, `facts`, `forms` (kind, label, code, fields)
        """
        facts = self.fact_ids.filtered(lambda fact: not fact.is_void)
        shown = []
        for requirement, finding in self._conditions():
            kinds = ASKED_BY.get(requirement.kind, ())
            mine = facts.filtered(lambda fact, asks=requirement: fact._answers(asks))
            shown.append(
                {
                    "code": requirement.code,
                    "text": requirement.display_name,
                    "clause": requirement.clause_id.display_name or "",
                    "verdict": finding.verdict,
                    "because": self._finding_text(finding),
                    "blocks": finding.blocks,
                    "facts": mine,
                    "forms": [self._portal_fact_form(k, requirement) for k in kinds],
                }
            )
        return shown

    def _portal_fact_form(self, kind, requirement):
        Fact = self.env["award.fact"]
        kinds = dict(Fact._fields["kind"]._description_selection(self.env))
        typed = {"date": "date", "integer": "number"}
        return {
            "kind": kind,
            "label": kinds[kind],
            "code": requirement.code,
            "fields": [
                {
                    "name": name,
                    "label": Fact._fields[name]._description_string(self.env),
                    "kind": "choice"
                    if Fact._fields[name].type == "selection"
                    else typed.get(Fact._fields[name].type, "text"),
                    "options": Fact._fields[name]._description_selection(self.env)
                    if Fact._fields[name].type == "selection"
                    else [],
                    "value": "",
                }
                for name in FORM[kind]
            ],
        }

    @api.model
    def _portal_add_fact(self, application, values):
        """State a fact, while the application is being written.

        :param values: `kind`, `code` of the requirement, and the fields of its form
        """
        code, kind = values.get("code"), values.get("kind")
        case = self._portal_writable(application, f"fact:{code}")
        Fact = case.env["award.fact"]
        asked = case._scheme_of()._requirements(case.class_id)
        requirement = asked.filtered(lambda r: r.code == code)
        if kind not in ASKED_BY.get(requirement.kind, ()):
            case._portal_unknown("award.fact", "kind", kind)
        found = {
            name: case._portal_value(
                case.edition_id, Fact._fields[name], values.get(name)
            )
            for name in FORM[kind]
        }
        if kind in OF_ONE_CODE:
            found["indicator"] = requirement.code
        elif not any(found.values()):
            case._refuse(Refusal("fact_empty"))
        Fact.create(
            {**found, "kind": kind, "application_id": case.id, "origin": "applicant"}
        )
        return True

    @api.model
    def _portal_remove_fact(self, fact):
        """Take back a fact that was stated, while the application is being written."""
        facts = self.env["award.fact"].sudo()  # sudo: _portal_case asks who
        found = facts.browse(known_id(fact)).exists()
        if not found:
            error = MissingError(self.env._("There is no such fact."))
            raise self._asked_in_vain(error, "award.fact", known_id(fact))
        case = self._portal_case(found.application_id)
        self._portal_refuse_reader(case.applicant_id)
        found.unlink()
        return True

    @api.model
    def _portal_answer_transfer(self, transfer, answer):
        """Consent to a transfer to another class, or decline it.

        :param answer: `consent` or `decline`
        """
        transfers = self.env["award.transfer"].sudo()  # sudo: _portal_case asks who
        found = transfers.browse(known_id(transfer)).exists()
        if not found:
            error = MissingError(self.env._("There is no such proposal."))
            raise self._asked_in_vain(error, "award.transfer", known_id(transfer))
        case = self._portal_case(found.application_id)
        if "applicant" not in case._roles_on()[case.id]:
            case._refuse(Refusal("may_not_sign"))
        found._note_answer(answer, self.env._("On the portal"))
        return True
