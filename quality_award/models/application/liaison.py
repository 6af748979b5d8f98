from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules import trade_code
from ...rules.refusal import Refusal
from .applicant_fields import REGISTERED_BY
from .portal_applicant import NAME_MAX, clean_text, known_id
from .refusals import refuse

#: Deputies of one applicant at a time.
DEPUTIES_MAX = 5
#: Field of the applicant -> field of its main liaison officer.
MAIN = {"liaison_name": "name", "liaison_phone": "phone", "liaison_email": "email"}
LINES = ("name", "post", "phone", "mobile", "email")


class AwardApplicantLiaison(models.Model):
    """A liaison officer (联络员) of an applicant: main or deputy, with history.

    Not in the host's partners, whom every employee reads.
    """

    _name = "award.applicant.liaison"
    _description = "Liaison Officer"
    _inherit = ["award.confidential"]
    _order = "applicant_id, until desc, kind desc, id"

    applicant_id = fields.Many2one(
        "award.applicant", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("main", "Main"), ("deputy", "Deputy")], required=True, default="deputy"
    )
    name = fields.Char(required=True)
    post = fields.Char()
    phone = fields.Char()
    mobile = fields.Char()
    email = fields.Char("E-mail")
    since = fields.Date(
        required=True, default=lambda self: self.env["award.clock"]._today()
    )
    until = fields.Date(help="Last day; empty while the person is in charge.")
    company_id = fields.Many2one(
        related="applicant_id.company_id", store=True, index=True
    )

    _one_main = models.UniqueIndex(
        "(applicant_id) WHERE kind = 'main' AND until IS NULL",
        "The applicant has a main liaison officer already.",
    )
    _days = models.Constraint(
        "CHECK (until IS NULL OR until >= since)",
        "The last day lies before the first one.",
    )


class AwardApplicant(models.Model):
    _inherit = "award.applicant"

    liaison_ids = fields.One2many("award.applicant.liaison", "applicant_id")
    legal_representative = fields.Char()
    industry_code = fields.Char(
        "Trade Code (GB/T 4754)", help="Four digits of the class, such as 3411."
    )

    @api.constrains("industry_code")
    def _check_industry_code(self):
        for applicant in self.filtered("industry_code"):
            if not trade_code.is_class(applicant.industry_code):
                refuse(
                    self.env, "industry_code_invalid", code=applicant.industry_code
                )

    @api.model_create_multi
    def create(self, vals_list):
        applicants = super().create(vals_list)
        applicants._keep_main_liaison()
        return applicants

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & MAIN.keys():
            self._keep_main_liaison()
        return result

    def _keep_main_liaison(self):
        """Carry the applicant's liaison officer into the history.

        Another name ends the former officer's time; a correction on the day of the
        change, or of phone and mail, does not.
        """
        today = self.env["award.clock"]._today()
        officers = self.env["award.applicant.liaison"].sudo()  # sudo: kept by writing
        running = officers.search(
            [
                ("applicant_id", "in", self.ids),
                ("kind", "=", "main"),
                ("until", "=", False),
            ]
        ).grouped("applicant_id")
        new = []
        for applicant in self.sudo():  # sudo: as above
            values = {own: applicant[name] or False for name, own in MAIN.items()}
            officer = running.get(applicant, officers)
            if not values["name"]:
                continue
            if officer and officer.name in {values["name"], False}:
                officer.write(values)
            elif officer and officer.since == today:
                officer.write({**values, "post": False, "mobile": False})
            else:
                officer.until = today
                new.append({**values, "applicant_id": applicant.id, "kind": "main"})
        officers.flush_model(["until"])  # one main officer at a time
        officers.create(new)


