from odoo import api, fields, models

from ...rules import eligibility
from ...rules.refusal import Refusal
from .refusals import refuse


class AwardBan(models.Model):
    """That somebody may not apply (禁止申报期) or recommend, for how long, and why."""

    _name = "award.ban"
    _description = "Ban from Applying or Recommending"
    _order = "id"

    applicant_id = fields.Many2one(
        "award.applicant", ondelete="restrict", index="btree_not_null"
    )
    recommender_id = fields.Many2one(
        "award.recommender", ondelete="restrict", index="btree_not_null"
    )
    scheme_code = fields.Char(
        "Award Scheme", required=True, help="Code of the scheme, in whatever version."
    )
    begins_on = fields.Date(required=True)
    years = fields.Integer(aggregator=None)
    terms = fields.Integer("Editions", aggregator=None)
    from_term = fields.Integer("Edition No. of the Case", aggregator=None)
    for_ever = fields.Boolean()
    last_day = fields.Date(compute="_compute_last_day", store=True)
    clause = fields.Char()
    reason = fields.Char(required=True)
    number = fields.Char("Document Number", required=True)
    lifted_on = fields.Date(help="Last day of a ban that was lifted.")
    lifted_number = fields.Char("Lifted by Document")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )

    _whose = models.Constraint(
        "CHECK ((applicant_id IS NULL) <> (recommender_id IS NULL))",
        "A ban is on one applicant or on one recommender.",
    )
    _length = models.Constraint(
        # without a length the parts are NULL, which a CHECK lets through
        "CHECK (COALESCE(for_ever OR years > 0 OR (terms > 0 AND from_term > 0), "
        "FALSE))",
        "A ban is for ever, for years, or for editions counted from one of them.",
    )
    _lifted = models.Constraint(
        "CHECK (lifted_on IS NULL OR lifted_number IS NOT NULL)",
        "Who lifts a ban gives the number of the document.",
    )

    @api.depends("applicant_id", "recommender_id")
    def _compute_display_name(self):
        for ban in self:
            ban.display_name = (ban.applicant_id or ban.recommender_id).display_name

    @api.depends("applicant_id.company_id", "recommender_id.company_id")
    def _compute_company_id(self):
        for ban in self:
            ban.company_id = (ban.applicant_id or ban.recommender_id).company_id

    @api.depends("begins_on", "years")
    def _compute_last_day(self):
        for ban in self:
            ban.last_day = bool(ban.begins_on and ban.years) and (
                eligibility.last_day_of_ban(ban.begins_on, ban.years)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """A recommender is barred as long as the scheme says, unless it is said."""
        self.check_access("create")  # strangers learn nothing of the rules
        lengths = {"years", "terms", "for_ever"}
        for vals in vals_list:
            if vals.get("recommender_id") and not any(map(vals.get, lengths)):
                vals |= self._length_of_scheme(vals)
        return super().create(vals_list)

    def _length_of_scheme(self, vals):
        """How long the scheme in force bars a recommender, and by which clause."""
        recommender = self.env["award.recommender"].browse(vals["recommender_id"])
        scheme = self.env["award.scheme"]._newest_published(
            vals.get("scheme_code"), recommender.company_id
        )
        years = scheme._value("recommender_ban_years") if scheme else None
        if years is None:
            return {}
        clause = vals.get("clause") or scheme._clause_of("recommender_ban_years")
        return {"years": years, "for_ever": not years, "clause": clause}

    def write(self, vals):
        """What was imposed stays; a ban is lifted by a document of its own."""
        self.check_access("write")
        if vals.keys() - {"lifted_on", "lifted_number", "last_day"}:
            self.check_access("write")  # strangers learn nothing of the rules
            refuse(self.env, "ban_kept")
        return super().write(vals)

    @api.model
    def _impose(self, applicant, scheme, *, begins_on, reason, number, **length):
        """Bar an applicant from a scheme.

        :param length: `years`, `terms` with `from_term`, or `for_ever`; `clause`
        """
        return self.sudo().create(  # sudo: a ban follows from an act that was asked for
            {
                "applicant_id": applicant.id,
                "scheme_code": scheme.code,
                "begins_on": begins_on,
                "reason": reason,
                "number": number,
                **length,
            }
        )

    def _bars(self, day, term):
        """First day or edition free again, None where the ban does not bar.

        :param day: day of the application
        :param term: number of the edition applied for
        """
        self.ensure_one()
        return eligibility.banned(
            day,
            term,
            begins=self.begins_on,
            years=self.years,
            terms=self.terms,
            from_term=self.from_term,
            for_ever=self.for_ever,
            lifted=self.lifted_on or None,
        )


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _ban_of(self):
        """Ban in force on the applicant: (first free day, clause code), or ()."""
        return self._ban_by_case()[self.id]

    def _ban_by_case(self):
        """The same for many cases: dict application id -> (day, clause code) or ().

        A person or firm is the same in whatever register of the agency: bans are
        found by fingerprint.
        """
        marks = {case.id: case.applicant_id._fingerprint() for case in self}
        bans = self.env["award.ban"].sudo().search(  # sudo: whether one is barred
            [
                ("applicant_id.fingerprint", "in", sorted(set(marks.values()) - {""})),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        by_key = bans.grouped(
            lambda b: (b.company_id, b.scheme_code, b.applicant_id.fingerprint)
        )
        found = {}
        for case in self:
            key = case.company_id, case._scheme_of().code, marks[case.id]
            found[case.id] = case._first_bar(by_key.get(key, ()))
        return found

    def _first_bar(self, bans):
        for ban in bans:
            free = ban._bars(self._base_day(), self.edition_id.term)
            if free:
                until = self.env._("ever") if free == eligibility.NEVER else free
                return until, ban.clause or None
        return ()


class AwardRecommender(models.Model):
    _inherit = "award.recommender"

    ban_ids = fields.One2many("award.ban", "recommender_id", "Bans")

    def _bar_refusal(self, scheme, term):
        """Why the recommender may not recommend in an edition of a scheme, or None.

        :param term: number of the edition
        """
        self.ensure_one()
        bans = self.sudo().ban_ids  # sudo: a yes or no; the register is the office's
        bans = bans.filtered(lambda ban: ban.scheme_code == scheme.code)
        today = self.env["award.clock"]._today()
        for ban in bans:
            if free := ban._bars(today, term):
                until = self.env._("ever") if free == eligibility.NEVER else free
                values = {"recommender": self.display_name, "open": until}
                return Refusal("recommender_barred", ban.clause or None, values)
        return None
