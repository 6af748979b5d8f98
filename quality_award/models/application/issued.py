from odoo import api, fields, models


class AwardIssued(models.AbstractModel):
    """A document that a body issues, and perhaps another one seals for it (代章)."""

    _name = "award.issued"
    _description = "Document with Issuer and Seal"

    issued_by_id = fields.Many2one(
        "award.body", ondelete="restrict", index="btree_not_null"
    )
    sealed_by_id = fields.Many2one(
        "award.body",
        ondelete="restrict",
        index="btree_not_null",
        help="Where another body seals on behalf of the one that issues.",
    )
    signature_line = fields.Char("Signed", compute="_compute_signature_line")

    @api.model
    def _issuer_of(self, scheme):
        """The body that issues unless it is said otherwise: the award office."""
        return scheme.body_ids.filtered(lambda body: body.role == "office")[:1]

    def _day_of_issue(self):
        """The day whose names of the bodies count; None before."""
        return None

    @api.depends("issued_by_id", "sealed_by_id")
    @api.depends_context("lang")
    def _compute_signature_line(self):
        """In the language of the user."""
        today = self.env["award.clock"]._today()
        at = 0 if (self.env.lang or "").startswith("zh") else 1
        for document in self:
            day = document._day_of_issue() or today
            document.signature_line = document._signature_on(day)[at]

    def _signature_on(self, day):
        """Who issues and on whose seal, by the names of a day.

        :return: ``(Chinese, English)``, of empty texts where nobody is named
        """
        self.ensure_one()
        own = self.sudo()  # sudo: names of bodies are public, whoever reads this
        issuer, sealer = own.issued_by_id, own.sealed_by_id
        if not issuer:
            return "", ""
        chinese, english = issuer._names_on(day)
        if sealer and sealer != issuer:
            by, by_english = sealer._names_on(day)
            chinese = f"{chinese}({by}代章)"
            english = f"{english} (sealed on behalf by {by_english})"
        return chinese, english
