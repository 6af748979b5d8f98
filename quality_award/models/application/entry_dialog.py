from odoo import api, fields, models


class AwardEntryDialog(models.TransientModel):
    """What the first page of a paper application says: whose it is, and for what."""

    _name = "award.entry.dialog"
    _description = "Enter an Application from Paper"

    edition_id = fields.Many2one(
        "award.edition",
        required=True,
        default=lambda self: self.env["award.edition"]._current_edition(),
        domain=[("state", "=", "announced")],
    )
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    class_id = fields.Many2one(
        "award.class",
        required=True,
        domain="[('scheme_id', '=', scheme_id)]",
    )
    choice_id = fields.Many2one(
        "award.class.choice", domain="[('class_id', '=', class_id)]"
    )
    subject = fields.Selection(related="class_id.subject")
    recommender_id = fields.Many2one("award.recommender")
    received_at = fields.Datetime(
        "Paper Received At", required=True, default=fields.Datetime.now
    )
    name = fields.Char("Applicant", required=True)
    credit_code = fields.Char("Unified Social Credit Code")
    identity_number = fields.Char("Resident Identity Number")
    organisation_name = fields.Char("Employer or Responsible Organisation")
    organisation_code = fields.Char("Credit Code of That Organisation")
    trade_id = fields.Many2one("award.trade")
    liaison_name = fields.Char("Liaison Officer")
    liaison_phone = fields.Char("Phone")

    def action_enter(self):
        """Enter the application and open it."""
        self.ensure_one()
        values = {
            name: self[name] or ""
            for name in (
                "name credit_code identity_number organisation_name "
                "organisation_code liaison_name liaison_phone"
            ).split()
        }
        values["trade_code"] = self.trade_id.code
        values["recommender_id"] = self.recommender_id.id
        values["choice_code"] = self.choice_id.code
        case = self.env["award.application"]._enter_on_behalf(
            self.edition_id, self.class_id, values, received_at=self.received_at
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "award.application",
            "res_id": case.id,
            "view_mode": "form",
        }


class AwardEntryText(models.TransientModel):
    """The chapters of an application that the office types from paper."""

    _name = "award.entry.text"
    _description = "Chapters Typed from Paper"

    application_id = fields.Many2one("award.application", required=True, readonly=True)
    line_ids = fields.One2many("award.entry.text.line", "dialog_id")

    def action_take(self):
        """Keep the chapters; who typed them does not compare them."""
        self.ensure_one()
        self.application_id._write_on_behalf(
            {line.code: line.text or "" for line in self.line_ids}
        )
        return {"type": "ir.actions.act_window_close"}


class AwardEntryTextLine(models.TransientModel):
    _name = "award.entry.text.line"
    _description = "Chapter Typed from Paper"
    _order = "id"

    dialog_id = fields.Many2one("award.entry.text", required=True, ondelete="cascade")
    code = fields.Char(required=True, readonly=True)
    title = fields.Char("Chapter", readonly=True)
    text = fields.Text()


class AwardApplication(models.Model):
    _inherit = "award.application"

    def action_enter_text(self):
        """Type the chapters of an application that the office has entered."""
        self.ensure_one()
        self._refuse_unless_on_behalf()
        texts = {chapter.code: chapter.text for chapter in self.chapter_ids}
        dialog = self.env["award.entry.text"].create(
            {
                "application_id": self.id,
                "line_ids": [
                    fields.Command.create(
                        {"code": code, "title": title, "text": texts.get(code)}
                    )
                    for code, title in self._chapters().items()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Chapters from Paper"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }


class AwardEdition(models.Model):
    _inherit = "award.edition"

    @api.model
    def _current_edition(self):
        """The edition that is under way, the newest of them; none where none is."""
        own = [("company_id", "in", self.env.companies.ids)]
        under_way = self.search([*own, ("state", "=", "announced")], limit=1)
        return under_way or self.search(own, limit=1)
