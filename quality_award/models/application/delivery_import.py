import base64
import hashlib
import re
from collections import Counter

from markupsafe import Markup

from odoo import api, fields, models

from ..base.spreadsheet import read_table
from .refusals import refuse

_REFERENCE = re.compile(r"^QA0*(\d{1,9})$")
#: Rows of the dry run that are shown.
SHOWN = 200


class AwardDeliveryImport(models.TransientModel):
    """The platform's list of what arrived: first shown row by row, then carried out.

    Nothing is noted before "Carry Out", and then all rows of the same file or none.
    """

    _name = "award.delivery.import"
    _description = "Delivery List of the SMS Platform"

    file = fields.Binary("Delivery List (XLSX)", attachment=True)
    file_name = fields.Char()
    digest = fields.Char(readonly=True, export_string_translation=False)
    is_ready = fields.Boolean(readonly=True)
    result = fields.Html(readonly=True, sanitize=False)

    def _data(self):
        if not self.file:
            refuse(self.env, "file_missing")
        return base64.b64decode(self.with_context(bin_size=False).file)

    def action_check(self):
        """Dry run: what each row would do, or why it cannot be taken."""
        self.ensure_one()
        self.env["award.outbox.message"].check_access("read")
        data = self._data()
        rows = self._rows(data)
        faults = sum(bool(row["fault"]) for row in rows)
        self.write(
            {
                "digest": hashlib.sha256(data).hexdigest(),
                "is_ready": not faults,
                "result": self._shown(rows, faults),
            }
        )
        return self._again()

    def action_carry_out(self):
        """Note the results of the file that was checked."""
        self.ensure_one()
        data = self._data()
        if hashlib.sha256(data).hexdigest() != self.digest:
            refuse(self.env, "file_changed")
        rows = self._rows(data)
        if faults := sum(bool(row["fault"]) for row in rows):
            refuse(self.env, "delivery_faults", count=faults)
        now = fields.Datetime.now()
        messages = self.env["award.outbox.message"]
        done = messages.union(*(r["message"] for r in rows if r["outcome"] == "sent"))
        if done:
            done._apply_move("deliver", values={"ended_at": now})
        by_reason = {}
        for row in rows:
            if row["outcome"] == "failed":
                found = by_reason.get(row["status"], messages)
                by_reason[row["status"]] = found | row["message"]
        for reason, failed in by_reason.items():
            failed._fail(reason)
        return {"type": "ir.actions.act_window_close"}

    # -- rows ------------------------------------------------------------------------
    def _rows(self, data):
        """The rows, each with its message, `outcome` and `fault`."""
        settings = self.env["award.message.settings"]._of(self.env.company)
        head = {
            "reference": settings.head_reference,
            "status": settings.head_status,
        }
        rows = [
            {"number": number, **row, "outcome": "", "fault": ""}
            for number, row in read_table(self.env, data, head, unknown="ignore")
        ]
        ids = [self._id_of(row["reference"]) for row in rows]
        seen = Counter(filter(None, ids))
        known = self.env["award.outbox.message"].search(
            [("id", "in", [id_ for id_ in ids if id_]), ("channel", "=", "sms")]
        )
        by_id = {message.id: message for message in known}
        words = {kind: settings._words(kind) for kind in ("delivered", "failed")}
        for row, id_ in zip(rows, ids, strict=True):
            row["message"] = by_id.get(id_, known.browse())
            self._judge(row, seen[id_], words)
        return rows

    @staticmethod
    def _id_of(reference):
        found = _REFERENCE.match((reference or "").strip().upper())
        return int(found.group(1)) if found else None

    def _judge(self, row, times, words):
        """Say what a row does, or what is wrong with it."""
        message, status = row["message"], row["status"].casefold()
        if not message:
            row["fault"] = self.env._("There is no text message with this number.")
        elif times > 1:
            row["fault"] = self.env._("The number stands in the list more than once.")
        elif message.state in {"delivered", "failed"}:
            row["outcome"] = "known"
        elif message.state != "exported":
            row["fault"] = self.env._("The message has not been handed over.")
        elif status in words["delivered"]:
            row["outcome"] = "sent"
        elif status in words["failed"]:
            row["outcome"] = "failed"
        else:
            row["fault"] = self.env._(
                "“%(word)s” is no known result. Add it in the settings of messages.",
                word=row["status"],
            )

    def _shown(self, rows, faults):
        words = {
            "sent": self.env._("Delivered"),
            "failed": self.env._("Failed"),
            "known": self.env._("Noted already"),
        }
        body = Markup().join(
            Markup('<tr class="%s"><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>')
            % (
                "table-danger" if row["fault"] else "",
                row["number"],
                row["reference"],
                row["message"].recipient or "",
                row["fault"] or words[row["outcome"]],
            )
            for row in sorted(rows, key=lambda row: not row["fault"])[:SHOWN]
        )
        text = self.env._(
            "%(rows)s rows, %(faults)s cannot be taken. Nothing has been noted yet.",
            rows=len(rows),
            faults=faults,
        )
        return Markup("<p>%s</p><table class='table table-sm'>%s</table>") % (
            text,
            body,
        )

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.onchange("file")
    def _onchange_file(self):
        self.is_ready = False
        self.result = False
