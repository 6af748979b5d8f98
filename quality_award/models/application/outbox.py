import hashlib

from odoo import api, fields, models

from ...rules import message_text
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardOutboxMessage(models.Model):
    """One message to one person through one channel, from draft to delivery.

    Nothing leaves before it is released. The number or address is in nobody's list:
    only the mail queue and the file for the platform get it.
    """

    _name = "award.outbox.message"
    _description = "Message to Applicants or Recommenders"
    _inherit = [
        "award.lifecycle",
        "award.act.fields",
        "award.confidential",
        "award.closing",
    ]
    _order = "id desc"
    _rec_name = "recipient"

    state = state_field("award.outbox.message")
    channel = fields.Selection(
        [("mail", "E-mail"), ("sms", "Text Message")], required=True, readonly=True
    )
    template_id = fields.Many2one(
        "award.message.template",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    occasion = fields.Selection(related="template_id.occasion")
    mailing_id = fields.Many2one(
        "award.mailing", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    application_id = fields.Many2one(
        "award.application", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    recommender_id = fields.Many2one(
        "award.recommender", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    letter_id = fields.Many2one(
        "award.letter", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    recipient = fields.Char(required=True, readonly=True)
    address = fields.Char(readonly=True, groups=fields.NO_ACCESS, copy=False)
    address_shown = fields.Char("Number or Address", compute="_compute_address_shown")
    has_address = fields.Boolean(
        "Can Be Written To", compute="_compute_address_shown"
    )
    subject = fields.Char(readonly=True)
    text = fields.Text(required=True, readonly=True)
    length = fields.Integer("Characters", compute="_compute_length", aggregator=None)
    key = fields.Char(
        readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )
    drafted_by_id = fields.Many2one("res.users", readonly=True)
    released_by_id = fields.Many2one("res.users", readonly=True)
    released_at = fields.Datetime(readonly=True)
    handed_over_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime("Result At", readonly=True)
    failure = fields.Char(readonly=True)
    mail_number = fields.Integer(
        readonly=True, groups=fields.NO_ACCESS, aggregator=None
    )
    reference = fields.Char("Our Number", compute="_compute_reference")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _not_twice = models.UniqueIndex(
        "(key) WHERE state NOT IN ('cancelled', 'failed')",
        "This message is in the outbox already.",
    )

    @api.depends("address")
    def _compute_address_shown(self):
        for message in self:
            address = message.sudo().address  # sudo: shown masked
            message.address_shown = message_text.masked(address or "")
            message.has_address = bool(address)

    @api.depends("text")
    def _compute_length(self):
        for message in self:
            message.length = message_text.sms_length(message.text or "")

    def _compute_reference(self):
        for message in self:
            message.reference = f"QA{message.id:08d}" if message.id else ""

    def _scheme_of(self):
        case = self.sudo().application_id  # sudo: only the scheme is read
        return case._scheme_of() if case else self.env["award.scheme"]

    # -- acts ------------------------------------------------
    def action_release(self):
        """Let them out: mails by the queue, text messages with the next file."""
        return self._apply_move(
            "release",
            values={
                "released_by_id": self.env.uid,
                "released_at": fields.Datetime.now(),
            },
        )

    def action_cancel(self):
        """Keep the messages from leaving, as long as they have not left."""
        return self._apply_move("cancel")

    def action_note_failure(self, reason=None):
        """Note that a message that was handed over did not arrive."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "note_failure")
        return self._fail(reason)

    def _fail(self, reason):
        now = fields.Datetime.now()
        values = {"ended_at": now, "failure": (reason or "")[:500]}
        return self._apply_move("fail", reason=reason, values=values)

    def _after_release(self):
        if "mail" in self.mapped("channel"):
            cron = self.env.ref("quality_award.cron_outbox").sudo()  # sudo: wake it
            cron._trigger()

    # -- guards ------------------------------------------------
    def _guard_may_release(self):
        rule = self.env["award.message.settings"]._of(self.company_id).release_by
        if rule == "head" and "office_head" not in self._group_roles():
            return Refusal("release_head")
        if rule == "another" and self.drafted_by_id == self.env.user:
            return Refusal("release_another")
        return None

    def _guard_address_known(self):
        if not self.has_address:
            return Refusal("address_missing", values={"name": self.recipient})
        return None

    def _guard_is_mail(self):
        return None if self.channel == "mail" else Refusal("not_mail")

    def _guard_is_sms(self):
        return None if self.channel == "sms" else Refusal("not_sms")

    # -- drafting ------------------------------------------------
    @api.model
    def _queue(self, template_code, records, **more):
        """Draft the messages of an occasion; without a template in use, none.

        :param template_code: code of the agency's template
        :param records: cases, or records with `application_id` (supplements, letters);
            for templates to recommenders, recommenders
        :param more: `values` (more placeholders, by English word), `channels`, `lang`
        :return: the messages, access rights lifted
        """
        drafted = self.sudo()  # sudo: drafted by acts only
        about = records.sudo()  # sudo: as above
        for company, some in about.grouped("company_id").items():
            template = self.env["award.message.template"]._active(
                template_code, company
            )
            if template:
                drafted |= self._draft(template, some, **more)
        return drafted

    @api.model
    def _draft(self, template, records, *, channels=None, lang="zh", **more):
        """Draft messages by one template, those left out that are there already.

        :param channels: `mail`, `sms`; all that the template has a text for if None
        :param more: `values` (placeholders), `mailing` (record)
        :return: the new messages, access rights lifted
        """
        template = template.sudo()  # sudo: drafted by acts only
        about = records.sudo()  # sudo: as above
        rows = [
            row
            for channel in channels or template._channels()
            for row in self._rows(template, about, channel, lang, **more)
        ]
        own = self.sudo()  # sudo: as above
        known = own.search(
            [
                ("key", "in", [row["key"] for row in rows]),
                ("state", "not in", ("cancelled", "failed")),
            ]
        )
        taken = set(known.mapped("key"))
        fresh = {row["key"]: row for row in rows if row["key"] not in taken}
        return own.create(list(fresh.values()))

    def _rows(self, template, records, channel, lang, values=None, mailing=None):
        """What is drafted to each person that a record leads to."""
        rows = []
        base = records._message_values(lang)
        people, signature = records._message_people(channel), template._signature()
        for record in records:
            for name, address in people[record.id]:
                filled = {**base[record.id], "liaison": name, **(values or {})}
                subject, text = template._rendered(
                    channel, filled, lang, signature
                )
                row = {
                    "channel": channel,
                    "template_id": template.id,
                    "mailing_id": mailing.id if mailing else False,
                    "recipient": self._recipient(record, name),
                    "address": address,
                    "subject": subject,
                    "text": text,
                    "drafted_by_id": self.env.uid,
                    "company_id": record.company_id.id,
                    **record._message_links(),
                }
                row["key"] = self._key(template, record, row)
                rows.append(row)
        return rows

    @staticmethod
    def _recipient(record, name):
        whose = record._message_about()
        return f"{whose} · {name}" if name and name != whose else whose

    @staticmethod
    def _key(template, record, row):
        """The same for the same text to the same place about the same record."""
        parts = (
            template.code,
            record._name,
            record.id,
            row["channel"],
            row["address"] or row["recipient"],
            row["subject"],
            row["text"],
        )
        text = "\x1f".join(map(str, parts))
        return hashlib.sha256(text.encode()).hexdigest()
