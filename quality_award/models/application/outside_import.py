from odoo import models

from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from ..base.spreadsheet import text_date

COLUMNS = (
    "award_name",
    "level",
    "award_year",
    "applicant_name",
    "credit_code",
    "identity_number",
    "source",
    "source_date",
)
NEEDED = ("award_name", "level", "award_year", "applicant_name", "source")


class AwardOutsideImport(models.TransientModel):
    """The registers of districts and other bodies: who applied there in a year."""

    _name = "award.outside.import"
    _description = "Import of a Register of Other Awards"
    _inherit = ["award.sheet.import"]

    def _head(self):
        return {
            name: self._names(lambda env, n=name: self._label(env, n))
            for name in COLUMNS
        }

    @staticmethod
    def _label(env, name):
        return env["award.outside.entry"]._fields[name]._description_string(env)

    def _optional(self):
        return [name for name in COLUMNS if name not in NEEDED]

    # -- examining -------------------------------------------------------------------
    def _examine(self, rows):
        self.env["award.outside.entry"].check_access("create")
        seen, found = {}, []
        for number, row in rows:
            try:
                values = self._values_of(row)
                key = self._key_of(values)
                if key in seen:
                    self._wrong("import_twice", row=seen[key])
                seen[key] = number
                outcome, said = "new", ""
            except AwardRefusal as refused:
                values, outcome, said = {}, "wrong", str(refused)
            found.append(
                {
                    "number": number,
                    "name": row["applicant_name"] or "–",
                    "outcome": outcome,
                    "said": said,
                    "values": values,
                }
            )
        there = self._there({row["values"].get("award_year") for row in found})
        for row in found:
            if row["outcome"] == "new" and self._key_of(row["values"]) in there:
                row["outcome"] = "there"
        return found

    def _there(self, years):
        entries = self.env["award.outside.entry"].sudo().search(  # sudo: hashes only
            [
                ("award_year", "in", [year for year in years if year]),
                ("company_id", "=", self.env.company.id),
            ]
        )
        return {
            (
                one.award_name,
                one.level,
                one.award_year,
                one.fingerprint or one.applicant_name,
            )
            for one in entries
        }

    def _key_of(self, values):
        Applicant = self.env["award.applicant"].sudo()  # sudo: a hash of what is typed
        mark = False
        if values.get("credit_code"):
            mark = Applicant._fingerprint_of(
                "organisation", credit_code=values["credit_code"]
            )
        elif values.get("identity_number"):
            number = values["identity_number"]
            mark = Applicant._fingerprint_of("individual", identity_number=number)
        return (
            values["award_name"],
            values["level"],
            values["award_year"],
            mark or values["applicant_name"],
        )

    def _values_of(self, row):
        for name in NEEDED:
            if not row.get(name):
                self._wrong("value_missing", field=self._label(self.env, name))
        Applicant = self.env["award.applicant"]
        if code := row.get("credit_code"):
            Applicant._refuse_credit_code(code)
        if number := row.get("identity_number"):
            Applicant._refuse_identity_number(number)
        year = row["award_year"]
        if not (year.isdigit() and 1900 <= int(year) <= 2199):
            self._unknown("award_year", year)
        day = row.get("source_date")
        if day and not text_date(day):
            self._unknown("source_date", day)
        values = {name: row[name] for name in COLUMNS if row.get(name)}
        return {
            **values,
            "level": self._level(row["level"]),
            "award_year": int(year),
            **({"source_date": text_date(day)} if day else {}),
        }

    def _level(self, text):
        field = self.env["award.outside.entry"]._fields["level"]
        options = {key: key for key in field.get_values(self.env)}
        for lang in ("en_US", "zh_CN"):
            env = self.with_context(lang=lang).env
            options |= {label: key for key, label in field._description_selection(env)}
        return options.get(text) or self._unknown("level", text)

    def _unknown(self, name, text):
        self._wrong("value_unknown", value=text, field=self._label(self.env, name))

    def _wrong(self, code, **values):
        refusal = Refusal(code, None, values)
        raise AwardRefusal(refusal_text(self.env, refusal), [refusal])

    # -- writing ---------------------------------------------------------------------
    def _make(self, found):
        self.env["award.outside.entry"].create([row["values"] for row in found])
