from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..application.fact import FIELDS, SEVERITIES
from ..base.lifecycle import asked_once
from .list_guards import names


class AwardConsultation(models.Model):
    """A letter that asks about applicants during the qualification check.

    There is no list yet. What the department replies becomes facts of the cases:
    where it knows of nothing, that it has looked; else the incident or penalty.
    """

    _inherit = "award.consultation"

    is_early = fields.Boolean(
        "During the Qualification Check", compute="_compute_is_early", store=True
    )
    about = fields.Selection(
        FIELDS, "Asked About", help="Empty: all that the requirements look at."
    )

    @api.model
    def _open_fields(self):
        found = super()._open_fields()
        return {**found, "draft": found["draft"] | {"about"}}

    @api.depends("list_id")
    def _compute_is_early(self):
        for record in self:
            record.is_early = not record.list_id

    # -- what the reply becomes ------------------------------------------------------
    def _after_check(self):
        """The opinions of an early letter are facts; open checks ask them again."""
        early = self.filtered("is_early")
        opinions = early.opinion_ids.filtered("verdict")
        self.env["award.fact"].sudo().create(  # sudo: from the checked reply, not typed
            [opinion._fact_values() for opinion in opinions]
        )
        self._checks_of(opinions.application_id).action_refresh()

    def _checks_of(self, cases):
        """The undecided qualification checks of cases."""
        return self.env["award.qualification"].search(
            [("application_id", "in", cases.ids), ("state", "=", "draft")]
        )

    # -- guards ------------------------------------------------------------------------
    def _guard_list_adopted(self):
        if not self.is_early:
            return super()._guard_list_adopted()
        cases = self.opinion_ids.application_id
        clause = cases[:1]._clause_of_kind("qualification") if cases else None
        if not cases:
            return Refusal("nobody_asked_about", clause)
        if strange := cases - self._checks_of(cases).application_id:
            return Refusal("case_not_in_check", clause, {"cases": names(strange)})
        return None

    def _guard_reply_complete(self):
        refusal = super()._guard_reply_complete()
        if refusal or not self.is_early:
            return refusal
        vague = self.opinion_ids.filtered(
            lambda o: o.verdict == "adverse" and not o.fact_kind
        )
        if vague:
            shown = {"cases": names(vague.application_id)}
            return Refusal("adverse_kind_missing", values=shown)
        return None

    def _guard_overdue(self):
        """Without a time limit no reply can be recorded any day: it proves nothing."""
        due = self._reply_clocks()[-1:].due_at
        if self.is_early and (not due or due <= fields.Datetime.now()):
            return None
        return super()._guard_overdue()


class AwardConsultationOpinion(models.Model):
    _inherit = "award.consultation.opinion"

    is_early = fields.Boolean(related="consultation_id.is_early")
    fact_kind = fields.Selection(
        [("incident", "Accident or Major Complaint"), ("penalty", "Penalty")], "What"
    )
    happened_on = fields.Date("On")
    field = fields.Selection(FIELDS)
    severity = fields.Selection(SEVERITIES)

    @api.depends("consultation_id.is_early")
    def _compute_open(self):
        """On an early letter the requirements are judged, not the opinion."""
        done = super()._compute_open()
        for record in self:
            record.can_judge = record.can_judge and not record.is_early
        return done

    def _open_when(self):
        found = super()._open_when()
        told = frozenset({"fact_kind", "happened_on", "field", "severity"})
        return {**found, "sent": found["sent"] | told}

    def _fact_values(self):
        """The fact that a checked opinion is."""
        letter = self.consultation_id
        values = {
            "application_id": self.application_id.id,
            "origin": "department",
            "issuer": letter.body_id._name_on(letter.reply_date),
            "number": letter.reply_number,
        }
        if self.verdict == "none":
            return {
                **values,
                "kind": "check",
                "field": letter.about,
                "happened_on": letter.reply_date,
            }
        return {
            **values,
            "kind": self.fact_kind,
            "field": self.field or letter.about,
            "happened_on": self.happened_on,
            "severity": self.severity if self.fact_kind == "penalty" else False,
            "note": self.evidence,
        }


