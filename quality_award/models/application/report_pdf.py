from odoo import api, fields, models

from ...rules import page_map
from ...rules.refusal import Refusal


class AwardReportPage(models.Model):
    """Pages of the uploaded self-assessment that answer one item."""

    _name = "award.report.page"
    _description = "Pages of an Item"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "application_id, page_from, id"
    _rec_name = "code"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    code = fields.Char(
        required=True, readonly=True, help="Item number, or `profile`."
    )
    page_from = fields.Integer(required=True, readonly=True, aggregator=None)
    page_to = fields.Integer(required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    _in_order = models.Constraint(
        "CHECK (page_from >= 1 AND page_to >= page_from)",
        "Pages are given from the first to the last.",
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()


class AwardFile(models.Model):
    _inherit = "award.file"

    def _used_in(self):
        cases = self.application_id.filtered(lambda case: case.report_id in self)
        if cases:
            return dict(self._fields["kind"]._description_selection(self.env))["report"]
        return super()._used_in()


class AwardApplication(models.Model):
    _inherit = "award.application"

    report_id = fields.Many2one(
        "award.file",
        "Self-assessment Report",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    report_page_ids = fields.One2many("award.report.page", "application_id")

    def _place(self, files):
        """The newest report replaces the one before; pages beyond its end go."""
        done = super()._place(files)
        for file in files.filtered(lambda file: file.kind == "report"):
            before, last = self.report_id, file.pages
            self.report_id = file
            beyond = [page.id for page in self.report_page_ids if page.page_to > last]
            self.report_page_ids.browse(beyond).unlink()
            if before and not before.is_frozen:
                before.unlink()
        return done

    def _pages_by_item(self):
        """dict code -> list of [first, last] pages of the report; empty without one."""
        if not self.report_id:
            return {}
        found = {}
        for page in self.report_page_ids.sorted("page_from"):
            found.setdefault(page.code, []).append([page.page_from, page.page_to])
        return found

    def _written_chapters(self):
        """An item is written when it has text, or pages of the report."""
        return super()._written_chapters() | self._pages_by_item().keys()

    @api.model
    def _portal_map_pages(self, application, typed):
        """Say which pages of the report answer which item.

        :param typed: dict code -> pages as people type them, "" for none
        """
        case = self._portal_writable(application, "report")
        if not case.report_id:
            case._refuse(Refusal("report_not_uploaded"))
        titles, rows = case._chapters(), []
        for code, text in typed.items():
            if code not in titles:
                case._refuse(Refusal("chapter_unknown", values={"chapter": code}))
            try:
                found = page_map.parse(text, case.report_id.pages)
            except ValueError as error:
                values = {
                    "item": titles[code],
                    "typed": str(error)[:32],
                    "last": case.report_id.pages,
                }
                case._refuse(Refusal("page_unknown", None, values))
            rows += [
                {
                    "application_id": case.id,
                    "code": code,
                    "page_from": first,
                    "page_to": last,
                }
                for first, last in found
            ]
        case.report_page_ids.filtered(lambda page: page.code in typed).unlink()
        case.env["award.report.page"].create(rows)
        return case

    def _report_state(self):
        """What the page of the report shows.

        :return: dict `file`, `items` (code, title, typed, has_text), `in_no_item`
            (pages as text), `without` (titles of items with neither pages nor text)
        """
        pages, written = self._pages_by_item(), self._written_chapters()
        texts = {c.code for c in self.chapter_ids if (c.text or "").strip()}
        every = [span for spans in pages.values() for span in spans]
        gaps = page_map.gaps(every, self.report_id.pages) if self.report_id else []
        titles = self._chapters()
        return {
            "file": self.report_id,
            "items": [
                {
                    "code": code,
                    "title": title,
                    "typed": page_map.to_text(pages.get(code, [])),
                    "first": pages[code][0][0] if code in pages else 0,
                    "has_text": code in texts,
                }
                for code, title in titles.items()
            ],
            "in_no_item": page_map.to_text(gaps),
            "without": [t for code, t in titles.items() if code not in written],
        }
