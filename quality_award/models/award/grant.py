from odoo import fields, models
from odoo.exceptions import LockError

from ...rules.refusal import Refusal


class AwardApproval(models.Model):
    """Granting the awards on an approval: all of them in one transaction, or none."""

    _inherit = "award.approval"

    award_ids = fields.One2many("award.award", "approval_id", "Awards")
    award_count = fields.Integer("Awards Granted", compute="_compute_award_count")
    can_grant = fields.Boolean(compute="_compute_award_count")

    def _compute_award_count(self):
        counts = dict(
            self.env["award.award"]
            .sudo()  # sudo: a number only
            ._read_group(
                [("approval_id", "in", self.ids)], ["approval_id"], ["__count"]
            )
        )
        for record in self:
            record.award_count = counts.get(record, 0)
            record.can_grant = record.state == "approved" and not record.award_count

    def _open_fields(self):
        return {**super()._open_fields(), "approved": frozenset({"award_ids"})}

    def action_grant(self):
        """Give the awards: certificates, prizes, what is owed; decide the cases.

        The edition is locked first, so that two officers cannot both grant; numbers
        of certificates are taken last, so that a refusal leaves no gap.
        """
        self._need_role("office")
        self.ensure_one()
        facts = self.sudo()  # sudo: all or nothing; the door asks roles of env.user
        facts._lock_edition()
        cases = facts._cases_to_grant()
        awards = facts._create_awards(cases)
        self.env["award.clock"]._start(awards, "award_granted", on=self.document_date)
        awards._settle_prizes()
        cases._apply_move("decide", clause=cases.stage_id[:1].clause_id.code)
        cases._draft_letters(
            "result", facts._result_text(), cases.stage_id.clause_id.code
        )
        awards._number_certificates()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Awards"),
            "res_model": "award.award",
            "view_mode": "list,form",
            "domain": [("approval_id", "=", self.id)],
        }

    def _result_text(self):
        return self.env._(
            "The award has been decided by %(body)s (%(number)s).",
            body=self.body_id.display_name,
            number=self.document_number,
        )

    def _lock_edition(self):
        try:
            self.edition_id.lock_for_update(allow_referencing=True)
        except LockError:
            self._refuse(Refusal("grant_running"))
        self.invalidate_recordset()

    def _cases_to_grant(self):
        """The approved cases at the stage of the award, after asking once more."""
        clause = self._approval_clause()
        if self.state != "approved":
            self._refuse(Refusal("award_approval_missing", clause))
        if count := self.env["award.award"].search_count(
            [("approval_id", "=", self.id)]
        ):
            self._refuse(Refusal("already_granted", clause, {"count": count}))
        if refusal := self._guard_unchanged() or self.list_id._refusal_quota():
            self._refuse(refusal)
        cases = self._live_cases("award")
        if not cases:
            self._refuse(Refusal("nothing_to_grant", clause))
        return cases.sorted("name")

    def _create_awards(self, cases):
        scheme, edition = self._scheme_of(), self.edition_id
        repeats = cases._repeat_winners()
        Award = self.env["award.award"]
        return Award.create(
            [
                {
                    "title": case.applicant_id.name,
                    "applicant_id": case.applicant_id.id,
                    "application_id": case.id,
                    "edition_id": edition.id,
                    "approval_id": self.id,
                    "class_code": case.class_id.code,
                    "scheme_code": scheme.code,
                    "term": edition.term,
                    "award_year": edition.award_year,
                    "awarded_on": self.document_date,
                    "is_repeat": case in repeats,
                    "valid_until": Award._valid_until(
                        self.document_date,
                        scheme._value("certificate_years", award_class=case.class_id),
                    ),
                    "company_id": edition.company_id.id,
                }
                for case in cases
            ]
        )


class AwardAward(models.Model):
    _inherit = "award.award"

    def _prize_amount(self):
        """Prize money in yuan, 0 for none; the rule for repeat winners goes first."""
        scheme, award_class = self._scheme_of(), self.application_id.class_id
        amount = scheme._value("prize_amount", award_class=award_class)
        if self.is_repeat:
            repeat = scheme._value("prize_amount_repeat", award_class=award_class)
            amount = amount if repeat is None else repeat
        return amount or 0

    def _settle_prizes(self):
        """Prize money and what is owed. Without money no report on it is due."""
        paid = self.filtered(lambda award: award._prize_amount())
        self.env["award.prize"].create(
            [{"award_id": award.id, "amount": award._prize_amount()} for award in paid]
        )
        self.env["award.clock"]._void(self - paid, "prize_report")
        self._owe()

    def _report_due(self):
        """When the prize-use report is due: by the clock of the award, else none."""
        clock = self.env["award.clock"]._of(self, "prize_report")[-1:]
        if clock:
            return clock.due_on
        days = self._scheme_of()._value("prize_report_days")
        return fields.Date.add(self.awarded_on, days=days) if days else False

    def _number_certificates(self):
        """Number the certificates of the edition without gaps, in order of cases."""
        for edition, awards in self.grouped("edition_id").items():
            scheme = edition.scheme_id
            numbered = awards.filtered(
                lambda award, scheme=scheme: scheme._value(
                    "certificate_numbered", award_class=award.application_id.class_id
                )
            )
            taken = self.search_count(
                [
                    ("edition_id", "=", edition.id),
                    ("certificate_number", "!=", False),
                ]
            )
            for number, award in enumerate(numbered, taken + 1):
                award._take_number(
                    f"{scheme.code.upper()}-{edition.award_year}-{number:03d}"
                )

    def _take_number(self, number):
        """Write the number; it is no field that people write."""
        self.env.cr.execute(
            "UPDATE award_award SET certificate_number = %s WHERE id = %s",
            [number, self.id],
        )
        self.invalidate_recordset(["certificate_number"])
