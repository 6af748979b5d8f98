"""Which stages adopt a list, and what it is called."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import lists
from odoo.addons.quality_award.rules.lists import Stage


class TestRulesLists(BaseCase):
    def kinds(self, text):
        """Stages typed as ``kind`` or ``kind=list``; their lists by place."""
        stages = [
            Stage(place, *(word.split("=") if "=" in word else (word,)))
            for place, word in enumerate(text.split())
        ]
        return lists.kinds_of_lists(stages)

    def test_kinds(self):
        for text, expected in [
            ("", {}),
            ("submission site_visit notice approval award", {}),
            ("document_review", {0: "shortlist"}),
            ("deliberation", {0: "proposed"}),
            ("deliberation notice deliberation", {0: "proposed", 2: "final"}),
            (
                "composite deliberation deliberation deliberation",
                {0: "recommended", 1: "proposed", 2: "proposed", 3: "final"},
            ),
            (
                "composite deliberation=candidate deliberation=proposed approval",
                {0: "recommended", 1: "candidate", 2: "proposed"},
            ),
            ("consultation composite", {0: "candidate", 1: "recommended"}),
            ("qualification=shortlist", {0: "shortlist"}),
        ]:
            with self.subTest(text=text):
                self.assertEqual(self.kinds(text), expected)

    def test_what_a_list_counts_for(self):
        for kind, expected in [
            ("document_review", "shortlist"),
            ("composite", "recommended"),
            ("consultation", "recommended"),
            ("deliberation", "awards"),
            ("approval", "awards"),
            ("notice", None),
            ("site_visit", None),
        ]:
            with self.subTest(kind=kind):
                self.assertEqual(lists.counts_for(kind), expected)
