from odoo import api, fields, models

from ...rules.refusal import Refusal

#: Kinds of requirement that the applicant commits itself to by a tick.
ASKED = ("declaration", "document", "no_second_application")


class AwardCommitment(models.Model):
    """A text that a signatory has ticked: what it said, who it was, and when.

    The text is kept as it was ticked. The statement of declassification (脱密审查) is
    one of them, with its file.
    """

    _name = "award.commitment"
    _description = "Commitment"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, id"
    _rec_name = "text"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [("commitment", "Commitment"), ("declassification", "Declassification")],
        required=True,
        readonly=True,
    )
    requirement_id = fields.Many2one(
        "award.requirement", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    text = fields.Char(required=True, readonly=True)
    signed_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    signed_name = fields.Char("Name of Who Signed", readonly=True)
    signed_at = fields.Datetime(readonly=True)
    file_id = fields.Many2one(
        "award.file", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    _once = models.UniqueIndex(
        "(application_id, kind, COALESCE(requirement_id, 0))",
        "This is ticked already. Reload the page.",
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()

    def _as_content(self):
        """What is handed in of each, as plain data."""
        return [
            {
                "kind": one.kind,
                "text": one.text,
                "by": one.signed_name,
                "at": str(one.signed_at),
                "file": one.file_id.sha256 or "",
            }
            for one in self.sorted("id")
        ]


class AwardFile(models.Model):
    _inherit = "award.file"

    def _used_in(self):
        ticked = self.env["award.commitment"].search(
            [("file_id", "in", self.ids)], limit=1
        )
        return ticked.text or super()._used_in()


class AwardApplication(models.Model):
    _inherit = "award.application"

    commitment_ids = fields.One2many("award.commitment", "application_id")

    def _commitments(self):
        """The texts to be ticked: list of dicts `kind`, `code`, `text`, `clause`,
        `ticked` (award.commitment, empty where open).
        """
        ticked = {c.requirement_id: c for c in self.commitment_ids}
        asked = self._scheme_of()._requirements(self.class_id)
        tags = self._kind_tags()
        asked = asked.filtered(
            lambda r: (
                r.kind in ASKED
                and (not r.applies_to or tags & set(r._word_list("applies_to")))
            )
        )
        none = self.env["award.commitment"]
        texts = [
            {
                "kind": "commitment",
                "code": requirement.code,
                "text": requirement.display_name,
                "clause": requirement.clause_id.display_name or "",
                "ticked": ticked.get(requirement, none),
            }
            for requirement in asked
        ]
        statement = self.commitment_ids.filtered(
            lambda c: c.kind == "declassification"
        )
        return [
            *texts,
            {
                "kind": "declassification",
                "code": "",
                "text": self._declassification_text(),
                "clause": "",
                "ticked": statement,
            },
        ]

    def _declassification_text(self):
        return self.env._(
            "What we hand in concerns work for the defence or other classified work. "
            "It was examined for release, and holds no state or work secret."
        )

    @api.model
    def _portal_commit(self, application, kind, code, files=()):
        """Tick a text as one who may sign; the statement needs its file.

        :param kind: `commitment` or `declassification`
        :param code: code of the requirement; "" for the statement
        :param files: list of (name, stream)
        :return: list of (name, sentence) of files that were refused
        """
        case = self._portal_writable(application, "evidence")
        case._portal_may_sign()
        found = [
            text
            for text in case._commitments()
            if (text["kind"], text["code"]) == (kind, code or "")
        ]
        if not found:
            case._refuse(Refusal("commitment_unknown"))
        if found[0]["ticked"]:
            case._refuse(Refusal("commitment_ticked"))
        file = case.env["award.file"]
        if kind == "declassification":
            file, refused = case._portal_take("statement", "evidence", files)
            if refused:
                return refused
        asked = case._scheme_of()._requirements(case.class_id)
        case.env["award.commitment"].create(
            {
                "application_id": case.id,
                "kind": kind,
                "requirement_id": asked.filtered(
                    lambda r: code and r.code == code
                )[:1].id,
                "text": found[0]["text"],
                "signed_by_id": self.env.uid,
                "signed_name": self.env.user.name,
                "signed_at": fields.Datetime.now(),
                "file_id": file[:1].id,
            }
        )
        case._note_declared(asked.filtered(lambda r: code and r.code == code)[:1])
        return []

    def _portal_may_sign(self):
        if "applicant" not in self._roles_on()[self.id]:
            self._refuse(Refusal("may_not_sign"))

    def _note_declared(self, requirement):
        """A declaration that is ticked is a fact for its condition as well."""
        if requirement.kind not in ("declaration", "no_second_application"):
            return
        known = self.fact_ids.filtered(
            lambda fact: (
                fact.kind == "declaration"
                and fact.indicator == requirement.code
                and not fact.is_void
            )
        )
        if not known:
            self.env["award.fact"].create(
                {
                    "application_id": self.id,
                    "kind": "declaration",
                    "indicator": requirement.code,
                    "origin": "applicant",
                }
            )

    @api.model
    def _portal_uncommit(self, application, kind, code):
        """Take a tick back while the application is being written."""
        case = self._portal_writable(application, "evidence")
        case._portal_may_sign()
        ticked = case.commitment_ids.filtered(
            lambda c: c.kind == kind and (c.requirement_id.code or "") == (code or "")
        )
        file, declared = ticked.file_id, ticked.requirement_id.code
        ticked.unlink()
        if file and not file.is_frozen and not file._used_in():
            file.unlink()
        if declared:
            case.fact_ids.filtered(
                lambda fact: (
                    fact.kind == "declaration"
                    and fact.indicator == declared
                    and fact.origin == "applicant"
                )
            ).unlink()
        return case
