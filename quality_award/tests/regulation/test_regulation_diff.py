"""The comparison of two versions: every difference, and nothing else."""

import copy

from odoo.tests import tagged

from odoo.addons.quality_award.rules.scheme_diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    Change,
    differences,
)

from .common import LAW, LAYER, RegulationCase, row


@tagged("post_install", "-at_install")
class TestRegulationDiff(RegulationCase):
    def test_nothing_changed(self):
        self.assertEqual(differences(self.law, copy.deepcopy(self.law)), [])

    def test_each_kind_of_change(self):
        new = copy.deepcopy(self.law)
        new["valid_to"] = "2020-01-17"
        row(new, "parameters", "prize_amount")["value"] = 500000
        gone = new["clauses"].pop()
        new["classes"].append({**new["classes"][0], "code": "second"})
        new["stages"][3:5] = reversed(new["stages"][3:5])
        found = differences(self.law, new)
        codes = [stage["code"] for stage in self.law["stages"]]
        self.assertEqual(
            found,
            [
                Change(CHANGED, "", "", "valid_to", "2018-01-17", "2020-01-17"),
                Change(REMOVED, "clauses", gone["code"], old=gone),
                Change(ADDED, "classes", "second", new=new["classes"][-1]),
                Change(
                    MOVED,
                    "stages",
                    "",
                    old=codes,
                    new=[stage["code"] for stage in new["stages"]],
                ),
                Change(CHANGED, "parameters", "prize_amount", "value", 1000000, 500000),
            ],
        )

    def test_shown_in_words_without_markup(self):
        law = self.schemes._import_shipped(LAW)
        layer = self.schemes._import_shipped(LAYER)
        layer.stage_ids[0].name_zh = "<b>x</b>"
        action = layer.action_compare()
        self.assertEqual(action["context"]["default_old_id"], law.id)
        comparison = (
            self.env["award.scheme.comparison"]
            .with_user(self.admin)
            .create({"old_id": law.id, "new_id": layer.id})
        )
        titles = [title for title, _rows in comparison._sections()]
        self.assertEqual(titles[:2], ["The Document", "Clause"])
        self.assertIn("&lt;b&gt;x&lt;/b&gt;", str(comparison.content))
        self.assertNotIn("<b>x</b>", str(comparison.content))
