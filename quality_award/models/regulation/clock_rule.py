from odoo import api, fields, models
from odoo.tools import LazyTranslate

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
