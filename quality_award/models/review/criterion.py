from odoo import models

from ...rules import scoring
from ...rules.refusal import Refusal


class AwardCriterion(models.Model):
    _inherit = "award.criterion"

    def _scale(self):
        """The values that may be chosen for this item, by the bands of its kind."""
        criteria = self.criteria_id
        bands = criteria.band_ids.filtered(lambda band: band.kind == self.kind)
        pairs = sorted((band.low, band.high) for band in bands)
        return scoring.Scale(tuple(pairs) or ((0, 100),), criteria.step)

    def _off_grid(self, percent, clause=None):
        """Refusal of a percentage that is not on the scale of this item, or None.

        :param percent: the value as it came in, of any type
        :param clause: code of the clause under which the item is scored
        """
        if scoring.check_grid(percent, self._scale()) is None:
            return None
        shown = {
            "percent": percent,
            "item": self.number,
            "step": self.criteria_id.step,
        }
        return Refusal("off_grid", clause, shown)
