"""The booklet: everything of the scheme is in it, as document and as page."""

import io

import docx

from odoo.tests import tagged

from odoo.addons.quality_award.models.regulation.provision import FIELDS
from odoo.addons.quality_award.tests.common import put_in_force

from .common import LAYER, RegulationCase


@tagged("post_install", "-at_install")
class TestRegulationBooklet(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.schemes._import_shipped(LAYER)

    @staticmethod
    def texts(content):
        """Every paragraph and every cell of a document."""
        document = docx.Document(io.BytesIO(content))
        found = [paragraph.text for paragraph in document.paragraphs]
        for table in document.tables:
            found += [cell.text for row in table.rows for cell in row.cells]
        return found

    def test_every_record_is_in_the_document(self):
        found = self.texts(self.scheme._booklet_docx())
        for clause in self.scheme.clause_ids:
            self.assertTrue(
                any(text.startswith(clause.display_name) for text in found), clause
            )
        for name, field in FIELDS.items():
            for record in self.scheme[field] if name != "clauses" else ():
                self.assertIn(record._booklet_text(), found)
        for item in self.scheme.class_ids.criteria_id.criterion_ids:
            self.assertIn(item.display_name, found)

    def test_marks_and_open_points_are_told(self):
        found = "\n".join(self.texts(self.scheme._booklet_docx()))
        decisions = self.scheme.clause_ids.filtered(
            lambda clause: clause.mark == "agency_decision"
        )
        self.assertTrue(decisions)
        self.assertEqual(found.count("[Agency Decision]"), len(decisions))
        self.scheme.parameter_ids.filtered(lambda p: p.code == "silence").unlink()
        texts = self.scheme._problem_texts(self.scheme._open_points())
        self.assertTrue(texts)
        found = self.texts(self.scheme._booklet_docx())
        self.assertEqual([text for text in texts if text not in found], [])

    def test_the_page_says_the_same_and_escapes(self):
        self.scheme.clause_ids[0].summary_en = "<i>x</i>"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "quality_award.report_scheme_booklet", self.scheme.ids
        )
        page = html.decode()
        self.assertIn("&lt;i&gt;x&lt;/i&gt;", page)
        self.assertIn(self.scheme.clause_ids[0].display_name, page)

    def test_a_published_scheme_shows_its_hash(self):
        put_in_force(self.scheme)
        self.env.flush_all()
        self.assertIn(
            self.scheme.content_hash, self.texts(self.scheme._booklet_docx())
        )
