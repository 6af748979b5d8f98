from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.refusal import translated
from ..regulation.figures import WORDS


class AwardAdoption(models.Model):
    """That a body adopted what the scheme asks for, before the edition is announced."""

    _name = "award.adoption"
    _description = "Adoption for an Edition"
    _order = "edition_id, rule_id, id"
    _rec_name = "rule_id"

    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="cascade", index=True
    )
    rule_id = fields.Many2one(
        "award.adoption.rule",
        "What Is Adopted",
        required=True,
        ondelete="restrict",
        index=True,
    )
    body = fields.Char("Adopted by", required=True)
    meeting = fields.Char()
    number = fields.Char("Document Number")
    adopted_on = fields.Date()
    published_on = fields.Date()
    published_in = fields.Char("Published Where", help="Address on the website.")
    published_media = fields.Char(
        "Published in Media", help="Newspaper or broadcast, with its day or issue."
    )
    clause_id = fields.Many2one(related="rule_id.clause_id", string="Clause")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(edition_id, rule_id)", "This adoption is recorded for the edition already."
    )

    @api.onchange("rule_id")
    def _onchange_rule_id(self):
        self.body = self.body or self.rule_id.body_id.display_name

    def _is_complete(self):
        """Body, meeting or number, and day; published where the rule says so."""
        named = (self.body or "").strip() and (self.number or self.meeting)
        adopted = named and self.adopted_on
        published = self.published_on and self.published_in
        return bool(adopted and (published or not self.rule_id.published))

    def _channels_missing(self):
        """Kinds of media that the announcement has still to be published in."""
        if self.rule_id.subject != "announcement":
            return []
        scheme = self.edition_id.scheme_id
        stage = scheme.stage_ids.filtered(lambda s: s.kind == "submission")[:1]
        shown = {"web": self.published_in, "media": self.published_media}
        asked = scheme._value("notice_channels", stage=stage) or ()
        return [name for name in asked if name in shown and not shown[name]]

    @staticmethod
    def _refuse_when_announced(editions):
        for edition in editions:
            if edition.state != "draft":
                edition._refuse(Refusal("edition_frozen"))

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals.get("edition_id") for vals in vals_list} - {None, False}
        self._refuse_when_announced(self.env["award.edition"].browse(ids))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        self._refuse_when_announced(self.edition_id)
        result = super().write(vals)
        self._refuse_when_announced(self.edition_id)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_announced(self):
        self._refuse_when_announced(self.edition_id)


class AwardEditionCriteria(models.Model):
    """The criteria that an edition is judged by, pinned when it was announced."""

    _name = "award.edition.criteria"
    _description = "Criteria of an Edition"
    _order = "edition_id, class_id"
    _rec_name = "criteria_id"

    edition_id = fields.Many2one(
        "award.edition", required=True, readonly=True, ondelete="cascade", index=True
    )
    class_id = fields.Many2one(
        "award.class", required=True, readonly=True, ondelete="restrict", index=True
    )
    criteria_id = fields.Many2one(
        "award.criteria", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(edition_id, class_id)")

    @api.model
    def _of(self, editions):
        """The pinned criteria: dict (edition id, class id) -> award.criteria."""
        if not editions:
            return {}
        pinned = self.sudo()  # sudo: which criteria apply is public
        found = pinned.search([("edition_id", "in", editions.ids)])
        return {(x.edition_id.id, x.class_id.id): x.criteria_id for x in found}


class AwardEdition(models.Model):
    """What must be there before an edition is announced, and what it then fixes."""

    _inherit = "award.edition"

    adoption_ids = fields.One2many("award.adoption", "edition_id")
    criteria_ids = fields.One2many(
        "award.edition.criteria", "edition_id", readonly=True
    )

    def action_fill_adoptions(self):
        """A line for each adoption that the scheme asks for and that is not there."""
        self.ensure_one()
        self.check_access("write")
        missing = self.scheme_id.adoption_ids - self.adoption_ids.rule_id
        self.env["award.adoption"].create(
            [
                {
                    "edition_id": self.id,
                    "rule_id": rule.id,
                    "body": rule.body_id.display_name,
                    **self._known_adoption(rule),
                }
                for rule in missing
            ]
        )
        return True

    def _known_adoption(self, rule):
        """What the scheme has on record of its own adoption by the body of a rule."""
        scheme = self.scheme_id
        if rule.subject != "scheme" or rule.body_id != scheme.adopted_by_id:
            return {}
        return {
            "meeting": scheme.adoption_meeting,
            "number": scheme.adoption_number,
            "adopted_on": scheme.adopted_on,
        }

    # -- guards --------------------------------------------------------------------
    def _guard_adopted(self):
        """All that the scheme wants adopted is, with body, document and day."""
        complete = self.adoption_ids.filtered(lambda a: a._is_complete())
        late = complete.filtered(
            lambda a: a.adopted_on > self.env["award.clock"]._today()
        )
        missing = self.scheme_id.adoption_ids - (complete - late).rule_id
        if not missing:
            return self._channels_refusal()
        names = ", ".join(missing.mapped("display_name"))
        clause = missing[:1].clause_id.code or None
        return Refusal("adoption_missing", clause, {"missing": names})

    def _channels_refusal(self):
        """The announcement stands in each kind of media that the scheme names."""
        for adoption in self.adoption_ids.filtered("rule_id.published"):
            if missing := adoption._channels_missing():
                words = ", ".join(translated(self.env, WORDS[name]) for name in missing)
                clause = adoption.clause_id.code or None
                return Refusal("media_missing", clause, {"channels": words})
        return None

    def _guard_criteria_known(self):
        """Each class has criteria that are in force today."""
        today = self.env["award.clock"]._today()
        lacking = self.scheme_id.class_ids.filtered(lambda c: not c._criteria_on(today))
        if lacking:
            names = ", ".join(lacking.mapped("display_name"))
            clause = lacking[:1].clause_id.code or None
            return Refusal("criteria_missing", clause, {"classes": names})
        return None

    def _after_announce(self):
        """Pin the criteria: whatever edition comes out later, these are judged by."""
        for edition in self.sudo():  # sudo: pinned by the act, nobody may write
            classes = edition.scheme_id.class_ids
            lines = self.env["award.edition.criteria"].sudo().create(  # sudo: as above
                [
                    {
                        "edition_id": edition.id,
                        "class_id": award_class.id,
                        "criteria_id": award_class._criteria_on(
                            edition.announced_on
                        ).id,
                    }
                    for award_class in classes
                ]
            )
            (lines.criteria_id | classes.choice_ids.criteria_id)._pin()

    def _criteria_of(self, award_class):
        """The criteria pinned for a class, else those that the class names."""
        self.ensure_one()
        if not award_class.criteria_latest:
            return award_class.criteria_id  # frozen with its published scheme
        pinned = self.env["award.edition.criteria"]._of(self)
        return pinned.get((self.id, award_class.id)) or award_class.criteria_id

    # -- what is open ------------------------------------------------------------------
    def _open_classes(self):
        """The classes that can be applied for; others are only transferred into."""
        return self.scheme_id.class_ids.filtered(lambda c: c.entry != "transfer")

    def _recommenders_needed(self, award_class):
        """How many recommenders an application names: 0 without such a stage."""
        stages = self._stages(award_class)
        if "recommendation" not in stages.mapped("kind"):
            return 0
        value = self.scheme_id._value(
            "recommenders_per_application", award_class=award_class
        )
        return 1 if value is None else value
