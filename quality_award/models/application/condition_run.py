import hashlib
import json
from dataclasses import asdict
from dataclasses import fields as fields_of

from odoo import api, fields, models

from ...rules import condition_runs
from ...rules.facts import Facts
from ..base import door
from ..base.refusal import refusal_text, translated
from .condition_words import MOMENTS, STANDING_WORDS, changes_table, findings_table


class AwardConditionRun(models.Model):
    """What the conditions of a case came to at one moment, with the figures used.

    Rows are added and never changed: the table refuses it.
    """

    _name = "award.condition.run"
    _description = "Run of the Conditions"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "id desc"
    _rec_name = "at"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    moment = fields.Selection(MOMENTS, required=True, readonly=True)
    at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    asked_by = fields.Char(readonly=True)
    base_day = fields.Date("Conditions as of", readonly=True)
    facts_version = fields.Char(
        "Version of the Facts",
        readonly=True,
        help="The same where the same was known; another where anything differs.",
    )
    findings = fields.Json(readonly=True)
    figures = fields.Json(readonly=True)
    unmet = fields.Integer("Not Met", readonly=True, aggregator=None)
    to_judge = fields.Integer("Office Judges", readonly=True, aggregator=None)
    findings_html = fields.Html(compute="_compute_findings_html", sanitize=False)
    changes_html = fields.Html(
        "Changed since the Run Before", compute="_compute_changes_html", sanitize=False
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    def init(self):
        door.append_only(self.env.cr, self._table)

    @api.depends("application_id", "moment")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = dict(self._fields["moment"]._description_selection(self.env))
        for run in self:
            case = run.application_id.display_name
            run.display_name = f"{case} · {words.get(run.moment, '')}"

    @api.depends_context("lang")
    def _compute_findings_html(self):
        covered = self.application_id._covered_marks()
        for run in self:
            case = run.application_id
            run.findings_html = findings_table(
                self.env, run.findings or [], covered.get(case.id, {})
            )

    @api.depends_context("lang")
    def _compute_changes_html(self):
        """Against the run before it, of whatever moment."""
        runs = self.search([("application_id", "in", self.application_id.ids)])
        by_case = runs.grouped("application_id")
        for run in self:
            earlier = by_case.get(run.application_id, self).filtered(
                lambda other, run=run: other.id < run.id
            )[:1]
            found = condition_runs.changes(earlier.findings or [], run.findings or [])
            run.changes_html = changes_table(self.env, found) if earlier else False


class AwardApplication(models.Model):
    """Conditions are asked at submission, at the qualification check, before award."""

    _inherit = "award.application"

    condition_run_ids = fields.One2many("award.condition.run", "application_id")

    def _run_conditions(self, moment):
        """Ask all conditions now and keep what they came to.

        :param moment: one of `rules.condition_runs.MOMENTS`
        :return: dict application id -> lines, as `rules.condition_runs` has them
        """
        cases = self.sudo()  # sudo: facts of the case, whoever acts on it
        known = cases._facts_by_case()
        lines = cases._lines_by_case(known)
        self._keep_runs(cases, moment, known, lines)
        return lines

    def _lines_by_case(self, known=None):
        """All conditions as they are now, kept nowhere.

        :param known: what `_facts_by_case` gave, where it was asked
        :return: dict application id -> lines, as `rules.condition_runs` has them
        """
        conditions = self._conditions_by_case(known)
        standing = self._standing_by_case()
        return {
            case.id: [
                *(case._requirement_line(*found) for found in conditions[case.id]),
                *(case._standing_line(*found) for found in standing[case.id]),
            ]
            for case in self
        }

    def _keep_runs(self, cases, moment, known, lines):
        runs = self.env["award.condition.run"].sudo()  # sudo: kept by acts only
        runs.create(
            [
                {
                    "application_id": case.id,
                    "moment": moment,
                    "asked_by": self.env.user.name,
                    "base_day": known[case.id].base,
                    "facts_version": version_of(known[case.id]),
                    "findings": lines[case.id],
                    "figures": case._figures(known[case.id]),
                    "unmet": sum(x["verdict"] == "not_met" for x in lines[case.id]),
                    "to_judge": sum(x["verdict"] == "judge" for x in lines[case.id]),
                    "company_id": case.company_id.id,
                }
                for case in cases
            ]
        )

    def _requirement_line(self, requirement, finding):
        facts = self.env["award.fact"].sudo()  # sudo: what the finding rests on
        used = facts.browse(finding.used)
        return {
            "code": requirement.code,
            "kind": "requirement",
            "verdict": finding.verdict,
            "reason": finding.reason,
            "mark": condition_runs.mark(finding.reason, finding.used),
            "blocks": finding.blocks,
            "text": requirement.display_name,
            "clause": requirement.clause_id.code or "",
            "cited": requirement.clause_id.display_name or "",
            "because": self._finding_text(finding),
            "facts": [{"id": fact.id, "text": fact.display_name} for fact in used],
        }

    def _standing_line(self, code, refusal):
        label = STANDING_WORDS[code]
        line = {
            "code": f"standing:{code}",
            "kind": "standing",
            "verdict": "met",
            "reason": code,
            "mark": condition_runs.mark("met"),
            "blocks": True,
            "text": translated(self.env, label),
            "clause": "",
            "cited": "",
            "because": "",
            "facts": [],
        }
        if refusal:
            line |= {
                "verdict": "not_met",
                "reason": refusal.code,
                "mark": condition_runs.mark(refusal.code, values=refusal.values),
                "clause": refusal.clause or "",
                "cited": self._cite(refusal.clause) or "",
                "because": refusal_text(self.env, refusal),
            }
        return line

    def _standing_by_case(self):
        """Conditions that hold for any applicant, whatever the scheme's list says.

        :return: dict application id -> list of (code, Refusal or None)
        """
        bans, won = self._ban_by_case(), self._awards_by_case()
        elsewhere = self._elsewhere_by_case()
        return {
            case.id: [
                ("banned", case._guard_not_banned(bans[case.id])),
                ("locked", case._guard_may_apply_again(won[case.id])),
                ("new_result", case._guard_new_result(won[case.id])),
                ("elsewhere", case._guard_not_elsewhere(elsewhere[case.id])),
                ("group", case._guard_group_free()),
            ]
            for case in self
        }

    def _figures(self, facts):
        """The applicant's own figures that the run used, for people."""
        return {
            name: str(getattr(facts, name) or "")
            for name in ("registered_on", "operating_since", "working_since")
        } | {"base": str(facts.base), "look_back": str(facts.look_back)}

    # -- the moments -----------------------------------------------------------------
    def _after_submit(self):
        done = super()._after_submit()
        self._run_conditions("submission")
        return done

    def action_rerun_conditions(self):
        """Ask the conditions again, to see what has changed; nothing is decided."""
        self.check_access("write")
        self._run_conditions("by_hand")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Runs of the Conditions"),
            "res_model": "award.condition.run",
            "view_mode": "list,form",
            "domain": [("application_id", "in", self.ids)],
        }


def version_of(facts):
    """Hash of all that is known of a case, the same where the same is known."""
    known = {
        field.name: getattr(facts, field.name)
        for field in fields_of(Facts)
        if field.name not in {"count_days", "records"}
    }
    known["tags"] = sorted(facts.tags)
    known["awards"] = [asdict(prior) for prior in facts.awards]
    known["records"] = sorted((asdict(f) for f in facts.records), key=_by_key)
    text = json.dumps(known, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _by_key(record):
    return record["key"]
