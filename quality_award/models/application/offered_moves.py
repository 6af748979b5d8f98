"""Acts that the forms of the room offer, and whose refusal they explain."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class AwardApplication(models.Model):
    _inherit = "award.application"

    _offered_moves = {
        "submit_on_behalf": _lt("Submit on Behalf"),
        "accept_here": _lt("Accept"),
        "return": _lt("Return for Correction"),
    }
    _bulk_methods = {"accept_here": "action_accept"}

    def _moves_offered(self):
        """Only what concerns the case: its own way in, acceptance where it is due."""
        offered = dict(super()._moves_offered())
        if not self.is_on_behalf:
            offered.pop("submit_on_behalf")
        if not self.acceptance_is_due:
            offered.pop("accept_here")
        return offered


class AwardQualification(models.Model):
    _inherit = "award.qualification"

    _offered_moves = {"decide": _lt("Decide")}


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    _offered_moves = {
        "prepare": _lt("Pass On"),
        "check": _lt("Check"),
        "sign": _lt("Sign Off"),
    }


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    _offered_moves = {"send": _lt("Send"), "lapse": _lt("Record That It Lapsed")}


class AwardCompleteness(models.Model):
    _inherit = "award.completeness"

    _offered_moves = {
        "propose": _lt("Propose to the Office"),
        "confirm": _lt("Take Up the Proposal"),
    }


class AwardLetter(models.Model):
    _inherit = "award.letter"

    _offered_moves = {"send": _lt("Send"), "serve": _lt("Served")}


#: What the dialogue asks of the proof of service.
SERVED = ("served_on", "served_how", "served_receipt", "served_to")


class AwardBulk(models.TransientModel):
    """Letters are served in bulk by one proof for all."""

    _inherit = "award.bulk"

    served_on = fields.Date()
    served_how = fields.Selection(
        [
            ("portal", "Portal"),
            ("post", "Post"),
            ("hand", "By Hand"),
            ("sms", "Text Message"),
        ]
    )
    served_receipt = fields.Char("Number of the Post Receipt")
    served_to = fields.Char("Handed To")

    def _typed_values(self):
        values = super()._typed_values()
        if self.res_model == "award.letter" and self.move == "serve":
            values |= {name: self[name] for name in SERVED if self[name]}
        return values

    @api.depends(*SERVED)
    def _compute_preview(self):
        return super()._compute_preview()
