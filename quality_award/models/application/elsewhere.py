from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.refusal import Refusal
from .entry import MADE


class AwardOutsideEntry(models.Model):
    """An application for an award that is not kept here, from another register.

    The office brings in the lists of districts and other bodies. Of a person only the
    fingerprint stays: an identity number is used and forgotten.
    """

    _name = "award.outside.entry"
    _description = "Application to Another Award"
    _inherit = ["award.confidential"]
    _order = "award_year desc, id"
    _rec_name = "applicant_name"

    award_name = fields.Char("Award", required=True)
    level = fields.Selection(
        [
            ("county", "District or County"),
            ("city", "City"),
            ("province", "Province"),
            ("national", "National"),
        ],
        required=True,
    )
    award_year = fields.Integer(required=True, aggregator=None)
    applicant_name = fields.Char("Applicant", required=True)
    credit_code = fields.Char("Unified Social Credit Code")
    identity_number = fields.Char(
        "Resident Identity Number",
        compute="_compute_identity_number",
        inverse="_inverse_identity_number",
        groups="quality_award.group_office",
        help="Used for the comparison and not kept.",
    )
    fingerprint = fields.Char(
        readonly=True, index=True, copy=False, groups="quality_award.group_office"
    )
    is_known = fields.Boolean("Can Be Compared", compute="_compute_is_known")
    source = fields.Char(required=True)
    source_date = fields.Date()
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    @api.depends("fingerprint")
    def _compute_is_known(self):
        for entry in self:
            entry.is_known = bool(entry.sudo().fingerprint)  # sudo: whether, not what

    def _compute_identity_number(self):
        self.identity_number = False

    def _inverse_identity_number(self):
        Applicant = self.env["award.applicant"]
        for entry in self.filtered("identity_number"):
            number = Applicant._clean_identity_number(entry.identity_number)
            Applicant._refuse_identity_number(number)
            entry._keep(Applicant._fingerprint_of("individual", identity_number=number))

    def _keep(self, fingerprint):
        self.sudo().fingerprint = fingerprint  # sudo: a hash that no form writes

    @api.constrains("credit_code")
    def _check_credit_code(self):
        Applicant = self.env["award.applicant"]
        for entry in self.filtered("credit_code"):
            Applicant._refuse_credit_code(entry.credit_code)
            entry._keep(
                Applicant._fingerprint_of("organisation", credit_code=entry.credit_code)
            )


class AwardApplication(models.Model):
    """Second applications of one year, here and elsewhere."""

    _inherit = "award.application"

    def _applications_elsewhere(self):
        """Names of the other awards that the applicant has applied for in the year."""
        self.ensure_one()
        return self._elsewhere_by_case()[self.id][0]

    def _elsewhere_by_case(self):
        """Other applications of the applicants for awards of the same year.

        :return: dict application id -> (list of names of awards, whether a register
            of that year was there to be searched)
        """
        marks = {case.id: case.applicant_id._fingerprint() for case in self}
        years = set(self.edition_id.mapped("award_year"))
        wanted = Domain("fingerprint", "in", sorted(set(marks.values()) - {""}))
        others = self.sudo().search(  # sudo: names of other agencies' awards only
            Domain("applicant_id", "any", wanted)
            & Domain("edition_id.award_year", "in", sorted(years))
            & Domain("state", "in", MADE)
        )
        outside = self.env["award.outside.entry"].sudo()  # sudo: names of awards only
        of_years = Domain("award_year", "in", sorted(years))
        named = defaultdict(list)
        for entry in outside.search(of_years & wanted):
            named[entry.fingerprint, entry.award_year].append((entry.award_name, 0))
        for case in others:
            key = case.applicant_id.fingerprint, case.edition_id.award_year
            named[key].append((case.edition_id.display_name, case.id))
        registers = outside._read_group(of_years, ["company_id", "award_year"])
        there = {(company.id, year) for company, year in registers}
        return {
            case.id: (
                [
                    name
                    for name, id_ in named[marks[case.id], case.edition_id.award_year]
                    if id_ != case.id
                ],
                (case.company_id.id, case.edition_id.award_year) in there,
            )
            for case in self
        }

    def _guard_not_elsewhere(self, elsewhere=None):
        """No second application in one year, as far as the scheme forbids it.

        :param elsewhere: what `_elsewhere_by_case` gave for the case, where it was
            asked
        """
        rule = self._parameter("second_award_same_year")
        if rule not in {"forbidden_any_level", "forbidden_same"}:
            return None
        clause = self._clause_of("second_award_same_year")
        if rule == "forbidden_any_level":
            names = elsewhere[0] if elsewhere else self._applications_elsewhere()
        else:
            names = self._applications_for_the_same()
        if not names:
            return None
        values = {
            "applicant": self.applicant_id.name,
            "year": self.edition_id.award_year,
            "others": ", ".join(names),
        }
        return Refusal("applied_elsewhere", clause, values)

    def _applications_for_the_same(self):
        """Applications of the year for the same award, in other editions of it."""
        others = self.search(
            [
                ("applicant_id", "=", self.applicant_id.id),
                ("edition_id.award_year", "=", self.edition_id.award_year),
                ("edition_id.scheme_id.code", "=", self._scheme_of().code),
                ("state", "in", MADE),
                ("id", "!=", self.id),
            ]
        )
        title = self.class_id.title_id.code
        return [
            case.edition_id.display_name
            for case in others
            if case.class_id.title_id.code == title
        ]
