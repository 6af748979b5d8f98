from hashlib import sha256

from odoo import api, fields, models

from ...rules import clock as clock_rules
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .award_list import HASH_TAG
from .list_guards import names
from .notice_text import SUBJECTS, notice_text

#: Channel that a scheme asks for -> channel of a notice.
CHANNELS = {
    "web": "government_site",
    "media": "media",
    "in_house": "inside_applicant",
}


class AwardNotice(models.Model):
    """A public notice (公示) of a list, with its period and its proof."""

    _name = "award.notice"
    _description = "Public Notice"
    _inherit = ["award.stamped", "award.issued"]
    _order = "id"

    state = state_field("award.notice")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    list_id = fields.Many2one(
        "award.list", required=True, ondelete="restrict", index=True
    )
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    stage_id = fields.Many2one(
        "award.stage", readonly=True, ondelete="restrict"
    )
    days = fields.Integer(
        help="Days the notice lasts; the scheme's least number when left at 0."
    )
    unit = fields.Selection(
        [("calendar_day", "Calendar Days"), ("working_day", "Working Days")],
        readonly=True,
    )
    plan_warning = fields.Char(compute="_compute_plan_warning")
    contact = fields.Text(
        "Who Receives Objections",
        help="Telephone, address and mail of the office and of the supervisor.",
    )
    published_on = fields.Date("First Day", readonly=True)
    last_day = fields.Date(readonly=True)
    text = fields.Text("Text (Chinese)", readonly=True)
    text_en = fields.Text("Text (English)", readonly=True)
    text_hash = fields.Char("Seal", readonly=True)
    channel_ids = fields.One2many("award.notice.channel", "notice_id")
    objection_ids = fields.One2many(
        "award.objection",
        "notice_id",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    open_objection_count = fields.Integer(
        "Open Objections",
        compute="_compute_open_objection_count",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    can_close_on = fields.Date("May Be Closed From", compute="_compute_can_close_on")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.model
    def _stamps(self):
        return frozenset(
            "stage_id unit published_on last_day text text_en text_hash".split()
        )

    @api.model
    def _open_fields(self):
        draft = "name edition_id list_id days contact issued_by_id sealed_by_id"
        children = {"channel_ids", "objection_ids", "proof_ids"}
        return {
            "draft": frozenset({*draft.split(), *children}),
            "published": frozenset(children),
        }

    def _compute_open_objection_count(self):
        counts = dict(
            self.env["award.objection"]
            .sudo()  # sudo: their number, also of cases closed to who asks
            ._read_group(
                [
                    ("notice_id", "in", self.ids),
                    ("state", "in", ["received", "admitted"]),
                ],
                ["notice_id"],
                ["__count"],
            )
        )
        for record in self:
            record.open_objection_count = counts.get(record, 0)

    @api.depends("last_day")
    def _compute_can_close_on(self):
        for record in self:
            record.can_close_on = record.last_day and fields.Date.add(
                record.last_day, days=1
            )

    # -- acts ----------------------------------------------------------------
    def action_publish(self):
        """Publish from today: the text is drawn up, dated and sealed."""
        for record in self:
            record._apply_move("publish", values=record._publication())
        return True

    def _after_publish(self):
        lengths = {record.id: record._length(record.days) for record in self}
        self.env["award.clock"]._start(self, "notice_published", lengths=lengths)

    def action_close(self):
        """Close the notice after its last day; its cases go on."""
        return self._apply_move("close")

    def _after_close(self):
        for record in self:
            # What was owed is the time in public, over with the last day, however
            # long the office takes to close.
            record._stop_event("notice_published", record.last_day)
            cases = record.list_id._in_cases().filtered(
                lambda case, stage=record.stage_id: (
                    case.stage_id == stage and case.state in {"submitted", "accepted"}
                )
            )
            if cases:
                cases._advance(note=record.name)

    def _expire_close_notice(self):
        """Closed by itself after its last day, where the scheme says so."""
        return self._each("close")

    def _says(self, code):
        """A parameter as it holds at the stage of the notice."""
        return self._scheme_of()._value(code, **self._at())

    def _clause_of(self, code):
        return self._scheme_of()._clause_of(code, **self._at())

    def _at(self):
        return {"award_class": self.list_id.class_id, "stage": self._stage_of_cases()}

    def _minimum(self):
        """Least days by the scheme, None where it is silent."""
        return self._says("notice_days")

    def _stage_of_cases(self):
        """Where the cases stand; for a list without names, the notice after it."""
        if stage := self.stage_id or self.list_id._facts()._in_cases().stage_id[:1]:
            return stage
        here = self.list_id.stage_id
        return (
            self.list_id._stages()
            .filtered(lambda s: s.kind == "notice" and s.sequence > here.sequence)[:1]
        )

    def _first_day_rule(self):
        return self._says("notice_first_day") or "exclude"

    def _length(self, days):
        """So many days of the kind that the scheme counts at this notice."""
        return clock_rules.Length(self._unit(), days)

    def _is_short(self, first, last, days):
        """Whether the days from `first` through `last` are fewer than `days`."""
        return last < self._due(first, days)

    def _due(self, first, days):
        """Last day of a notice of `days` that begins on `first`."""
        return clock_rules.due(
            first,
            self._length(days),
            calendar=self._calendar(),
            first_day=self._first_day_rule(),
        )

    def _unit(self):
        return self.unit or self._says("notice_unit") or clock_rules.CALENDAR_DAY

    def _calendar(self):
        return self.env["award.calendar.year"]._calendar(self.company_id)

    @api.depends("days", "list_id", "state")
    def _compute_plan_warning(self):
        """Said while the notice is planned, before publishing is refused."""
        for record in self:
            minimum = record.list_id and record._minimum()
            short = minimum and 0 < record.days < minimum
            record.plan_warning = short and self.env._(
                "%(days)s days are fewer than the %(minimum)s that the scheme asks "
                "for; the notice cannot be published so.",
                days=record.days,
                minimum=minimum,
            )

    def _publication(self):
        """Dates, text and seal of a notice that begins today."""
        first = self.env["award.clock"]._today()
        days = self.days or self._minimum()
        if not days:
            self._refuse(Refusal("notice_length_missing"))
        try:
            last = self._due(first, days)
        except clock_rules.CalendarUnknown:
            self._refuse(Refusal("notice_calendar_missing"))
        facts = self._text_facts(first, last, days)
        text, text_en = notice_text(facts, "zh"), notice_text(facts, "en")
        return {
            "stage_id": self._stage_of_cases().id,
            "unit": self._unit(),
            "days": days,
            "published_on": first,
            "last_day": last,
            "text": text,
            "text_en": text_en,
            "text_hash": HASH_TAG + sha256(f"{text}\n{text_en}".encode()).hexdigest(),
        }

    def _text_facts(self, first, last, days):
        scheme, edition = self._scheme_of(), self.edition_id
        office = scheme.body_ids.filtered(lambda body: body.role == "office")[:1]
        clause = self._stage_of_cases().clause_id
        kind = SUBJECTS[self.list_id.kind]
        names_of = office._names_on(first) if office else (self.company_id.name,) * 2
        signed = self._signature_on(first) if self.issued_by_id else names_of
        return {
            "title": (
                f"关于{edition.name_zh}{kind[0]}的公示",
                f"Public notice of the {kind[1]} of the "
                f"{edition.name_en or edition.name_zh}",
            ),
            "scheme": (f"《{scheme.name_zh}》", scheme.name_en or scheme.name_zh),
            "citation": (
                clause.citation_zh or "",
                clause.citation_en or clause.citation_zh or "",
            ),
            "edition": (edition.name_zh, edition.name_en or edition.name_zh),
            "office": names_of,
            "signature": signed,
            "kind": self.list_id.kind,
            "names": [
                case.applicant_id.name
                for case in self.list_id._in_cases().sorted("name")
            ],
            "first": first,
            "last": last,
            "days": days,
            "unit": self._unit(),
            "first_day": self._first_day_rule(),
            "anonymous": self._says("objection_anonymous"),
            "contact": (self.contact or "").strip(),
        }

    # -- guards --------------------------------------------------------------
    def _guard_list_adopted(self):
        if (
            self.list_id.state != "adopted"
            or self.list_id.edition_id != self.edition_id
        ):
            return Refusal("list_not_adopted", values={"list": self.list_id.name})
        if not self.list_id._is_unchanged():
            return Refusal("list_changed")
        stage = self._stage_of_cases()
        if stage.of_list and stage.of_list != self.list_id.kind:
            kinds = dict(self.list_id._fields["kind"]._description_selection(self.env))
            return Refusal(
                "notice_of_other_list",
                stage.clause_id.code,
                {"kind": kinds[stage.of_list], "stage": stage.display_name},
            )
        elsewhere = self.list_id._in_cases().filtered(
            lambda case: (
                case.stage_id.kind != "notice"
                and case.state in {"submitted", "accepted"}
            )
        )
        if elsewhere:
            return Refusal("case_not_at_notice", values={"cases": names(elsewhere)})
        return None

    def _guard_channels(self):
        """Every channel of the scheme with its proof, and no fewer days than it asks.

        What is posted inside the applicants is proved by each of them before the
        notice is closed, not before it begins.
        """
        minimum = self._minimum()
        stage = self._stage_of_cases()
        given = {c.kind for c in self.channel_ids if (c.proof or "").strip()}
        if not given - {"inside_applicant"}:
            return Refusal("channel_missing", stage.clause_id.code)
        asked = {CHANNELS[name] for name in self._says("notice_channels") or ()}
        if lacking := asked - given - {"inside_applicant"}:
            labels = dict(
                self.channel_ids._fields["kind"]._description_selection(self.env)
            )
            return Refusal(
                "channels_missing",
                self._clause_of("notice_channels"),
                {"channels": ", ".join(sorted(str(labels[name]) for name in lacking))},
            )
        if self.days and minimum and self.days < minimum:
            return Refusal(
                "notice_too_short",
                self._clause_of("notice_days"),
                {"days": self.days, "minimum": minimum},
            )
        return None

    def _guard_period_over(self):
        """The last day ends at 24:00; a longer notice is lawful, a shorter is not."""
        today = self.env["award.clock"]._today()
        minimum = self._minimum() or self.days
        code = clock_rules.notice_refusal(
            self.published_on,
            self.last_day,
            today,
            self._length(minimum),
            calendar=self._calendar(),
            first_day=self._first_day_rule(),
        )
        if not code:
            return None
        return Refusal(
            code,
            self._clause_of("notice_days"),
            {"last": self.last_day, "days": self.days, "minimum": minimum},
        )

    def _guard_no_objection(self):
        live = self.sudo().objection_ids.filtered(  # sudo: their number, not senders
            lambda objection: objection.state in {"received", "admitted"}
        )
        if live:
            return Refusal(
                "objection_open",
                self.stage_id.clause_id.code,
                {"count": len(live), "receipts": ", ".join(live.mapped("receipt"))},
            )
        return None
