from odoo import api, models

from ...rules import clock as clock_rules
from ...rules import deadline


def _list(text):
    """The words of a list kept as text, separated by commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    def _clock_class(self):
        """The award class that the record belongs to, empty where there is none."""
        for path in ("class_id", "application_id.class_id", "list_id.class_id"):
            if path.partition(".")[0] in self._fields:
                return self.mapped(path)[:1]
        return self.env["award.class"]

    def _clock_stage(self):
        """The stage that the record belongs to, None where it has none of its own."""
        return None

    def _clock_term(self):
        """Number of the edition that the record belongs to, 0 where there is none."""
        return 0


class AwardClock(models.Model):
    """Starting: the clocks that a scheme hangs on an event."""

    _inherit = "award.clock"

    @api.model
    def _calendar_of(self, company):
        return self.env["award.calendar.year"]._calendar(company)

    @api.model
    def _start(self, records, event, on=None, lengths=None):
        """Start the clocks that the scheme hangs on `event`, for each record.

        A clock whose calendar is not out is started without a date.

        :param records: records with `_scheme_of` and `company_id`
        :param event: key of `START_EVENTS`
        :param on: local date of the event, today when None
        :param lengths: dict record id -> `clock_rules.Length`, where a record takes
            longer, in the unit of the rule, than the scheme asks for at least
        :return: the clocks started
        """
        on = on or self._today()
        values = []
        for company, some in records.grouped("company_id").items():
            calendar = self._calendar_of(company)
            for record in some:
                for rule in self._rules_for(record, event):
                    longer = (lengths or {}).get(record.id)
                    values.append(self._values_of(rule, record, on, calendar, longer))
        self._date_editions(values)
        return self.sudo().create(values)  # sudo: clocks are kept by acts, not people

    @api.model
    def _start_figure(self, record, names, length, **facts):
        """Start a clock that a figure of the scheme states, not a clock rule.

        :param names: dict with `name`, `name_en`, `code`
        :param length: (unit, number)
        :param facts: `on` (date of the event), `role` of the owner, `clause` (record,
            may be empty), `on_expiry`
        """
        unit, number = length
        counted = {
            "started_on": facts["on"],
            "unit": unit,
            "length": number,
            "first_day": "exclude",
            "roll": "none",
        }
        values = {
            **names,
            **self._basis(facts["clause"]),
            **self._owner(record, facts["role"]),
            **counted,
            "timezone": record._scheme_of().timezone or self._zone(),
            "remind_days": list(deadline.REMIND_DAYS),
            "on_expiry": facts.get("on_expiry", "none"),
            **self._due_values(counted, self._calendar_of(record.company_id)),
        }
        return self.sudo().create(values)  # sudo: clocks are kept by acts, not people

    @api.model
    def _rules_for(self, record, event):
        """Clock rules of the scheme for an event, the record's class and its stage."""
        award_class = record._clock_class() or None
        stage = record._clock_stage() or None
        return record._scheme_of()._clock_rules(event, award_class, stage)

    def _values_of(self, rule, record, on, calendar, longer=None):
        length = rule.length
        if longer and rule.unit == longer.unit:
            length = max(length, longer.n)
        counted = {
            "started_on": on,
            "unit": rule.unit,
            "length": length,
            "first_day": rule.first_day,
            "roll": rule.roll,
        }
        return {
            "name": rule.name_zh,
            "name_en": rule.name_en,
            "code": rule.code,
            **self._basis(rule.clause_id),
            **self._owner(record, rule.owner_role),
            **counted,
            **self._rest(rule, record),
            **self._due_values(counted, calendar),
        }

    @api.model
    def _basis(self, clause):
        """What a clock keeps of the clause it rests on."""
        return {
            "clause": clause.code,
            "citation": clause.citation_zh,
            "citation_en": clause.citation_en,
        }

    @api.model
    def _owner(self, record, role):
        """What a clock keeps of its record and of who owes it."""
        party = record._clock_party(role)
        return {
            "res_model": record._name,
            "res_id": record.id,
            "owner_role": role,
            "party_model": party._name if party else False,
            "party_id": party.id if party else False,
            "party_name": party.display_name if party else False,
            "company_id": record.company_id.id,
        }

    def _rest(self, rule, record):
        """How the clock of a rule ends, stands still and is reminded of."""
        scheme = record._scheme_of()
        values = {
            "timezone": scheme.timezone or self._zone(),
            "cut_off": rule.cut_off or False,
            "suspended_by": self._suspended_by(rule, record),
            "remind_days": list(map(int, _list(rule.remind_days)))
            or list(deadline.REMIND_DAYS),
            "on_expiry": self._consequence(rule, record),
        }
        if rule.unit == clock_rules.EDITION:
            values["edition_scheme"] = scheme.code
            values["edition_term"] = record._clock_term() + rule.length
        return values

    @api.model
    def _suspended_by(self, rule, record):
        """Events during which the clock of the rule stands still; rooms add theirs."""
        return _list(rule.suspended_by)

    @api.model
    def _consequence(self, rule, record):
        """What the scheme states for the end; rooms add what its figures say."""
        return rule.on_expiry or "none"

    @api.model
    def _date_editions(self, values):
        """Give a date to those that end with an edition which is announced already."""
        waiting = [row for row in values if row.get("edition_term")]
        keys = {
            (row["company_id"], row["edition_scheme"], row["edition_term"])
            for row in waiting
        }
        dates = self._edition_dates(keys) if keys else {}
        for row in waiting:
            key = (row["company_id"], row["edition_scheme"], row["edition_term"])
            if key in dates:
                row["due_on"] = max(row["started_on"], dates[key])
                row["undated_because"] = False
