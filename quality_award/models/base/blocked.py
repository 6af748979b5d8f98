from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError

from .refusal import refusal_text, translated


class AwardLifecycle(models.AbstractModel):
    """Which acts are not possible now, and why: asked of what the door itself asks."""

    _inherit = "award.lifecycle"

    #: Acts that the form of the model offers -> their word.
    _offered_moves = {}

    blocked_html = fields.Html(
        "Not Possible Now", compute="_compute_blocked_html", sanitize=False
    )

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_blocked_html(self):
        """A list of acts with condition and clause; for one record, not for lists."""
        for record in self:
            blocked = record._blocked() if len(self) == 1 and record.id else []
            record.blocked_html = bool(blocked) and Markup(
                '<ul class="mb-0 o_award_blocked">%s</ul>'
            ) % Markup().join(
                Markup("<li><strong>%s</strong>: %s</li>") % (word, said)
                for word, said in blocked
            )

    def _moves_offered(self):
        """Those of `_offered_moves` that concern the (single) record."""
        return self._offered_moves

    def _blocked(self):
        """Acts of the user's own roles that are refused now.

        :return: list of (word of the act, why not, with its clause)
        """
        self.ensure_one()
        found = []
        roles = self._roles_on()[self.id]
        for name, word in self._moves_offered().items():
            move = self._lifecycle.move(name)
            if self.state not in move.sources or not move.roles & roles:
                continue
            try:
                refusal = self._refusals(move, reason="–").get(self)
            except LockError:
                continue  # somebody acts on it now: the button will say so
            if refusal:
                said = refusal_text(self.env, refusal, self._cite(refusal.clause))
                found.append((translated(self.env, word), said))
        return found
