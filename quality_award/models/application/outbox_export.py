import base64

from odoo import fields, models

from ..base.spreadsheet import write_table
from .refusals import refuse


class AwardMessageFile(models.TransientModel):
    """The file of numbers and texts for the platform, made once, to be fetched."""

    _name = "award.message.file"
    _description = "File for the SMS Platform"

    name = fields.Char(readonly=True)
    content = fields.Binary(readonly=True, attachment=True)
    count = fields.Integer("Messages", readonly=True)


class AwardOutboxMessage(models.Model):
    """Text messages leave by a file: one row for each, columns as the agency says."""

    _inherit = "award.outbox.message"

    def action_export(self):
        """Hand the released text messages of the selection to the platform.

        The full numbers are in the file only; that they were taken leaves an entry.
        """
        self.check_access("read")
        waiting = self.filtered(lambda m: m.channel == "sms" and m.state == "released")
        if not waiting:
            refuse(self.env, "nothing_released")
        waiting._apply_move("export", values={"handed_over_at": fields.Datetime.now()})
        settings = self.env["award.message.settings"]._of(waiting[:1].company_id)
        rows = (
            (message.reference, message.address, message.text)
            for message in waiting.sudo().sorted("id")  # sudo: logged below
        )
        content = write_table(settings._export_head(), rows, widths=(14, 16, 70))
        self.env["award.access.entry"]._leave(
            "export_sms", self._name, waiting.ids
        )
        stamp = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        made = self.env["award.message.file"].create({"count": len(waiting)})
        kept = made.sudo()  # sudo: read-only for people
        kept.write(
            {
                "name": f"sms_{stamp:%Y%m%d_%H%M}_{len(waiting)}.xlsx",
                "content": base64.b64encode(content),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File for the SMS Platform"),
            "res_model": "award.message.file",
            "res_id": made.id,
            "view_mode": "form",
            "target": "new",
        }
