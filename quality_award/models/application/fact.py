from odoo import api, fields, models

from ...rules import parts, requirements
from ...rules.refusal import Refusal

KINDS = [
    ("profit", "Profit of a Year"),
    ("rank", "Rank in the Trade"),
    ("certificate", "Certificate"),
    ("honour", "Honour"),
    ("pool", "Member of the Cultivation Pool"),
    ("incident", "Accident or Major Complaint"),
    ("penalty", "Penalty"),
    ("check", "Checked: Nothing Adverse"),
    ("employer_consent", "Consent of the Employer"),
    ("in_house_notice", "Notice inside the Unit"),
    ("lower_level_notice", "Notice of the Lower Level"),
    ("new_result", "New Result"),
    ("declaration", "Declaration"),
    ("document", "Document"),
]
SEVERITIES = [
    ("warning", "Warning"),
    ("criticism", "Criticism in a Circular"),
    ("fine", "Fine"),
    ("major_fine", "Major Fine"),
    ("suspension", "Suspension or Licence Revoked"),
    ("criminal", "Criminal Penalty"),
]
FIELDS = [
    ("quality", "Quality"),
    ("safety", "Work Safety"),
    ("environment", "Environment"),
    ("health", "Public Health"),
    ("tax", "Tax"),
    ("labour", "Labour"),
    ("ip", "Intellectual Property"),
    ("construction", "Construction"),
    ("operation", "Business Operation"),
    ("counterfeit", "Counterfeiting"),
    ("fraud", "Fraud"),
    ("crime", "Crime"),
    ("credit", "Credit"),
    ("complaint", "Complaint"),
    ("inspection", "Supervision Sampling"),
    ("other", "Other"),
]
#: Kinds that belong to one requirement, named in their indicator.
OF_ONE_CODE = {"declaration", "document"}
#: What the applicant may say itself, by kind of requirement: kinds of fact.
ASKED_BY = {
    "no_loss": ("profit",),
    "no_incident": ("incident", "penalty"),
    "rank": ("rank",),
    "certificate": ("certificate",),
    "honour": ("honour",),
    "pool_member": ("pool",),
    "lower_level_notice": ("lower_level_notice",),
    "new_result": ("new_result",),
    "no_second_application": ("declaration",),
    "declaration": ("declaration",),
    "document": ("document",),
}
#: What acts add to a fact that is there.
BY_ACTS = frozenset({"is_void", "void_reason", "proof_id"})
_PROOF = ("issuer", "number", "note")
#: Fields of the form for each kind.
FORM = {
    "profit": ("year", "value", "exception", *_PROOF),
    "rank": (
        "year",
        "indicator",
        "value",
        "unit",
        "rank",
        "population",
        "trade_code",
        *_PROOF,
    ),
    "certificate": ("indicator", "field", "valid_from", "valid_to", *_PROOF),
    "honour": ("indicator", "happened_on", *_PROOF),
    "pool": ("indicator", "valid_from", "valid_to", *_PROOF),
    "incident": ("happened_on", "field", *_PROOF),
    "penalty": ("happened_on", "field", "severity", "value", *_PROOF),
    "check": ("field", "happened_on", *_PROOF),
    "employer_consent": ("happened_on", *_PROOF),
    "in_house_notice": ("valid_from", "valid_to", *_PROOF),
    "lower_level_notice": ("valid_from", "valid_to", *_PROOF),
    "new_result": ("year", "happened_on", "indicator", *_PROOF),
    "declaration": ("note",),
    "document": ("happened_on", *_PROOF),
}


