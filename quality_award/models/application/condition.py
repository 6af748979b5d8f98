from functools import partial

from odoo import fields, models

from ...rules import clock as clock_rules
from ...rules import requirements
from ..base.refusal import translated
from .finding_words import WORDS


class AwardRequirement(models.Model):
    _inherit = "award.requirement"

    def _as_rule(self):
        """The requirement as `rules.requirements.Requirement`."""
        self.ensure_one()
        return requirements.Requirement(
            code=self.code,
            kind=self.kind,
            years=self.years,
            count=self.count,
            rank_max=self.rank_max,
            basis=self.basis,
            group=self.alternative or "",
            applies_to=frozenset(self._word_list("applies_to")),
            fields=frozenset(self._word_list("fields")),
            spares=frozenset(self._word_list("except")),
            prior=self.prior or "",
            penalties=self.penalties or "any",
            on_fail=self.on_fail,
        )


class AwardApplication(models.Model):
    """What the facts of a case say about each requirement of its class."""

    _inherit = "award.application"

    fact_ids = fields.One2many("award.fact", "application_id", "Facts")

    def _conditions(self):
        """The requirements asked of one case and the finding on each, in order.

        :return: list of (award.requirement, `rules.requirements.Finding`)
        """
        self.ensure_one()
        return self._conditions_by_case()[self.id]

    def _conditions_by_case(self, known=None):
        """The same for many cases, in the same number of queries.

        :param known: what `_facts_by_case` gave, where the caller has asked it
        :return: dict application id -> list as in `_conditions`
        """
        if known is None:
            known = self._facts_by_case()
        found = {}
        for award_class, cases in self.grouped("class_id").items():
            records = cases[0]._scheme_of()._requirements(award_class)
            by_code = {record.code: record for record in records}
            rules = [record._as_rule() for record in records]
            for case in cases:
                found[case.id] = [
                    (by_code[finding.code], finding)
                    for finding in requirements.check(rules, known[case.id])
                ]
        return found

    def _facts_by_case(self):
        """What is known of each case, for the rules: dict application id -> Facts."""
        records = self._known_facts_by_case()
        awards = self._awards_by_case()
        elsewhere = self._elsewhere_by_case()
        calendar = self.env["award.calendar.year"]._calendar()
        found = {}
        for case in self:
            others, known = elsewhere[case.id]
            won = awards[case.id]
            applicant = case.applicant_id
            found[case.id] = requirements.Facts(
                base=case._base_day(),
                look_back=case._look_back_day(),
                award_year=case.edition_id.award_year,
                tags=case._tags(won),
                registered_on=applicant.registered_on or None,
                operating_since=applicant.operating_since or None,
                working_since=applicant.working_since or None,
                legal_person=applicant.is_legal_person,
                records=records[case.id]._as_rules(),
                awards=tuple(
                    requirements.Prior(w.award, w.award_class, w.year, w.on)
                    for w in won
                ),
                recommenders=tuple(case._recommender_kinds()),
                elsewhere=tuple(others),
                elsewhere_known=known,
                count_days=case._count_days(calendar),
            )
        return found

    def _known_facts(self):
        """The facts that count for one case, see `_known_facts_by_case`."""
        self.ensure_one()
        return self._known_facts_by_case()[self.id]

    def _known_facts_by_case(self):
        """The facts of each case; for a top manager what befell his organisation, too.

        What departments and the office found in other cases of the same applicant
        counts as well.
        """
        applicants = self.applicant_id
        managers = applicants.filtered(lambda a: a.role == "top_manager")
        organisations = managers.organisation_id
        facts = self.env["award.fact"].sudo().search(  # sudo: facts of one case
            [("applicant_id", "in", (applicants | organisations).ids)]
        )
        by_applicant = facts.grouped("applicant_id")
        none = facts.browse()
        found = {}
        for case in self:
            applicant = case.applicant_id
            own = by_applicant.get(applicant, none)
            mine = own.filtered(
                lambda fact, case=case: (
                    fact.application_id == case or fact.origin != "applicant"
                )
            )
            if applicant.role == "top_manager" and applicant.organisation_id:
                theirs = by_applicant.get(applicant.organisation_id, none)
                mine |= theirs.filtered(lambda f: f.kind in {"incident", "penalty"})
            found[case.id] = mine
        return found

    def _recommender_kinds(self):
        """(role, code) of the body of each recommender that may recommend."""
        scheme = self._scheme_of()
        for recommender in self._recommenders():
            kind = recommender._kind_in(scheme)
            if kind != "nominator":
                yield (kind, recommender.body_id.code or "")

    def _count_days(self, calendar):
        """How the scheme counts the days of a notice."""
        return partial(
            clock_rules.notice_days,
            first_day=self._parameter("notice_first_day") or "exclude",
            unit=self._parameter("notice_unit") or clock_rules.CALENDAR_DAY,
            calendar=calendar,
        )

    def _finding_sentence(self, finding):
        """A finding in words, without the facts that it rests on."""
        values = {
            key: ", ".join(map(str, value)) if isinstance(value, list) else value
            for key, value in finding.values.items()
        }
        if "severity" in values:
            labels = self.env["award.fact"]._fields["severity"]
            names = dict(labels._description_selection(self.env))
            values["severity"] = names.get(values["severity"], "…")
        return translated(self.env, WORDS[finding.reason]) % values

    def _finding_text(self, finding):
        """A finding in words: what it rests on, in one sentence."""
        text = self._finding_sentence(finding)
        used = self.env["award.fact"].sudo().browse(finding.used)  # sudo: names only
        if used:
            names = "; ".join(used.mapped("display_name"))
            text = self.env._("%(text)s Rests on: %(facts)s.", text=text, facts=names)
        return text