class AwardApplication(models.Model):
    """The profile of an applicant, as those who act for it keep it."""

    _inherit = "award.application"

    @api.model
    def _portal_profile(self, applicant_id):
        """What the page of the profile shows.

        :return: dict with `applicant` (id, name, code), `may_write`, `fields` (as
            `_portal_form`), `officers` and `former` (dicts)
        """
        applicant = self._portal_own_applicant(applicant_id)
        today = self.env["award.clock"]._today()
        officers = applicant.liaison_ids
        running = officers.filtered(lambda o: not o.until or o.until > today)
        self._portal_seen(applicant, officers)
        keys = self.browse()._portal_profile_keys(applicant)
        members = self.env["award.applicant.member"]
        return {
            "applicant": {"id": applicant.id, "name": applicant.name, "keys": keys},
            "may_write": members._may_write_for(applicant),
            "profile": [
                {
                    "name": name,
                    "label": applicant._fields[name]._description_string(self.env),
                    "kind": "text",
                    "options": [],
                    "value": applicant[name] or "",
                }
                for name in self._portal_profile_names(applicant)
            ],
            "main": self._portal_officer(running.filtered(lambda o: o.kind == "main")),
            "deputies": [
                self._portal_officer(o) for o in running if o.kind == "deputy"
            ],
            "former": [self._portal_officer(o) for o in officers - running],
        }

    def _portal_profile_keys(self, applicant):
        shown = []
        for name in REGISTERED_BY[applicant.subject]:
            value = applicant[name]
            if name == "identity_number":
                value = applicant._masked_identity()
            if value:
                shown.append((self._portal_label(applicant.subject, name), value))
        return shown

    @api.model
    def _portal_profile_names(self, applicant):
        if applicant.subject == "individual":
            return ("industry_code",)
        return ("legal_representative", "industry_code")

    def _portal_officer(self, officer):
        values = {name: officer[name] or "" for name in LINES}
        return {
            **values,
            "id": officer.id,
            "kind": officer.kind or "main",
            "since": officer.since or "",
            "until": officer.until or "",
        }

    @api.model
    def _portal_save_profile(self, applicant_id, values):
        """Keep the profile and the main liaison officer.

        :param values: `legal_representative`, `industry_code`, and name, post, phone,
            mobile, email of the officer, each optional
        """
        applicant = self._portal_own_applicant(applicant_id)
        self._portal_refuse_reader(applicant)
        written = {
            name: self._portal_line(applicant._fields[name], values[name])
            for name in self._portal_profile_names(applicant)
            if name in values
        }
        lines = self._portal_officer_values(values)
        written |= {name: lines[own] for name, own in MAIN.items() if own in lines}
        if not written.get("liaison_name", True):
            applicant.env["award.application"]._refuse(Refusal("officer_unnamed"))
        applicant.write(written)
        officer = applicant.liaison_ids.filtered(
            lambda o: o.kind == "main" and not o.until
        )
        own = {name: lines[name] for name in ("post", "mobile") if name in lines}
        if officer and own:
            officer.write(own)
        return True

    def _portal_officer_values(self, values):
        known = self.env["award.applicant.liaison"]._fields
        return {
            name: self._portal_line(known[name], values[name])
            for name in LINES
            if name in values
        }

    def _portal_line(self, field, value):
        text = clean_text(value).replace("\n", " ").strip()
        if len(text) > NAME_MAX:
            label = field._description_string(self.env)
            self._refuse(
                Refusal("value_too_long", values={"field": label, "most": NAME_MAX})
            )
        return text or False

    @api.model
    def _portal_add_deputy(self, applicant_id, values):
        """Name a deputy of the liaison officer."""
        applicant = self._portal_own_applicant(applicant_id)
        self._portal_refuse_reader(applicant)
        lines = self._portal_officer_values(values)
        refuse = applicant.env["award.application"]._refuse
        if not lines.get("name"):
            refuse(Refusal("officer_unnamed"))
        deputies = applicant.liaison_ids.filtered(
            lambda o: o.kind == "deputy" and not o.until
        )
        if len(deputies) >= DEPUTIES_MAX:
            refuse(Refusal("deputies_too_many", values={"most": DEPUTIES_MAX}))
        applicant.env["award.applicant.liaison"].create(
            {**lines, "applicant_id": applicant.id, "kind": "deputy"}
        )
        return True

    @api.model
    def _portal_end_deputy(self, applicant_id, officer_id):
        """A deputy is no longer in charge; the history keeps him."""
        applicant = self._portal_own_applicant(applicant_id)
        self._portal_refuse_reader(applicant)
        officer = applicant.liaison_ids.filtered(
            lambda o: o.id == known_id(officer_id) and o.kind == "deputy"
        )
        if not officer:
            error = MissingError(self.env._("There is no such liaison officer."))
            raise self._asked_in_vain(
                error, "award.applicant.liaison", known_id(officer_id)
            )
        if not officer.until:
            officer.until = self.env["award.clock"]._today()
        return True
