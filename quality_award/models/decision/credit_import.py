import base64
import hashlib

from markupsafe import Markup

from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardConsultation(models.Model):
    _inherit = "award.consultation"

    def action_credit_import(self):
        """Ask for the table that came back.

        :return: the dialogue
        """
        self.ensure_one()
        wizard = self.env["award.credit.import"].create({"consultation_id": self.id})
        return wizard._reopen()


class AwardCreditImport(models.TransientModel):
    """Reads a table that came back: first shown row by row, then carried out.

    Only the very file that was shown is carried out, and only where nothing in it is
    wrong; else nothing is written.
    """

    _name = "award.credit.import"
    _description = "Read the Reply of a Department"

    consultation_id = fields.Many2one(
        "award.consultation", required=True, readonly=True
    )
    file = fields.Binary("Table")
    file_name = fields.Char()
    shown_hash = fields.Char(readonly=True)
    report = fields.Html(readonly=True, sanitize=False)
    error_count = fields.Integer("Errors", readonly=True)
    is_shown = fields.Boolean(compute="_compute_is_shown")

    @api.depends("shown_hash", "error_count")
    def _compute_is_shown(self):
        for wizard in self:
            wizard.is_shown = bool(wizard.shown_hash) and not wizard.error_count

    def _data(self):
        self.consultation_id.check_access("write")
        file = self.with_context(bin_size=False).file
        if not file:
            self.consultation_id._refuse(Refusal("credit_file_missing"))
        return base64.b64decode(file)

    def action_dry_run(self):
        """Show what each row would do, or what is wrong with it; nothing is written."""
        self.ensure_one()
        data = self._data()
        found, errors = self.consultation_id._credit_read(data)
        shown = self.sudo()  # sudo: what the dialogue shows is not typed
        shown.write(
            {
                "shown_hash": hashlib.sha256(data).hexdigest(),
                "error_count": len(errors),
                "report": self._report(found, errors),
            }
        )
        return self._reopen()

    def action_carry_out(self):
        """Write the answers of the file that was shown: all of them, or none.

        :raise AwardRefusal: `credit_file_changed`, `credit_file_wrong`
        """
        self.ensure_one()
        data = self._data()
        if hashlib.sha256(data).hexdigest() != self.shown_hash:
            self.consultation_id._refuse(Refusal("credit_file_changed"))
        found, errors = self.consultation_id._credit_read(data)
        if errors:
            shown = {"count": len(errors)}
            self.consultation_id._refuse(Refusal("credit_file_wrong", values=shown))
        for answer, values in found:
            answer.write(values)
        return {"type": "ir.actions.act_window_close"}

    def _report(self, found, errors):
        if errors:
            rows = Markup("").join(
                Markup("<tr><td>{}</td><td>{}</td></tr>").format(number or "", text)
                for number, text in errors
            )
            head = (self.env._("Row"), self.env._("What Is Wrong"))
        else:
            adverse = [pair for pair in found if pair[1]["verdict"] == "adverse"]
            subjects = dict(
                self.env["award.credit.answer"]
                ._fields["field"]
                ._description_selection(self.env)
            )
            rows = Markup("").join(
                Markup("<tr><td>{}</td><td>{}: {}</td></tr>").format(
                    answer.application_id.display_name,
                    subjects[answer.field],
                    values["evidence"],
                )
                for answer, values in adverse
            )
            head = (
                self.env._(
                    "%(count)s answers, of them adverse: %(adverse)s",
                    count=len(found),
                    adverse=len(adverse),
                ),
                self.env._("Evidence"),
            )
        return Markup(
            '<table class="table table-sm"><thead><tr><th>{}</th><th>{}</th></tr>'
            "</thead><tbody>{}</tbody></table>"
        ).format(*head, rows)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Read the Reply"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
