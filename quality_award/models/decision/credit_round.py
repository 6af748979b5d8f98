from types import SimpleNamespace

from markupsafe import Markup

from odoo import api, fields, models

from ...rules import requirements
from ...rules.refusal import Refusal
from ..application.fact import FIELDS


class AwardCreditRound(models.Model):
    """A credit check (信用核查) of a list of cases: one table to each department.

    A letter to each department is drafted with a line for each case and an answer for
    each subject that the department is asked about. Replies come back as tables with a
    sealed letter; checked by a second clerk, each answer becomes a fact of its case.
    """

    _name = "award.credit.round"
    _description = "Credit Check Round"
    _inherit = ["award.confidential"]
    _order = "id desc"

    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    application_ids = fields.Many2many(
        "award.application",
        "award_credit_round_application_rel",
        "round_id",
        "application_id",
        "Applications",
        domain="[('edition_id', '=', edition_id)]",
    )
    ask_ids = fields.One2many("award.credit.ask", "round_id", "Asked")
    consultation_ids = fields.One2many("award.consultation", "round_id", "Letters")
    case_count = fields.Integer("Applications Checked", compute="_compute_counts")
    open_count = fields.Integer("No Reply Yet", compute="_compute_counts")
    adverse_count = fields.Integer("Adverse", compute="_compute_counts")
    is_prepared = fields.Boolean(compute="_compute_counts")
    matrix = fields.Html(compute="_compute_matrix", sanitize=False)
    scheme_id = fields.Many2one(related="edition_id.scheme_id")
    is_demo = fields.Boolean(related="edition_id.is_demo")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    def _refuse(self, refusal):
        self.env["award.consultation"]._refuse(refusal)

    def _compute_counts(self):
        for one in self:
            letters = one.consultation_ids
            one.is_prepared = bool(letters)
            one.case_count = len(one.application_ids)
            one.open_count = len(letters.filtered(lambda c: not c._is_settled()))
            adverse = letters.opinion_ids.filtered(lambda o: o.verdict == "adverse")
            one.adverse_count = len(adverse.application_id)

    # -- about what --------------------------------------------------------------
    def _windows(self, case):
        """First and last day that a case is looked back to, for each subject asked.

        Counted from the day that the scheme names, over the years of the requirement
        that looks back farthest; without years from the first day on record.

        :return: dict subject -> (first day or None, last day)
        """
        rules = [
            record._as_rule()
            for record in case._scheme_of()._requirements(case.class_id)
            if record.kind == "no_incident"
        ]
        facts = SimpleNamespace(
            look_back=case._look_back_day(), award_year=case.edition_id.award_year
        )
        found = {}
        for field in set(self.ask_ids.mapped("field")):
            spans = [
                requirements.window(rule, facts)
                for rule in rules
                if not rule.fields or field in rule.fields
            ]
            first = min((first for first, _last in spans), default=None)
            last = max((last for _first, last in spans), default=facts.look_back)
            endless = first is None or first.year == 1
            found[field] = (None if endless else first, last)
        return found

    # -- acts ----------------------------------------------------------------------
    def action_prepare(self):
        """Draft one letter to each department; nothing is sent yet.

        :raise AwardRefusal: `nobody_asked_about`, `no_department_chosen`,
            `credit_prepared`, `withdrawn_from`
        """
        self.check_access("write")
        for one in self:
            if one.consultation_ids:
                one._refuse(Refusal("credit_prepared"))
            if not one.application_ids:
                one._refuse(Refusal("nobody_asked_about"))
            if not one.ask_ids:
                one._refuse(Refusal("no_department_chosen"))
            letters = self.env["award.consultation"].create(
                [one._letter_values(body) for body in one.ask_ids.body_id]
            )
            self.env["award.credit.answer"].sudo()._open(letters)  # sudo: by this act
        return True

    def _letter_values(self, body):
        return {
            "edition_id": self.edition_id.id,
            "body_id": body.id,
            "round_id": self.id,
            "opinion_ids": [
                fields.Command.create({"application_id": case.id})
                for case in self.application_ids
            ],
        }

    @api.model_create_multi
    def create(self, vals_list):
        rounds = super().create(vals_list)
        rounds.filtered(lambda one: not one.ask_ids)._propose_asked()
        return rounds

    def write(self, vals):
        """Whom it asks about stays once the letters are drafted."""
        if {"edition_id", "application_ids", "ask_ids"} & vals.keys():
            self.check_access("write")
            for one in self:
                if one.consultation_ids:
                    one._refuse(Refusal("credit_prepared"))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_prepared(self):
        for one in self:
            if one.consultation_ids:
                one._refuse(Refusal("credit_prepared"))

    # -- the matrix ------------------------------------------------------------------
    @api.depends_context("lang")
    def _compute_matrix(self):
        """Cases and departments: clean, adverse, no reply; in words and colours."""
        for one in self:
            letters = one.consultation_ids
            cells = {
                (opinion.application_id, opinion.consultation_id): opinion
                for opinion in letters.opinion_ids
            }
            names = [letter.body_id.display_name for letter in letters]
            rows = [
                Markup("<tr><th>{}</th>{}</tr>").format(
                    case.display_name,
                    Markup("").join(
                        one._cell(cells.get((case, letter))) for letter in letters
                    ),
                )
                for case in one.application_ids
            ]
            head = Markup("").join(Markup("<th>{}</th>").format(n) for n in names)
            one.matrix = letters and Markup(
                '<div class="table-responsive"><table class="table table-sm '
                'table-bordered"><thead><tr><th>{}</th>{}</tr></thead>'
                "<tbody>{}</tbody></table></div>"
            ).format(self.env._("Application"), head, Markup("").join(rows))

    def _cell(self, opinion):
        settled = opinion and opinion.consultation_id.state in {"answered", "entered"}
        if not settled or not opinion.verdict:
            text, colour = self.env._("no reply"), "text-muted"
        elif opinion.verdict == "adverse":
            text, colour = self.env._("adverse"), "table-danger"
        else:
            text, colour = self.env._("clean"), "table-success"
        return Markup('<td class="{}">{}</td>').format(colour, text)


