from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .portal_applicant import clean_text, known_id

KINDS = [
    ("certificate", "Certificate"),
    ("report", "Test or Audit Report"),
    ("financial", "Financial Statement"),
    ("patent", "Patent or Standard"),
    ("procedure", "Procedure or Record"),
    ("honour", "Honour"),
    ("other", "Other"),
]
#: Fields of the form, in its order; chapters come beside them.
FORM = ("kind", "name", "issuer", "valid_from", "valid_to", "is_secret")


class AwardEvidence(models.Model):
    """A piece of evidence (证实性材料), or an honour, with the file that shows it."""

    _name = "award.evidence"
    _description = "Evidence"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, id"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, default="other")
    name = fields.Char("Title", required=True, readonly=True)
    issuer = fields.Char("Issuing Body", readonly=True)
    valid_from = fields.Date("First Day", readonly=True)
    valid_to = fields.Date("Last Day", readonly=True)
    codes = fields.Char(
        "Supports", readonly=True, help="Numbers of the chapters that it supports."
    )
    is_secret = fields.Boolean(
        "Trade Secret",
        readonly=True,
        help="Readers see the mark and keep it to themselves.",
    )
    file_id = fields.Many2one(
        "award.file", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    _days = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "The last day lies before the first one.",
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _as_content(self):
        """What is handed in of each, as plain data."""
        return [
            {
                "kind": one.kind,
                "name": one.name,
                "issuer": one.issuer or "",
                "from": str(one.valid_from or ""),
                "to": str(one.valid_to or ""),
                "chapters": (one.codes or "").split(),
                "secret": one.is_secret,
                "file": one.file_id.sha256 or "",
            }
            for one in self.sorted("id")
        ]


class AwardFile(models.Model):
    _inherit = "award.file"

    def _used_in(self):
        used = self.env["award.evidence"].search([("file_id", "in", self.ids)], limit=1)
        return used.name or super()._used_in()


class AwardApplication(models.Model):
    _inherit = "award.application"

    evidence_ids = fields.One2many("award.evidence", "application_id")

    def _place(self, files):
        """A new file of evidence is a piece of evidence, named as the file is."""
        done = super()._place(files)
        self.env["award.evidence"].create(
            [
                {
                    "application_id": self.id,
                    "name": file.name.rpartition(".")[0] or file.name,
                    "file_id": file.id,
                }
                for file in files
                if file.kind == "evidence"
            ]
        )
        return done

    @api.model
    def _portal_evidence(self, evidence):
        """An own piece of evidence, while evidence may be written."""
        id_ = known_id(evidence)
        found = self.env["award.evidence"].browse(id_).sudo().exists()  # sudo: as below
        if not found:
            error = MissingError(self.env._("There is no such evidence."))
            raise self._asked_in_vain(error, "award.evidence", id_)
        case = self._portal_writable(found.application_id, "evidence")  # asks who
        return case.env["award.evidence"].browse(found.id)

    @api.model
    def _portal_save_evidence(self, evidence, values):
        """Keep what the applicant says of a piece of evidence.

        :param values: fields of `FORM`, and `codes`: list of chapters it supports
        """
        found = self._portal_evidence(evidence)
        case = found.application_id
        written = {}
        for name in FORM:
            if name in values or found._fields[name].type == "boolean":
                written[name] = case._portal_value(
                    case.edition_id, found._fields[name], values.get(name)
                )
        for name in ("kind", "name"):
            if name in written and not written[name]:
                del written[name]
        if "codes" in values:
            written["codes"] = case._portal_codes(values["codes"])
        case._portal_check_days(
            written.get("valid_from", found.valid_from),
            written.get("valid_to", found.valid_to),
        )
        found.write(written)
        return case

    def _portal_codes(self, codes):
        chapters = self._chapters()
        codes = [clean_text(code) for code in codes]
        for code in codes:
            if code not in chapters:
                self._refuse(Refusal("chapter_unknown", values={"chapter": code}))
        return " ".join(code for code in chapters if code in codes)

    def _portal_check_days(self, first, last):
        if first and last and first > last:
            self._refuse(Refusal("days_reversed"))

    @api.model
    def _portal_remove_evidence(self, evidence):
        """Take a piece of evidence back; its file goes with it unless it is kept."""
        found = self._portal_evidence(evidence)
        case, file = found.application_id, found.file_id
        found.unlink()
        if not file.is_frozen and not file._used_in():
            file.unlink()
        return case
