"""The table that goes to a department and comes back, read strictly.

Each row is a case: the mark of the round, number, name, credit code, the days looked
back to, and for each subject what is known. Whatever was changed in the columns that
identify a case, and every word that is not known, is told by row; nothing is guessed.
"""

import base64

from odoo import fields, models

from ..base import spreadsheet

#: Columns that identify a row, and those of one subject.
FIXED = ("round", "case", "name", "code", "first", "last")
OF_SUBJECT = ("verdict", "kind", "day", "severity", "source", "evidence")
LANGUAGES = ("zh_CN", "en_US")


class AwardConsultation(models.Model):
    _inherit = "award.consultation"

    credit_xlsx = fields.Binary(
        "Table for the Department", compute="_compute_credit_xlsx"
    )

    def action_credit_xlsx(self):
        """Download the table for the department."""
        self.ensure_one()
        name = f"{self.round_id.name} {self.body_id.display_name}.xlsx"
        name = name.replace("/", "-")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/credit_xlsx/{name}"
            "?download=true",
            "target": "self",
        }

    def _compute_credit_xlsx(self):
        for letter in self:
            table = letter.round_id and letter._credit_table()
            letter.credit_xlsx = bool(table) and base64.b64encode(table)

    def _credit_table(self):
        """The table as bytes of an XLSX file, in the language of the user."""
        head = list(self._credit_head(self.env.lang).values())
        widths = [14, 22, 36, 22, 12, 12]
        return spreadsheet.write_table(
            head, self._credit_rows(), title=self.body_id.display_name, widths=widths
        )

    def _credit_rows(self):
        words = self._credit_words(self.env.lang)
        for opinion in self.opinion_ids:
            applicant = opinion.application_id.applicant_id
            answers = {answer.field: answer for answer in opinion.answer_ids}
            firsts = [a.first_day for a in answers.values()]
            row = [
                self._credit_mark(),
                opinion.application_id.name,
                applicant.name,
                applicant.credit_code or "",
                min(firsts) if firsts and all(firsts) else None,
                max((a.last_day for a in answers.values()), default=None),
            ]
            for field in self._credit_subjects():
                answer = answers[field]
                row += [
                    words["verdict"].get(answer.verdict, ""),
                    words["kind"].get(answer.fact_kind, ""),
                    answer.happened_on or None,
                    words["severity"].get(answer.severity, ""),
                    answer.number or "",
                    answer.evidence or "",
                ]
            yield row

    def _credit_mark(self):
        """What tells the table of this letter from all others."""
        return f"{self.round_id.id}-{self.id}"

    def _credit_subjects(self):
        return list(dict.fromkeys(self.answer_ids.sorted("id").mapped("field")))

    def _credit_head(self, lang):
        """key -> name of the column in a language."""
        own = self.with_context(lang=lang)
        translate = own.env._
        fixed = (
            translate("Round"),
            translate("Case Number"),
            translate("Applicant"),
            translate("Credit Code"),
            translate("Looked Back From"),
            translate("Looked Back To"),
        )
        of_subject = (
            translate("Reply"),
            translate("What"),
            translate("On"),
            translate("Severity"),
            translate("Source"),
            translate("Evidence"),
        )
        head = dict(zip(FIXED, fixed, strict=True))
        subjects = own._credit_words(lang)["field"]
        for field in self._credit_subjects():
            for key, label in zip(OF_SUBJECT, of_subject, strict=True):
                head[f"{field}.{key}"] = f"{subjects[field]}: {label}"
        return head

    def _credit_words(self, lang):
        """What cells say in a language: column -> key -> word."""
        answers = self.env["award.credit.answer"].with_context(lang=lang)
        return {
            column: dict(answers._fields[name]._description_selection(answers.env))
            for column, name in (
                ("verdict", "verdict"),
                ("kind", "fact_kind"),
                ("severity", "severity"),
                ("field", "field"),
            )
        }

    # -- reading ---------------------------------------------------------------------
    def _credit_read(self, data):
        """What a table that came back says.

        :param data: bytes of the file
        :return: (list of (award.credit.answer, values), list of (row, error))
        :raise AwardRefusal: where it is no table of this kind at all
        """
        heads = [self._credit_head(lang) for lang in LANGUAGES]
        wanted = {
            key: list(dict.fromkeys(head[key] for head in heads)) for key in heads[0]
        }
        words = {}
        for lang in LANGUAGES:
            for column, labels in self._credit_words(lang).items():
                known = words.setdefault(column, {})
                known.update({label: key for key, label in labels.items()})
        by_number = {o.application_id.name: o for o in self.opinion_ids}
        found, errors, seen = [], [], set()
        for number, row in spreadsheet.read_table(self.env, data, wanted):
            wrong = self._credit_identity(row, by_number, seen)
            if not wrong:
                opinion = by_number[row["case"]]
                for answer in opinion.answer_ids:
                    values, more = self._credit_cells(answer.field, row, words)
                    found.append((answer, values))
                    wrong += more
            errors += [(number, text) for text in wrong]
        missing = sorted(by_number.keys() - seen)
        if missing:
            text = self.env._("Rows are missing: %(cases)s.", cases=", ".join(missing))
            errors.append((0, text))
        return found, errors

    def _credit_identity(self, row, by_number, seen):
        """What is wrong with the columns that identify a row, in words."""
        opinion = by_number.get(row["case"])
        if row["round"] != self._credit_mark():
            return [
                self.env._(
                    "The row is of another round or department (%(found)s, not "
                    "%(wanted)s).",
                    found=row["round"] or "–",
                    wanted=self._credit_mark(),
                )
            ]
        if not opinion:
            return [
                self.env._("There is no case %(case)s here.", case=row["case"] or "–")
            ]
        if row["case"] in seen:
            return [self.env._("Case %(case)s stands twice.", case=row["case"])]
        seen.add(row["case"])
        applicant = opinion.application_id.applicant_id
        wrong = []
        for key, kept in (("name", applicant.name), ("code", applicant.credit_code)):
            if row[key] != (kept or ""):
                wrong.append(
                    self.env._(
                        "“%(found)s” stands where “%(wanted)s” was sent.",
                        found=row[key],
                        wanted=kept or "",
                    )
                )
        return wrong

    def _credit_cells(self, field, row, words):
        """(values of the answer on one subject, what is wrong with its cells)."""
        cells = {key: row[f"{field}.{key}"] for key in OF_SUBJECT}
        subject = self._credit_words(self.env.lang)["field"][field]
        wrong = [
            self.env._(
                "%(about)s: a formula stands where a text is expected.", about=subject
            )
            for text in cells.values()
            if text.startswith("=")
        ]
        if wrong:
            return {}, wrong[:1]
        values = {"number": cells["source"], "evidence": cells["evidence"]}
        for key, name in (
            ("verdict", "verdict"),
            ("kind", "fact_kind"),
            ("severity", "severity"),
        ):
            values[name] = words[key].get(cells[key], False)
            if cells[key] and not values[name]:
                wrong.append(
                    self.env._(
                        "%(about)s: “%(word)s” is not known. Possible: %(words)s.",
                        about=subject,
                        word=cells[key],
                        words=", ".join(words[key]),
                    )
                )
        values["happened_on"] = spreadsheet.text_date(cells["day"]) or False
        if cells["day"] and not values["happened_on"]:
            wrong.append(
                self.env._(
                    "%(about)s: “%(word)s” is no date.",
                    about=subject,
                    word=cells["day"],
                )
            )
        return values, wrong or self._credit_gaps(subject, values)

    def _credit_gaps(self, subject, values):
        """What is missing of an answer, in words."""
        if not values["verdict"]:
            return [self.env._("%(about)s: the reply is missing.", about=subject)]
        full = values["fact_kind"] and values["happened_on"] and values["evidence"]
        if values["verdict"] == "adverse" and not full:
            return [
                self.env._(
                    "%(about)s: an adverse reply needs what happened, on which day and "
                    "the evidence.",
                    about=subject,
                )
            ]
        return []
