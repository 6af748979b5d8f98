from odoo import fields, models

from ...rules import aftermath

#: Kind of document -> field of the edition with its last day.
FIELDS = {kind: f"{kind}_kept_until" for kind in aftermath.RETAINED}


class AwardEdition(models.Model):
    """Until when the papers of an edition are kept, by kind of document.

    The days are counted from the end of the edition; an empty day is for ever.
    """

    _inherit = "award.edition"

    decision_kept_until = fields.Date("Decisions Kept Until", readonly=True, copy=False)
    review_kept_until = fields.Date(
        "Review Papers Kept Until", readonly=True, copy=False
    )
    application_kept_until = fields.Date(
        "Application Papers Kept Until", readonly=True, copy=False
    )
    kept_from = fields.Date("Retention Counted From", readonly=True, copy=False)

    def _after_close(self):
        self._count_retention()

    def _after_cancel(self):
        self._count_retention()

    def _count_retention(self):
        """Note the last day of each kind of document, from today on."""
        today = self.env["award.clock"]._today()
        for edition in self:
            days = {
                FIELDS[kind]: aftermath.keep_until(today, edition._kept_years(kind))
                for kind in aftermath.RETAINED
            }
            edition.sudo().write({**days, "kept_from": today})  # sudo: set by the act

    def _kept_years(self, kind):
        """Years of one kind of document; the common figure where it has no own one.

        :return: 0 for ever, also where the scheme says nothing
        """
        says = self.scheme_id._value
        years = says(f"retention_{kind}_years")
        return years if years is not None else says("retention_years") or 0

    def _is_retained(self):
        """Whether something of the edition must still be kept.

        A running edition is, and one whose retention has never been counted.
        """
        if self.state == "draft":
            return False
        last = aftermath.longest(self[name] or None for name in FIELDS.values())
        return (
            not self.kept_from
            or last is None
            or last >= self.env["award.clock"]._today()
        )
