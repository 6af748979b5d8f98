from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..application.fact import FIELDS, SEVERITIES

#: What is typed or read from a table while the letter waits for its reply.
TOLD = frozenset(
    "verdict fact_kind happened_on severity number evidence proof proof_name".split()
)


class AwardCreditAnswer(models.Model):
    """What a department says about one case and one subject, with source and proof."""

    _name = "award.credit.answer"
    _description = "Answer in a Credit Check"
    _inherit = ["award.confidential", "award.closing"]
    _order = "consultation_id, application_id, id"
    _rec_name = "application_id"

    opinion_id = fields.Many2one(
        "award.consultation.opinion",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    consultation_id = fields.Many2one(
        related="opinion_id.consultation_id", store=True, index=True
    )
    application_id = fields.Many2one(
        related="opinion_id.application_id", store=True, index=True, string="Case"
    )
    field = fields.Selection(FIELDS, "About", required=True, readonly=True)
    first_day = fields.Date("Looked Back From", readonly=True)
    last_day = fields.Date("Looked Back To", readonly=True)
    verdict = fields.Selection([("none", "No Comment"), ("adverse", "Adverse")])
    fact_kind = fields.Selection(
        [("incident", "Accident or Major Complaint"), ("penalty", "Penalty")], "What"
    )
    happened_on = fields.Date("On")
    severity = fields.Selection(SEVERITIES)
    number = fields.Char("Source", help="Number of the decision or of the record.")
    evidence = fields.Text()
    proof = fields.Binary(attachment=True)
    proof_name = fields.Char()
    can_enter = fields.Boolean(related="opinion_id.can_enter")
    company_id = fields.Many2one(
        related="opinion_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(opinion_id, field)")

    @api.model
    def _open(self, letters):
        """An answer for each case and subject that the letters ask about."""
        values = []
        for one, some in letters.grouped("round_id").items():
            windows = {case: one._windows(case) for case in one.application_ids}
            subjects = one.ask_ids.grouped("body_id")
            for opinion in some.opinion_ids:
                for ask in subjects[opinion.consultation_id.body_id]:
                    first, last = windows[opinion.application_id][ask.field]
                    values.append(
                        {
                            "opinion_id": opinion.id,
                            "field": ask.field,
                            "first_day": first,
                            "last_day": last,
                        }
                    )
        return self.create(values)

    def write(self, vals):
        if TOLD & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for letter in self.consultation_id:
                if letter.state != "sent":
                    letter._refuse_closed({"opinion_ids"})
        return super().write(vals)

    def _vague(self):
        """Adverse answers that do not say what happened, when, or on what ground."""
        return self.filtered(
            lambda a: a.verdict == "adverse"
            and not (a.fact_kind and a.happened_on and (a.evidence or "").strip())
        )

    def _fact_values(self):
        """The fact that a checked answer is."""
        letter = self.consultation_id
        values = {
            "application_id": self.application_id.id,
            "origin": "department",
            "issuer": letter.body_id._name_on(letter.reply_date),
            "field": self.field,
        }
        if self.verdict == "none":
            return {
                **values,
                "kind": "check",
                "number": letter.reply_number,
                "happened_on": letter.reply_date,
            }
        return {
            **values,
            "kind": self.fact_kind,
            "number": self.number or letter.reply_number,
            "happened_on": self.happened_on,
            "severity": self.severity if self.fact_kind == "penalty" else False,
            "note": self.evidence,
        }


class AwardConsultation(models.Model):
    _inherit = "award.consultation"

    round_id = fields.Many2one(
        "award.credit.round",
        "Credit Check Round",
        ondelete="restrict",
        index="btree_not_null",
    )
    answer_ids = fields.One2many(
        "award.credit.answer", "consultation_id", "Answers by Subject"
    )
    reply_scan = fields.Binary("Sealed Reply", attachment=True)
    reply_scan_name = fields.Char()

    @api.model
    def _open_fields(self):
        found = super()._open_fields()
        scan = frozenset({"reply_scan", "reply_scan_name", "answer_ids"})
        return {**found, "sent": found["sent"] | scan}

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        for one in letters.round_id:
            if one.edition_id != letters.filtered("round_id").edition_id:
                letters._refuse(Refusal("credit_other_edition"))
        return letters

    def action_enter(self):
        """As before; in a round the opinion on a case follows from its answers."""
        for opinion in self.filtered("round_id").opinion_ids:
            opinion._take_answers()
        return super().action_enter()

    def _after_check(self):
        """The answers of a round are facts, one for each case and subject."""
        of_rounds = self.filtered("round_id")
        answers = of_rounds.answer_ids
        self.env["award.fact"].sudo().create(  # sudo: from the checked reply, not typed
            [answer._fact_values() for answer in answers]
        )
        self._checks_of(answers.application_id).action_refresh()
        rest = self - of_rounds
        return super(AwardConsultation, rest)._after_check() if rest else None

    # -- guards --------------------------------------------------------------------
    def _guard_list_adopted(self):
        """A round asks about any list of cases, before or after their check."""
        if not self.round_id:
            return super()._guard_list_adopted()
        return None if self.opinion_ids else Refusal("nobody_asked_about")

    def _guard_reply_complete(self):
        if self.round_id:
            silent = self.answer_ids.filtered(lambda answer: not answer.verdict)
            if silent:
                return Refusal("credit_answers_open", values=self._shown(silent))
            if vague := self.answer_ids._vague():
                return Refusal("credit_answers_vague", values=self._shown(vague))
            if not self.reply_scan:
                return Refusal("credit_scan_missing")
        return super()._guard_reply_complete()

    @staticmethod
    def _shown(answers):
        cases = sorted(set(answers.application_id.mapped("name")))
        return {"count": len(answers), "cases": ", ".join(cases[:10])}


class AwardConsultationOpinion(models.Model):
    _inherit = "award.consultation.opinion"

    answer_ids = fields.One2many("award.credit.answer", "opinion_id", "Answers")

    def _take_answers(self):
        """Adverse where one answer is; what the first of those says is shown."""
        answers = self.answer_ids
        adverse = answers.filtered(lambda answer: answer.verdict == "adverse")
        if not answers or not all(answers.mapped("verdict")):
            return
        first = adverse[:1]
        self.write(
            {
                "verdict": "adverse" if adverse else "none",
                "evidence": "\n".join(filter(None, adverse.mapped("evidence"))),
                "fact_kind": first.fact_kind,
                "happened_on": first.happened_on,
                "field": first.field,
                "severity": first.severity,
            }
        )
