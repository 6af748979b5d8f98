"""Words for what the register and the access log hold as codes."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from .refusal import role_labels, translated

_lt = LazyTranslate(__name__)

#: Move of a lifecycle -> the act in words.
ACTS = {
    "accept": _lt("Accepted"),
    "accept_here": _lt("Accepted before the check"),
    "admit": _lt("Objection admitted"),
    "adopt": _lt("Adopted"),
    "advance": _lt("Advanced to the next stage"),
    "agree": _lt("Agreed on"),
    "allow": _lt("Allowance granted"),
    "announce": _lt("Announced"),
    "answer": _lt("Answered"),
    "approve": _lt("Approved"),
    "cancel": _lt("Cancelled"),
    "change": _lt("Rights changed"),
    "check": _lt("Checked"),
    "close": _lt("Closed"),
    "complete": _lt("Completed"),
    "confirm": _lt("Confirmed"),
    "correct": _lt("Taken back for correction"),
    "decide": _lt("Decided"),
    "declare": _lt("Interest declared"),
    "declare_none": _lt("Declared free of interests"),
    "decline": _lt("Declined"),
    "deliver": _lt("Delivered"),
    "dismiss": _lt("Dismissed"),
    "disqualify": _lt("Disqualified"),
    "dissolve": _lt("Dissolved"),
    "eliminate": _lt("Not advanced"),
    "end": _lt("Ended"),
    "enter": _lt("Entered"),
    "expire": _lt("Expired"),
    "export": _lt("Handed to the platform"),
    "extend": _lt("Extended"),
    "fail": _lt("Stage not passed"),
    "fail_veto": _lt("Ended on a veto"),
    "file": _lt("Report filed"),
    "freeze": _lt("Frozen"),
    "hand_over": _lt("Handed over"),
    "hold": _lt("Held"),
    "lapse": _lt("Lapsed"),
    "lock": _lt("Locked"),
    "not_admit": _lt("Objection not admitted"),
    "notify": _lt("Notified"),
    "open": _lt("Opened"),
    "order": _lt("Correction ordered"),
    "overtake": _lt("Overtaken"),
    "pass": _lt("Stage passed"),
    "pay": _lt("Paid"),
    "postpone": _lt("Postponed"),
    "prepare": _lt("Prepared"),
    "propose": _lt("Proposed"),
    "publish": _lt("Published"),
    "recall": _lt("Called back"),
    "record_silence": _lt("Silence recorded"),
    "recover": _lt("Recovered"),
    "refuse": _lt("Refused"),
    "remove": _lt("Removed"),
    "release": _lt("Released"),
    "reopen": _lt("Opened again"),
    "reject": _lt("Proposal rejected"),
    "report": _lt("Reported"),
    "resume": _lt("Taken up again"),
    "return": _lt("Returned for correction"),
    "revoke": _lt("Revoked"),
    "send": _lt("Sent"),
    "send_back": _lt("Sent back"),
    "serve": _lt("Served"),
    "sign": _lt("Signed off"),
    "submit": _lt("Submitted"),
    "submit_on_behalf": _lt("Submitted on behalf of the applicant"),
    "supersede": _lt("Superseded"),
    "take": _lt("Taken up"),
    "transfer": _lt("Transferred to another class"),
    "unlock": _lt("Unlocked"),
    "unsign": _lt("May no longer sign"),
    "waive": _lt("Waived"),
    "withdraw": _lt("Withdrawn"),
}
#: Door of the access log -> how the data were reached; others are shown as named.
DOORS = {
    "read": _lt("Opened or read"),
    "web_read": _lt("Opened or read"),
    "search_read": _lt("Listed"),
    "web_search_read": _lt("Listed"),
    "name_search": _lt("Searched by name"),
    "search": _lt("Searched"),
    "search_count": _lt("Counted"),
    "export_data": _lt("Exported"),
    "copy_data": _lt("Copied"),
    "formatted_read_group": _lt("Grouped"),
    "formatted_read_grouping_sets": _lt("Grouped"),
    "web_read_group": _lt("Grouped"),
    "read_group": _lt("Grouped"),
    "read_progress_bar": _lt("Grouped"),
    "portal": _lt("Portal page"),
    "file": _lt("File opened"),
}


class AwardActedBy(models.AbstractModel):
    """A line that names roles by their codes, shown by their names."""

    _name = "award.acted.by"
    _description = "Line with Roles"

    role_names = fields.Char("As", compute="_compute_role_names")

    @api.depends_context("lang")
    def _compute_role_names(self):
        for codes, lines in self.grouped("roles").items():
            roles = [role for role in (codes or "").split(",") if role]
            names = [role_labels(self.env, {role}) for role in roles]
            lines.role_names = self.env._(", ").join(names)


class AwardTransition(models.Model):
    _name = "award.transition"
    _inherit = ["award.transition", "award.acted.by"]

    act = fields.Char(compute="_compute_act")

    @api.depends_context("lang")
    def _compute_act(self):
        for row in self:
            word = ACTS.get(row.move)
            row.act = translated(self.env, word) if word else row.move


class AwardAccessEntry(models.Model):
    _name = "award.access.entry"
    _inherit = ["award.access.entry", "award.acted.by"]

    door_name = fields.Char("Reached By", compute="_compute_door_name")

    @api.depends_context("lang")
    def _compute_door_name(self):
        for row in self:
            word = DOORS.get(row.door)
            row.door_name = translated(self.env, word) if word else row.door
