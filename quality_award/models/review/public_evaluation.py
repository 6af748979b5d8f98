from odoo import api, fields, models

from ...rules import scoring, survey
from ...rules.refusal import Refusal
from ..base.lifecycle import state_field


class AwardPublicEvaluation(models.Model):
    """One survey of the public on the cases of a class, with its method and report.

    It is carried out elsewhere. One clerk enters or imports the points, another does
    so again from the same report; only what agrees counts.
    """

    _name = "award.public.evaluation"
    _description = "Public Evaluation"
    _inherit = ["award.lifecycle", "award.confidential"]
    _order = "id"

    state = state_field("award.public.evaluation")
    name = fields.Char(required=True)
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    class_id = fields.Many2one("award.class", required=True, ondelete="restrict")
    method = fields.Selection(
        [
            ("survey", "Survey"),
            ("online", "Online Vote"),
            ("panel", "Jury of Citizens"),
            ("other", "Other"),
        ],
        required=True,
        default="survey",
    )
    sample = fields.Integer("Persons Asked", aggregator=None)
    date_start = fields.Date("First Day")
    date_end = fields.Date("Last Day")
    carried_out_by = fields.Char(
        help="Who carried it out, outside the agency or in it."
    )
    report = fields.Text(help="Method, sample, how points were reached.")
    report_file = fields.Binary(attachment=True)
    report_name = fields.Char()
    line_ids = fields.One2many("award.public.evaluation.line", "evaluation_id")
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    is_open = fields.Boolean(compute="_compute_is_open")
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    @api.depends("state")
    def _compute_is_open(self):
        for record in self:
            record.is_open = record.state == "draft"

    # -- what is typed and what is not ------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        taken = {"entered_by_id", "checked_by_id"}
        return super().create(
            [{k: v for k, v in vals.items() if k not in taken} for vals in vals_list]
        )

    def write(self, vals):
        """People write while it is a draft; afterwards acts do."""
        if not self.env.su:
            locked = set(vals) & {"entered_by_id", "checked_by_id"}
            if locked or any(record.state != "draft" for record in self):
                shown = {"fields": ", ".join(sorted(locked or vals))}
                self._refuse(Refusal("not_editable", values=shown))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        for record in self:
            if record.state != "draft":
                record._refuse(Refusal("not_editable", values={"fields": record.name}))

    # -- acts --------------------------------------------------------------------
    def action_prepare(self):
        """Put down every case that the public is asked about, one line for each."""
        self.check_access("write")
        for record in self:
            if record.state != "draft":
                record._refuse(Refusal("not_editable", values={"fields": record.name}))
            cases = record._population()
            lines = record.line_ids
            kept = lines.filtered_domain([("application_id", "in", cases.ids)])
            (lines - kept).unlink()
            self.env["award.public.evaluation.line"].create(
                [
                    {"evaluation_id": record.id, "application_id": case.id}
                    for case in cases - lines.application_id
                ]
            )
        return True

    def action_import(self, table):
        """Take the points from a table of case numbers and points.

        :param table: text, one case a line
        :raise AwardRefusal: with every line that is not understood; nothing is taken
        """
        self.ensure_one()
        self.action_prepare()
        points = self._read(table)
        for line in self.line_ids:
            if line.application_id.name in points:
                line.points = points[line.application_id.name]
        return True

    def action_open_import(self):
        """Ask for the table that `action_import` takes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Points"),
            "res_model": "award.public.evaluation.import",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def action_enter(self):
        """The first clerk has entered every case."""
        return self._apply_move("enter", values={"entered_by_id": self.env.uid})

    def action_check(self, table=None):
        """The second clerk gives the same table from the same report.

        :param table: text as in `action_import`; None opens a dialogue for it
        """
        self.ensure_one()
        if table is None:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Second Entry"),
                "res_model": "award.public.evaluation.second",
                "view_mode": "form",
                "target": "new",
                "context": {"default_evaluation_id": self.id},
            }
        self._check_move("check")
        if differing := self._differing(self._read(table)):
            self._refuse(Refusal("survey_differs", values={"cases": differing}))
        return self._apply_move("check", values={"checked_by_id": self.env.uid})

    def action_correct(self, reason=None):
        """Send the first entry back to be made again."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "correct")
        return self._apply_move("correct", reason=reason)

    def _after_check(self):
        """With the last survey of a class the cases go on that waited for it."""
        for record in self:
            siblings = self.search_count(
                [
                    ("edition_id", "=", record.edition_id.id),
                    ("class_id", "=", record.class_id.id),
                    ("state", "!=", "checked"),
                ],
                limit=1,
            )
            if siblings:
                continue
            cases = record.line_ids.application_id.filtered(
                lambda case: (
                    case.stage_id.kind == "public_evaluation"
                    and case.state in {"submitted", "accepted"}
                )
            )
            for some in cases.grouped("stage_id").values():
                some._advance(note=record.name)
            record._close_beside()

    def _close_beside(self):
        """Where the public is asked beside another stage, that row is closed."""
        beside = (
            self._scheme_of()
            ._stages(self.class_id)
            .filtered(lambda s: s.kind == "public_evaluation" and s.in_parallel)
        )
        rows = self.env["award.case.stage"]
        for stage in beside:
            rows._pass(self.line_ids.application_id, stage, self.name)

    # -- who is asked about, and what came out --------------------------------------
    def _population(self):
        """The live cases that the public is asked about, as the scheme says."""
        which = self._scheme_of()._says(
            "public_evaluation_population", "public_evaluation", self.class_id
        )
        cases = self.env["award.application"].sudo().search(  # sudo: closed ones too
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("state", "in", ["submitted", "accepted"]),
            ],
            order="name, id",
        )
        cases = cases.sudo(self.env.su)  # sudo: given back as it was asked
        return cases._asked_about(which or "on_site")

    def _read(self, table):
        """dict number of a case -> hundredths; refuses what does not fit."""
        found = survey.read_table(table)
        known = set(self.line_ids.application_id.mapped("name"))
        strange = sorted(set(found.points) - known)
        if found.problems or strange:
            lines = [f"{place}: {text}" for place, _code, text in found.problems]
            shown = {"lines": "; ".join(lines + strange)}
            self._refuse(Refusal("survey_not_read", values=shown))
        return found.points

    def _differing(self, points):
        """Numbers of the cases on which the second entry says something else."""
        return ", ".join(
            sorted(
                line.application_id.name
                for line in self.line_ids
                if points.get(line.application_id.name) != line.points
            )
        )

    # -- guards ------------------------------------------------------------------
    def _guard_survey_told(self):
        """How many were asked, when, and how: without it points mean nothing."""
        dated = self.date_start and self.date_end and self.date_start <= self.date_end
        if self.sample < 1 or not dated or not (self.report or "").strip():
            return Refusal("survey_not_told")
        if self.date_end > self.env["award.clock"]._today():
            return Refusal("survey_running", values={"last": self.date_end})
        return None

    def _guard_all_scored(self):
        """Exactly the cases that the scheme asks about have points within range."""
        population = self._population()
        _value, clause = self._scheme_of()._figure(
            "public_evaluation_population", "public_evaluation", self.class_id
        )
        listed = self.line_ids.application_id
        wrong = (population - listed) | (listed - population)
        unscored = self.line_ids.filtered(lambda line: not line.is_scored)
        wrong |= unscored.application_id
        if wrong or not population:
            shown = {"cases": ", ".join(sorted(wrong.mapped("name"))) or "—"}
            return Refusal("survey_incomplete", clause, shown)
        return None

    def _guard_second_clerk(self):
        if self.entered_by_id == self.env.user:
            return Refusal("survey_second", values={"first": self.env.user.name})
        return None


