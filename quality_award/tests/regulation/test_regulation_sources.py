"""No program text knows a city, an article or a figure of a regulation."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged
from odoo.tools import file_path

CITY = re.compile(
    r"成都|上海|安徽|保定|深圳|廊坊|黄埔|四川|Chengdu|Anhui|Baoding|Shenzhen|Langfang|"
    r"Huangpu|Sichuan|(?<!Asia/)Shanghai",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"第[一二三四五六七八九十百〇零\d]+条|成府发|皖政|沪府办")


def findings(folder):
    found = []
    for path in sorted(folder.rglob("*.py")):
        if path.relative_to(folder).parts[0] in {"tests", "demo"}:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if CITY.search(line) or ARTICLE.search(line):
                found.append(f"{path.relative_to(folder)}:{number}: {line.strip()}")
    return found


@tagged("post_install", "-at_install")
class TestRegulationSources(BaseCase):
    def test_no_city_and_no_article_in_the_program(self):
        self.assertEqual(findings(Path(file_path("quality_award"))), [])

    def test_the_search_finds_what_it_looks_for(self):
        for text, expected in [
            ("第十二条", True),
            ("第12条", True),
            ("成都市", True),
            ("CHENGDU", True),
            ("Shanghai", True),
            ("Asia/Shanghai", False),
            ("条款", False),
        ]:
            with self.subTest(text=text):
                found = bool(CITY.search(text) or ARTICLE.search(text))
                self.assertEqual(found, expected)
