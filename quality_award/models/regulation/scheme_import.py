import base64

from odoo import api, fields, models

from ...rules import scheme_file
from ...rules.scheme_format import CRITERIA_FORMAT, SCHEME_FORMAT, Problem
from .exchange import read_shipped


class AwardSchemeImport(models.TransientModel):
    """Loads a scheme or review criteria, from a file or from those shipped."""

    _name = "award.scheme.import"
    _description = "Load a Scheme"
    _inherit = ["award.exchange"]

    source = fields.Selection(
        [
            ("shipped", "Scheme Shipped with the Software"),
            ("criteria", "Review Criteria Shipped with the Software"),
            ("file", "File"),
        ],
        required=True,
        default="shipped",
    )
    shipped = fields.Selection("_selection_shipped")
    shipped_criteria = fields.Selection("_selection_shipped_criteria")
    file = fields.Binary()
    file_name = fields.Char()

    @api.model
    def _selection_shipped(self):
        names = self.env["award.scheme"]._shipped()
        files = [(name, read_shipped("schemes", name)) for name in names]
        return [
            (name, f"{self._name_in(data)} ({data['version']})") for name, data in files
        ]

    @api.model
    def _selection_shipped_criteria(self):
        names = self.env["award.criteria"]._shipped()
        return [(name, self._name_in(read_shipped("criteria", name))) for name in names]

    def _name_in(self, data):
        """The name in a file, in the language of the user."""
        chinese = (self.env.lang or "").startswith("zh")
        return (not chinese and data.get("name_en")) or data["name_zh"]

    def action_import(self):
        """Load what was chosen and open it."""
        self.ensure_one()
        if self.source == "shipped":
            loaded = self._load_shipped()
        elif self.source == "criteria":
            loaded = self._load_criteria()
        else:
            loaded = self._load_file()
        return {
            "type": "ir.actions.act_window",
            "res_model": loaded._name,
            "res_id": loaded.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _load_shipped(self):
        if not self.shipped:
            self._refuse_file([Problem("missing_key", "shipped")])
        return self.env["award.scheme"]._import_shipped(self.shipped)

    def _load_criteria(self):
        if not self.shipped_criteria:
            self._refuse_file([Problem("missing_key", "shipped_criteria")])
        return self.env["award.criteria"]._import_shipped(self.shipped_criteria)

    def _load_file(self):
        if not self.file:
            self._refuse_file([Problem("missing_key", "file")])
        data, problems = scheme_file.load(base64.b64decode(self.file))
        self._refuse_file(problems)
        models_by_format = {
            SCHEME_FORMAT: "award.scheme",
            CRITERIA_FORMAT: "award.criteria",
        }
        found = data.get("format") if isinstance(data, dict) else None
        for known, model in models_by_format.items():
            # another version of the format is for its own reader to refuse
            if isinstance(found, str) and found.startswith(known[:-1]):
                return self.env[model]._import(data)
        values = {"expected": ", ".join(models_by_format)}
        return self._refuse_file([Problem("unknown_format", "format", values)])
