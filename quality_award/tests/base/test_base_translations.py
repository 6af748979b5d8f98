import io
import re

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import trans_export

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|\$\{\w+\}")


@tagged("post_install", "-at_install")
class TestBaseTranslations(TransactionCase):
    """The interface is complete in Chinese, and says nothing that is not in use."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        buffer = io.BytesIO()
        trans_export(False, ["quality_award"], buffer, "po", cls.env)
        exported = polib.pofile(buffer.getvalue().decode())
        cls.terms = {entry.msgid for entry in exported}
        po = polib.pofile(file_path("quality_award/i18n/zh_CN.po"))
        cls.chinese = {entry.msgid: entry for entry in po}

    def test_every_term_is_translated(self):
        missing = {
            term
            for term in self.terms
            if term not in self.chinese
            or not self.chinese[term].msgstr.strip()
            or self.chinese[term].fuzzy
        }
        self.assertEqual(missing, set())

    def test_no_term_is_left_over(self):
        self.assertEqual(set(self.chinese) - self.terms, set())

    def test_placeholders_survive(self):
        changed = {
            term
            for term, entry in self.chinese.items()
            if sorted(PLACEHOLDER.findall(term))
            != sorted(PLACEHOLDER.findall(entry.msgstr))
        }
        self.assertEqual(changed, set())
