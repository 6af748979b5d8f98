from markupsafe import Markup

from odoo import api, models

from ...rules import page_map
from .indicator import TYPED

#: Sorts of content that name files, with the key of the digest in their rows.
WITH_FILES = ("evidence", "honours", "commitments", "proofs")


class AwardSubmission(models.Model):
    """Files, evidence, report, indicators and commitments of a version.

    Keys with nothing to say are left out, so that the hash of a version that was made
    without them stays what it is.
    """

    _inherit = "award.submission"

    # -- freezing ------------------------------------------------------------------
    @api.model
    def _content_of(self, case):
        content = super()._content_of(case)
        pieces = case.evidence_ids
        honours = pieces.filtered(lambda one: one.kind == "honour")
        parts = {
            "evidence": (pieces - honours)._as_content(),
            "honours": honours._as_content(),
            "commitments": case.commitment_ids._as_content(),
            "proofs": case.fact_ids._proofs_as_content(),
            "report": self._report_content(case),
            "indicators": self._indicator_content(case),
        }
        parts["files"] = self._files_content(case, parts)
        return {**content, **{key: part for key, part in parts.items() if part}}

    @api.model
    def _report_content(self, case):
        report, pages = case.report_id, case._pages_by_item()
        if not report:
            return None
        return {
            "file": report.id,
            "sha256": report.sha256,
            "pages": pages,
            "count": report.pages,
        }

    @api.model
    def _indicator_content(self, case):
        rows = case._indicator_rows().filtered(lambda row: any(row._cells().values()))
        if not rows:
            return None
        by_item = rows.grouped("code")
        years = case._indicator_years()
        return {
            code: {"years": years, "rows": [row._cells() for row in by_item[code]]}
            for code in case._result_items().mapped("number")
            if code in by_item
        }

    @api.model
    def _files_content(self, case, parts):
        """Name of each file that the parts name, by SHA-256."""
        digests = {row["file"] for key in WITH_FILES for row in parts[key]}
        digests |= {(parts["report"] or {}).get("sha256")}
        files = self.env["award.file"].sudo().search(  # sudo: of the case being frozen
            [
                ("application_id", "=", case.id),
                "|",
                ("sha256", "in", list(digests - {None, ""})),
                ("id", "in", case._pictures()),
            ]
        )
        return {file.sha256: file.name for file in files.sorted("id")}

    @api.model
    def _add_versions(self, contents):
        """Freeze the files that each version names together with it."""
        versions = super()._add_versions(contents)
        for case, content in contents.items():
            if content.get("files"):
                self.env["award.file"]._keep(case, content["files"])
        return versions

    # -- reading ---------------------------------------------------------------------
    def _file_ids(self):
        """dict SHA-256 -> id of the file, for the files that the version names."""
        digests = list((self.content or {}).get("files") or ())
        application = self.sudo().application_id  # sudo: readers see the file's number
        if not digests:
            return {}
        files = self.env["award.file"].sudo().search(  # sudo: the route asks who opens
            [("sha256", "in", digests), ("application_id", "=", application.id)]
        )
        return {file.sha256: file.id for file in files.sorted("id", reverse=True)}

    def _render_chapter(self, code, title):
        page = super()._render_chapter(code, title)
        content = self.content or {}
        return page + self._render_pages(content, code) + self._render_table(
            content.get("indicators") or {}, code
        )

    def _render_pages(self, content, code):
        """Links to the pages of the report that answer an item."""
        report = content.get("report") or {}
        spans = (report.get("pages") or {}).get(code)
        if not spans:
            return Markup()
        links = Markup(", ").join(
            Markup('<a href="/award/file/%s#page=%s" target="_blank">%s</a>')
            % (report["file"], span[0], page_map.to_text([span]))
            for span in spans
        )
        word = self.env._("Pages of the report")
        return Markup('<p class="o_award_pages">%s: %s</p>') % (word, links)

    def _render_table(self, indicators, code):
        """The indicator table of an item, with the chart of each row under it."""
        table = indicators.get(code)
        if not table:
            return Markup()
        Row, years, rows = self.env["award.indicator"], table["years"], table["rows"]
        heads = [
            *(Row._fields[n]._description_string(self.env) for n in ("name", "unit")),
            *years,
            *(
                Row._fields[name]._description_string(self.env)
                for name in ("target", "competitor", "benchmark", "source")
            ),
        ]
        cells = [[row.get(name, "") for name in TYPED] for row in rows]
        table = self._html_table(heads, cells)
        charts = Markup().join(
            Markup('<div class="o_award_figure">%s</div>') % Markup(chart)
            for row in rows
            if (chart := Row._chart(row, years))
        )
        return table + charts

    @staticmethod
    def _html_table(heads, rows):
        head = Markup().join(Markup("<th>%s</th>") % text for text in heads)
        body = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(Markup("<td>%s</td>") % cell for cell in row)
            for row in rows
        )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (head, body)

    def _render_parts(self):
        content = self.content or {}
        ids = self._file_ids()
        parts = super()._render_parts()
        if report := content.get("report"):
            title = self.env._("Self-assessment Report")
            parts.append(self._titled(title, self._file_link(report["sha256"], ids)))
        for key, title in (
            ("evidence", self.env._("Evidence")),
            ("honours", self.env._("Honours")),
        ):
            if rows := content.get(key):
                parts.append(self._titled(title, self._evidence_table(rows, ids)))
        if content.get("proofs"):
            rows = [
                (row["fact"], self._file_link(row["file"], ids))
                for row in content["proofs"]
            ]
            heads = [self.env._("Fact"), self.env._("Proof")]
            table = self._html_table(heads, rows)
            parts.append(self._titled(self.env._("Facts and Their Proof"), table))
        if content.get("commitments"):
            parts.append(
                self._titled(
                    self.env._("Commitments"),
                    self._commitment_table(content["commitments"], ids),
                )
            )
        return parts

    @staticmethod
    def _titled(title, body):
        return Markup("<h3>%s</h3>%s") % (title, body)

    def _file_link(self, digest, ids):
        """A link to a file of the version; its bare name where there is none."""
        name = ((self.content or {}).get("files") or {}).get(digest, "")
        if digest not in ids:
            return name
        return Markup('<a href="/award/file/%s" target="_blank">%s</a>') % (
            ids[digest],
            name,
        )

    def _evidence_table(self, rows, ids):
        Evidence = self.env["award.evidence"]
        kinds = dict(Evidence._fields["kind"]._description_selection(self.env))
        names = ("kind", "name", "issuer", "valid_from", "valid_to", "codes", "file_id")
        heads = [Evidence._fields[n]._description_string(self.env) for n in names]
        secret = Markup('<span class="badge text-bg-warning">%s</span> ') % (
            Evidence._fields["is_secret"]._description_string(self.env)
        )
        return self._html_table(
            heads,
            [
                (
                    kinds.get(row["kind"], row["kind"]),
                    (secret if row["secret"] else Markup()) + row["name"],
                    row["issuer"],
                    row["from"],
                    row["to"],
                    ", ".join(row["chapters"]),
                    self._file_link(row["file"], ids),
                )
                for row in rows
            ],
        )

    def _commitment_table(self, rows, ids):
        Commitment = self.env["award.commitment"]
        names = ("text", "signed_name", "signed_at", "file_id")
        heads = [Commitment._fields[n]._description_string(self.env) for n in names]
        return self._html_table(
            heads,
            [
                (row["text"], row["by"], row["at"], self._file_link(row["file"], ids))
                for row in rows
            ],
        )

