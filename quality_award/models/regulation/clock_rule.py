from odoo import api, fields, models

from ...rules import clock as clock_rules

START_EVENTS = [
    ("recommender_receipt", "Received by the recommender"),
    ("office_receipt", "Received by the office"),
    ("supplement_sent", "Supplement requested"),
    ("site_end", "End of the site visits"),
    ("last_scoring_end", "End of the last scoring stage"),
    ("list_receipt", "Recommended list received by the office"),
    ("letter_receipt", "Letter received by the department"),
    ("notice_published", "Notice published"),
    ("objection_receipt", "Objection received"),
    ("award_granted", "Award granted"),
]


class AwardClockRule(models.Model):
    """A time limit of the scheme: from which event, how long, for whom."""

    _name = "award.clock.rule"
    _description = "Time Limit of a Scheme"
    _inherit = ["award.frozen", "award.bilingual"]
    _order = "scheme_id, id"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    stage_id = fields.Many2one(
        "award.stage", ondelete="cascade", index="btree_not_null"
    )
    code = fields.Char(required=True)
    start_event = fields.Selection(START_EVENTS, required=True)
    owner_role = fields.Char(required=True)
    unit = fields.Selection(
        [
            ("working_day", "Working Days"),
            ("calendar_day", "Calendar Days"),
            ("month", "Months"),
            ("year", "Years"),
        ],
        required=True,
    )
    length = fields.Integer(required=True)
    first_day = fields.Selection(
        [("exclude", "Not Counted"), ("include", "Counted")],
        required=True,
        default="exclude",
    )
    roll = fields.Selection(
        [("none", "None"), ("next_working_day", "To the Next Working Day")],
        required=True,
        default="none",
    )
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another time limit of the scheme."
    )
    _frozen_columns = (
        "stage_id code start_event owner_role unit length first_day roll name_zh "
        "name_en clause_id company_id"
    ).split()


class AwardClock(models.Model):
    _inherit = "award.clock"

    @api.model
    def _start(self, records, event, on=None):
        """Start the clocks that the scheme hangs on `event`, for each record.

        :param records: records with `_scheme_of` and `company_id`
        :param event: key of `START_EVENTS`
        :param on: local date of the event, today when None
        :return: the clocks started
        """
        on = on or self._today()
        calendar = self.env["award.calendar.year"]._calendar()
        values = []
        for record in records:
            scheme = record._scheme_of()
            for rule in scheme.clock_rule_ids.filtered(
                lambda r: r.start_event == event
            ):
                values.append(self._values_of(rule, record, on, calendar))
        return self.sudo().create(values)  # sudo: clocks are kept by acts, not people

    def _values_of(self, rule, record, on, calendar):
        due = clock_rules.due(
            on,
            clock_rules.Length(rule.unit, rule.length),
            calendar=calendar,
            first_day=rule.first_day,
            roll=rule.roll,
        )
        return {
            "name": rule.name_zh,
            "name_en": rule.name_en,
            "code": rule.code,
            "res_model": record._name,
            "res_id": record.id,
            "owner_role": rule.owner_role,
            "clause": rule.clause_id.code,
            "citation": rule.clause_id.citation_zh,
            "started_on": on,
            "unit": rule.unit,
            "length": rule.length,
            "first_day": rule.first_day,
            "roll": rule.roll,
            "due_on": due,
            "company_id": record.company_id.id,
        }
