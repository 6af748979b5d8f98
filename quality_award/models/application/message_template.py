import json

from odoo import api, fields, models
from odoo.tools import file_open

from ...rules import message_text
from .refusals import refuse

#: When a message is written.
OCCASIONS = [
    ("window_opens", "The Window Opens"),
    ("window_closes", "The Window Closes Soon"),
    ("extended", "The Window Is Extended"),
    ("supplement_sent", "A Supplement Is Asked For"),
    ("supplement_due", "A Supplement Is Due Soon"),
    ("returned", "Returned for Correction"),
    ("accepted", "Accepted"),
    ("refused", "Not Accepted"),
    ("recommendation_due", "A Recommendation Is Due Soon"),
    ("colleague_invited", "A Colleague Is Invited"),
    ("other", "Another Occasion"),
]
#: Texts in which placeholders stand.
TEXTS = ("subject", "body", "sms")
PROPOSALS = "quality_award/data/messages/messages.json"


class AwardMessageTemplate(models.Model):
    """A text for an occasion: mail and text message, Chinese and English.

    Placeholders come from a fixed list and are only replaced; nothing that is
    written here is ever evaluated.
    """

    _name = "award.message.template"
    _description = "Message Template"
    _inherit = ["award.bilingual"]
    _order = "occasion, code"

    active = fields.Boolean(default=True)
    code = fields.Char(required=True)
    occasion = fields.Selection(OCCASIONS, required=True)
    audience = fields.Selection(
        [("applicant", "Applicants"), ("recommender", "Recommenders")],
        required=True,
        default="applicant",
    )
    subject_zh = fields.Char("Subject (Chinese)")
    subject_en = fields.Char("Subject (English)")
    body_zh = fields.Text("Mail (Chinese)")
    body_en = fields.Text("Mail (English)")
    sms_zh = fields.Text("Text Message (Chinese)")
    sms_en = fields.Text("Text Message (English)")
    placeholder_help = fields.Char(compute="_compute_placeholder_help")
    sms_longest = fields.Text("Longest as It Would Go Out", compute="_compute_longest")
    sms_length = fields.Integer("Characters of It", compute="_compute_longest")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "There is a template with this code already."
    )

    def _compute_placeholder_help(self):
        words = (f"{{{w}}} {{{zh}}}" for w, zh in message_text.PLACEHOLDERS.items())
        self.placeholder_help = " · ".join(words)

    # -- what is possible ------------------------------------------------
    @api.constrains(*(f"{text}_{lang}" for text in TEXTS for lang in ("zh", "en")))
    def _check_texts(self):
        """Known placeholders only; a text message fits for the longest real names."""
        for template in self:
            for name in (f"{text}_{lang}" for text in TEXTS for lang in ("zh", "en")):
                template._refuse_faults(name)
        for template in self:
            for lang in ("zh", "en"):
                template._refuse_long(lang)

    def _refuse_faults(self, name):
        found = message_text.faults(self[name] or "")
        if found:
            refuse(
                self.env,
                "placeholder_unknown",
                field=self._fields[name]._description_string(self.env),
                word=found[0].word,
                line=found[0].line,
                column=found[0].column,
                known=", ".join(f"{{{word}}}" for word in message_text.PLACEHOLDERS),
            )

    def _refuse_long(self, lang):
        text = self._longest(lang)
        length = message_text.sms_length(text)
        if length > message_text.SMS_MAX:
            refuse(
                self.env,
                "sms_too_long",
                length=length,
                most=message_text.SMS_MAX,
                text=text,
            )

    @api.depends("sms_zh")
    def _compute_longest(self):
        for template in self:
            faulty = message_text.faults(template.sms_zh or "")
            text = "" if faulty else template._longest("zh")
            template.sms_longest = text
            template.sms_length = message_text.sms_length(text)

    def _longest(self, lang):
        """The text message as it would go out to the longest names there are."""
        text = self[f"sms_{lang}"]
        if not text:
            return ""
        filled = message_text.fill(text, self._longest_values())
        return message_text.signed(filled, self._signature())

    def _longest_values(self):
        """The longest value of each placeholder among what this agency has now."""
        cases = self.env["award.application"].sudo()  # sudo: lengths of names
        own = [("company_id", "=", self.company_id.id)]
        editions = cases.env["award.edition"].search(
            [*own, ("state", "in", ("draft", "announced"))]
        )
        applicants = cases.search_fetch(
            [("edition_id", "in", editions.ids)], ["applicant_id", "name"]
        )
        recommenders = cases.env["award.recommender"].search(own)
        names = {
            "applicant": applicants.applicant_id.mapped("name"),
            "liaison": applicants.applicant_id.mapped("liaison_name"),
            "inviter": applicants.applicant_id.member_ids.user_id.mapped("name"),
            "number": applicants.mapped("name"),
            "edition": editions.mapped("display_name"),
            "class": editions.scheme_id.class_ids.mapped("display_name"),
            "recommender": recommenders.mapped("display_name"),
            "opens": ["12月31日 17:00"],
            "closes": ["12月31日 17:00"],
            "due": ["12月31日"],
            "count": ["999"],
            "link": [f"{cases.get_base_url()}/my/award/999999"],
        }
        return {
            word: message_text.longest(filter(None, found))
            for word, found in names.items()
        }

    # -- filling ------------------------------------------------
    def _signature(self):
        return self.env["award.message.settings"]._of(self.company_id).signature

    def _rendered(self, channel, values, lang, signature):
        """(subject, text) of one message; English falls back on Chinese.

        :param channel: `mail` or `sms`
        :param signature: as `_signature` gives it, once for all messages
        """
        if channel == "sms":
            text = self[f"sms_{lang}"] or self.sms_zh or ""
            filled = message_text.one_line(message_text.fill(text, values))
            return "", message_text.signed(filled, signature)
        subject = self[f"subject_{lang}"] or self.subject_zh or self.display_name
        body = self[f"body_{lang}"] or self.body_zh or ""
        return (
            message_text.one_line(message_text.fill(subject, values)),
            message_text.fill(body, values),
        )

    def _channels(self):
        """Those that the template has a text for."""
        texts = {
            "mail": self.body_zh or self.body_en,
            "sms": self.sms_zh or self.sms_en,
        }
        return [channel for channel, text in texts.items() if text]

    @api.model
    def _active(self, code, company):
        """The agency's template of a code that is in use, or none."""
        own = self.sudo()  # sudo: an act writes by it, whoever acts
        return own.search(
            [("code", "=", code), ("company_id", "=", company.id)], limit=1
        )

    # -- proposals ------------------------------------------------
    def action_take_proposals(self):
        """Add the shipped texts that this agency does not have, not in use yet."""
        self.check_access("create")
        with file_open(PROPOSALS) as stream:
            rows = json.load(stream)
        company = self.env.company
        every = self.with_context(active_test=False)
        have = set(every.search([("company_id", "=", company.id)]).mapped("code"))
        self.create(
            [
                {**row, "active": False, "company_id": company.id}
                for row in rows
                if row["code"] not in have
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Message Templates"),
            "res_model": self._name,
            "view_mode": "list,form",
            "context": {"active_test": False},
        }
