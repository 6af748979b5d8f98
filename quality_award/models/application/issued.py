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
        """Who issues and, where it is another body, on whose seal."""
        today = self.env["award.clock"]._today()
        # sudo: the names of bodies are public, whoever reads the document
        for document in self.sudo():
            day = document._day_of_issue() or today
            issuer, sealer = document.issued_by_id, document.sealed_by_id
            line = issuer._name_on(day) if issuer else False
            if issuer and sealer and sealer != issuer:
                line = self.env._(
                    "%(issuer)s (sealed on behalf by %(sealer)s)",
                    issuer=line,
                    sealer=sealer._name_on(day),
                )
            document.signature_line = line
