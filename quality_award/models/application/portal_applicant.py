from odoo import api, fields, models

from ..base.refusal import translated
from .applicant_fields import ASKED, LABELS, LABELS_OF, REGISTERED_BY
from .refusals import refuse

#: Characters of a single line at most.
NAME_MAX = 256
TRUE = (False, None, "", "0", "false")


def known_id(value):
    """An id as the database takes it; 0, which no record has, for anything else."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return 0
    return number if 0 < number < 2**31 else 0


def clean_text(value):
    """Text as PostgreSQL takes it: no NUL, no half of a surrogate pair."""
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n")
    return text.encode("utf-8", "ignore").decode()


class AwardApplication(models.Model):
    """What applicants say of themselves: read, checked and shown, by kind."""

    _inherit = "award.application"

    def _portal_member(self, applicant):
        """Whether the user acts for the applicant; people of the agency do not."""
        if self.env["award.applicant.member"]._is_agency():
            return False
        return self.env.user in applicant.member_ids.user_id

    def _portal_applicant(self, edition, award_class, values):
        """The applicant that the values name, created when it is new here.

        An applicant whose number or code is known belongs to those who act for it;
        for others there is one refusal, which repeats no number.
        """
        Applicant = edition.env["award.applicant"]
        subject = award_class.subject
        named = {name: clean_text(values.get(name)) for name in REGISTERED_BY[subject]}
        self._portal_check_named(subject, named)
        fingerprint = Applicant._fingerprint_of(
            subject, name=clean_text(values.get("name")), **named
        )
        known = Applicant.search(
            [
                ("fingerprint", "=", fingerprint),
                ("company_id", "=", edition.company_id.id),
            ]
        )
        if known and not self._portal_member(known):
            self._portal_held(subject, named)
        written = self._portal_values(edition, subject, values)
        if known:
            self._portal_refuse_reader(known)
            known.write(written)
            return known
        if not written.get("name"):
            refuse(self.env, "value_missing", field=self._portal_label(subject, "name"))
        return Applicant.create(
            {
                **written,
                **{name: value for name, value in named.items() if value},
                "subject": subject,
                "company_id": edition.company_id.id,
                "member_ids": [fields.Command.create({"user_id": self.env.uid})],
            }
        )

    def _portal_check_named(self, subject, named):
        """Refuse what cannot be a code or number before it reaches a statement."""
        applicant = self.env["award.applicant"]
        if subject == "individual":
            applicant._refuse_identity_number(named["identity_number"])
        for name, code in named.items():
            optional = subject == "unit" and not code
            if name.endswith("_code") and not optional:
                applicant._refuse_credit_code(code)
        if subject == "unit" and not any(named.values()):
            refuse(self.env, "responsible_missing")

    def _portal_held(self, subject, named):
        if subject == "organisation":
            code = self.env["award.applicant"]._clean_credit_code(named["credit_code"])
            refuse(self.env, "credit_code_held", code=code)
        refuse(self.env, "applicant_held")

    # -- values ----------------------------------------------------------------------
    def _portal_values(self, edition, subject, values):
        """The named values of an applicant, each checked; the rest is ignored."""
        Applicant = edition.env["award.applicant"]
        found = {}
        if values.get("trade_code"):
            values = {**values, "trade_id": self._portal_trade(edition, values)}
        for name in ASKED[subject]:
            if name in values:
                field = Applicant._fields[name]
                found[name] = self._portal_value(edition, field, values[name])
        if "name" in found and not found["name"]:
            found.pop("name")
        return found

    def _portal_trade(self, edition, values):
        trade = edition.env["award.trade"].search(
            [
                ("code", "=", clean_text(values["trade_code"])),
                ("company_id", "=", edition.company_id.id),
            ]
        )
        if not trade:
            code = values["trade_code"]
            self._portal_unknown("award.applicant", "trade_id", code)
        return trade.id

    def _portal_value(self, edition, field, value):
        """One value as the field takes it, or the refusal that names the field."""
        if field.type == "boolean":
            return value not in TRUE
        if not value:
            return False
        try:
            if field.type == "date":
                return fields.Date.to_date(value)
            if field.type == "integer":
                return self._portal_whole(field, value)
            if field.type == "many2one":
                return self._portal_record(edition, field, value)
        except (TypeError, ValueError):
            self._portal_unknown(field.model_name, field.name, value)
        if field.type == "selection" and value not in field.get_values(self.env):
            self._portal_unknown(field.model_name, field.name, value)
        text = clean_text(value).strip()
        if len(text) > NAME_MAX:
            label = field._description_string(self.env)
            refuse(self.env, "value_too_long", field=label, most=NAME_MAX)
        return text

    def _portal_whole(self, field, value):
        number = int(str(value).strip())
        if abs(number) >= 2**31:
            raise ValueError(value)
        return number

    def _portal_record(self, edition, field, value):
        found = edition.env[field.comodel_name].search(
            [("id", "=", known_id(value)), ("company_id", "=", edition.company_id.id)]
        )
        return found.id or self._portal_unknown(field.model_name, field.name, value)

    def _portal_unknown(self, model, name, value):
        label = self.env[model]._fields[name]._description_string(self.env)
        refuse(self.env, "value_unknown", value=value, field=label)

    # -- the form ---------------------------------------------------------------------
    @api.model
    def _portal_label(self, subject, name):
        """The word for a field on the form of this kind of applicant."""
        own = LABELS_OF[subject].get(name) or LABELS.get(name)
        if own:
            return translated(self.env, own)
        field = self.env["award.applicant"]._fields[name]
        return field._description_string(self.env)

    @api.model
    def _portal_form(self, edition, subject, applicant=None, *, registering=False):
        """The fields of the form, in order.

        :return: list of dicts: `name`, `label`, `kind` (text, date, email, checkbox,
            choice), `options`, `value`, `required`
        """
        names = ASKED[subject]
        keys = REGISTERED_BY[subject] if registering else ()
        order = (*keys, *(name for name in names if name not in keys))
        return [
            {
                "name": name,
                "label": self._portal_label(subject, name),
                "required": name in keys and (subject != "unit"),
                **self._portal_input(edition, name, applicant),
            }
            for name in order
        ]

    def _portal_input(self, edition, name, applicant):
        field = self.env["award.applicant"]._fields[name]
        value = applicant[name] if applicant else None
        if field.type == "many2one":
            own = [("company_id", "=", edition.company_id.id)]
            found = edition.env[field.comodel_name].search(own)
            options = [(record.id, record.display_name) for record in found]
            return {"kind": "choice", "options": options, "value": value and value.id}
        if field.type == "selection":
            options = field._description_selection(self.env)
            return {"kind": "choice", "options": options, "value": value}
        kinds = {"date": "date", "boolean": "checkbox"}
        kind = "email" if name.endswith("email") else kinds.get(field.type, "text")
        return {"kind": kind, "options": [], "value": value or ""}
