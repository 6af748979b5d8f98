from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardViolation(models.Model):
    """A title used as the scheme forbids, and the order to correct it by a day.

    After the title has expired the scheme may only ask for a warning: then no order
    is given, the note stays.
    """

    _name = "award.violation"
    _description = "Wrong Use of the Title"
    _inherit = ["award.stamped"]
    _order = "id"
    _rec_name = "award_id"

    state = state_field("award.violation")
    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("product", "On a Product or its Package"),
            ("product_publicity", "In Publicity for a Product"),
            ("no_year", "Without the Award Year"),
            ("forged", "Forged Plaque or Certificate"),
            ("expired", "After Expiry"),
            ("diverted", "Prize Money Diverted"),
            ("other", "Other"),
        ],
        required=True,
    )
    found_on = fields.Date(required=True)
    came_from = fields.Char(help="Who noticed it: an inspection, a complaint.")
    description = fields.Text(required=True)
    order_number = fields.Char("Number of the Order")
    ordered_on = fields.Date(readonly=True)
    correct_by = fields.Date(readonly=True)
    correction = fields.Text(help="What was corrected, and how the office knows.")
    settled_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)

    def _scheme_of(self):
        return self.award_id._scheme_of()

    @api.model
    def _stamps(self):
        return frozenset({"ordered_on", "correct_by", "settled_on"})

    @api.model
    def _open_fields(self):
        found = "award_id kind found_on came_from description order_number"
        return {
            "found": frozenset(found.split()),
            "ordered": frozenset({"correction"}),
        }

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            self.env["award.clock"]._start(
                record, "violation_found", on=record.found_on
            )
        return records

    # -- acts ----------------------------------------------------------------
    def action_order(self):
        """Order the winner to correct it by the day that the scheme's term gives."""
        today = self.env["award.clock"]._today()
        for record in self:
            days = record._says("title_correction_days")
            record._apply_move(
                "order",
                values={
                    "ordered_on": today,
                    "correct_by": days and fields.Date.add(today, days=days),
                },
            )
        return True

    def _after_order(self):
        for record in self:
            record._stop_event("violation_found")
            self.env["award.clock"]._start(record, "order_issued")

    def action_correct(self):
        """It is corrected; the form says how the office knows."""
        today = self.env["award.clock"]._today()
        return self._apply_move("correct", values={"settled_on": today})

    def _after_correct(self):
        self._stop_event("order_issued")

    def action_hand_over(self, reason=None):
        """It was not corrected in time; revocation is examined."""
        return self._with_reason("hand_over", reason)

    def action_dismiss(self, reason=None):
        """It was no violation, or a warning is all that the scheme allows."""
        return self._with_reason("dismiss", reason)

    def _after_dismiss(self):
        for record in self:
            self.env["award.clock"]._void(record)

    # -- guards --------------------------------------------------------------
    def _says(self, code):
        award = self.award_id
        scheme = award._scheme_of()
        return scheme and scheme._value(code, award_class=award._class())

    def _guard_order_allowed(self):
        """An order has its number; after expiry only where the scheme forbids use."""
        after = self.kind == "expired" or self.award_id.state == "expired"
        said = self.award_id._use_after_expiry()
        if after and self.kind != "diverted" and said != "forbid":
            scheme = self._scheme_of()
            code = "allowed" if said == "allow" else "warn_only"
            return Refusal(
                f"title_expired_{code}",
                scheme._clause_of("title_after_expiry") if scheme else None,
            )
        if not (self.order_number or "").strip():
            return Refusal("order_number_missing")
        return None

    def _guard_correction_told(self):
        if not (self.correction or "").strip():
            return Refusal("correction_missing")
        return None

    def _guard_term_over(self):
        """Not before the term has run out, where there is one."""
        today = self.env["award.clock"]._today()
        if self.correct_by and self.correct_by >= today:
            return Refusal("correction_running", values={"until": self.correct_by})
        return None
