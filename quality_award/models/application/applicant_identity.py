"""What tells one applicant from another: a code, a number, or whose it is."""

import hashlib
import hmac
import secrets
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from odoo import api, fields, models

from .refusals import refuse

#: Kinds that have a credit code of their own; a unit may have one.
CODED = {"organisation", "unit"}
#: Fields that hold a credit code.
CODE_FIELDS = ("credit_code", "organisation_code", "parent_code")
#: Identity numbers are for those who check and pay, for nobody else.
IDENTITY_READERS = "quality_award.group_office,quality_award.group_finance"
KEY = "quality_award.fingerprint_key"


def is_identity_number(number):
    """Whether length, digits, birthday and check character are right.

    The place of birth is not looked up: lists of places change, and the library's own
    cannot be read under Odoo, whose import hook hides its data files.
    """
    number = ric.compact(number)
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return number[-1] == ric.calc_check_digit(number) and born <= date.today()


class AwardApplicant(models.Model):
    """Codes and numbers: cleaned, checked, compared by their fingerprint.

    The fingerprint of an organisation is the SHA-256 of its credit code, which is
    public. That of a person is keyed: identity numbers are so few that a bare hash
    gives them away.
    """

    _inherit = "award.applicant"

    identity_number = fields.Char(
        "Resident Identity Number", groups=IDENTITY_READERS, copy=False
    )
    fingerprint = fields.Char(
        compute="_compute_fingerprint",
        store=True,
        compute_sudo=True,
        index=True,
        groups="quality_award.group_office",
        copy=False,
    )

    _fingerprint_unique = models.UniqueIndex(
        "(company_id, fingerprint)", "This applicant is already registered."
    )

    @api.depends(
        "subject", "credit_code", "identity_number", "organisation_code", "name"
    )
    def _compute_fingerprint(self):
        for applicant in self:
            applicant.fingerprint = applicant._fingerprint_of(
                applicant.subject,
                credit_code=applicant.credit_code,
                identity_number=applicant.identity_number,
                organisation_code=applicant.organisation_code,
                name=applicant.name,
            )

    @api.model
    def _fingerprint_of(self, subject, **known):
        """What an applicant with these data is known by; False without them.

        :param known: `credit_code`, `identity_number`, `organisation_code`, `name`
        """
        if subject == "individual":
            number = self._clean_identity_number(known.get("identity_number"))
            return number and self._keyed(number)
        if code := self._clean_credit_code(known.get("credit_code")):
            return hashlib.sha256(code.encode()).hexdigest()
        owner = self._clean_credit_code(known.get("organisation_code"))
        name = "".join(str(known.get("name") or "").split()).casefold()
        if subject == "organisation" or not (owner and name):
            return False
        return hashlib.sha256(f"{subject}|{owner}|{name}".encode()).hexdigest()

    @api.model
    def _keyed(self, number):
        """The keyed hash of an identity number; the key stays in this database."""
        settings = self.env["ir.config_parameter"].sudo()  # sudo: settings are closed
        key = settings.get_param(KEY)
        if not key:
            key = secrets.token_hex(32)
            settings.set_param(KEY, key)
        return hmac.digest(key.encode(), number.encode(), "sha256").hex()

    def _fingerprint(self):
        """What the applicant is known by in seals and registers; no number itself."""
        self.ensure_one()
        return self.sudo().fingerprint or ""  # sudo: a hash, asked by all rooms

    def _masked_identity(self):
        """The identity number as its holder may see it on a page."""
        number = self.identity_number or ""
        return number and f"{number[:3]}{'*' * 11}{number[-4:]}"

    # -- what is valid ---------------------------------------------------------
    @api.model
    def _clean_credit_code(self, code):
        """The code in capitals and without the spaces people put in."""
        return uscc.compact(str(code or "")).upper()

    @api.model
    def _clean_identity_number(self, number):
        """The number with a capital X and without spaces."""
        return ric.compact(str(number or ""))

    @api.model
    def _refuse_credit_code(self, code):
        if not uscc.is_valid(str(code or "")):
            refuse(self.env, "credit_code_invalid", code=code or "")

    @api.model
    def _refuse_identity_number(self, number):
        """The message never repeats the number: messages end up in logs."""
        if not is_identity_number(str(number or "")):
            refuse(self.env, "identity_number_invalid")

    @api.constrains("subject", *CODE_FIELDS)
    def _check_credit_code(self):
        for applicant in self:
            if applicant.credit_code and applicant.subject not in CODED:
                refuse(self.env, "credit_code_foreign")
            for name in CODE_FIELDS:
                if applicant[name] or (
                    name == "credit_code" and applicant.subject == "organisation"
                ):
                    self._refuse_credit_code(applicant[name])

    @api.constrains("subject", "identity_number")
    def _check_identity_number(self):
        for applicant in self.sudo():  # sudo: those who check the rest may not read it
            if applicant.subject == "individual":
                self._refuse_identity_number(applicant.identity_number)
            elif applicant.identity_number:
                refuse(self.env, "identity_number_foreign")

    @api.constrains("subject", "organisation_code", "organisation_name")
    def _check_responsible(self):
        for applicant in self:
            if applicant.subject in {"team", "project"} and not (
                applicant.organisation_code and applicant.organisation_name
            ):
                refuse(self.env, "responsible_missing")

    # -- writing ----------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        applicants = super().create([self._with_clean_codes(v) for v in vals_list])
        applicants._link_organisations()
        return applicants

    def write(self, vals):
        result = super().write(self._with_clean_codes(vals))
        if vals.keys() & {*CODE_FIELDS, "identity_number", "name", "subject"}:
            self._link_organisations()
        return result

    def _with_clean_codes(self, vals):
        found = {n: self._clean_credit_code(vals[n]) for n in CODE_FIELDS if n in vals}
        if "identity_number" in vals:
            number = self._clean_identity_number(vals["identity_number"])
            found["identity_number"] = number
        # no code is none at all: an empty one would be unique only once
        return {**vals, **{name: code or False for name, code in found.items()}}

    def _link_organisations(self):
        """Link applicants that name a code with the organisation that has it."""
        me = self.sudo()  # sudo: links within one agency; codes the applicants gave
        codes = {
            code
            for applicant in me
            for code in (applicant.organisation_code, applicant.parent_code)
            if code
        }
        own = {a.credit_code for a in me if a.subject == "organisation"}
        if codes:
            domain = [
                ("credit_code", "in", sorted(codes)),
                ("subject", "=", "organisation"),
                ("company_id", "in", me.company_id.ids),
            ]
            found = {(o.company_id, o.credit_code): o for o in me.search(domain)}
            for applicant in me:
                applicant._link_to(found)
        if own:
            self._link_those_who_name(me.filtered(lambda a: a.credit_code in own))

    def _link_to(self, found):
        for code, link in self._code_links():
            organisation = found.get((self.company_id, self[code]))
            if self[code] and organisation and self[link] != organisation:
                self[link] = organisation

    @staticmethod
    def _code_links():
        return (("organisation_code", "organisation_id"), ("parent_code", "parent_id"))

    def _link_those_who_name(self, organisations):
        by_code = {(o.company_id, o.credit_code): o for o in organisations}
        for code, link in self._code_links():
            waiting = self.sudo().search(  # sudo: as in `_link_organisations`
                [
                    (code, "in", organisations.mapped("credit_code")),
                    (link, "=", False),
                    ("company_id", "in", organisations.company_id.ids),
                ]
            )
            named = waiting.grouped(lambda a, code=code: (a.company_id, a[code]))
            for key, some in named.items():
                if key in by_code:
                    some[link] = by_code[key]

    # -- groups of companies ---------------------------------------------------
    def _relatives(self):
        """Other applicants of the same group: parents, subsidiaries, sisters.

        Each step of kinship is one query; without relatives it is one.
        """
        self.ensure_one()
        everybody = self.sudo()  # sudo: whether two belong together
        found = seen = everybody.browse(self.id)
        while seen:
            kin = seen._kinship()
            seen = everybody.search(
                kin
                & fields.Domain("id", "not in", found.ids)
                & fields.Domain("company_id", "=", self.company_id.id)
            )
            found |= seen
        return found - self

    def _kinship(self):
        """Domain of the applicants one step of kinship away."""
        codes = {code for code in self.mapped("credit_code") if code}
        parents = {code for code in self.mapped("parent_code") if code}
        names = {name for name in self.mapped("group_name") if name}
        leaves = [
            ("parent_code", "in", sorted(codes | parents)),
            ("credit_code", "in", sorted(parents)),
            ("group_name", "in", sorted(names)),
            ("id", "in", self.parent_id.ids),
            ("parent_id", "in", [*self.ids, *self.parent_id.ids]),
        ]
        return fields.Domain.OR([[leaf] for leaf in leaves if leaf[2]])
