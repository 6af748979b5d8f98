import base64
import hashlib

from markupsafe import Markup

from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from ..base.spreadsheet import read_table

#: Outcome of a row -> colour.
TONES = {"new": "success", "there": "secondary", "wrong": "danger"}


class AwardSheetImport(models.AbstractModel):
    """An XLSX file whose rows are examined first and carried out afterwards.

    Examining writes nothing. Carrying out takes the very file that was examined,
    examines it again, and makes all rows or none; rows that are there already stay,
    so that a second time changes nothing.
    """

    _name = "award.sheet.import"
    _description = "Import of an XLSX File"

    file = fields.Binary("XLSX File", attachment=False)
    file_name = fields.Char()
    digest = fields.Char(readonly=True)
    count_new = fields.Integer("To Be Added", readonly=True)
    count_there = fields.Integer("There Already", readonly=True)
    count_wrong = fields.Integer("With Errors", readonly=True)
    preview = fields.Html(readonly=True, sanitize=False)

    # -- what the rooms answer -------------------------------------------------------
    def _head(self):
        """dict key -> names of the column in the languages of the interface."""
        raise NotImplementedError

    def _optional(self):
        """Keys whose column may be missing."""
        return ()

    def _examine(self, rows):
        """What each row would do; nothing is written.

        :param rows: list of (number, dict key -> text)
        :return: list of dicts: `number`, `name`, `outcome` (a key of `TONES`), `said`,
            `values`
        """
        raise NotImplementedError

    def _make(self, found):
        """Write the rows whose outcome is `new`."""
        raise NotImplementedError

    # -- acts ------------------------------------------------------------------------
    def action_examine(self):
        """Show every row with what it would do, or why it is refused."""
        self.ensure_one()
        data, found = self._read()
        self.write(
            {
                "digest": hashlib.sha256(data).hexdigest(),
                **{f"count_{key}": self._count(found, key) for key in TONES},
                "preview": self._shown(found),
            }
        )
        return self._again()

    def action_carry_out(self):
        """Write what was examined; all rows or none."""
        self.ensure_one()
        data, found = self._read()
        if hashlib.sha256(data).hexdigest() != self.digest:
            raise self._refusal("import_other_file")
        if wrong := self._count(found, "wrong"):
            raise self._refusal("import_errors", count=wrong)
        new = [row for row in found if row["outcome"] == "new"]
        self._make(new)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("%(count)s row(s) added.", count=len(new)),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_template(self):
        """An empty table with the right head."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/award/xlsx/template/{self._name}/{self.id}",
            "target": "download",
        }

    # -- helpers ---------------------------------------------------------------------
    def _read(self):
        if not self.file:
            raise self._refusal("import_no_file")
        data = base64.b64decode(self.file)
        rows = read_table(self.env, data, self._head(), optional=self._optional())
        return data, self._examine(list(rows))

    def _again(self):
        models_ = self.env["ir.model"].sudo()  # sudo: the name of the dialogue only
        return {
            "type": "ir.actions.act_window",
            "name": models_._get(self._name).name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @staticmethod
    def _count(found, outcome):
        return sum(row["outcome"] == outcome for row in found)

    def _refusal(self, code, **values):
        refusal = Refusal(code, None, values)
        return AwardRefusal(refusal_text(self.env, refusal), [refusal])

    def _outcome_words(self):
        return {
            "new": self.env._("To Be Added"),
            "there": self.env._("There Already"),
            "wrong": self.env._("Error"),
        }

    def _shown(self, found):
        """The rows as a table, those with errors first."""
        words = self._outcome_words()
        order = sorted(
            found, key=lambda row: (row["outcome"] != "wrong", row["number"])
        )
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Row"),
            self.env._("Applicant"),
            self.env._("Result"),
            self.env._("Because"),
        )
        rows = Markup().join(
            Markup(
                '<tr><td>%s</td><td>%s</td><td><span class="badge text-bg-%s">%s</span>'
                "</td><td>%s</td></tr>"
            )
            % (
                row["number"],
                row["name"],
                TONES[row["outcome"]],
                words[row["outcome"]],
                row["said"],
            )
            for row in order
        )
        return Markup('<table class="table table-sm">%s%s</table>') % (head, rows)

    @api.model
    def _names(self, label):
        """Names of a column in English and Chinese.

        :param label: function of an environment
        """
        found = [
            label(self.with_context(lang=lang).env)
            for lang in (self.env.lang, "zh_CN", "en_US")
        ]
        return tuple(dict.fromkeys(found))
