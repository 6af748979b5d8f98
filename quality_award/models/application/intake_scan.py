import base64
import io

from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardFile(models.Model):
    """Files that staff enters for an applicant are shown as such wherever they are."""

    _inherit = "award.file"

    is_by_staff = fields.Boolean("Entered by Staff", readonly=True)
    entry_note = fields.Char("Entered", compute="_compute_entry_note")

    @api.depends("is_by_staff")
    @api.depends_context("lang")
    def _compute_entry_note(self):
        for file in self:
            file.entry_note = file.is_by_staff and self.env._(
                "Entered by the award office on behalf of the applicant."
            )


class AwardIntake(models.Model):
    """The desk takes the scan of the sealed paper together with the paper."""

    _inherit = "award.intake"

    scan_names = fields.Char("Sealed Scans", compute="_compute_scan_names")

    @api.depends("version_code")
    def _compute_scan_names(self):
        """Scans of the version that the paper shows, whoever brought them."""
        kept = self.env["award.file"].sudo()  # sudo: names; the file has its own door
        found = kept.search(
            [
                ("application_id", "in", self.sudo().application_id.ids),  # sudo: ditto
                ("kind", "=", "sealed_scan"),
            ]
        ).grouped("version_code")
        for intake in self:
            scans = found.get(intake.version_code, kept)
            intake.scan_names = ", ".join(scans.mapped("name")) or False

    def action_attach_scan(self):
        """Choose the scan of the sealed paper that this entry took in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scan of the Sealed Paper"),
            "res_model": "award.intake.scan",
            "view_mode": "form",
            "target": "new",
            "context": {"default_intake_id": self.id},
        }

    def _attach_scan(self, name, data):
        """Take the scan on behalf of the applicant, for the version in force only.

        :param name: as the browser sent it
        :param data: bytes
        :return: award.file, rights lifted
        """
        self.ensure_one()
        self.check_access("create")  # as for the paper itself
        case = self.sudo().application_id  # sudo: the right was asked above
        case._refuse_intake({})
        taken, refused = case._take_scan(
            self.version_code, [(name or "", io.BytesIO(data))], is_by_staff=True
        )
        if refused:
            _name, because = refused[0]
            case._refuse(Refusal("scan_refused", values={"because": because}))
        self.invalidate_recordset(["scan_names"])
        return taken


class AwardIntakeScan(models.TransientModel):
    """The scan that the clerk at the desk chooses; what was chosen is not kept here."""

    _name = "award.intake.scan"
    _description = "Scan of the Sealed Paper"

    intake_id = fields.Many2one("award.intake", required=True, readonly=True)
    title = fields.Char(related="intake_id.title")
    version_code = fields.Char(related="intake_id.version_code")
    file = fields.Binary("Scan", attachment=False)
    file_name = fields.Char()

    def action_take(self):
        """Attach the scan to the version in force, or say why not."""
        self.ensure_one()
        data = base64.b64decode(self.with_context(bin_size=False).file or b"")
        self.intake_id._attach_scan(self.file_name, data)
        self.file = False
        return {"type": "ir.actions.act_window_close"}