class AwardCreditAsk(models.Model):
    """That a round asks one department about one subject."""

    _name = "award.credit.ask"
    _description = "Subject of a Credit Check"
    _order = "round_id, id"
    _rec_name = "body_id"

    round_id = fields.Many2one(
        "award.credit.round", required=True, ondelete="cascade", index=True
    )
    body_id = fields.Many2one(
        "award.body", "Department", required=True, ondelete="restrict", index=True
    )
    field = fields.Selection(FIELDS, "About", required=True)
    conditions = fields.Char(compute="_compute_conditions")
    scheme_id = fields.Many2one(related="round_id.edition_id.scheme_id")
    company_id = fields.Many2one(
        related="round_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(round_id, body_id, field)", "This department is asked about this already."
    )

    @api.depends("field")
    @api.depends_context("lang")
    def _compute_conditions(self):
        """The conditions of the scheme that look at the subject."""
        for ask in self:
            found = ask.scheme_id.requirement_ids.filtered(
                lambda record, ask=ask: (
                    record.kind == "no_incident"
                    and (
                        not record._word_list("fields")
                        or ask.field in record._word_list("fields")
                    )
                )
            )
            ask.conditions = "; ".join(found.mapped("display_name")) or False

    @api.model_create_multi
    def create(self, vals_list):
        asks = super().create(vals_list)
        asks._refuse_when_prepared()
        return asks

    def write(self, vals):
        self.check_access("write")
        self._refuse_when_prepared()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_prepared(self):
        self._refuse_when_prepared()

    def _refuse_when_prepared(self):
        for one in self.round_id:
            if one.consultation_ids:
                one._refuse(Refusal("credit_prepared"))


class AwardApplication(models.Model):
    _inherit = "award.application"

    def action_credit_check(self):
        """A round over the cases of `self`, one for each edition; nothing is sent.

        :return: the action that shows the rounds
        """
        self.check_access("read")
        rounds = self.env["award.credit.round"].create(
            [
                {
                    "name": self.env._(
                        "Credit check of %(edition)s, %(day)s",
                        edition=edition.display_name,
                        day=self.env["award.clock"]._today(),
                    ),
                    "edition_id": edition.id,
                    "application_ids": [fields.Command.set(cases.ids)],
                }
                for edition, cases in self.grouped("edition_id").items()
            ]
        )
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Check Round"),
            "res_model": rounds._name,
            "view_mode": "list,form",
            "domain": [("id", "in", rounds.ids)],
        }
        if len(rounds) == 1:
            action |= {"view_mode": "form", "res_id": rounds.id}
        return action
