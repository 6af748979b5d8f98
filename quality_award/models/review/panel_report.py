from odoo import fields, models

from ..base.lifecycle import state_field


class AwardPanelReport(models.Model):
    """A report of a panel: on the documents, a site visit, or the whole."""

    _name = "award.panel.report"
    _description = "Report of a Panel"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"
    _rec_name = "kind"

    state = state_field("award.panel.report")
    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("document", "Document-review Report"),
            ("composite", "Composite-evaluation Report"),
        ],
        required=True,
    )
    text = fields.Text()
    filed_on = fields.Date(readonly=True)
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(panel_id, kind)")

    def _scheme_of(self):
        return self.panel_id._scheme_of()
