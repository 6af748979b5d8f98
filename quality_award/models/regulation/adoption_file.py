"""The document by which a scheme was adopted stays the one that was recorded.

It lies in an attachment, beside the scheme: the scheme's own columns are kept by the
database, the file by this, and where it was changed all the same (on the disk, by SQL)
its fingerprint tells.
"""

import base64
import hashlib

from odoo import api, fields, models

from ...rules.refusal import Refusal
from .frozen import EDITABLE

FIELD = "adoption_document"
#: What an attachment is, and whose.
_CONTENT = frozenset({"raw", "datas", "db_datas", "store_fname", "checksum"})
_PLACE = frozenset({"res_model", "res_id", "res_field", "type", "url"})


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    is_adoption_changed = fields.Boolean(
        compute="_compute_is_adoption_changed", export_string_translation=False
    )

    @api.depends("adoption_hash", FIELD)
    def _compute_is_adoption_changed(self):
        """Whether the file differs from the one whose fingerprint was taken."""
        for scheme in self:
            kept = scheme.adoption_hash
            scheme.is_adoption_changed = bool(
                kept and kept != scheme._fingerprint()["adoption_hash"]
            )

    def _fingerprint(self):
        """Column of the fingerprint of the file as it is now; empty without one."""
        data = self.with_context(bin_size=False)[FIELD]
        if not data:
            return {"adoption_hash": False}
        content = base64.b64decode(data)
        return {"adoption_hash": hashlib.sha256(content).hexdigest()}

    def _guard_adoption_unchanged(self):
        """What is published has been adopted by the document that lies here."""
        self.invalidate_recordset([FIELD])
        if self.is_adoption_changed:
            rules = self._adopting_rules()
            return Refusal("scheme_adoption_changed", rules[:1].clause_id.code or None)
        return None


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("res_field") == FIELD:
                self._refuse_adoption(vals.get("res_model"), vals.get("res_id"))
        return super().create(vals_list)

    def write(self, vals):
        """The same content may be stored in another way; another content may not."""
        kept = self.filtered(lambda file: file._is_adoption())
        placed = (_PLACE & vals.keys()) and "res_field" in vals
        if kept and (_CONTENT | _PLACE) & vals.keys():
            kept._adoption_refuse_other(vals)
        elif placed and vals["res_field"] == FIELD:
            for file in self:
                self._refuse_adoption(
                    vals.get("res_model", file.res_model),
                    vals.get("res_id", file.res_id),
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_adoption(self):
        for file in self.filtered(lambda file: file._is_adoption()):
            self._refuse_adoption(file.res_model, file.res_id)

    def _is_adoption(self):
        """Whether the file is the adopting document of a scheme."""
        file = self.sudo()  # sudo: whose file it is, whoever asks
        return file.res_model == "award.scheme" and file.res_field == FIELD

    def _adoption_refuse_other(self, vals):
        for file in self:
            same = not _PLACE & vals.keys() and file._adoption_same(vals)
            if not same:
                self._refuse_adoption(file.res_model, file.res_id)

    def _adoption_same(self, vals):
        """Whether the content written is the one that is there."""
        if vals.keys() & _CONTENT == {"raw"}:
            new = vals["raw"] or b""
        elif vals.keys() & _CONTENT == {"datas"}:
            new = base64.b64decode(vals["datas"] or b"")
        else:
            return False
        return (new.encode() if isinstance(new, str) else new) == (self.raw or b"")

    @api.model
    def _refuse_adoption(self, model, id_):
        if model != "award.scheme" or not id_:
            return
        schemes = self.env["award.scheme"].sudo()  # sudo: its state, whoever asks
        scheme = schemes.browse(id_).exists()
        if scheme and scheme.state not in EDITABLE:
            scheme._refuse(Refusal("scheme_adoption_closed"))