class AwardPublicEvaluationLine(models.Model):
    """The points of one case in one survey."""

    _name = "award.public.evaluation.line"
    _description = "Points of the Public"
    _inherit = ["award.confidential"]
    _order = "evaluation_id, id"
    _rec_name = "title"

    evaluation_id = fields.Many2one(
        "award.public.evaluation", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", compute="_compute_title", store=True)
    points = fields.Integer("Points (hundredths)", aggregator=None)
    is_scored = fields.Boolean("Scored", readonly=True)
    points_text = fields.Char(
        "Points", compute="_compute_points_text", inverse="_inverse_points_text"
    )
    company_id = fields.Many2one(
        related="evaluation_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex("(evaluation_id, application_id)")

    @api.depends("application_id")
    def _compute_title(self):
        for line in self:
            line.title = line.application_id.applicant_id.name

    @api.depends("points", "is_scored")
    def _compute_points_text(self):
        for line in self:
            line.points_text = scoring.to_text(line.points) if line.is_scored else ""

    def _inverse_points_text(self):
        for line in self:
            points = survey.read_points(line.points_text)
            if points is None:
                shown = {"text": line.points_text or ""}
                line.evaluation_id._refuse(Refusal("score_not_a_number", values=shown))
            line.points = points

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(
            [self._scored({**vals, "is_scored": False}) for vals in vals_list]
        )
        lines._refuse_closed()
        lines._refuse_out_of_range()
        return lines

    def write(self, vals):
        """Points make a line scored; they are in range at once."""
        self._refuse_closed()
        result = super().write(self._scored(vals))
        if "points" in vals:
            self._refuse_out_of_range()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        self._refuse_closed()

    @staticmethod
    def _scored(vals):
        return {**vals, "is_scored": True} if "points" in vals else vals

    def _refuse_closed(self):
        for evaluation in self.evaluation_id:
            if evaluation.state != "draft":
                shown = {"fields": self._fields["points"].string}
                evaluation._refuse(Refusal("not_editable", values=shown))

    def _refuse_out_of_range(self):
        for line in self:
            evaluation = line.evaluation_id
            highest, clause = evaluation._scheme_of()._figure(
                "public_evaluation_max", "public_evaluation", evaluation.class_id
            )
            if line.points < 0 or (highest and line.points > highest):
                shown = {
                    "points": scoring.to_text(line.points),
                    "highest": scoring.to_text(highest) if highest else "∞",
                }
                evaluation._refuse(Refusal("score_out_of_range", clause, shown))


class AwardPublicEvaluationSecond(models.TransientModel):
    """The second entry, typed without seeing the first."""

    _name = "award.public.evaluation.second"
    _description = "Second Entry of a Public Evaluation"

    evaluation_id = fields.Many2one(
        "award.public.evaluation", required=True, readonly=True
    )
    table = fields.Text(
        required=True, help="One case a line: its number, then its points."
    )

    def action_confirm(self):
        """Compare with the first entry and close it when both agree."""
        self.ensure_one()
        self.evaluation_id.action_check(self.table)
        return {"type": "ir.actions.act_window_close"}


class AwardPublicEvaluationImport(models.TransientModel):
    """The first entry as a table, pasted from the report or a spreadsheet."""

    _name = "award.public.evaluation.import"
    _description = "Import Points of the Public"

    evaluation_id = fields.Many2one(
        "award.public.evaluation", required=True, readonly=True
    )
    table = fields.Text(
        required=True, help="One case a line: its number, then its points."
    )

    def action_confirm(self):
        """Take the points over, or tell every line that is not understood."""
        self.ensure_one()
        self.evaluation_id.action_import(self.table)
        return {"type": "ir.actions.act_window_close"}
