from odoo import fields, models

from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from ..base.spreadsheet import text_date
from .applicant_fields import ASKED, REGISTERED_BY

YES = {"1", "TRUE", "YES", "Y", "是", "√"}
#: Columns of the case itself, beside those of the applicant.
OF_CASE = ("recommender", "choice_code")
#: Not asked for in a table: they lead to other records.
LEFT_OUT = {"trade_id"}


class AwardRegistrationImport(models.TransientModel):
    """Registrations of applicants who have no account, many at once."""

    _name = "award.registration.import"
    _description = "Import of Registrations"
    _inherit = ["award.sheet.import"]

    edition_id = fields.Many2one(
        "award.edition",
        required=True,
        default=lambda self: self.env["award.edition"]._current_edition(),
        domain=[("state", "=", "announced")],
    )
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    class_id = fields.Many2one(
        "award.class", required=True, domain="[('scheme_id', '=', scheme_id)]"
    )

    # -- the table -------------------------------------------------------------------
    def _columns(self):
        subject = self.class_id.subject
        of_applicant = dict.fromkeys(
            ("name", *REGISTERED_BY[subject], "trade_code", *ASKED[subject])
        )
        return [
            *(name for name in of_applicant if name not in LEFT_OUT),
            *OF_CASE,
        ]

    def _head(self):
        return {
            name: self._names(lambda env, name=name: self._label(env, name))
            for name in self._columns()
        }

    def _label(self, env, name):
        if name == "trade_code":
            return env._("Trade Code")
        if name == "recommender":
            field = env["award.application"]._fields["recommender_id"]
            return field._description_string(env)
        if name == "choice_code":
            return env._("Choice (Code)")
        Application = env["award.application"]
        return Application._portal_label(self.class_id.subject, name)

    def _optional(self):
        needed = {"name", *REGISTERED_BY[self.class_id.subject]}
        return [name for name in self._columns() if name not in needed]

    # -- examining -------------------------------------------------------------------
    def _examine(self, rows):
        self.env["award.application"].check_access("create")
        edition = self.edition_id.sudo()  # sudo: the right was asked above
        if refusal := edition._window_refusal():
            edition._refuse(refusal)
        if self.class_id not in edition._open_classes():
            edition._refuse(Refusal("class_unknown"))
        known = self._known(rows)
        seen, found = {}, []
        for number, row in rows:
            name = row.get("name") or "–"
            try:
                values = self._values_of(row, known)
                outcome, said = self._outcome(values, known, seen, number)
            except AwardRefusal as refused:
                values, outcome, said = {}, "wrong", str(refused)
            found.append(
                {
                    "number": number,
                    "name": name,
                    "outcome": outcome,
                    "said": said,
                    "values": values,
                }
            )
        return found

    def _known(self, rows):
        """What the rows may name, fetched at once."""
        company = [("company_id", "=", self.edition_id.company_id.id)]
        env = self.sudo().env  # sudo: the right was asked by the caller
        trades = env["award.trade"].search(company)
        recommenders = env["award.recommender"].search(company)
        marks = {self._mark(row) for _number, row in rows} - {False, ""}
        applicants = env["award.applicant"].search(
            [*company, ("fingerprint", "in", sorted(marks))]
        )
        cases = env["award.application"].search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("applicant_id", "in", applicants.ids),
                ("state", "!=", "withdrawn"),
            ]
        )
        return {
            "trades": {trade.code: trade for trade in trades},
            "recommenders": {
                name: one
                for one in recommenders
                for name in (one.name_zh, one.name_en)
                if name
            },
            "applicants": {one.fingerprint: one for one in applicants},
            "cases": {case.applicant_id: case for case in cases},
            "members": set(applicants.member_ids.applicant_id),
        }

    def _mark(self, row):
        Applicant = self.env["award.applicant"].sudo()  # sudo: a hash of what is typed
        subject = self.class_id.subject
        named = {name: row.get(name) for name in REGISTERED_BY[subject]}
        return Applicant._fingerprint_of(subject, name=row.get("name"), **named)

    def _values_of(self, row, known):
        """The row as values of applicant and case; the first fault is refused."""
        Application = self.env["award.application"]
        subject = self.class_id.subject
        named = {name: row.get(name, "") for name in REGISTERED_BY[subject]}
        Application._portal_check_named(subject, named)
        if not row["name"]:
            label = Application._portal_label(subject, "name")
            self._wrong("value_missing", field=label)
        values = {
            "name": self._value("name", row["name"]),
            **{name: code for name, code in named.items() if code},
        }
        for name in ASKED[subject]:
            if row.get(name) and name not in LEFT_OUT and name not in values:
                values[name] = self._value(name, row[name])
        return {
            "mark": self._mark(row),
            "applicant": values,
            "trade": self._named(known["trades"], row, "trade_code"),
            "recommender": self._named(known["recommenders"], row, "recommender"),
            "choice": self._named(
                {choice.code: choice for choice in self.class_id.choice_ids},
                row,
                "choice_code",
            ),
        }

    def _value(self, name, text):
        field = self.env["award.applicant"]._fields[name]
        if field.type == "boolean":
            return text.upper() in YES
        if field.type == "date":
            day = text_date(text)
            return day or self._unknown(name, text)
        if field.type == "selection":
            options = {}
            for lang in ("en_US", "zh_CN", self.env.lang):
                env = self.with_context(lang=lang).env
                options |= {
                    label: key for key, label in field._description_selection(env)
                }
            options |= {key: key for key in field.get_values(self.env)}
            return options.get(text) or self._unknown(name, text)
        edition = self.edition_id
        return self.env["award.application"]._portal_value(edition, field, text)

    def _named(self, known, row, name):
        text = row.get(name)
        if not text:
            return None
        return known.get(text) or self._unknown(name, text)

    def _unknown(self, name, text):
        self._wrong("value_unknown", value=text, field=self._label(self.env, name))

    def _wrong(self, code, **values):
        refusal = Refusal(code, None, values)
        raise AwardRefusal(refusal_text(self.env, refusal), [refusal])

    def _outcome(self, values, known, seen, number):
        mark = values["mark"]
        if mark in seen:
            self._wrong("import_twice", row=seen[mark])
        seen[mark] = number
        applicant = known["applicants"].get(mark)
        if applicant in known["cases"]:
            return "there", known["cases"][applicant].display_name
        if applicant in known["members"]:
            self._wrong("applicant_held")
        return "new", ""

    # -- writing ---------------------------------------------------------------------
    def _make(self, found):
        if not found:
            return
        edition = self.edition_id.sudo()  # sudo: asked for when it was examined
        env = edition.env
        known = self._known([(0, row["values"]["applicant"]) for row in found])
        fresh = [
            row
            for row in found
            if row["values"]["mark"] not in known["applicants"]
        ]
        made = env["award.applicant"].create(
            [
                {
                    **row["values"]["applicant"],
                    "subject": self.class_id.subject,
                    "trade_id": (row["values"]["trade"] or env["award.trade"]).id,
                    "company_id": edition.company_id.id,
                }
                for row in fresh
            ]
        )
        by_mark = known["applicants"] | {one.fingerprint: one for one in made}
        silent = env["award.application"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        cases = silent.create(
            [self._case_values(row["values"], by_mark) for row in found]
        )
        entry = cases[:1]._entry_stage()
        env["award.case.stage"]._open(cases, entry)

    def _case_values(self, values, by_mark):
        applicant = by_mark[values["mark"]]
        return {
            "edition_id": self.edition_id.id,
            "class_id": self.class_id.id,
            "applicant_id": applicant.id,
            "trade_id": applicant.trade_id.id,
            "choice_id": values["choice"].id if values["choice"] else False,
            "recommender_id": values["recommender"].id
            if values["recommender"]
            else False,
            "registered_at": fields.Datetime.now(),
            "entry_mode": "import",
            "entered_by_id": self.env.uid,
        }
