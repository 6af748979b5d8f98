import hashlib
import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .applicant_fields import HANDED_IN
from .refusals import refuse


def canonical(content):
    """The one text of `content` that is hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


class AwardSubmission(models.Model):
    """A frozen version of what the applicant handed in; this is what experts read.

    The case points here, never back: from a submission nothing of the office's case
    can be reached by an expert.
    """

    _name = "award.submission"
    _description = "Submitted Version"
    _inherit = ["award.confidential", "award.closing"]
    _order = "id"
    _rec_name = "version_code"

    application_id = fields.Many2one(
        "award.application",
        required=True,
        ondelete="restrict",
        index=True,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    criteria_id = fields.Many2one("award.criteria", required=True, ondelete="restrict")
    title = fields.Char("Applicant", required=True, readonly=True)
    trade_id = fields.Many2one("award.trade", readonly=True)
    version = fields.Integer(required=True, readonly=True)
    version_code = fields.Char(required=True, readonly=True)
    content = fields.Json(readonly=True)
    content_hash = fields.Char(required=True, readonly=True)
    submitted_at = fields.Datetime(required=True, readonly=True)
    is_current = fields.Boolean("In Force", readonly=True, default=True)
    is_open_to_me = fields.Boolean(
        compute="_compute_is_open_to_me", search="_search_is_open_to_me"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)

    _version_unique = models.UniqueIndex("(application_id, version)")

    def _scheme_of(self):
        return self.edition_id.scheme_id

    # -- who reads it ------------------------------------------------------------
    def _open_to_me_sql(self):
        """Subselects of the ids of versions open to the current user; rooms add theirs.

        :return: list of `SQL`, each selecting one column of submission ids
        """
        return [
            SQL(
                """SELECT r.submission_id FROM award_recommendation r
                     JOIN award_recommender_member m
                       ON m.recommender_id = r.recommender_id
                    WHERE m.user_id = %s AND r.submission_id IS NOT NULL""",
                self.env.uid,
            )
        ]

    def _search_is_open_to_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        subselects = SQL(" UNION ").join(self._open_to_me_sql())
        return Domain("id", "in", SQL("(%s)", subselects))

    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        open_ids = set(self._search([("is_open_to_me", "=", True)]))
        for submission in self:
            submission.is_open_to_me = submission.id in open_ids

    # -- freezing ------------------------------------------------------------------
    @api.model
    def _freeze(self, applications):
        """Keep what the applications say now as their next version.

        :return: the versions, in the order of the applications
        """
        contents = {case: self._content_of(case) for case in applications}
        return self._add_versions(contents)

    @api.model
    def _content_of(self, case):
        """Everything that is handed in, as plain data: strings, booleans, None."""
        applicant = case.applicant_id
        values = {"subject": applicant.subject}
        for name in HANDED_IN[applicant.subject]:
            value = applicant[name]
            is_flag = applicant._fields[name].type == "boolean"
            values[name] = value if is_flag else str(value or "")
        trade = applicant.trade_id
        values["trade"] = {"code": trade.code or "", "name": trade.name_zh or ""}
        texts = {c.code: c.text or "" for c in case.chapter_ids}
        return {
            "class": case.class_id.code,
            **({"choice": case.choice_id.code} if case.choice_id else {}),
            "applicant": values,
            "profile": texts.pop("profile", ""),
            "chapters": texts,
        }

    @api.model
    def _add_versions(self, contents):
        """Add one version for each case.

        :param contents: dict award.application -> content
        """
        cases = self.env["award.application"].union(*contents)
        versions = self.sudo()  # sudo: made by acts of the case, nobody may write
        before = versions.search([("application_id", "in", cases.ids)])
        numbers = {
            case.id: max(versions.mapped("version"))
            for case, versions in before.grouped("application_id").items()
        }
        before.filtered("is_current").is_current = False
        now = fields.Datetime.now()
        return self.sudo().create(  # sudo: as above
            [
                self._values_of(case, content, numbers.get(case.id, 0) + 1, now)
                for case, content in contents.items()
            ]
        )

    def _values_of(self, case, content, version, now):
        digest = hashlib.sha256(canonical(content).encode()).hexdigest()
        code = digest[:12].upper()
        return {
            "application_id": case.id,
            "edition_id": case.edition_id.id,
            "criteria_id": case.criteria_id.id,
            "title": content["applicant"]["name"],
            "trade_id": case.applicant_id.trade_id.id,
            "version": version,
            "version_code": "-".join((code[:4], code[4:8], code[8:])),
            "content": content,
            "content_hash": digest,
            "submitted_at": now,
            "company_id": case.company_id.id,
        }

    def write(self, vals):
        if vals.keys() - {"is_current"}:
            self.check_access("write")  # strangers learn nothing of the rules
            refuse(self.env, "submission_frozen")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        refuse(self.env, "submission_frozen")