class AwardFact(models.Model):
    """One fact about a case, with who said it and on what paper.

    Facts are added, not edited: a wrong one is set aside with a reason.
    """

    _name = "award.fact"
    _description = "Fact"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, kind, year, id"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="cascade", index=True
    )
    applicant_id = fields.Many2one(
        related="application_id.applicant_id", store=True, index=True
    )
    kind = fields.Selection(KINDS, required=True)
    stated_at = fields.Datetime(readonly=True, copy=False)
    origin = fields.Selection(
        [
            ("applicant", "Applicant"),
            ("office", "Award Office"),
            ("department", "Department"),
        ],
        required=True,
        default="office",
    )
    recorded_on = fields.Date(
        required=True,
        readonly=True,
        default=lambda self: self.env["award.clock"]._today(),
    )
    year = fields.Integer(aggregator=None)
    happened_on = fields.Date("On")
    indicator = fields.Char(
        help="What it is about: the indicator, the certificate, the honour."
    )
    value = fields.Integer(
        aggregator=None, help="Whole number; money in 10 000 yuan, a loss below 0."
    )
    unit = fields.Char()
    rank = fields.Integer(aggregator=None)
    population = fields.Integer("Ranked among", aggregator=None)
    trade_code = fields.Char(help="As in GB/T 4754.")
    issuer = fields.Char("Issuing Body")
    number = fields.Char("Document Number")
    valid_from = fields.Date("First Day")
    valid_to = fields.Date("Last Day")
    severity = fields.Selection(SEVERITIES)
    field = fields.Selection(FIELDS)
    exception = fields.Selection([("policy_loss", "Loss Due to Policy")])
    note = fields.Char()
    is_void = fields.Boolean("Set Aside", readonly=True)
    void_reason = fields.Char("Set Aside Because", readonly=True)
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _year = models.Constraint(
        "CHECK (year IS NULL OR year = 0 OR year BETWEEN 1900 AND 2199)",
        "The year has four digits.",
    )
    _rank = models.Constraint(
        "CHECK (COALESCE(rank, 0) >= 0 AND COALESCE(population, 0) >= 0 AND "
        "(COALESCE(population, 0) = 0 OR COALESCE(rank, 0) <= population))",
        "A rank is not below 1 and not beyond the number of those ranked.",
    )
    _days = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "The last day lies before the first one.",
    )

    @api.depends("kind", "indicator", "year", "happened_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            parts = (
                kinds.get(fact.kind),
                fact.kind not in {"declaration", "document"} and fact.indicator,
                fact.year or fact.happened_on,
                fact.rank and self.env._("rank %(rank)s", rank=fact.rank),
                fact.number,
            )
            fact.display_name = " ".join(str(part) for part in parts if part)

    def _scheme_of(self):
        return self.application_id._scheme_of()

    # -- kept as it was said -------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """What the applicant says comes from the portal only."""
        if self.env.su:
            now = fields.Datetime.now()
            vals_list = [{"stated_at": now, **vals} for vals in vals_list]
        facts = super().create(vals_list)
        for fact in facts:
            if fact.origin == "applicant" and not self.env.su:
                fact._refuse(Refusal("fact_of_applicant"))
        return facts

    def write(self, vals):
        self.check_access("write")
        for fact in self:
            if not self.env.su or vals.keys() - BY_ACTS:
                fact._refuse(Refusal("fact_kept"))
        return super().write(vals)

    def _refuse(self, refusal):
        self.application_id[:1]._refuse(refusal)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """The applicant's own may go while he writes them; all others stay."""
        for fact in self:
            if fact.origin != "applicant" or not fact._is_being_written():
                fact._refuse(Refusal("fact_kept"))

    def _answers(self, requirement):
        """Whether it is a fact of the kind that a requirement asks for."""
        return self.kind in ASKED_BY.get(requirement.kind, ()) and (
            self.kind not in OF_ONE_CODE or self.indicator == requirement.code
        )

    def _is_being_written(self):
        """Whether no version has been handed in since it was stated."""
        if self.application_id.state in {"draft", "returned"}:
            return True
        opened = self.application_id._portal_open_parts() or set()
        codes = {parts.split(one)[1] for one in opened if one.startswith("fact:")}
        asked = self.application_id._scheme_of()._requirements(
            self.application_id.class_id
        ).filtered(lambda one: one.code in codes)
        answers = any(self._answers(one) for one in asked)
        version = self.application_id._current_submission().get(self.application_id.id)
        since = version.submitted_at if version else self.stated_at
        return bool(answers and self.stated_at and self.stated_at > since)

    def action_set_aside(self, reason=None):
        """The office does not count the fact any more, for a reason that is kept."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "set_aside")
        if not self.env.user.has_group("quality_award.group_office"):
            self._refuse(Refusal("office_only"))
        if not reason.strip():
            self._refuse(Refusal("reason_missing"))
        for check in self.application_id.qualification_ids:
            if check.state == "draft":
                continue
            self._refuse(Refusal("qualification_decided"))
        own = self.sudo()  # sudo: the one change of a fact, asked for above
        own.write({"is_void": True, "void_reason": reason.strip()})
        return True

    # -- for the rules ------------------------------------------------------------
    def _as_rules(self):
        """The facts as `rules.requirements.Fact`, those set aside left out."""
        return tuple(
            requirements.Fact(
                key=fact.id,
                kind=fact.kind,
                on=fact.happened_on or None,
                year=fact.year or None,
                indicator=fact.indicator or "",
                value=fact.value,
                rank=fact.rank or None,
                population=fact.population or None,
                trade=fact.trade_code or "",
                issuer=fact.issuer or "",
                number=fact.number or "",
                first=fact.valid_from or None,
                last=fact.valid_to or None,
                severity=fact.severity or "",
                field=fact.field or "",
                exception=fact.exception or "",
            )
            for fact in self
            if not fact.is_void
        )