class AwardQualification(models.Model):
    """The office may ask departments before it decides on a check."""

    _inherit = "award.qualification"

    opinion_ids = fields.Many2many(
        "award.consultation.opinion",
        compute="_compute_opinion_ids",
        string="Replies of Departments",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    @api.depends("application_id")
    def _compute_opinion_ids(self):
        found = self.env["award.consultation.opinion"].search(
            [
                ("application_id", "in", self.application_id.ids),
                ("consultation_id.is_early", "=", True),
            ]
        )
        by_case = found.grouped("application_id")
        for check in self:
            check.opinion_ids = by_case.get(check.application_id, found.browse())

    def action_consult(self):
        """Choose the departments to ask about the cases of these checks."""
        asked = self.env["award.consultation.ask"].create(
            {"qualification_ids": [fields.Command.set(self.ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask Departments"),
            "res_model": asked._name,
            "res_id": asked.id,
            "view_mode": "form",
            "target": "new",
        }

    @asked_once
    def _guard_departments_answered(self):
        """A department that was asked has answered, or its silence is recorded."""
        Opinion = self.env["award.consultation.opinion"].sudo()  # sudo: a yes or no
        waiting = Opinion.search(
            [
                ("application_id", "in", self.application_id.ids),
                ("consultation_id.is_early", "=", True),
                ("consultation_id.state", "in", ["sent", "entered"]),
            ]
        ).grouped("application_id")
        return {
            check: Refusal(
                "departments_open",
                check.application_id._clause_of_kind("qualification"),
                {"bodies": self._bodies_of(waiting[check.application_id])},
            )
            for check in self
            if check.application_id in waiting
        }

    @staticmethod
    def _bodies_of(opinions):
        bodies = opinions.consultation_id.body_id
        return ", ".join(bodies.mapped("display_name"))


class AwardConsultationAsk(models.TransientModel):
    """Which departments are asked about the applicants in check, and what about."""

    _name = "award.consultation.ask"
    _description = "Ask Departments"

    qualification_ids = fields.Many2many("award.qualification", readonly=True)
    scheme_ids = fields.Many2many("award.scheme", compute="_compute_scheme_ids")
    body_ids = fields.Many2many(
        "award.body",
        string="Departments",
        domain="[('scheme_id', 'in', scheme_ids), ('role', '=', 'department')]",
    )
    about = fields.Selection(
        FIELDS, "Asked About", help="Empty: all that the requirements look at."
    )

    @api.depends("qualification_ids")
    def _compute_scheme_ids(self):
        for wizard in self:
            editions = wizard.qualification_ids.application_id.edition_id
            wizard.scheme_ids = editions.scheme_id

    def action_prepare(self):
        """Draft one letter to each department for each edition; nothing is sent yet.

        :return: the action that shows the letters
        :raise AwardRefusal: `nobody_asked_about`, `no_department_chosen`
        """
        self.ensure_one()
        checks = self.qualification_ids
        for check in checks[:1]:
            if not self.body_ids:
                clause = check.application_id._clause_of_kind("qualification")
                check._refuse(Refusal("no_department_chosen", clause))
        letters = self.env["award.consultation"].create(
            [
                {
                    "edition_id": edition.id,
                    "body_id": body.id,
                    "about": self.about,
                    "opinion_ids": [
                        fields.Command.create({"application_id": case.id})
                        for case in cases
                    ],
                }
                for edition, cases in checks.application_id.grouped(
                    "edition_id"
                ).items()
                for body in self.body_ids
                if body.scheme_id == edition.scheme_id
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letters to Departments"),
            "res_model": letters._name,
            "view_mode": "list,form",
            "domain": [("id", "in", letters.ids)],
        }
