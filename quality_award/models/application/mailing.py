from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import message_text
from .refusals import refuse

#: Messages that a preview shows in full.
SHOWN = 5
#: People without number or address that a preview names.
NAMED = 20


class AwardMailing(models.Model):
    """A saved selection of recipients, and the template that they are written by.

    The preview is made from the real recipients. Drafting adds messages to the
    outbox; those that are there already are left out.
    """

    _name = "award.mailing"
    _description = "Selection of Recipients"
    _order = "id desc"

    name = fields.Char(required=True)
    template_id = fields.Many2one(
        "award.message.template", required=True, ondelete="restrict", index=True
    )
    audience = fields.Selection(related="template_id.audience")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    channel = fields.Selection(
        [
            ("both", "Mail and Text Message"),
            ("mail", "E-mail"),
            ("sms", "Text Message"),
        ],
        "Sent As",
        required=True,
        default="both",
    )
    lang = fields.Selection(
        [("zh", "Chinese"), ("en", "English")], "Language", required=True, default="zh"
    )
    waiting_for = fields.Selection(
        [
            ("submission", "Registered, Not Submitted"),
            ("supplement", "Supplement Not Answered"),
            ("letter", "Letter Not Served"),
        ],
    )
    case_state = fields.Selection(
        selection=lambda self: self.env["award.application"]._fields["state"].selection,
        string="Status of the Case",
    )
    stage_id = fields.Many2one(
        "award.stage",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('scheme_id', '=', scheme_id)]",
    )
    class_id = fields.Many2one(
        "award.class",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('scheme_id', '=', scheme_id)]",
    )
    recommender_id = fields.Many2one(
        "award.recommender", ondelete="restrict", index="btree_not_null"
    )
    left_out_ids = fields.Many2many(
        "award.application",
        "award_mailing_left_out_rel",
        "mailing_id",
        "application_id",
        domain="[('edition_id', '=', edition_id)]",
    )
    message_ids = fields.One2many("award.outbox.message", "mailing_id", "Messages")
    message_count = fields.Integer("In the Outbox", compute="_compute_message_count")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _compute_message_count(self):
        counts = dict(
            self.env["award.outbox.message"]._read_group(
                [("mailing_id", "in", self.ids)], ["mailing_id"], ["__count"]
            )
        )
        for mailing in self:
            mailing.message_count = counts.get(mailing, 0)

    # -- who ------------------------------------------------
    def _cases(self):
        """The cases of the selection, as the user may see them."""
        wanted = Domain("edition_id", "=", self.edition_id.id)
        for name, field in (
            ("case_state", "state"),
            ("stage_id", "stage_id"),
            ("class_id", "class_id"),
        ):
            if value := self[name]:
                wanted &= Domain(field, "=", getattr(value, "id", value))
        if recommender := self.recommender_id:
            wanted &= Domain("recommender_id", "=", recommender.id) | Domain(
                "other_recommender_ids", "=", recommender.id
            )
        if self.waiting_for == "submission":
            wanted &= Domain("state", "in", ("draft", "returned"))
        elif not self.case_state:
            wanted &= Domain("state", "!=", "withdrawn")
        wanted &= Domain("id", "not in", self.left_out_ids.ids)
        return self.env["award.application"].search(wanted)

    def _records(self):
        """What is written about: cases, supplements, letters, or recommenders."""
        cases = self._cases()
        if self.audience == "recommender":
            return self._recommenders_of(cases)
        if self.waiting_for == "supplement":
            return cases.supplement_ids.filtered(lambda s: s.state == "sent")
        if self.waiting_for == "letter":
            return cases.letter_ids.filtered(lambda letter: letter.state == "sent")
        return cases

    def _recommenders_of(self, cases):
        waiting = cases.recommendation_ids.filtered(
            lambda opinion: (
                opinion.state != "signed"
                and opinion.submission_id.is_current
                and opinion.application_id.state == "submitted"
            )
        )
        return waiting.recommender_id

    def _channels(self):
        have = self.template_id._channels()
        if self.channel == "both":
            return have
        return [channel for channel in have if channel == self.channel]

    # -- preview ------------------------------------------------
    @api.depends(
        "template_id", "edition_id", "channel", "lang", "waiting_for", "case_state",
        "stage_id", "class_id", "recommender_id", "left_out_ids",
    )
    def _compute_preview(self):
        for mailing in self:
            ready = mailing.template_id and mailing.edition_id
            mailing.preview = mailing._preview() if ready else False

    def _drafts(self):
        """The messages as they would be drafted, kept nowhere."""
        outbox = self.env["award.outbox.message"].sudo()  # sudo: numbers, shown masked
        records = self._records().sudo()  # sudo: as above
        template = self.template_id.sudo()  # sudo: as above
        return [
            row
            for channel in self._channels()
            for row in outbox._rows(template, records, channel, self.lang)
        ]

    def _preview(self):
        rows = self._drafts()
        missing = [row for row in rows if not row["address"]]
        long = [row for row in rows if self._is_long(row)]
        parts = [self._preview_counts(rows, missing, long)]
        parts += [self._preview_row(row) for row in (long or rows)[:SHOWN]]
        return Markup().join(parts)

    @staticmethod
    def _is_long(row):
        length = message_text.sms_length(row["text"])
        return row["channel"] == "sms" and length > message_text.SMS_MAX

    def _preview_counts(self, rows, missing, long):
        counts = {
            channel: sum(row["channel"] == channel for row in rows)
            for channel in ("mail", "sms")
        }
        text = self.env._(
            "%(mails)s mails, %(sms)s text messages to %(people)s recipients.",
            mails=counts["mail"],
            sms=counts["sms"],
            people=len({row["recipient"] for row in rows}),
        )
        block = Markup('<p class="lead mb-2">%s</p>') % text
        words = {"mail": self.env._("no e-mail"), "sms": self.env._("no phone")}
        names = [f"{row['recipient']} ({words[row['channel']]})" for row in missing]
        if names:
            more = "" if len(names) <= NAMED else f" … +{len(names) - NAMED}"
            block += Markup('<div class="alert alert-warning py-2">%s %s%s</div>') % (
                self.env._("Cannot be written to:"),
                "; ".join(names[:NAMED]),
                more,
            )
        if long:
            block += Markup('<div class="alert alert-danger py-2">%s</div>') % (
                self.env._(
                    "%(count)s text messages are longer than %(most)s characters.",
                    count=len(long),
                    most=message_text.SMS_MAX,
                )
            )
        return block

    def _preview_row(self, row):
        names = dict(
            self.env["award.outbox.message"]
            ._fields["channel"]
            ._description_selection(self.env)
        )
        length = ""
        if row["channel"] == "sms":
            length = f"{message_text.sms_length(row['text'])}/{message_text.SMS_MAX}"
        return Markup(
            '<div class="card mb-2"><div class="card-header py-1 d-flex gap-2">'
            '<span class="badge text-bg-light">%s</span><span>%s</span>'
            '<span class="text-muted">%s</span>'
            '<span class="ms-auto text-muted">%s</span></div>'
            '<div class="card-body py-2"><strong>%s</strong>'
            '<div style="white-space: pre-wrap">%s</div></div></div>'
        ) % (
            names[row["channel"]],
            row["recipient"],
            message_text.masked(row["address"]),
            length,
            row["subject"] or "",
            row["text"],
        )

    # -- acts ------------------------------------------------
    def action_draft(self):
        """Put the messages of the preview into the outbox, as drafts."""
        self.ensure_one()
        self.check_access("write")
        channels = self._channels()
        if not channels:
            values = {"template": self.template_id.display_name}
            refuse(self.env, "template_channel_missing", **values)
        rows = self._drafts()
        if not rows:
            refuse(self.env, "recipients_missing")
        if long := [row["text"] for row in rows if self._is_long(row)]:
            text = message_text.longest(long)
            refuse(
                self.env,
                "sms_too_long",
                length=message_text.sms_length(text),
                most=message_text.SMS_MAX,
                text=text,
            )
        self.env["award.outbox.message"]._draft(
            self.template_id,
            self._records(),
            channels=channels,
            lang=self.lang,
            mailing=self,
        )
        return self.action_messages()

    def action_messages(self):
        """The messages of this selection in the outbox."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Outbox"),
            "res_model": "award.outbox.message",
            "view_mode": "list,form",
            "domain": [("mailing_id", "=", self.id)],
        }
