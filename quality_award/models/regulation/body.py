from odoo import fields, models

ROLES = [
    ("government", "Approving Government"),
    ("leading_group", "Leading Group"),
    ("committee", "Award Committee"),
    ("office", "Award Office"),
    ("handling", "Handling Body"),
    ("recommender", "Recommender"),
    ("nominator", "Nominator"),
    ("panel", "Review Panel"),
    ("department", "Consulted Department"),
    ("finance", "Finance"),
    ("supervision", "Supervision"),
    ("other", "Other"),
]


class AwardBody(models.Model):
    """A body that the scheme names in its own words."""

    _name = "award.body"
    _description = "Body of a Scheme"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "bodies"
    _frozen_columns = "code role name_zh name_en clause_id company_id".split()

    role = fields.Selection(ROLES, required=True)
    successor_ids = fields.One2many("award.body.successor", "body_id", "Later Names")
    names_text = fields.Char("Today", compute="_compute_names_text")

    def _compute_names_text(self):
        today = self.env["award.clock"]._today()
        for body in self:
            name = body._name_on(today)
            body.names_text = name if name != body.display_name else False

    def _successor_on(self, date):
        """The latest successor in force on a day, none before the first."""
        self.ensure_one()
        return self.successor_ids.filtered(lambda s: s.since <= date).sorted("since")[
            -1:
        ]

    def _names_on(self, date):
        """What the body is called on a day, in Chinese and in English.

        :return: ``(Chinese, English)``; English falls back to Chinese
        """
        named = self._successor_on(date) or self
        return named.name_zh, named.name_en or named.name_zh

    def _name_on(self, date):
        """What the body is called on a day, in the language of the user."""
        return (self._successor_on(date) or self).display_name


class AwardBodySuccessor(models.Model):
    """What a body is called from a day on; the clauses keep the name they have."""

    _name = "award.body.successor"
    _description = "Later Name of a Body"
    _inherit = ["award.provision", "award.bilingual"]
    _order = "scheme_id, body_id, since"
    _section = "successors"
    _frozen_columns = "body_id since name_zh name_en clause_id company_id".split()

    body_id = fields.Many2one(
        "award.body", required=True, ondelete="cascade", index=True
    )
    since = fields.Date(required=True)

    _since_unique = models.UniqueIndex(
        "(body_id, since)", "The body has another name from that day on."
    )


class AwardAdoptionRule(models.Model):
    """What a body adopts before an edition may be announced."""

    _name = "award.adoption.rule"
    _description = "Adoption before an Edition"
    _inherit = ["award.provision.named"]
    _section = "adoptions"
    _frozen_columns = (
        "code subject body_id published name_zh name_en clause_id company_id"
    ).split()

    subject = fields.Selection(
        [
            ("scheme", "Scheme"),
            ("criteria", "Review Criteria"),
            ("rules", "Rules of Review"),
            ("roster", "Roster of the Committee"),
            ("plan", "Plan of the Edition"),
            ("announcement", "Announcement"),
        ],
        required=True,
    )
    body_id = fields.Many2one(
        "award.body", "Adopted by", required=True, ondelete="restrict", index=True
    )
    published = fields.Boolean("Published Too")
