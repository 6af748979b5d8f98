import base64
import io
from typing import NamedTuple

import docx
from docx.oxml.ns import qn
from docx.shared import Pt

from odoo import fields, models

from ...rules import scheme_format, scoring
from ...rules.scheme_sections import SECTIONS
from .provision import FIELDS

#: Fonts that offices use for documents; named in the file, not shipped.
_TEXT_FONT, _TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
#: Sections that are printed as tables of their own, or that hold the clauses.
_NOT_UNDER_CLAUSES = {"clauses"}


class Block(NamedTuple):
    """One piece of the booklet: ``title``, ``heading``, ``text`` or ``table``."""

    kind: str
    text: str = ""
    head: tuple = ()
    rows: tuple = ()


class AwardScheme(models.Model):
    """The booklet of a scheme: all it says, for the legal office to read and sign."""

    _inherit = "award.scheme"

    booklet_file = fields.Binary(compute="_compute_booklet_file", string="Booklet")

    def action_booklet_docx(self):
        """Download the booklet as a document of the word processor."""
        self.ensure_one()
        name = f"{self.code}_{self.version}.docx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/booklet_file/{name}"
            "?download=true",
            "target": "self",
        }

    def _compute_booklet_file(self):
        for scheme in self:
            scheme.booklet_file = scheme.id and base64.b64encode(scheme._booklet_docx())

    # -- content -------------------------------------------------------------
    def _booklet(self):
        """The booklet as a list of :class:`Block`, in the language of the user."""
        self.ensure_one()
        return [
            Block("title", self.display_name),
            self._booklet_head(),
            Block("heading", self.env._("Clauses and What Rests on Them")),
            *self._booklet_clauses(),
            Block("heading", self.env._("Procedure")),
            self._booklet_stages(),
            *self._booklet_criteria(),
            *self._booklet_open(),
            Block("heading", self.env._("Examined by the Legal Office")),
            Block(
                "table",
                head=(
                    self.env._("Name"),
                    self.env._("Signature and Seal"),
                    self.env._("Date"),
                ),
                rows=(("", "", ""),),
            ),
        ]

    def _booklet_head(self):
        """The document, its validity, and the hash that tells this version."""
        names = (
            "document_number document_date issued_by valid_from valid_to parent_id"
        ).split()
        rows = []
        for name in names:
            value = self[name]
            if value:
                shown = value.display_name if name == "parent_id" else str(value)
                rows.append((self._fields[name]._description_string(self.env), shown))
        states = dict(self._fields["state"]._description_selection(self.env))
        rows.append(
            (self._fields["state"]._description_string(self.env), states[self.state])
        )
        seal = self.content_hash or scheme_format.content_hash(self._complete_export())
        rows.append((self._fields["content_hash"]._description_string(self.env), seal))
        return Block("table", rows=tuple(rows))

    def _booklet_clauses(self):
        """Each clause with its mark, its content, and everything it drives."""
        drives = self._driven_by_clause()
        marks = dict(self.clause_ids._fields["mark"]._description_selection(self.env))
        english = not (self.env.lang or "").startswith("zh")
        blocks = []
        for clause in self.clause_ids.sorted():
            mark = "" if clause.mark == "rule" else f" [{marks[clause.mark]}]"
            blocks.append(Block("text", f"{clause.display_name}{mark}"))
            summary = (english and clause.summary_en) or clause.summary_zh
            if summary:
                blocks.append(Block("text", summary))
            if rows := drives.get(clause):
                blocks.append(Block("table", rows=tuple(rows)))
        return blocks

    def _driven_by_clause(self):
        """dict clause -> rows (kind of record, what it says)."""
        found = {}
        for name, field in FIELDS.items():
            if name in _NOT_UNDER_CLAUSES:
                continue
            title = self.env["ir.model"]._get(SECTIONS[name].model).display_name
            for record in self[field].sorted():
                found.setdefault(record.clause_id, []).append(
                    (title, record._booklet_text())
                )
        return found

    def _booklet_stages(self):
        head = (
            self.env._("Stage"),
            self.env._("Decides or Approves"),
            self.env._("Time Limits"),
            self.env._("Clause"),
        )
        rows = [
            (
                stage.display_name,
                stage.body_id.display_name or "",
                "; ".join(
                    rule._booklet_text()
                    for rule in self.clock_rule_ids
                    if rule.stage_id == stage
                ),
                stage.clause_id.display_name or "",
            )
            for stage in self._stages()
        ]
        return Block("table", head=head, rows=tuple(rows))

    def _booklet_criteria(self):
        """The trees of criteria that the classes and their choices are judged by."""
        blocks = []
        for criteria in self.class_ids.criteria_id | self.choice_ids.criteria_id:
            blocks.append(Block("heading", criteria.display_name))
            rows = [
                (
                    item.display_name,
                    scoring.to_text(item.points) if item.points else "",
                )
                for item in criteria.criterion_ids.sorted()
            ]
            head = (self.env._("Item"), self.env._("Points"))
            blocks.append(Block("table", head=head, rows=tuple(rows)))
        return blocks

    def _booklet_open(self):
        """What contradicts itself and what is left open, as the self-check says it."""
        blocks = []
        for title, problems in (
            (self.env._("To Be Corrected"), self._problems()),
            (self.env._("Left Open"), self._open_points()),
        ):
            if problems:
                blocks.append(Block("heading", title))
                blocks += [Block("text", t) for t in self._problem_texts(problems)]
        return blocks

    # -- the word processor's file -------------------------------------------
    def _booklet_docx(self):
        """The booklet as the bytes of a DOCX file."""
        document = docx.Document()
        _set_font(document.styles["Normal"], _TEXT_FONT, 12)
        for block in self._booklet():
            if block.kind == "title":
                _set_font(document.add_heading(block.text, 0).style, _TITLE_FONT, 22)
            elif block.kind == "heading":
                _set_font(document.add_heading(block.text, 1).style, _TEXT_FONT, 15)
            elif block.kind == "text":
                document.add_paragraph(block.text)
            else:
                _add_table(document, block)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()


def _set_font(style, name, size):
    style.font.name = name
    style.font.size = Pt(size)
    style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), name)


def _add_table(document, block):
    rows = [block.head, *block.rows] if block.head else list(block.rows)
    if not rows:
        return
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for cells, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = str(value)


class AwardProvision(models.AbstractModel):
    _inherit = "award.provision"

    def _booklet_text(self):
        """What the record says, in one line of the booklet."""
        self.ensure_one()
        return self.display_name


class AwardParameter(models.Model):
    _inherit = "award.parameter"

    def _booklet_text(self):
        scope = " / ".join(
            filter(None, (self.class_id.display_name, self.stage_id.display_name))
        )
        text = f"{self._label()}: {self.value_text}"
        return f"{text} ({scope})" if scope else text


class AwardClockRule(models.Model):
    _inherit = "award.clock.rule"

    def _booklet_text(self):
        owners = dict(self._fields["owner_role"]._description_selection(self.env))
        owner = owners.get(self.owner_role, self.owner_role)
        return f"{self.display_name}: {self.length_text} ({owner})"
