"""Where acts draft messages; without a template in use they draft none."""

from odoo import models

#: Move of a case -> code of the template.
ON_MOVE = {
    "return": "returned",
    "accept": "accepted",
    "accept_here": "accepted",
    "refuse": "refused",
}


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _apply_move(self, name, **kwargs):
        result = super()._apply_move(name, **kwargs)
        if code := ON_MOVE.get(name):
            self.env["award.outbox.message"]._queue(code, self)
        return result


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    def _after_send(self):
        done = super()._after_send()
        self.env["award.outbox.message"]._queue("supplement_sent", self)
        return done


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _after_extend(self):
        """All that are still writing are told, by the words of the agency."""
        after = getattr(super(), "_after_extend", None)
        done = after() if after else None
        cases = self.env["award.application"].sudo()  # sudo: drafted by the act
        for edition in self:
            writing = cases.search(
                [
                    ("edition_id", "=", edition.id),
                    ("state", "in", ("draft", "returned")),
                ]
            )
            cases.env["award.outbox.message"]._queue("extended", writing)
        return done
