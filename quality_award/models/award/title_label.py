from odoo import api, fields, models


class AwardAward(models.Model):
    """How the winner may name the award in publicity: with its year, never without."""

    _inherit = "award.award"

    publicity_text = fields.Char(
        "Text for Publicity (Chinese)", compute="_compute_publicity"
    )
    publicity_note = fields.Char(
        "Use of the Title", compute="_compute_publicity", help="What is allowed today."
    )

    @api.depends("award_year", "class_code", "state", "valid_until", "edition_id")
    def _compute_publicity(self):
        for award in self:
            award.publicity_text = award._publicity_text()
            award.publicity_note = award._publicity_note()

    def _publicity_text(self):
        """Year, award and class, in the words of the scheme; none when revoked."""
        if self.state == "revoked" or not self.award_year:
            return False
        scheme, award_class = self._scheme_of(), self._class()
        name = award_class.name_zh or scheme.name_zh or self.class_code
        title = scheme.title_ids.filtered(
            lambda title: title.code == scheme._title_of(self.class_code)
        )
        if title.name_zh and title.name_zh not in name:
            name = f"{title.name_zh}({name})"
        return f"{self.award_year}年度{name}"

    def _publicity_note(self):
        if self.state == "revoked":
            return self.env._("The title was taken away and may not be used.")
        if self.state != "expired":
            return self.env._("With the award year; on no product and no package.")
        return {
            "warn": self.env._("Expired: say the award year; other use is warned."),
            "forbid": self.env._("Expired: the title may not be used any more."),
            "allow": self.env._("Expired: it may be said in which year it was won."),
        }[self._use_after_expiry()]

    def _use_after_expiry(self):
        """What the scheme says of an expired title: warn, forbid or allow.

        Where it is silent a warning is the most there is.
        """
        scheme = self._scheme_of()
        if not scheme:
            return "warn"
        found = scheme._value("title_after_expiry", award_class=self._class())
        return found or "warn"
