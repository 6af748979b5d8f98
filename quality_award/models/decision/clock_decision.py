from odoo import api, models


class AwardClock(models.Model):
    """What the figures of the scheme state for the silence of a department."""

    _inherit = "award.clock"

    @api.model
    def _consequence(self, rule, record):
        word = super()._consequence(rule, record)
        if (
            word == "none"
            and record._name == "award.consultation"
            and record._scheme_of()._value("silence") == "no_comment"
        ):
            return "deemed_no_comment"
        return word


class AwardNotice(models.Model):
    _inherit = "award.notice"

    def _clock_stage(self):
        return self.stage_id


class AwardObjection(models.Model):
    _inherit = "award.objection"

    def _clock_stage(self):
        return self.notice_id.stage_id


class AwardBody(models.Model):
    _inherit = "award.body"

    def _clock_people(self, role, rung):
        """A body of the scheme has no accounts; the office hears in its place.

        :return: dict body id -> users
        """
        return dict.fromkeys(self.ids, self.env["res.users"])
