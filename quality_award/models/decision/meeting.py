from odoo import fields, models

from ..base.lifecycle import state_field


class AwardMeeting(models.Model):
    """A meeting of the committee on a list: who was there, tallies, minutes."""

    _name = "award.meeting"
    _description = "Committee Meeting"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.meeting")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    committee_id = fields.Many2one(
        "award.committee", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one("award.list", ondelete="restrict", index="btree_not_null")
    held_on = fields.Date()
    present_ids = fields.Many2many("award.committee.member", string="Present")
    tally_ids = fields.One2many("award.tally", "meeting_id")
    minutes = fields.Text()
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.edition_id.scheme_id


class AwardTally(models.Model):
    """The count of the paper ballots on one case, entered twice by two clerks."""

    _name = "award.tally"
    _description = "Tally"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "application_id"

    state = state_field("award.tally")
    meeting_id = fields.Many2one(
        "award.meeting", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    recused_ids = fields.Many2many("award.committee.member", string="Recused")
    issued = fields.Integer("Ballots Issued")
    returned = fields.Integer()
    valid = fields.Integer()
    in_favour = fields.Integer()
    against = fields.Integer()
    abstained = fields.Integer()
    second_entry = fields.Json(readonly=True)
    entered_by_id = fields.Many2one("res.users", readonly=True)
    checked_by_id = fields.Many2one("res.users", readonly=True)
    passed = fields.Boolean(readonly=True)
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(meeting_id, application_id)")

    def _scheme_of(self):
        return self.meeting_id._scheme_of()
