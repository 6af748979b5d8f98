from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...rules import clock as clock_rules
from ...rules.scheme_sections import OWNERS
from ..base.refusal import role_labels, translated

_lt = LazyTranslate(__name__)

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
    ("edition_announced", "Edition announced"),
    ("window_closed", "Window for applications closed"),
    ("shortlist_adopted", "On-site list adopted"),
    ("order_issued", "Order to correct issued"),
    ("award_expired", "Validity of the award ended"),
    ("violation_found", "Violation found"),
    ("notice_closed", "Notice closed"),
    ("approval_given", "Approval given"),
    ("year_end", "End of the year"),
]
#: Who owes something and has no group of the addon, nor a role towards a record.
OUTSIDE_ROLE_LABELS = {"department": _lt("Consulted Department")}


class AwardClockRule(models.Model):
    """A time limit of the scheme: from which event, how long, for whom."""

    _name = "award.clock.rule"
    _description = "Time Limit of a Scheme"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "clock_rules"
    _frozen_columns = (
        "stage_id code start_event owner_role unit length first_day roll cut_off "
        "suspended_by remind_days on_expiry name_zh name_en clause_id company_id"
    ).split()
    _frozen_links = ("class_ids",)

    class_ids = fields.Many2many(
        "award.class", "award_clock_rule_class_rel", "rule_id", "class_id", "Classes"
    )
    stage_id = fields.Many2one(
        "award.stage", ondelete="cascade", index="btree_not_null"
    )
    start_event = fields.Selection(START_EVENTS, required=True)
    owner_role = fields.Selection("_selection_owner_role", required=True)
    unit = fields.Selection(
        [
            ("working_day", "Working Days"),
            ("calendar_day", "Calendar Days"),
            ("month", "Months"),
            ("year", "Years"),
            ("edition", "Editions"),
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
    cut_off = fields.Char("Cut-Off (HH:MM)")
    suspended_by = fields.Char(help="Stands still meanwhile: supplement, objection.")
    remind_days = fields.Char(
        "Reminders", default="3, 1", help="Working days before the due day."
    )
    on_expiry = fields.Selection(
        [
            ("none", "Nothing by Itself"),
            ("lapse", "The Case Lapses"),
            ("deemed_no_comment", "Deemed No Comment"),
            ("close_notice", "The Notice Closes"),
            ("expire", "The Title Expires"),
        ],
        required=True,
        default="none",
    )

    @api.model
    def _selection_owner_role(self):
        outside = {
            role: translated(self.env, label)
            for role, label in OUTSIDE_ROLE_LABELS.items()
        }
        return [
            (role, outside.get(role) or role_labels(self.env, [role]))
            for role in OWNERS
        ]


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
            for rule in record._scheme_of()._clock_rules(event):
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
