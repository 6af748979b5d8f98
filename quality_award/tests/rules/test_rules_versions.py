"""Names of versions, in the order in which people read them."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import versions


class TestRulesVersions(BaseCase):
    def test_order(self):
        names = ["", "1", "2", "10", "2014", "2014-2", "2014-10", "2015"]
        self.assertEqual(sorted(reversed(names), key=versions.order), names)
        words = ["individual", "individual-2", "individual_weighted", "v2", "v10"]
        self.assertEqual(sorted(reversed(words), key=versions.order), words)
        self.assertEqual(versions.order(None), versions.order(""))

    def test_following(self):
        for version, taken, expected in [
            ("2014", (), "2014-2"),
            ("2014-2", (), "2014-3"),
            ("2014", {"2014-2", "2014-3"}, "2014-4"),
            ("2014-9", (), "2014-10"),
            ("individual", (), "individual-2"),
            ("draft-a", (), "draft-a-2"),
            ("2014-2015", (), "2014-2015-2"),  # two years, no count
        ]:
            with self.subTest(version=version):
                self.assertEqual(versions.following(version, taken), expected)
