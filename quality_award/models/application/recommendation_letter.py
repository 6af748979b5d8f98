import base64

from odoo import api, fields, models
from odoo.tools.mimetypes import guess_mimetype

from ...rules.refusal import Refusal
from ..base import spreadsheet
from . import recommendation_documents as documents

#: What a sealed scan may be, by its content.
SCANS = {"application/pdf", "image/png", "image/jpeg"}
#: Typed after the letter was issued; kept once registered.
TYPED = frozenset({"document_number", "document_date", "sealed_scan", "scan_name"})


class AwardRecommendationLetter(models.Model):
    """One letter of a recommender for its whole list, with the summary list (推荐函).

    The files are drafted here, numbered and sealed in the recommender's own office;
    then number, date and scan are registered. No number is made up.
    """

    _name = "award.recommendation.letter"
    _description = "Recommendation Letter"
    _inherit = ["award.act.fields", "award.confidential", "award.of.recommender"]
    _order = "id desc"
    _rec_name = "document_number"

    recommender_id = fields.Many2one(
        "award.recommender",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    edition_id = fields.Many2one(
        "award.edition", required=True, readonly=True, ondelete="restrict", index=True
    )
    opinion_ids = fields.One2many(
        "award.recommendation", "letter_id", "Applicants", readonly=True
    )
    count = fields.Integer(compute="_compute_count", aggregator=None)
    document_number = fields.Char(
        help="Given by the recommender's own register, never invented."
    )
    document_date = fields.Date("Date of the Document")
    sealed_scan = fields.Binary(attachment=True, help="PDF, PNG or JPEG.")
    scan_name = fields.Char()
    registered_on = fields.Date(readonly=True)
    registered_by_id = fields.Many2one("res.users", "Registered by", readonly=True)
    is_registered = fields.Boolean(compute="_compute_count")
    letter_docx = fields.Binary("Letter", compute="_compute_files")
    summary_docx = fields.Binary("Summary List (DOCX)", compute="_compute_files")
    summary_xlsx = fields.Binary("Summary List (XLSX)", compute="_compute_files")
    is_demo = fields.Boolean(related="edition_id.is_demo")
    company_id = fields.Many2one(
        related="recommender_id.company_id", store=True, index=True
    )

    _one_draft = models.UniqueIndex(
        "(recommender_id, edition_id) WHERE registered_on IS NULL",
        "There is a letter that was not registered yet; add to that one.",
    )

    @api.depends("recommender_id", "document_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for letter in self:
            name = letter.recommender_id.display_name or ""
            number = letter.document_number or self.env._("not issued")
            letter.display_name = f"{name} {number}"

    @api.depends("opinion_ids", "registered_on")
    def _compute_count(self):
        for letter in self:
            own = letter.sudo()  # sudo: how many, whoever withdrew from one
            letter.count = len(own.opinion_ids)
            letter.is_registered = bool(letter.registered_on)

    # -- drafting ----------------------------------------------------------------
    @api.model
    def _draft(self, recommender, edition):
        """The letter that is not issued yet, with all signed off and in no letter.

        :raise AwardRefusal: `nobody_recommended`, `ranks_with_gaps`
        """
        everything = self.sudo()  # sudo: made by the act, asked by its caller
        domain = [
            ("recommender_id", "=", recommender.id),
            ("edition_id", "=", edition.id),
        ]
        letter = everything.search([*domain, ("registered_on", "=", False)])
        named = recommender._named(edition, signed=True)
        new = named.filtered(lambda opinion: not opinion.letter_id)
        if not new and not letter:
            named._refuse(Refusal("nobody_recommended"))
        if edition.scheme_id._value("recommendation_ranking"):
            named._refuse_gaps()
        letter = letter or everything.create(dict([domain[0][::2], domain[1][::2]]))
        new.letter_id = letter
        return letter.with_env(self.env)

    def _facts(self):
        """What the documents say, with lifted rights; see `letter_docx`."""
        own = self.sudo().with_context(lang="zh_CN")  # sudo: versions of its own list
        scheme = own.edition_id.scheme_id
        case = own.opinion_ids.application_id[:1]
        clause = case._clause_of_kind("recommendation") if case else None
        day = own.document_date or self.env["award.clock"]._today()
        body = scheme.body_ids.filtered(lambda one: one.role == "office")[:1]
        return {
            "edition": own.edition_id.name_zh,
            "scheme": scheme.name_zh,
            "citation": scheme._citation(clause) if clause else "",
            "addressee": body._names_on(day)[0] if body else "",
            "signer": own.recommender_id.name_zh,
            "number": own.document_number,
            "day": own.document_date,
            "places": own.opinion_ids.notice_id.mapped("place"),
            "rows": documents.summary_rows(own.opinion_ids),
        }

    def _compute_files(self):
        for letter in self:
            if not letter.id:
                letter.letter_docx = letter.summary_docx = letter.summary_xlsx = False
                continue
            facts = letter._facts()
            table = spreadsheet.write_table(
                documents.SUMMARY_HEAD, facts["rows"], title="推荐汇总表"
            )
            for name, data in (
                ("letter_docx", documents.letter_docx(facts)),
                ("summary_docx", documents.summary_docx(facts)),
                ("summary_xlsx", table),
            ):
                letter[name] = base64.b64encode(data)

    def action_letter_docx(self):
        """Download the letter for sealing."""
        return self._download("letter_docx", self.env._("Letter"), "docx")

    def action_summary_docx(self):
        """Download the summary list for sealing."""
        return self._download("summary_docx", self.env._("Summary List"), "docx")

    def action_summary_xlsx(self):
        """Download the summary list as a spreadsheet."""
        return self._download("summary_xlsx", self.env._("Summary List"), "xlsx")

    def _download(self, field, title, ending):
        self.ensure_one()
        name = f"{title} {self.recommender_id.display_name}.{ending}".replace("/", "-")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{field}/{name}?download=true",
            "target": "self",
        }

    # -- registering -------------------------------------------------------------
    def action_register(self):
        """Register that the letter was issued: number, date and scan stay from now on.

        :raise AwardRefusal: `letter_details_missing`, `letter_from_future`,
            `scan_of_other_type`, `letter_registered`
        """
        self.ensure_one()
        self.check_access("write")
        today = self.env["award.clock"]._today()
        if self.registered_on:
            self._refuse(Refusal("letter_registered"))
        names = [n for n in ("document_number", "document_date", "sealed_scan")]
        missing = [n for n in names if not self[n]]
        if missing:
            labels = self.fields_get(missing, ["string"])
            shown = ", ".join(labels[name]["string"] for name in missing)
            self._refuse(Refusal("letter_details_missing", values={"missing": shown}))
        if self.document_date > today:
            self._refuse(Refusal("letter_from_future"))
        scan = base64.b64decode(self.with_context(bin_size=False).sealed_scan)
        if guess_mimetype(scan) not in SCANS:
            self._refuse(Refusal("scan_of_other_type"))
        stamp = {"registered_on": today, "registered_by_id": self.env.uid}
        self.sudo().write(stamp)  # sudo: read-only fields, the right was asked above
        return True

    def write(self, vals):
        if TYPED & vals.keys():
            self.check_access("write")  # strangers learn nothing of the state
            for letter in self:
                if letter.registered_on:
                    letter._refuse(Refusal("letter_registered"))
        return super().write(vals)

    def _refuse(self, refusal):
        self.env["award.recommendation"]._refuse(refusal)


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    letter_id = fields.Many2one(
        "award.recommendation.letter",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    page_docx = fields.Binary("Opinion Page", compute="_compute_page_docx")

    def _refuse_gaps(self):
        """Of each class the ranks are 1 to n."""
        for opinions in self.grouped(lambda o: o.application_id.class_id).values():
            ranks = sorted(opinions.mapped("rank"))
            if ranks != list(range(1, len(ranks) + 1)):
                clause = opinions[0]._scheme_of()._clause_of("recommendation_ranking")
                shown = {"ranks": ", ".join(map(str, ranks)), "most": len(ranks)}
                opinions._refuse(Refusal("ranks_with_gaps", clause, shown))

    def _compute_page_docx(self):
        for opinion in self:
            opinion.page_docx = opinion.id and base64.b64encode(opinion._page())

    def action_page_docx(self):
        """Download the opinion page for sealing."""
        self.ensure_one()
        name = f"{self.env._('Opinion')} {self.title}.docx".replace("/", "-")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/page_docx/{name}"
            "?download=true",
            "target": "self",
        }

    def _page(self):
        """The opinion page as the bytes of a DOCX file."""
        self.check_access("read")
        own = self.sudo().with_context(lang="zh_CN")  # sudo: own opinion, asked above
        applicant = (own.submission_id.content or {}).get("applicant") or {}
        notice = own.notice_id
        conditions = [
            (
                line.requirement_id.text_zh,
                line.clause_id.display_name or "",
                documents.PROPOSALS.get(line.proposal, ""),
                documents.ANSWERS.get(line.answer, ""),
                line.note or "",
            )
            for line in own.check_ids
        ]
        return documents.opinion_docx(
            {
                "edition": own.edition_id.name_zh,
                "signer": own.recommender_id.name_zh,
                "day": own.signed_on,
                "applicant": [
                    ("申报者", applicant.get("name") or ""),
                    ("统一社会信用代码", applicant.get("credit_code") or ""),
                    ("申报类别", own.application_id.class_id.name_zh),
                    ("行业", (applicant.get("trade") or {}).get("name") or ""),
                    ("所在地", applicant.get("territory") or ""),
                    ("版本校验码", own.submission_id.version_code),
                ],
                "verdict": own.verdict,
                "opinion": own.opinion or "",
                "conditions": conditions,
                "notice": notice
                and documents.notice_sentence(
                    notice.first_day, notice.last_day, notice.place, own.objection
                ),
            }
        )
